//! A sale that waited for a payment by hand and was ended in another way, because nobody told of that payment: it
//! may be what the customer paid for, and not a prompt of the same phone and amount.

use chrono::TimeDelta;

use super::Engine;
use crate::error::TillError;
use crate::matching::{Arrival, Claim, Hold};
use crate::store::tender::{self, Waited};
use crate::view::Why;

impl Engine {
    /// Whether a payment that would pay a prompt by the phone's digits alone was perhaps made for a sale that waited
    /// for it at that time. While that sale waits, the matcher itself knows.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn a_wait_rivals(
        &self,
        arrival: &Arrival,
        (tender_id, why): (&str, Why),
        claims: &[Claim],
    ) -> Result<bool, TillError> {
        let prompt = claims
            .iter()
            .find(|claim| claim.tender_id == tender_id && claim.hold != Hold::Waiting);
        let Some(prompt) = prompt.filter(|_| why == Why::Digits) else {
            return Ok(false);
        };
        let skew = TimeDelta::milliseconds(self.skew_ms.unwrap_or(0));
        let slack = TimeDelta::milliseconds(i64::try_from(self.policy.clock_slack_ms).unwrap_or(0));
        // The same stretch in which a waiting sale takes a payment.
        let began = (
            arrival.paid.0 + skew - slack - TimeDelta::days(2),
            arrival.paid.1 + skew + slack,
        );
        let waited = Waited {
            amount: arrival.amount,
            digits: &arrival.digits,
            began,
            until: arrival.paid.0 + skew - slack,
            beside: &prompt.sale_id,
        };
        tender::waited_in_vain(self.store.read(), &waited)
    }
}
