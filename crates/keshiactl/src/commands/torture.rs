//! `torture`: simulated days with everything that can go wrong, and an auditor. Touches no book.

use std::io::IsTerminal as _;
use std::num::NonZero;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;
use till::{Code, TillError};
use torture::{DayReport, Fault, Options, Report, TortureError, run_day};

use crate::cli::Torture;
use crate::failure::{Exit, internal};
use crate::print::Out;

#[derive(Serialize)]
struct Line<'a> {
    seed: u64,
    #[serde(flatten)]
    report: &'a Report,
    served_per_10_000: u64,
    wait_ms_p50: i64,
    wait_ms_p95: i64,
    wait_ms_p99: i64,
    seconds: u64,
    days_per_second_x100: u64,
    holds: bool,
}

/// Runs the days and says what broke.
///
/// # Errors
/// [`Code::Internal`] when a promise was broken or the harness cannot go on.
pub(super) fn run(flags: &Torture, out: &Out) -> Result<Exit, TillError> {
    let options = Options {
        seed: flags.seed,
        counters: usize::from(flags.counters),
        pull: !flags.no_pull,
        relay: !flags.no_relay,
        sales: flags.sales,
        people: flags.people,
        story: flags.story,
    };
    let begun = Instant::now();
    let report = all_days(flags, options, begun).map_err(internal)?;
    let took = begun.elapsed();
    let millis = took.as_millis().max(1);
    let line = Line {
        seed: flags.seed,
        served_per_10_000: report.served_per_10_000(),
        wait_ms_p50: report.wait_ms(50),
        wait_ms_p95: report.wait_ms(95),
        wait_ms_p99: report.wait_ms(99),
        seconds: took.as_secs(),
        days_per_second_x100: u64::try_from(u128::from(report.days) * 100_000 / millis).unwrap_or(0),
        holds: report.holds(),
        report: &report,
    };
    out.tell(&words(&line), "torture", &line);
    if report.holds() {
        return Ok(Exit::Done);
    }
    Err(TillError::new(
        Code::Internal,
        "A promise was broken. Run one of the named seeds again with --days 1 --story to see how.",
    ))
}

/// Days on as many threads as there are processors (or `--jobs`), until all are run or the time is up.
fn all_days(flags: &Torture, options: Options, begun: Instant) -> Result<Report, TortureError> {
    let next = AtomicU32::new(0);
    let limit = flags
        .minutes
        .map(|minutes| Duration::from_secs(u64::from(minutes).saturating_mul(60)));
    let total = Mutex::new(Report::default());
    let worker = || -> Result<(), TortureError> {
        let mut mine = Report::default();
        while limit.is_none_or(|limit| begun.elapsed() < limit) {
            let day = next.fetch_add(1, Ordering::Relaxed);
            if day >= flags.days {
                break;
            }
            let told = run_day(Options {
                seed: options.seed.wrapping_add(u64::from(day)),
                ..options
            })?;
            progress(&told, day + 1, flags.days);
            mine.add(told);
        }
        total.lock().unwrap_or_else(PoisonError::into_inner).merge(mine);
        Ok(())
    };
    let jobs = flags
        .jobs
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZero::get);
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..jobs).map(|_| scope.spawn(worker)).collect();
        running.into_iter().try_for_each(|one| {
            one.join()
                .unwrap_or_else(|_| Err(TortureError::Harness("a thread stopped".into())))
        })
    })?;
    Ok(total.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// A person who waits sees how far it is; a broken promise is said at once.
fn progress(day: &DayReport, done: u32, of: u32) {
    for (fault, words) in &day.faults {
        Out::notice(&format!("seed {}: {fault:?}: {words}", day.seed));
    }
    if std::io::stderr().is_terminal() && (done.is_multiple_of(10) || done == of) {
        Out::notice(&format!("{done} of {of} days"));
    }
}

fn words(line: &Line<'_>) -> String {
    let report = line.report;
    let mut text = format!(
        "{} days from seed {}: {} sales, {} prompts, {} payments, in {} s ({}.{:02} days a second)\n",
        report.days,
        line.seed,
        report.sales,
        report.pushes,
        report.payments,
        line.seconds,
        line.days_per_second_x100 / 100,
        line.days_per_second_x100 % 100,
    );
    for (what, times) in &report.mishaps {
        text.push_str(&format!("  {times:>9} × {what}\n"));
    }
    for (what, times) in &report.acts {
        text.push_str(&format!("  {times:>9} {what}\n"));
    }
    text.push_str(&format!(
        "lost {}, doubled {}, wrong {}, unexplained {}\n",
        report.count(Fault::Lost),
        report.count(Fault::Doubled),
        report.count(Fault::Wrong),
        report.count(Fault::Unexplained),
    ));
    text.push_str(&format!(
        "{} unknown for a while, {} of them not ended two days later\n",
        report.unknowns, report.unended
    ));
    text.push_str(&format!(
        "{} customers entered their PIN, {}.{:02} % saw Paid within 15 minutes (half within {} ms, 95 % within {} ms, \
         99 % within {} ms)\n",
        report.willing,
        line.served_per_10_000 / 100,
        line.served_per_10_000 % 100,
        line.wait_ms_p50,
        line.wait_ms_p95,
        line.wait_ms_p99,
    ));
    text.push_str(if line.holds {
        "Every promise held."
    } else {
        "NOT every promise held."
    });
    text
}
