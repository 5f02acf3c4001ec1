//! How far the PC's clock is from Safaricom's.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

/// What the last answer's `Date` header told. Its resolution is one second.
#[derive(Debug, Default)]
pub(crate) struct ClockSkew(Mutex<Option<TimeDelta>>);

impl ClockSkew {
    /// PC clock minus server clock, from the last answer that carried a readable date.
    pub(crate) fn get(&self) -> Option<TimeDelta> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads the `Date` header of an answer that arrived at `now`. Without one, the last word stands.
    pub(crate) fn hear(&self, date_header: Option<&str>, now: DateTime<Utc>) {
        if let Some(skew) = date_header.and_then(|text| skew(text, now)) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(skew);
        }
    }
}

fn skew(date: &str, now: DateTime<Utc>) -> Option<TimeDelta> {
    let server = DateTime::parse_from_rfc2822(date).ok()?;
    Some(now.signed_duration_since(server))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use chrono::TimeDelta;

    use super::ClockSkew;

    #[test]
    fn measures_pc_minus_server() {
        let skew = ClockSkew::default();
        let now = "2026-11-23T10:05:00Z".parse().unwrap();
        assert_eq!(skew.get(), None, "nothing heard yet");
        skew.hear(Some("Mon, 23 Nov 2026 10:00:00 GMT"), now);
        assert_eq!(
            skew.get(),
            Some(TimeDelta::minutes(5)),
            "a fast PC is a positive skew"
        );
        skew.hear(Some("yesterday"), now);
        skew.hear(None, now);
        assert_eq!(
            skew.get(),
            Some(TimeDelta::minutes(5)),
            "an unreadable or missing date changes nothing"
        );
        skew.hear(Some("Mon, 23 Nov 2026 11:05:00 GMT"), now);
        assert_eq!(
            skew.get(),
            Some(TimeDelta::hours(-1)),
            "a slow PC is a negative skew"
        );
    }
}
