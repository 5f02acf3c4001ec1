//! The owner's page of each shop: the newest only.

use relay_wire::TokenHash;

use super::connection::Session;
use crate::log::{LogError, StoredDay};

pub(super) async fn put(session: &Session, day: &StoredDay) -> Result<(), LogError> {
    session
        .execute(
            "INSERT INTO day (shop_id, id, at_ms, sealed) VALUES ($1, $2, $3, $4)
             ON CONFLICT (shop_id) DO UPDATE
             SET id = excluded.id, at_ms = excluded.at_ms, sealed = excluded.sealed",
            &[
                &day.shop_id,
                &day.id.as_bytes().as_slice(),
                &day.at_ms,
                &day.sealed,
            ],
        )
        .await?;
    Ok(())
}

pub(super) async fn by_id(session: &Session, id: &TokenHash) -> Result<Option<StoredDay>, LogError> {
    let row = session
        .query_opt(
            "SELECT shop_id, at_ms, sealed FROM day WHERE id = $1",
            &[&id.as_bytes().as_slice()],
        )
        .await?;
    Ok(row.map(|row| StoredDay {
        id: *id,
        shop_id: row.get(0),
        at_ms: row.get(1),
        sealed: row.get(2),
    }))
}

/// Drops pages that nobody has written since then. Who comes back writes anew, under the same name.
pub(super) async fn drop_old(session: &Session, before_ms: i64) -> Result<(), LogError> {
    session
        .execute("DELETE FROM day WHERE at_ms < $1", &[&before_ms])
        .await?;
    Ok(())
}

pub(super) async fn delete(session: &Session, shop_id: &str) -> Result<(), LogError> {
    session
        .execute("DELETE FROM day WHERE shop_id = $1", &[&shop_id])
        .await?;
    Ok(())
}
