//! Table `setting`: what the shop told us about itself, as key and JSON value.

use rusqlite::{Connection, OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::TillError;
use crate::store::odd;

/// Reads one setting.
///
/// # Errors
/// The disk's trouble, or a value this program cannot read.
pub fn get<T: DeserializeOwned>(conn: &Connection, key: &str) -> Result<Option<T>, TillError> {
    let text: Option<String> = conn
        .prepare_cached("SELECT value FROM setting WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| odd("setting", key)))
        .transpose()
}

/// Writes one setting.
///
/// # Errors
/// The disk's trouble.
pub fn put<T: Serialize>(tx: &Transaction<'_>, key: &str, value: &T) -> Result<(), TillError> {
    let text = serde_json::to_string(value).map_err(TillError::internal)?;
    tx.execute(
        "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2",
        params![key, text],
    )?;
    Ok(())
}
