//! A payment pays what is left of a sale. Whatever its amount, it has an outcome and a next step: too little
//! leaves a rest to pay, too much is to be given back.

use rusqlite::Transaction;

use super::counters::{Leave, is_certain};
use super::{Effect, Engine, book};
use crate::clock::Now;
use crate::error::TillError;
use crate::ids::IdSource;
use crate::money::Money;
use crate::store::money_in::{self, MoneyIn};
use crate::store::posting::Account;
use crate::store::sale::{self, SaleRow};
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::view::{MatterKind, Outcome, SaleState, Why};

impl Engine {
    /// The payment pays this sale: by the part that waited for it, or by a new one.
    ///
    /// # Errors
    /// The disk's trouble; nothing was written then.
    pub(super) fn pay_sale(
        &mut self,
        sale_id: &str,
        money: &MoneyIn,
        why: Why,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        if self.must_ask(&money.receipt, why)? {
            let row = self.part_to_ask_for(sale_id, now)?;
            match self.leave_to_book(&row, money, why, now)? {
                Leave::Now(beside) => effects.extend(beside),
                Leave::Not(asked) => return Ok(asked),
            }
        } else if is_certain(why) {
            effects.extend(self.claim(&money.receipt, now)?);
        }
        let ids = &mut self.ids;
        let tender_id = self.store.write(|tx| {
            let sale = sale::get(tx, sale_id)?;
            book_payment(tx, ids, &sale, money, why, now)
        })?;
        effects.extend(self.tell_payment(sale_id, &tender_id, now)?);
        Ok(effects)
    }

    /// The part of the sale that waits while the other counters are asked, made if there is none.
    fn part_to_ask_for(&mut self, sale_id: &str, now: Now) -> Result<TenderRow, TillError> {
        let ids = &mut self.ids;
        let row = self.store.write(|tx| {
            let sale = sale::get(tx, sale_id)?;
            let tenders = tender::of_sale(tx, sale_id)?;
            let waiting = tenders
                .iter()
                .find(|tender| matches!(tender.kind, TenderKind::ToTill { waiting: true, .. }));
            let id = match waiting {
                Some(tender) => tender.id.clone(),
                None => wait_by_hand(tx, ids, &sale, book::left(&sale, &tenders)?, now)?,
            };
            tender::get(tx, &id)
        })?;
        self.recall_waiter(sale_id)?;
        Ok(row)
    }

    /// The screens learn what a payment to the till has become.
    pub(super) fn tell_payment(
        &mut self,
        sale_id: &str,
        tender_id: &str,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        self.recall_waiter(sale_id)?;
        let mut effects = self.announce(sale_id, now)?;
        let settled = sale::get(self.store.read(), sale_id)?.state == SaleState::Settled;
        // A rest is still to pay: somebody must say so before the customer leaves.
        let outcome = if settled { Outcome::Paid } else { Outcome::Look };
        effects.push(self.tell(tender_id, sale_id, outcome, now)?);
        Ok(effects)
    }
}

/// Books the whole payment in the caller's transaction, and returns the tender it pays: as much of it as is
/// left to pay is for the sale, the rest of it is owed back.
pub(super) fn book_payment(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    money: &MoneyIn,
    why: Why,
    now: Now,
) -> Result<String, TillError> {
    let tenders = tender::of_sale(tx, &sale.id)?;
    let left = book::left(sale, &tenders)?;
    let waiting = tenders
        .iter()
        .find(|tender| matches!(tender.kind, TenderKind::ToTill { waiting: true, .. }));
    let tender_id = match waiting {
        Some(tender) => tender.id.clone(),
        None => by_hand(tx, ids, sale, (money.amount, None), now)?,
    };
    money_in::record(tx, money, now.utc)?;
    money_in::attach(tx, &money.receipt, &tender_id, why)?;
    tender::paid_to_till(tx, &tender_id, &money.receipt, money.amount)?;
    let for_sale = money.amount.min(left);
    book::take(tx, ids, Account::MpesaProved, for_sale, sale, &tender_id, now)?;
    let over = book::minus(money.amount, for_sale)?;
    if !over.is_zero() {
        book::owe_back(tx, ids, sale, &tender_id, over, now)?;
        book::raise(tx, ids, MatterKind::TooMuch, over, &sale.id, None, now)?;
    }
    if let Some(waited) = waiting
        && let Some(rest) = left.checked_sub(for_sale).filter(|rest| !rest.is_zero())
    {
        // Whoever paid too little pays the rest, in whatever way: the sale goes on waiting for it.
        by_hand(tx, ids, sale, (rest, Some(waited)), now)?;
    }
    book::settle_if_paid(tx, &sale.id, now)?;
    Ok(tender_id)
}

/// A part that waits to be paid by hand, from any phone.
pub(super) fn wait_by_hand(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    amount: Money,
    now: Now,
) -> Result<String, TillError> {
    let waited = TenderRow {
        id: String::new(),
        sale_id: sale.id.clone(),
        amount,
        stands: false,
        opened_at: now.utc,
        person_id: None,
        kind: TenderKind::ToTill {
            digits: None,
            waiting: true,
            receipt: None,
        },
    };
    by_hand(tx, ids, sale, (amount, Some(&waited)), now)
}

/// A part that is paid by hand: waited for as long as the one before it, or not at all.
fn by_hand(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    (amount, waited): (Money, Option<&TenderRow>),
    now: Now,
) -> Result<String, TillError> {
    let kind = waited.map_or(
        TenderKind::ToTill {
            digits: None,
            waiting: false,
            receipt: None,
        },
        |before| before.kind.clone(),
    );
    let id = ids.next_id();
    let tender = TenderRow {
        id: id.clone(),
        sale_id: sale.id.clone(),
        amount,
        stands: false,
        opened_at: now.utc,
        person_id: None,
        kind,
    };
    tender::insert(tx, &tender)?;
    Ok(id)
}
