//! Copies of the book, for the settings and the first start.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use till::Money;
use ts_rs::TS;

/// Where the book's copies are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CopiesView {
    /// The day of the newest copy beside the book.
    #[ts(type = "string | null")]
    pub newest: Option<NaiveDate>,
    /// The second place; `None` when none was chosen.
    pub stick: Option<StickView>,
    /// Folders of what is plugged in, to choose from.
    pub plugged_in: Vec<String>,
}

/// The second place of the copies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StickView {
    /// The folder that was chosen.
    pub folder: String,
    /// Only the recovery code opens the copies there.
    pub sealed: bool,
    /// The keys travel in them.
    pub with_keys: bool,
    /// It is there now.
    pub there: bool,
    /// When the newest copy got there.
    #[ts(type = "string | null")]
    pub last: Option<DateTime<Utc>>,
}

/// A second place that was just chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct StickChosen {
    /// The recovery code's groups, shown once; empty for plain copies.
    pub code: Vec<String>,
    /// How it stands now.
    pub copies: CopiesView,
}

/// A copy that may come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundCopy {
    /// Where it is.
    pub file: String,
    /// Whose it is; empty when it does not say.
    pub shop: String,
    /// The day it is of.
    #[ts(type = "string | null")]
    pub day: Option<NaiveDate>,
    /// It asks for the recovery code.
    pub sealed: bool,
}

/// What a rehearsal of the way back said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct RehearsalView {
    /// When the copy was taken.
    #[ts(type = "string")]
    pub taken_at: DateTime<Utc>,
    /// How many sales it holds.
    pub sales: u64,
    /// Sales that would be lost.
    pub lost_sales: u64,
    /// Money of theirs.
    pub lost: Money,
    /// Whole minutes since the copy.
    pub minutes: i64,
}
