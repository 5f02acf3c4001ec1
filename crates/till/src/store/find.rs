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
    /// The last three of these digits end the phone of a part, which was for as much where that is said.
    Digits(&'a str, Option<Money>),
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

/// Goes through at most so many candidates of a stretch of time, the newest first, as long as `go_on` says so. A sale may
/// come several times: by its prompt, by its payment. Returns whether there may be older ones that were not reached.
///
/// # Errors
/// Those of `go_on`, or the disk's trouble.
pub fn by(
    conn: &Connection,
    by: &By<'_>,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    most: u32,
    go_on: &mut dyn FnMut(Candidate) -> Result<bool, TillError>,
) -> Result<bool, TillError> {
    let (from, to) = (ms(from), ms(to));
    let mut each = |sql: &str, with: &[&dyn ToSql]| candidates(conn, (sql, most), with, go_on);
    match by {
        // The tilde comes after every letter and digit.
        By::Code(front) => each(BY_CODE, params![front, format!("{front}~"), from, to, most]),
        By::Reference(reference) => each(BY_REFERENCE, params![reference]),
        By::Time(first, last) => each(BY_TIME, params![ms(*first).max(from), ms(*last).min(to), most]),
        By::Digits(digits, amount) => {
            let last3 = digits.get(digits.len().saturating_sub(3)..).unwrap_or(digits);
            each(BY_DIGITS, params![last3, from, to, most, amount])
        }
        By::Amount(amount) => each(BY_AMOUNT, params![amount, from, to, most]),
        By::Person(id) => each(BY_PERSON, params![id, from, to, most]),
    }
}

/// What somebody may remember of one part of a sale, wherever it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// For how much the part is.
    pub amount: Money,
    /// Who took it.
    pub person_id: Option<String>,
    /// M-PESA's codes: typed, of the prompt, of the payment.
    pub codes: Vec<ReceiptNumber>,
    /// Ends of phones: asked, of the prompt, of the payment.
    pub digits: Vec<String>,
}

/// The parts of a sale without what prompts and payments know of them: one place of one table.
///
/// # Errors
/// The disk's trouble.
pub fn parts(conn: &Connection, sale_id: &str) -> Result<Vec<Trace>, TillError> {
    traces(
        conn,
        "SELECT amount, person_id, receipt, digits FROM tender WHERE sale_id = ?1",
        sale_id,
    )
}

/// The parts of a sale with all that is known of them.
///
/// # Errors
/// The disk's trouble.
pub fn paid_parts(conn: &Connection, sale_id: &str) -> Result<Vec<Trace>, TillError> {
    let sql = "SELECT t.amount, t.person_id, t.receipt, t.digits, p.receipt, p.msisdn, m.receipt, m.phone
         FROM tender t LEFT JOIN push p ON p.tender_id = t.id LEFT JOIN money_in m ON m.tender_id = t.id
         WHERE t.sale_id = ?1";
    traces(conn, sql, sale_id)
}

/// Amount, person, and then a code and digits as often as they come.
fn traces(conn: &Connection, sql: &str, sale_id: &str) -> Result<Vec<Trace>, TillError> {
    let mut statement = conn.prepare_cached(sql)?;
    let pairs = 2..statement.column_count();
    let mut rows = statement.query([sale_id])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let mut trace = Trace {
            amount: row.get(0)?,
            person_id: row.get(1)?,
            ..Trace::default()
        };
        for code in pairs.clone().step_by(2) {
            trace.codes.extend(row.get::<_, Option<ReceiptNumber>>(code)?);
            trace.digits.extend(row.get::<_, Option<String>>(code + 1)?);
        }
        all.push(trace);
    }
    Ok(all)
}

// A phone is whole until its day is closed (`push::WHOLE`), and three digits from then on.
//
// Each row has a sale's id, or a receipt number that pays none, and when that was. Every arm comes from one index in the
// order of time, so that SQLite merges them and reads no further than it is asked to.
const BY_REFERENCE: &str = "SELECT id, NULL FROM sale WHERE reference = ?1";
const BY_TIME: &str =
    "SELECT id, NULL FROM sale WHERE opened_at >= ?1 AND opened_at < ?2 ORDER BY opened_at DESC LIMIT ?3";
const BY_AMOUNT: &str = "SELECT id, NULL, opened_at AS moment FROM sale
        WHERE amount = ?1 AND opened_at >= ?2 AND opened_at < ?3
    UNION ALL SELECT t.sale_id, m.receipt, m.at FROM money_in m LEFT JOIN tender t ON t.id = m.tender_id
        WHERE m.amount = ?1 AND m.at >= ?2 AND m.at < ?3
    ORDER BY moment DESC LIMIT ?4";
const BY_PERSON: &str = "SELECT id, NULL, opened_at AS moment FROM sale
        WHERE person_id = ?1 AND opened_at >= ?2 AND opened_at < ?3
    UNION ALL SELECT sale_id, NULL, opened_at FROM tender
        WHERE person_id = ?1 AND opened_at >= ?2 AND opened_at < ?3
    ORDER BY moment DESC LIMIT ?4";
// A prompt is for whole shillings, all else is in cents.
const BY_DIGITS: &str = "SELECT sale_id, NULL, created_at AS moment FROM push
        WHERE msisdn = ?1 AND created_at >= ?2 AND created_at < ?3 AND (?5 IS NULL OR amount = ?5 / 100)
    UNION ALL SELECT sale_id, NULL, created_at FROM push
        WHERE msisdn > '254' AND msisdn < '255' AND substr(msisdn, -3) = ?1
            AND created_at >= ?2 AND created_at < ?3 AND (?5 IS NULL OR amount = ?5 / 100)
    UNION ALL SELECT t.sale_id, m.receipt, m.at FROM money_in m LEFT JOIN tender t ON t.id = m.tender_id
        WHERE substr(m.phone, -3) = ?1 AND m.at >= ?2 AND m.at < ?3 AND (?5 IS NULL OR m.amount = ?5)
    UNION ALL SELECT sale_id, NULL, opened_at FROM tender
        WHERE digits = ?1 AND opened_at >= ?2 AND opened_at < ?3 AND (?5 IS NULL OR amount = ?5)
    ORDER BY moment DESC LIMIT ?4";
const BY_CODE: &str = "SELECT t.sale_id, m.receipt, m.at AS moment
        FROM money_in m LEFT JOIN tender t ON t.id = m.tender_id
        WHERE m.receipt >= ?1 AND m.receipt < ?2 AND m.at >= ?3 AND m.at < ?4
    UNION ALL SELECT sale_id, NULL, at FROM refund
        WHERE receipt >= ?1 AND receipt < ?2 AND at >= ?3 AND at < ?4
    ORDER BY moment DESC LIMIT ?5";

fn candidates(
    conn: &Connection,
    (sql, most): (&str, u32),
    with: &[&dyn ToSql],
    go_on: &mut dyn FnMut(Candidate) -> Result<bool, TillError>,
) -> Result<bool, TillError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(with)?;
    let mut reached = 0;
    while let Some(row) = rows.next()? {
        let sale: Option<String> = row.get(0)?;
        let candidate = match sale {
            Some(id) => Candidate::Sale(id),
            None => Candidate::Payment(row.get(1)?),
        };
        reached += 1;
        if !go_on(candidate)? {
            return Ok(true);
        }
    }
    Ok(reached == most)
}
