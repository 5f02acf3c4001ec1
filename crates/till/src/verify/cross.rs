//! What is not chained, held against what is.
//!
//! Sales, parts of them and payments change as a day goes on, so they are not chained. But each shilling of them
//! has its entries and its witnesses, and those are.

use rusqlite::Connection;

use super::{Doubt, Trouble, Walk};
use crate::error::TillError;
use crate::store::z;

/// Each finds what cannot be, by its id.
const CHECKS: [(Doubt, &str); 12] = [
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
            -- What of a payment too much was taken off the debt afterwards is no part of it.
            AND p.tender_id IS NOT NULL
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
            OR (t.kind IN ('cash', 'credit') AND SUM(p.credit) <> t.amount)",
    ),
    // Whose debt it is stands in the chain with what was done; nobody owes less than nothing.
    (
        Doubt::DebtChanged,
        "WITH said (act, customer_id, amount) AS (
            SELECT 'credit', customer_id, amount FROM tender WHERE kind = 'credit'
            UNION ALL SELECT 'pay_off', customer_id, amount FROM sale WHERE kind = 'pay_off'
            UNION ALL SELECT 'write_off', customer_id, amount FROM write_off
            UNION ALL SELECT CASE act WHEN 'credit_beyond_limit' THEN 'credit' WHEN 'give_credit' THEN 'credit' ELSE act END,
                about, -amount FROM act WHERE act IN ('give_credit', 'credit_beyond_limit', 'pay_off', 'write_off'))
         SELECT customer_id FROM said GROUP BY act, customer_id HAVING SUM(amount) <> 0
         UNION SELECT s.id FROM sale s JOIN tender t ON t.sale_id = s.id AND t.kind = 'credit'
            WHERE s.customer_id IS NOT t.customer_id
         UNION SELECT s.id FROM sale s WHERE s.kind = 'sale' AND s.customer_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM tender t WHERE t.sale_id = s.id AND t.kind = 'credit')
         UNION SELECT w.id FROM write_off w LEFT JOIN posting p ON p.entry = w.id AND p.account = 'written_off'
            WHERE p.debit IS NOT w.amount
         UNION SELECT p.entry FROM posting p LEFT JOIN write_off w ON w.id = p.entry
            WHERE p.account = 'written_off' AND w.id IS NULL
         UNION SELECT customer_id FROM debt GROUP BY customer_id HAVING SUM(amount) < 0",
    ),
    (
        Doubt::PaymentChanged,
        "SELECT m.receipt FROM money_in m
         WHERE NOT EXISTS (SELECT 1 FROM witness w WHERE w.receipt = m.receipt AND w.amount = m.amount)",
    ),
    // A statement also shows what the shop sent back; those rows are held against their acts below.
    (
        Doubt::PaymentGone,
        "SELECT DISTINCT w.receipt FROM witness w LEFT JOIN money_in m ON m.receipt = w.receipt
         WHERE w.told_by IN ('pull', 'statement') AND w.amount IS NOT NULL AND w.receipt IS NOT NULL AND m.receipt IS NULL
            AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.receipt = w.receipt)",
    ),
    (
        Doubt::PushGone,
        "SELECT DISTINCT w.push_id FROM witness w LEFT JOIN push p ON p.id = w.push_id
         WHERE w.push_id IS NOT NULL AND p.id IS NULL",
    ),
    (
        Doubt::RefundChanged,
        "SELECT r.id FROM refund r WHERE NOT EXISTS
            (SELECT 1 FROM act a WHERE a.act = 'refund' AND a.about = r.id AND a.amount = r.amount)
         UNION SELECT a.about FROM act a LEFT JOIN refund r ON r.id = a.about WHERE a.act = 'refund' AND r.id IS NULL",
    ),
    (
        Doubt::ShiftChanged,
        "SELECT s.id FROM shift s WHERE NOT EXISTS
            (SELECT 1 FROM act a WHERE a.act = 'open_shift' AND a.about = s.id AND a.amount = s.float)
         UNION SELECT s.id FROM shift s WHERE s.counted IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM act a WHERE a.act IN ('close_shift', 'close_others_shift') AND a.about = s.id
                AND a.amount = s.counted - s.expected)
         UNION SELECT a.about FROM act a LEFT JOIN shift s ON s.id = a.about WHERE a.act = 'open_shift' AND s.id IS NULL",
    ),
    // What the day's screens read is what the entries add up to, with nothing beside it.
    (
        Doubt::SumChanged,
        "SELECT DISTINCT account FROM (
            SELECT hour, account, way, person_id, debit, credit, debits, credits, 1 AS kept FROM posting_sum
            UNION ALL
            SELECT p.at / 3600000, p.account, COALESCE(t.kind, ''), COALESCE(p.person_id, ''),
                   SUM(p.debit), SUM(p.credit), SUM(p.debit > 0), SUM(p.credit > 0), -1
            FROM posting p LEFT JOIN tender t ON t.id = p.tender_id GROUP BY 1, 2, 3, 4)
         GROUP BY hour, account, way, person_id
         HAVING SUM(kept) <> 0 OR SUM(kept * debit) <> 0 OR SUM(kept * credit) <> 0
             OR SUM(kept * debits) <> 0 OR SUM(kept * credits) <> 0",
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
    closes(conn, walk)?;
    Ok(walk.step())
}

/// Each close is, word for word, what was hashed into the chain when it was made, and none is gone.
fn closes(conn: &Connection, walk: &mut Walk<'_>) -> Result<(), TillError> {
    let mut sealed = conn.prepare(
        "SELECT w.word, z.number, z.report, w.seq = z.rows AND w.hash = z.head FROM witness w
         LEFT JOIN z ON z.rows = w.seq WHERE w.told_by = 'z'
         UNION ALL SELECT NULL, z.number, z.report, 0 FROM z
         WHERE NOT EXISTS (SELECT 1 FROM witness w WHERE w.seq = z.rows AND w.told_by = 'z')",
    )?;
    let mut rows = sealed.query([])?;
    while let Some(row) = rows.next()? {
        let word: Option<String> = row.get(0)?;
        let close: Option<(u32, String)> = row.get::<_, Option<u32>>(1)?.zip(row.get(2)?);
        let fits: Option<bool> = row.get(3)?;
        let (doubt, id) = match (word, close) {
            (Some(word), Some((number, report)))
                if fits == Some(true) && word == z::seal(number, &report) =>
            {
                continue;
            }
            (_, Some((number, _))) => (Doubt::CloseChanged, number.to_string()),
            (word, None) => (Doubt::CloseGone, word.unwrap_or_default()),
        };
        walk.trouble(Trouble::Unchained { doubt, id });
    }
    Ok(())
}
