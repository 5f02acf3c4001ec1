//! The customer pays the till or paybill from the own phone: the sale waits on the roll.

use super::{Effect, Engine, open_sale};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::{Money, MpesaAmount};
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::view::{SaleState, SaleView};

impl Engine {
    /// Lets the sale wait for a payment to the till; `digits` are the last three of the payer's phone.
    ///
    /// # Errors
    /// [`Code::PhoneInvalid`] for anything but three digits, [`Code::AmountInvalid`],
    /// [`Code::SaleEnded`], or the disk's trouble.
    pub fn wait_for_till(
        &mut self,
        sale_id: Option<&str>,
        amount: Money,
        digits: Option<&str>,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        if digits.is_some_and(|digits| digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return Err(TillError::new(
                Code::PhoneInvalid,
                "Type the last 3 digits of the phone, or leave it empty.",
            ));
        }
        let opening = self.opening(amount, now)?;
        let (ids, counter) = (&mut self.ids, &self.counter);
        let id = self.store.write(|tx| {
            let (sale, left) = open_sale::for_tender(tx, ids, counter, sale_id, opening, now)?;
            MpesaAmount::try_from(left)
                .map_err(|error| TillError::new(Code::AmountInvalid, error.to_string()))?;
            // One wait a sale: a second press only corrects the digits, and what was paid since the first counts.
            let since = tender::of_sale(tx, &sale.id)?
                .iter()
                .find(|tender| tender.amount == left && is_waiting(tender))
                .map_or(now.utc, |tender| tender.opened_at);
            tender::stop_waiting(tx, &sale.id)?;
            let tender = TenderRow {
                id: ids.next_id(),
                sale_id: sale.id.clone(),
                amount: left,
                stands: false,
                opened_at: since,
                person_id: None,
                kind: TenderKind::ToTill {
                    digits: digits.map(str::to_owned),
                    waiting: true,
                    receipt: None,
                },
            };
            tender::insert(tx, &tender)?;
            crate::store::sale::touch(tx, &sale.id, SaleState::Open, now.utc)?;
            Ok(sale.id)
        })?;
        self.till_waiters.insert(id.clone());
        self.till_waited_since = Some(now.mono);
        self.puller_soon(now);
        let mut effects = self.announce(&id, now)?;
        effects.extend(self.next_page(now));
        Ok((self.sale(&id, now)?, effects))
    }
}

const fn is_waiting(tender: &TenderRow) -> bool {
    matches!(tender.kind, TenderKind::ToTill { waiting: true, .. })
}
