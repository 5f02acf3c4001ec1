//! Is the book as it was written?
//!
//! Whoever has the PC can edit the file. Each chained row carries a hash over itself and the row before it, so an
//! edit breaks the chain at its place, unless everything after it is written anew; and that changes the chain's
//! end, which is known outside this PC: printed, or with the relay. Such an *anchor* covers every row before it.
//! What comes after the last anchor is *not anchored*: in itself it fits, and nobody outside can say more.

mod anchor;
mod chain_walk;
mod cross;
mod sealed;

use std::collections::VecDeque;
use std::fmt;
use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use ts_rs::TS;

pub use anchor::Anchor;
pub use sealed::{Parted, Sealed};

use crate::error::TillError;

/// Most findings that are kept; one edit shows in a few, and a torn book in many.
const MOST: usize = 100;
/// Rows between two words about the progress.
const ROWS_A_STEP: u64 = 1_000;

/// A table of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// Who told us what.
    Witness,
    /// Entries.
    Posting,
    /// What persons did.
    Act,
}

/// What an unchained table and the chain do not agree about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "their names say it, and `Trouble` prints each")]
pub enum Doubt {
    Unbalanced,
    SaleGone,
    TenderGone,
    SaleChanged,
    TenderChanged,
    DebtChanged,
    PaymentChanged,
    PaymentGone,
    PushGone,
    RefundChanged,
    ShiftChanged,
    SumChanged,
    CloseChanged,
    CloseGone,
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Trouble {
    /// The row is not what was written here, or the row before it was exchanged.
    Changed {
        /// Its table.
        table: Table,
        /// Its place.
        seq: i64,
    },
    /// These rows are gone.
    Missing {
        /// The first.
        from: i64,
        /// The last.
        to: i64,
    },
    /// A second row in a place that has one.
    Inserted {
        /// Its table.
        table: Table,
        /// The place.
        seq: i64,
    },
    /// The book ends before a row that is known outside: its end was cut off, or it is an old copy.
    Shorter {
        /// Its last row.
        ends: i64,
        /// The row that is known.
        known: i64,
    },
    /// The chain fits in itself, but is another than the one that is known outside.
    Rewritten {
        /// The last row that an anchor covers; 0 when none does.
        after: i64,
        /// The row whose hash is another.
        until: i64,
    },
    /// A table that is not chained says something else than the chain.
    Unchained {
        /// What.
        doubt: Doubt,
        /// The random id, or the M-PESA code, of what it is about.
        id: String,
    },
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Verdict {
    /// The chain's last row; 0 in an empty book.
    pub rows: i64,
    /// Its hash, for the next anchor.
    pub head: String,
    /// The last row that an anchor covers; none without one that fits.
    pub anchored: Option<i64>,
    /// Rows after it, which nobody outside this PC can vouch for.
    pub not_anchored: i64,
    /// How often the book came back from a copy or moved: rows known outside may be missing since then.
    pub restored: Vec<i64>,
    /// What is wrong, the first hundred.
    pub troubles: Vec<Trouble>,
    /// How much is wrong.
    pub wrong: u64,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows that were looked at.
    pub done: u64,
    /// Rows of all.
    pub all: u64,
}

/// What is known on the way.
struct Walk<'a> {
    anchors: VecDeque<Anchor>,
    troubles: Vec<Trouble>,
    wrong: u64,
    anchored: Option<i64>,
    end: (i64, String),
    done: u64,
    all: u64,
    go_on: &'a mut dyn FnMut(Progress) -> bool,
}

/// Verifies the book at `path`, also while Keshia is selling: it is read as it stood at one moment. `go_on` hears
/// of the progress and says whether to; `None` when it said no.
///
/// # Errors
/// [`Code::NotFound`] without a book, [`Code::DatabaseCorrupt`] when it cannot be read at all, the disk's trouble.
pub fn verify(
    path: &Path,
    anchors: &[Anchor],
    go_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<Option<Verdict>, TillError> {
    if !path.is_file() {
        return Err(TillError::not_found("book"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    let tx = conn.transaction()?;
    verify_in(&tx, anchors, go_on)
}

/// As [`verify`], over an open book.
///
/// # Errors
/// The disk's trouble.
pub fn verify_in(
    conn: &Connection,
    anchors: &[Anchor],
    go_on: &mut dyn FnMut(Progress) -> bool,
) -> Result<Option<Verdict>, TillError> {
    let mut anchors = anchors.to_vec();
    anchors.sort_by_key(|anchor| anchor.rows);
    let rows =
        "SELECT (SELECT COUNT(*) FROM witness) + (SELECT COUNT(*) FROM posting) + (SELECT COUNT(*) FROM act)";
    let all: i64 = conn.query_row(rows, [], |row| row.get(0))?;
    let mut walk = Walk {
        anchors: anchors.into(),
        troubles: Vec::new(),
        wrong: 0,
        anchored: None,
        end: (0, String::new()),
        done: 0,
        all: all.unsigned_abs(),
        go_on,
    };
    if !chain_walk::all(conn, &mut walk)? {
        return Ok(None);
    }
    walk.anchors_beyond();
    if !cross::all(conn, &mut walk)? {
        return Ok(None);
    }
    let mut statement = conn.prepare("SELECT seq FROM witness WHERE told_by = 'restore' ORDER BY seq")?;
    let restored = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let (rows, head) = walk.end;
    Ok(Some(Verdict {
        rows,
        head,
        anchored: walk.anchored,
        not_anchored: rows - walk.anchored.unwrap_or_default(),
        restored,
        troubles: walk.troubles,
        wrong: walk.wrong,
    }))
}

impl Walk<'_> {
    fn trouble(&mut self, trouble: Trouble) {
        self.wrong += 1;
        if self.troubles.len() < MOST {
            self.troubles.push(trouble);
        }
    }

    /// A row of the chain, in its order.
    fn reached(&mut self, seq: i64, hash: &str) {
        while let Some(anchor) = self.anchors.front().filter(|anchor| anchor.rows <= seq).cloned() {
            self.anchors.pop_front();
            if anchor.rows == seq && hash.starts_with(&anchor.head) {
                self.anchored = Some(seq);
            } else {
                self.trouble(Trouble::Rewritten {
                    after: self.anchored.unwrap_or_default(),
                    until: anchor.rows,
                });
            }
        }
        self.end = (seq, hash.to_owned());
    }

    fn anchors_beyond(&mut self) {
        while let Some(anchor) = self.anchors.pop_front() {
            self.trouble(Trouble::Shorter {
                ends: self.end.0,
                known: anchor.rows,
            });
        }
    }

    fn step(&mut self) -> bool {
        self.done += 1;
        let (done, all) = (self.done, self.all);
        !done.is_multiple_of(ROWS_A_STEP) || (self.go_on)(Progress { done, all })
    }
}

impl Trouble {
    /// The first row of the chain that it is about; none for what stands beside the chain.
    #[must_use]
    pub const fn place(&self) -> Option<i64> {
        match self {
            Self::Changed { seq, .. } | Self::Inserted { seq, .. } => Some(*seq),
            Self::Missing { from, .. } => Some(*from),
            Self::Shorter { ends, .. } => Some(ends.saturating_add(1)),
            Self::Rewritten { after, .. } => Some(after.saturating_add(1)),
            Self::Unchained { .. } => None,
        }
    }
}

impl Verdict {
    /// Is nothing wrong?
    #[must_use]
    pub const fn is_good(&self) -> bool {
        self.wrong == 0
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Witness => "witness",
            Self::Posting => "entry",
            Self::Act => "act",
        })
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Changed { table, seq } => {
                write!(
                    f,
                    "row {seq} ({table}) is not what was written, or a row before it was exchanged"
                )
            }
            Self::Missing { from, to } if from == to => write!(f, "row {from} is gone"),
            Self::Missing { from, to } => write!(f, "rows {from} to {to} are gone"),
            Self::Inserted { table, seq } => write!(f, "a second row stands in place {seq} ({table})"),
            Self::Shorter { ends, known } => write!(
                f,
                "the book ends at row {ends}, and row {known} is known outside: its end was cut off, or it is an old copy"
            ),
            Self::Rewritten { after, until } => write!(
                f,
                "between row {after} and row {until} the book is another one than the one known outside"
            ),
            Self::Unchained { doubt, id } => write!(f, "{} ({id})", doubt.words()),
        }
    }
}

impl Doubt {
    const fn words(self) -> &'static str {
        match self {
            Self::Unbalanced => "an entry gives another sum than it takes",
            Self::SaleGone => "a sale that has entries is gone",
            Self::TenderGone => "a way of paying that has entries is gone, or another sale's",
            Self::SaleChanged => "a sale's amount or state is not what its entries say",
            Self::TenderChanged => "a way of paying counts and has no entry",
            Self::DebtChanged => "what a customer owes is not what was done",
            Self::PaymentChanged => "a payment has an amount that nobody told",
            Self::PaymentGone => "a payment that Safaricom told of is gone",
            Self::PushGone => "a prompt that somebody told of is gone",
            Self::RefundChanged => "a refund was changed, or is gone",
            Self::ShiftChanged => "a shift was changed, or is gone",
            Self::SumChanged => "the day's sums of an account are not what its entries add up to",
            Self::CloseChanged => "a close does not say what was sealed",
            Self::CloseGone => "a close is gone",
        }
    }
}
