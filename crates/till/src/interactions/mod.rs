//! What Keshia said to Safaricom and what it heard, for support: an aid, never a part of selling.
//!
//! It has a small file of its own beside the book and a thread of its own behind a bounded queue. A slow,
//! full or broken disk costs rows of this log (they are counted) and never a moment of a payment. What
//! comes in is clean already: [`daraja::Exchange`] holds no key, no name, and of a phone three digits.

mod export;
mod file;
mod queue;
mod read;
mod said;
mod usage;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use ts_rs::TS;

pub use export::ExportHeader;
pub use said::{InteractionAnswer, InteractionKind};
pub use usage::Usage;

use crate::error::TillError;
use queue::Queue;

/// The log of one book. Dropped, it writes what it still has, for at most two seconds.
#[derive(Debug)]
pub struct Interactions {
    path: PathBuf,
    queue: Queue,
}

/// One request and its answer, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Interaction {
    /// Its place in the log; later is higher.
    pub seq: i64,
    /// When it ended.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// How long it took, in milliseconds.
    pub duration_ms: u32,
    /// What was wanted.
    pub kind: InteractionKind,
    /// What came of it.
    pub answer: InteractionAnswer,
    /// The server, without port.
    pub host: String,
    /// HTTP status; none without an answer.
    pub status: Option<u16>,
    /// Safaricom's own code, for support.
    pub code: Option<String>,
}

impl Interactions {
    /// Opens the log, made new when there is none, when it is damaged, or when another version of Keshia
    /// wrote it in another form: it is an aid, and what it held is told by the book too.
    ///
    /// # Errors
    /// The disk's trouble, or no thread. Selling goes on without a log.
    pub fn open(path: &Path) -> Result<Self, TillError> {
        let file = file::open(path)?;
        Ok(Self {
            path: path.to_owned(),
            queue: Queue::start(file)?,
        })
    }

    /// Opens the log, or goes on without one: what its disk refuses is no reason not to sell.
    #[must_use]
    pub fn open_or_none(path: &Path) -> Option<Arc<Self>> {
        Self::open(path)
            .inspect_err(|error| tracing::warn!(code = ?error.code, "requests are not written down: {error}"))
            .ok()
            .map(Arc::new)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The newest rows before `before` (a [`Interaction::seq`]; `None` for the very newest), newest first.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn recent(&self, limit: u32, before: Option<i64>) -> Result<Vec<Interaction>, TillError> {
        read::recent(&file::reader(&self.path)?, limit, before)
    }

    /// What a day of the shop cost of the network.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn usage(&self, day: chrono::NaiveDate) -> Result<Usage, TillError> {
        usage::of(&file::reader(&self.path)?, day)
    }

    /// Writes all of it as JSON, one object a line, oldest first: `header`, then each request.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn export(&self, to: &mut dyn std::io::Write, header: &ExportHeader) -> Result<(), TillError> {
        export::write(&file::reader(&self.path)?, to, header)
    }

    /// Exports into a new file of the folder `exports` beside the log, and returns where it is.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn export_beside(&self, header: &ExportHeader) -> Result<PathBuf, TillError> {
        export::beside(self, header)
    }

    /// Writes down what is waiting, for at most two seconds, and takes nothing more.
    pub fn close(&self) {
        self.queue.close();
    }
}

impl daraja::Observer for Interactions {
    /// Never waits: when the queue is full the row is dropped and counted.
    fn exchanged(&self, exchange: &daraja::Exchange<'_>) {
        self.queue.put(file::Row::of(exchange));
    }
}
