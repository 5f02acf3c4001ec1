//! Two clocks: one for the book, one for waiting.
//!
//! The wall clock of a shop's PC jumps (dead CMOS battery, a hand that sets it, a time server), so it
//! is written down but never waited on. Waiting uses a clock that only goes forward.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Utc};

/// Milliseconds on a clock that only goes forward; its zero means nothing outside one run of Keshia.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Mono(pub u64);

impl Mono {
    /// This moment and `ms` milliseconds more.
    #[must_use]
    pub const fn plus_ms(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; 0 when `earlier` is later.
    #[must_use]
    pub const fn since_ms(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// One moment on both clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// For the book.
    pub utc: DateTime<Utc>,
    /// For waiting.
    pub mono: Mono,
}

/// East Africa Time: three hours ahead of UTC, the whole year.
#[must_use]
pub fn east_africa() -> FixedOffset {
    // +03:00 is in range, so the fallback is never taken; it keeps this function free of panics.
    FixedOffset::east_opt(3 * 3600).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

/// The calendar day in the shop.
#[must_use]
pub fn shop_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&east_africa()).date_naive()
}

/// First moment of a shop day, in UTC.
#[must_use]
pub fn day_start(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(3)
}
