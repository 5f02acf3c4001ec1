//! How long a till with five years behind it needs until every open push is watched again, beside bare
//! SQLite that opens and checks the same file, and beside a till with an empty book.
//!
//! `cargo bench -p till --bench restart` makes a book of 1,000,000 sales first (`KESHIA_BENCH_SALES` for
//! another number), then prints medians, the file's size and the figures that `cargo xtask bench` picks up.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    missing_docs,
    reason = "a benchmark stops at its first surprise, prints, and divides"
)]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use rusqlite::{Connection, params};
use till::engine::{Asked, Counter, Effect, Engine, PushInput, Sharing};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{Answer, PushIntent, QueryWord};
use till::reference::{CounterChar, Incarnation, Reference};
use till::store::Store;
use till::{Money, Mono, Msisdn, Now};

const SALES: u32 = 1_000_000;
const OPEN_PUSHES: u32 = 20;
const ROUNDS: usize = 5;
const YEARS_MS: i64 = 5 * 365 * 86_400_000;

fn main() {
    let sales = std::env::var("KESHIA_BENCH_SALES")
        .ok()
        .map_or(SALES, |text| text.parse().unwrap());
    // Beside the build directory: a temporary folder may lie in memory, where nothing is read from a disk.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let (full, empty) = (folder.path().join("full.db"), folder.path().join("empty.db"));
    let started = Instant::now();
    fill(&full, sales);
    leave_open_pushes(&full);
    println!("made in {:.0} s", started.elapsed().as_secs_f64());
    drop(start(&empty));
    let bytes = std::fs::metadata(&full).unwrap().len();
    println!(
        "book of {sales} sales: {} MB, {} bytes per sale",
        bytes / 1_000_000,
        bytes / u64::from(sales)
    );

    let cold = forget(&full).then(|| timed(|| drop(start(&full))));
    let (mut whole, mut of_empty) = (Vec::new(), Vec::new());
    let (mut checked, mut opened, mut engine_alone) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        checked.push(timed(|| bare(&full, true)));
        opened.push(timed(|| bare(&full, false)));
        of_empty.push(timed(|| drop(start(&empty))));
        let started = Instant::now();
        let store = Store::open(&full).unwrap();
        let store_opened = Instant::now();
        let mut engine = take_up(store);
        let watched = Instant::now();
        whole.push(watched - started);
        engine_alone.push(watched - store_opened);
        all_are_asked_about(&mut engine);
    }
    let (whole, of_empty) = (median(&mut whole), median(&mut of_empty));
    let (checked, opened, engine_alone) = (
        median(&mut checked),
        median(&mut opened),
        median(&mut engine_alone),
    );
    println!(
        "restart: {} until {OPEN_PUSHES} pushes are watched (of this the engine {}), bare SQLite with its page check {}, without it {}, empty book {}, ratio {:.2} (medians of {ROUNDS}, alternating)",
        show(whole),
        show(engine_alone),
        show(checked),
        show(opened),
        show(of_empty),
        whole.as_secs_f64() / checked.as_secs_f64()
    );
    match cold {
        Some(cold) => println!("restart: {} with nothing of the file in memory", show(cold)),
        None => println!("restart: the system did not let go of the file, so there is no cold figure"),
    }
    println!("figure restart_us {}", whole.as_micros());
    println!("figure restart_bare_us {}", checked.as_micros());
    println!("figure restart_engine_us {}", engine_alone.as_micros());
    println!("figure restart_empty_us {}", of_empty.as_micros());
}

/// 24 November 2026, 10 in the morning in Nairobi.
fn opens() -> DateTime<Utc> {
    Utc.timestamp_millis_opt(1_795_503_600_000).unwrap()
}

/// So many milliseconds later.
fn later(ms: u64) -> Now {
    Now {
        utc: opens() + TimeDelta::milliseconds(i64::try_from(ms).unwrap()),
        mono: Mono(ms),
    }
}

fn take_up(store: Store) -> Engine {
    let counter = Counter {
        letter: CounterChar::FIRST,
        incarnation: Incarnation::FIRST,
        connected: true,
        pull: true,
        sharing: Sharing::Alone,
        numbers: Vec::new(),
    };
    let engine = Engine::open(
        store,
        Policy::live(),
        counter,
        IdSource::seeded(1),
        later(400_000),
    )
    .unwrap();
    std::hint::black_box(engine.next_wake(later(400_000)));
    engine
}

