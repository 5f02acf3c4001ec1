//! What a payment that came to light may be for: pushes that may have been paid, and sales that wait for
//! the till.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Engine, Sharing, book};
use crate::clock::Now;
use crate::error::TillError;
use crate::matching::{Arrival, Claim, Hold, Verdict, judge};
use crate::policy::Policy;
use crate::push::{Push, State};
use crate::reference::Reference;
use crate::store::money_in::MoneyInRow;
use crate::store::tender::{TenderKind, TenderRow};
use crate::store::{push, sale, tender};
use crate::view::Why;

/// A stored payment, as the matcher sees it.
pub(super) fn arrival_of(row: &MoneyInRow) -> Arrival {
    // Of a payment without a known time only its recording is certain; it may be hours older.
    let paid = row.paid_at.map_or(
        (row.at - TimeDelta::hours(4), row.at + TimeDelta::hours(4)),
        |at| (at, at),
    );
    Arrival {
        amount: row.amount,
        reference: row.reference.clone().unwrap_or_default(),
        digits: row.digits.clone().unwrap_or_default(),
        paid,
    }
}

/// What a push holds on to.
pub(super) fn of_push(push: &Push, policy: &Policy) -> Claim {
    let ms = |ms: u64| TimeDelta::milliseconds(i64::try_from(ms).unwrap_or(0));
    let sent = push.sent_at_safaricom();
    let slack = ms(policy.clock_slack_ms);
    let hold = if matches!(push.state, State::Paid { .. }) {
        Hold::Paid
    } else if push.state.may_have_been_paid() {
        Hold::Open
    } else {
        Hold::Over
    };
    let late = sent + ms(policy.deadline_ms) + ms(policy.late_payment_ms) + slack;
    Claim {
        tender_id: push.tender_id.clone(),
        sale_id: push.sale_id.clone(),
        amount: push.amount.money(),
        reference: Some(push.reference.clone()),
        digits: Some(push.msisdn.digits().to_owned()),
        // A payment after it was told to be paid is another one, of the same customer perhaps.
        window: (
            sent - slack,
            push.paid_until.map_or(late, |until| until.min(late)),
        ),
        hold,
    }
}

