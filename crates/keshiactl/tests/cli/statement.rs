//! A statement of the M-PESA account: taken from a file, and what it proves.

use std::fs;
use std::path::PathBuf;

use chrono::{FixedOffset, TimeDelta, Utc};

use crate::list::{paid, sandbox};
use crate::support::{Shop, Simulator};

const HEADS: &str = "Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,\
                     Balance,Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.";

fn write(shop: &Shop, name: &str, text: &str) -> PathBuf {
    let path = shop.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_statement_proves_what_a_query_could_not() {
    let simulator = Simulator::start();
    let shop = sandbox(&simulator.url);
    let sale = paid(&shop, "120");
    let reference = sale["reference"].as_str().unwrap();
    let east_africa = FixedOffset::east_opt(3 * 3_600).unwrap();
    let at = |minutes: i64| {
        (Utc::now() + TimeDelta::minutes(minutes))
            .with_timezone(&east_africa)
            .format("%d-%m-%Y %H:%M:%S")
            .to_string()
    };
    let text = format!(
        "Organization Name:,DUKA\n\n{HEADS}\n\
         UKN9CHARGE,{},,Charge,Completed,,-5.00,,,,,,\n\
         UKN3X8ABCD,{},,Pay Bill from 2547****000 - JANE,Completed,120.00,,,,,2547****000 - JANE,,{reference}\n",
        at(60),
        at(0)
    );
    let file = write(&shop, "statement.csv", &text);
    let take = ["statement", file.to_str().unwrap()];
    let done = shop.run(&take);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(
        (
            &done.last()["payments"],
            &done.last()["found"],
            &done.last()["whole"]
        ),
        (&1.into(), &1.into(), &false.into()),
        "one payment came to light; nothing else of its time was known, so it proves no absence: {done:?}"
    );
    let witnesses = shop.run(&["witnesses", reference]);
    assert!(
        witnesses
            .lines()
            .iter()
            .any(|line| line["told_by"] == "statement"),
        "who said it is kept: {witnesses:?}"
    );
    let again = shop.run(&take);
    assert_eq!(
        (&again.last()["found"], &again.last()["known"]),
        (&0.into(), &1.into()),
        "the same file brings no news: {again:?}"
    );
}

#[test]
fn what_is_no_statement_is_said_and_changes_nothing() {
    let simulator = Simulator::start();
    let shop = sandbox(&simulator.url);
    paid(&shop, "120");
    let missing = shop.path().join("nowhere.csv");
    for (name, file) in [
        ("a missing file", missing),
        ("an empty file", write(&shop, "empty.csv", "")),
        (
            "another table",
            write(&shop, "other.csv", "Name,Phone\nJane,0712345678\n"),
        ),
        (
            "an Excel file",
            write(&shop, "statement.xlsx", "PK\u{3}\u{4}\0\0"),
        ),
        ("heads alone", write(&shop, "heads.csv", HEADS)),
    ] {
        let done = shop.run(&["statement", file.to_str().unwrap()]);
        done.assert_refused(1, "statement_unreadable", name);
    }
    let day = shop.run(&["day"]);
    assert_eq!(day.last()["settled"], 1, "the book is as it was: {day:?}");
}
