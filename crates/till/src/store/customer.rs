//! Table `customer`: who may pay later. The rest of the book knows only the id, so that a customer can be erased.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::msisdn::Msisdn;
use crate::policy::PHONE_DIGITS_KEPT;
use crate::store::{at, ms};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Random.
    pub id: String,
    /// As the shop calls them.
    pub name: String,
    /// Their phone.
    pub phone: Msisdn,
    /// How much they may owe at once.
    pub limit: Money,
    /// When they agreed to be kept here.
    pub agreed_at: DateTime<Utc>,
    /// Who heard it; nobody in a shop without people.
    pub agreed_with: Option<String>,
}

const COLUMNS: &str = "id, name, phone, most_owed, agreed_at, agreed_with";

fn typed(row: &Row<'_>) -> rusqlite::Result<CustomerRow> {
    Ok(CustomerRow {
        id: row.get(0)?,
        name: row.get(1)?,
        phone: row.get(2)?,
        limit: row.get(3)?,
        agreed_at: at(row.get(4)?),
        agreed_with: row.get(5)?,
    })
}

pub(crate) fn insert(tx: &Transaction<'_>, customer: &CustomerRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO customer (id, name, phone, most_owed, agreed_at, agreed_with) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        customer.id,
        customer.name,
        customer.phone,
        customer.limit,
        ms(customer.agreed_at),
        customer.agreed_with
    ])?;
    Ok(())
}

pub(crate) fn update(tx: &Transaction<'_>, customer: &CustomerRow) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE customer SET name = ?2, phone = ?3, most_owed = ?4 WHERE id = ?1")?
        .execute(params![
            customer.id,
            customer.name,
            customer.phone,
            customer.limit
        ])?;
    Ok(())
}

/// One customer; nothing once they were erased.
///
/// # Errors
/// The disk's trouble.
pub fn find(conn: &Connection, id: &str) -> Result<Option<CustomerRow>, TillError> {
    Ok(select(conn, "WHERE id = ?1", params![id])?.pop())
}

/// One customer.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<CustomerRow, TillError> {
    find(conn, id)?.ok_or_else(|| TillError::not_found("customer"))
}

/// All of them, by name.
///
/// # Errors
/// The disk's trouble.
pub fn all(conn: &Connection) -> Result<Vec<CustomerRow>, TillError> {
    select(conn, "ORDER BY lower(name), id", params![])
}

/// Who has this phone.
///
/// # Errors
/// The disk's trouble.
pub fn by_phone(conn: &Connection, phone: &Msisdn) -> Result<Option<CustomerRow>, TillError> {
    Ok(select(conn, "WHERE phone = ?1", params![phone])?.pop())
}

/// Whose phone ends with these digits, three at least, by name.
///
/// # Errors
/// The disk's trouble.
pub fn by_digits(conn: &Connection, digits: &str, limit: u32) -> Result<Vec<CustomerRow>, TillError> {
    select(
        conn,
        "WHERE substr(phone, -3) = substr(?1, -3) AND substr(phone, -length(?1)) = ?1 ORDER BY lower(name), id LIMIT ?2",
        params![digits, limit],
    )
}

/// Whose name holds these letters, by name.
///
/// # Errors
/// The disk's trouble.
pub fn by_name(conn: &Connection, letters: &str, limit: u32) -> Result<Vec<CustomerRow>, TillError> {
    select(
        conn,
        "WHERE instr(lower(name), lower(?1)) > 0 ORDER BY lower(name), id LIMIT ?2",
        params![letters, limit],
    )
}

/// A prompt to a phone that is still kept whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPrompt {
    /// When it was made.
    pub at: DateTime<Utc>,
    /// For how much.
    pub amount: Money,
    /// What the customer reads.
    pub reference: String,
    /// M-Pesa's receipt number, once it is known.
    pub receipt: Option<String>,
}

/// The prompts to one phone, as far as it is kept whole.
///
/// # Errors
/// The disk's trouble.
pub fn prompts(conn: &Connection, phone: &Msisdn) -> Result<Vec<KeptPrompt>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT p.created_at, t.amount, p.reference, p.receipt FROM push p JOIN tender t ON t.id = p.tender_id
         WHERE p.msisdn = ?1 ORDER BY p.created_at, p.id",
    )?;
    let rows = statement.query_map([phone], |row| {
        Ok(KeptPrompt {
            at: at(row.get(0)?),
            amount: row.get(1)?,
            reference: row.get(2)?,
            receipt: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Erases all that names a customer: the row, the free words about the customer and about those sales, first names of
/// payments, and phones beyond their last three digits.
pub(crate) fn erase(tx: &Transaction<'_>, customer: &CustomerRow) -> Result<(), TillError> {
    let id = &customer.id;
    let over = "state IN ('not_sent', 'refused', 'failed', 'paid') AND NOT (state = 'failed' AND told_by IS 'person')";
    let sales = "SELECT id FROM sale WHERE customer_id = ?1";
    let of_sales = [
        format!(
            "DELETE FROM reason WHERE id IN (SELECT reason_id FROM act WHERE about = ?1 OR about IN ({sales})
                OR about IN (SELECT id FROM refund WHERE sale_id IN ({sales})))"
        ),
        "UPDATE sale SET void_reason = NULL WHERE customer_id = ?1".to_owned(),
        format!(
            "DELETE FROM payer_name WHERE receipt IN (SELECT m.receipt FROM money_in m JOIN tender t ON t.id = m.tender_id
                WHERE t.sale_id IN ({sales}))"
        ),
        format!(
            "UPDATE money_in SET phone = substr(phone, -{PHONE_DIGITS_KEPT})
             WHERE tender_id IN (SELECT id FROM tender WHERE sale_id IN ({sales}))"
        ),
        // A prompt that may be alive keeps its phone, so that nobody is asked twice.
        format!(
            "UPDATE push SET msisdn = substr(msisdn, -{PHONE_DIGITS_KEPT}), checkout_request_id = NULL WHERE sale_id IN ({sales}) AND {over}"
        ),
    ];
    for sql in of_sales {
        tx.execute(&sql, [id])?;
    }
    tx.execute(
        &format!(
            "UPDATE push SET msisdn = substr(msisdn, -{PHONE_DIGITS_KEPT}), checkout_request_id = NULL
             WHERE msisdn = ?1 AND {over}"
        ),
        [&customer.phone],
    )?;
    tx.execute("DELETE FROM customer WHERE id = ?1", [id])?;
    Ok(())
}

fn select(
    conn: &Connection,
    which: &str,
    with: &[&dyn rusqlite::ToSql],
) -> Result<Vec<CustomerRow>, TillError> {
    let mut statement = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM customer {which}"))?;
    let rows = statement.query_map(with, typed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}
