//! A known customer pays later: within the limit, or beyond it when a manager says why. What is owed is paid off by a
//! sale of its own, in every way in which a sale is paid, and what nobody will pay is written off.
//!
//! Payments of a debt that are under way are kept free of everything else that would lessen it, so that none of them
//! ever brings more than is owed.

use rusqlite::Connection;

use super::{Effect, Engine, book, customers, open_sale};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::people::Act;
use crate::store::posting::{self, Account, Entry, Hand};
use crate::store::sale::SaleKind;
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::store::{customer, debt, reason, sale};
use crate::view::{KnownCustomer, SaleState, SaleView};

/// What a customer takes now and pays later.
#[derive(Debug, Clone)]
pub struct CreditInput {
    /// The sale on the counter; none for a new one.
    pub sale_id: Option<String>,
    /// What a new sale owes.
    pub amount: Money,
    /// Whose word it is.
    pub customer_id: String,
    /// The part that is paid later; all that is left when nothing is said.
    pub part: Option<Money>,
    /// Why it may go beyond the limit.
    pub reason: Option<String>,
}

impl Engine {
    /// Takes a customer's word for a sale, or for a part of it.
    ///
    /// # Errors
    /// [`Code::AmountInvalid`] for nothing or more than is left, [`Code::NotAllowed`] for a debt that pays a debt, a
    /// second customer of one sale, or going beyond the limit without saying why; [`Code::SaleEnded`],
    /// [`Code::NotFound`], those of [`Self::may`], or the disk's trouble.
    pub fn give_credit(
        &mut self,
        input: &CreditInput,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        let opening = self.opening(input.amount, now)?;
        let part = self.part_of(input)?;
        let whose = customer::get(self.store.read(), &input.customer_id)?;
        let owed = debt::balance(self.store.read(), &whose.id)?;
        let beyond = part > customers::room(whose.limit, owed);
        let act = if beyond {
            Act::CreditBeyondLimit
        } else {
            Act::GiveCredit
        };
        self.may(act, now)?;
        let why = input.reason.as_deref().map(reason::said).transpose()?;
        let own = self.needs_no_grant(act);
        if beyond && own && why.is_none() {
            return Err(TillError::new(
                Code::NotAllowed,
                "This goes beyond the customer's limit. Say in a few words why.",
            ));
        }
        let permit = self.permit(act, now)?;
        let (ids, counter) = (&mut self.ids, &self.counter);
        let id = self.store.write(|tx| {
            let sale_id = input.sale_id.as_deref();
            let (sale, left) = open_sale::for_tender(tx, ids, counter, sale_id, opening, now)?;
            if part > left {
                return Err(too_much(left));
            }
            match &sale.kind {
                SaleKind::PayOff { .. } => return Err(no_debt_for_a_debt()),
                SaleKind::Sale { debtor: Some(other) } if *other != whose.id => {
                    return Err(TillError::new(
                        Code::NotAllowed,
                        "Another customer owes a part of this sale already.",
                    ));
                }
                SaleKind::Sale { .. } => sale::put_debtor(tx, &sale.id, &whose.id)?,
            }
            let tender = TenderRow {
                id: ids.next_id(),
                sale_id: sale.id.clone(),
                amount: part,
                stands: true,
                opened_at: now.utc,
                person_id: None,
                kind: TenderKind::Credit {
                    customer_id: whose.id.clone(),
                },
            };
            tender::insert(tx, &tender)?;
            book::take(tx, ids, Account::Credit, part, &sale, &tender.id, now)?;
            permit.write(tx, ids, (Some(&whose.id), Some(part)), why, now)?;
            book::settle_if_paid(tx, &sale.id, now)?;
            Ok(sale.id)
        })?;
        self.recall_waiter(&id)?;
        Ok((self.sale(&id, now)?, self.announce(&id, now)?))
    }

