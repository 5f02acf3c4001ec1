//! What one close vouches for: everything before it, once its slip says the same as the book.

use std::path::Path;

use chrono::NaiveDate;
use rusqlite::{Connection, OpenFlags};
use serde::Serialize;

use super::{Anchor, Trouble, Verdict};
use crate::error::{Code, TillError};
use crate::store::z::{self, ZRow};

/// A close's seal, as the file has it: whoever holds the slip compares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sealed {
    /// Its number.
    pub number: u32,
    /// The day that it closed.
    pub day: NaiveDate,
    /// The last row of the chain that it covers.
    pub rows: i64,
    /// The chain's head there.
    pub head: String,
}

/// Where the findings lie, seen from a close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parted<'v> {
    /// In rows that it covers.
    pub covered: Vec<&'v Trouble>,
    /// In rows after it, which it says nothing of.
    pub after: Vec<&'v Trouble>,
    /// In tables that are held against the chain and have no place in it.
    pub beside: Vec<&'v Trouble>,
}

impl Sealed {
    /// Reads it from the book at `path`.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`] when the book has no such close, with the number of its last one: somebody who holds
    /// its slip knows then that the book's end was cut off, or that it is an old copy.
    pub fn read(path: &Path, number: u32) -> Result<Self, TillError> {
        let conn = opened(path)?;
        let Some(row) = z::find(&conn, number)? else {
            let last = z::newest(&conn)?.map_or_else(
                || "It has none at all".to_owned(),
                |last| format!("Its last one is close {}", last.number),
            );
            return Err(TillError::new(
                Code::NotFound,
                format!(
                    "This book has no close {number}. {last}: if you hold the slip of close {number}, the book's end was cut off, or it is an old copy."
                ),
            ));
        };
        Ok(Self::of(row))
    }

    /// The close whose seal a printed end of the chain is, by the row at which it stands.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn named_by(path: &Path, anchor: &Anchor) -> Result<Option<Self>, TillError> {
        Ok(z::sealed_at(&opened(path)?, anchor.rows)?.map(Self::of))
    }

    /// Whether what somebody gave says the same as this book, once that was walked; none without a seal of this close.
    #[must_use]
    pub fn is_confirmed(&self, given: &[Anchor], verdict: &Verdict) -> Option<bool> {
        given
            .iter()
            .any(|anchor| anchor.rows == self.rows)
            .then(|| verdict.anchored.is_some_and(|row| row >= self.rows))
    }

    fn of(row: ZRow) -> Self {
        Self {
            number: row.number,
            day: row.day,
            rows: row.rows,
            head: row.head,
        }
    }

    /// Parts what was found by whether this close covers its place.
    #[must_use]
    pub fn part<'v>(&self, verdict: &'v Verdict) -> Parted<'v> {
        let mut parted = Parted {
            covered: Vec::new(),
            after: Vec::new(),
            beside: Vec::new(),
        };
        for trouble in &verdict.troubles {
            match trouble.place() {
                Some(place) if place <= self.rows => parted.covered.push(trouble),
                Some(_) => parted.after.push(trouble),
                None => parted.beside.push(trouble),
            }
        }
        parted
    }
}

fn opened(path: &Path) -> Result<Connection, TillError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Ok(Connection::open_with_flags(path, flags)?)
}
