//! A sale is given up before it was paid: what was taken of it goes back.

use rusqlite::Transaction;

use super::{Effect, Engine, book, credit};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::ids::IdSource;
use crate::money::Money;
use crate::people::Act;
use crate::store::posting::{self, Account, Entry, Hand};
use crate::store::sale::SaleRow;
use crate::store::tender::{TenderKind, TenderRow};
use crate::store::{debt, reason, sale, tender};
use crate::view::{MatterKind, SaleState, SaleView};

impl Engine {
    /// Voids an open sale. Cash that was taken is to be given back at once; what came by M-Pesa is owed to the
    /// customer. A prompt that may still be paid stays watched.
    ///
    /// # Errors
    /// [`Code::SaleEnded`] for a sale that is over, [`Code::NotAllowed`] without a reason, those of [`Self::may`] for
    /// what the sale needs, or the disk's trouble.
    pub fn void_sale(
        &mut self,
        sale_id: &str,
        why: &str,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        let why = reason::said(why)?;
        let before = self.sale(sale_id, now)?;
        let Some(needs) = before.void_needs else {
            return Err(TillError::new(
                Code::SaleEnded,
                "This sale is over: what was paid goes back as a refund.",
            ));
        };
        let permit = self.permit(needs, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let row = sale::get(tx, sale_id)?;
            for taken in tender::of_sale(tx, sale_id)?
                .iter()
                .filter(|tender| tender.stands)
            {
                give_back(tx, ids, &row, taken, now)?;
            }
            tender::stop_waiting(tx, sale_id)?;
            sale::void(tx, sale_id, why, now.utc)?;
            permit.write(tx, ids, (Some(sale_id), Some(before.paid)), Some(why), now)
        })?;
        self.till_waiters.remove(sale_id);
        Ok((self.sale(sale_id, now)?, self.announce(sale_id, now)?))
    }
}

/// What was promised for the sale is owed no more. What of it was paid off meanwhile goes back to the customer.
fn take_off_debt(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    (tender_id, customer_id, amount): (&str, &str, Money),
    now: Now,
) -> Result<(), TillError> {
    let off = amount.min(credit::free(tx, customer_id)?);
    let back = book::minus(amount, off)?;
    if !back.is_zero() && !debt::under_way(tx, customer_id)?.is_zero() {
        return Err(TillError::new(
            Code::NotAllowed,
            "A payment of this customer's debt is under way: end it first, then give this sale up.",
        ));
    }
    for (account, amount) in [(Account::Credit, off), (Account::RefundDue, back)] {
        let entry = Entry {
            id: &ids.next_id(),
            debit: sale.kind.income(),
            credit: account,
            amount,
            sale_id: Some(&sale.id),
            tender_id: Some(tender_id),
            hand: Hand::AtDesk,
        };
        posting::append(tx, &entry, now.utc)?;
    }
    if back.is_zero() {
        return Ok(());
    }
    book::raise(tx, ids, MatterKind::RefundDue, back, &sale.id, None, now)
}

/// What it takes to void a sale now; nothing voids one that is over.
pub(super) const fn needs(state: SaleState, taken: bool, alive: bool) -> Option<Act> {
    match (state, alive, taken) {
        (SaleState::Settled | SaleState::Voided, _, _) => None,
        (SaleState::Open, true, _) => Some(Act::VoidLive),
        (SaleState::Open, false, true) => Some(Act::VoidTaken),
        (SaleState::Open, false, false) => Some(Act::VoidSale),
    }
}

fn give_back(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    taken: &TenderRow,
    now: Now,
) -> Result<(), TillError> {
    let amount = taken.amount.min(sale.amount);
    let from = match &taken.kind {
        TenderKind::Cash { .. } => Account::Cash,
        TenderKind::Credit { customer_id } => {
            return take_off_debt(tx, ids, sale, (&taken.id, customer_id, amount), now);
        }
        TenderKind::Push | TenderKind::ToTill { .. } | TenderKind::Code { .. } => Account::RefundDue,
    };
    let entry = Entry {
        id: &ids.next_id(),
        debit: sale.kind.income(),
        credit: from,
        amount,
        sale_id: Some(&sale.id),
        tender_id: Some(&taken.id),
        hand: Hand::AtDesk,
    };
    posting::append(tx, &entry, now.utc)?;
    if from == Account::RefundDue {
        book::raise(tx, ids, MatterKind::RefundDue, amount, &sale.id, None, now)?;
    }
    Ok(())
}
