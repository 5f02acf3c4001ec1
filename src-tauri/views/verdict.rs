//! Is the book as it was written, and what does one close say of it?

use chrono::NaiveDate;
use serde::Serialize;
use till::verify::{Trouble, Verdict};
use ts_rs::TS;

/// What the check of the book says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct BookVerdict {
    /// Of the whole book.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// Seen from the close that was asked about, or whose seal was typed.
    pub close: Option<CloseVerdict>,
}

/// What the seal of one close covers, and where the file departs from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CloseVerdict {
    /// Its number.
    pub number: u32,
    /// The day that it closed.
    #[ts(type = "string")]
    pub day: NaiveDate,
    /// The last row that it covers.
    #[ts(type = "number")]
    pub rows: i64,
    /// Its seal, as this book has it.
    pub head: String,
    /// What was typed says the same; `null` when no seal of it was typed.
    pub same: Option<bool>,
    /// What is wrong in the rows that it covers.
    pub covered: Vec<Trouble>,
    /// In the rows after it, which it says nothing of.
    pub after: Vec<Trouble>,
    /// In what stands beside the chain.
    pub beside: Vec<Trouble>,
}
