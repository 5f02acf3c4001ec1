//! Tables `shift` and `shift_count`: time at a drawer, and what was counted in it at the end.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::store::extent::Extent;
use crate::store::{at, ms};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftRow {
    /// Random.
    pub id: String,
    /// Counts up from 1 on this counter.
    pub number: u32,
    /// Whose drawer; `None`: all at this counter share it.
    pub person_id: Option<String>,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// What the drawer began with.
    pub float: Money,
    /// How it ended.
    pub end: Option<ShiftEnd>,
}

/// The end of a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftEnd {
    /// When.
    pub at: DateTime<Utc>,
    /// Who counted.
    pub by: Option<String>,
    /// What the book says should have been in the drawer.
    pub expected: Money,
    /// What was in it.
    pub counted: Money,
}

const COLUMNS: &str = "id, number, person_id, opened_at, float, closed_at, closed_by, expected, counted";

fn typed(row: &Row<'_>) -> rusqlite::Result<ShiftRow> {
    let closed_at: Option<i64> = row.get(5)?;
    Ok(ShiftRow {
        id: row.get(0)?,
        number: row.get(1)?,
        person_id: row.get(2)?,
        opened_at: at(row.get(3)?),
        float: row.get(4)?,
        end: match closed_at {
            None => None,
            Some(closed_at) => Some(ShiftEnd {
                at: at(closed_at),
                by: row.get(6)?,
                expected: row.get(7)?,
                counted: row.get(8)?,
            }),
        },
    })
}

pub(crate) fn next_number(conn: &Connection) -> Result<u32, TillError> {
    Ok(conn
        .prepare_cached("SELECT COALESCE(MAX(number), 0) + 1 FROM shift")?
        .query_row([], |row| row.get(0))?)
}

pub(crate) fn insert(tx: &Transaction<'_>, shift: &ShiftRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO shift (id, number, person_id, opened_at, float) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        shift.id,
        shift.number,
        shift.person_id,
        ms(shift.opened_at),
        shift.float
    ])?;
    Ok(())
}

pub(crate) fn end(tx: &Transaction<'_>, id: &str, end: &ShiftEnd) -> Result<(), TillError> {
    tx.prepare_cached(
        "UPDATE shift SET closed_at = ?2, closed_by = ?3, expected = ?4, counted = ?5 WHERE id = ?1",
    )?
    .execute(params![id, ms(end.at), end.by, end.expected, end.counted])?;
    Ok(())
}

pub(crate) fn count(tx: &Transaction<'_>, id: &str, worth: Money, pieces: u32) -> Result<(), TillError> {
    tx.prepare_cached("INSERT INTO shift_count (shift_id, worth, pieces) VALUES (?1, ?2, ?3)")?
        .execute(params![id, worth, pieces])?;
    Ok(())
}

/// What was counted, the largest first.
///
/// # Errors
/// The disk's trouble.
pub fn counts(conn: &Connection, id: &str) -> Result<Vec<(Money, u32)>, TillError> {
    let mut statement =
        conn.prepare_cached("SELECT worth, pieces FROM shift_count WHERE shift_id = ?1 ORDER BY worth DESC")?;
    let rows = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One shift.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<ShiftRow, TillError> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM shift WHERE id = ?1"))?
        .query_row([id], typed)
        .optional()?
        .ok_or_else(|| TillError::not_found("shift"))
}

/// The open shift of a person's own drawer, or of the one that all share.
///
/// # Errors
/// The disk's trouble.
pub fn open_of(conn: &Connection, person_id: Option<&str>) -> Result<Option<ShiftRow>, TillError> {
    Ok(conn
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM shift WHERE closed_at IS NULL AND COALESCE(person_id, '') = ?1"
        ))?
        .query_row([person_id.unwrap_or_default()], typed)
        .optional()?)
}

/// Every open shift, the oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn open(conn: &Connection) -> Result<Vec<ShiftRow>, TillError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM shift WHERE closed_at IS NULL ORDER BY number"
    ))?;
    let rows = statement.query_map([], typed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Was a shift ever begun here?
///
/// # Errors
/// The disk's trouble.
pub fn any(conn: &Connection) -> Result<bool, TillError> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM shift)")?
        .query_row([], |row| row.get(0))?)
}

/// The shifts that ended over a stretch of the book, in their order.
///
/// # Errors
/// The disk's trouble.
pub fn ended_in(conn: &Connection, extent: Extent) -> Result<Vec<ShiftRow>, TillError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM shift WHERE id IN
             (SELECT about FROM act WHERE {} AND act IN ('close_shift', 'close_others_shift'))
         ORDER BY number",
        extent.sql()
    ))?;
    let rows = statement.query_map(extent.ends(), typed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
