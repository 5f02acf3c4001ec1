//! Cash: exact, with change, or a part of the sale.

use super::{Effect, Engine, book, open_sale, printing};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::store::posting::Account;
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::view::CashTaken;

impl Engine {
    /// Takes `tendered` for what is left of the sale (or for a new sale of `amount`). Less than what is
    /// left is a part; more gives change.
    ///
    /// # Errors
    /// [`Code::AmountInvalid`] for nothing or less, [`Code::SaleEnded`], or the disk's trouble.
    pub fn take_cash(
        &mut self,
        sale_id: Option<&str>,
        amount: Money,
        tendered: Money,
        now: Now,
    ) -> Result<(CashTaken, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        if tendered.is_zero() || tendered.is_negative() {
            return Err(TillError::new(
                Code::AmountInvalid,
                "Type how much cash the customer gave: more than zero.",
            ));
        }
        let opening = self.opening(amount, now)?;
        let (ids, counter) = (&mut self.ids, &self.counter);
        let (id, change) = self.store.write(|tx| {
            let (sale, left) = open_sale::for_tender(tx, ids, counter, sale_id, opening, now)?;
            let part = tendered.min(left);
            let tender = TenderRow {
                id: ids.next_id(),
                sale_id: sale.id.clone(),
                amount: part,
                stands: true,
                opened_at: now.utc,
                person_id: None,
                kind: TenderKind::Cash { tendered },
            };
            tender::insert(tx, &tender)?;
            book::take(tx, ids, Account::Cash, part, &sale, &tender.id, now)?;
            printing::cash_taken(tx, &sale, now)?;
            book::settle_if_paid(tx, &sale.id, now)?;
            let change = tendered
                .checked_sub(part)
                .ok_or_else(|| TillError::internal("a sum out of bounds"))?;
            Ok((sale.id, change))
        })?;
        self.recall_waiter(&id)?;
        let sale = self.sale(&id, now)?;
        Ok((CashTaken { sale, change }, self.announce(&id, now)?))
    }
}
