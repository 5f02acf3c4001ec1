//! The owner's day over a book of five years: every screen of it, every search, the close, the start; and how each
//! grows with the book.
//!
//! `cargo bench -p till --bench million` makes books of 10,000, 100,000 and 1,000,000 sales (`KESHIA_BENCH_SALES` for
//! other sizes, separated by commas; `KESHIA_BENCH_SEED` for another seed) and prints a table of medians.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    missing_docs,
    reason = "a benchmark stops at its first surprise, prints, and divides"
)]

mod made;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::{NaiveDate, TimeDelta};
use made::{Made, Sample, at, check, make, opened};
use till::Now;
use till::engine::Engine;
use till::export::{self, Format};
use till::receipt::Language;
use till::report;
use till::store::Store;
use till::view::Period;

const SIZES: &str = "10000,100000,1000000";
const ROUNDS: usize = 15;

/// By what is measured: one figure for each size.
type Table = BTreeMap<usize, (String, Vec<String>)>;

fn main() {
    let sizes = std::env::var("KESHIA_BENCH_SALES").unwrap_or_else(|_| SIZES.to_owned());
    let seed: u64 = std::env::var("KESHIA_BENCH_SEED")
        .ok()
        .map_or(20_261_130, |text| text.parse().unwrap());
    println!("seed {seed}");
    let mut table = Table::new();
    let mut heads = Vec::new();
    for size in sizes.split(',') {
        let sales: u32 = size.trim().parse().unwrap();
        heads.push(size.trim().to_owned());
        one_size(sales, seed, &mut table);
    }
    println!("\n| what | {} |", heads.join(" | "));
    println!("|---|{}", "---|".repeat(heads.len()));
    for (what, figures) in table.values() {
        println!("| {what} | {} |", figures.join(" | "));
    }
}

fn one_size(sales: u32, seed: u64, table: &mut Table) {
    // Beside the build directory: a temporary folder may lie in memory, where nothing is read from a disk.
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let path = folder.path().join("keshia.db");
    let started = Instant::now();
    let made = make(&path, sales, seed);
    println!("{sales} sales made in {:.0} s", started.elapsed().as_secs_f64());
    let bytes = std::fs::metadata(&path).unwrap().len();
    let mut rows = Rows { table, next: 0 };
    rows.say("bytes a sale", (bytes / u64::from(sales)).to_string());
    let started = Instant::now();
    check(&path);
    rows.say("`keshiactl verify`", show(started.elapsed()));
    starts(&path, &made, &mut rows);
    let now = at(made.last_day, 21 * 60 + 45);
    let mut engine = opened(&path, now);
    days(&engine, &made, now, &mut rows);
    searches(&engine, &made, now, &mut rows);
    lists(&engine, &made, now, &mut rows);
    files(&engine, &made, (&path, now), &mut rows);
    let started = Instant::now();
    let (z, _) = engine.close_day(Some("seen"), now).unwrap();
    rows.say("the close (Z)", show(started.elapsed()));
    assert_eq!(z.number, made::DAYS, "each day was closed once");
}

fn starts(path: &Path, made: &Made, rows: &mut Rows<'_>) {
    let now = at(made.last_day, 21 * 60 + 45);
    let mut whole = Vec::new();
    let mut store_alone = Vec::new();
    for _ in 0..5 {
        let started = Instant::now();
        let store = Store::open(path).unwrap();
        store_alone.push(started.elapsed());
        drop(store);
        let started = Instant::now();
        let engine = opened(path, now);
        black_box(engine.roll(now).unwrap());
        whole.push(started.elapsed());
    }
    rows.say("start: the file", show(median(&mut store_alone)));
    rows.say("start until the roll is there", show(median(&mut whole)));
}

fn days(engine: &Engine, made: &Made, now: Now, rows: &mut Rows<'_>) {
    let last = made.last_day;
    let long_ago = last - TimeDelta::days(1_400);
    let periods = [
        ("today", Period::Day { day: last }),
        ("a day four years ago", Period::Day { day: long_ago }),
        ("a week", Period::Week { day: last }),
        ("a month", Period::Month { day: long_ago }),
        ("a close", Period::Close { number: 400 }),
        ("what is open", Period::Open),
    ];
    for (what, period) in periods {
        rows.time(&format!("Day: {what}"), || engine.report(period, now).unwrap());
    }
    rows.time("X", || engine.x_report(now).unwrap());
    rows.time("what stands before the close", || {
        engine.closing_day(now).unwrap()
    });
    rows.time("the roll of the counter", || engine.roll(now).unwrap());
}

