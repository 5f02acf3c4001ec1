//! The auditor of closes: each says what the entries of its stretch say, none is missing or twice, and what is not
//! known stands in each of them until it is.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use serde_json::Value;
use till::view::ZReport;

use crate::report::{DayReport, Fault};

/// A close that a screen showed.
#[derive(Debug, Clone)]
pub(crate) struct Close {
    pub(crate) counter: usize,
    pub(crate) number: u32,
    pub(crate) head: String,
    pub(crate) rows: i64,
}

/// The accounts of a close, as its text names them; whether they are shown as what they gave.
const ACCOUNTS: [(&str, &str, i64); 13] = [
    ("sales", "sales", -1),
    ("cash", "cash", 1),
    ("mpesa_proved", "mpesa_proved", 1),
    ("mpesa_not_proved", "mpesa_not_proved", 1),
    ("refunds", "refunds", 1),
    ("refund_due", "refund_due", -1),
    ("sent_back", "sent_back", -1),
    ("reversed", "reversed", 1),
    ("paid_in", "paid_in", -1),
    ("paid_out", "paid_out", 1),
    ("float", "float", -1),
    ("over_short", "over_short", -1),
    ("written_off", "written_off", 1),
];

/// A row of the table of closes.
struct Row {
    number: i64,
    from_seq: i64,
    to_seq: i64,
    rows: i64,
    head: String,
    report: Value,
}

/// What is not known: kind and id.
type Matters = BTreeSet<(String, String)>;

fn balance(book: &Connection, account: &str, (from, to): (i64, i64)) -> rusqlite::Result<i64> {
    book.prepare_cached(
        "SELECT COALESCE(SUM(debit - credit), 0) FROM posting WHERE account = ?1 AND seq > ?2 AND seq <= ?3",
    )?
    .query_row(params![account, from, to], |row| row.get(0))
}

