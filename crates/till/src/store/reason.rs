//! Table `reason`: what a person said, in free words. It may name people, so it stays out of the chained tables.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::{Code, TillError};
use crate::ids::IdSource;

/// Longest reason, characters: a sentence, not a story.
const LONGEST: usize = 200;

/// The words as they are kept.
///
/// # Errors
/// [`Code::NotAllowed`] when nothing was said, or too much.
pub fn said(text: &str) -> Result<&str, TillError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return Err(TillError::new(Code::NotAllowed, "Say in a few words why."));
    }
    Ok(text)
}

/// Keeps the words; returns their id.
pub(crate) fn insert(tx: &Transaction<'_>, ids: &mut IdSource, text: &str) -> Result<String, TillError> {
    let id = ids.next_id();
    tx.prepare_cached("INSERT INTO reason (id, text) VALUES (?1, ?2)")?
        .execute(params![id, said(text)?])?;
    Ok(id)
}

/// The words; nothing once they were erased.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<Option<String>, TillError> {
    Ok(conn
        .prepare_cached("SELECT text FROM reason WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}
