//! Sealed events.

use std::collections::HashMap;

use super::connection::Session;
use crate::log::{LogError, NewEvent, Page, StoredEvent, column, no_such_shop, place, stored};

/// What a batch found when it had its shops for itself.
pub(super) struct Locked {
    newest: HashMap<String, i64>,
    /// A standby is named now.
    pub(super) standby_named: bool,
    /// One was named before.
    pub(super) standby_expected: bool,
}

/// Locks the batch's shops, all batches in the same order.
pub(super) async fn lock(session: &Session, batch: &[NewEvent]) -> Result<Locked, LogError> {
    let ids: Vec<&str> = batch.iter().map(|event| event.shop_id.as_str()).collect();
    let rows = session
        .query(
            "SELECT shop.id, shop.newest, current_setting('synchronous_standby_names') <> '', expects_standby
             FROM shop, life WHERE shop.id = ANY ($1) ORDER BY shop.id FOR NO KEY UPDATE OF shop",
            &[&ids],
        )
        .await?;
    let newest: HashMap<String, i64> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    if let Some(id) = ids.iter().find(|id| !newest.contains_key(**id)) {
        return Err(no_such_shop(id));
    }
    Ok(Locked {
        newest,
        standby_named: rows.first().is_some_and(|row| row.get(2)),
        standby_expected: rows.first().is_some_and(|row| row.get(3)),
    })
}

/// Numbers the events and keeps them; their places in the order given.
pub(super) async fn insert(
    session: &Session,
    batch: &[NewEvent],
    locked: &mut Locked,
) -> Result<Vec<i64>, LogError> {
    let mut seqs = Vec::with_capacity(batch.len());
    for event in batch {
        let newest = locked.newest.get_mut(&event.shop_id);
        let newest = newest.ok_or_else(|| no_such_shop(&event.shop_id))?;
        *newest += 1;
        seqs.push(*newest);
    }
    let shops: Vec<&str> = batch.iter().map(|event| event.shop_id.as_str()).collect();
    let times: Vec<i64> = batch.iter().map(|event| event.received_ms).collect();
    let seals: Vec<&[u8]> = batch.iter().map(|event| event.sealed.as_slice()).collect();
    let (ids, newest): (Vec<&str>, Vec<i64>) = locked
        .newest
        .iter()
        .map(|(id, newest)| (id.as_str(), *newest))
        .unzip();
    session
        .execute(
            "INSERT INTO event (shop_id, seq, received_ms, sealed)
             SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bytea[])",
            &[&shops, &seqs, &times, &seals],
        )
        .await?;
    session
        .execute(
            "UPDATE shop SET newest = last.newest
             FROM unnest($1::text[], $2::bigint[]) AS last (id, newest) WHERE shop.id = last.id",
            &[&ids, &newest],
        )
        .await?;
    Ok(seqs)
}

/// Is this event at this place? No two seals are alike.
pub(super) async fn is_at(session: &Session, event: &NewEvent, seq: i64) -> Result<bool, LogError> {
    let row = session
        .query_opt(
            "SELECT TRUE FROM event WHERE shop_id = $1 AND seq = $2 AND sealed = $3",
            &[&event.shop_id, &seq, &event.sealed],
        )
        .await?;
    Ok(row.is_some())
}

pub(super) async fn page(session: &Session, shop_id: &str, after: u64, limit: u32) -> Result<Page, LogError> {
    // One statement, so that all of it is of one moment.
    let rows = session
        .query(
            "SELECT life.epoch, shop.newest, shop.dropped_through, page.seq, page.sealed
             FROM life, shop LEFT JOIN LATERAL (
                 SELECT seq, sealed FROM event
                 WHERE event.shop_id = shop.id AND seq > $2 ORDER BY seq LIMIT $3) page ON TRUE
             WHERE shop.id = $1 ORDER BY page.seq",
            &[&shop_id, &column(after), &i64::from(limit)],
        )
        .await?;
    let first = rows.first().ok_or_else(|| no_such_shop(shop_id))?;
    let event = |row: &tokio_postgres::Row| {
        let seq: Option<i64> = row.get(3);
        let sealed: Option<Vec<u8>> = row.get(4);
        seq.zip(sealed).map(|(seq, sealed)| StoredEvent {
            seq: place(seq),
            sealed,
        })
    };
    Ok(Page {
        epoch: stored(first.get::<_, &str>(0).parse(), "epoch")?,
        newest: place(first.get(1)),
        dropped_through: place(first.get(2)),
        events: rows.iter().filter_map(event).collect(),
    })
}
