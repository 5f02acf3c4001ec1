//! The queue between a payment and the log's disk: it never makes the payment wait.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::Connection;

use super::file::{self, NotKept, Row};
use crate::error::TillError;

/// Rows that wait at most: a busy minute, and at 9 kB each no burden for the memory.
const LONGEST: usize = 256;
/// Rows written at once.
const AT_ONCE: usize = 64;
/// How often the oldest rows are looked for, in rows.
const TRIM_EVERY: usize = 200;
/// How long the end of the program waits for the last rows.
const PATIENCE: Duration = Duration::from_secs(2);

/// See the module.
#[derive(Debug)]
pub(super) struct Queue {
    rows: Mutex<Option<SyncSender<Row>>>,
    not_kept: Arc<Mutex<NotKept>>,
    /// Ends when the thread has ended.
    ended: Mutex<Receiver<()>>,
}

impl Queue {
    pub(super) fn start(conn: Connection) -> Result<Self, TillError> {
        let (rows, inbox) = sync_channel(LONGEST);
        let (end, ended) = sync_channel(0);
        let not_kept = Arc::new(Mutex::new(NotKept::default()));
        let lost = Arc::clone(&not_kept);
        std::thread::Builder::new()
            .name("keshia-log".into())
            .spawn(move || {
                write_all(conn, &inbox, &lost);
                drop(end);
            })
            .map_err(TillError::internal)?;
        Ok(Self {
            rows: Mutex::new(Some(rows)),
            not_kept,
            ended: Mutex::new(ended),
        })
    }

    pub(super) fn put(&self, row: Row) {
        let refused = match &*held(&self.rows) {
            None => Some(row),
            Some(rows) => rows.try_send(row).err().map(|error| match error {
                std::sync::mpsc::TrySendError::Full(row)
                | std::sync::mpsc::TrySendError::Disconnected(row) => row,
            }),
        };
        if let Some(row) = refused {
            held(&self.not_kept).add(row.cost());
        }
    }

    pub(super) fn close(&self) {
        // Without a sender the thread writes what is left and ends.
        drop(held(&self.rows).take());
        let _ = held(&self.ended).recv_timeout(PATIENCE);
    }
}

impl Drop for Queue {
    fn drop(&mut self) {
        self.close();
    }
}

fn write_all(mut conn: Connection, inbox: &Receiver<Row>, not_kept: &Mutex<NotKept>) {
    let mut since_trim = TRIM_EVERY;
    let mut told = false;
    while let Ok(first) = inbox.recv() {
        let mut rows = vec![first];
        rows.extend(inbox.try_iter().take(AT_ONCE - 1));
        let lost = std::mem::take(&mut *held(not_kept));
        let written = file::write(&mut conn, &rows, lost).and_then(|()| {
            since_trim += rows.len();
            if since_trim < TRIM_EVERY {
                return Ok(());
            }
            since_trim = 0;
            rows.last().map_or(Ok(()), |last| file::trim(&mut conn, last.at))
        });
        match written {
            Ok(()) => told = false,
            Err(error) => {
                if !told {
                    tracing::warn!(code = ?error.code, "the log of requests is not kept: {error}");
                }
                told = true;
                let mut sum = held(not_kept);
                sum.add(lost);
                rows.iter().for_each(|row| sum.add(row.cost()));
            }
        }
    }
    // What was lost last is at least counted.
    let _ = file::write(&mut conn, &[], *held(not_kept));
}

/// A panic elsewhere left the value whole: each change of it is a single step.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
