//! The one thread that writes.

use std::thread::JoinHandle;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use tokio::sync::{mpsc, oneshot};

use super::event;
use super::places::Places;
use crate::log::{Appended, LogError, NewEvent, Take};

/// Transactions that may wait in line. Whoever comes then waits before it.
const LINE: usize = 256;

type Job = Box<dyn FnOnce(&mut Connection, &mut Places) + Send>;

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
                let mut places = Places::default();
                while let Some(job) = jobs.blocking_recv() {
                    job(&mut conn, &mut places);
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
        self.ask(move |conn, _| transact(conn, work)).await?
    }

    /// Commits events that are taken when the transaction has begun; none come back when the thread has ended.
    pub(super) async fn append(&self, take: Take) -> Vec<(NewEvent, Result<Appended, LogError>)> {
        let kept = self.ask(move |conn, places| {
            let (mut take, mut batch) = (Some(take), Vec::new());
            let done = transact(conn, |tx| {
                batch = take.take().map_or_else(Vec::new, |take| take());
                event::append(tx, places, &batch)
            });
            // It could not even begin: they are answered so.
            if let Some(take) = take {
                batch = take();
            }
            let answers = match done {
                Ok(appended) => appended.into_iter().map(Ok).collect(),
                Err(error) => {
                    places.undo();
                    vec![Err(error); batch.len()]
                }
            };
            batch.into_iter().zip(answers).collect()
        });
        kept.await.unwrap_or_default()
    }

    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection, &mut Places) -> T + Send + 'static,
    ) -> Result<T, LogError> {
        let (tell, told) = oneshot::channel();
        let job: Job = Box::new(move |conn, places| {
            // Nobody listens any more when the asking future was dropped; the work is done all the same.
            let _ = tell.send(work(conn, places));
        });
        let line = self.line.as_ref().ok_or_else(gone)?;
        line.send(job).await.map_err(|_| gone())?;
        told.await.map_err(|_| gone())
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

pub(super) fn gone() -> LogError {
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

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn events_of_a_commit_that_cannot_begin_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("busy.db");
        let conn = Connection::open(&path).unwrap();
        // The writer must not wait for the other one here.
        conn.busy_timeout(std::time::Duration::ZERO).unwrap();
        let writer = Writer::start(conn).unwrap();
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let event = NewEvent {
            shop_id: "s".into(),
            received_ms: 0,
            sealed: vec![1],
        };
        let batch = vec![event.clone(), event.clone()];
        let answers = writer.append(Box::new(move || batch)).await;
        assert_eq!(answers.len(), 2, "one answer for each");
        for (same, answer) in answers {
            assert_eq!(same, event, "it comes back, to be tried again");
            assert!(matches!(answer, Err(LogError::Unavailable(_))), "{answer:?}");
        }
    }
}
