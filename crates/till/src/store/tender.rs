//! Table `tender`: the parts of how a sale is paid. Pushes keep their own table beside it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, Transaction, params};

use crate::error::TillError;
use crate::matching::ends_alike;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::{at, ms, odd};
use crate::view::ReadFrom;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenderRow {
    /// Random.
    pub id: String,
    /// Its sale.
    pub sale_id: String,
    /// Its part of the sale.
    pub amount: Money,
    /// Its money counts towards the sale.
    pub stands: bool,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// Who took it: taken from the desk when it is written.
    pub person_id: Option<String>,
    /// What kind.
    pub kind: TenderKind,
}

/// The kinds, with what belongs to each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TenderKind {
    /// Notes and coins; `tendered` is what was handed over.
    Cash {
        /// Handed over.
        tendered: Money,
    },
    /// One push; the rest is in table `push`.
    Push,
    /// The customer pays the till.
    ToTill {
        /// Last 3 digits of the phone.
        digits: Option<String>,
        /// Still waited for.
        waiting: bool,
        /// The payment that came.
        receipt: Option<ReceiptNumber>,
    },
    /// A customer's word to pay later.
    Credit {
        /// Whose.
        customer_id: String,
    },
    /// A typed code.
    Code {
        /// The code.
        receipt: ReceiptNumber,
        /// Where it was read.
        read_from: ReadFrom,
        /// M-PESA confirmed it.
        confirmed: bool,
    },
}

const COLUMNS: &str = "id, sale_id, amount, stands, opened_at, kind, tendered, digits, waiting, receipt, read_from, confirmed, customer_id, person_id";

/// What a row holds beside what every kind has.
#[derive(Default)]
struct Parts<'a> {
    kind: &'static str,
    tendered: Option<Money>,
    digits: Option<&'a String>,
    waiting: Option<bool>,
    receipt: Option<&'a ReceiptNumber>,
    read_from: Option<&'static str>,
    confirmed: Option<bool>,
    customer_id: Option<&'a String>,
}

impl<'a> Parts<'a> {
    fn of(kind: &'a TenderKind) -> Self {
        match kind {
            TenderKind::Cash { tendered } => Self {
                kind: "cash",
                tendered: Some(*tendered),
                ..Self::default()
            },
            TenderKind::Push => Self {
                kind: "push",
                ..Self::default()
            },
            TenderKind::ToTill {
                digits,
                waiting,
                receipt,
            } => Self {
                kind: "to_till",
                digits: digits.as_ref(),
                waiting: Some(*waiting),
                receipt: receipt.as_ref(),
                ..Self::default()
            },
            TenderKind::Credit { customer_id } => Self {
                kind: "credit",
                customer_id: Some(customer_id),
                ..Self::default()
            },
            TenderKind::Code {
                receipt,
                read_from,
                confirmed,
            } => Self {
                kind: "code",
                receipt: Some(receipt),
                read_from: Some(match read_from {
                    ReadFrom::ShopPhone => "shop_phone",
                    ReadFrom::CustomerPhone => "customer_phone",
                }),
                confirmed: Some(*confirmed),
                ..Self::default()
            },
        }
    }
}

/// A payment may come while the counter is locked: then it is whoever's who began the sale.
pub(crate) fn insert(tx: &Transaction<'_>, tender: &TenderRow) -> Result<(), TillError> {
    let parts = Parts::of(&tender.kind);
    tx.prepare_cached(
        "INSERT INTO tender (seq, id, sale_id, kind, amount, stands, opened_at, tendered, digits, waiting, receipt, read_from, confirmed, customer_id, person_id, shift_id)
         SELECT (SELECT COUNT(*) FROM tender WHERE sale_id = ?2), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,
                COALESCE(person_id, (SELECT person_id FROM sale WHERE id = ?2)), shift_id
         FROM desk WHERE id = 1",
    )?
    .execute(params![
        tender.id,
        tender.sale_id,
        parts.kind,
        tender.amount,
        tender.stands,
        ms(tender.opened_at),
        parts.tendered,
        parts.digits,
        parts.waiting,
        parts.receipt,
        parts.read_from,
        parts.confirmed,
        parts.customer_id
    ])?;
    Ok(())
}

pub(crate) fn stand(tx: &Transaction<'_>, id: &str) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE tender SET stands = 1 WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// Nobody waits for the till any more: the sale ended another way.
pub(crate) fn stop_waiting(tx: &Transaction<'_>, sale_id: &str) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE tender SET waiting = 0 WHERE sale_id = ?1 AND kind = 'to_till'")?
        .execute([sale_id])?;
    Ok(())
}

/// The payment to the till came; this part of the sale is what was paid, and not what was asked.
pub(crate) fn paid_to_till(
    tx: &Transaction<'_>,
    id: &str,
    receipt: &ReceiptNumber,
    amount: Money,
) -> Result<(), TillError> {
    tx.prepare_cached(
        "UPDATE tender SET stands = 1, waiting = 0, receipt = ?2, amount = ?3 WHERE id = ?1 AND kind = 'to_till'",
    )?
    .execute(params![id, receipt, amount])?;
    Ok(())
}

/// One tender.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<TenderRow, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM tender WHERE id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    match rows.next()? {
        Some(row) => typed(row),
        None => Err(TillError::not_found("tender")),
    }
}

/// The tenders of open sales that wait for a payment to the till, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn waiting(conn: &Connection) -> Result<Vec<TenderRow>, TillError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tender
         WHERE kind = 'to_till' AND waiting = 1 AND sale_id IN (SELECT id FROM sale WHERE state = 'open')
         ORDER BY opened_at, id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut tenders = Vec::new();
    while let Some(row) = rows.next()? {
        tenders.push(typed(row)?);
    }
    Ok(tenders)
}

