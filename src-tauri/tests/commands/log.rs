//! What Keshia said to Safaricom, as the settings show it.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{DEADLINE, Till};

fn rows(till: &Till, before: Option<i64>) -> Vec<Value> {
    let answer = till.ok("interactions", json!({ "limit": 20, "before": before }));
    answer.as_array().expect("a list").clone()
}

#[test]
fn a_practice_sale_is_listed_and_exported() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    assert_eq!(
        till.refused("interactions", json!({ "limit": 20, "before": null })),
        "not_allowed",
        "no book is open yet"
    );
    till.ok("choose_practice", json!({}));
    // The practice shop asks for its own list of payments at once, so a token may be written down already.
    assert!(
        rows(&till, None).iter().all(|row| row["kind"] != "push"),
        "nobody was prompted yet"
    );
    let ended = till.listen("payment-ended");
    let sale = json!({ "saleId": null, "amount": 12_500, "phone": "0700000000", "wrongNumber": false });
    till.ok("start_push", sale);
    ended.recv_timeout(DEADLINE).expect("the customer pays");
    // Written beside the payment, so perhaps a moment after it.
    let limit = std::time::Instant::now() + DEADLINE;
    let listed = loop {
        let listed = rows(&till, None);
        if listed.iter().any(|row| row["answer"]["word"] == "paid") {
            break listed;
        }
        assert!(
            std::time::Instant::now() < limit,
            "the answer is written down: {listed:?}"
        );
        std::thread::yield_now();
    };
    let told: Vec<_> = listed.iter().map(|row| row["kind"].clone()).collect();
    for kind in ["token", "push", "question"] {
        assert!(told.contains(&json!(kind)), "{kind} is listed: {told:?}");
    }
    let first = listed.last().unwrap()["seq"].as_i64();
    assert!(rows(&till, first).is_empty(), "nothing before the first");
    let file = till.ok("export_interactions", json!({}));
    let file = Path::new(file.as_str().unwrap()).to_owned();
    assert!(
        file.starts_with(folder.path().join("exports")),
        "inside Keshia's own folder: {}",
        file.display()
    );
    let text = std::fs::read_to_string(file).unwrap();
    assert!(
        text.lines().count() > listed.len(),
        "a head and each request: {text}"
    );
    assert!(
        !text.contains("00000000") && !text.contains("practice-secret"),
        "without phone and keys: {text}"
    );
}
