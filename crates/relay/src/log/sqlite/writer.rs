//! The one thread that writes.

use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use crate::log::LogError;

/// Transactions that may wait in line. Whoever comes then waits before it.
const LINE: usize = 256;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

#[derive(Debug)]
pub(super) struct Writer {
    // `None` only while it is dropped.
    line: Option<mpsc::Sender<Job>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(mut conn: Connection) -> Result<Self, LogError> {
        let (line, mut jobs) = mpsc::channel::<Job>(LINE);
        let thread = std::thread::Builder::new()
            .name("log-writer".into())
            .spawn(move || {
                while let Some(job) = jobs.blocking_recv() {
                    job(&mut conn);
                }
            })
            .map_err(|error| LogError::Unavailable(error.to_string()))?;
        Ok(Self {
            line: Some(line),
            thread: Some(thread),
        })
    }

    /// Commits what `work` did, or nothing when it fails.
    pub(super) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |conn| {
            // Nobody listens any more when the asking future was dropped; the work is done all the same.
            let _ = tell.send(transact(conn, work));
        });
        let line = self.line.as_ref().ok_or_else(gone)?;
        line.send(job).await.map_err(|_| gone())?;
        told.await.map_err(|_| gone())?
    }
}

fn transact<T>(
    conn: &mut Connection,
    work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError>,
) -> Result<T, LogError> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let value = work(&tx)?;
    tx.commit()?;
    Ok(value)
}

fn gone() -> LogError {
    LogError::Unavailable("its writer has ended".into())
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.line = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was answered to whoever asked.
            let _ = thread.join();
        }
    }
}
