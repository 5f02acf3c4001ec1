//! Cash that goes into the drawer, or out of it, and is no sale.

use super::{Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::people::Act;
use crate::store::posting::{self, Account, Entry, Hand};
use crate::store::reason;
use crate::view::DrawerView;

impl Engine {
    /// Puts cash in, with its reason.
    ///
    /// # Errors
    /// [`Code::AmountInvalid`], [`Code::NotAllowed`] without a reason, those of [`Self::may`], or the disk's trouble.
    pub fn pay_in(
        &mut self,
        amount: Money,
        why: &str,
        now: Now,
    ) -> Result<(DrawerView, Vec<Effect>), TillError> {
        self.move_cash(Act::PayIn, (Account::Cash, Account::PaidIn), amount, why, now)
    }

    /// Pays something out of the drawer, with its reason.
    ///
    /// # Errors
    /// As [`Self::pay_in`].
    pub fn pay_out(
        &mut self,
        amount: Money,
        why: &str,
        now: Now,
    ) -> Result<(DrawerView, Vec<Effect>), TillError> {
        self.move_cash(Act::PayOut, (Account::PaidOut, Account::Cash), amount, why, now)
    }

    fn move_cash(
        &mut self,
        act: Act,
        (debit, credit): (Account, Account),
        amount: Money,
        why: &str,
        now: Now,
    ) -> Result<(DrawerView, Vec<Effect>), TillError> {
        if amount.is_zero() || amount.is_negative() {
            return Err(TillError::new(
                Code::AmountInvalid,
                "Type how much: more than zero.",
            ));
        }
        let why = reason::said(why)?;
        let permit = self.permit(act, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let entry_id = ids.next_id();
            let entry = Entry {
                id: &entry_id,
                debit,
                credit,
                amount,
                sale_id: None,
                tender_id: None,
                hand: Hand::AtDesk,
            };
            posting::append(tx, &entry, now.utc)?;
            permit.write(tx, ids, (Some(&entry_id), Some(amount)), Some(why), now)
        })?;
        Ok((self.drawer(now)?, Vec::new()))
    }
}
