//! Which tender a payment that came to light belongs to: pure, and never a guess.
//!
//! A payment attaches by itself only when something that only the right customer knows says so: our
//! reference, or the visible digits of the phone together with amount and time. Amount and time alone are
//! an offer. A payment that fits two things is a question for a person.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};

use crate::money::Money;
use crate::view::Why;

/// A payment, as a witness with a receipt number tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// How much.
    pub amount: Money,
    /// What the payer (or our own push) gave as account; empty for tills.
    pub reference: String,
    /// The visible last digits of the payer's phone; empty when none are.
    pub digits: String,
    /// The earliest and the latest moment it may have been made, by Safaricom's clock; the zone of a told
    /// time may lie, so they can be hours apart.
    pub paid: (DateTime<Utc>, DateTime<Utc>),
}

/// Something a payment may be for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The tender.
    pub tender_id: String,
    /// Its sale.
    pub sale_id: String,
    /// What is asked.
    pub amount: Money,
    /// What the payment would carry as account, when it was our own push.
    pub reference: Option<String>,
    /// The payer's phone, or its last digits, as far as the cashier knows them.
    pub digits: Option<String>,
    /// The payment cannot be older or younger than this, by Safaricom's clock.
    pub window: (DateTime<Utc>, DateTime<Utc>),
    /// How strongly it holds on to a payment.
    pub hold: Hold,
}

impl Claim {
    /// Whether a stretch of time has in it all in which the payment can have been made.
    #[must_use]
    pub fn lies_in(&self, stretch: (DateTime<Utc>, DateTime<Utc>)) -> bool {
        stretch.0 <= self.window.0 && self.window.1 <= stretch.1
    }
}

/// How strongly a claim holds on to a payment: the first is served first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// A push that Safaricom called paid: one receipt number is certainly its own.
    Paid,
    /// A push that may have been paid.
    Open,
    /// A sale that waits for a payment to the till.
    Waiting,
    /// A push that is believed to be over without money.
    Over,
}

/// What is to be done with a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It pays this tender.
    Attach {
        /// The tender.
        tender_id: String,
        /// Why.
        why: Why,
    },
    /// It may be for one of these; a person must say which. Empty: it fits nothing that is known.
    Offer {
        /// The tenders, the likeliest first.
        tender_ids: Vec<String>,
    },
}

/// A claim that a payment fits.
#[derive(Debug, Clone, Copy)]
struct Fit<'a> {
    claim: &'a Claim,
    by: By,
    /// Made while the claim was open; a push's own reference may turn up at any time.
    in_time: bool,
}

/// What a payment and a claim have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Reference,
    Digits,
    AmountAndTime,
}

impl Fit<'_> {
    /// Why it attaches by itself: only the right customer's payment has this in common with the claim. A
    /// prompt that is believed to be over is moved by its own reference; for less, a person is asked, because
    /// whoever cancels a prompt may pay the till a minute later, for this or for something else.
    const fn attaches(&self) -> Option<Why> {
        match (self.by, self.claim.hold) {
            (By::Reference, _) => Some(Why::Reference),
            (By::Digits, Hold::Paid | Hold::Open | Hold::Waiting) => Some(Why::Digits),
            (By::Digits, Hold::Over) | (By::AmountAndTime, _) => None,
        }
    }

    /// The likeliest first. Of two prompts of one sale the younger: while the older was on the phone the
    /// younger could not come.
    fn order(&self) -> (bool, bool, Hold, Reverse<DateTime<Utc>>) {
        (
            self.attaches().is_none(),
            !self.in_time,
            self.claim.hold,
            Reverse(self.claim.window.0),
        )
    }
}

/// Decides about one payment.
#[must_use]
pub fn judge(arrival: &Arrival, claims: &[Claim]) -> Verdict {
    let mut fits: Vec<Fit<'_>> = claims.iter().filter_map(|claim| fit(arrival, claim)).collect();
    fits.sort_by_key(Fit::order);
    match fits.first().and_then(|first| Some((first, first.attaches()?))) {
        Some((first, why)) if !fits.iter().any(|other| rivals(arrival, first, other)) => Verdict::Attach {
            tender_id: first.claim.tender_id.clone(),
            why,
        },
        Some(_) | None => Verdict::Offer {
            tender_ids: fits.iter().map(|fit| fit.claim.tender_id.clone()).collect(),
        },
    }
}

