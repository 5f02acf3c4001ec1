//! A person says which sale a payment is for.

use std::cmp::Reverse;

use super::{Effect, Engine, Sharing, book, claims};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::matching::{self, Verdict};
use crate::receipt_number::ReceiptNumber;
use crate::store::money_in::{self, MoneyIn, MoneyInRow};
use crate::store::{sale, tender};
use crate::view::{MatterKind, MoneyInView, Offer, SaleView, Why};

impl Engine {
    /// Gives a payment to a sale that asked for just this amount.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a payment that is not there, [`Code::NotAllowed`] when it pays something
    /// already or the sale asks for no such payment, or the disk's trouble.
    pub fn place_money(
        &mut self,
        receipt: &ReceiptNumber,
        sale_id: &str,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
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
        let tender_id = self
            .claims(now)?
            .into_iter()
            .filter(|claim| claim.sale_id == sale_id && claim.amount == row.amount)
            .min_by_key(|claim| (claim.hold, Reverse(claim.window.0)))
            .map(|claim| claim.tender_id)
            .ok_or_else(|| {
                TillError::new(
                    Code::NotAllowed,
                    "That sale does not wait for a payment of this amount.",
                )
            })?;
        let money = row.told(receipt.clone());
        let mut effects = self.pay_tender(&tender_id, &money, Why::Person, now)?;
        effects.extend(self.perhaps_elsewhere_too(&money, sale_id, now)?);
        Ok((self.sale(sale_id, now)?, effects))
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

    fn unplaced_view(
        &self,
        receipt: ReceiptNumber,
        row: MoneyInRow,
        claims: &[matching::Claim],
    ) -> Result<MoneyInView, TillError> {
        let tender_ids = match self.verdict(&claims::arrival_of(&row), claims) {
            Verdict::Attach { tender_id, .. } => vec![tender_id],
            Verdict::Offer { tender_ids } => tender_ids,
        };
        let mut offers: Vec<Offer> = Vec::new();
        for tender_id in tender_ids {
            let sale_id = tender::get(self.store.read(), &tender_id)?.sale_id;
            if !offers.iter().any(|offer| offer.sale_id == sale_id) {
                let reference = sale::get(self.store.read(), &sale_id)?.reference;
                offers.push(Offer { sale_id, reference });
            }
        }
        Ok(MoneyInView {
            at: row.paid_at.unwrap_or(row.at),
            amount: row.amount,
            digits: row.digits,
            receipt,
            offers,
            hint: row.hint,
        })
    }
}
