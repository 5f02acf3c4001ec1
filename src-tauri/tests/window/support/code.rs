//! M-PESA's codes, as a customer's phone shows them.

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

/// The time on East Africa's clocks.
pub fn east_africa() -> DateTime<Utc> {
    Utc::now() + TimeDelta::hours(3)
}

/// A code as M-PESA makes them today: year (M is 2018), month (A is January), day (A is the 10th).
pub fn todays_code(end: &str) -> String {
    let today = east_africa();
    let letter = |first: char, nth: u32| char::from_u32(u32::from(first) + nth).expect("a letter");
    let year = letter('M', u32::try_from(today.year()).expect("of our era") - 2018);
    let day = if today.day() < 10 {
        letter('0', today.day())
    } else {
        letter('A', today.day() - 10)
    };
    format!("{year}{}{day}{end}", letter('A', today.month0()))
}