fn searches(engine: &Engine, made: &Made, now: Now, rows: &mut Rows<'_>) {
    let with = |has: fn(&Sample) -> bool| made.samples.iter().find(|sample| has(sample)).unwrap();
    let paid = with(|sample| sample.receipt.is_some());
    let asked = with(|sample| sample.phone.is_some());
    let code = paid.receipt.clone().unwrap();
    let phone = asked.phone.clone().unwrap();
    let words = [
        ("an M-PESA code", code.clone()),
        ("the front of a code", code[..6].to_owned()),
        ("a reference", paid.reference.clone()),
        ("three digits", phone[9..].to_owned()),
        ("a whole phone number", format!("0{}", &phone[3..])),
        ("an amount that comes every day", "250".to_owned()),
        ("a rare amount", paid.shillings.to_string()),
        ("a person", "Achieng".to_owned()),
        ("a time", "14:30".to_owned()),
        ("an amount and a person", "250 Otieno".to_owned()),
        (
            "digits and an amount",
            format!("{} {}", &phone[9..], asked.shillings),
        ),
        ("a person, an amount and a time", "Achieng 250 14:30".to_owned()),
        ("nothing that there is", "UZZ99".to_owned()),
    ];
    let period = Period::Day { day: made.last_day };
    for (what, words) in words {
        rows.time(&format!("search: {what}"), || {
            engine.find_sales(&words, (period, true), None, now).unwrap()
        });
    }
    let month = Period::Month { day: long_ago(made) };
    rows.time("search: a person in one month", || {
        engine
            .find_sales("Achieng 250", (month, false), None, now)
            .unwrap()
    });
}

fn long_ago(made: &Made) -> NaiveDate {
    made.last_day - TimeDelta::days(900)
}

fn lists(engine: &Engine, made: &Made, now: Now, rows: &mut Rows<'_>) {
    let month = Period::Month { day: long_ago(made) };
    rows.time("the newest 50 sales of a month", || {
        engine.find_sales("", (month, false), None, now).unwrap()
    });
    let conn = engine.store().read();
    for (what, period) in [
        (
            "every sale of a day with its parts",
            Period::Day { day: made.last_day },
        ),
        ("every sale of a month with its parts", month),
    ] {
        let found = report::find(conn, period).unwrap();
        rows.time(what, || {
            let mut count = 0_u32;
            report::sales(conn, found.extent, &mut |line| {
                black_box(&line);
                count += 1;
                Ok(true)
            })
            .unwrap();
            count
        });
    }
}

/// The files of a month, whole, as the owner gets them.
fn files(engine: &Engine, made: &Made, (book, now): (&Path, Now), rows: &mut Rows<'_>) {
    let period = Period::Month { day: long_ago(made) };
    let formats = [
        ("CSV", Format::Csv),
        ("workbook", Format::Xlsx),
        ("A4", Format::Pdf),
    ];
    for (what, format) in formats {
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let wanted = engine.export(period, format, Language::En, false, now).unwrap();
        let started = Instant::now();
        let files = export::write(&wanted, book, folder.path(), now, &mut |_| true)
            .unwrap()
            .unwrap();
        let took = started.elapsed();
        let bytes: u64 = files
            .iter()
            .map(|file| std::fs::metadata(file).unwrap().len())
            .sum();
        rows.say(
            &format!("files of a month: {what}"),
            format!("{} ({} kB)", show(took), bytes / 1_000),
        );
    }
}

/// The rows of the table, in the order in which they are said.
struct Rows<'a> {
    table: &'a mut Table,
    next: usize,
}

impl Rows<'_> {
    fn say(&mut self, what: &str, figure: String) {
        println!("  {what}: {figure}");
        let row = self
            .table
            .entry(self.next)
            .or_insert_with(|| (what.to_owned(), Vec::new()));
        row.1.push(figure);
        self.next += 1;
    }

    fn time<T>(&mut self, what: &str, work: impl Fn() -> T) {
        let mut times: Vec<Duration> = (0..ROUNDS)
            .map(|_| {
                let started = Instant::now();
                black_box(work());
                started.elapsed()
            })
            .collect();
        // The first has what the till has not read since its start.
        let first = times[0];
        let figure = format!("{} (first {})", show(median(&mut times)), show(first));
        self.say(what, figure);
    }
}

fn show(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
