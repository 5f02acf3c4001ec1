//! Money moved: post it, settle the sale, or open the question that it raises.

use rusqlite::Transaction;

use super::money_in::Evidence;
use super::printing;
use crate::clock::Now;
use crate::error::TillError;
use crate::ids::IdSource;
use crate::money::Money;
use crate::push::{Effect, Push};
use crate::receipt_number::ReceiptNumber;
use crate::store::money_in;
use crate::store::posting::{self, Account, Entry, Hand};
use crate::store::sale::{SaleKind, SaleRow};
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::store::{matter, sale};
use crate::view::{MatterKind, MatterView, SaleState};

/// What of a push's effects belongs into its transaction.
pub(super) fn carry_out(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    effects: &[Effect],
    push: &Push,
    evidence: Option<&Evidence>,
    now: Now,
) -> Result<(), TillError> {
    sale::touch(tx, &push.sale_id, sale::get(tx, &push.sale_id)?.state, now.utc)?;
    for effect in effects {
        match effect {
            Effect::Book => book_push(tx, ids, push, evidence, now)?,
            Effect::Contradiction => {
                raise(
                    tx,
                    ids,
                    MatterKind::Contradiction,
                    push.amount.money(),
                    &push.sale_id,
                    Some(&push.id),
                    now,
                )?;
            }
            Effect::Tell(_) | Effect::AskTwins => {}
        }
    }
    Ok(())
}

/// A push is paid, or its receipt number became known.
fn book_push(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    push: &Push,
    evidence: Option<&Evidence>,
    now: Now,
) -> Result<(), TillError> {
    let sale = sale::get(tx, &push.sale_id)?;
    let tenders = tender::of_sale(tx, &sale.id)?;
    let mine = tenders
        .iter()
        .find(|tender| tender.id == push.tender_id)
        .ok_or_else(|| TillError::not_found("tender"))?;
    if let Some(evidence) = evidence {
        record_receipt(tx, push, evidence, now)?;
    }
    if mine.stands {
        // It was booked without its number before.
        return prove_push(tx, ids, &sale, mine, push, now);
    }
    if sale.state == SaleState::Open {
        return settle_with(tx, ids, &sale, &tenders, mine, push, now);
    }
    match &push.receipt {
        None => {
            let kind = MatterKind::PerhapsSameMoney;
            raise(tx, ids, kind, push.amount.money(), &sale.id, Some(&push.id), now)
        }
        Some(receipt) => {
            matter::close_perhaps(tx, &push.id, now.utc)?;
            match code_tender(&tenders, receipt) {
                Some(code) => prove_by_own_code(tx, ids, &sale, (code, mine), push, now),
                None => refund_due(tx, ids, &sale, mine, push.amount.money(), Some(&push.id), now),
            }
        }
    }
}

/// The code that was typed for what was left of the sale is the prompt's own: it is proved, and what the prompt brought
/// beyond that, because a part was paid in another way meanwhile, is to be given back.
fn prove_by_own_code(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    (code, mine): (&TenderRow, &TenderRow),
    push: &Push,
    now: Now,
) -> Result<(), TillError> {
    if !is_confirmed(code) {
        prove(tx, ids, code, now)?;
    }
    let known = posting::of_tender(tx, Account::RefundDue, &sale.id, &mine.id)?;
    let over = push
        .amount
        .money()
        .checked_sub(code.amount)
        .filter(|over| !over.is_negative() && known.is_zero())
        .unwrap_or(Money::ZERO);
    if over.is_zero() {
        return Ok(());
    }
    refund_due(tx, ids, sale, mine, over, Some(&push.id), now)
}

/// The number enters by the same door as every payment; a typed code of the same number keeps it.
fn record_receipt(tx: &Transaction<'_>, push: &Push, evidence: &Evidence, now: Now) -> Result<(), TillError> {
    let money = &evidence.money;
    match money_in::record(tx, money, now.utc)? {
        money_in::Recorded::New | money_in::Recorded::Known { tender_id: None, .. } => {
            money_in::attach(tx, &money.receipt, &push.tender_id, evidence.why)
        }
        money_in::Recorded::Known {
            tender_id: Some(_), ..
        } => Ok(()),
    }
}

const fn is_confirmed(tender: &TenderRow) -> bool {
    matches!(tender.kind, TenderKind::Code { confirmed: true, .. })
}

fn code_tender<'a>(tenders: &'a [TenderRow], receipt: &ReceiptNumber) -> Option<&'a TenderRow> {
    tenders.iter().find(|tender| match &tender.kind {
        TenderKind::Code { receipt: typed, .. } => typed == receipt && tender.stands,
        TenderKind::Cash { .. }
        | TenderKind::Push
        | TenderKind::ToTill { .. }
        | TenderKind::Credit { .. } => false,
    })
}

