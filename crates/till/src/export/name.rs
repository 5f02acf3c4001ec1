//! What a period is called: in the names of files, and on papers.

use chrono::NaiveDate;

use super::words;
use crate::clock::shop_day;
use crate::receipt::{Language, pick};
use crate::view::{DayReport, Period};

/// A file's name that sorts by time and that every system takes.
pub(super) fn of(period: Period, report: &DayReport, language: Language) -> String {
    let first = shop_day(report.from);
    match period {
        Period::Day { day } => format!("Keshia {day}"),
        Period::Week { .. } => format!("Keshia {first} {}", pick(language, words::WEEK)),
        Period::Month { day } => format!("Keshia {}", day.format("%Y-%m")),
        Period::Close { number } => format!("Keshia {first} Z {number}"),
        Period::Open => format!("Keshia {first} X"),
    }
}

/// As a person reads it.
pub(super) fn said(period: Period, report: &DayReport, language: Language) -> String {
    let first = shop_day(report.from);
    match period {
        Period::Day { day } => date(day),
        Period::Week { .. } => {
            let last = first.checked_add_days(chrono::Days::new(6)).unwrap_or(first);
            format!("{} – {}", date(first), date(last))
        }
        Period::Month { day } => day.format("%m.%Y").to_string(),
        Period::Close { number } => format!("Z {number} · {}", date(first)),
        Period::Open => format!("{} · {}", date(first), pick(language, words::NOT_CLOSED)),
    }
}

fn date(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}
