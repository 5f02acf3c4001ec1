//! Kenya's wall clock, and the two fields that are made from it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use crate::{Secret, ShortCode};

/// East Africa Time is three hours ahead of UTC and knows no summer time.
const AHEAD_OF_UTC: TimeDelta = TimeDelta::hours(3);

const FORMAT: &str = "%Y%m%d%H%M%S";

/// A moment as `YYYYMMDDHHmmss` in East Africa Time, whatever zone the PC is set to.
pub(crate) fn timestamp(now: DateTime<Utc>) -> String {
    (now.naive_utc() + AHEAD_OF_UTC).format(FORMAT).to_string()
}

/// A moment as `YYYY-MM-DD HH:MM:SS` in East Africa Time, as Pull Transactions asks for it.
pub(crate) fn wall_clock(now: DateTime<Utc>) -> String {
    let wall = now.naive_utc() + AHEAD_OF_UTC;
    wall.format("%Y-%m-%d %H:%M:%S").to_string()
}

/// Reads `YYYYMMDDHHmmss` in East Africa Time.
pub(crate) fn parse_timestamp(text: &str) -> Option<DateTime<Utc>> {
    // chrono would read a shorter text as an earlier minute.
    if text.len() != 14 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let wall = NaiveDateTime::parse_from_str(text, FORMAT).ok()?;
    Some(wall.checked_sub_signed(AHEAD_OF_UTC)?.and_utc())
}

/// The `Password` of a push or query: base64 of short code, passkey and the very timestamp of the same
/// body (Daraja portal, M-PESA Express).
pub(crate) fn password(short_code: &ShortCode, passkey: &Secret, timestamp: &str) -> String {
    STANDARD.encode(format!("{short_code}{}{timestamp}", passkey.expose()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::{parse_timestamp, password, timestamp};
    use crate::{Secret, ShortCode};

    #[test]
    fn wall_clock_is_three_hours_ahead_of_utc() {
        let new_year = "2026-12-31T21:30:05Z".parse().unwrap();
        assert_eq!(
            timestamp(new_year),
            "20270101003005",
            "21:30 UTC is already next year in Nairobi"
        );
        assert_eq!(parse_timestamp("20270101003005"), Some(new_year), "and back");
        assert_eq!(parse_timestamp("2027010100300"), None, "a short text is no time");
    }

    #[test]
    fn password_joins_code_passkey_and_time() {
        let code = ShortCode::parse("174379").unwrap();
        assert_eq!(
            password(&code, &Secret::new("pass"), "20270101003005"),
            "MTc0Mzc5cGFzczIwMjcwMTAxMDAzMDA1",
            "base64 of 174379pass20270101003005"
        );
    }
}