fn start(path: &Path) -> Engine {
    take_up(Store::open(path).unwrap())
}

/// Twenty customers within four minutes: half of their prompts are past the deadline, half are not.
fn leave_open_pushes(path: &Path) {
    let store = Store::open(path).unwrap();
    let counter = Counter {
        letter: CounterChar::FIRST,
        incarnation: Incarnation::FIRST,
        connected: true,
        pull: true,
        sharing: Sharing::Alone,
        numbers: Vec::new(),
    };
    let mut engine = Engine::open(store, Policy::live(), counter, IdSource::seeded(2), later(0)).unwrap();
    for number in 0..OPEN_PUSHES {
        let now = later(if number < OPEN_PUSHES / 2 { 0 } else { 200_000 });
        if number == OPEN_PUSHES / 2 {
            engine.tick(now).unwrap();
        }
        let input = PushInput {
            sale_id: None,
            amount: Money::from_shillings(1250).unwrap(),
            msisdn: Msisdn::parse(&format!("07{:08}", 10_000_000 + number)).unwrap(),
            intent: PushIntent::Ordinary,
            reference: None,
        };
        let push = engine.record_push(&input, now).unwrap();
        engine.begin_sending(&push.id, now).unwrap();
        let checkout_request_id = format!("ws_CO_24112026100000{number:06}");
        let accepted = Answer::Accepted { checkout_request_id };
        engine.push_answered(&push.id, accepted, now).unwrap();
    }
    let states: Vec<(String, u32)> = engine
        .store()
        .read()
        .prepare("SELECT state, COUNT(*) FROM push WHERE state <> 'paid' GROUP BY state ORDER BY state")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let half = OPEN_PUSHES / 2;
    assert_eq!(
        states,
        [("prompted".to_owned(), half), ("unknown".to_owned(), half)],
        "twenty pushes are open, or the figure is of another start"
    );
}

/// Not timed: what was called watched is asked about, each of the twenty, at the pace of the limiter.
fn all_are_asked_about(engine: &mut Engine) {
    let mut asked = BTreeSet::new();
    let mut now = later(400_000);
    assert!(engine.next_wake(now).is_some(), "the engine wants to be woken");
    for _ in 0..900 {
        for effect in engine.tick(now).unwrap() {
            if let Effect::Ask { push_id, .. } = effect {
                let nothing = Asked {
                    word: QueryWord::Pending,
                    rate_limited: false,
                    online: true,
                };
                engine.query_answered(&push_id, nothing, now).unwrap();
                asked.insert(push_id);
            }
        }
        now = later(now.mono.since_ms(Mono(0)) + 1_000);
    }
    assert_eq!(
        asked.len(),
        usize::try_from(OPEN_PUSHES).unwrap(),
        "each open push is asked about within a quarter of an hour"
    );
}

/// Bare SQLite over the same file, in the form in which a till opens it.
fn bare(path: &Path, check: bool) {
    let conn = Connection::open(path).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    conn.pragma_update(None, "synchronous", "FULL").unwrap();
    let sql = if check {
        "PRAGMA quick_check(1)"
    } else {
        "SELECT 'ok' FROM sale LIMIT 1"
    };
    let word: String = conn.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(word, "ok", "the book that was made is whole");
}

/// Asks the system to drop the file from its memory, as after a night; not every system does.
fn forget(path: &Path) -> bool {
    let input = format!("if={}", path.display());
    Command::new("dd")
        .args([&input, "iflag=nocache", "count=0", "status=none"])
        .status()
        .is_ok_and(|status| status.success())
}

/// Five years of sales, half in cash and half by prompts, in one transaction. Ids are random as in a real
/// book, so its pages are as full and as scattered; the chains' hashes are any text of their length.
fn fill(path: &Path, sales: u32) {
    let mut store = Store::open(path).unwrap();
    let conn = store.connection();
    // Only for the making: without it every random id reads a page anew.
    conn.pragma_update(None, "cache_size", -3_000_000).unwrap();
    conn.pragma_update(None, "synchronous", "OFF").unwrap();
    conn.pragma_update(None, "foreign_keys", "OFF").unwrap();
    let mut ids = IdSource::seeded(3);
    let first_ms = opens().timestamp_millis() - YEARS_MS - 86_400_000;
    let tx = conn.transaction().unwrap();
    for number in 1..=sales {
        let at = first_ms + YEARS_MS / i64::from(sales) * i64::from(number);
        let sale = Sold {
            number,
            id: ids.next_id(),
            tender: ids.next_id(),
            reference: Reference::new(CounterChar::FIRST, Incarnation::FIRST, number)
                .as_str()
                .to_owned(),
            shillings: i64::from(50 + number * 37 % 4_950),
            at,
        };
        write_sale(&tx, &mut ids, &sale);
        if number % 2 == 0 {
            write_prompt(&tx, &mut ids, &sale);
        }
    }
    tx.commit().unwrap();
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
}