/// What was given on credit, less what was given up again; what of debts money paid off; and what was taken off them
/// otherwise, but not written off.
fn debts(book: &Connection, (from, to): (i64, i64)) -> rusqlite::Result<[(&'static str, i64); 3]> {
    let (given, paid, off): (i64, i64, i64) = book
        .prepare_cached(
            "SELECT COALESCE(SUM((p.debit - p.credit) * (t.kind IS 'credit')), 0),
                    COALESCE(SUM((p.credit - p.debit) * (t.kind IN ('cash', 'push', 'to_till', 'code'))), 0),
                    COALESCE(SUM((p.credit - p.debit) * (t.id IS NULL AND p.sale_id IS NOT NULL)), 0)
             FROM posting p LEFT JOIN tender t ON t.id = p.tender_id
             WHERE p.account = 'credit' AND p.seq > ?1 AND p.seq <= ?2",
        )?
        .query_row(params![from, to], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?;
    Ok([("credit_given", given), ("credit_paid", paid), ("taken_off", off)])
}

fn cents(report: &Value, path: [&str; 2]) -> Option<i64> {
    let [outer, inner] = path;
    report.get(outer)?.get(inner)?.as_i64()
}

/// Where a report's sums are not those of the entries of a stretch.
fn sums_differ(book: &Connection, report: &Value, stretch: (i64, i64)) -> rusqlite::Result<Vec<String>> {
    let mut faults = Vec::new();
    for (name, account, sign) in ACCOUNTS {
        let own = sign * balance(book, account, stretch)?;
        let said = cents(report, ["accounts", name]);
        if said != Some(own) {
            faults.push(format!("{name} is {said:?} and its entries come to {own}"));
        }
    }
    for (name, own) in debts(book, stretch)? {
        let said = cents(report, ["accounts", name]);
        if said != Some(own) {
            faults.push(format!("{name} is {said:?} and its entries come to {own}"));
        }
    }
    let people = report.get("people").and_then(Value::as_array);
    let of_people: i64 = people
        .into_iter()
        .flatten()
        .filter_map(|person| person.get("sales")?.as_i64())
        .sum();
    if cents(report, ["accounts", "sales"]) != Some(of_people) {
        faults.push(format!("the people sold {of_people} together"));
    }
    let count = |sql: &str| -> rusqlite::Result<i64> {
        book.prepare_cached(sql)?
            .query_row(params![stretch.0, stretch.1], |row| row.get(0))
    };
    let voided = count("SELECT COUNT(*) FROM act WHERE act LIKE 'void%' AND seq > ?1 AND seq <= ?2")?;
    let refunds = count(
        "SELECT COUNT(*) FROM refund r JOIN act a ON a.about = r.id AND a.act = 'refund' WHERE a.seq > ?1 AND a.seq <= ?2",
    )?;
    for (name, own) in [("voided", voided), ("refunds", refunds)] {
        let said = report.get(name).and_then(Value::as_i64);
        if said != Some(own) {
            faults.push(format!("{name} is {said:?} and was {own}"));
        }
    }
    Ok(faults)
}

/// A look at the open day, held against the entries since the last close.
pub(crate) fn open_day_differs(book: &Connection, report: &ZReport) -> Result<Vec<String>, rusqlite::Error> {
    let report = serde_json::to_value(report).unwrap_or_default();
    let from: i64 = book.query_row("SELECT COALESCE(MAX(rows), 0) FROM z", [], |row| row.get(0))?;
    let differs = sums_differ(book, &report, (from, i64::MAX))?;
    Ok(differs
        .into_iter()
        .map(|words| format!("the open day: {words}"))
        .collect())
}

fn matters(book: &Connection, sql: &str, kind: &str, into: &mut Matters) -> rusqlite::Result<()> {
    let mut statement = book.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    for about in rows {
        into.insert((kind.to_owned(), about?));
    }
    Ok(())
}

/// What must stand in a close that is made now, and what may besides.
fn not_known(book: &Connection, two_counters: bool) -> rusqlite::Result<(Matters, Matters)> {
    let mut must = Matters::new();
    matters(
        book,
        "SELECT id FROM push WHERE state IN
            ('intended', 'sending', 'prompted', 'unknown', 'awaits_statement', 'failed_provisional')",
        "push",
        &mut must,
    )?;
    matters(
        book,
        "SELECT id FROM push WHERE state = 'paid' AND receipt IS NULL",
        "no_receipt",
        &mut must,
    )?;
    matters(
        book,
        "SELECT id FROM refund WHERE confirmed = 0",
        "sent_back",
        &mut must,
    )?;
    matters(
        book,
        "SELECT id FROM matter WHERE closed_at IS NULL",
        "matter",
        &mut must,
    )?;
    let mut may = must.clone();
    let codes = "SELECT t.id FROM tender t JOIN sale s ON s.id = t.sale_id
         WHERE t.kind = 'code' AND t.confirmed = 0 AND t.stands = 1 AND s.state <> 'voided'";
    matters(book, codes, "code", &mut must)?;
    matters(
        book,
        "SELECT id FROM tender WHERE kind = 'code' AND confirmed = 0",
        "code",
        &mut may,
    )?;
    // Of another counter's payments that counter tells; what only a relay told of is no money yet.
    if !two_counters {
        let cards = "SELECT receipt FROM money_in WHERE tender_id IS NULL AND hint = 0 AND grade >= 3";
        matters(book, cards, "money_in", &mut must)?;
    }
    matters(
        book,
        "SELECT receipt FROM money_in m WHERE tender_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM counter_claim c WHERE c.receipt = m.receipt AND c.state = 'lost')",
        "money_in",
        &mut may,
    )?;
    Ok((must, may))
}

/// What a fresh close carries, held against the book as it is at that moment.
pub(crate) fn carries_wrongly(
    book: &Connection,
    report: &ZReport,
    two_counters: bool,
) -> Result<Vec<String>, rusqlite::Error> {
    let carried: Matters = report
        .carried
        .iter()
        .map(|one| (one.kind.word().to_owned(), one.about.clone()))
        .collect();
    let (must, may) = not_known(book, two_counters)?;
    let lacks = must
        .difference(&carried)
        .map(|one| format!("a close lacks {one:?}"));
    let beyond = carried
        .difference(&may)
        .map(|one| format!("a close carries {one:?}, which is known"));
    Ok(lacks.chain(beyond).collect())
}

/// Every close of one counter's book, when the day is over.
pub(crate) fn reads(
    book: &Connection,
    shown: &[&Close],
    report: &mut DayReport,
) -> Result<(), rusqlite::Error> {
    let rows = all(book)?;
    let mut fault = |words: String| report.faults.push((Fault::Wrong, words));
    let mut before = 0;
    let mut open: BTreeMap<(String, String), i64> = BTreeMap::new();
    for (index, row) in rows.iter().enumerate() {
        let number = row.number;
        if number != i64::try_from(index).unwrap_or(0) + 1 {
            fault(format!("close {number} follows {index} closes"));
        }
        if row.from_seq != before + 1 || row.to_seq >= row.rows || row.to_seq < before {
            fault(format!(
                "close {number} covers {} to {} of {} after row {before}",
                row.from_seq, row.to_seq, row.rows
            ));
        }
        let between: i64 = book.query_row(
            "SELECT COUNT(*) FROM posting WHERE seq > ?1 AND seq <= ?2",
            [row.to_seq, row.rows],
            |row| row.get(0),
        )?;
        if between > 0 {
            fault(format!(
                "{between} entries stand in the rows of close {number} itself"
            ));
        }
        for words in sums_differ(book, &row.report, (before, row.to_seq))? {
            fault(format!("close {number}: {words}"));
        }
        goes_on(row, &mut open, &mut fault);
        before = row.rows;
    }
    let counted: i64 = rows
        .iter()
        .filter_map(|row| row.report.get("shifts")?.as_array())
        .map(|shifts| i64::try_from(shifts.len()).unwrap_or(0))
        .sum();
    let ended: i64 = book.query_row(
        "SELECT COUNT(*) FROM shift WHERE counted IS NOT NULL",
        [],
        |row| row.get(0),
    )?;
    if !rows.is_empty() && counted != ended {
        fault(format!("{ended} shifts ended, and the closes name {counted}"));
    }
    for close in shown {
        let there = rows.iter().any(|row| {
            row.number == i64::from(close.number) && row.head == close.head && row.rows == close.rows
        });
        if !there {
            let words = format!("close {} was shown and is gone, or another", close.number);
            report.faults.push((Fault::Lost, words));
        }
    }
    Ok(())
}

/// What was carried stands in the next close too, as carried or as solved.
fn goes_on(row: &Row, open: &mut BTreeMap<(String, String), i64>, fault: &mut impl FnMut(String)) {
    let listed = |name: &str| -> Vec<((String, String), Option<i64>)> {
        let list = row.report.get(name).and_then(Value::as_array);
        list.into_iter()
            .flatten()
            .filter_map(|one| {
                let text = |key: &str| Some(one.get(key)?.as_str()?.to_owned());
                Some((
                    (text("kind")?, text("about")?),
                    one.get("since_z").and_then(Value::as_i64),
                ))
            })
            .collect()
    };
    let number = row.number;
    let carried = listed("carried");
    let solved = listed("solved");
    for (one, since) in &solved {
        match open.remove(one) {
            Some(first) if *since == Some(first) => {}
            first => fault(format!(
                "close {number} solves {one:?} of {since:?}, carried since {first:?}"
            )),
        }
    }
    for (one, since) in &carried {
        let first = open.get(one).copied();
        if *since != first {
            fault(format!(
                "close {number} carries {one:?} since {since:?}, first was {first:?}"
            ));
        }
    }
    let now: BTreeSet<_> = carried.iter().map(|(one, _)| one.clone()).collect();
    for one in open.keys().filter(|one| !now.contains(*one)) {
        fault(format!("close {number} has forgotten {one:?}"));
    }
    open.retain(|one, _| now.contains(one));
    for one in now {
        open.entry(one).or_insert(number);
    }
}

fn all(book: &Connection) -> rusqlite::Result<Vec<Row>> {
    let mut statement =
        book.prepare("SELECT number, from_seq, to_seq, rows, head, report FROM z ORDER BY number")?;
    statement
        .query_map([], |row| {
            let text: String = row.get(5)?;
            Ok(Row {
                number: row.get(0)?,
                from_seq: row.get(1)?,
                to_seq: row.get(2)?,
                rows: row.get(3)?,
                head: row.get(4)?,
                report: serde_json::from_str(&text).unwrap_or_default(),
            })
        })?
        .collect()
}
