//! The auditor of the people behind the counter: nobody did what they may not, what was counted is what the book
//! has, and nothing was done without a name.

use rusqlite::{Connection, params};

use crate::report::{DayReport, Fault};
use crate::staff::Staff;
use crate::table;

/// What must not be there, each by its id.
const NEVER: [(&str, &str); 11] = [
    ("a sale without whoever began it", "SELECT id FROM sale WHERE person_id IS NULL"),
    ("a part of a sale without whoever took it", "SELECT id FROM tender WHERE person_id IS NULL"),
    ("an entry without a name", "SELECT DISTINCT entry FROM posting WHERE person_id IS NULL"),
    ("an act without a name", "SELECT seq || ' ' || act FROM act WHERE person_id IS NULL"),
    (
        "a sale that nobody gave up is given up",
        "SELECT s.id FROM sale s WHERE (s.state = 'voided') <> EXISTS
            (SELECT 1 FROM act a WHERE a.about = s.id AND a.act IN ('void_sale', 'void_taken', 'void_live'))",
    ),
    // Whoever gives money back that was taken needs more than a cashier's role.
    (
        "a sale with money was given up as if nothing had been taken",
        "SELECT a.about FROM act a WHERE a.act = 'void_sale' AND EXISTS
            (SELECT 1 FROM posting p JOIN sale s ON s.id = p.sale_id WHERE p.sale_id = a.about AND p.credit > 0
             AND p.account = CASE s.kind WHEN 'pay_off' THEN 'credit' ELSE 'sales' END AND p.seq < a.seq)",
    ),
    (
        "a refund that nobody gave",
        "SELECT id FROM refund r WHERE 1 <> (SELECT COUNT(*) FROM act a WHERE a.about = r.id AND a.act = 'refund')",
    ),
    (
        "a sale from paper that nobody wrote in",
        "SELECT s.id FROM sale s WHERE s.from_paper <> (SELECT COUNT(*) FROM act a WHERE a.about = s.id AND a.act = 'from_paper')",
    ),
    (
        "cash that moved without anybody",
        "SELECT p.entry FROM posting p WHERE p.account IN ('paid_in', 'paid_out') AND 1 <>
            (SELECT COUNT(*) FROM act a WHERE a.about = p.entry AND a.amount = p.debit + p.credit
             AND a.act = replace(replace(p.account, 'paid_in', 'pay_in'), 'paid_out', 'pay_out'))",
    ),
    (
        "a close that nobody made",
        "SELECT id FROM z WHERE 1 <> (SELECT COUNT(*) FROM act a WHERE a.about = z.id AND a.act = 'close_day')",
    ),
    (
        "more went back of a sale than it cost",
        "SELECT s.id FROM sale s JOIN refund r ON r.sale_id = s.id AND r.owed = 0 GROUP BY s.id HAVING SUM(r.amount) > s.amount",
    ),
];

/// Reads one counter's book.
pub(crate) fn reads(book: &Connection, staff: &Staff, report: &mut DayReport) -> Result<(), rusqlite::Error> {
    let mut faults = Vec::new();
    for (words, sql) in NEVER {
        let mut statement = book.prepare(sql)?;
        let ids: Vec<String> = statement
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        faults.extend(ids.into_iter().map(|id| format!("{words} ({id})")));
    }
    faults.extend(acts(book, staff)?);
    faults.extend(shifts(book, staff)?);
    faults.extend(refunds(book, staff)?);
    let debt: i64 = book.query_row(
        "SELECT COALESCE(SUM(debit - credit), 0) FROM posting",
        [],
        |row| row.get(0),
    )?;
    if debt != 0 {
        faults.push(format!("debits are {debt} more than credits"));
    }
    report
        .faults
        .extend(faults.into_iter().map(|words| (Fault::Wrong, words)));
    Ok(())
}

