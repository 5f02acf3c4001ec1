//! What the owner reads: any day, week, month or close added up, and its sales one by one. Only reads, over any
//! connection, so that long work needs no engine.

mod day;
mod open;
mod sales;
mod search;
mod sums;

pub use day::{Beside, day};
pub use open::{not_confirmed, open};
pub use sales::{PartLine, SaleLine, sales};
pub use search::{Hits, Search, search};
pub(crate) use sums::Added;

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use rusqlite::Connection;

use crate::clock::day_start;
use crate::error::TillError;
use crate::store::extent::Extent;
use crate::store::{chain, posting, z};
use crate::view::Period;

/// A period, found in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Its rows.
    pub extent: Extent,
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// The first moment after it; `None` for what goes on until it is closed.
    pub to: Option<DateTime<Utc>>,
}

/// Finds a period in the book.
///
/// # Errors
/// [`crate::Code::NotFound`] for a close that there is not, or the disk's trouble.
pub fn find(conn: &Connection, period: Period) -> Result<Found, TillError> {
    match period {
        Period::Day { day } => Ok(days(day, after(day, Days::new(1)))),
        Period::Week { day } => {
            let back = u64::from(day.weekday().num_days_from_monday());
            let monday = day.checked_sub_days(Days::new(back)).unwrap_or(day);
            Ok(days(monday, after(monday, Days::new(7))))
        }
        Period::Month { day } => {
            let first = day.with_day(1).unwrap_or(day);
            let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
            Ok(days(first, next))
        }
        Period::Close { number } => {
            let close = z::get(conn, number)?;
            rows(conn, (close.from_seq, close.to_seq), Some(close.closed_at))
        }
        Period::Open => {
            let from = z::newest(conn)?.map_or(1, |close| close.rows + 1);
            let end = chain::newest(conn)?.map_or(0, |link| link.rows);
            rows(
                conn,
                (from, i64::try_from(end).map_err(TillError::internal)?),
                None,
            )
        }
    }
}

fn after(day: NaiveDate, days: Days) -> NaiveDate {
    day.checked_add_days(days).unwrap_or(day)
}

fn days(first: NaiveDate, next: NaiveDate) -> Found {
    let (from, to) = (day_start(first), day_start(next));
    Found {
        extent: Extent::Times(from, to),
        from,
        to: Some(to),
    }
}

/// A close begins with its first money: what was before it is no part of the shop's day.
fn rows(conn: &Connection, (from, to): (i64, i64), end: Option<DateTime<Utc>>) -> Result<Found, TillError> {
    let first = posting::first_after(conn, from - 1)?;
    Ok(Found {
        extent: Extent::Rows(from, to),
        from: first.or(end).unwrap_or_default(),
        to: end,
    })
}
