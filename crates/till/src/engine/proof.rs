//! What a whole list proves: that a prompt nobody can vouch for was never paid, and which payment a prompt
//! that is known to be paid was paid with.

use chrono::TimeDelta;

use super::{Engine, claims};
use crate::clock::{Mono, Now};
use crate::error::TillError;
use crate::matching::{self, Arrival, Claim};
use crate::push::Push;
use crate::store::money_in::{self, MoneyIn};
use crate::store::pull_cover::Stretch;

impl Engine {
    /// The pushes that a reading of Safaricom's list, begun at `begun` and whole over `stretch`, proves dead.
    /// Every condition must hold; whatever is doubtful proves nothing.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn dead_by(&self, stretch: Stretch, begun: Mono, now: Now) -> Result<Vec<String>, TillError> {
        let candidates: Vec<&Push> = self
            .watches
            .values()
            .map(|watch| &watch.push)
            .filter(|push| push.state.watched() || push.state.blocks())
            // 1. Its prompt must be dead, by our own waiting, before the list was asked for.
            .filter(|push| push.past_deadline(begun, &self.policy))
            // 2. The list shows all of its time, and a row younger than its deadline.
            .filter(|push| self.whole_time_seen(push, stretch))
            .collect();
        if candidates.is_empty() {
            return Ok(Vec::new());
        }
        let unclaimed = self.unclaimed(now)?;
        let given = self.given_by_a_person(&candidates)?;
        // 3. No payment without a tender could be its own, and none that a person gave to another sale: people err.
        Ok(candidates
            .into_iter()
            .filter(|push| {
                let claim = claims::of_push(push, &self.policy);
                !unclaimed
                    .iter()
                    .any(|arrival| matching::could_be(arrival, &claim))
                    && !given.iter().any(|(sale_id, arrival)| {
                        *sale_id != push.sale_id && matching::can_have_paid(arrival, &claim)
                    })
            })
            .map(|push| push.id.clone())
            .collect())
    }

    /// Payments that a person gave to a sale, of the time of these pushes.
    fn given_by_a_person(&self, pushes: &[&Push]) -> Result<Vec<(String, Arrival)>, TillError> {
        let Some(first) = pushes.iter().map(|push| push.created_at).min() else {
            return Ok(Vec::new());
        };
        // A sale that waited two days can still be given a payment.
        let given = money_in::given_by_a_person(self.store.read(), first - TimeDelta::days(2))?;
        Ok(given
            .into_iter()
            .map(|(sale_id, row)| (sale_id, claims::arrival_of(&row)))
            .collect())
    }

    /// Paid prompts for which the list, whole over `seen`, has just one payment that can be their own, and
    /// nobody has it: the tender, and the payment.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn paid_with(&self, seen: Stretch, now: Now) -> Result<Vec<(String, MoneyIn)>, TillError> {
        let paid: Vec<Claim> = self
            .watches
            .values()
            .map(|watch| &watch.push)
            .filter(|push| push.lacks_receipt() && push.skew_ms.is_some())
            .map(|push| claims::of_push(push, &self.policy))
            .filter(|claim| claim.lies_in(seen))
            .collect();
        if paid.is_empty() {
            return Ok(Vec::new());
        }
        let fits = |arrival: &Arrival| {
            paid.iter()
                .filter(|claim| matching::can_have_paid(arrival, claim))
                .collect::<Vec<_>>()
        };
        let unclaimed = self.unclaimed(now)?;
        let mut found = Vec::new();
        for (receipt, row) in money_in::unplaced(self.store.read(), self.reachable_since(now))? {
            if let [claim] = fits(&claims::arrival_of(&row))[..]
                && unclaimed
                    .iter()
                    .filter(|arrival| matching::can_have_paid(arrival, claim))
                    .count()
                    == 1
            {
                found.push((claim.tender_id.clone(), row.told(receipt)));
            }
        }
        Ok(found)
    }

    fn whole_time_seen(&self, push: &Push, stretch: Stretch) -> bool {
        // Without Safaricom's clock our own date of its sending means nothing to the list.
        if push.skew_ms.is_none() {
            return false;
        }
        let sent = push.sent_at_safaricom();
        let slack = TimeDelta::milliseconds(i64::try_from(self.policy.clock_slack_ms).unwrap_or(0));
        let deadline = TimeDelta::milliseconds(i64::try_from(self.policy.deadline_ms).unwrap_or(0));
        stretch.0 <= sent - slack && stretch.1 >= sent + deadline
    }
}
