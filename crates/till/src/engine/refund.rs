//! Money goes back to a customer after a sale was paid: from the drawer, from the shop's own phone, or off a debt.

use rusqlite::Connection;

use super::{Effect, Engine, credit};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::people::Act;
use crate::receipt_number::ReceiptNumber;
use crate::statement::Sent;
use crate::store::posting::{self, Account, Entry, Hand};
use crate::store::refund::{self, RefundRow, Way};
use crate::store::sale::{SaleKind, SaleRow};
use crate::store::tender::TenderKind;
use crate::store::witness::{self, Witness};
use crate::store::{debt, matter, money_in, reason, sale, tender};
use crate::view::{GivingBackView, RefundView, SaleState, SaleView};

/// What is to go back.
#[derive(Debug, Clone)]
pub struct RefundInput {
    /// Of which sale.
    pub sale_id: String,
    /// How much.
    pub amount: Money,
    /// How.
    pub way: RefundWay,
    /// It is owed anyhow: paid twice, or too much.
    pub owed: bool,
    /// Why.
    pub reason: String,
}

/// How money is to go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundWay {
    /// From the drawer.
    Cash,
    /// It was sent from the shop's phone, and this is M-PESA's code of it.
    Phone(String),
    /// Off what the customer owes.
    Debt,
}

/// How much of a sale can go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Left {
    owed: Money,
    money: Money,
    debt: Money,
    /// What of the customer's debt nothing else is about to lessen.
    free: Money,
}

impl Engine {
    /// Gives money back; never more than was paid.
    ///
    /// # Errors
    /// [`Code::AmountInvalid`] for more than can go back, [`Code::CodeInvalid`], [`Code::CodeUsed`],
    /// [`Code::NotAllowed`] for a sale that is not over or without a reason, those of [`Self::may`], or the disk's
    /// trouble.
    pub fn refund(&mut self, input: &RefundInput, now: Now) -> Result<(SaleView, Vec<Effect>), TillError> {
        let why = reason::said(&input.reason)?;
        let row = sale::get(self.store.read(), &input.sale_id)?;
        if row.state == SaleState::Open {
            return Err(TillError::new(
                Code::NotAllowed,
                "This sale is still open: give it up instead, and what was taken goes back.",
            ));
        }
        let left = left(self.store.read(), &row)?;
        let most = match (&input.way, input.owed) {
            (RefundWay::Cash | RefundWay::Phone(_), true) => left.owed,
            (RefundWay::Cash | RefundWay::Phone(_), false) => left.money,
            // Paid though it was to be paid later: it lessens what is owed.
            (RefundWay::Debt, true) => left.owed.min(left.free),
            (RefundWay::Debt, false) => left.debt,
        };
        if input.amount.is_zero() || input.amount.is_negative() || input.amount > most {
            return Err(TillError::new(
                Code::AmountInvalid,
                format!(
                    "At most KSh {} of this sale can go back this way.",
                    most.shillings()
                ),
            ));
        }
        let way = self.way(&input.way)?;
        let permit = self.permit(Act::Refund, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let given = RefundRow {
                id: ids.next_id(),
                sale_id: row.id.clone(),
                amount: input.amount,
                way,
                owed: input.owed,
                person_id: None,
                at: now.utc,
            };
            refund::insert(tx, &given)?;
            let entry = Entry {
                id: &ids.next_id(),
                debit: takes(&row, input.owed),
                credit: gives(&given.way),
                amount: input.amount,
                sale_id: Some(&row.id),
                tender_id: None,
                hand: Hand::AtDesk,
            };
            posting::append(tx, &entry, now.utc)?;
            if input.owed && input.amount == left.owed {
                matter::close_owed(tx, &row.id, now.utc)?;
            }
            sale::touch(tx, &row.id, row.state, now.utc)?;
            permit.write(tx, ids, (Some(&given.id), Some(input.amount)), Some(why), now)
        })?;
        Ok((self.sale(&row.id, now)?, self.announce(&row.id, now)?))
    }

    /// What of a sale can go back, and what did.
    ///
    /// # Errors
    /// [`Code::NotFound`], or the disk's trouble.
    pub fn giving_back(&self, sale_id: &str) -> Result<GivingBackView, TillError> {
        let conn = self.store.read();
        let left = left(conn, &sale::get(conn, sale_id)?)?;
        let given = refund::of_sale(conn, sale_id)?
            .into_iter()
            .map(|row| {
                Ok(RefundView {
                    person: self.name_of(row.person_id.as_deref())?,
                    id: row.id,
                    amount: row.amount,
                    owed: row.owed,
                    at: row.at,
                    way: row.way.into(),
                })
            })
            .collect::<Result<_, TillError>>()?;
        Ok(GivingBackView {
            owed: left.owed,
            owed_off_debt: left.owed.min(left.free),
            money: left.money,
            debt: left.debt,
            given,
        })
    }

    /// A statement shows what the shop sent: refunds from its phone are confirmed by it.
    pub(super) fn confirm_sent_back(&mut self, sent: &[Sent], now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        for out in sent {
            if !refund::has(self.store.read(), &out.receipt)? {
                continue;
            }
            let news = self.store.write(|tx| {
                let sale_id = refund::confirm(tx, &out.receipt, out.amount)?;
                if sale_id.is_some() {
                    let told = Witness {
                        told_by: "statement",
                        push_id: None,
                        receipt: Some(&out.receipt),
                        amount: Some(out.amount),
                        word: "sent back",
                    };
                    witness::append(tx, &told, now.utc)?;
                }
                Ok(sale_id)
            })?;
            if let Some(sale_id) = news {
                effects.extend(self.announce(&sale_id, now)?);
            }
        }
        Ok(effects)
    }

    fn way(&self, way: &RefundWay) -> Result<Way, TillError> {
        let RefundWay::Phone(typed) = way else {
            return Ok(match way {
                RefundWay::Debt => Way::Debt,
                RefundWay::Cash | RefundWay::Phone(_) => Way::Cash,
            });
        };
        let receipt = ReceiptNumber::parse(typed)
            .map_err(|error| TillError::new(Code::CodeInvalid, error.to_string()))?;
        let conn = self.store.read();
        if refund::has(conn, &receipt)? || money_in::get(conn, &receipt)?.is_some() {
            return Err(TillError::new(
                Code::CodeUsed,
                "This code is of another payment: look at the message again.",
            ));
        }
        Ok(Way::Phone {
            receipt,
            confirmed: false,
        })
    }
}

