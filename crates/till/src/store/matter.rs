//! Table `matter`: open questions about money that a person must look at.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::store::{at, ms, odd};
use crate::view::{MatterKind, MatterView, SaleName};

/// A question, the sale whose prompt it is about when that is another one, and its own sale.
const COLUMNS: &str =
    "SELECT m.id, m.kind, m.amount, m.opened_at, s.reference, s.amount, s.opened_at, m.sale_id
     FROM matter m
     LEFT JOIN push p ON p.id = m.push_id AND p.sale_id <> m.sale_id
     LEFT JOIN sale s ON s.id = p.sale_id";

pub(crate) fn open(
    tx: &Transaction<'_>,
    matter: &MatterView,
    sale_id: &str,
    push_id: Option<&str>,
) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO matter (id, kind, sale_id, push_id, amount, opened_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        matter.id,
        word(matter.kind),
        sale_id,
        push_id,
        matter.amount,
        ms(matter.opened_at)
    ])?;
    Ok(())
}

/// Closes the question *perhaps the same money* of one push: its receipt number is known now.
pub(crate) fn close_perhaps(
    tx: &Transaction<'_>,
    push_id: &str,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.prepare_cached(
        "UPDATE matter SET closed_at = ?2 WHERE push_id = ?1 AND kind = 'perhaps_same_money' AND closed_at IS NULL",
    )?
    .execute(params![push_id, ms(now)])?;
    Ok(())
}

/// Closes the question whether a sale's typed code is another sale's: it is answered.
pub(crate) fn close_perhaps_of_another(
    tx: &Transaction<'_>,
    sale_id: &str,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.prepare_cached(
        "UPDATE matter SET closed_at = ?2 WHERE sale_id = ?1 AND kind = 'perhaps_code_of_another' AND closed_at IS NULL",
    )?
    .execute(params![sale_id, ms(now)])?;
    Ok(())
}

/// One question, with its sale.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<(MatterView, String), TillError> {
    let mut statement = conn.prepare_cached(&format!("{COLUMNS} WHERE m.id = ?1"))?;
    let mut rows = statement.query([id])?;
    match rows.next()? {
        Some(row) => Ok((typed(row)?, row.get(7)?)),
        None => Err(TillError::not_found("question")),
    }
}

fn typed(row: &Row<'_>) -> Result<MatterView, TillError> {
    let text: String = row.get(1)?;
    Ok(MatterView {
        id: row.get(0)?,
        kind: serde_json::from_value(serde_json::Value::String(text.clone()))
            .map_err(|_| odd("matter.kind", &text))?,
        amount: row.get(2)?,
        opened_at: at(row.get(3)?),
        other: match row.get::<_, Option<String>>(4)? {
            Some(reference) => Some(SaleName {
                reference,
                amount: row.get(5)?,
                opened_at: at(row.get(6)?),
            }),
            None => None,
        },
    })
}

/// Open matters of one sale, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn of_sale(conn: &Connection, sale_id: &str) -> Result<Vec<MatterView>, TillError> {
    let mut statement = conn.prepare_cached(&format!(
        "{COLUMNS} WHERE m.sale_id = ?1 AND m.closed_at IS NULL ORDER BY m.opened_at, m.id"
    ))?;
    let mut rows = statement.query([sale_id])?;
    let mut matters = Vec::new();
    while let Some(row) = rows.next()? {
        matters.push(typed(row)?);
    }
    Ok(matters)
}

const fn word(kind: MatterKind) -> &'static str {
    match kind {
        MatterKind::RefundDue => "refund_due",
        MatterKind::PerhapsSameMoney => "perhaps_same_money",
        MatterKind::Contradiction => "contradiction",
        MatterKind::CodeOfAnother => "code_of_another",
        MatterKind::PerhapsCodeOfAnother => "perhaps_code_of_another",
        MatterKind::ReversedAfterSale => "reversed_after_sale",
        MatterKind::AlsoAtAnotherCounter => "also_at_another_counter",
        MatterKind::TooMuch => "too_much",
    }
}

/// Every open question, the oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn open_all(conn: &Connection) -> Result<Vec<(String, Money)>, TillError> {
    let mut statement =
        conn.prepare_cached("SELECT id, amount FROM matter WHERE closed_at IS NULL ORDER BY opened_at, id")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a sale owed its customer is given back.
pub(crate) fn close_owed(tx: &Transaction<'_>, sale_id: &str, now: DateTime<Utc>) -> Result<(), TillError> {
    tx.prepare_cached(
        "UPDATE matter SET closed_at = ?2 WHERE sale_id = ?1 AND kind IN ('refund_due', 'too_much') AND closed_at IS NULL",
    )?
    .execute(params![sale_id, ms(now)])?;
    Ok(())
}
