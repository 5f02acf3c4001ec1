//! Table `refund`: money that went back to a customer.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::{at, ms, odd};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundRow {
    /// Random.
    pub id: String,
    /// Of which sale.
    pub sale_id: String,
    /// How much.
    pub amount: Money,
    /// How it went back.
    pub way: Way,
    /// It was owed anyhow (paid twice, or too much), and is not for goods that came back.
    pub owed: bool,
    /// Who gave it.
    pub person_id: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// How money goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// From the drawer.
    Cash,
    /// Sent from the shop's own phone.
    Phone {
        /// The code that M-PESA gave for it.
        receipt: ReceiptNumber,
        /// A statement shows it.
        confirmed: bool,
    },
    /// Taken off what the customer owes.
    Debt,
}

const COLUMNS: &str = "id, sale_id, amount, way, owed, receipt, confirmed, person_id, at";

fn typed(row: &Row<'_>) -> Result<RefundRow, TillError> {
    let word: String = row.get(3)?;
    let receipt: Option<ReceiptNumber> = row.get(5)?;
    let way = match (word.as_str(), receipt) {
        ("cash", _) => Way::Cash,
        ("debt", _) => Way::Debt,
        ("phone", Some(receipt)) => Way::Phone {
            receipt,
            confirmed: row.get(6)?,
        },
        (other, _) => return Err(odd("refund.way", other)),
    };
    Ok(RefundRow {
        id: row.get(0)?,
        sale_id: row.get(1)?,
        amount: row.get(2)?,
        way,
        owed: row.get(4)?,
        person_id: row.get(7)?,
        at: at(row.get(8)?),
    })
}

pub(crate) fn insert(tx: &Transaction<'_>, refund: &RefundRow) -> Result<(), TillError> {
    let (way, receipt, confirmed) = match &refund.way {
        Way::Cash => ("cash", None, true),
        Way::Phone { receipt, confirmed } => ("phone", Some(receipt), *confirmed),
        Way::Debt => ("debt", None, true),
    };
    tx.prepare_cached(
        "INSERT INTO refund (id, sale_id, amount, way, owed, receipt, confirmed, person_id, at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT person_id FROM desk WHERE id = 1), ?8)",
    )?
    .execute(params![
        refund.id,
        refund.sale_id,
        refund.amount,
        way,
        refund.owed,
        receipt,
        confirmed,
        ms(refund.at)
    ])?;
    Ok(())
}

/// One refund.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<RefundRow, TillError> {
    all(
        conn,
        &format!("SELECT {COLUMNS} FROM refund WHERE id = ?1"),
        params![id],
    )?
    .pop()
    .ok_or_else(|| TillError::not_found("refund"))
}

/// What went back of one sale, in its order.
///
/// # Errors
/// The disk's trouble.
pub fn of_sale(conn: &Connection, sale_id: &str) -> Result<Vec<RefundRow>, TillError> {
    all(
        conn,
        &format!("SELECT {COLUMNS} FROM refund WHERE sale_id = ?1 ORDER BY at, id"),
        params![sale_id],
    )
}

fn all(conn: &Connection, sql: &str, with: &[&dyn rusqlite::ToSql]) -> Result<Vec<RefundRow>, TillError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(with)?;
    let mut refunds = Vec::new();
    while let Some(row) = rows.next()? {
        refunds.push(typed(row)?);
    }
    Ok(refunds)
}

/// Has this code sent money back already?
///
/// # Errors
/// The disk's trouble.
pub fn has(conn: &Connection, receipt: &ReceiptNumber) -> Result<bool, TillError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM refund WHERE receipt = ?1")?
        .exists([receipt])?)
}

/// A statement shows a payment that the shop sent. Returns the sale when that was news.
pub(crate) fn confirm(
    tx: &Transaction<'_>,
    receipt: &ReceiptNumber,
    amount: Money,
) -> Result<Option<String>, TillError> {
    Ok(tx
        .prepare_cached(
            "UPDATE refund SET confirmed = 1 WHERE receipt = ?1 AND amount = ?2 AND confirmed = 0 RETURNING sale_id",
        )?
        .query_row(params![receipt, amount], |row| row.get(0))
        .optional()?)
}

/// What was sent from the shop's phone and no statement has shown yet.
///
/// # Errors
/// The disk's trouble.
pub fn unconfirmed(conn: &Connection) -> Result<Vec<(String, Money)>, TillError> {
    let mut statement =
        conn.prepare_cached("SELECT id, amount FROM refund WHERE confirmed = 0 ORDER BY at, id")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How much of one sale went back.
///
/// # Errors
/// The disk's trouble.
pub fn given(conn: &Connection, sale_id: &str) -> Result<Money, TillError> {
    Ok(conn
        .prepare_cached("SELECT COALESCE(SUM(amount), 0) FROM refund WHERE sale_id = ?1")?
        .query_row([sale_id], |row| row.get(0))?)
}
