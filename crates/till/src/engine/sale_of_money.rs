//! Money first: a payment came to the till, and only then somebody writes the sale it was for.

use super::pay_sale::{book_payment, wait_by_hand};
use super::{Effect, Engine, open_sale};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::receipt_number::ReceiptNumber;
use crate::view::{SaleView, Why};

impl Engine {
    /// Makes a payment a sale of its own, of its amount and settled by it, in one transaction. While it may be
    /// for another sale (a prompt that may have been paid, a sale that waits), somebody who has seen those must
    /// say that it is for `none_of_them`.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a payment that is not there, [`Code::NotAllowed`] when it pays something already
    /// or may be for another sale, or the disk's trouble.
    pub fn sale_of_money(
        &mut self,
        receipt: &ReceiptNumber,
        none_of_them: bool,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        let row = self.unplaced_row(receipt)?;
        if !none_of_them && !self.may_be_for(&row, &self.claims(now)?)?.is_empty() {
            return Err(TillError::new(
                Code::NotAllowed,
                "This payment may be for a sale that is open. Look at those first, then say that it is for none of them.",
            ));
        }
        let amount = row.amount;
        let money = row.told(receipt.clone());
        let opening = self.opening(amount, now)?;
        if self.must_ask(receipt, Why::Person)? {
            let (ids, counter) = (&mut self.ids, &self.counter);
            let sale_id = self.store.write(|tx| {
                let (sale, left) = open_sale::for_tender(tx, ids, counter, None, opening, now)?;
                wait_by_hand(tx, ids, &sale, left, now)?;
                Ok(sale.id)
            })?;
            let effects = self.pay_sale(&sale_id, &money, Why::Person, now)?;
            return Ok((self.sale(&sale_id, now)?, effects));
        }
        let (ids, counter) = (&mut self.ids, &self.counter);
        let (sale_id, tender_id) = self.store.write(|tx| {
            let (sale, _) = open_sale::for_tender(tx, ids, counter, None, opening, now)?;
            let tender_id = book_payment(tx, ids, &sale, &money, Why::Person, now)?;
            Ok((sale.id, tender_id))
        })?;
        let effects = self.tell_payment(&sale_id, &tender_id, now)?;
        Ok((self.sale(&sale_id, now)?, effects))
    }
}
