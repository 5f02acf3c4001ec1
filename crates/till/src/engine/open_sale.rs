//! A sale begins, or is taken up again.

use chrono::{DateTime, Utc};
use rusqlite::Transaction;

use super::book;
use super::desk::Permit;
use super::{Counter, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::ids::IdSource;
use crate::money::Money;
use crate::people::Act;
use crate::reference::Reference;
use crate::store::sale::{self, SaleKind, SaleRow};
use crate::store::tender;
use crate::view::SaleState;

/// Longest AccountReference (Daraja portal, M-PESA Express).
const LONGEST_REFERENCE: usize = 12;

/// A reference of the caller's own, as Safaricom takes it.
pub(super) fn check_own_reference(text: &str) -> Result<(), TillError> {
    let shaped = (1..=LONGEST_REFERENCE).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if shaped {
        Ok(())
    } else {
        Err(TillError::new(
            Code::NotAllowed,
            "A reference has 1 to 12 letters and digits, nothing else.",
        ))
    }
}

/// How a new sale begins.
#[derive(Debug)]
pub(super) struct Opening {
    /// What the customer owes.
    amount: Money,
    /// The PC's date is in doubt.
    unsure: bool,
    /// When it was sold, for one that is written in later from paper, and who may.
    paper: Option<(DateTime<Utc>, Permit)>,
}

impl Engine {
    /// # Errors
    /// Those of [`Self::may`], for a sale from paper.
    pub(super) fn opening(&mut self, amount: Money, now: Now) -> Result<Opening, TillError> {
        let paper = match self.paper_at {
            Some(at) => Some((at, self.permit(Act::FromPaper, now)?)),
            None => None,
        };
        Ok(Opening {
            amount,
            unsure: self.clock_behind.is_some(),
            paper,
        })
    }
}

/// The sale that a tender is for, and what is left of it. Without an id a new sale of `amount` is
/// written in the caller's transaction.
pub(super) fn for_tender(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    counter: &Counter,
    sale_id: Option<&str>,
    opening: Opening,
    now: Now,
) -> Result<(SaleRow, Money), TillError> {
    if let Some(id) = sale_id {
        let sale = sale::get(tx, id)?;
        return match sale.state {
            SaleState::Open => {
                let left = book::left(&sale, &tender::of_sale(tx, id)?)?;
                Ok((sale, left))
            }
            SaleState::Settled | SaleState::Voided => Err(ended()),
        };
    }
    let sale = begin(tx, ids, counter, opening, SaleKind::Sale { debtor: None }, now)?;
    let amount = sale.amount;
    Ok((sale, amount))
}

/// Nothing more pays a sale that is over.
pub(super) fn ended() -> TillError {
    TillError::new(Code::SaleEnded, "This sale is over. Start a new one.")
}

/// A new sale in the caller's transaction.
pub(super) fn begin(
    tx: &Transaction<'_>,
    ids: &mut IdSource,
    counter: &Counter,
    opening: Opening,
    kind: SaleKind,
    now: Now,
) -> Result<SaleRow, TillError> {
    let amount = opening.amount;
    if amount.is_zero() || amount.is_negative() {
        return Err(TillError::new(
            Code::AmountInvalid,
            "Type what the customer owes: more than zero.",
        ));
    }
    let number = sale::next_number(tx)?;
    if number > Reference::LARGEST_NUMBER {
        return Err(TillError::new(
            Code::NotAllowed,
            "This counter has as many sales as its references can tell. Please ask for help.",
        ));
    }
    let sale = SaleRow {
        id: ids.next_id(),
        number,
        reference: Reference::new(counter.letter, counter.incarnation, number).to_string(),
        amount,
        state: SaleState::Open,
        opened_at: opening.paper.as_ref().map_or(now.utc, |(at, _)| *at),
        changed_at: now.utc,
        time_unsure: opening.unsure,
        kind,
        from_paper: opening.paper.is_some(),
        person_id: None,
    };
    sale::insert(tx, &sale)?;
    if let Some((_, permit)) = opening.paper {
        permit.write(tx, ids, (Some(&sale.id), Some(amount)), None, now)?;
    }
    Ok(sale)
}
