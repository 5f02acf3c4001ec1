//! Table `desk`: who stands at this counter, and into which shift's drawer cash goes. One row; every sale, tender
//! and entry takes its names from it, so that no caller can forget them.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::TillError;

/// A person and a shift; neither is there before the shop has such.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskRow {
    /// Who.
    pub person_id: Option<String>,
    /// Into which shift.
    pub shift_id: Option<String>,
}

/// Who and which shift it is now.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection) -> Result<DeskRow, TillError> {
    one(conn, "SELECT person_id, shift_id FROM desk WHERE id = ?1", &1_i64)
}

/// Who took a tender, and in which shift.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn of_tender(conn: &Connection, tender_id: &str) -> Result<DeskRow, TillError> {
    one(
        conn,
        "SELECT person_id, shift_id FROM tender WHERE id = ?1",
        &tender_id,
    )
}

fn one(conn: &Connection, sql: &str, key: &dyn rusqlite::ToSql) -> Result<DeskRow, TillError> {
    Ok(conn
        .prepare_cached(sql)?
        .query_row([key], |row| {
            Ok(DeskRow {
                person_id: row.get(0)?,
                shift_id: row.get(1)?,
            })
        })
        .optional()?
        .unwrap_or_default())
}

/// Another person takes over, or nobody.
pub(crate) fn put_person(tx: &Transaction<'_>, person_id: Option<&str>) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE desk SET person_id = ?1 WHERE id = 1")?
        .execute([person_id])?;
    Ok(())
}

/// Cash goes into another shift's drawer, or into none.
pub(crate) fn put_shift(tx: &Transaction<'_>, shift_id: Option<&str>) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE desk SET shift_id = ?1 WHERE id = 1")?
        .execute(params![shift_id])?;
    Ok(())
}
