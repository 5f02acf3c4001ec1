//! A payment that carries the reference of an open sale which was to be paid by hand pays it, whatever its
//! amount: the customer read the reference at this counter and typed it.

use chrono::TimeDelta;

use super::{Engine, claims};
use crate::error::{Code, TillError};
use crate::matching::{Arrival, Claim, Hold, Verdict, could_be, ends_alike};
use crate::reference::Reference;
use crate::store::money_in::MoneyInRow;
use crate::store::sale;
use crate::store::tender::{self, TenderKind};
use crate::view::{SaleState, Why};

/// What a payment that pays nothing yet may be given to by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// This tender.
    Tender { tender_id: String, why: Why },
    /// This sale, whose reference it carries.
    Sale { sale_id: String },
    /// Nothing: a person must say.
    Nowhere,
}

impl Engine {
    /// Where a payment goes by itself. When the payer's phone speaks for one sale and the typed reference for
    /// another, it goes nowhere.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn place_of(&self, arrival: &Arrival, claims: &[Claim]) -> Result<Place, TillError> {
        let named = self.sale_named(arrival, claims)?;
        Ok(match (self.place_for(arrival, claims)?, named) {
            (Verdict::Attach { tender_id, why }, Some(named)) if why != Why::Reference => {
                if tender::get(self.store.read(), &tender_id)?.sale_id == named {
                    Place::Tender { tender_id, why }
                } else {
                    Place::Nowhere
                }
            }
            (Verdict::Attach { tender_id, why }, Some(_) | None) => Place::Tender { tender_id, why },
            (Verdict::Offer { .. }, Some(sale_id)) if self.was_told(&sale_id, arrival)? => {
                Place::Sale { sale_id }
            }
            (Verdict::Offer { .. }, Some(_) | None) => Place::Nowhere,
        })
    }

    /// The open sale whose reference a payment carries; none while it may be the payment of a prompt of that
    /// very sale, which carries the same reference.
    fn sale_named(&self, arrival: &Arrival, claims: &[Claim]) -> Result<Option<String>, TillError> {
        let Ok(reference) = Reference::parse(&arrival.reference) else {
            return Ok(None);
        };
        let sale = match sale::by_reference(self.store.read(), reference.as_str()) {
            Ok(sale) => sale,
            Err(error) if error.code == Code::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let a_prompts = claims
            .iter()
            .any(|claim| claim.sale_id == sale.id && prompted(claim) && could_be(arrival, claim));
        Ok((sale.state == SaleState::Open && !a_prompts).then_some(sale.id))
    }

    /// Whether somebody can have been told at this counter to pay the sale by hand before this payment was
    /// made, and from this phone. Another PC that was set up with the same letter gives out the same references.
    fn was_told(&self, sale_id: &str, arrival: &Arrival) -> Result<bool, TillError> {
        let slack = TimeDelta::milliseconds(i64::try_from(self.policy.clock_slack_ms).unwrap_or(0))
            + TimeDelta::milliseconds(self.skew_ms.unwrap_or(0));
        let waits = tender::of_sale(self.store.read(), sale_id)?;
        Ok(waits.iter().any(|tender| match &tender.kind {
            TenderKind::ToTill { digits, .. } => {
                let another_phone = digits
                    .as_ref()
                    .is_some_and(|digits| !arrival.digits.is_empty() && !ends_alike(digits, &arrival.digits));
                arrival.paid.1 >= tender.opened_at - slack && !another_phone
            }
            TenderKind::Cash { .. }
            | TenderKind::Push
            | TenderKind::Code { .. }
            | TenderKind::Credit { .. } => false,
        }))
    }

    /// The sales that a payment which pays nothing yet may be for, the likeliest first: what it fits, the
    /// prompts that were never explained and asked this very phone for as much, and the sale it names.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn may_be_for(&self, row: &MoneyInRow, claims: &[Claim]) -> Result<Vec<String>, TillError> {
        let arrival = claims::arrival_of(row);
        let mut tender_ids = match self.verdict(&arrival, claims) {
            Verdict::Attach { tender_id, .. } => vec![tender_id],
            Verdict::Offer { tender_ids } => tender_ids,
        };
        let same_phone =
            |claim: &&Claim| prompted(claim) && !arrival.digits.is_empty() && could_be(&arrival, claim);
        tender_ids.extend(
            claims
                .iter()
                .filter(same_phone)
                .map(|claim| claim.tender_id.clone()),
        );
        let mut sale_ids: Vec<String> = Vec::new();
        for tender_id in tender_ids {
            let sale_id = tender::get(self.store.read(), &tender_id)?.sale_id;
            if !sale_ids.contains(&sale_id) {
                sale_ids.push(sale_id);
            }
        }
        let named = self.sale_named(&arrival, claims)?;
        sale_ids.extend(named.filter(|named| !sale_ids.contains(named)));
        Ok(sale_ids)
    }
}

/// A prompt that was paid without a receipt number so far, or that may have been.
const fn prompted(claim: &Claim) -> bool {
    match claim.hold {
        Hold::Paid | Hold::Open => true,
        Hold::Waiting | Hold::Over => false,
    }
}
