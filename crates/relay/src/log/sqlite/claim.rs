//! Who has which payment. Never changed, never deleted.

use relay_wire::ClaimKey;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::log::{Counter, LogError, letter};

pub(super) fn claim(
    tx: &Transaction<'_>,
    counter: &Counter,
    keys: &[ClaimKey],
) -> Result<Vec<char>, LogError> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO claim (shop_id, key, letter) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
    )?;
    let mut holder = tx.prepare_cached("SELECT letter FROM claim WHERE shop_id = ?1 AND key = ?2")?;
    keys.iter()
        .map(|key| {
            insert.execute(params![
                counter.shop_id,
                key.as_bytes(),
                counter.letter.to_string()
            ])?;
            let found: String =
                holder.query_row(params![counter.shop_id, key.as_bytes()], |row| row.get(0))?;
            letter(&found)
        })
        .collect()
}

pub(super) fn holders(
    conn: &Connection,
    shop_id: &str,
    keys: &[ClaimKey],
) -> Result<Vec<Option<char>>, LogError> {
    let mut holder = conn.prepare_cached("SELECT letter FROM claim WHERE shop_id = ?1 AND key = ?2")?;
    keys.iter()
        .map(|key| {
            let found: Option<String> = holder
                .query_row(params![shop_id, key.as_bytes()], |row| row.get(0))
                .optional()?;
            found.as_deref().map(letter).transpose()
        })
        .collect()
}
