//! `clock`: whether this PC's date is in doubt, and a person's word that it is right.

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::TillError;
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};

use crate::cli::{Clock, ClockAct, Global};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::Out;

#[derive(Serialize)]
struct Told {
    now: DateTime<Utc>,
    /// The book's newest row, when this PC's clock is behind it.
    behind: Option<DateTime<Utc>>,
    confirmed: bool,
}

/// Says whether the date is in doubt; with `confirm` ends the doubt. Asks nobody.
///
/// # Errors
/// What kept the book from opening.
pub(super) fn run(clock: &Clock, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (mut engine, _lock) = Book::open(global)?.engine()?;
    let now = SystemClock::default().now();
    let behind = engine.roll(now)?.link.clock_behind;
    let here = now.utc.with_timezone(&east_africa()).format("%d.%m.%Y %H:%M");
    let (words, confirmed) = match (behind, clock.act) {
        (None, _) => (
            format!("This PC says {here}. Nothing in the book doubts it."),
            false,
        ),
        (Some(behind), None) => (
            format!(
                "This PC says {here}, but a sale was written at {}. Set the PC's clock; if {here} is right, say: keshiactl clock confirm",
                behind.with_timezone(&east_africa()).format("%d.%m.%Y %H:%M")
            ),
            false,
        ),
        (Some(_), Some(ClockAct::Confirm)) => {
            engine.confirm_clock(now)?;
            (
                format!("{here} is right. Sales that were written with a later date are marked as such."),
                true,
            )
        }
    };
    let now = now.utc;
    out.tell(
        &words,
        "clock",
        Told {
            now,
            behind,
            confirmed,
        },
    );
    Ok(Exit::Done)
}
