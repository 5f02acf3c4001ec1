//! Table `witness`: who told us what, append-only and chained. It holds random ids and receipt
//! numbers, never a phone or a name, so that personal data can be erased without breaking the chain.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::chain;
use crate::store::{at, ms};

/// One statement of one witness.
#[derive(Debug, Clone, Copy)]
pub struct Witness<'a> {
    /// Who: answer, query, callback, c2b, pull, statement, typed_shop_phone, typed_customer_phone, person.
    pub told_by: &'a str,
    /// About which push.
    pub push_id: Option<&'a str>,
    /// About which payment.
    pub receipt: Option<&'a ReceiptNumber>,
    /// The amount the witness named.
    pub amount: Option<Money>,
    /// What was said, in the book's words.
    pub word: &'a str,
}

/// A stored statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessRow {
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// Who.
    pub told_by: String,
    /// About which push.
    pub push_id: Option<String>,
    /// About which payment.
    pub receipt: Option<ReceiptNumber>,
    /// The amount the witness named.
    pub amount: Option<Money>,
    /// What was said, in the book's words.
    pub word: String,
}

/// Everything that was said about one push or one payment, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn about(
    conn: &Connection,
    push_id: Option<&str>,
    receipt: Option<&ReceiptNumber>,
) -> Result<Vec<WitnessRow>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT at, told_by, push_id, receipt, amount, word FROM witness
         WHERE (push_id IS NOT NULL AND push_id = ?1) OR (receipt IS NOT NULL AND receipt = ?2) ORDER BY seq",
    )?;
    let rows = statement.query_map(params![push_id, receipt], |row| {
        Ok(WitnessRow {
            at: at(row.get(0)?),
            told_by: row.get(1)?,
            push_id: row.get(2)?,
            receipt: row.get(3)?,
            amount: row.get(4)?,
            word: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether this witness has ever said anything. Reads the table to its end when not.
///
/// # Errors
/// The disk's trouble.
pub fn heard_of(conn: &Connection, told_by: &str) -> Result<bool, TillError> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM witness WHERE told_by = ?1)")?
        .query_row([told_by], |row| row.get(0))?)
}

/// The place of the last word of this witness; `None` when it never told anything.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn last_by(conn: &Connection, told_by: &str) -> Result<Option<u64>, TillError> {
    let seq: Option<i64> = conn
        .prepare_cached("SELECT MAX(seq) FROM witness WHERE told_by = ?1")?
        .query_row([told_by], |row| row.get(0))?;
    Ok(seq.map(i64::unsigned_abs))
}

pub(crate) fn append(
    tx: &Transaction<'_>,
    witness: &Witness<'_>,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    let place = chain::next(tx)?;
    let written_at = ms(now).to_string();
    let amount = witness
        .amount
        .map(|money| money.cents().to_string())
        .unwrap_or_default();
    let receipt = witness.receipt.map(ReceiptNumber::as_str).unwrap_or_default();
    let hash = chain::hash(
        &place.previous,
        &[
            &written_at,
            witness.told_by,
            witness.push_id.unwrap_or_default(),
            receipt,
            &amount,
            witness.word,
        ],
    );
    tx.prepare_cached(
        "INSERT INTO witness (seq, at, told_by, push_id, receipt, amount, word, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        place.seq,
        ms(now),
        witness.told_by,
        witness.push_id,
        witness.receipt,
        witness.amount,
        witness.word,
        hash
    ])?;
    Ok(())
}
