//! Table `money_in`: every M-Pesa payment that reached the shop, one row per receipt number, through
//! one door, whatever told us.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::clock::shop_day;
use crate::error::TillError;
use crate::first_name::FirstName;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::payer_name;
use crate::store::witness::{self, Witness};
use crate::store::{at, ms};
use crate::view::Why;

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
    /// Pull Transactions: Safaricom's own list of the last two days.
    Pull = 5,
    /// An M-PESA statement.
    Statement = 6,
}

impl Grade {
    /// The stored figure's grade.
    #[must_use]
    pub const fn of(stored: u8) -> Self {
        match stored {
            0 | 1 => Self::TypedCustomerPhone,
            2 => Self::TypedShopPhone,
            3 => Self::Callback,
            4 => Self::C2b,
            5 => Self::Pull,
            6.. => Self::Statement,
        }
    }

    /// The witness's word in the book.
    #[must_use]
    pub const fn told_by(self) -> &'static str {
        match self {
            Self::TypedCustomerPhone => "typed_customer_phone",
            Self::TypedShopPhone => "typed_shop_phone",
            Self::Callback => "callback",
            Self::C2b => "c2b",
            Self::Pull => "pull",
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
    /// What is visible of the payer's phone: its last digits.
    pub digits: Option<String>,
    /// What the payer gave as account; empty for tills.
    pub reference: Option<String>,
    /// When it was paid, by Safaricom's clock, when the witness names it.
    pub paid_at: Option<DateTime<Utc>>,
    /// The payer's first name, when the witness names it; it is kept for the day only, in a table of its own.
    pub first_name: Option<FirstName>,
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
        /// The amount that stood before and the one just told differ.
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
    /// Why it pays that tender.
    pub why: Option<Why>,
    /// Last digits of the payer's phone, as far as they are visible.
    pub digits: Option<String>,
    /// What the payer gave as account.
    pub reference: Option<String>,
    /// When it was paid, by Safaricom's clock.
    pub paid_at: Option<DateTime<Utc>>,
    /// Only a relay told of it, and only Safaricom itself may settle its amount.
    pub hint: bool,
    /// A hint that the relay found something odd about: perhaps nobody paid it.
    pub odd: bool,
}

impl MoneyInRow {
    /// Did Safaricom itself tell of this payment, so that it may be believed?
    #[must_use]
    pub const fn is_from_safaricom(&self) -> bool {
        self.grade >= Grade::Callback as u8 && !self.hint
    }

    /// The payment as its strongest witness told of it.
    #[must_use]
    pub fn told(self, receipt: ReceiptNumber) -> MoneyIn {
        MoneyIn {
            receipt,
            amount: self.amount,
            short_code: None,
            digits: self.digits,
            reference: self.reference,
            paid_at: self.paid_at,
            first_name: None,
            grade: Grade::of(self.grade),
        }
    }
}

const COLUMNS: &str = "receipt, amount, at, grade, tender_id, why, phone, reference, paid_at, hint";

fn typed(row: &Row<'_>) -> rusqlite::Result<(ReceiptNumber, MoneyInRow)> {
    let why: Option<String> = row.get(5)?;
    Ok((
        row.get(0)?,
        MoneyInRow {
            amount: row.get(1)?,
            at: at(row.get(2)?),
            grade: row.get(3)?,
            tender_id: row.get(4)?,
            why: why.and_then(|word| serde_json::from_value(serde_json::Value::String(word)).ok()),
            digits: row.get(6)?,
            reference: row.get(7)?,
            paid_at: row.get::<_, Option<i64>>(8)?.map(at),
            hint: row.get::<_, u8>(9)? > 0,
            odd: row.get::<_, u8>(9)? > 1,
        },
    ))
}

/// Reads one payment.
///
/// # Errors
/// The disk's trouble.
pub fn get(conn: &Connection, receipt: &ReceiptNumber) -> Result<Option<MoneyInRow>, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM money_in WHERE receipt = ?1");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([receipt], typed)
        .optional()?
        .map(|(_, row)| row))
}