/// What a payment by hand may have been made for, although nobody waits for it any more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Waited<'a> {
    /// How much was waited for.
    pub(crate) amount: Money,
    /// The payer's visible digits; empty when none are.
    pub(crate) digits: &'a str,
    /// The sale began in this stretch, by this PC's clock.
    pub(crate) began: (DateTime<Utc>, DateTime<Utc>),
    /// And went on until then at least.
    pub(crate) until: DateTime<Utc>,
    /// It is another sale than this one.
    pub(crate) beside: &'a str,
}

/// Whether a sale waited in vain for such a payment to the till, and was ended in another way.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn waited_in_vain(conn: &Connection, waited: &Waited<'_>) -> Result<bool, TillError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tender t
         WHERE kind = 'to_till' AND waiting = 0 AND receipt IS NULL AND amount = ?1
           AND sale_id IN (SELECT id FROM sale
               WHERE opened_at BETWEEN ?2 AND ?3 AND changed_at >= ?4 AND id <> ?5)
           AND NOT EXISTS (SELECT 1 FROM tender paid WHERE paid.sale_id = t.sale_id AND paid.stands = 1
               AND (paid.kind = 'to_till' OR (paid.kind = 'code' AND paid.confirmed = 1)))"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![
        waited.amount,
        ms(waited.began.0),
        ms(waited.began.1),
        ms(waited.until),
        waited.beside
    ])?;
    while let Some(row) = rows.next()? {
        match typed(row)?.kind {
            TenderKind::ToTill {
                digits: Some(digits), ..
            } if !waited.digits.is_empty() && !ends_alike(&digits, waited.digits) => {}
            TenderKind::ToTill { .. }
            | TenderKind::Cash { .. }
            | TenderKind::Credit { .. }
            | TenderKind::Push
            | TenderKind::Code { .. } => return Ok(true),
        }
    }
    Ok(false)
}

/// Typed codes since a moment that nothing has confirmed.
///
/// # Errors
/// The disk's trouble.
pub fn not_confirmed(conn: &Connection, since: DateTime<Utc>) -> Result<Vec<String>, TillError> {
    let mut statement = conn
        .prepare_cached("SELECT id FROM tender WHERE kind = 'code' AND confirmed = 0 AND opened_at >= ?1")?;
    let rows = statement.query_map([ms(since)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The tenders of one sale, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn of_sale(conn: &Connection, sale_id: &str) -> Result<Vec<TenderRow>, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM tender WHERE sale_id = ?1 ORDER BY seq");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([sale_id])?;
    let mut tenders = Vec::new();
    while let Some(row) = rows.next()? {
        tenders.push(typed(row)?);
    }
    Ok(tenders)
}

fn typed(row: &Row<'_>) -> Result<TenderRow, TillError> {
    let word: String = row.get(5)?;
    let kind = match word.as_str() {
        "cash" => TenderKind::Cash {
            tendered: row.get(6)?,
        },
        "push" => TenderKind::Push,
        "to_till" => TenderKind::ToTill {
            digits: row.get(7)?,
            waiting: row.get(8)?,
            receipt: row.get(9)?,
        },
        "code" => {
            let read_from: String = row.get(10)?;
            TenderKind::Code {
                receipt: row.get(9)?,
                read_from: match read_from.as_str() {
                    "shop_phone" => ReadFrom::ShopPhone,
                    "customer_phone" => ReadFrom::CustomerPhone,
                    other => return Err(odd("tender.read_from", other)),
                },
                confirmed: row.get(11)?,
            }
        }
        "credit" => TenderKind::Credit {
            customer_id: row.get(12)?,
        },
        other => return Err(odd("tender.kind", other)),
    };
    Ok(TenderRow {
        id: row.get(0)?,
        sale_id: row.get(1)?,
        amount: row.get(2)?,
        stands: row.get(3)?,
        opened_at: at(row.get(4)?),
        person_id: row.get(13)?,
        kind,
    })
}

/// M-PESA confirmed a typed code; for other kinds there is nothing to write.
pub(crate) fn confirm(tx: &Transaction<'_>, id: &str) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE tender SET confirmed = 1 WHERE id = ?1 AND kind = 'code'")?
        .execute([id])?;
    Ok(())
}

/// M-PESA that counts towards sales and that nothing has confirmed: typed codes, and prompts that are called paid
/// without a receipt number. By who took it, how many and how much, the largest first.
///
/// # Errors
/// The disk's trouble.
pub fn not_confirmed_by_person(conn: &Connection) -> Result<Vec<(Option<String>, u32, Money)>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT person_id, COUNT(*), SUM(amount) FROM (
             SELECT person_id, amount FROM tender WHERE kind = 'code' AND confirmed = 0 AND stands = 1
             UNION ALL
             SELECT t.person_id, t.amount FROM push p JOIN tender t ON t.id = p.tender_id
             WHERE p.receipt IS NULL AND p.state IN ('paid', 'awaits_statement') AND t.stands = 1)
         GROUP BY person_id ORDER BY SUM(amount) DESC, person_id",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Typed codes that nothing has confirmed, with their amounts.
///
/// # Errors
/// The disk's trouble.
pub fn unconfirmed(conn: &Connection) -> Result<Vec<(String, Money)>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, amount FROM tender WHERE kind = 'code' AND confirmed = 0 ORDER BY opened_at, id",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
