//! What the disk and SQLite give when nothing else is done: the same rows, the same size of batch, written through.
//! The table is the one that `benches/appends.rs` compares the log with.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

use crate::house::used;

/// Rows a second, and the processor time of each, microseconds.
pub(crate) fn rows_a_second(
    folder: &Path,
    turn: usize,
    (batch, sealed): (usize, usize),
    time: Duration,
) -> (f64, f64) {
    let mut conn = Connection::open(folder.join(format!("bare-{turn}.db"))).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "synchronous", "FULL").unwrap();
    conn.execute_batch(
        "CREATE TABLE event (shop_id TEXT NOT NULL, seq INTEGER NOT NULL, received_ms INTEGER NOT NULL,
             sealed BLOB NOT NULL, PRIMARY KEY (shop_id, seq)) STRICT",
    )
    .unwrap();
    let sealed = vec![7_u8; sealed];
    let (begun, before) = (Instant::now(), used("self"));
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
    let each = (used("self") - before).as_secs_f64() * 1e6 / rows as f64;
    (rows as f64 / begun.elapsed().as_secs_f64(), each)
}