impl Engine {
    /// Everything that a payment may be for.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn claims(&self, now: Now) -> Result<Vec<Claim>, TillError> {
        self.claims_since(self.reachable_since(now))
    }

    /// As [`Self::claims`], with what is over since another moment.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn claims_since(&self, since: DateTime<Utc>) -> Result<Vec<Claim>, TillError> {
        let conn = self.store.read();
        let mut claims: Vec<Claim> = self
            .watches
            .values()
            .filter(|watch| watch.push.reserves())
            .map(|watch| of_push(&watch.push, &self.policy))
            .collect();
        for over in push::over_without_receipt(conn, since)? {
            if !self.watches.contains_key(&over.id) {
                claims.push(of_push(&over, &self.policy));
            }
        }
        for waiting in tender::waiting(conn)? {
            claims.push(self.of_waiting(&waiting)?);
        }
        let asked = self.asked_for()?;
        claims.retain(|claim| {
            asked
                .iter()
                .all(|other| other.tender_id.as_ref() != Some(&claim.tender_id))
        });
        Ok(claims)
    }

    /// What is to be done with a payment. Under the reference of another counter on this short code it is
    /// that one's, although a customer of ours may have paid as much: by digits it is only offered.
    pub(super) fn verdict(&self, arrival: &Arrival, claims: &[Claim]) -> Verdict {
        match judge(arrival, claims) {
            Verdict::Attach {
                tender_id,
                why: Why::Digits,
            } if self.is_another_counters(&arrival.reference) => Verdict::Offer {
                tender_ids: vec![tender_id],
            },
            // The collector may have booked it.
            Verdict::Attach { why: Why::Digits, .. } | Verdict::Offer { .. }
                if self.counter.sharing == Sharing::OwnOnly =>
            {
                Verdict::Offer {
                    tender_ids: Vec::new(),
                }
            }
            verdict @ (Verdict::Attach { .. } | Verdict::Offer { .. }) => verdict,
        }
    }

    /// As [`Self::verdict`], for booking. Where other counters take payments on this short code, one of their
    /// sales may wait for what a phone that was prompted here pays by hand: by digits it is only offered to a
    /// prompt. The whole list tells later what a prompt was paid with that is known to be paid.
    pub(super) fn verdict_to_book(&self, arrival: &Arrival, claims: &[Claim]) -> Verdict {
        match self.verdict(arrival, claims) {
            Verdict::Attach {
                tender_id,
                why: Why::Digits,
            } if self.counter.sharing != Sharing::Alone
                && claims
                    .iter()
                    .any(|claim| claim.tender_id == tender_id && claim.hold != Hold::Waiting) =>
            {
                Verdict::Offer {
                    tender_ids: vec![tender_id],
                }
            }
            verdict @ (Verdict::Attach { .. } | Verdict::Offer { .. }) => verdict,
        }
    }

    /// Whether a payment carries the reference of another counter on this short code. A shop with one counter
    /// has no such references, only customers who type what looks like one.
    pub(super) fn is_another_counters(&self, reference: &str) -> bool {
        let foreign = |reference: &Reference| {
            reference
                .parts()
                .is_some_and(|(letter, ..)| letter != self.counter.letter)
        };
        self.counter.sharing != Sharing::Alone
            && Reference::parse(reference).is_ok_and(|reference| {
                // A counter that was given another letter has sales of the old one.
                foreign(&reference) && !sale::has(self.store.read(), &reference)
            })
    }

    /// What was written before this is beyond the reach of Safaricom's list, even if the PC's clock was days
    /// off when it was written or is now.
    pub(super) fn reachable_since(&self, now: Now) -> DateTime<Utc> {
        let reach = TimeDelta::milliseconds(i64::try_from(self.policy.reach_ms).unwrap_or(0));
        self.safaricom_now(now).min(now.utc) - reach - TimeDelta::days(5)
    }

    /// Whether Safaricom's list cannot reach back to this push any more. While Safaricom's clock is not known, a PC
    /// whose date was set two days ahead would call every prompt old, and let the customer be asked again.
    pub(super) fn out_of_reach(&self, push: &Push, now: Now) -> bool {
        // What was waited for is certain, whatever the PC's date was when it was sent.
        push.waited_ms(now.mono) >= self.policy.reach_ms
            || self.skew_ms.is_some() && self.seems_old(push, now)
    }

    /// Whether it was sent longer ago than the list reaches, as far as the clocks can be believed.
    pub(super) fn seems_old(&self, push: &Push, now: Now) -> bool {
        let age = self.safaricom_now(now) - push.sent_at_safaricom();
        age.num_milliseconds() >= i64::try_from(self.policy.reach_ms).unwrap_or(i64::MAX)
    }

    /// What a sale that waits for the till holds on to.
    fn of_waiting(&self, waiting: &TenderRow) -> Result<Claim, TillError> {
        let digits = match &waiting.kind {
            TenderKind::ToTill { digits, .. } => digits.clone(),
            TenderKind::Cash { .. }
            | TenderKind::Push
            | TenderKind::Code { .. }
            | TenderKind::Credit { .. } => None,
        };
        let skew = TimeDelta::milliseconds(self.skew_ms.unwrap_or(0));
        let slack = TimeDelta::milliseconds(i64::try_from(self.policy.clock_slack_ms).unwrap_or(0));
        let opened = waiting.opened_at - skew;
        let at = self.safaricom_now(self.last_tick);
        let two_days = TimeDelta::days(2);
        // It waits now, so a beginning in the future or days ago was written with a wrong date: then nobody knows
        // since when it waits. It is asked about beside whatever fits, and given nothing by itself.
        let dated = opened - slack <= at && at <= opened + two_days;
        let (digits, window) = if dated {
            (digits, (opened - slack, opened + two_days))
        } else {
            (None, (at - two_days, at + two_days))
        };
        let conn = self.store.read();
        let sale = sale::get(conn, &waiting.sale_id)?;
        Ok(Claim {
            tender_id: waiting.id.clone(),
            sale_id: waiting.sale_id.clone(),
            // What was paid in another way since it began to wait is not asked for any more.
            amount: book::left(&sale, &tender::of_sale(conn, &sale.id)?)?,
            reference: Some(sale.reference),
            digits,
            window,
            hold: Hold::Waiting,
        })
    }
}
