//! What was said to Safaricom, as support sees it.

use serde_json::Value;

use crate::support::{Done, Shop, Simulator};

const PHONE: &str = "254712345678";

/// A sale to a phone that a person holds and who pays.
fn sell(shop: &Shop, simulator: &Simulator) {
    let asked = shop.run(&["pay", "--phone", PHONE, "--amount", "1250"]);
    assert_eq!(asked.code, 4, "asked, and not known yet: {asked:?}");
    simulator.types_pin(PHONE);
    let push = asked.last()["push_id"].as_str().unwrap().to_owned();
    let paid = shop.run(&["status", &push, "--wait"]);
    assert_eq!(paid.code, 0, "{paid:?}");
}

fn rows(done: &Done) -> Vec<Value> {
    let lines = done.lines().into_iter();
    lines.filter(|line| line["event"] == "interaction").collect()
}

#[test]
fn a_sale_is_told_without_keys_and_phone() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    sell(&shop, &simulator);
    let list = shop.run(&["log"]);
    assert_eq!(list.code, 0, "{list:?}");
    let told: Vec<(String, String)> = rows(&list)
        .iter()
        .map(|row| {
            let word = |value: &Value| value.as_str().unwrap().to_owned();
            (word(&row["kind"]), word(&row["answer"]["word"]))
        })
        .collect();
    for (kind, word) in [("token", "accepted"), ("push", "accepted"), ("question", "paid")] {
        assert!(
            told.contains(&(kind.to_owned(), word.to_owned())),
            "{kind} was {word}: {told:?}"
        );
    }
    let exported = shop.path().join("for safaricom.jsonl");
    let done = shop.run(&["log", "--export", exported.to_str().unwrap()]);
    assert_eq!(done.code, 0, "{done:?}");
    let settings = daraja_sim::Config::default().settings;
    let mut hidden = vec!["0712345678", "712345678", "Authorization"];
    let keys = [
        settings.consumer_key.expose(),
        settings.consumer_secret.expose(),
        settings.paybill_passkey.expose(),
    ];
    hidden.extend(keys);
    let mut looked_at = 0;
    for (path, bytes) in shop.files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.starts_with("practice-log.db") && path != exported {
            continue;
        }
        looked_at += 1;
        for secret in &hidden {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} is in {name}");
        }
    }
    assert!(looked_at >= 2, "the log and its export were looked at");
    let said = format!("{}{}", list.stdout, shop.talk(&["log"]).stdout);
    assert!(!said.contains("12345678"), "nor is it printed: {said}");
    let text = std::fs::read_to_string(&exported).unwrap();
    assert!(
        text.contains("678") && text.contains("\"short_code_kind\":\"paybill\""),
        "the last digits and the kind of number help support: {text}"
    );
}

#[test]
fn the_network_s_cost_is_counted() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    sell(&shop, &simulator);
    let requests = rows(&shop.run(&["log", "--limit", "500"])).len();
    let usage = shop.run(&["log", "--usage"]).last();
    assert_eq!(usage["requests"], requests, "each of them: {usage}");
    assert!(
        usage["bytes_in"].as_u64() > Some(0) && usage["bytes_out"].as_u64() > Some(0),
        "{usage}"
    );
    assert_eq!(usage["not_kept"], 0, "none was lost: {usage}");
    let other = shop.run(&["log", "--usage", "--date", "2020-01-01"]).last();
    assert_eq!(other["requests"], 0, "another day: {other}");
}

#[test]
fn a_log_that_cannot_be_written_stops_no_payment() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    // A folder in its place: no program can write there, whoever runs it.
    std::fs::create_dir(shop.path().join("practice-log.db")).unwrap();
    let paid = shop.run(&["pay", "--phone", "0700000000", "--amount", "20", "--wait"]);
    assert_eq!(paid.code, 0, "{paid:?}");
    assert!(paid.complaints().is_empty(), "and nobody is bothered: {paid:?}");
}

#[test]
fn nothing_said_yet() {
    let shop = Shop::practice("http://127.0.0.1:9");
    shop.run(&["log"])
        .assert_refused(1, "not_found", "nothing to show");
    assert!(
        !shop.path().join("practice-log.db").exists(),
        "and looking makes no file"
    );
}