/// A typed code was confirmed: not proved → proved.
pub(super) fn prove(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    tender: &TenderRow,
    now: Now,
) -> Result<(), TillError> {
    let entry = Entry {
        id: &ids.next_id(),
        debit: Account::MpesaProved,
        credit: Account::MpesaNotProved,
        amount: tender.amount,
        sale_id: Some(&tender.sale_id),
        tender_id: Some(&tender.id),
        hand: Hand::OfTender,
    };
    posting::append(tx, &entry, now.utc)?;
    tender::confirm(tx, &tender.id)
}

/// The receipt number of a push that was booked without it: its part of the sale is proved, and what it
/// brought beyond that is certainly to be given back.
fn prove_push(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    mine: &TenderRow,
    push: &Push,
    now: Now,
) -> Result<(), TillError> {
    let booked = posting::of_tender(tx, Account::MpesaNotProved, &sale.id, &mine.id)?;
    let entry = Entry {
        id: &ids.next_id(),
        debit: Account::MpesaProved,
        credit: Account::MpesaNotProved,
        amount: booked,
        sale_id: Some(&sale.id),
        tender_id: Some(&mine.id),
        hand: Hand::OfTender,
    };
    posting::append(tx, &entry, now.utc)?;
    let over = minus(push.amount.money(), booked)?;
    if over.is_zero() {
        return Ok(());
    }
    matter::close_perhaps(tx, &push.id, now.utc)?;
    refund_due(tx, ids, sale, mine, over, Some(&push.id), now)
}

pub(super) fn minus(amount: Money, other: Money) -> Result<Money, TillError> {
    amount
        .checked_sub(other)
        .filter(|rest| !rest.is_negative())
        .ok_or_else(|| TillError::internal("a sum out of bounds"))
}

fn settle_with(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    tenders: &[TenderRow],
    mine: &TenderRow,
    push: &Push,
    now: Now,
) -> Result<(), TillError> {
    let account = if push.receipt.is_some() {
        Account::MpesaProved
    } else {
        Account::MpesaNotProved
    };
    let for_sale = push.amount.money().min(left(sale, tenders)?);
    let over = minus(push.amount.money(), for_sale)?;
    tender::stand(tx, &mine.id)?;
    take(tx, ids, account, for_sale, sale, &mine.id, now)?;
    if !over.is_zero() {
        match push.receipt {
            Some(_) => refund_due(tx, ids, sale, mine, over, Some(&push.id), now)?,
            // Only a receipt number of its own proves that somebody must get something back.
            None => {
                let kind = MatterKind::PerhapsSameMoney;
                raise(tx, ids, kind, over, &sale.id, Some(&push.id), now)?;
            }
        }
    }
    settle_if_paid(tx, &sale.id, now)
}

/// A different receipt also paid a sale that needs nothing more: that much goes back.
fn refund_due(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    tender: &TenderRow,
    amount: Money,
    push_id: Option<&str>,
    now: Now,
) -> Result<(), TillError> {
    owe_back(tx, ids, sale, &tender.id, amount, now)?;
    raise(tx, ids, MatterKind::RefundDue, amount, &sale.id, push_id, now)
}

/// Posts money that came and is not for the sale: it is owed to the customer.
pub(super) fn owe_back(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    sale: &SaleRow,
    tender_id: &str,
    amount: Money,
    now: Now,
) -> Result<(), TillError> {
    let entry = Entry {
        id: &ids.next_id(),
        debit: Account::MpesaProved,
        credit: Account::RefundDue,
        amount,
        sale_id: Some(&sale.id),
        tender_id: Some(tender_id),
        hand: Hand::OfTender,
    };
    posting::append(tx, &entry, now.utc)
}

/// Posts money of a tender that stands.
pub(super) fn take(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    account: Account,
    amount: Money,
    sale: &SaleRow,
    tender_id: &str,
    now: Now,
) -> Result<(), TillError> {
    let entry = Entry {
        id: &ids.next_id(),
        debit: account,
        credit: sale.kind.income(),
        amount,
        sale_id: Some(&sale.id),
        tender_id: Some(tender_id),
        hand: Hand::OfTender,
    };
    posting::append(tx, &entry, now.utc)
}

