//! What is not chained, held against what is.
//!
//! Sales, parts of them and payments change as a day goes on, so they are not chained. But each shilling of them
//! has its entries and its witnesses, and those are.

use rusqlite::Connection;

use super::{Doubt, Trouble, Walk};
use crate::error::TillError;

/// Each finds what cannot be, by its id.
const CHECKS: [(Doubt, &str); 8] = [
    (
        Doubt::Unbalanced,
        "SELECT entry FROM posting GROUP BY entry HAVING SUM(debit) <> SUM(credit)",
    ),
    (
        Doubt::SaleGone,
        "SELECT DISTINCT p.sale_id FROM posting p LEFT JOIN sale s ON s.id = p.sale_id
         WHERE p.sale_id IS NOT NULL AND s.id IS NULL",
    ),
    (
        Doubt::TenderGone,
        "SELECT DISTINCT p.tender_id FROM posting p LEFT JOIN tender t ON t.id = p.tender_id AND t.sale_id = p.sale_id
         WHERE p.tender_id IS NOT NULL AND t.id IS NULL",
    ),
    // A settled sale was paid by exactly what it owes, and an open one by less.
    (
        Doubt::SaleChanged,
        "SELECT s.id FROM sale s LEFT JOIN posting p
            ON p.sale_id = s.id AND p.account = CASE s.kind WHEN 'sale' THEN 'sales' ELSE 'credit' END AND p.credit > 0
         WHERE s.state <> 'voided' GROUP BY s.id
         HAVING (s.state = 'settled') <> (COALESCE(SUM(p.credit), 0) = s.amount)",
    ),
    // What counts has entries: cash to the cent, and nothing more than it brought.
    (
        Doubt::TenderChanged,
        "SELECT t.id FROM tender t JOIN sale s ON s.id = t.sale_id LEFT JOIN posting p
            ON p.sale_id = t.sale_id AND p.tender_id = t.id AND p.credit > 0
            AND p.account = CASE s.kind WHEN 'sale' THEN 'sales' ELSE 'credit' END
         WHERE t.stands = 1 AND s.state <> 'voided' GROUP BY t.id
         HAVING COALESCE(SUM(p.credit), 0) = 0 OR SUM(p.credit) > t.amount
            OR (t.kind = 'cash' AND SUM(p.credit) <> t.amount)",
    ),
    (
        Doubt::PaymentChanged,
        "SELECT m.receipt FROM money_in m
         WHERE NOT EXISTS (SELECT 1 FROM witness w WHERE w.receipt = m.receipt AND w.amount = m.amount)",
    ),
    (
        Doubt::PaymentGone,
        "SELECT DISTINCT w.receipt FROM witness w LEFT JOIN money_in m ON m.receipt = w.receipt
         WHERE w.told_by IN ('pull', 'statement') AND w.amount IS NOT NULL AND w.receipt IS NOT NULL AND m.receipt IS NULL",
    ),
    (
        Doubt::PushGone,
        "SELECT DISTINCT w.push_id FROM witness w LEFT JOIN push p ON p.id = w.push_id
         WHERE w.push_id IS NOT NULL AND p.id IS NULL",
    ),
];

/// Runs them all. `false` when somebody cancelled.
pub(super) fn all(conn: &Connection, walk: &mut Walk<'_>) -> Result<bool, TillError> {
    for (doubt, sql) in CHECKS {
        let mut statement = conn.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            walk.trouble(Trouble::Unchained {
                doubt,
                id: row.get(0)?,
            });
        }
        if !walk.step() {
            return Ok(false);
        }
    }
    Ok(true)
}
