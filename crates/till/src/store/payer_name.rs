//! Table `payer_name`: first names of payers, outside everything that is chained, so that they can go.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::TillError;
use crate::first_name::FirstName;
use crate::receipt_number::ReceiptNumber;
use crate::store::ms;

/// Keeps the name that came with a payment; a payment has one.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    receipt: &ReceiptNumber,
    name: &FirstName,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.prepare_cached("INSERT OR REPLACE INTO payer_name (receipt, name, kept_at) VALUES (?1, ?2, ?3)")?
        .execute(params![receipt, name, ms(now)])?;
    Ok(())
}

/// The name, as long as the payment's day lasts.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection, receipt: &ReceiptNumber) -> Result<Option<FirstName>, TillError> {
    Ok(conn
        .prepare_cached("SELECT name FROM payer_name WHERE receipt = ?1")?
        .query_row([receipt], |row| row.get(0))
        .optional()?)
}

/// Whether there is a name from outside this stretch of time.
///
/// # Errors
/// The disk's trouble.
pub fn any_outside(conn: &Connection, (from, to): (DateTime<Utc>, DateTime<Utc>)) -> Result<bool, TillError> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM payer_name WHERE kept_at < ?1 OR kept_at >= ?2)")?
        .query_row(params![ms(from), ms(to)], |row| row.get(0))?)
}

/// Erases every name from outside this stretch of time.
pub(crate) fn erase_outside(
    tx: &Transaction<'_>,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), TillError> {
    tx.prepare_cached("DELETE FROM payer_name WHERE kept_at < ?1 OR kept_at >= ?2")?
        .execute(params![ms(from), ms(to)])?;
    Ok(())
}

/// The day is closed: nobody needs a name any more.
pub(crate) fn erase_all(tx: &Transaction<'_>) -> Result<(), TillError> {
    tx.execute("DELETE FROM payer_name", [])?;
    Ok(())
}
