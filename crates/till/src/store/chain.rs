//! The hash chain of append-only rows: each hash covers its row and the hash before it.

use relay_wire::Link;
use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::error::TillError;

/// Hash of `fields` on top of `previous`. Each field carries its length, so that no two different
/// rows hash the same text.
#[must_use]
pub fn hash(previous: &str, fields: &[&str]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(previous.as_bytes());
    for field in fields {
        hasher.update(field.len().to_le_bytes());
        hasher.update(field.as_bytes());
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The last hash of a chained table; empty for the first row.
pub(crate) fn head(conn: &Connection, table: ChainedTable) -> Result<String, TillError> {
    let sql = match table {
        ChainedTable::Witness => "SELECT hash FROM witness ORDER BY seq DESC LIMIT 1",
        ChainedTable::Posting => "SELECT hash FROM posting ORDER BY seq DESC LIMIT 1",
    };
    Ok(conn
        .prepare_cached(sql)?
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or_default())
}

/// The witnesses' chain at its end; `None` while it is empty.
///
/// # Errors
/// The disk's trouble.
pub fn newest(conn: &Connection) -> Result<Option<Link>, TillError> {
    link(
        conn,
        "SELECT seq, hash FROM witness ORDER BY seq DESC LIMIT ?1",
        1,
    )
}

/// The witnesses' chain after so many rows; `None` when it is shorter.
///
/// # Errors
/// The disk's trouble.
pub fn at(conn: &Connection, rows: u64) -> Result<Option<Link>, TillError> {
    link(conn, "SELECT seq, hash FROM witness WHERE seq = ?1", rows)
}

fn link(conn: &Connection, sql: &str, with: u64) -> Result<Option<Link>, TillError> {
    Ok(conn
        .prepare_cached(sql)?
        .query_row([i64::try_from(with).unwrap_or(i64::MAX)], |row| {
            Ok(Link {
                rows: row.get::<_, i64>(0)?.unsigned_abs(),
                head: row.get(1)?,
            })
        })
        .optional()?)
}

/// Tables with a chain.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ChainedTable {
    Witness,
    Posting,
}
