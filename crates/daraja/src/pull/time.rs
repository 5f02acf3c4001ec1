//! The time of a row, whose mark may lie.

use chrono::{FixedOffset, NaiveDateTime};

/// A row's time as it was written. East Africa's wall time was seen with a `Z` behind it, so nothing is
/// converted here: which zone it is, only a payment whose time is known can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PullTime {
    /// Date and time of day, to the second.
    pub wall: NaiveDateTime,
    /// What was written behind it.
    pub zone: ZoneMark,
}

/// The mark behind a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ZoneMark {
    /// Nothing.
    None,
    /// `Z`.
    Z,
    /// `+03:00`, `+0300`.
    Offset(FixedOffset),
}

impl PullTime {
    /// Reads `2026-10-06 09:52:33` with a blank or a `T`, with or without a fraction (which is dropped),
    /// with or without a zone, and `20261006095233`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() == 14 && text.bytes().all(|b| b.is_ascii_digit()) {
            let wall = NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").ok()?;
            let zone = ZoneMark::None;
            return Some(Self { wall, zone });
        }
        let wall = text.get(..19).filter(|wall| has_shape(wall))?;
        let format = match wall.as_bytes().get(10) {
            Some(b'T') => "%Y-%m-%dT%H:%M:%S",
            _ => "%Y-%m-%d %H:%M:%S",
        };
        Some(Self {
            wall: NaiveDateTime::parse_from_str(wall, format).ok()?,
            zone: ZoneMark::parse(without_fraction(text.get(19..)?)?)?,
        })
    }
}

/// Digits where digits must be: chrono alone would take signs and shorter fields.
fn has_shape(wall: &str) -> bool {
    wall.bytes()
        .zip("0000-00-00T00:00:00".bytes())
        .all(|(b, pattern)| match pattern {
            b'0' => b.is_ascii_digit(),
            b'T' => b == b'T' || b == b' ',
            other => b == other,
        })
}

fn without_fraction(text: &str) -> Option<&str> {
    let Some(fraction) = text.strip_prefix('.') else {
        return Some(text);
    };
    let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < fraction.len()).then_some(rest)
}

impl ZoneMark {
    fn parse(text: &str) -> Option<Self> {
        match text.trim_start() {
            "" => Some(Self::None),
            "Z" | "z" => Some(Self::Z),
            offset => {
                let (sign, digits) = match offset.split_at_checked(1)? {
                    ("+", digits) => (1, digits),
                    ("-", digits) => (-1, digits),
                    _ => return None,
                };
                let digits = match digits.len() {
                    5 => digits.replacen(':', "", 1),
                    _ => digits.to_owned(),
                };
                if digits.len() != 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
                    return None;
                }
                let number: i32 = digits.parse().ok()?;
                let (hours, minutes) = (number / 100, number % 100);
                let seconds = sign * (hours * 3600 + minutes * 60);
                FixedOffset::east_opt(seconds)
                    .filter(|_| minutes < 60)
                    .map(Self::Offset)
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use chrono::FixedOffset;

    use super::{PullTime, ZoneMark};

    #[test]
    fn every_seen_form_is_read_and_none_is_converted() {
        let east = ZoneMark::Offset(FixedOffset::east_opt(3 * 3600).unwrap());
        for (text, zone) in [
            ("2026-10-06 09:52:33", ZoneMark::None),
            ("2026-10-06T09:52:33", ZoneMark::None),
            ("2026-10-06T09:52:33.000", ZoneMark::None),
            ("20261006095233", ZoneMark::None),
            ("2026-10-06T09:52:33Z", ZoneMark::Z),
            ("2026-10-06T09:52:33.000Z", ZoneMark::Z),
            ("2026-10-06T09:52:33+03:00", east),
            ("2026-10-06T09:52:33.000+0300", east),
            (" 2026-10-06 09:52:33 +03:00 ", east),
        ] {
            let time = PullTime::parse(text).unwrap();
            assert_eq!(
                time.wall.to_string(),
                "2026-10-06 09:52:33",
                "{text:?} is what it says"
            );
            assert_eq!(time.zone, zone, "the mark of {text:?}");
        }
    }

    #[test]
    fn anything_else_is_no_time() {
        for text in [
            "",
            "2026-10-06",
            "2026-13-06 09:52:33",
            "2026-10-06 25:52:33",
            "+026-10-06 09:52:33",
            "2026-10-06x09:52:33",
            "2026-10-06 09:52:33.",
            "2026-10-06 09:52:33Y",
            "2026-10-06 09:52:33+3",
            "2026-10-06 09:52:33+03:99",
            "2026-10-06 09:52:33+99:00",
            "2026-10-06 09:52:33+0é",
            "2026100609523",
            "06/10/2026 09:52",
        ] {
            assert_eq!(PullTime::parse(text), None, "{text:?}");
        }
    }
}
