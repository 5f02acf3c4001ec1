//! What the till knows and how it knows it, through the commands.

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{DEADLINE, Till};

fn practice(folder: &TempDir) -> Till {
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    till
}

fn said(witnesses: &Value, told_by: &str, word: &str) -> bool {
    witnesses
        .as_array()
        .into_iter()
        .flatten()
        .any(|witness| witness["told_by"] == told_by && witness["word"] == word)
}

#[test]
fn a_paid_sale_says_who_said_so_and_stands_in_the_day() {
    let folder = TempDir::new().unwrap();
    let till = practice(&folder);
    let ended = till.listen("payment-ended");
    let sale = till.ok(
        "start_push",
        json!({ "saleId": null, "amount": 125_000, "phone": "0700000000" }),
    );
    ended.recv_timeout(DEADLINE).expect("the payment ends");

    let witnesses = till.ok("witnesses", json!({ "saleId": sale["id"] }));
    for (told_by, word) in [("answer", "accepted"), ("query", "paid")] {
        assert!(
            said(&witnesses, told_by, word),
            "the page has words for {told_by}, {word}: {witnesses}"
        );
    }
    assert_eq!(
        till.ok("witnesses", json!({ "saleId": "nobody" })),
        json!([]),
        "of a sale that is not there nobody said anything"
    );

    let of = |day: &str| json!({ "period": { "kind": "day", "day": day } });
    let now = till::clock::shop_day(chrono::Utc::now()).to_string();
    let today = till.ok("day_report", of(&now));
    assert_eq!(
        (&today["sales"], &today["accounts"]["sales"]),
        (&json!(1), &json!(125_000)),
        "what was sold today: {today}"
    );
    let long_ago = till.ok("day_report", of("2020-02-29"));
    assert_eq!(
        (&long_ago["period"]["day"], &long_ago["sales"]),
        (&json!("2020-02-29"), &json!(0)),
        "another day has its own figures: {long_ago}"
    );
    assert!(
        till.call("day_report", of("29.2.2020")).is_err(),
        "a day is written as year, month, day"
    );
    let find = |words: &str, day: &str| {
        let asked = json!({ "words": words, "period": { "kind": "day", "day": day }, "everywhere": false, "before": null });
        till.ok("find_sales", asked)["sales"].as_array().unwrap().len()
    };
    assert_eq!(find("", &now), 1, "the day's roll");
    assert_eq!(find("1,250", &now), 1, "by its amount");
    assert_eq!(find("1,250", "2020-02-29"), 0, "not on another day");
}

#[test]
fn nobody_answers_for_what_a_witness_may_still_tell() {
    let folder = TempDir::new().unwrap();
    let till = practice(&folder);
    let sale = till.ok(
        "start_push",
        json!({ "saleId": null, "amount": 5_000, "phone": "0712345678" }),
    );
    let push = &sale["tenders"][0];
    assert_eq!(push["judge"], false, "the customer may still pay: {push}");
    let answer = |reason: &str| json!({ "pushId": push["push_id"], "paid": true, "reason": reason });
    for reason in ["", "  ", "seen on the statement", &"n".repeat(201)] {
        assert_eq!(
            till.refused("judge", answer(reason)),
            "not_allowed",
            "{reason:?} is no answer now"
        );
    }
    assert_eq!(
        till.refused(
            "judge",
            json!({ "pushId": "nobody", "paid": true, "reason": "seen" })
        ),
        "not_found",
        "nor is there another push"
    );
}

#[test]
fn money_is_given_by_a_code_that_came_in() {
    let folder = TempDir::new().unwrap();
    let till = practice(&folder);
    let sale = till.ok(
        "wait_for_till",
        json!({ "saleId": null, "amount": 5_000, "digits": null }),
    );
    let give = |receipt: &str| json!({ "receipt": receipt, "saleId": sale["id"] });
    assert_eq!(
        till.refused("place_money", give("short")),
        "code_invalid",
        "a code has a shape"
    );
    assert_eq!(
        till.refused("place_money", give("UKN4B2QX7Z")),
        "not_found",
        "nothing came in under that code"
    );
    let roll = till.ok("roll", json!({}));
    assert_eq!(roll["money_in"], json!([]), "and none is made up: {roll}");
}

#[test]
fn the_clock_and_the_list_are_a_persons_to_press() {
    let folder = TempDir::new().unwrap();
    let till = practice(&folder);
    let heard = till.listen("link-changed");
    till.ok("confirm_clock", json!({}));
    let link = heard.recv_timeout(DEADLINE).expect("the page hears of it");
    assert_eq!(link["clock_behind"], Value::Null, "a person said so: {link}");
    assert_eq!(link["pull"]["on"], true, "practice has the list: {link}");
    till.ok("pull_now", json!({}));
}
