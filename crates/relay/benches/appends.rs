//! What keeping an event costs above bare SQLite: batches of the same rows, same disk, same run, in turn.
//!
//! `cargo bench -p keshia-relay --bench appends` prints a line for each number of shops, and the figures that
//! `cargo xtask bench` picks up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    missing_docs,
    reason = "a benchmark stops at its first surprise, prints, and divides"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use relay::log::{EventLog, NewEvent, Shop, SqliteLog, Validation};
use relay_wire::Token;
use rusqlite::{Connection, params};

/// Events that one transaction keeps: what comes in while the commit before it is written through.
const BATCH: usize = 64;
const ROUNDS: usize = 400;
/// Bytes of a sealed push result.
const SEALED: usize = 1_100;

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    for shops in [1, 100, 10_000] {
        runtime.block_on(measure(shops));
    }
}

async fn measure(shops: usize) {
    // Beside the build directory: a temporary folder may lie in memory, where a sync costs nothing.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let log = SqliteLog::open(&folder.path().join("relay.db")).unwrap();
    let ids: Vec<String> = (0..shops)
        .map(|_| Token::random().expose()[..32].to_owned())
        .collect();
    for id in &ids {
        let shop = Shop {
            id: id.clone(),
            name: id.clone(),
            hook: Token::random().hash(),
            key: None,
            validation: Validation::AcceptAll,
        };
        log.add_shop(&shop).await.unwrap();
    }
    let mut bare = Bare::open(&folder.path().join("bare.db"), shops);
    let mut chance = StdRng::seed_from_u64(1);
    let (mut ours, mut bares) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let picked: Vec<usize> = (0..BATCH).map(|_| chance.random_range(0..shops)).collect();
        let batch: Vec<NewEvent> = picked
            .iter()
            .map(|shop| {
                let mut sealed = vec![0; SEALED];
                chance.fill_bytes(&mut sealed);
                NewEvent {
                    shop_id: ids[*shop].clone(),
                    received_ms: 1_795_000_000_000,
                    sealed,
                }
            })
            .collect();
        // Each goes first as often as the other.
        for turn in 0..2 {
            let begun = Instant::now();
            if (round + turn) % 2 == 0 {
                let kept = log.append(&batch).await;
                assert!(kept.iter().all(Result::is_ok), "every event is kept");
                ours.push(begun.elapsed());
            } else {
                bare.append(&batch, &picked);
                bares.push(begun.elapsed());
            }
        }
    }
    let (ours, bare) = (median(&mut ours), median(&mut bares));
    let rate = |batch: Duration| BATCH as f64 / batch.as_secs_f64();
    println!(
        "{shops} shops: {:.0} durable events/s, {:.1} µs each; bare {:.0}/s; {:.2} of the bare rate (medians of {ROUNDS} batches of {BATCH})",
        rate(ours),
        ours.as_secs_f64() * 1e6 / BATCH as f64,
        rate(bare),
        rate(ours) / rate(bare),
    );
    println!("figure relay_batch_{shops}_us {}", ours.as_micros());
    println!("figure relay_batch_{shops}_bare_us {}", bare.as_micros());
}

/// The same rows under the same key, and nothing else.
struct Bare {
    conn: Connection,
    newest: Vec<i64>,
}

impl Bare {
    fn open(path: &Path, shops: usize) -> Self {
        let conn = Connection::open(path).unwrap();
        conn.pragma_update(None, "journal_mode", "WAL").unwrap();
        conn.pragma_update(None, "synchronous", "FULL").unwrap();
        conn.execute_batch(
            "CREATE TABLE event (shop_id TEXT NOT NULL, seq INTEGER NOT NULL, received_ms INTEGER NOT NULL,
                 sealed BLOB NOT NULL, PRIMARY KEY (shop_id, seq)) STRICT",
        )
        .unwrap();
        Self {
            conn,
            newest: vec![0; shops],
        }
    }

    fn append(&mut self, batch: &[NewEvent], picked: &[usize]) {
        let tx = self.conn.transaction().unwrap();
        {
            let mut insert = tx
                .prepare_cached(
                    "INSERT INTO event (shop_id, seq, received_ms, sealed) VALUES (?1, ?2, ?3, ?4)",
                )
                .unwrap();
            for (event, shop) in batch.iter().zip(picked) {
                self.newest[*shop] += 1;
                let seq = self.newest[*shop];
                insert
                    .execute(params![event.shop_id, seq, event.received_ms, event.sealed])
                    .unwrap();
            }
        }
        tx.commit().unwrap();
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
