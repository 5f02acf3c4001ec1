//! What of a day nobody has seen whole.

use chrono::{Days, NaiveDate, TimeDelta};

use super::Engine;
use crate::clock::day_start;
use crate::error::TillError;
use crate::store::{pull_cover, push};
use crate::view::Span;

impl Engine {
    /// What of the time in which prompts were out on a shop day nobody has seen whole. Empty without Pull: then the
    /// shop knows that it sees nothing of the kind.
    pub(super) fn holes(&self, day: NaiveDate) -> Result<Vec<Span>, TillError> {
        if !self.puller.on {
            return Ok(Vec::new());
        }
        let conn = self.store.read();
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        let Some((first, last)) = push::sent_between(conn, (day_start(day), day_start(next)))? else {
            return Ok(Vec::new());
        };
        let deadline = TimeDelta::milliseconds(i64::try_from(self.policy.deadline_ms).unwrap_or(0));
        let out = (first, last + deadline);
        Ok(pull_cover::holes(out, &pull_cover::within(conn, out)?)
            .into_iter()
            .map(|(from, to)| Span { from, to })
            .collect())
    }
}
