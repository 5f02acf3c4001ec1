//! Table `counter_claim`: which of several counters on one short code has a payment. The relay lets the first
//! that asks have it, for ever; what was asked is written here before.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::error::TillError;
use crate::receipt_number::ReceiptNumber;
use crate::store::{ms, odd};
use crate::view::Why;

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimState {
    /// The relay has not answered yet.
    Asked,
    /// This counter has it.
    Won,
    /// Another one has it.
    Lost,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CounterClaim {
    /// The payment.
    pub receipt: ReceiptNumber,
    /// How far it is.
    pub state: ClaimState,
    /// What it is to pay once it is won.
    pub tender_id: Option<String>,
    /// Why it is to pay that.
    pub why: Option<Why>,
    /// The letter of the counter that has it.
    pub holder: Option<String>,
}

const COLUMNS: &str = "receipt, state, tender_id, why, holder";

fn typed(row: &Row<'_>) -> rusqlite::Result<(String, CounterClaim)> {
    let why: Option<String> = row.get(3)?;
    Ok((
        row.get(1)?,
        CounterClaim {
            receipt: row.get(0)?,
            state: ClaimState::Asked,
            tender_id: row.get(2)?,
            why: why.and_then(|word| serde_json::from_value(serde_json::Value::String(word)).ok()),
            holder: row.get(4)?,
        },
    ))
}

fn whole((state, claim): (String, CounterClaim)) -> Result<CounterClaim, TillError> {
    let state = match state.as_str() {
        "asked" => ClaimState::Asked,
        "won" => ClaimState::Won,
        "lost" => ClaimState::Lost,
        other => return Err(odd("counter_claim.state", other)),
    };
    Ok(CounterClaim { state, ..claim })
}

/// The claim on a payment.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection, receipt: &ReceiptNumber) -> Result<Option<CounterClaim>, TillError> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM counter_claim WHERE receipt = ?1"))?
        .query_row([receipt], typed)
        .optional()?
        .map(whole)
        .transpose()
}

/// What the relay has not answered yet, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn asked(conn: &Connection) -> Result<Vec<CounterClaim>, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM counter_claim WHERE state = 'asked' ORDER BY at, receipt");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows: Vec<_> = statement.query_map([], typed)?.collect::<Result<_, _>>()?;
    rows.into_iter().map(whole).collect()
}

/// Writes down what is about to be asked; a payment that was asked for already gets the newer purpose.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn ask(
    tx: &Transaction<'_>,
    receipt: &ReceiptNumber,
    purpose: Option<(&str, Why)>,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    let (tender_id, why) = purpose.unzip();
    let why = why
        .map(serde_json::to_value)
        .transpose()
        .map_err(TillError::internal)?;
    tx.prepare_cached(
        "INSERT INTO counter_claim (receipt, state, tender_id, why, at) VALUES (?1, 'asked', ?2, ?3, ?4)
         ON CONFLICT (receipt) DO UPDATE SET tender_id = ?2, why = ?3 WHERE state = 'asked'",
    )?
    .execute(params![
        receipt,
        tender_id,
        why.as_ref().and_then(serde_json::Value::as_str),
        ms(now)
    ])?;
    Ok(())
}

/// Writes down that another counter has a payment that this one has not asked for.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn held(
    tx: &Transaction<'_>,
    receipt: &ReceiptNumber,
    holder: char,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO counter_claim (receipt, state, holder, at) VALUES (?1, 'lost', ?2, ?3)",
    )?
    .execute(params![receipt, holder.to_string(), ms(now)])?;
    Ok(())
}

/// Writes down who has it.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn answered(
    tx: &Transaction<'_>,
    receipt: &ReceiptNumber,
    won: bool,
    holder: char,
) -> Result<(), TillError> {
    let state = if won { "won" } else { "lost" };
    tx.prepare_cached(
        "UPDATE counter_claim SET state = ?2, holder = ?3 WHERE receipt = ?1 AND state = 'asked'",
    )?
    .execute(params![receipt, state, holder.to_string()])?;
    Ok(())
}

/// What was won and pays nothing yet, although it has a purpose.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn won_unbooked(conn: &Connection) -> Result<Vec<CounterClaim>, TillError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM counter_claim WHERE state = 'won' AND tender_id IS NOT NULL ORDER BY at, receipt"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows: Vec<_> = statement.query_map([], typed)?.collect::<Result<_, _>>()?;
    rows.into_iter().map(whole).collect()
}

/// Asks again for what was won since a moment: the relay may have forgotten it.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn doubt_won(tx: &Transaction<'_>, since: DateTime<Utc>) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE counter_claim SET state = 'asked' WHERE state = 'won' AND at >= ?1")?
        .execute([ms(since)])?;
    Ok(())
}

/// It is booked, or its purpose is gone; the claim itself stays.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn purpose_is_over(tx: &Transaction<'_>, receipt: &ReceiptNumber) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE counter_claim SET tender_id = NULL WHERE receipt = ?1")?
        .execute([receipt])?;
    Ok(())
}
