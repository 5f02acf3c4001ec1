//! Group commit: one task gathers the events that wait and commits them together. Nobody waits for company: an
//! event that comes alone is committed alone, and those that come meanwhile are the next batch.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout_at};

use crate::log::{Appended, EventLog, LogError, NewEvent};
use crate::metrics::Metrics;
use crate::wake::Wakers;

/// At most so many events of one commit.
const MOST_EVENTS: usize = 512;
/// And, but for its first event, so many sealed bytes.
const MOST_BYTES: usize = 4 * 1024 * 1024;
/// Requests that wait beyond these hold their senders back.
const QUEUE: usize = 1024;
/// After how long a failed commit is tried again.
const AGAIN: Duration = Duration::from_millis(100);

/// Hands events to the task.
#[derive(Debug, Clone)]
pub(crate) struct Batcher(mpsc::Sender<Work>);

#[derive(Debug)]
enum Work {
    Keep(Item),
    /// Answered when everything that came before has been.
    Drain(oneshot::Sender<()>),
}

#[derive(Debug)]
struct Item {
    event: NewEvent,
    /// Until when a failed commit is tried again.
    until: Instant,
    kept: oneshot::Sender<Result<Appended, LogError>>,
}

impl Batcher {
    /// Starts the task; it ends when nobody holds a batcher any more.
    pub(crate) fn start(log: Arc<dyn EventLog>, metrics: Arc<Metrics>, wakers: Wakers) -> Self {
        let (send, work) = mpsc::channel(QUEUE);
        let task = Task {
            log,
            metrics,
            wakers,
            work,
            failed: Vec::new(),
            drains: Vec::new(),
        };
        tokio::spawn(task.run());
        Self(send)
    }

    /// Keeps an event: durable when it returns `Ok`. It is kept although whoever posted it hangs up meanwhile,
    /// because Safaricom posts once.
    ///
    /// # Errors
    /// Why the log did not keep it until then.
    pub(crate) async fn keep(&self, event: NewEvent, until: Instant) -> Result<Appended, LogError> {
        let gone = || LogError::Unavailable("the relay is stopping".into());
        let (kept, answer) = oneshot::channel();
        self.hand_over(Work::Keep(Item { event, until, kept }))
            .await
            .map_err(|()| gone())?;
        match timeout_at(until, answer).await {
            Ok(answer) => answer.map_err(|_| gone())?,
            // It may still be kept, which a till is glad of.
            Err(_) => Err(LogError::Unavailable("it takes too long".into())),
        }
    }

    /// Hands it over; in a task of its own where it has to wait for a place, because whoever asked may go meanwhile.
    async fn hand_over(&self, work: Work) -> Result<(), ()> {
        match self.0.try_send(work) {
            Ok(()) => Ok(()),
            Err(TrySendError::Closed(_)) => Err(()),
            Err(TrySendError::Full(work)) => {
                let send = self.0.clone();
                let sent = tokio::spawn(async move { send.send(work).await });
                sent.await.map_err(|_| ())?.map_err(|_| ())
            }
        }
    }

    /// Waits until everything that was handed over has its answer.
    pub(crate) async fn drain(&self) {
        let (done, answer) = oneshot::channel();
        if self.0.send(Work::Drain(done)).await.is_ok() {
            // The task answers or has ended; both are the end of its work.
            let _ = answer.await;
        }
    }
}

struct Task {
    log: Arc<dyn EventLog>,
    metrics: Arc<Metrics>,
    wakers: Wakers,
    work: mpsc::Receiver<Work>,
    failed: Vec<(Instant, Item)>,
    drains: Vec<oneshot::Sender<()>>,
}

impl Task {
    async fn run(mut self) {
        while let Some(batch) = self.gather().await {
            self.commit(batch).await;
            if self.failed.is_empty() {
                for done in self.drains.drain(..) {
                    // Whoever waited for it may be gone.
                    let _ = done.send(());
                }
            }
        }
    }

    /// The next batch; empty when only a drain was asked for. `None` at the end.
    async fn gather(&mut self) -> Option<Vec<Item>> {
        let mut batch = Vec::new();
        let next_try = self.failed.iter().map(|(at, _)| *at).min();
        let first = match next_try {
            None => Some(self.work.recv().await?),
            Some(at) => tokio::select! {
                work = self.work.recv(), if !self.work.is_closed() => work,
                () = sleep_until(at) => None,
            },
        };
        let now = Instant::now();
        for (at, item) in std::mem::take(&mut self.failed) {
            if at <= now {
                batch.push(item);
            } else {
                self.failed.push((at, item));
            }
        }
        let mut bytes = 0;
        let mut next = first;
        while let Some(work) = next {
            match work {
                Work::Keep(item) => {
                    bytes += item.event.sealed.len();
                    batch.push(item);
                }
                Work::Drain(done) => self.drains.push(done),
            }
            if batch.len() >= MOST_EVENTS || bytes >= MOST_BYTES {
                break;
            }
            next = self.work.try_recv().ok();
        }
        Some(batch)
    }

    async fn commit(&mut self, batch: Vec<Item>) {
        if batch.is_empty() {
            return;
        }
        let (events, answers): (Vec<_>, Vec<_>) = batch
            .into_iter()
            .map(|item| (item.event, (item.until, item.kept)))
            .unzip();
        let begun = Instant::now();
        let results = self.log.append(&events).await;
        self.metrics
            .appended(begun.elapsed(), results.iter().map(|result| result.as_ref().ok()));
        let mut woken: Option<String> = None;
        for ((event, (until, kept)), result) in events.into_iter().zip(answers).zip(results) {
            match result {
                Err(error @ LogError::Unavailable(_)) if Instant::now() + AGAIN < until => {
                    tracing::warn!(%error, "an event was not kept yet");
                    self.failed
                        .push((Instant::now() + AGAIN, Item { event, until, kept }));
                }
                Err(error) => {
                    tracing::error!(%error, "an event was not kept");
                    let _ = kept.send(Err(error));
                }
                Ok(appended) => {
                    // Whoever posted it may have hung up.
                    let _ = kept.send(Ok(appended));
                    if woken.as_deref() != Some(&event.shop_id) {
                        self.wakers.wake(&event.shop_id);
                        woken = Some(event.shop_id);
                    }
                }
            }
        }
    }
}
