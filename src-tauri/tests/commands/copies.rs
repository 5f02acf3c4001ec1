//! Copies on a stick, the way back to a new PC, and a book that was another PC's.

use keshia_shell::places::Places;
use serde_json::{Value, json};
use tempfile::TempDir;
use till::pc::Pc;

use crate::support::{Till, Vault, places};

fn shop(folder: &TempDir) -> Till {
    let till = Till::open(folder.path());
    till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Mama Njeri", "till_number": "600101" } }),
    );
    till
}

fn sell(till: &Till, cents: u32) -> Value {
    till.ok(
        "take_cash",
        json!({ "saleId": null, "amount": cents, "tendered": cents }),
    )
}

#[test]
fn a_stick_brings_the_shop_to_a_new_pc() {
    let (old, stick) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let till = shop(&old);
    let first = sell(&till, 12_500);
    assert_eq!(
        till.ok("copies", json!({}))["stick"],
        Value::Null,
        "none is chosen yet"
    );
    assert_eq!(
        till.refused(
            "choose_stick",
            json!({ "folder": "/no/such/stick", "sealed": true, "withKeys": true })
        ),
        "not_found",
        "a stick that is not there"
    );
    let chosen = till.ok(
        "choose_stick",
        json!({ "folder": stick.path(), "sealed": true, "withKeys": true }),
    );
    let code: Vec<&str> = chosen["code"]
        .as_array()
        .unwrap()
        .iter()
        .map(|group| group.as_str().unwrap())
        .collect();
    assert_eq!(code.len(), 8, "the recovery code, this once");
    let copies = till.ok("copy_now", json!({}));
    assert!(copies["stick"]["last"].is_string(), "it got there: {copies}");
    sell(&till, 5_000);
    let told = till.ok("rehearse", json!({}));
    assert_eq!(
        (&told["lost_sales"], &told["lost"]),
        (&json!(1), &json!(5_000)),
        "what would be lost: {told}"
    );
    drop(till);

    let own = std::fs::read_dir(stick.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let sealed = |entry: &std::path::PathBuf| entry.extension().is_some_and(|end| end == "sealed");
    let file = std::fs::read_dir(own)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(sealed)
        .unwrap();
    let new = TempDir::new().unwrap();
    let till = Till::open(new.path());
    let restore = |code: Value| json!({ "file": file, "code": code });
    assert_eq!(
        till.refused("restore_copy", restore(Value::Null)),
        "recovery_code",
        "it asks for the code"
    );
    assert_eq!(
        till.ok("app_state", json!({}))["door"],
        "first_start",
        "and nothing has changed"
    );
    let state = till.ok("restore_copy", restore(json!(code.join(" ").to_lowercase())));
    assert_eq!(
        (&state["door"], &state["shop_name"]),
        (&json!("open"), &json!("Mama Njeri")),
        "open again: {state}"
    );
    // The last sale got to the stick when the old window was closed.
    let roll = till.ok("roll", json!({}));
    assert_eq!(roll["sales"].as_array().unwrap().len(), 2, "every sale: {roll}");
    let again = sell(&till, 7_000);
    let reference = |sale: &Value| sale["sale"]["reference"].as_str().unwrap()[..2].to_owned();
    assert_eq!(
        (reference(&first), reference(&again)),
        ("A1".into(), "A0".into()),
        "references never meet"
    );
}

#[test]
fn a_book_of_another_pc_asks_and_goes_on() {
    let (folder, homes) = (
        TempDir::new().unwrap(),
        [TempDir::new().unwrap(), TempDir::new().unwrap()],
    );
    let at = |n: usize| Places {
        pc: Some(Pc::of(homes[n].path()).unwrap()),
        ..places(folder.path(), &Vault::default())
    };
    let till = Till::open_with(at(0));
    till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Mama Njeri", "till_number": "600101" } }),
    );
    sell(&till, 12_500);
    drop(till);
    let till = Till::open_with(at(1));
    assert_eq!(
        till.ok("app_state", json!({}))["problem"]["code"],
        "other_pc",
        "nothing is opened"
    );
    assert_eq!(till.refused("roll", json!({})), "other_pc", "not even to look");
    let state = till.ok("moved_here", json!({}));
    assert_eq!(
        (&state["problem"], &state["door"]),
        (&Value::Null, &json!("open")),
        "the shop has moved: {state}"
    );
    let sale = sell(&till, 1_000);
    assert!(
        sale["sale"]["reference"].as_str().unwrap().starts_with("A0"),
        "under new references: {sale}"
    );
    drop(till);
    let till = Till::open_with(at(0));
    assert_eq!(
        till.ok("is_a_copy", json!({}))["door"],
        "first_start",
        "the old PC gives it up"
    );
    assert!(
        !folder.path().join("keshia.db").exists(),
        "and keeps it under another name"
    );
}

#[test]
fn the_book_is_checked_beside_the_selling() {
    let folder = TempDir::new().unwrap();
    let till = shop(&folder);
    sell(&till, 12_500);
    let verdict = till.ok("verify_book", json!({ "anchor": null, "close": null }));
    assert_eq!(
        (&verdict["wrong"], &verdict["anchored"]),
        (&json!(0), &Value::Null),
        "whole, and not anchored: {verdict}"
    );
    let anchor = format!("{}:{}", verdict["rows"], verdict["head"].as_str().unwrap());
    sell(&till, 1_000);
    let verdict = till.ok("verify_book", json!({ "anchor": anchor, "close": null }));
    assert!(
        verdict["anchored"].is_number() && verdict["not_anchored"].as_i64() > Some(0),
        "{verdict}"
    );
    assert_eq!(
        till.refused("verify_book", json!({ "anchor": "12", "close": null })),
        "code_invalid",
        "no anchor"
    );
    till.ok("stop_job", json!({ "job": "verify" }));
}

#[test]
fn one_close_says_what_it_covers() {
    let folder = TempDir::new().unwrap();
    let till = shop(&folder);
    sell(&till, 12_500);
    let first = till.ok("close_day", json!({ "words": null }));
    sell(&till, 1_000);
    let chosen = till.ok("verify_book", json!({ "anchor": null, "close": 1 }))["close"].clone();
    assert_eq!(
        (&chosen["number"], &chosen["rows"], &chosen["head"]),
        (&first["number"], &first["rows"], &first["head"]),
        "its seal, to be compared with the slip: {chosen}"
    );
    assert_eq!(chosen["same"], Value::Null, "nobody gave the slip's");
    let scanned = format!(
        "KESHIA Z1 {}:{}",
        first["rows"],
        first["head"].as_str().unwrap().to_uppercase()
    );
    let told = till.ok("verify_book", json!({ "anchor": scanned, "close": null }));
    assert_eq!(told["close"]["number"], 1, "the seal names its close: {told}");
    assert_eq!(told["close"]["same"], true, "the same book: {told}");
    assert_eq!(
        told["not_anchored"],
        told["rows"].as_i64().unwrap() - first["rows"].as_i64().unwrap()
    );
    let forged = format!("{}:00000000", first["rows"]);
    let told = till.ok("verify_book", json!({ "anchor": forged, "close": 1 }));
    assert_eq!(told["close"]["same"], false, "another book: {told}");
    assert_eq!(
        told["close"]["covered"][0]["kind"], "rewritten",
        "and it departs in what the close covers: {told}"
    );
    assert_eq!(
        till.refused("verify_book", json!({ "anchor": null, "close": 9 })),
        "not_found",
        "a close that the book has not"
    );
}
