//! A stretch of the book: by the clock, or by the places of the chain's rows.

use chrono::{DateTime, Utc};

use crate::store::ms;

/// Which rows of the tables that are only ever added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Written from the first moment on and before the second.
    Times(DateTime<Utc>, DateTime<Utc>),
    /// From the first place to the last.
    Rows(i64, i64),
}

impl Extent {
    /// The condition, over the columns `at` and `seq`.
    pub(crate) const fn sql(self) -> &'static str {
        match self {
            Self::Times(..) => "at >= ?1 AND at < ?2",
            Self::Rows(..) => "seq >= ?1 AND seq <= ?2",
        }
    }

    /// What is bound to it.
    pub(crate) fn ends(self) -> [i64; 2] {
        match self {
            Self::Times(from, to) => [ms(from), ms(to)],
            Self::Rows(from, to) => [from, to],
        }
    }
}
