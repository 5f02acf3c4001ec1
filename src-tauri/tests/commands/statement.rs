//! A statement of the M-PESA account, as the settings take it.

use serde_json::json;
use tempfile::TempDir;

use crate::support::{DEADLINE, Till};

const HEADS: &str =
    "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info,A/C No.";

#[test]
fn a_statement_is_taken_and_another_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    assert_eq!(
        till.refused(
            "take_statement",
            json!({ "text": "Name,Phone\nJane,0712345678\n" })
        ),
        "statement_unreadable",
        "another table"
    );
    let changed = till.listen("sale-changed");
    let waiting = till.ok(
        "wait_for_till",
        json!({ "saleId": null, "amount": 12_500, "digits": "678" }),
    );
    let reference = waiting["reference"].as_str().unwrap();
    let east_africa = chrono::FixedOffset::east_opt(3 * 3_600).unwrap();
    let now = chrono::Utc::now()
        .with_timezone(&east_africa)
        .format("%d-%m-%Y %H:%M:%S");
    let text = format!(
        "{HEADS}\nUKN3X8ABCD,{now},Pay Bill from 2547****678,Completed,125.00,,2547****678 - NJERI,{reference}\n"
    );
    let report = till.ok("take_statement", json!({ "text": text }));
    assert_eq!(
        (&report["payments"], &report["found"]),
        (&json!(1), &json!(1)),
        "it pays the sale that waited: {report}"
    );
    let told = changed.recv_timeout(DEADLINE).expect("the sale waits");
    assert_eq!(told["status"], "waiting_till", "the wait itself is told first");
    let told = changed.recv_timeout(DEADLINE).expect("then the statement");
    assert_eq!(
        told["status"], "paid",
        "and the screen is told that it is paid: {told}"
    );
}
