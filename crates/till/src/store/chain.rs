//! The hash chain of append-only rows: each hash covers its row and the hash before it.

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

/// Tables with a chain.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ChainedTable {
    Witness,
    Posting,
}
