//! The one door for every M-Pesa payment that comes to light, whatever told of it.
//!
//! In one transaction: the receipt number (unique in the file), the witness, the tender it pays, the posting.

use chrono::{DateTime, Utc};

use super::{Announcement, Beside, Effect, Engine, book};
use crate::clock::Now;
use crate::error::TillError;
use crate::matching::{Arrival, Claim, Hold, Verdict, judge};
use crate::push::{Event, Push};
use crate::receipt_number::ReceiptNumber;
use crate::reference::Reference;
use crate::store::money_in::{self, Grade, MoneyIn, MoneyInRow};
use crate::store::posting::Account;
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::store::{push as push_table, sale};
use crate::view::{MatterKind, Outcome, SaleState, Why};

/// A payment as a witness told of it, and why it pays the push it is told with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) money: MoneyIn,
    pub(super) why: Why,
}

impl Engine {
    /// A payment comes to light. `paid` is when it can have been made, by Safaricom's clock.
    ///
    /// # Errors
    /// The disk's trouble; nothing was written then, and the witness must be heard again.
    pub(super) fn receive(
        &mut self,
        money: &MoneyIn,
        paid: (DateTime<Utc>, DateTime<Utc>),
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let known = money_in::get(self.store.read(), &money.receipt)?;
        let arrival = Arrival {
            amount: money.amount,
            reference: money.reference.clone().unwrap_or_default(),
            digits: money.digits.clone().unwrap_or_default(),
            paid,
        };
        match known {
            Some(row) if row.tender_id.is_some() => self.confirm(money, &arrival, &row, now),
            Some(row) if row.grade >= money.grade as u8 && !self.may_fit_now(&arrival, now)? => {
                Ok(Vec::new())
            }
            Some(_) | None => self.place_arrival(money, &arrival, now),
        }
    }

    /// Whether a payment carries the reference of another counter on this short code: then a code that was
    /// typed here is that one's. A shop with one counter has no such references, only customers who type
    /// what looks like one.
    fn is_another_counters(&self, reference: &str) -> bool {
        !self.counter.alone
            && Reference::parse(reference).is_ok_and(|reference| {
                reference
                    .parts()
                    .is_some_and(|(letter, ..)| letter != self.counter.letter)
            })
    }

    /// A payment that fitted nothing when it came may fit now.
    fn may_fit_now(&self, arrival: &Arrival, now: Now) -> Result<bool, TillError> {
        Ok(matches!(
            judge(arrival, &self.claims(now)?),
            Verdict::Attach { .. }
        ))
    }

    fn place_arrival(
        &mut self,
        money: &MoneyIn,
        arrival: &Arrival,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        match judge(arrival, &self.claims(now)?) {
            Verdict::Attach { tender_id, why } => self.pay_tender(&tender_id, money, why, now),
            Verdict::Offer { .. } => {
                self.store.write(|tx| money_in::record(tx, money, now.utc))?;
                Ok(vec![Effect::Announce(Announcement::RollChanged)])
            }
        }
    }

    /// The payment pays this tender: a push, or a sale that waited for the till.
    pub(super) fn pay_tender(
        &mut self,
        tender_id: &str,
        money: &MoneyIn,
        why: Why,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let row = tender::get(self.store.read(), tender_id)?;
        match &row.kind {
            TenderKind::Push => {
                let push = push_table::of_tender(self.store.read(), tender_id)?;
                let evidence = Evidence {
                    money: money.clone(),
                    why,
                };
                let event = Event::MoneyCame {
                    receipt: money.receipt.clone(),
                };
                let beside = Beside {
                    evidence: Some(&evidence),
                    ..Beside::default()
                };
                self.apply_with(&push.id, event, beside, now)
            }
            TenderKind::ToTill { .. } => self.pay_to_till(&row, money, why, now),
            TenderKind::Cash { .. } | TenderKind::Code { .. } => {
                Err(TillError::internal("a payment for a tender that takes none"))
            }
        }
    }

    fn pay_to_till(
        &mut self,
        row: &TenderRow,
        money: &MoneyIn,
        why: Why,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let ids = &mut self.ids;
        self.store.write(|tx| {
            money_in::record(tx, money, now.utc)?;
            money_in::attach(tx, &money.receipt, &row.id, why)?;
            tender::paid_to_till(tx, &row.id, &money.receipt)?;
            let sale = sale::get(tx, &row.sale_id)?;
            book::take(tx, ids, Account::MpesaProved, row.amount, &sale, &row.id, now)?;
            book::settle_if_paid(tx, &sale.id, now)
        })?;
        self.till_waiters.remove(&row.sale_id);
        let mut effects = self.announce(&row.sale_id, now)?;
        effects.push(self.tell(&row.id, &row.sale_id, Outcome::Paid, now)?);
        Ok(effects)
    }

