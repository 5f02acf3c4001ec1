//! Table `draft`: what stands half typed on the counter, so that a power cut loses no key.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::TillError;
use crate::view::Draft;

/// Reads it; a draft of another version of Keshia that cannot be read is no draft.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection) -> Result<Option<Draft>, TillError> {
    let text: Option<String> = conn
        .prepare_cached("SELECT json FROM draft WHERE id = 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(crate) fn put(tx: &Transaction<'_>, draft: &Draft) -> Result<(), TillError> {
    let json = serde_json::to_string(draft).map_err(TillError::internal)?;
    tx.prepare_cached(
        "INSERT INTO draft (id, json, sale_id) VALUES (1, ?1, ?2) ON CONFLICT (id) DO UPDATE SET json = ?1, sale_id = ?2",
    )?
    .execute(params![json, draft.sale_id])?;
    Ok(())
}
