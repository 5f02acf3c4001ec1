//! Sealed events.

use rusqlite::{Connection, Transaction, params};

use super::places::Places;
use super::{life, shop};
use crate::log::{Appended, Copies, LogError, NewEvent, Page, StoredEvent, column, no_such_shop, place};

pub(super) fn append(
    tx: &Transaction<'_>,
    places: &mut Places,
    batch: &[NewEvent],
) -> Result<Vec<Appended>, LogError> {
    places.begin(tx)?;
    let mut insert =
        tx.prepare_cached("INSERT INTO event (shop_id, seq, received_ms, sealed) VALUES (?1, ?2, ?3, ?4)")?;
    let mut appended = Vec::with_capacity(batch.len());
    for event in batch {
        let seq = places.next(tx, &event.shop_id)?;
        insert.execute(params![event.shop_id, seq, event.received_ms, event.sealed])?;
        appended.push(Appended {
            seq: place(seq),
            copies: Copies::All,
        });
    }
    Ok(appended)
}

pub(super) fn page(conn: &Connection, shop_id: &str, after: u64, limit: u32) -> Result<Page, LogError> {
    let (newest, dropped) = shop::places(conn, shop_id)?.ok_or_else(|| no_such_shop(shop_id))?;
    let mut statement = conn.prepare_cached(
        "SELECT seq, sealed FROM event WHERE shop_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    )?;
    let rows = statement.query_map(params![shop_id, column(after), limit], |row| {
        Ok(StoredEvent {
            seq: place(row.get(0)?),
            sealed: row.get(1)?,
        })
    })?;
    Ok(Page {
        epoch: life::epoch(conn)?,
        events: rows.collect::<Result<_, _>>()?,
        newest: place(newest),
        dropped_through: place(dropped),
    })
}
