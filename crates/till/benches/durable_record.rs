//! How much a push's durable record costs above one bare SQLite commit: same disk, same run, in turn.
//!
//! `cargo bench -p till --bench durable_record` prints one line of medians and their ratio.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    missing_docs,
    reason = "a benchmark stops at its first surprise, prints, and divides"
)]

use std::time::{Duration, Instant};

use chrono::Utc;
use till::engine::{Counter, Engine, PushInput, Sharing};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::PushIntent;
use till::reference::{CounterChar, Incarnation};
use till::store::Store;
use till::{Money, Mono, Msisdn, Now};

const ROUNDS: usize = 1_000;

fn main() {
    // Beside the build directory: a temporary folder may lie in memory, where a sync costs nothing.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let bare = rusqlite::Connection::open(folder.path().join("bare.db")).unwrap();
    bare.pragma_update(None, "journal_mode", "WAL").unwrap();
    bare.pragma_update(None, "synchronous", "FULL").unwrap();
    bare.execute_batch("CREATE TABLE record (id TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
        .unwrap();

    let now = Now {
        utc: Utc::now(),
        mono: Mono(0),
    };
    let counter = Counter {
        letter: CounterChar::new('A').unwrap(),
        incarnation: Incarnation::FIRST,
        connected: true,
        pull: true,
        sharing: Sharing::Alone,
        numbers: Vec::new(),
    };
    let store = Store::open(&folder.path().join("keshia.db")).unwrap();
    let mut engine = Engine::open(store, Policy::live(), counter, IdSource::seeded(1), now).unwrap();

    let (mut bare_times, mut push_times) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let started = Instant::now();
        bare.execute(
            "INSERT INTO record (id, value) VALUES (?1, ?2)",
            (format!("{round:020}"), "x".repeat(200)),
        )
        .unwrap();
        bare_times.push(started.elapsed());

        let msisdn = Msisdn::parse(&format!("07{:08}", 10_000_000 + round)).unwrap();
        let amount = Money::from_shillings(1250).unwrap();
        let input = PushInput {
            sale_id: None,
            amount,
            msisdn,
            intent: PushIntent::Ordinary,
            reference: None,
        };
        let started = Instant::now();
        let push = engine.record_push(&input, now).unwrap();
        push_times.push(started.elapsed());
        // Over at once, so that the guard's list stays as short as in a shop.
        engine
            .push_answered(
                &push.id,
                till::push::Answer::NotSent(till::push::Reason::NoNetwork),
                now,
            )
            .unwrap();
    }
    let (bare, push) = (median(&mut bare_times), median(&mut push_times));
    println!(
        "durable record: push {:.3} ms, bare commit {:.3} ms, ratio {:.2} (medians of {ROUNDS}, alternating)",
        push.as_secs_f64() * 1e3,
        bare.as_secs_f64() * 1e3,
        push.as_secs_f64() / bare.as_secs_f64()
    );
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
