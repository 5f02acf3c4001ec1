//! The auditor in front of the screen: what it says of money that is not so.

use daraja_sim::world::{Payment, World};
use rusqlite::Connection;
use till::view::{PushState, SaleView, TenderKindView, TenderView, ToldBy, Why};

use crate::audit::{Auditor, id_of, sale_of};

impl Auditor {
    /// What the screen says of one part of a sale that is not so.
    pub(crate) fn untrue(
        &self,
        world: &World,
        book: &Connection,
        sale: &SaleView,
        tender: &TenderView,
    ) -> Option<String> {
        let cents = tender.amount.cents();
        let owner = self.owners.get(&sale.id);
        // What a person says is a person's word, and the screen says so.
        let said = tender.why == Some(Why::Person);
        match &tender.kind {
            TenderKindView::Cash { .. } | TenderKindView::Credit { .. } => None,
            TenderKindView::Push(push) => {
                if push.state != PushState::Paid || push.told_by == Some(ToldBy::Person) || said {
                    return None;
                }
                let paid = self.truth.paid(world, &push.push_id);
                match (&push.receipt, paid) {
                    // The prompt never came, and its own customer paid as much by hand meanwhile.
                    (Some(told), None) if self.is_own_by_hand(world, &sale.id, told.as_str()) => None,
                    (_, None) => Some(format!("prompt {} is shown as paid and was not", push.push_id)),
                    (Some(told), Some((true_one, _))) if told.as_str() != true_one => Some(format!(
                        "prompt {} is shown with code {} and its own is {true_one}",
                        push.push_id,
                        told.as_str()
                    )),
                    (Some(_) | None, Some(_)) => None,
                }
            }
            TenderKindView::ToTill {
                receipt: Some(receipt),
                ..
            } => match self.truth.payment(world, receipt.as_str()) {
                _ if said => None,
                None => Some(format!("code {} is shown and never was", receipt.as_str())),
                // Of one phone, two counters wait for as much: neither can see which the payment is for.
                Some(payment)
                    if payment.checkout_request_id.is_some()
                        && (self.was_asked_here(world, book, payment)
                            || owner.is_some_and(|owner| !self.is_of(owner, payment))) =>
                {
                    Some(format!(
                        "code {} of a prompt is shown as a payment to the till",
                        receipt.as_str()
                    ))
                }
                Some(payment) if i64::from(payment.amount) * 100 != cents => {
                    Some(format!("code {} has another amount", receipt.as_str()))
                }
                Some(payment) if owner.is_some_and(|owner| !self.is_of(owner, payment)) => Some(format!(
                    "code {} found sale {} by itself and is another customer's",
                    receipt.as_str(),
                    sale.id
                )),
                Some(_) => None,
            },
            TenderKindView::Code {
                receipt,
                confirmed: true,
                ..
            } => match self.truth.payment(world, receipt.as_str()) {
                None => Some(format!("code {} is confirmed and never was", receipt.as_str())),
                Some(payment)
                    if i64::from(payment.amount) * 100 != cents
                        && !self.is_own_prompt_for_more(world, book, sale, payment, cents) =>
                {
                    Some(format!(
                        "code {} is confirmed with another amount",
                        receipt.as_str()
                    ))
                }
                // Whoever shows the message of a payment by hand may be believed; of a prompt this counter knows
                // whose it was.
                Some(payment)
                    if payment.checkout_request_id.is_some()
                        && self.was_asked_here(world, book, payment)
                        && owner.is_some_and(|owner| owner.msisdn != payment.msisdn) =>
                {
                    Some(format!(
                        "code {} is confirmed for a customer who did not pay it",
                        receipt.as_str()
                    ))
                }
                Some(_) => None,
            },
            TenderKindView::ToTill { receipt: None, .. } | TenderKindView::Code { confirmed: false, .. } => {
                None
            }
        }
    }

    /// Whether this counter sent the prompt that was paid.
    fn was_asked_here(&self, world: &World, book: &Connection, payment: &Payment) -> bool {
        payment
            .checkout_request_id
            .as_deref()
            .and_then(|id| world.push_named(id))
            .is_some_and(|push| sale_of(book, id_of(&push.callback_url)).is_ok_and(|sale| sale.is_some()))
    }

    /// The message was of this sale's own prompt, and a part was paid in another way before the code was typed: what is
    /// too much is owed back, which is added up when the day is over.
    fn is_own_prompt_for_more(
        &self,
        world: &World,
        book: &Connection,
        sale: &SaleView,
        payment: &Payment,
        cents: i64,
    ) -> bool {
        let asked = payment
            .checkout_request_id
            .as_deref()
            .and_then(|id| world.push_named(id))
            .and_then(|push| sale_of(book, id_of(&push.callback_url)).ok().flatten());
        i64::from(payment.amount) * 100 > cents && asked.as_ref() == Some(&sale.id)
    }
}
