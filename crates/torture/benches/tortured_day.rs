//! How long one tortured day of 500 sales takes on one core, beside as many bare commits of SQLite in memory.
//!
//! `cargo bench -p torture --bench tortured_day` prints medians, days per second and the figures that
//! `cargo xtask bench` picks up. The ratio says what the engine, the client, the simulator and the auditor
//! cost above the commits alone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::float_arithmetic,
    missing_docs,
    reason = "a benchmark stops at its first surprise, prints, and divides"
)]

use std::time::{Duration, Instant};

use torture::{DayReport, Options, run_day};

const WARM_UP: u64 = 2;
const DAYS: u64 = 20;
/// Far from the seeds that the tests use, so that no day is the one that was made fast.
const FIRST_SEED: u64 = 70_000;

fn main() {
    for seed in 0..WARM_UP {
        day(FIRST_SEED - 1 - seed);
    }
    let (mut days, mut bare, mut commits) = (Vec::new(), Vec::new(), Vec::new());
    for seed in FIRST_SEED..FIRST_SEED + DAYS {
        let (took, report) = day(seed);
        days.push(took);
        commits.push(report.commits);
        bare.push(bare_commits(report.commits));
    }
    let (slowest, its_seed) = days.iter().copied().zip(FIRST_SEED..).max().unwrap();
    commits.sort_unstable();
    let per_second = f64::from(u32::try_from(DAYS).unwrap()) / days.iter().sum::<Duration>().as_secs_f64();
    let (day, bare) = (median(&mut days), median(&mut bare));
    println!(
        "tortured day: {:.1} ms, slowest {:.1} ms (seed {its_seed}), {per_second:.2} days per second; {} bare commits in memory {:.1} ms, ratio {:.1} (medians of {DAYS}, alternating)",
        day.as_secs_f64() * 1e3,
        slowest.as_secs_f64() * 1e3,
        commits[commits.len() / 2],
        bare.as_secs_f64() * 1e3,
        day.as_secs_f64() / bare.as_secs_f64()
    );
    println!("figure tortured_day_us {}", day.as_micros());
    println!("figure tortured_day_bare_us {}", bare.as_micros());
}

fn day(seed: u64) -> (Duration, DayReport) {
    let started = Instant::now();
    let report = run_day(Options {
        seed,
        ..Options::default()
    })
    .unwrap();
    let took = started.elapsed();
    assert!(
        report.faults.is_empty(),
        "a fast day that breaks a promise is worth nothing: seed {seed}, {:?}",
        report.faults
    );
    assert!(report.commits > 0, "the hook counts the commits of seed {seed}");
    (took, report)
}

/// The same number of commits with one row each, and nothing around them.
fn bare_commits(commits: u64) -> Duration {
    let conn = rusqlite::Connection::open_in_memory().unwrap();
    conn.execute_batch("CREATE TABLE record (id TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
        .unwrap();
    let mut insert = conn
        .prepare("INSERT INTO record (id, value) VALUES (?1, ?2)")
        .unwrap();
    let value = "x".repeat(200);
    let started = Instant::now();
    for commit in 0..commits {
        insert.execute((format!("{commit:020}"), &value)).unwrap();
    }
    started.elapsed()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