/// A proved payment was taken back after the sale. Returns whether that was news: the same reversal is written
/// once, however often it is told.
pub(super) fn reverse(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    tender: &TenderRow,
    amount: Money,
    now: Now,
) -> Result<bool, TillError> {
    let of = |account| posting::of_tender(tx, account, &tender.sale_id, &tender.id);
    let (proved, not_proved) = (of(Account::MpesaProved)?, of(Account::MpesaNotProved)?);
    let known = match sale::get(tx, &tender.sale_id)?.kind {
        SaleKind::Sale { .. } => false,
        // A debt that is owed again leaves nothing in the account of what was lost.
        SaleKind::PayOff { .. } => proved.is_zero() && not_proved.is_zero(),
    };
    if known || !of(Account::Reversed)?.is_zero() {
        return Ok(false);
    }
    let credit = if proved.is_zero() {
        Account::MpesaNotProved
    } else {
        Account::MpesaProved
    };
    lose(tx, ids, tender, (credit, amount), now)?;
    let kind = MatterKind::ReversedAfterSale;
    raise(tx, ids, kind, amount, &tender.sale_id, None, now)?;
    Ok(true)
}

/// Money that was booked is not there: it is lost, but what it paid of a debt is owed again.
fn lose(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    tender: &TenderRow,
    (from, amount): (Account, Money),
    now: Now,
) -> Result<(), TillError> {
    let owed_again = match sale::get(tx, &tender.sale_id)?.kind {
        SaleKind::Sale { .. } => Money::ZERO,
        SaleKind::PayOff { .. } => {
            let paid = posting::of_tender(tx, Account::Credit, &tender.sale_id, &tender.id)?;
            minus(Money::ZERO, paid)?.min(amount)
        }
    };
    for (debit, amount) in [
        (Account::Credit, owed_again),
        (Account::Reversed, minus(amount, owed_again)?),
    ] {
        let entry = Entry {
            id: &ids.next_id(),
            debit,
            credit: from,
            amount,
            sale_id: Some(&tender.sale_id),
            tender_id: Some(&tender.id),
            hand: Hand::OfTender,
        };
        posting::append(tx, &entry, now.utc)?;
    }
    Ok(())
}

/// A stronger witness names another amount than was booked: what did not come is taken out, and what came beyond
/// is owed to the customer.
pub(super) fn correct(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    tender: &TenderRow,
    (booked, came): (Money, Money),
    now: Now,
) -> Result<(), TillError> {
    if came > booked {
        let sale = sale::get(tx, &tender.sale_id)?;
        let over = minus(came, booked)?;
        owe_back(tx, ids, &sale, &tender.id, over, now)?;
        return raise(tx, ids, MatterKind::TooMuch, over, &sale.id, None, now);
    }
    let less = minus(booked, came)?;
    lose(tx, ids, tender, (Account::MpesaProved, less), now)
}

/// Settles the sale when its standing tenders reach what is owed.
pub(super) fn settle_if_paid(tx: &Transaction<'_>, sale_id: &str, now: Now) -> Result<(), TillError> {
    let sale = sale::get(tx, sale_id)?;
    let tenders = tender::of_sale(tx, sale_id)?;
    if left(&sale, &tenders)?.is_zero() {
        tender::stop_waiting(tx, sale_id)?;
        if sale.state == SaleState::Open {
            printing::sale_settled(tx, &sale, now)?;
        }
        return sale::touch(tx, sale_id, SaleState::Settled, now.utc);
    }
    sale::touch(tx, sale_id, sale.state, now.utc)
}

/// What the standing tenders add up to.
pub(super) fn paid(tenders: &[TenderRow]) -> Result<Money, TillError> {
    Money::sum(
        tenders
            .iter()
            .filter(|tender| tender.stands)
            .map(|tender| tender.amount),
    )
    .ok_or_else(|| TillError::internal("a sum out of bounds"))
}

/// What is still to pay; never negative.
pub(super) fn left(sale: &SaleRow, tenders: &[TenderRow]) -> Result<Money, TillError> {
    let paid = paid(tenders)?;
    Ok(sale
        .amount
        .checked_sub(paid)
        .filter(|left| !left.is_negative())
        .unwrap_or(Money::ZERO))
}

/// Opens a question about money that a person must look at.
pub(super) fn raise(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    kind: MatterKind,
    amount: Money,
    sale_id: &str,
    push_id: Option<&str>,
    now: Now,
) -> Result<(), TillError> {
    let known = matter::of_sale(tx, sale_id)?;
    if kind == MatterKind::Contradiction && known.iter().any(|matter| matter.kind == kind) {
        return Ok(());
    }
    matter::open(
        tx,
        &MatterView {
            id: ids.next_id(),
            kind,
            amount,
            opened_at: now.utc,
            other: None,
        },
        sale_id,
        push_id,
    )
}