    /// Begins to pay off a debt: a sale that is paid in any of the ways, and whose money lessens what is owed.
    ///
    /// # Errors
    /// [`Code::AmountInvalid`] for nothing, or for more than is owed and not under way already; [`Code::NotFound`],
    /// those of [`Self::may`], or the disk's trouble.
    pub fn pay_off(
        &mut self,
        customer_id: &str,
        amount: Money,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        customer::get(self.store.read(), customer_id)?;
        within(amount, free(self.store.read(), customer_id)?)?;
        let permit = self.permit(Act::PayOff, now)?;
        let opening = self.opening(amount, now)?;
        let (ids, counter) = (&mut self.ids, &self.counter);
        let id = self.store.write(|tx| {
            let kind = SaleKind::PayOff {
                customer_id: customer_id.to_owned(),
            };
            let sale = open_sale::begin(tx, ids, counter, opening, kind, now)?;
            permit.write(tx, ids, (Some(customer_id), Some(amount)), None, now)?;
            Ok(sale.id)
        })?;
        Ok((self.sale(&id, now)?, self.announce(&id, now)?))
    }

    /// Gives up what a customer owes and will not pay.
    ///
    /// # Errors
    /// [`Code::AmountInvalid`] as in [`Self::pay_off`], [`Code::NotAllowed`] without a reason, [`Code::NotFound`], those
    /// of [`Self::may`], or the disk's trouble.
    pub fn write_off(
        &mut self,
        customer_id: &str,
        amount: Money,
        why: &str,
        now: Now,
    ) -> Result<KnownCustomer, TillError> {
        self.may(Act::WriteOff, now)?;
        let why = reason::said(why)?;
        customer::get(self.store.read(), customer_id)?;
        within(amount, free(self.store.read(), customer_id)?)?;
        let permit = self.permit(Act::WriteOff, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let entry = Entry {
                id: &ids.next_id(),
                debit: Account::WrittenOff,
                credit: Account::Credit,
                amount,
                sale_id: None,
                tender_id: None,
                hand: Hand::AtDesk,
            };
            debt::insert_write_off(tx, entry.id, customer_id, amount)?;
            posting::append(tx, &entry, now.utc)?;
            permit.write(tx, ids, (Some(customer_id), Some(amount)), Some(why), now)
        })?;
        self.customer(customer_id)
    }

    /// How much of the sale is to be paid later.
    fn part_of(&self, input: &CreditInput) -> Result<Money, TillError> {
        let left = match &input.sale_id {
            None => input.amount,
            Some(id) => {
                let conn = self.store.read();
                let sale = sale::get(conn, id)?;
                match sale.state {
                    SaleState::Open => book::left(&sale, &tender::of_sale(conn, id)?)?,
                    SaleState::Settled | SaleState::Voided => return Err(open_sale::ended()),
                }
            }
        };
        let part = input.part.unwrap_or(left);
        if part.is_zero() || part.is_negative() || part > left {
            return Err(too_much(left));
        }
        Ok(part)
    }
}

/// What of a debt nothing else is about to lessen.
pub(super) fn free(conn: &Connection, customer_id: &str) -> Result<Money, TillError> {
    let owed = debt::balance(conn, customer_id)?;
    Ok(customers::room(owed, debt::under_way(conn, customer_id)?))
}

fn within(amount: Money, free: Money) -> Result<(), TillError> {
    if amount.is_zero() || amount.is_negative() || amount > free {
        return Err(TillError::new(
            Code::AmountInvalid,
            format!("KSh {free} is owed and not being paid already: type that much or less."),
        ));
    }
    Ok(())
}

fn too_much(left: Money) -> TillError {
    TillError::new(
        Code::AmountInvalid,
        format!("KSh {left} of this sale is left: that much or less can be paid later."),
    )
}

fn no_debt_for_a_debt() -> TillError {
    TillError::new(
        Code::NotAllowed,
        "A debt cannot be paid by a promise: take cash or M-PESA.",
    )
}