/// Whether a payment could be this claim's, by amount, time and what is visible of the phone. Looser than
/// [`judge`]: one such payment is enough to doubt that a prompt is dead.
#[must_use]
pub fn could_be(arrival: &Arrival, claim: &Claim) -> bool {
    let digits_agree = match &claim.digits {
        Some(digits) => arrival.digits.is_empty() || ends_alike(digits, &arrival.digits),
        None => true,
    };
    claim.amount == arrival.amount && arrival.paid.1 >= claim.window.0 && digits_agree
}

/// Whether a prompt that is known to be paid can have been paid with this payment: it was made while it could be.
#[must_use]
pub fn can_have_paid(arrival: &Arrival, claim: &Claim) -> bool {
    could_be(arrival, claim) && arrival.paid.0 <= claim.window.1
}

fn fit<'a>(arrival: &Arrival, claim: &'a Claim) -> Option<Fit<'a>> {
    if claim.amount != arrival.amount {
        return None;
    }
    let in_time = arrival.paid.1 >= claim.window.0 && arrival.paid.0 <= claim.window.1;
    let told = arrival.reference.trim();
    let ours = claim.reference.as_deref().filter(|_| !told.is_empty());
    let same_reference = ours.map(|ours| told.eq_ignore_ascii_case(ours));
    let prompted = claim.hold != Hold::Waiting;
    let another_phone = claim
        .digits
        .as_ref()
        .is_some_and(|digits| !arrival.digits.is_empty() && !ends_alike(digits, &arrival.digits));
    if another_phone && (prompted || same_reference != Some(true)) {
        return None;
    }
    let by = if same_reference == Some(true) {
        By::Reference
    } else if !in_time {
        return None;
    } else if same_reference == Some(false) && prompted {
        // Our prompts carry our reference; under another one it may be another payment of the same person.
        By::AmountAndTime
    } else if claim.digits.is_some() && !arrival.digits.is_empty() {
        By::Digits
    } else if claim.hold == Hold::Over {
        return None;
    } else {
        By::AmountAndTime
    };
    Some(Fit { claim, by, in_time })
}

/// Whether two ends of phone numbers agree as far as both are visible; at least three digits must be.
pub(crate) fn ends_alike(one: &str, other: &str) -> bool {
    let common = one.len().min(other.len());
    let end = |text: &str| text.bytes().rev().take(common).collect::<Vec<_>>();
    common >= 3 && end(one) == end(other)
}

/// Whether two prompts of one sale went to two phones, and nothing tells which of them was paid: after a wrong number
/// was asked, both may be alive.
fn of_two_phones(first: &Fit<'_>, other: &Fit<'_>) -> bool {
    let alike = match (first.claim.hold, other.claim.hold) {
        (Hold::Paid | Hold::Open, Hold::Paid | Hold::Open) | (Hold::Over, Hold::Over) => true,
        (Hold::Paid | Hold::Open, Hold::Over | Hold::Waiting)
        | (Hold::Over, Hold::Paid | Hold::Open | Hold::Waiting)
        | (Hold::Waiting, Hold::Paid | Hold::Open | Hold::Over | Hold::Waiting) => false,
    };
    alike && first.in_time && other.in_time && first.claim.digits != other.claim.digits
}

/// Whether `other` could as well be meant. Claims of one sale want the same money. A push known to be paid
/// needs its receipt more than anything that only may have been paid; what is over gives way to all.
fn rivals(arrival: &Arrival, first: &Fit<'_>, other: &Fit<'_>) -> bool {
    if other.claim.sale_id == first.claim.sale_id {
        return arrival.digits.is_empty() && of_two_phones(first, other);
    }
    let prompted = first.claim.hold != Hold::Waiting;
    if first.by == By::Digits && prompted && other.claim.hold == Hold::Waiting {
        // Whoever paid a prompt, or got no answer from one, may pay the till for something of the same price;
        // of a sale that waits for anybody's payment not even the phone is known.
        return true;
    }
    if other.attaches().is_none() {
        return false;
    }
    match first.claim.hold {
        Hold::Paid => other.claim.hold == Hold::Paid,
        Hold::Open | Hold::Waiting => other.claim.hold != Hold::Over,
        Hold::Over => true,
    }
}
