//! Whole shop days with everything that can go wrong, in a moment each, and an auditor who believes nothing.
//!
//! A day is one thread, one heap of events and one seed. The very engine, the very SQLite store and the very
//! client of a real counter run against the simulator's `World`; nothing of them is replaced but the clock,
//! the wire and the people. A crash takes away what was not committed. The auditor reads the book with SQL of
//! its own, watches each word that the screen is told, and compares both with what happened in the World.
//!
//! The same seed makes the same day, to the letter.

mod across;
mod audit;
mod behind;
mod books;
mod carry;
mod cashier;
mod chores;
mod closes;
mod closing;
mod counter;
mod counting;
mod credit;
mod customer;
mod customers;
mod day;
mod debts;
mod dice;
mod drawer;
mod erasing;
mod event;
mod forger;
mod hand;
mod heap;
mod hears;
mod leave;
mod line;
mod may_not;
mod messages;
mod notebook;
mod owner;
mod paper;
mod phone;
mod printer;
mod refunds;
mod relay;
mod report;
mod serves;
mod staff;
mod table;
mod trouble;
mod unsure;
mod unsure_debt;
mod untrue;
mod weather;

pub use day::{Options, run_day};
pub use report::{DayReport, Fault, Report};

/// Runs `days` days from `seed` on and calls `each` after every one of them.
///
/// # Errors
/// [`TortureError`] when the harness itself cannot go on; what the auditor finds is in the report.
pub fn run(options: Options, days: u32, mut each: impl FnMut(&DayReport)) -> Result<Report, TortureError> {
    let mut report = Report::default();
    for day in 0..u64::from(days) {
        let told = run_day(Options {
            seed: options.seed.wrapping_add(day),
            ..options
        })?;
        each(&told);
        report.add(told);
    }
    Ok(report)
}

/// The harness cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum TortureError {
    /// The till could not be opened or read where nothing was broken on purpose.
    #[error("the till failed where nothing was broken: {0}")]
    Till(#[from] till::TillError),
    /// The auditor's own reading of the book failed.
    #[error("the book cannot be read: {0}")]
    Book(#[from] rusqlite::Error),
    /// Something of the harness's own.
    #[error("{0}")]
    Harness(String),
}
