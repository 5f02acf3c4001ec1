//! Do the two ledgers agree? The book is read with this test's own SQL.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde_json::Value;

use super::evening::Evening;

/// What the evening came to.
#[derive(Debug)]
pub struct Facts {
    pub prompts: usize,
    pub payments: usize,
}

pub fn ledger_and_book(evening: &Evening) -> Facts {
    let ledger = evening.simulator.ledger();
    let book = Connection::open(evening.shop.book()).unwrap();
    let word: String = book
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(word, "ok", "the file is whole");
    let (pushes, payments) = (list(&ledger, "pushes"), list(&ledger, "payments"));
    every_payment_is_booked_once(&book, &payments);
    every_prompt_was_intended(&book, &pushes);
    nobody_was_asked_twice(&book, &pushes);
    every_row_has_its_end(&book);
    let shillings = ledger["total"].as_i64().unwrap();
    assert_eq!(
        balance(&book, "mpesa_proved"),
        shillings,
        "to the shilling, with codes"
    );
    assert_eq!(balance(&book, "mpesa_not_proved"), 0, "and nothing without");
    assert_eq!(balance(&book, "refund_due"), 0, "nothing is owed to anybody");
    assert_eq!(balance(&book, "sales"), -shillings, "all of it was sold");
    let day = evening.shop.run(&["day"]).last();
    assert!(
        day["taken"] == shillings * 100 && day["to_look_at"] == 0,
        "and so says the day: {day}"
    );
    println!(
        "{shillings} shillings; the prompts of the book: {:?}",
        ends(&book)
    );
    Facts {
        prompts: pushes.len(),
        payments: payments.len(),
    }
}

fn list(ledger: &Value, name: &str) -> Vec<Value> {
    ledger[name].as_array().unwrap().clone()
}

fn text(entry: &Value, name: &str) -> String {
    entry[name].as_str().unwrap_or_default().to_owned()
}

fn count<P: rusqlite::Params>(book: &Connection, sql: &str, params: P) -> i64 {
    book.query_row(sql, params, |row| row.get(0)).unwrap()
}

fn balance(book: &Connection, account: &str) -> i64 {
    let sql = "SELECT COALESCE(SUM(debit) - SUM(credit), 0) / 100 FROM posting WHERE account = ?1";
    count(book, sql, [account])
}

fn every_payment_is_booked_once(book: &Connection, payments: &[Value]) {
    for payment in payments {
        let (receipt, reference) = (text(payment, "receipt"), text(payment, "bill_ref"));
        let cents = payment["amount"].as_i64().unwrap() * 100;
        let sql = "SELECT COUNT(*) FROM push p JOIN sale s ON s.id = p.sale_id
             JOIN money_in m ON m.receipt = p.receipt AND m.tender_id = p.tender_id
             WHERE p.receipt = ?1 AND p.reference = ?2 AND p.state = 'paid' AND s.state = 'settled'
               AND m.amount = ?3 AND s.amount = ?3";
        let booked = count(book, sql, (&receipt, &reference, cents));
        assert_eq!(booked, 1, "one paid prompt of one settled sale for {payment}");
        let sql = "SELECT COALESCE(SUM(o.debit), 0) FROM posting o JOIN push p ON p.tender_id = o.tender_id
             WHERE p.receipt = ?1 AND o.account = 'mpesa_proved'";
        assert_eq!(count(book, sql, [&receipt]), cents, "posted once: {payment}");
    }
    let paid = count(book, "SELECT COUNT(*) FROM push WHERE state = 'paid'", []);
    assert_eq!(
        usize::try_from(paid).unwrap(),
        payments.len(),
        "nothing is paid that was not"
    );
    let known = count(book, "SELECT COUNT(*) FROM money_in", []);
    assert_eq!(
        usize::try_from(known).unwrap(),
        payments.len(),
        "no payment was made up"
    );
}

/// What Safaricom accepted was in the book before it left.
fn every_prompt_was_intended(book: &Connection, pushes: &[Value]) {
    for push in pushes {
        let sql = "SELECT COUNT(*) FROM push WHERE reference = ?1 AND msisdn = ?2 AND sent_at IS NOT NULL
             AND state NOT IN ('not_sent', 'refused')";
        let rows = count(book, sql, (text(push, "account_reference"), text(push, "msisdn")));
        assert_eq!(rows, 1, "one row for the prompt {push}");
    }
}

fn nobody_was_asked_twice(book: &Connection, pushes: &[Value]) {
    let mut asked: BTreeMap<String, usize> = BTreeMap::new();
    for push in pushes {
        *asked.entry(text(push, "account_reference")).or_default() += 1;
    }
    let twice: Vec<_> = asked.iter().filter(|(_, prompts)| **prompts > 1).collect();
    assert!(twice.is_empty(), "one prompt a sale: {twice:?}");
    // A phone was asked for another sale only when the prompt before had its end, written down.
    let sql = "SELECT COUNT(*) FROM push a JOIN push b ON b.msisdn = a.msisdn AND b.created_at > a.created_at
         WHERE a.sent_at IS NOT NULL AND b.sent_at IS NOT NULL AND a.ended_at > b.created_at";
    assert_eq!(count(book, sql, []), 0, "no second prompt beside a live one");
}

fn every_row_has_its_end(book: &Connection) {
    let sql = "SELECT COUNT(*) FROM push WHERE ended_at IS NULL
         OR state NOT IN ('paid', 'failed', 'not_sent', 'refused')";
    assert_eq!(
        count(book, sql, []),
        0,
        "every prompt has its end: {:?}",
        ends(book)
    );
    let sql = "SELECT COUNT(*) FROM (SELECT sale_id FROM push GROUP BY sale_id HAVING COUNT(*) > 1)";
    assert_eq!(
        count(book, sql, []),
        0,
        "each start of `pay` made one sale with one prompt"
    );
}

fn ends(book: &Connection) -> BTreeMap<String, i64> {
    let sql = "SELECT state || COALESCE(' ' || reason, ''), COUNT(*) FROM push GROUP BY 1";
    let mut statement = book.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}