struct Sold {
    number: u32,
    id: String,
    tender: String,
    reference: String,
    shillings: i64,
    at: i64,
}

const HASH: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn write_sale(tx: &Connection, ids: &mut IdSource, sale: &Sold) {
    let cents = sale.shillings * 100;
    let by_prompt = sale.number.is_multiple_of(2);
    tx.prepare_cached(
        "INSERT INTO sale (number, id, reference, amount, state, opened_at, changed_at) VALUES (?1, ?2, ?3, ?4, 'settled', ?5, ?6)",
    )
    .unwrap()
    .execute(params![sale.number, sale.id, sale.reference, cents, sale.at, sale.at + 20_000])
    .unwrap();
    tx.prepare_cached(
        "INSERT INTO tender (sale_id, seq, id, kind, amount, stands, opened_at, tendered) VALUES (?1, 1, ?2, ?3, ?4, 1, ?5, ?6)",
    )
    .unwrap()
    .execute(params![
        sale.id,
        sale.tender,
        if by_prompt { "push" } else { "cash" },
        cents,
        sale.at,
        (!by_prompt).then_some(cents)
    ])
    .unwrap();
    let entry = ids.next_id();
    let account = if by_prompt { "mpesa_proved" } else { "cash" };
    for (account, debit, credit) in [(account, cents, 0), ("sales", 0, cents)] {
        tx.prepare_cached(
            "INSERT INTO posting (entry, at, account, debit, credit, sale_id, tender_id, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .unwrap()
        .execute(params![entry, sale.at + 20_000, account, debit, credit, sale.id, sale.tender, HASH])
        .unwrap();
    }
}

/// The prompt of a sale, the payment it brought, and the three who told of it.
fn write_prompt(tx: &Connection, ids: &mut IdSource, sale: &Sold) {
    let (push, secret) = (ids.next_id(), ids.next_id());
    // A code is ten characters, and those of one day begin alike.
    let receipt = format!("UK{:08}", sale.number);
    let phone = format!("2547{:08}", sale.number % 4_000 * 7_919 % 100_000_000);
    tx.prepare_cached(
        "INSERT INTO push (id, tender_id, sale_id, msisdn, amount, reference, state, told_by, checkout_request_id, receipt,
             created_at, sent_at, accepted_at, ended_at, asked_at, asked_times, callback_secret, skew_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'paid', 'query', ?7, ?8, ?9, ?10, ?10, ?11, ?11, 2, ?12, 150)",
    )
    .unwrap()
    .execute(params![
        push,
        sale.tender,
        sale.id,
        phone,
        sale.shillings,
        sale.reference,
        format!("ws_CO_24112026100000{:09}{}", sale.number, sale.number % 1000),
        receipt,
        sale.at,
        sale.at + 800,
        sale.at + 20_000,
        secret
    ])
    .unwrap();
    tx.prepare_cached(
        "INSERT INTO money_in (receipt, amount, short_code, phone, at, grade, tender_id, paid_at, reference, why)
         VALUES (?1, ?2, '600000', ?3, ?4, 5, ?5, ?4, ?6, 'callback')",
    )
    .unwrap()
    .execute(params![receipt, sale.shillings * 100, phone, sale.at + 20_000, sale.tender, sale.reference])
    .unwrap();
    for (told_by, word, receipt) in [
        ("answer", "accepted", None),
        ("query", "paid", None),
        ("money_in", "paid", Some(&receipt)),
    ] {
        tx.prepare_cached(
            "INSERT INTO witness (at, told_by, push_id, receipt, amount, word, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )
        .unwrap()
        .execute(params![sale.at + 10_000, told_by, push, receipt, sale.shillings * 100, word, HASH])
        .unwrap();
    }
}

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn show(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
