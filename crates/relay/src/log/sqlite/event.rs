//! Sealed events.

use std::collections::HashMap;

use rusqlite::{Connection, Transaction, params};

use super::{life, shop};
use crate::log::{Appended, Copies, LogError, NewEvent, Page, StoredEvent, column, no_such_shop, place};

pub(super) fn append(tx: &Transaction<'_>, batch: &[NewEvent]) -> Result<Vec<Appended>, LogError> {
    let mut newest: HashMap<&str, i64> = HashMap::new();
    let mut insert =
        tx.prepare_cached("INSERT INTO event (shop_id, seq, received_ms, sealed) VALUES (?1, ?2, ?3, ?4)")?;
    let mut appended = Vec::with_capacity(batch.len());
    for event in batch {
        let id = event.shop_id.as_str();
        let last = match newest.get(id) {
            Some(last) => *last,
            None => shop::places(tx, id)?.ok_or_else(|| no_such_shop(id))?.0,
        };
        let seq = last + 1;
        insert.execute(params![id, seq, event.received_ms, event.sealed])?;
        newest.insert(id, seq);
        appended.push(Appended {
            seq: place(seq),
            copies: Copies::All,
        });
    }
    for (id, seq) in newest {
        shop::set_newest(tx, id, seq)?;
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
