//! A sale through the commands, from the first press to its line on the roll.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{DEADLINE, Till, simulator};

fn push(till: &Till, phone: &str) -> Value {
    let arguments = json!({ "saleId": null, "amount": 125_000, "phone": phone, "wrongNumber": false });
    till.ok("start_push", arguments)
}

#[test]
fn a_practice_sale_is_paid() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    let state = till.ok("choose_practice", json!({}));
    assert_eq!(
        (&state["door"], &state["mode"], &state["connected"]),
        (&json!("open"), &json!("practice"), &json!(true)),
        "practice is ready at once: {state}"
    );
    assert_eq!(state["key_storage"], "practice", "and its keys are no secret");

    let (changed, ended) = (till.listen("sale-changed"), till.listen("payment-ended"));
    let sale = push(&till, "0700000000");
    assert_eq!(
        (&sale["state"], &sale["left"]),
        (&json!("open"), &json!(125_000)),
        "nothing is paid yet: {sale}"
    );
    assert!(
        changed.recv_timeout(DEADLINE).is_ok(),
        "the page hears of the sale without asking"
    );
    let ended = ended.recv_timeout(DEADLINE).expect("the payment ends");
    assert_eq!(
        ended["outcome"], "paid",
        "the customer who always approves has paid: {ended}"
    );

    let roll = till.ok("roll", json!({}));
    assert_eq!(
        roll["sales"].as_array().map(Vec::len),
        Some(1),
        "one sale was one line: {roll}"
    );
    let line = &roll["sales"][0];
    assert_eq!(
        (&line["id"], &line["status"]),
        (&sale["id"], &json!("paid")),
        "and the roll agrees: {line}"
    );
    assert_eq!(
        till.ok("sale", json!({ "saleId": sale["id"] }))["left"],
        0,
        "nothing is left to pay"
    );
}

#[test]
fn cash_code_and_draft() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Duka", "till_number": "600101" } }),
    );

    let part = till.ok(
        "take_cash",
        json!({ "saleId": null, "amount": 125_000, "tendered": 50_000 }),
    );
    assert_eq!(
        (&part["change"], &part["sale"]["left"]),
        (&json!(0), &json!(75_000)),
        "cash may be a part: {part}"
    );
    let id = &part["sale"]["id"];
    let checked = till.ok("check_code", json!({ "code": "short", "amount": 75_000 }));
    assert_eq!(
        checked["warnings"][0]["kind"], "shape",
        "a code has a shape: {checked}"
    );
    let old = json!({ "saleId": id, "amount": 75_000, "code": "SKN3X8ABCD", "readFrom": "customer_phone", "warned": false });
    assert_eq!(
        till.refused("take_code", old.clone()),
        "code_warned",
        "an old code is looked at first"
    );
    let mut seen = old;
    seen["warned"] = json!(true);
    assert_eq!(
        till.ok("take_code", seen)["status"],
        "code_not_confirmed",
        "taken, and marked"
    );

    let draft = json!({ "amount": "120+3*80", "phone": "07", "cash": "", "code": "", "mode": "phone", "sale_id": null });
    till.ok("save_draft", json!({ "draft": draft }));
    assert_eq!(
        till.ok("roll", json!({}))["draft"],
        draft,
        "what was half typed comes back"
    );

    let waiting = till.ok(
        "wait_for_till",
        json!({ "saleId": null, "amount": 5_000, "digits": "126" }),
    );
    assert_eq!(
        waiting["status"], "waiting_till",
        "the customer pays the till: {waiting}"
    );
    let voided = till.ok("void_sale", json!({ "saleId": waiting["id"], "reason": "left" }));
    assert_eq!(
        voided["state"], "voided",
        "nothing was paid, so it can be given up: {voided}"
    );
}

#[test]
fn what_cannot_be_is_refused_by_code() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    assert_eq!(
        till.refused("roll", json!({})),
        "not_allowed",
        "at the doors there is no roll"
    );
    till.ok("choose_practice", json!({}));
    let push = |amount: i64, phone: &str| json!({ "saleId": null, "amount": amount, "phone": phone });
    for (arguments, code) in [
        (push(125_000, "0201234567"), "phone_invalid"),
        (push(125_000, "٠٧١٢٣٤٥٦٧٨"), "phone_invalid"),
        (push(0, "0700000000"), "amount_invalid"),
        (push(125_050, "0700000000"), "amount_invalid"),
        (push(25_000_100, "0700000000"), "amount_invalid"),
        (push(i64::MAX, "0700000000"), "amount_invalid"),
    ] {
        assert_eq!(till.refused("start_push", arguments.clone()), code, "{arguments}");
    }
    assert_eq!(
        till.refused("sale", json!({ "saleId": "nobody" })),
        "not_found",
        "no such sale"
    );
    assert_eq!(
        till.ok("roll", json!({}))["sales"],
        json!([]),
        "a refusal leaves no trace"
    );
}

#[test]
fn a_push_under_way_outlives_the_app_and_is_sent_once() {
    let folder = TempDir::new().unwrap();
    let simulator = simulator();
    let phone = format!("{}/_sim/phones/254712345678/answer", simulator.url());
    let sale = {
        let till = Till::open_at(folder.path(), &simulator.url());
        assert_eq!(
            till.ok("choose_practice", json!({}))["mode"],
            "elsewhere",
            "another server says so"
        );
        let changed = till.listen("sale-changed");
        let sale = push(&till, "0712345678");
        while changed.recv_timeout(DEADLINE).expect("Safaricom accepts")["status"] != "waiting" {}
        let closing = till.ok("closing", json!({}));
        assert_eq!(
            closing["under_way"][0]["id"], sale["id"],
            "closing now would be asked about: {closing}"
        );
        sale
    };

    let till = Till::open_at(folder.path(), &simulator.url());
    let ended = till.listen("payment-ended");
    let state = till.ok("app_state", json!({}));
    assert_eq!(
        state["door"], "open",
        "the book of the last time opens by itself: {state}"
    );
    tauri::async_runtime::block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let answered = client
            .post(phone)
            .json(&json!({ "answer": "pin" }))
            .send()
            .await
            .unwrap();
        assert!(
            answered.status().is_success(),
            "the customer enters the PIN: {}",
            answered.status()
        );
    });
    let ended = ended
        .recv_timeout(DEADLINE)
        .expect("the payment ends after the restart");
    assert_eq!(
        (&ended["outcome"], &ended["sale"]["id"]),
        (&json!("paid"), &sale["id"]),
        "it is the same sale"
    );
    let pushes = tauri::async_runtime::block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let ledger = client
            .get(format!("{}/_sim/ledger", simulator.url()))
            .send()
            .await
            .unwrap();
        ledger.json::<Value>().await.unwrap()["pushes"]
            .as_array()
            .map(Vec::len)
    });
    assert_eq!(pushes, Some(1), "the customer was asked once");
}
