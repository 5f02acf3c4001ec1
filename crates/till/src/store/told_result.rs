//! Table `told_result`: what a relay told of a prompt whose amount only Safaricom itself may settle.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::{at, ms};

/// A result that was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldResult {
    /// The receipt number.
    pub receipt: ReceiptNumber,
    /// The amount, when it was told.
    pub amount: Option<Money>,
    /// When it was paid, when it was told.
    pub paid_at: Option<DateTime<Utc>>,
}

/// What was told of a prompt.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection, push_id: &str) -> Result<Option<ToldResult>, TillError> {
    Ok(conn
        .prepare_cached("SELECT receipt, amount, paid_at FROM told_result WHERE push_id = ?1")?
        .query_row([push_id], |row| {
            Ok(ToldResult {
                receipt: row.get(0)?,
                amount: row.get(1)?,
                paid_at: row.get::<_, Option<i64>>(2)?.map(at),
            })
        })
        .optional()?)
}

/// Keeps what was told; the first word stands.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    push_id: &str,
    told: &ToldResult,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO told_result (push_id, receipt, amount, paid_at, at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        push_id,
        told.receipt,
        told.amount,
        told.paid_at.map(ms),
        ms(now)
    ])?;
    Ok(())
}
