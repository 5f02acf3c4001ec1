//! The owner's page of each shop: the newest only.

use relay_wire::TokenHash;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::log::{LogError, StoredDay};

pub(super) fn put(tx: &Transaction<'_>, day: &StoredDay) -> Result<(), LogError> {
    tx.prepare_cached(
        "INSERT INTO day (shop_id, id, at_ms, sealed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (shop_id) DO UPDATE
         SET id = excluded.id, at_ms = excluded.at_ms, sealed = excluded.sealed",
    )?
    .execute(params![day.shop_id, day.id.as_bytes(), day.at_ms, day.sealed])?;
    Ok(())
}

pub(super) fn by_id(conn: &Connection, id: &TokenHash) -> Result<Option<StoredDay>, LogError> {
    let mut statement = conn.prepare_cached("SELECT shop_id, at_ms, sealed FROM day WHERE id = ?1")?;
    let day = statement.query_row([id.as_bytes()], |row| {
        Ok(StoredDay {
            id: *id,
            shop_id: row.get(0)?,
            at_ms: row.get(1)?,
            sealed: row.get(2)?,
        })
    });
    Ok(day.optional()?)
}

/// Drops pages that nobody has written since then. Who comes back writes anew, under the same name.
pub(super) fn drop_old(tx: &Transaction<'_>, before_ms: i64) -> Result<(), LogError> {
    tx.execute("DELETE FROM day WHERE at_ms < ?1", [before_ms])?;
    Ok(())
}

pub(super) fn delete(tx: &Transaction<'_>, shop_id: &str) -> Result<(), LogError> {
    tx.execute("DELETE FROM day WHERE shop_id = ?1", [shop_id])?;
    Ok(())
}
