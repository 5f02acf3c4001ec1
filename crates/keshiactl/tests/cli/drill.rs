//! The restore drill: a copy taken in the middle of a sale comes back on another PC, Safaricom's list is read,
//! and the books are equal.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Done, Shop, Simulator};

/// Phones that persons hold.
const IN_THE_MIDDLE: &str = "254712345678";
const LATE: &str = "254712345679";
const NEW: &str = "254712345680";

fn good(done: Done) -> Value {
    assert_eq!(done.code, 0, "{done:?}");
    done.last()
}

/// A prompt whose customer has not answered yet.
fn asked(shop: &Shop, phone: &str, amount: &str) -> Value {
    let done = shop.run(&["pay", "--phone", phone, "--amount", amount]);
    assert_eq!(done.code, 4, "asked, and not known yet: {done:?}");
    done.last()
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} in {value}"))
}

#[test]
fn a_copy_from_the_middle_of_a_sale_comes_back_and_the_books_are_equal() {
    let simulator = Simulator::start();
    let old = Shop::practice(&simulator.url);
    good(old.run(&["pay", "--phone", "0700000000", "--amount", "50", "--wait"]));
    let middle = asked(&old, IN_THE_MIDDLE, "1250");
    let copy = PathBuf::from(text(&good(old.run(&["backup"])), "file"));
    // Written after the copy: the new PC knows nothing of it.
    let late = asked(&old, LATE, "300");

    let new = Shop::blank(&simulator.url);
    good(new.run(&["restore", copy.to_str().unwrap(), "--yes"]));
    // As tempting as can be: the same amount, and the sale has the number of the one that was lost.
    let own = asked(&new, NEW, "300");
    assert_ne!(
        text(&own, "reference"),
        text(&late, "reference"),
        "no reference is given out twice"
    );
    simulator.types_pin(IN_THE_MIDDLE);
    simulator.types_pin(LATE);
    let settled = new.run(&["status", text(&middle, "push_id"), "--wait"]);
    assert_eq!(
        settled.code, 0,
        "the sale of the middle is taken up and paid: {settled:?}"
    );
    assert_eq!(new.run(&["pull"]).code, 0, "the list is read");
    let waiting = new.run(&["money"]);
    assert_eq!(
        waiting.last()["payments"],
        1,
        "the old PC's late payment waits for a person: {waiting:?}"
    );
    assert_eq!(waiting.lines()[0]["amount"], 30_000, "{waiting:?}");
    let status = new.run(&["status", text(&own, "push_id")]);
    assert_ne!(status.code, 0, "and has not paid the new sale: {status:?}");

    simulator.types_pin(NEW);
    good(new.run(&["status", text(&own, "push_id"), "--wait"]));
    assert_eq!(new.run(&["pull"]).code, 0, "once more");
    let waiting = new.run(&["money"]);
    assert_eq!(waiting.last()["payments"], 1, "still only that one: {waiting:?}");
    let receipt = text(&waiting.lines()[0], "receipt").to_owned();
    good(new.run(&["money", "sale", &receipt]));
    let day = good(new.run(&["day"]));
    let paid: i64 = simulator.ledger()["payments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|payment| payment["amount"].as_i64().expect("whole shillings") * 100)
        .sum();
    assert_eq!(paid, 190_000, "what customers really paid");
    assert_eq!(day["taken"].as_i64(), Some(paid), "is what the book says: {day}");
    assert_eq!(
        day["mpesa_proved"].as_i64(),
        Some(paid),
        "every shilling with its M-PESA code: {day}"
    );
}
