//! The names of payers go when the day is over.

use chrono::Days;

use super::Engine;
use crate::clock::{Now, day_start, shop_day};
use crate::error::TillError;
use crate::policy::PAYER_NAMES_KEPT_DAYS;
use crate::store::payer_name;

impl Engine {
    /// Erases the first names of every other day, once a day and at each start.
    ///
    /// # Errors
    /// The disk's trouble; the next tick tries again.
    pub(super) fn forget_names(&mut self, now: Now) -> Result<(), TillError> {
        let today = shop_day(now.utc);
        if self.names_of == Some(today) {
            return Ok(());
        }
        // Also what a wrong clock dated later.
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        let first = today
            .checked_sub_days(Days::new(PAYER_NAMES_KEPT_DAYS - 1))
            .unwrap_or(today);
        let kept = (day_start(first), day_start(tomorrow));
        if payer_name::any_outside(self.store.read(), kept)? {
            self.store.write(|tx| payer_name::erase_outside(tx, kept))?;
        }
        self.names_of = Some(today);
        Ok(())
    }
}