const fn takes(sale: &SaleRow, owed: bool) -> Account {
    match (&sale.kind, owed) {
        (_, true) => Account::RefundDue,
        (SaleKind::Sale { .. }, false) => Account::Refunds,
        // What was paid off and goes back is owed again.
        (SaleKind::PayOff { .. }, false) => Account::Credit,
    }
}

const fn gives(way: &Way) -> Account {
    match way {
        Way::Cash => Account::Cash,
        Way::Phone { .. } => Account::SentBack,
        Way::Debt => Account::Credit,
    }
}

/// How much can go back: of what was paid and not taken back by the customer, less what went back.
fn left(conn: &Connection, sale: &SaleRow) -> Result<Left, TillError> {
    let owed = posting::of_sale(conn, Account::RefundDue, &sale.id)?;
    let owed = minus_or_nothing(Money::ZERO, owed);
    let debtor = sale.kind.customer();
    let free = debtor.map_or(Ok(Money::ZERO), |id| credit::free(conn, id))?;
    let voided = Left {
        owed,
        money: Money::ZERO,
        debt: Money::ZERO,
        free,
    };
    if sale.state != SaleState::Settled {
        return Ok(voided);
    }
    if let SaleKind::PayOff { customer_id } = &sale.kind {
        // What of it still lessens the debt (a payment that was taken back does not) and did not go back for goods.
        let paid = minus_or_nothing(Money::ZERO, posting::of_sale(conn, Account::Credit, &sale.id)?);
        return Ok(Left {
            money: paid.min(debt::paid_off(conn, customer_id)?),
            ..voided
        });
    }
    let tenders = tender::of_sale(conn, &sale.id)?;
    let standing = |credit: bool| {
        Money::sum(
            tenders
                .iter()
                .filter(|tender| tender.stands)
                .filter(|tender| matches!(tender.kind, TenderKind::Credit { .. }) == credit)
                .map(|tender| tender.amount),
        )
        .ok_or_else(|| TillError::internal("a sum out of bounds"))
    };
    let given = refund::of_sale(conn, &sale.id)?;
    let went = |debt: bool| {
        Money::sum(
            given
                .iter()
                .filter(|row| !row.owed && (row.way == Way::Debt) == debt)
                .map(|row| row.amount),
        )
        .ok_or_else(|| TillError::internal("a sum out of bounds"))
    };
    let on_credit = standing(true)?;
    let reversed = posting::of_sale(conn, Account::Reversed, &sale.id)?;
    let paid = standing(false)?.min(minus_or_nothing(sale.amount, on_credit));
    let paid = minus_or_nothing(paid, reversed);
    // Of what was taken on credit: first off what is owed, and in money only what was paid off since.
    let of_credit = minus_or_nothing(went(false)?, paid);
    let promised = minus_or_nothing(minus_or_nothing(on_credit, went(true)?), of_credit);
    let debt = promised.min(free);
    let paid_off = debtor.map_or(Ok(Money::ZERO), |id| debt::paid_off(conn, id))?;
    let paid_since = minus_or_nothing(promised, debt).min(paid_off);
    Ok(Left {
        money: minus_or_nothing(paid, went(false)?)
            .checked_add(paid_since)
            .ok_or_else(|| TillError::internal("a sum out of bounds"))?,
        debt,
        ..voided
    })
}

fn minus_or_nothing(amount: Money, other: Money) -> Money {
    amount
        .checked_sub(other)
        .filter(|rest| !rest.is_negative())
        .unwrap_or(Money::ZERO)
}