/// The payment that pays a tender.
///
/// # Errors
/// The disk's trouble.
pub fn of_tender(
    conn: &Connection,
    tender_id: &str,
) -> Result<Option<(ReceiptNumber, MoneyInRow)>, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM money_in WHERE tender_id = ?1");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([tender_id], typed)
        .optional()?)
}

/// Payments since a moment that pay nothing yet, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn unplaced(
    conn: &Connection,
    since: DateTime<Utc>,
) -> Result<Vec<(ReceiptNumber, MoneyInRow)>, TillError> {
    let sql =
        format!("SELECT {COLUMNS} FROM money_in WHERE tender_id IS NULL AND at >= ?1 ORDER BY at, receipt");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([ms(since)], typed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Payments of a stretch of time (by Safaricom's clock) that a callback or a confirmation told of, and that
/// Pull has not shown.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn told_but_not_pulled(
    conn: &Connection,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<ReceiptNumber>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT receipt FROM money_in WHERE grade IN (3, 4) AND hint < 2 AND at >= ?1 AND COALESCE(paid_at, at) BETWEEN ?2 AND ?3",
    )?;
    let rows = statement.query_map(params![ms(from - TimeDelta::days(1)), ms(from), ms(to)], |row| {
        row.get(0)
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Payments of a stretch of time (by Safaricom's clock) that Safaricom told of in some way. What was told near
/// its ends may lie outside it.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn told_within(
    conn: &Connection,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<ReceiptNumber>, TillError> {
    let edge = TimeDelta::minutes(10);
    let mut statement = conn.prepare_cached(
        "SELECT receipt FROM money_in WHERE grade >= 3 AND hint < 2 AND at >= ?1 AND COALESCE(paid_at, at) BETWEEN ?2 AND ?3",
    )?;
    let rows = statement.query_map(
        params![ms(from - TimeDelta::days(1)), ms(from + edge), ms(to - edge)],
        |row| row.get(0),
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
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
    let values = params![
        money.receipt,
        money.amount,
        money.short_code,
        money.digits,
        money.reference,
        money.paid_at.map(ms),
        money.grade as u8,
        ms(now)
    ];
    let Some(row) = known else {
        tx.prepare_cached(
            "INSERT INTO money_in (receipt, amount, short_code, phone, reference, paid_at, grade, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(values)?;
        keep_name(tx, money, now)?;
        return Ok(Recorded::New);
    };
    keep_name(tx, money, now)?;
    if money.grade as u8 > row.grade {
        tx.prepare_cached(
            "UPDATE money_in SET amount = ?2, short_code = COALESCE(?3, short_code), phone = COALESCE(?4, phone),
                 reference = COALESCE(?5, reference), paid_at = COALESCE(?6, paid_at), grade = ?7, hint = 0
             WHERE receipt = ?1 AND ?8 IS NOT NULL",
        )?
        .execute(values)?;
    }
    Ok(Recorded::Known {
        tender_id: row.tender_id,
        differs: row.amount != money.amount,
    })
}

/// As [`record`], of a payment that only a relay told of, and that only Safaricom itself may settle. A stronger
/// witness makes it a payment like any other. Where the relay found something `odd`, perhaps nobody paid it: a list
/// without it may be whole.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn record_hint(
    tx: &Transaction<'_>,
    money: &MoneyIn,
    odd: bool,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    record(tx, money, now)?;
    let hint = if odd { 2 } else { 1 };
    tx.prepare_cached("UPDATE money_in SET hint = ?2 WHERE receipt = ?1")?
        .execute(params![money.receipt, hint])?;
    Ok(())
}

/// What only a relay told of gives way to whoever may be believed: the next witness is stronger.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn give_way(tx: &Transaction<'_>, receipt: &ReceiptNumber) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE money_in SET grade = 0 WHERE receipt = ?1 AND hint > 0")?
        .execute([receipt])?;
    Ok(())
}

/// A payment of another day that turns up today brings no name any more.
fn keep_name(tx: &Transaction<'_>, money: &MoneyIn, now: DateTime<Utc>) -> Result<(), TillError> {
    let of_today = money.paid_at.is_none_or(|at| shop_day(at) == shop_day(now));
    match &money.first_name {
        Some(name) if of_today => payer_name::keep(tx, &money.receipt, name, now),
        Some(_) | None => Ok(()),
    }
}

/// Gives a payment to a tender. The database refuses a second tender for it, and a second payment for the
/// tender.
pub(crate) fn attach(
    tx: &Transaction<'_>,
    receipt: &ReceiptNumber,
    tender_id: &str,
    why: Why,
) -> Result<(), TillError> {
    let changed = tx
        .prepare_cached(
            "UPDATE money_in SET tender_id = ?2, why = ?3 WHERE receipt = ?1 AND tender_id IS NULL",
        )?
        .execute(params![receipt, tender_id, word(why)])?;
    if changed == 1 {
        Ok(())
    } else {
        Err(TillError::internal("a payment that already pays a tender"))
    }
}

/// Takes a payment away from a code that somebody typed: it is another sale's.
pub(crate) fn release(tx: &Transaction<'_>, receipt: &ReceiptNumber) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE money_in SET tender_id = NULL, why = NULL WHERE receipt = ?1")?
        .execute([receipt])?;
    Ok(())
}

const fn word(why: Why) -> &'static str {
    match why {
        Why::OwnPush => "own_push",
        Why::Reference => "reference",
        Why::Digits => "digits",
        Why::Code => "code",
        Why::Person => "person",
    }
}

/// Did Safaricom itself tell of this payment?
pub(crate) fn is_from_safaricom(conn: &Connection, receipt: &ReceiptNumber) -> Result<bool, TillError> {
    Ok(get(conn, receipt)?.is_some_and(|row| row.is_from_safaricom()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn the_last_door_lets_a_payment_pay_one_tender_only() {
        let mut store = Store::in_memory().unwrap();
        // The tenders themselves do not matter here.
        store.read().pragma_update(None, "foreign_keys", "OFF").unwrap();
        let money = MoneyIn {
            receipt: ReceiptNumber::parse("UKN3X8ABCD").unwrap(),
            amount: Money::from_shillings(500).unwrap(),
            short_code: None,
            digits: None,
            reference: None,
            paid_at: None,
            first_name: None,
            grade: Grade::Callback,
        };
        let now = DateTime::UNIX_EPOCH;
        store.write(|tx| record(tx, &money, now)).unwrap();
        let mut give = |tender: &str| store.write(|tx| attach(tx, &money.receipt, tender, Why::Person));
        assert!(give("first").is_ok(), "it pays nothing yet");
        assert!(
            give("second").is_err(),
            "whatever its caller looked at before, one payment pays once"
        );
    }
}

/// What Safaricom itself showed over a stretch of the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// All of it.
    pub all: Money,
    /// Of that, what pays no sale.
    pub unplaced: Money,
}

/// Payments that a C2B confirmation, Safaricom's list or a statement first showed over a stretch of the chain.
///
/// # Errors
/// The disk's trouble.
pub fn seen_in(conn: &Connection, (from_seq, to_seq): (i64, i64)) -> Result<Seen, TillError> {
    Ok(conn
        .prepare_cached(
            "SELECT COALESCE(SUM(amount), 0), COALESCE(SUM(CASE WHEN tender_id IS NULL THEN amount END), 0)
             FROM money_in WHERE receipt IN (
                 SELECT receipt FROM witness w
                 WHERE seq BETWEEN ?1 AND ?2 AND receipt IS NOT NULL AND told_by IN ('c2b', 'pull', 'statement')
                   AND NOT EXISTS (SELECT 1 FROM witness o WHERE o.receipt = w.receipt AND o.seq < ?1
                                   AND o.told_by IN ('c2b', 'pull', 'statement')))",
        )?
        .query_row([from_seq, to_seq], |row| {
            Ok(Seen {
                all: row.get(0)?,
                unplaced: row.get(1)?,
            })
        })?)
}
