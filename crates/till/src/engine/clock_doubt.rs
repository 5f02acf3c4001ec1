//! A clock that stands before the book's newest row: a dead battery, or a hand that set it.

use chrono::TimeDelta;

use super::{Effect, Engine};
use crate::clock::Now;
use crate::error::TillError;
use crate::people::Act;
use crate::store::sale;

/// Safaricom's date and the PC's differ by less than this: the PC's date is right.
const TRUSTED_SKEW_MS: u64 = 300_000;

impl Engine {
    /// Looks whether the PC's clock is behind what is written.
    pub(super) fn doubt_clock(&mut self, now: Now) -> Result<(), TillError> {
        let newest = sale::newest_time(self.store.read())?;
        let allowed = TimeDelta::milliseconds(self.policy.clock_behind_ms);
        self.clock_behind = newest.filter(|newest| *newest - now.utc > allowed);
        self.trust_clock_of_safaricom();
        Ok(())
    }

    /// Safaricom dates its answers; where it agrees with the PC there is nothing to ask.
    pub(super) fn trust_clock_of_safaricom(&mut self) {
        if self
            .skew_ms
            .is_some_and(|skew_ms| skew_ms.unsigned_abs() < TRUSTED_SKEW_MS)
        {
            self.clock_behind = None;
        }
    }

    /// A person says that the PC's date is right now. What was written with a later one is marked unsure.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn confirm_clock(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let permit = self.permit(Act::ConfirmClock, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            sale::doubt_later_than(tx, now.utc)?;
            permit.write(tx, ids, (None, None), None, now)
        })?;
        self.clock_behind = None;
        Ok(vec![self.link_changed(now)])
    }
}
