//! View `debt`: each entry on what a customer owes; and table `write_off`, for those that belong to no sale.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};
use std::collections::BTreeMap;

use crate::error::TillError;
use crate::money::Money;
use crate::store::{at, odd};

/// One entry on a debt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtRow {
    /// When it was written.
    pub at: DateTime<Utc>,
    /// What it adds to the debt; below zero it takes off.
    pub amount: Money,
    /// What kind of thing it came from.
    pub from: DebtFrom,
}

/// What an entry on a debt came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DebtFrom {
    /// A sale that was paid with a promise, or was given up, or whose goods came back.
    Sale {
        /// What the customer reads.
        reference: String,
        /// By the part of it that is the promise itself.
        by_tender: bool,
    },
    /// Money for the debt; above zero it was taken back, or given back.
    PayOff {
        /// What the customer reads.
        reference: String,
    },
    /// Nobody will pay it.
    WriteOff,
}

/// What a customer owes.
///
/// # Errors
/// The disk's trouble.
pub fn balance(conn: &Connection, customer_id: &str) -> Result<Money, TillError> {
    let cents: i64 = conn
        .prepare_cached("SELECT COALESCE(SUM(amount), 0) FROM debt WHERE customer_id = ?1")?
        .query_row([customer_id], |row| row.get(0))?;
    money(cents)
}

/// What every customer owes who ever owed.
///
/// # Errors
/// The disk's trouble.
pub fn balances(conn: &Connection) -> Result<BTreeMap<String, Money>, TillError> {
    let mut statement =
        conn.prepare_cached("SELECT customer_id, SUM(amount) FROM debt GROUP BY customer_id")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    rows.map(|row| {
        let (id, cents) = row?;
        Ok((id, money(cents)?))
    })
    .collect()
}

/// What is still to come by payments of the debt that are under way.
///
/// # Errors
/// The disk's trouble.
pub fn under_way(conn: &Connection, customer_id: &str) -> Result<Money, TillError> {
    let cents: i64 = conn
        .prepare_cached(
            "SELECT COALESCE(SUM(MAX(0, s.amount - COALESCE(
                (SELECT SUM(t.amount) FROM tender t WHERE t.sale_id = s.id AND t.stands = 1), 0))), 0)
             FROM sale s WHERE s.customer_id = ?1 AND s.kind = 'pay_off' AND s.state = 'open'",
        )?
        .query_row([customer_id], |row| row.get(0))?;
    money(cents)
}

/// Every entry on one customer's debt, in its order.
///
/// # Errors
/// The disk's trouble.
pub fn of_customer(conn: &Connection, customer_id: &str) -> Result<Vec<DebtRow>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT at, amount, kind, reference, tender_id FROM debt WHERE customer_id = ?1 ORDER BY seq",
    )?;
    let mut rows = statement.query([customer_id])?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(2)?;
        let reference: Option<String> = row.get(3)?;
        let tender_id: Option<String> = row.get(4)?;
        let from = match (kind.as_str(), reference) {
            ("sale", Some(reference)) => DebtFrom::Sale {
                reference,
                by_tender: tender_id.is_some(),
            },
            ("pay_off", Some(reference)) => DebtFrom::PayOff { reference },
            ("write_off", _) => DebtFrom::WriteOff,
            (other, _) => return Err(odd("debt.kind", other)),
        };
        lines.push(DebtRow {
            at: at(row.get(0)?),
            amount: money(row.get(1)?)?,
            from,
        });
    }
    Ok(lines)
}

/// The place of the newest entry on one customer's debt; 0 without any.
///
/// # Errors
/// The disk's trouble.
pub fn newest_seq(conn: &Connection, customer_id: &str) -> Result<i64, TillError> {
    Ok(conn
        .prepare_cached("SELECT COALESCE(MAX(seq), 0) FROM debt WHERE customer_id = ?1")?
        .query_row([customer_id], |row| row.get(0))?)
}

/// How many entries one customer's debt has up to a place.
///
/// # Errors
/// The disk's trouble.
pub fn count_upto(conn: &Connection, customer_id: &str, upto: i64) -> Result<usize, TillError> {
    let entries: i64 = conn
        .prepare_cached("SELECT COUNT(*) FROM debt WHERE customer_id = ?1 AND seq <= ?2")?
        .query_row(params![customer_id, upto], |row| row.get(0))?;
    usize::try_from(entries).map_err(TillError::internal)
}

/// What one customer paid off in money and did not get back for goods. A payment that is still open may be given up,
/// and goes back then.
///
/// # Errors
/// The disk's trouble.
pub fn paid_off(conn: &Connection, customer_id: &str) -> Result<Money, TillError> {
    let cents: i64 = conn
        .prepare_cached(
            "SELECT COALESCE((SELECT -SUM(d.amount) FROM debt d JOIN sale s ON s.id = d.sale_id
                      WHERE d.customer_id = ?1 AND d.kind = 'pay_off' AND s.state = 'settled'), 0)
                  + COALESCE((SELECT SUM(r.amount) FROM sale s JOIN refund r ON r.sale_id = s.id
                      WHERE s.customer_id = ?1 AND s.kind = 'sale' AND r.way = 'debt' AND r.owed = 1), 0)
                  - COALESCE((SELECT SUM(MAX(0, went + promised + reversed - amount)) FROM (SELECT s.amount,
                      COALESCE((SELECT SUM(amount) FROM refund WHERE sale_id = s.id AND way <> 'debt' AND owed = 0), 0) AS went,
                      COALESCE((SELECT SUM(amount) FROM tender WHERE sale_id = s.id AND kind = 'credit'), 0) AS promised,
                      COALESCE((SELECT SUM(debit - credit) FROM posting WHERE sale_id = s.id AND account = 'reversed'), 0) AS reversed
                      FROM sale s WHERE s.customer_id = ?1 AND s.kind = 'sale' AND s.state = 'settled') WHERE went > 0), 0)",
        )?
        .query_row([customer_id], |row| row.get(0))?;
    money(cents.max(0))
}

pub(crate) fn insert_write_off(
    tx: &Transaction<'_>,
    id: &str,
    customer_id: &str,
    amount: Money,
) -> Result<(), TillError> {
    tx.prepare_cached("INSERT INTO write_off (id, customer_id, amount) VALUES (?1, ?2, ?3)")?
        .execute(params![id, customer_id, amount])?;
    Ok(())
}

fn money(cents: i64) -> Result<Money, TillError> {
    Money::from_cents(cents).ok_or_else(|| TillError::internal("a balance out of bounds"))
}
