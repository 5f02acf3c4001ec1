//! What the disk and SQLite give when nothing else is done: the same rows, the same size of batch, written through.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

/// Bytes of a sealed confirmation: what `keshia_relay_sealed_bytes` says a post of this load has.
const SEALED: usize = 780;

pub(crate) fn rows_a_second(folder: &Path, turn: usize, batch: usize, time: Duration) -> f64 {
    let mut conn = Connection::open(folder.join(format!("bare-{turn}.db"))).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "synchronous", "FULL").unwrap();
    conn.execute_batch(
        "CREATE TABLE event (shop_id TEXT, seq INTEGER, received_ms INTEGER, sealed BLOB, PRIMARY KEY (shop_id, seq)) \
         STRICT, WITHOUT ROWID",
    )
    .unwrap();
    let sealed = vec![7_u8; SEALED];
    let begun = Instant::now();
    let mut rows = 0_i64;
    while begun.elapsed() < time {
        let tx = conn.transaction().unwrap();
        let mut insert = tx
            .prepare_cached("INSERT INTO event VALUES (?1, ?2, ?3, ?4)")
            .unwrap();
        for _ in 0..batch {
            rows += 1;
            insert
                .execute(params![format!("shop-{}", rows % 50), rows, rows, sealed])
                .unwrap();
        }
        drop(insert);
        tx.commit().unwrap();
    }
    rows as f64 / begun.elapsed().as_secs_f64()
}