    /// A further witness of a payment that pays something already.
    fn confirm(
        &mut self,
        money: &MoneyIn,
        arrival: &Arrival,
        row: &MoneyInRow,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let Some(tender_id) = row.tender_id.as_deref() else {
            return Ok(Vec::new());
        };
        if row.grade >= money.grade as u8 {
            return Ok(Vec::new());
        }
        let paid = tender::get(self.store.read(), tender_id)?;
        let typed = matches!(paid.kind, TenderKind::Code { .. });
        if typed && let Some((owner, why)) = self.owner_of(money, arrival, now)? {
            self.codes.remove(tender_id);
            return if owner.sale_id == paid.sale_id {
                // The customer's message was of our own prompt: it ends with the code that proves the sale.
                self.pay_tender(&owner.tender_id, money, Why::Code, now)
            } else {
                self.hand_over(money, &paid, (&owner, why), now)
            };
        }
        let agrees = money.amount == row.amount;
        let foreign = typed && self.is_another_counters(&arrival.reference);
        let ids = &mut self.ids;
        self.store.write(|tx| {
            money_in::record(tx, money, now.utc)?;
            let doubt = match (agrees, foreign) {
                (false, _) => Some(MatterKind::Contradiction),
                (true, true) => Some(MatterKind::CodeOfAnother),
                (true, false) => None,
            };
            if let Some(kind) = doubt {
                return book::raise(tx, ids, kind, money.amount, &paid.sale_id, None, now);
            }
            if typed && row.grade < Grade::Callback as u8 {
                book::prove(tx, ids, &paid, now)?;
            }
            Ok(())
        })?;
        if agrees && !typed {
            return Ok(Vec::new());
        }
        self.codes.remove(tender_id);
        self.announce(&paid.sale_id, now)
    }

    /// The push whose own payment this certainly is, and why, although its code was typed for a sale: a shown
    /// message proves little, our own reference or phone proves more.
    fn owner_of(
        &self,
        money: &MoneyIn,
        arrival: &Arrival,
        now: Now,
    ) -> Result<Option<(Claim, Why)>, TillError> {
        if push_table::names(self.store.read(), &money.receipt)? {
            // Its own push has it already, by callback.
            return Ok(None);
        }
        let pushes: Vec<Claim> = self
            .claims(now)?
            .into_iter()
            .filter(|claim| match claim.hold {
                Hold::Paid | Hold::Open => true,
                Hold::Waiting | Hold::Over => false,
            })
            .collect();
        Ok(match judge(arrival, &pushes) {
            Verdict::Attach { tender_id, why } => pushes
                .into_iter()
                .find(|claim| claim.tender_id == tender_id)
                .map(|claim| (claim, why)),
            Verdict::Offer { .. } => None,
        })
    }

    /// Takes the payment from the sale for which its code was typed and gives it to the push it belongs to.
    /// The other sale keeps its tender, not proved, and a question that a person must look at.
    fn hand_over(
        &mut self,
        money: &MoneyIn,
        typed: &TenderRow,
        (owner, why): (&Claim, Why),
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let push = push_table::of_tender(self.store.read(), &owner.tender_id)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            money_in::release(tx, &money.receipt)?;
            book::raise(
                tx,
                ids,
                MatterKind::CodeOfAnother,
                typed.amount,
                &typed.sale_id,
                Some(&push.id),
                now,
            )
        })?;
        let mut effects = self.pay_tender(&owner.tender_id, money, why, now)?;
        effects.extend(self.announce(&typed.sale_id, now)?);
        Ok(effects)
    }

    /// Safaricom names a receipt number as the result of our own push, and somebody had typed it as another
    /// sale's code: a shown message proves less.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn take_back_from_code(
        &mut self,
        push: &Push,
        receipt: &ReceiptNumber,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let conn = self.store.read();
        let Some(row) = money_in::get(conn, receipt)?.filter(|row| row.grade < Grade::Callback as u8) else {
            return Ok(Vec::new());
        };
        let Some(tender_id) = row.tender_id else {
            return Ok(Vec::new());
        };
        let typed = tender::get(conn, &tender_id)?;
        if typed.sale_id == push.sale_id || !matches!(typed.kind, TenderKind::Code { .. }) {
            return Ok(Vec::new());
        }
        let ids = &mut self.ids;
        self.store.write(|tx| {
            money_in::release(tx, receipt)?;
            let kind = MatterKind::CodeOfAnother;
            book::raise(tx, ids, kind, typed.amount, &typed.sale_id, Some(&push.id), now)
        })?;
        self.codes.remove(&tender_id);
        self.announce(&typed.sale_id, now)
    }

    /// The push that a receipt number pays.
    pub(super) fn push_of_receipt(&self, receipt: &ReceiptNumber) -> Result<Option<Push>, TillError> {
        let conn = self.store.read();
        let Some(tender_id) = money_in::get(conn, receipt)?.and_then(|row| row.tender_id) else {
            return Ok(None);
        };
        match tender::get(conn, &tender_id)?.kind {
            TenderKind::Push => push_table::of_tender(conn, &tender_id).map(Some),
            TenderKind::Cash { .. } | TenderKind::ToTill { .. } | TenderKind::Code { .. } => Ok(None),
        }
    }

    /// Sales that wait for the till and codes that wait for their confirmation, read once at the start.
    pub(super) fn recall_what_is_awaited(&mut self, now: Now) -> Result<(), TillError> {
        let conn = self.store.read();
        self.till_waiters = tender::waiting(conn)?
            .into_iter()
            .map(|tender| tender.sale_id)
            .collect();
        self.codes = tender::not_confirmed(conn, self.reachable_since(now))?
            .into_iter()
            .collect();
        Ok(())
    }

    /// Does this sale wait for the till now?
    pub(super) fn recall_waiter(&mut self, sale_id: &str) -> Result<(), TillError> {
        let conn = self.store.read();
        let open = sale::get(conn, sale_id)?.state == SaleState::Open;
        let waits = open
            && tender::of_sale(conn, sale_id)?
                .iter()
                .any(|tender| matches!(tender.kind, TenderKind::ToTill { waiting: true, .. }));
        if waits {
            self.till_waiters.insert(sale_id.to_owned());
        } else {
            self.till_waiters.remove(sale_id);
        }
        Ok(())
    }
}
