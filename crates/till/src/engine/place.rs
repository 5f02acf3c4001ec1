//! A person says which sale a payment is for.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use chrono::DateTime;

use super::{Effect, Engine, Sharing, book};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::matching::{self, ends_alike};
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::money_in::{self, MoneyIn, MoneyInRow};
use crate::store::tender::{self, TenderKind};
use crate::store::{payer_name, sale, z};
use crate::view::{CarriedKind, MatterKind, MoneyInView, Offer, SaleState, SaleView, Why};

impl Engine {
    /// Gives a payment to the prompt or to the wait of a sale that asked for just this amount, or to an open
    /// sale of which so much is left. A sale that was to be paid by hand takes any amount: less leaves a rest to
    /// pay, more is to be given back.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a payment that is not there, [`Code::NotAllowed`] when it pays something
    /// already or the sale is over or
    /// asks for no such payment, or the disk's trouble.
    pub fn place_money(
        &mut self,
        receipt: &ReceiptNumber,
        sale_id: &str,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        let row = self.unplaced_row(receipt)?;
        let asked = self
            .claims(now)?
            .into_iter()
            .filter(|claim| claim.sale_id == sale_id && claim.amount == row.amount)
            // Of two prompts of the sale, the one that went to the payer's phone.
            .min_by_key(|claim| {
                let phone = claim.digits.as_deref().unwrap_or_default();
                let other_phone = !ends_alike(phone, row.digits.as_deref().unwrap_or_default());
                (other_phone, claim.hold, Reverse(claim.window.0))
            })
            .map(|claim| claim.tender_id);
        let takes = self.takes_by_hand(sale_id, row.amount)?;
        let money = row.told(receipt.clone());
        let mut effects = match asked {
            Some(tender_id) => self.pay_tender(&tender_id, &money, Why::Person, now)?,
            None if takes => self.pay_sale(sale_id, &money, Why::Person, now)?,
            None => {
                return Err(TillError::new(
                    Code::NotAllowed,
                    "That sale is over, or does not ask for a payment of this amount.",
                ));
            }
        };
        effects.extend(self.perhaps_elsewhere_too(&money, sale_id, now)?);
        Ok((self.sale(sale_id, now)?, effects))
    }

    /// Whether an open sale takes a payment that a person brings: it was to be paid by hand, whatever came of
    /// that, or just so much is left of it.
    fn takes_by_hand(&self, sale_id: &str, amount: Money) -> Result<bool, TillError> {
        let sale = sale::get(self.store.read(), sale_id)?;
        let tenders = tender::of_sale(self.store.read(), sale_id)?;
        let by_hand = tenders
            .iter()
            .any(|tender| matches!(tender.kind, TenderKind::ToTill { .. }));
        Ok(sale.state == SaleState::Open && (by_hand || book::left(&sale, &tenders)? == amount))
    }

    /// A payment that pays nothing yet.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::NotAllowed`] when it pays something already, or the disk's trouble.
    pub(super) fn unplaced_row(&self, receipt: &ReceiptNumber) -> Result<MoneyInRow, TillError> {
        let row =
            money_in::get(self.store.read(), receipt)?.ok_or_else(|| TillError::not_found("payment"))?;
        if row.tender_id.is_some() {
            return Err(TillError::new(
                Code::NotAllowed,
                "This payment already pays a sale.",
            ));
        }
        if row.odd || row.hint && self.puller.on {
            return Err(TillError::new(
                Code::NotAllowed,
                "Safaricom's list must show this payment first: Keshia is reading it.",
            ));
        }
        if self.is_another_counter_s(receipt)? {
            return Err(TillError::new(
                Code::NotAllowed,
                "Another counter has this payment for one of its sales.",
            ));
        }
        Ok(row)
    }

    /// A person gave a payment with another counter's reference to a sale of this one. Without a relay nobody
    /// settles it: the other counter takes it by that reference, so somebody must look.
    fn perhaps_elsewhere_too(
        &mut self,
        money: &MoneyIn,
        sale_id: &str,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let reference = money.reference.as_deref().unwrap_or_default();
        if self.counter.sharing == Sharing::Claims || !self.is_another_counters(reference) {
            return Ok(Vec::new());
        }
        let kind = MatterKind::AlsoAtAnotherCounter;
        let ids = &mut self.ids;
        self.store
            .write(|tx| book::raise(tx, ids, kind, money.amount, sale_id, None, now))?;
        self.announce(sale_id, now)
    }

    /// Payments that pay nothing yet, newest first, with the sales they may be for.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn unplaced(&self, now: Now) -> Result<Vec<MoneyInView>, TillError> {
        let mut rows = money_in::unplaced(self.store.read(), self.reachable_since(now))?;
        self.only_ours(&mut rows)?;
        rows.retain(|(receipt, _)| self.is_shown(receipt));
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let claims = self.claims(now)?;
        let mut views: Vec<MoneyInView> = rows
            .into_iter()
            .map(|(receipt, row)| self.unplaced_view(receipt, row, &claims))
            .collect::<Result<_, _>>()?;
        views.reverse();
        Ok(views)
    }

    /// Payments that pay nothing yet, however old: the roll forgets them after two days, a close does not. What a close
    /// has carried stays until it is known whose it is: that the relay was not asked about it since the start, or is not
    /// asked about anything so old any more, solves nothing.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn never_placed(&self, now: Now) -> Result<Vec<(ReceiptNumber, Money)>, TillError> {
        let conn = self.store.read();
        let mut rows = money_in::unplaced(conn, DateTime::default())?;
        self.only_ours(&mut rows)?;
        let carried: BTreeSet<String> = z::carried(conn)?
            .into_iter()
            .filter(|row| row.kind == CarriedKind::MoneyIn.word())
            .map(|row| row.about)
            .collect();
        let oldest = self.reachable_since(now);
        Ok(rows
            .into_iter()
            .filter(|(receipt, row)| {
                self.is_shown(receipt) || row.at < oldest || carried.contains(receipt.as_str())
            })
            .map(|(receipt, row)| (receipt, row.amount))
            .collect())
    }

    fn unplaced_view(
        &self,
        receipt: ReceiptNumber,
        row: MoneyInRow,
        claims: &[matching::Claim],
    ) -> Result<MoneyInView, TillError> {
        let mut offers: Vec<Offer> = Vec::new();
        for sale_id in self.may_be_for(&row, claims)? {
            let reference = sale::get(self.store.read(), &sale_id)?.reference;
            offers.push(Offer { sale_id, reference });
        }
        Ok(MoneyInView {
            at: row.paid_at.unwrap_or(row.at),
            amount: row.amount,
            digits: row.digits,
            first_name: payer_name::get(self.store.read(), &receipt)?,
            receipt,
            offers,
            hint: row.hint,
        })
    }
}
