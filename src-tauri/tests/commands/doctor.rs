//! The set-up doctor, the go-live list and addresses, as the page calls them.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Till, connect_form, simulator};

/// Tries every step as the page does: each with the prompt that was found before it.
fn examine(till: &Till, phone: Option<&str>) -> Vec<Value> {
    let steps = till.ok("doctor", json!({}))["steps"].clone();
    let mut push_id = Value::Null;
    let mut found = Vec::new();
    for step in steps.as_array().unwrap() {
        let asked = json!({ "step": step["step"], "phone": phone, "pushId": push_id });
        let finding = till.ok("doctor_step", asked);
        if !finding["push_id"].is_null() {
            push_id = finding["push_id"].clone();
        }
        let goes_on = finding["goes_on"] == true;
        found.push(finding);
        if !goes_on {
            break;
        }
    }
    found
}

fn marks(found: &[Value]) -> Vec<&str> {
    found
        .iter()
        .map(|finding| finding["mark"].as_str().unwrap())
        .collect()
}

#[test]
fn a_practice_shop_is_well() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    assert_eq!(
        till.refused("doctor", json!({})),
        "not_allowed",
        "no book is open yet"
    );
    till.ok("choose_practice", json!({}));
    let view = till.ok("doctor", json!({}));
    assert_eq!(view["plays"], true, "customers may be played: {view}");
    assert!(view["list"]["owner"].is_null(), "nobody has said yet: {view}");
    let found = examine(&till, Some("0700000000"));
    assert_eq!(
        marks(&found),
        ["good", "good", "good", "neutral", "good", "good"],
        "all that can be green is: {found:?}"
    );
    let roll = till.ok("roll", json!({}));
    assert_eq!(
        roll["sales"][0]["amount"], 100,
        "the shilling is a sale of the book: {roll}"
    );
    assert_eq!(roll["sales"][0]["status"], "paid", "{roll}");
    assert_eq!(
        till.refused(
            "doctor_step",
            json!({ "step": "push", "phone": "07", "pushId": null })
        ),
        "phone_invalid",
        "half a phone is not asked"
    );
}

#[test]
fn a_shop_without_keys_is_told_where_they_go() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Duka", "till_number": "600101" } }),
    );
    let found = examine(&till, None);
    assert_eq!(
        found.len(),
        1,
        "nothing after the keys could tell anything: {found:?}"
    );
    assert_eq!(
        (&found[0]["mark"], &found[0]["outcome"]),
        (&json!("fix"), &json!("not_connected")),
        "{found:?}"
    );
    for (command, arguments) in [
        ("address_trouble", json!({ "url": "https://till.example/in" })),
        ("play_payment", json!({ "phone": "0700000000", "amount": 100 })),
        ("register_urls", addresses("https://till.example/in")),
    ] {
        assert_eq!(till.refused(command, arguments), "not_connected", "{command}");
    }
    assert_eq!(
        till.ok("doctor", json!({}))["plays"],
        false,
        "nobody plays with real money"
    );
}

#[test]
fn the_owner_of_the_number_is_kept() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let list = till.ok("till_owner", json!({ "owner": "pochi" }));
    assert_eq!(list["owner"], "pochi", "{list}");
    assert_eq!(list["items"].as_array().unwrap().len(), 1, "another list: {list}");
    drop(till);
    let till = Till::open(folder.path());
    let view = till.ok("doctor", json!({}));
    assert_eq!(view["list"]["owner"], "pochi", "after a start too: {view}");
}

fn addresses(url: &str) -> Value {
    json!({ "form": {
        "confirmation": url, "validation": url, "unanswered": "completed", "version": "v2",
    } })
}

#[test]
fn addresses_are_looked_at_before_they_are_sent() {
    let folder = TempDir::new().unwrap();
    let simulator = simulator();
    let till = Till::open_at(folder.path(), &simulator.url());
    till.ok("connect", json!({ "form": connect_form() }));
    let good = json!({ "url": " https://till.example/in/7f3a " });
    assert!(
        till.ok("address_trouble", good).is_null(),
        "nothing is wrong with it"
    );
    let bad = till.ok("address_trouble", json!({ "url": "https://till.example/mpesa" }));
    assert!(
        bad["en"].as_str().unwrap().contains("“mpesa”"),
        "the word is named: {bad}"
    );
    assert!(
        bad["sw"].as_str().unwrap().contains("“mpesa”"),
        "in Swahili too: {bad}"
    );
    let refused = till.ok("register_urls", addresses("https://till.example/mpesa"));
    assert_eq!(
        (&refused["mark"], &refused["outcome"]),
        (&json!("fix"), &json!("forbidden_word")),
        "{refused}"
    );
    let registered = till.ok("register_urls", addresses("https://till.example/in/7f3a"));
    assert_eq!(registered["outcome"], "registered", "{registered}");
    let played = till.ok("play_payment", json!({ "phone": "0712345678", "amount": 9_000 }));
    assert_eq!(played["outcome"], "played", "{played}");
    assert_eq!(
        till.refused("play_payment", json!({ "phone": "0712345678", "amount": 50 })),
        "amount_invalid",
        "M-PESA knows no cents"
    );
    tauri::async_runtime::block_on(simulator.stop());
}
