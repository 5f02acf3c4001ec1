//! What the disk and SQLite give when nothing else is done: the same rows, the same size of batch, written through.
//! The table is the one that `benches/appends.rs` compares the log with.

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};

/// A table of its own, which grows from turn to turn as the relay's does.
pub(crate) struct Bare {
    conn: Connection,
    rows: i64,
}

impl Bare {
    /// Beside the relay's log: on the same disk.
    pub(crate) fn beside(folder: &Path) -> Self {
        let conn = Connection::open(folder.join("bare.db")).unwrap();
        conn.pragma_update(None, "journal_mode", "WAL").unwrap();
        conn.pragma_update(None, "synchronous", "FULL").unwrap();
        conn.execute_batch(
            "CREATE TABLE event (shop_id TEXT NOT NULL, seq INTEGER NOT NULL, received_ms INTEGER NOT NULL,
                 sealed BLOB NOT NULL, PRIMARY KEY (shop_id, seq)) STRICT",
        )
        .unwrap();
        Self { conn, rows: 0 }
    }

    /// Rows a second.
    pub(crate) fn rows_a_second(&mut self, (batch, sealed): (usize, usize), time: Duration) -> f64 {
        let sealed = vec![7_u8; sealed];
        let (begun, first) = (Instant::now(), self.rows);
        while begun.elapsed() < time {
            let tx = self.conn.transaction().unwrap();
            let mut insert = tx
                .prepare_cached("INSERT INTO event VALUES (?1, ?2, ?3, ?4)")
                .unwrap();
            for _ in 0..batch {
                self.rows += 1;
                let rows = self.rows;
                insert
                    .execute(params![format!("shop-{}", rows % 50), rows, rows, sealed])
                    .unwrap();
            }
            drop(insert);
            tx.commit().unwrap();
        }
        (self.rows - first) as f64 / begun.elapsed().as_secs_f64()
    }
}