/// Everybody had the role, or the leave of somebody who has it, and no leave was used twice.
fn acts(book: &Connection, staff: &Staff) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    let role = |id: &str| {
        staff
            .workers
            .iter()
            .find(|worker| worker.id == id)
            .map(|worker| worker.role)
    };
    // With one leave the list of customers may be looked at, and then one whole phone of it: two rows, one of each.
    let mut statement = book.prepare(
        "SELECT act, person_id, allowed_by, COUNT(*), act = 'see_customers' AND about IS NOT NULL FROM act GROUP BY 1, 2, 3, 5",
    )?;
    let mut rows = statement.query([])?;
    let mut used: std::collections::BTreeMap<(String, String, bool), u64> = std::collections::BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (act, person): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let allowed_by: Option<String> = row.get(2)?;
        let times: u64 = row.get::<_, i64>(3)?.unsigned_abs();
        let who = allowed_by.clone().or(person).unwrap_or_default();
        if !role(&who).is_some_and(|role| table::may(role, &act)) {
            faults.push(format!("{act} was done {times} times by {who}, who may not"));
        }
        if let Some(by) = allowed_by {
            if table::needs_passphrase(&act) {
                faults.push(format!("{act} was allowed by a PIN"));
            }
            *used.entry((act, by, row.get(4)?)).or_default() += times;
        }
    }
    for ((act, by, _), times) in used {
        let given = staff
            .leaves
            .iter()
            .find(|((of, who), _)| *of == act && *who == by)
            .map_or(0, |(_, given)| *given);
        if times > given {
            faults.push(format!(
                "{by} allowed {act} {given} times and it was done {times} times"
            ));
        }
    }
    Ok(faults)
}

/// Each count: what should have been there, what was, and what the book made of the difference.
fn shifts(book: &Connection, staff: &Staff) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    for count in &staff.cash.counts {
        let found: Result<(i64, i64, i64, i64, i64), _> = book.query_row(
            "SELECT expected / 100, counted / 100,
                 (SELECT COALESCE(SUM(worth * pieces), 0) / 100 FROM shift_count c WHERE c.shift_id = s.id),
                 (SELECT COALESCE(SUM(credit - debit), 0) / 100 FROM posting p WHERE p.shift_id = s.id AND account = 'over_short'),
                 (SELECT COALESCE(SUM(debit - credit), 0) / 100 FROM posting p WHERE p.shift_id = s.id AND account = 'cash')
             FROM shift s WHERE s.id = ?1 AND s.counted IS NOT NULL",
            [&count.shift_id],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        );
        let Ok((expected, counted, pieces, over, left)) = found else {
            faults.push(format!("the count of shift {} is gone", count.shift_id));
            continue;
        };
        let fits = expected == count.should
            && counted == count.counted
            && pieces == counted
            && over == counted - expected
            && left == 0;
        if !fits {
            faults.push(format!(
                "shift {} should have had {} and {} was counted: the book says {expected} and {counted} ({pieces} by \
                 pieces, {over} over, {left} left)",
                count.shift_id, count.should, count.counted
            ));
        }
    }
    let ended: i64 = book.query_row(
        "SELECT COUNT(*) FROM shift WHERE counted IS NOT NULL",
        [],
        |row| row.get(0),
    )?;
    if ended != i64::try_from(staff.cash.counts.len()).unwrap_or(0) {
        faults.push(format!(
            "{ended} shifts ended, and {} were counted",
            staff.cash.counts.len()
        ));
    }
    Ok(faults)
}

/// What went back is written, to the shilling, and nothing else is.
fn refunds(book: &Connection, staff: &Staff) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    let mut sum = 0;
    for (sale_id, (amount, times)) in &staff.cash.back {
        let (written, rows): (i64, i64) = book.query_row(
            "SELECT COALESCE(SUM(amount), 0) / 100, COUNT(*) FROM refund WHERE sale_id = ?1",
            params![sale_id],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        sum += amount;
        if written != *amount || rows.unsigned_abs() != *times {
            faults.push(format!(
                "{amount} of sale {sale_id} went back and {written} is written"
            ));
        }
    }
    let all: i64 = book.query_row("SELECT COALESCE(SUM(amount), 0) / 100 FROM refund", [], |row| {
        row.get(0)
    })?;
    if all != sum {
        faults.push(format!("{sum} went back and {all} is written"));
    }
    Ok(faults)
}
