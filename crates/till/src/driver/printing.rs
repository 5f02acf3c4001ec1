//! The printer's own thread, and what hands it one slip after the other.
//!
//! A printer that is off, hangs or has no paper holds this thread and nothing else: neither the engine nor a
//! sale waits for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use receipts::{Patience, Printed, PrinterPlace, Trouble, transport};
use tokio::runtime::Handle;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::Till;
use crate::engine::{Announcement, NextPrint};
use crate::error::TillError;

/// What did not leave is tried again after this, until it is too old.
const AGAIN: Duration = Duration::from_secs(5);
/// A printer that holds the thread longer is called silent, though the system goes on trying.
const LONGEST: Duration = Duration::from_secs(40);

struct Slip {
    place: PrinterPlace,
    bytes: Vec<u8>,
    reply: oneshot::Sender<Printed>,
}

/// The thread that speaks with printers; clones share it.
#[derive(Debug, Clone)]
pub struct Printer {
    slips: mpsc::Sender<Slip>,
    busy: Arc<AtomicBool>,
}

impl Printer {
    /// Starts the thread; it ends when the last handle is gone and the printer lets go of it.
    ///
    /// # Errors
    /// The system gave no thread.
    pub fn start(patience: Patience) -> Result<Self, TillError> {
        let (slips, inbox) = mpsc::channel::<Slip>();
        let busy = Arc::new(AtomicBool::new(false));
        let held = Arc::clone(&busy);
        std::thread::Builder::new()
            .name("keshia-printer".into())
            .spawn(move || {
                for slip in inbox {
                    let printed = transport::send(&slip.place, &slip.bytes, patience);
                    held.store(false, Ordering::Release);
                    // Whoever asked may have given up.
                    let _ = slip.reply.send(printed);
                }
            })
            .map_err(TillError::internal)?;
        Ok(Self { slips, busy })
    }

    /// Prints one slip, after the one that is being printed.
    pub async fn print(&self, place: PrinterPlace, bytes: Vec<u8>) -> Printed {
        if self.busy.swap(true, Ordering::AcqRel) {
            return Printed::No(Trouble::Silent);
        }
        let (reply, answer) = oneshot::channel();
        if self.slips.send(Slip { place, bytes, reply }).is_err() {
            return Printed::No(Trouble::Silent);
        }
        match timeout(LONGEST, answer).await {
            Ok(Ok(printed)) => printed,
            Ok(Err(_)) | Err(_) => Printed::Perhaps(Trouble::Silent),
        }
    }
}

/// The task that prints what waits in the book; it ends with this handle.
#[derive(Debug)]
pub struct PrintLink {
    printer: Printer,
    wake: Arc<Notify>,
    task: JoinHandle<()>,
}

impl PrintLink {
    /// Starts it. `play` says that the book's money is not real.
    ///
    /// # Errors
    /// The system gave no thread.
    pub fn start(till: Till, play: bool, patience: Patience, runtime: &Handle) -> Result<Self, TillError> {
        let printer = Printer::start(patience)?;
        let wake = Arc::new(Notify::new());
        let work = Work {
            heard: till.announcements(),
            till,
            play,
            printer: printer.clone(),
            wake: Arc::clone(&wake),
        };
        let task = runtime.spawn(work.run());
        Ok(Self { printer, wake, task })
    }

    /// Something was asked to be printed.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Rings [`Self::wake`] from elsewhere.
    #[must_use]
    pub fn bell(&self) -> Arc<Notify> {
        Arc::clone(&self.wake)
    }

    /// For a slip that is in no book: the test of the settings.
    #[must_use]
    pub fn printer(&self) -> Printer {
        self.printer.clone()
    }
}

impl Drop for PrintLink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Work {
    till: Till,
    play: bool,
    printer: Printer,
    heard: Receiver<Announcement>,
    wake: Arc<Notify>,
}

impl Work {
    async fn run(mut self) {
        let restarted = self
            .till
            .call(|engine, now| Ok(((), engine.printing_restarts(now)?)))
            .await;
        if let Err(error) = restarted {
            tracing::warn!("the printer's tasks could not be read: {error}");
        }
        loop {
            let again = self.print_what_waits().await;
            if !self.next_reason(again).await {
                return;
            }
        }
    }

    /// Until nothing waits, or the printer does not take it; then, whether to try again by oneself.
    async fn print_what_waits(&self) -> bool {
        loop {
            let play = self.play;
            let order = match self
                .till
                .call(move |engine, now| engine.next_print(play, now))
                .await
            {
                Ok(NextPrint::Order(order)) => order,
                Ok(NextPrint::Nothing) => return false,
                Err(error) => {
                    tracing::warn!("not printed: {error}");
                    return true;
                }
            };
            let printed = self.printer.print(order.place, order.bytes).await;
            let seq = order.seq;
            let kept = self
                .till
                .call(move |engine, _| Ok(((), engine.print_ended(seq, printed)?)))
                .await;
            if let Err(error) = kept {
                tracing::warn!("what became of a slip could not be written: {error}");
                return true;
            }
            if matches!(printed, Printed::No(_)) {
                return true;
            }
        }
    }

    /// Waits for something that may have brought work; `false` when the till is gone.
    async fn next_reason(&mut self, again: bool) -> bool {
        loop {
            tokio::select! {
                () = self.wake.notified() => return true,
                () = sleep(AGAIN), if again => return true,
                heard = self.heard.recv() => match heard {
                    Ok(Announcement::SaleChanged(_) | Announcement::PaymentEnded(_))
                    | Err(RecvError::Lagged(_)) => return true,
                    Ok(
                        Announcement::LinkChanged(_)
                        | Announcement::RollChanged
                        | Announcement::DeskChanged(_)
                        | Announcement::PrinterChanged(_),
                    ) => {}
                    Err(RecvError::Closed) => return false,
                },
            }
        }
    }
}
