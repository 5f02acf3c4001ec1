//! Tables `z` and `carried`: the numbered closes, and what was not known at them.

use chrono::{DateTime, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::store::{at, chain, ms};

/// One close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZRow {
    /// Counts up from 1, without a gap.
    pub number: u32,
    /// Random.
    pub id: String,
    /// The shop's day that it closes: the one on which it began.
    pub day: NaiveDate,
    /// First row of the chain that it covers.
    pub from_seq: i64,
    /// Last row of the chain that it covers, before the close's own.
    pub to_seq: i64,
    /// The close before, or the book's first moment.
    pub from_at: DateTime<Utc>,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// Who closed.
    pub person_id: Option<String>,
    /// What it says, as JSON: the very text whose hash is in the chain.
    pub report: String,
    /// Rows of the chain, with the close's own.
    pub rows: i64,
    /// The chain's head then: what is printed and shown.
    pub head: String,
}

const COLUMNS: &str = "number, id, day, from_seq, to_seq, from_at, closed_at, person_id, report, rows, head";

fn typed(row: &Row<'_>) -> rusqlite::Result<ZRow> {
    Ok(ZRow {
        number: row.get(0)?,
        id: row.get(1)?,
        day: row
            .get::<_, String>(2)?
            .parse()
            .unwrap_or_else(|_| NaiveDate::default()),
        from_seq: row.get(3)?,
        to_seq: row.get(4)?,
        from_at: at(row.get(5)?),
        closed_at: at(row.get(6)?),
        person_id: row.get(7)?,
        report: row.get(8)?,
        rows: row.get(9)?,
        head: row.get(10)?,
    })
}

pub(crate) fn insert(tx: &Transaction<'_>, z: &ZRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO z (number, id, day, from_seq, to_seq, from_at, closed_at, person_id, report, rows, head)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute(params![
        z.number,
        z.id,
        z.day.to_string(),
        z.from_seq,
        z.to_seq,
        ms(z.from_at),
        ms(z.closed_at),
        z.person_id,
        z.report,
        z.rows,
        z.head
    ])?;
    Ok(())
}

/// The newest close.
///
/// # Errors
/// The disk's trouble.
pub fn newest(conn: &Connection) -> Result<Option<ZRow>, TillError> {
    Ok(conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM z ORDER BY number DESC LIMIT 1"))?
        .query_row([], typed)
        .optional()?)
}

/// One close.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, number: u32) -> Result<ZRow, TillError> {
    find(conn, number)?.ok_or_else(|| TillError::not_found("close of a day"))
}

/// One close, where there is one of that number.
///
/// # Errors
/// The disk's trouble.
pub fn find(conn: &Connection, number: u32) -> Result<Option<ZRow>, TillError> {
    Ok(conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM z WHERE number = ?1"))?
        .query_row([number], typed)
        .optional()?)
}

/// The close whose own row is the last of so many rows.
///
/// # Errors
/// The disk's trouble.
pub fn sealed_at(conn: &Connection, rows: i64) -> Result<Option<ZRow>, TillError> {
    Ok(conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM z WHERE rows = ?1"))?
        .query_row([rows], typed)
        .optional()?)
}

/// The newest closes, the newest first.
///
/// # Errors
/// The disk's trouble.
pub fn last(conn: &Connection, limit: u32) -> Result<Vec<ZRow>, TillError> {
    let mut statement =
        conn.prepare_cached(&format!("SELECT {COLUMNS} FROM z ORDER BY number DESC LIMIT ?1"))?;
    let rows = statement.query_map([limit], typed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the chain keeps of a close: its number and the hash of all that it says.
#[must_use]
pub(crate) fn seal(number: u32, report: &str) -> String {
    format!("{number} {}", chain::hash("", &[report]))
}

/// Something that was not known at a close.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedRow {
    /// Random.
    pub id: String,
    /// At which close.
    pub z_number: u32,
    /// What, in the book's words.
    pub kind: String,
    /// The id of what it is about.
    pub about: String,
    /// How much.
    pub amount: Money,
    /// When it was solved.
    pub solved_at: Option<DateTime<Utc>>,
}

/// What is still carried, the oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn carried(conn: &Connection) -> Result<Vec<CarriedRow>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, z_number, kind, about, amount, solved_at FROM carried WHERE solved_at IS NULL ORDER BY z_number, id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(CarriedRow {
            id: row.get(0)?,
            z_number: row.get(1)?,
            kind: row.get(2)?,
            about: row.get(3)?,
            amount: row.get(4)?,
            solved_at: row.get::<_, Option<i64>>(5)?.map(at),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Carries something; what is carried already stays with its first close.
pub(crate) fn carry(tx: &Transaction<'_>, row: &CarriedRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO carried (id, z_number, kind, about, amount) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING",
    )?
    .execute(params![row.id, row.z_number, row.kind, row.about, row.amount])?;
    Ok(())
}

/// It is known now.
pub(crate) fn solve(tx: &Transaction<'_>, id: &str, now: DateTime<Utc>) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE carried SET solved_at = ?2 WHERE id = ?1")?
        .execute(params![id, ms(now)])?;
    Ok(())
}
