//! Who watches a long copy: is told how far it is, and may stop it.

use std::fmt;
use std::fs::File;
use std::io::{Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::error::{Code, TillError};
use crate::files::io_trouble;

/// Bytes between two words to the watcher.
const PIECE: u64 = 1 << 20;

/// How far a copy has come, in pages of the book or in thousands of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// Of so much.
    pub all: u64,
}

type Eye = dyn Fn(Progress) -> ControlFlow<()> + Send + Sync;

/// Nobody, or somebody who breaks when the work is to end.
#[derive(Clone, Default)]
pub(super) struct Watch(Option<Arc<Eye>>);

impl Watch {
    pub(super) fn by(eye: impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(eye)))
    }

    /// Between two steps, of which each can still be taken back.
    ///
    /// # Errors
    /// [`Code::Stopped`]: the caller takes back what it has done.
    pub(super) fn at(&self, done: u64, all: u64) -> Result<(), TillError> {
        match self.0.as_ref().map(|eye| eye(Progress { done, all })) {
            Some(ControlFlow::Break(())) => Err(TillError::new(
                Code::Stopped,
                "Stopped. Everything is as it was before.",
            )),
            Some(ControlFlow::Continue(())) | None => Ok(()),
        }
    }

    /// As [`Self::at`], at the end of a file.
    pub(super) fn whole(&self, path: &Path) -> Result<(), TillError> {
        let bytes = std::fs::metadata(path)
            .map_err(|error| io_trouble(path, &error))?
            .len();
        self.bytes(bytes, bytes)
    }

    /// As [`Self::at`], counted in bytes.
    pub(super) fn bytes(&self, done: u64, all: u64) -> Result<(), TillError> {
        self.at(done / 1_000, all / 1_000)
    }

    /// Copies a file piece by piece, into one that can be written to: a copy on a read-only stick brings no mark
    /// along.
    ///
    /// # Errors
    /// [`Code::Stopped`], or the trouble of either disk.
    pub(super) fn copy(&self, from: &Path, into: &Path) -> Result<(), TillError> {
        let mut source = File::open(from).map_err(|error| io_trouble(from, &error))?;
        let all = source.metadata().map_err(|error| io_trouble(from, &error))?.len();
        let mut target = File::create(into).map_err(|error| io_trouble(into, &error))?;
        let (mut piece, mut done) = (Vec::new(), 0);
        loop {
            self.bytes(done, all)?;
            piece.clear();
            let read = std::io::Read::by_ref(&mut source)
                .take(PIECE)
                .read_to_end(&mut piece);
            read.map_err(|error| io_trouble(from, &error))?;
            if piece.is_empty() {
                return Ok(());
            }
            target
                .write_all(&piece)
                .map_err(|error| io_trouble(into, &error))?;
            done += u64::try_from(piece.len()).unwrap_or(PIECE);
        }
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "watched" } else { "unwatched" })
    }
}
