//! What a sale is found by: one index each, the newest first.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, ToSql, params};

use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::reference::Reference;
use crate::store::ms;

/// By what.
#[derive(Debug, Clone, Copy)]
pub enum By<'a> {
    /// The front of an M-PESA code, or all of it; of a payment that came in or that went back.
    Code(&'a str),
    /// What the customer reads.
    Reference(&'a Reference),
    /// It began between two moments.
    Time(DateTime<Utc>, DateTime<Utc>),
    /// The last three of these digits end a phone of it.
    Digits(&'a str),
    /// The sale, or a payment of it, was for as much.
    Amount(Money),
    /// A person began it, or took money for it.
    Person(&'a str),
}

/// What an index brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Candidate {
    /// A sale, by its id.
    Sale(String),
    /// A payment that pays none.
    Payment(ReceiptNumber),
}

/// At most so many candidates of a stretch of time from each index: one list for each, the newest first.
///
/// # Errors
/// The disk's trouble.
pub fn by(
    conn: &Connection,
    by: &By<'_>,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    most: u32,
) -> Result<Vec<Vec<Candidate>>, TillError> {
    let (from, to) = (ms(from), ms(to));
    let ask = |sql: &str, with: &[&dyn ToSql]| candidates(conn, sql, with);
    match by {
        By::Code(front) => {
            // The tilde comes after every letter and digit.
            let end = format!("{front}~");
            let with = params![front, end, from, to, most];
            Ok(vec![ask(PAYMENTS_BY_CODE, with)?, ask(REFUNDS_BY_CODE, with)?])
        }
        By::Reference(reference) => Ok(vec![ask(SALES_BY_REFERENCE, params![reference])?]),
        By::Time(first, last) => {
            let (first, last) = (ms(*first).max(from), ms(*last).min(to));
            Ok(vec![ask(SALES_BY_TIME, params![first, last, most])?])
        }
        By::Digits(digits) => {
            let last3 = digits.get(digits.len().saturating_sub(3)..).unwrap_or(digits);
            let with = params![last3, from, to, most];
            [PUSHES_BY_DIGITS, PAYMENTS_BY_DIGITS, TENDERS_BY_DIGITS]
                .into_iter()
                .map(|sql| ask(sql, with))
                .collect()
        }
        By::Amount(amount) => {
            let with = params![amount, from, to, most];
            Ok(vec![ask(SALES_BY_AMOUNT, with)?, ask(PAYMENTS_BY_AMOUNT, with)?])
        }
        By::Person(id) => {
            let with = params![id, from, to, most];
            Ok(vec![ask(SALES_BY_PERSON, with)?, ask(TENDERS_BY_PERSON, with)?])
        }
    }
}

// Each has a sale's id, or a receipt number that pays none.
const SALES_BY_REFERENCE: &str = "SELECT id, NULL FROM sale WHERE reference = ?1";
const SALES_BY_TIME: &str =
    "SELECT id, NULL FROM sale WHERE opened_at >= ?1 AND opened_at < ?2 ORDER BY opened_at DESC LIMIT ?3";
const SALES_BY_AMOUNT: &str = "SELECT id, NULL FROM sale WHERE amount = ?1 AND opened_at >= ?2 AND opened_at < ?3 ORDER BY opened_at DESC LIMIT ?4";
const SALES_BY_PERSON: &str =
    "SELECT id, NULL FROM sale WHERE person_id = ?1 AND opened_at >= ?2 AND opened_at < ?3
    ORDER BY opened_at DESC LIMIT ?4";
const TENDERS_BY_PERSON: &str = "SELECT sale_id, NULL FROM tender
    WHERE person_id = ?1 AND opened_at >= ?2 AND opened_at < ?3 ORDER BY opened_at DESC LIMIT ?4";
const TENDERS_BY_DIGITS: &str = "SELECT sale_id, NULL FROM tender
    WHERE digits = ?1 AND opened_at >= ?2 AND opened_at < ?3 ORDER BY opened_at DESC LIMIT ?4";
const PUSHES_BY_DIGITS: &str = "SELECT sale_id, NULL FROM push
    WHERE substr(msisdn, -3) = ?1 AND created_at >= ?2 AND created_at < ?3 ORDER BY created_at DESC LIMIT ?4";
const PAYMENTS_BY_DIGITS: &str = "SELECT t.sale_id, m.receipt FROM money_in m LEFT JOIN tender t ON t.id = m.tender_id
    WHERE substr(m.phone, -3) = ?1 AND m.phone IS NOT NULL AND m.at >= ?2 AND m.at < ?3 ORDER BY m.at DESC LIMIT ?4";
const PAYMENTS_BY_AMOUNT: &str =
    "SELECT t.sale_id, m.receipt FROM money_in m LEFT JOIN tender t ON t.id = m.tender_id
    WHERE m.amount = ?1 AND m.at >= ?2 AND m.at < ?3 ORDER BY m.at DESC LIMIT ?4";
const PAYMENTS_BY_CODE: &str =
    "SELECT t.sale_id, m.receipt FROM money_in m LEFT JOIN tender t ON t.id = m.tender_id
    WHERE m.receipt >= ?1 AND m.receipt < ?2 AND m.at >= ?3 AND m.at < ?4 ORDER BY m.receipt DESC LIMIT ?5";
const REFUNDS_BY_CODE: &str = "SELECT sale_id, NULL FROM refund
    WHERE receipt >= ?1 AND receipt < ?2 AND at >= ?3 AND at < ?4 ORDER BY receipt DESC LIMIT ?5";

fn candidates(conn: &Connection, sql: &str, with: &[&dyn ToSql]) -> Result<Vec<Candidate>, TillError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(with)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let sale: Option<String> = row.get(0)?;
        all.push(match sale {
            Some(id) => Candidate::Sale(id),
            None => Candidate::Payment(row.get(1)?),
        });
    }
    Ok(all)
}
