//! Table `posting_sum`: what every account received and gave, by hour, way of paying and person. A trigger on
//! `posting` keeps it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row};

use crate::error::TillError;
use crate::store::extent::Extent;
use crate::store::posting::{Account, Sums};
use crate::store::{at, ms, odd};
use crate::view::PaidBy;

const HOUR_MS: i64 = 3_600_000;

/// One line of sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SumRow {
    /// When its hour began.
    pub hour: DateTime<Utc>,
    /// Which account.
    pub account: Account,
    /// How the parts were paid; none for what belongs to no part of a sale.
    pub way: Option<PaidBy>,
    /// Whose hand; nobody's in a shop that tells no people apart.
    pub person_id: Option<String>,
    /// How much.
    pub sums: Sums,
    /// Lines that gave, minus lines that received.
    pub lines: i64,
}

/// The sums of a stretch: of whole hours as they were kept (shop days begin and end with an hour), of the chain's rows
/// from the entries themselves, because a close covers rows and not hours.
///
/// # Errors
/// The disk's trouble.
pub fn of(
    conn: &Connection,
    extent: Extent,
    each: &mut dyn FnMut(SumRow) -> Result<(), TillError>,
) -> Result<(), TillError> {
    match extent {
        Extent::Times(from, to) => walk(conn, OF_HOURS, [hour(from), hour(to)], each),
        Extent::Rows(from, to) => walk(conn, OF_ROWS, [from, to], each),
    }
}

const OF_HOURS: &str =
    "SELECT hour, account, way, person_id, debit, credit, credits - debits FROM posting_sum
    WHERE hour >= ?1 AND hour < ?2";

const OF_ROWS: &str = "SELECT p.at / 3600000, p.account, COALESCE(t.kind, ''), COALESCE(p.person_id, ''),
        SUM(p.debit), SUM(p.credit), SUM(p.credit > 0) - SUM(p.debit > 0)
    FROM posting p LEFT JOIN tender t ON t.id = p.tender_id
    WHERE p.seq >= ?1 AND p.seq <= ?2 GROUP BY 1, 2, 3, 4";

fn hour(at: DateTime<Utc>) -> i64 {
    ms(at).div_euclid(HOUR_MS)
}

fn walk(
    conn: &Connection,
    sql: &str,
    stretch: [i64; 2],
    each: &mut dyn FnMut(SumRow) -> Result<(), TillError>,
) -> Result<(), TillError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(stretch)?;
    while let Some(row) = rows.next()? {
        each(typed(row)?)?;
    }
    Ok(())
}

fn typed(row: &Row<'_>) -> Result<SumRow, TillError> {
    let word = |index: usize| -> Result<&str, TillError> {
        row.get_ref(index)?.as_str().map_err(TillError::internal)
    };
    let account = word(1)?;
    let way = word(2)?;
    let person = word(3)?;
    Ok(SumRow {
        hour: at(row.get::<_, i64>(0)?.saturating_mul(HOUR_MS)),
        account: Account::parse(account).ok_or_else(|| odd("posting.account", account))?,
        way: match way {
            "" => None,
            way => Some(PaidBy::parse(way).ok_or_else(|| odd("tender.kind", way))?),
        },
        person_id: (!person.is_empty()).then(|| person.to_owned()),
        sums: Sums {
            debit: row.get(4)?,
            credit: row.get(5)?,
        },
        lines: row.get(6)?,
    })
}
