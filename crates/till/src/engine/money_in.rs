//! The one door for every M-Pesa payment that comes to light, whatever told of it.
//!
//! In one transaction: the receipt number (unique in the file), the witness, the tender it pays, the posting.

use chrono::{DateTime, Utc};

use super::counters::Leave;
use super::own_reference::Place;
use super::{Announcement, Beside, Effect, Engine, book};
use crate::clock::Now;
use crate::error::TillError;
use crate::matching::{Arrival, Claim, Verdict};
use crate::money::Money;
use crate::push::{Event, Push};
use crate::receipt_number::ReceiptNumber;
use crate::store::money_in::{self, MoneyIn, MoneyInRow};
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::store::{push as push_table, sale, witness};
use crate::view::{MatterKind, SaleState, Why};

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
            Some(row) if row.grade >= money.grade as u8 && row.amount != money.amount => {
                self.disagree(money, &row, now)
            }
            Some(row) if row.grade >= money.grade as u8 && !self.may_fit_now(&arrival, now)? => {
                Ok(Vec::new())
            }
            Some(_) | None => self.place_arrival(money, &arrival, now),
        }
    }

    /// A payment that pays nothing yet is told of with another amount, by nobody who is believed more: both words are
    /// kept and neither pays anything. Of two equal ones Safaricom's own list decides.
    fn disagree(&mut self, money: &MoneyIn, row: &MoneyInRow, now: Now) -> Result<Vec<Effect>, TillError> {
        if self.said_before(money)? {
            return Ok(Vec::new());
        }
        let equal = row.grade == money.grade as u8;
        self.store.write(|tx| {
            if equal {
                money_in::record_hint(tx, money, false, now.utc)
            } else {
                money_in::record(tx, money, now.utc).map(drop)
            }
        })?;
        Ok(self.pull_now(now))
    }

    /// A payment that fitted nothing when it came may fit now.
    fn may_fit_now(&self, arrival: &Arrival, now: Now) -> Result<bool, TillError> {
        Ok(matches!(
            self.verdict_to_book(arrival, &self.claims(now)?),
            Verdict::Attach { .. }
        ))
    }

    fn place_arrival(
        &mut self,
        money: &MoneyIn,
        arrival: &Arrival,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let claims = self.claims(now)?;
        match self.place_of(arrival, &claims)? {
            Place::Tender { tender_id, why } => self.pay_tender(&tender_id, money, why, now),
            Place::Sale { sale_id } => self.pay_sale(&sale_id, money, Why::Reference, now),
            Place::Nowhere => {
                self.store.write(|tx| money_in::record(tx, money, now.utc))?;
                Ok(vec![Effect::Announce(Announcement::RollChanged)])
            }
        }
    }

    /// What a payment that pays nothing yet may be given to: offered only, while a typed code rivals it or a sale
    /// that waited for such a payment.
    pub(super) fn place_for(&self, arrival: &Arrival, claims: &[Claim]) -> Result<Verdict, TillError> {
        Ok(match self.verdict_to_book(arrival, claims) {
            Verdict::Attach { tender_id, why }
                if self.a_code_rivals(&tender_id, why, claims)?
                    || self.a_wait_rivals(arrival, (&tender_id, why), claims)? =>
            {
                Verdict::Offer {
                    tender_ids: vec![tender_id],
                }
            }
            verdict @ (Verdict::Attach { .. } | Verdict::Offer { .. }) => verdict,
        })
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
        let mut effects = match self.leave_to_book(&row, money, why, now)? {
            Leave::Now(effects) => effects,
            Leave::Not(effects) => return Ok(effects),
        };
        effects.extend(match &row.kind {
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
                self.apply_with(&push.id, event, beside, now)?
            }
            TenderKind::ToTill { .. } => self.pay_sale(&row.sale_id, money, why, now)?,
            TenderKind::Cash { .. } | TenderKind::Code { .. } | TenderKind::Credit { .. } => {
                return Err(TillError::internal("a payment for a tender that takes none"));
            }
        });
        effects.extend(self.ask_beside_another(&money.receipt, &row.sale_id, now)?);
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
        let differs = money.amount != row.amount;
        if row.grade >= money.grade as u8 && (!differs || self.said_before(money)?) {
            return Ok(Vec::new());
        }
        let paid = tender::get(self.store.read(), tender_id)?;
        match paid.kind {
            TenderKind::Code { confirmed: false, .. } => self.confirm_code(money, arrival, &paid, now),
            TenderKind::Code { confirmed: true, .. }
            | TenderKind::Cash { .. }
            | TenderKind::Credit { .. }
            | TenderKind::Push
            | TenderKind::ToTill { .. } => self.witness_again(money, row.amount, &paid, now),
        }
    }

    /// The book has the payment; now a stronger witness tells of it too.
    fn witness_again(
        &mut self,
        money: &MoneyIn,
        stands: Money,
        paid: &TenderRow,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let differs = money.amount != stands;
        let stronger = money_in::get(self.store.read(), &money.receipt)?
            .is_some_and(|row| row.grade < money.grade as u8);
        let ids = &mut self.ids;
        self.store.write(|tx| {
            money_in::record(tx, money, now.utc)?;
            if differs && stronger {
                book::correct(tx, ids, paid, (stands, money.amount), now)?;
            }
            if differs {
                let kind = MatterKind::Contradiction;
                book::raise(tx, ids, kind, money.amount, &paid.sale_id, None, now)?;
            }
            Ok(())
        })?;
        if differs && !stronger {
            // Safaricom's own list decides between the two.
            self.puller_soon(now);
        }
        if differs {
            self.announce(&paid.sale_id, now)
        } else {
            Ok(Vec::new())
        }
    }

    /// Has this witness said just this of the payment before?
    fn said_before(&self, money: &MoneyIn) -> Result<bool, TillError> {
        let told = witness::about(self.store.read(), None, Some(&money.receipt))?;
        Ok(told
            .iter()
            .any(|word| word.told_by == money.grade.told_by() && word.amount == Some(money.amount)))
    }

    /// The push that a receipt number pays.
    pub(super) fn push_of_receipt(&self, receipt: &ReceiptNumber) -> Result<Option<Push>, TillError> {
        let conn = self.store.read();
        let Some(tender_id) = money_in::get(conn, receipt)?.and_then(|row| row.tender_id) else {
            return Ok(None);
        };
        match tender::get(conn, &tender_id)?.kind {
            TenderKind::Push => push_table::of_tender(conn, &tender_id).map(Some),
            TenderKind::Cash { .. }
            | TenderKind::ToTill { .. }
            | TenderKind::Code { .. }
            | TenderKind::Credit { .. } => Ok(None),
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
