//! Table `money_in`: every M-Pesa payment that reached the shop, one row per receipt number, through
//! one door, whatever told us.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::witness::{self, Witness};
use crate::store::{at, ms};

/// How strong a witness is. When two differ, the stronger stands and both are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Typed from the customer's phone: a shown message proves little.
    TypedCustomerPhone = 1,
    /// Typed from the shop's own phone.
    TypedShopPhone = 2,
    /// Safaricom's callback for our push.
    Callback = 3,
    /// A C2B confirmation.
    C2b = 4,
    /// Pull Transactions or an M-PESA statement.
    Statement = 5,
}

impl Grade {
    const fn told_by(self) -> &'static str {
        match self {
            Self::TypedCustomerPhone => "typed_customer_phone",
            Self::TypedShopPhone => "typed_shop_phone",
            Self::Callback => "callback",
            Self::C2b => "c2b",
            Self::Statement => "statement",
        }
    }
}

/// A payment as one witness tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyIn {
    /// Unique in the whole file.
    pub receipt: ReceiptNumber,
    /// How much the witness says.
    pub amount: Money,
    /// To which short code, when the witness names it.
    pub short_code: Option<String>,
    /// What is visible of the payer's phone.
    pub phone: Option<String>,
    /// The witness.
    pub grade: Grade,
}

/// What the door found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recorded {
    /// Never heard of before.
    New,
    /// Known already; this witness was added.
    Known {
        /// The tender it pays, when it pays one.
        tender_id: Option<String>,
        /// The amount that stands and the one just told differ.
        differs: bool,
    },
}

/// A stored payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoneyInRow {
    /// The amount that stands.
    pub amount: Money,
    /// When it was first recorded.
    pub at: DateTime<Utc>,
    /// Numeric [`Grade`] of the strongest witness.
    pub grade: u8,
    /// The tender it pays.
    pub tender_id: Option<String>,
}

/// Reads one payment.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection, receipt: &ReceiptNumber) -> Result<Option<MoneyInRow>, TillError> {
    Ok(conn
        .prepare_cached("SELECT amount, at, grade, tender_id FROM money_in WHERE receipt = ?1")?
        .query_row([receipt], |row| {
            Ok(MoneyInRow {
                amount: row.get(0)?,
                at: at(row.get(1)?),
                grade: row.get(2)?,
                tender_id: row.get(3)?,
            })
        })
        .optional()?)
}

/// The one door: records the payment or adds a witness to it, in the caller's transaction.
///
/// # Errors
/// The disk's trouble.
pub fn record(tx: &Transaction<'_>, money: &MoneyIn, now: DateTime<Utc>) -> Result<Recorded, TillError> {
    let known = get(tx, &money.receipt)?;
    witness::append(
        tx,
        &Witness {
            told_by: money.grade.told_by(),
            push_id: None,
            receipt: Some(&money.receipt),
            amount: Some(money.amount),
            word: "money in",
        },
        now,
    )?;
    let Some(row) = known else {
        tx.prepare_cached(
            "INSERT INTO money_in (receipt, amount, short_code, phone, at, grade) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![money.receipt, money.amount, money.short_code, money.phone, ms(now), money.grade as u8])?;
        return Ok(Recorded::New);
    };
    if money.grade as u8 > row.grade {
        tx.prepare_cached(
            "UPDATE money_in SET amount = ?2, short_code = COALESCE(?3, short_code), phone = COALESCE(?4, phone), grade = ?5
             WHERE receipt = ?1",
        )?
        .execute(params![money.receipt, money.amount, money.short_code, money.phone, money.grade as u8])?;
    }
    Ok(Recorded::Known {
        tender_id: row.tender_id,
        differs: row.amount != money.amount,
    })
}

/// Gives a payment to a tender. The database refuses a second tender for it.
pub(crate) fn attach(
    tx: &Transaction<'_>,
    receipt: &ReceiptNumber,
    tender_id: &str,
) -> Result<(), TillError> {
    let changed = tx
        .prepare_cached("UPDATE money_in SET tender_id = ?2 WHERE receipt = ?1 AND tender_id IS NULL")?
        .execute(params![receipt, tender_id])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(TillError::internal("a payment that already pays a tender"))
    }
}

/// Did Safaricom itself tell of this payment?
pub(crate) fn is_from_safaricom(conn: &Connection, receipt: &ReceiptNumber) -> Result<bool, TillError> {
    Ok(get(conn, receipt)?.is_some_and(|row| row.grade >= Grade::Callback as u8))
}
