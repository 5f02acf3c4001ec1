//! What a person answers for, what is watched, and the day that lists it.

use std::io::{BufRead as _, BufReader};

use rusqlite::Connection;

use crate::support::{Shop, Simulator};

#[test]
fn watch_ends_when_everything_has_its_end() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let none = shop.run(&["watch", "--until-settled"]);
    assert_eq!(
        (none.code, none.lines().len()),
        (0, 1),
        "nothing is open: {none:?}"
    );

    let sent = shop.run(&["pay", "--phone", "0700000000", "--amount", "80"]);
    let done = shop.run(&["watch", "--until-settled"]);
    assert_eq!(done.code, 0, "paid after a second: {done:?}");
    let lines = done.lines();
    assert_eq!(
        lines[0]["sale_id"],
        sent.last()["sale_id"],
        "what is open comes first"
    );
    assert_eq!(
        (&lines[0]["status"], &lines[0]["tenders"][0]["state"]),
        (&"waiting".into(), &"prompted".into()),
        "{done:?}"
    );
    let sales: Vec<_> = lines.iter().filter(|line| line["event"] == "sale").collect();
    let last = sales.last().unwrap();
    assert_eq!(
        (&last["status"], &last["sale_proof"]),
        (&"paid".into(), &"proved".into()),
        "it waits for the M-PESA code too, because the list tells it: {done:?}"
    );
    assert_eq!(
        (&done.last()["open"], &done.last()["without_code"]),
        (&0.into(), &0.into()),
        "{done:?}"
    );
    assert!(!done.stdout.contains("0700"), "no phone number in full: {done:?}");
}

#[cfg(unix)]
#[test]
fn watch_goes_on_until_ctrl_c_and_says_what_is_open() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    shop.run(&["pay", "--phone", "0712345678", "--amount", "80"]);
    let mut child = shop.command(&["--json", "watch"]).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("waiting"), "the open sale: {first}");
    let kill = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(kill.success(), "the signal is sent");
    let last = lines.map(Result::unwrap).last().unwrap();
    assert_eq!(
        child.wait().unwrap().code(),
        Some(4),
        "one prompt has no end: {last}"
    );
    assert!(last.contains("\"open\":1"), "{last}");
}

/// A prompt that no witness reaches any more, as the book writes it.
fn out_of_reach(shop: &Shop) -> String {
    let sent = shop.run(&["pay", "--phone", "0712345678", "--amount", "80"]);
    let push = sent.last()["push_id"].as_str().unwrap().to_owned();
    let book = Connection::open(shop.book()).unwrap();
    book.execute("UPDATE push SET state = 'awaits_statement'", [])
        .unwrap();
    push
}

#[test]
fn a_person_answers_with_a_reason_that_the_day_lists() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let push = out_of_reach(&shop);
    let judge = |words: &[&str]| shop.run(&[&["judge", push.as_str()], words].concat());
    judge(&["--paid", "--reason", " "]).assert_refused(2, "not_allowed", "no reason");
    judge(&["--reason", "statement"]).assert_refused_as_usage("paid or not paid");
    judge(&["--paid", "--not-paid", "--reason", "statement"]).assert_refused_as_usage("not both");
    judge(&["--paid"]).assert_refused_as_usage("a reason");

    let done = judge(&["--not-paid", "--reason", "not on the statement of the 23rd"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(
        (&done.last()["accepted"], &done.last()["push_state"]),
        (&true.into(), &"failed".into()),
        "{done:?}"
    );
    judge(&["--paid", "--reason", "changed my mind"]).assert_refused(1, "not_allowed", "it is over");

    let day = shop.run(&["day"]).last();
    assert_eq!(
        (&day["words"][0]["direction"], &day["words"][0]["reason"]),
        (&"not_paid".into(), &"not on the statement of the 23rd".into()),
        "{day}"
    );
    assert!(
        !day["holes"].as_array().unwrap().is_empty(),
        "the list has not shown the time of this prompt: {day}"
    );
    let words = shop.talk(&["day"]).stdout;
    assert!(words.contains("not on the statement of the 23rd"), "{words}");
    assert!(words.contains("not seen whole"), "{words}");
}

#[test]
fn nobody_answers_while_safaricom_may_tell() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    shop.run(&["judge", "nothing", "--paid", "--reason", "x"])
        .assert_refused(1, "not_found", "an unknown prompt");
    let sent = shop.run(&["pay", "--phone", "0700000000", "--amount", "80"]);
    let push = sent.last()["push_id"].as_str().unwrap().to_owned();
    let early = shop.run(&["judge", &push, "--not-paid", "--reason", "he says so"]);
    early.assert_refused(1, "not_allowed", "the prompt is on the phone");
    assert!(early.stdout.contains("--wait"), "it says how: {early:?}");

    let waited = shop.run(&["judge", &push, "--not-paid", "--reason", "he says so", "--wait"]);
    assert_eq!(waited.code, 0, "{waited:?}");
    assert_eq!(
        (&waited.last()["accepted"], &waited.last()["push_state"]),
        (&false.into(), &"paid".into()),
        "Safaricom told meanwhile, and the person's word is not needed: {waited:?}"
    );
    assert_eq!(
        shop.run(&["day"]).last()["taken"],
        8_000,
        "the money is in the book"
    );
}

#[test]
fn a_doubtful_date_is_confirmed_by_a_person() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let calm = shop.run(&["clock"]);
    assert_eq!(calm.last()["behind"], serde_json::Value::Null, "{calm:?}");
    shop.run(&["pay", "--phone", "0700000000", "--amount", "80"]);
    let book = Connection::open(shop.book()).unwrap();
    book.execute("UPDATE sale SET opened_at = opened_at + 86400000", [])
        .unwrap();
    drop(book);
    let doubtful = shop.run(&["clock"]);
    assert!(
        doubtful.last()["behind"].is_string(),
        "a sale of tomorrow is in the book: {doubtful:?}"
    );
    assert!(
        shop.talk(&["clock"]).stdout.contains("clock confirm"),
        "it says what to do"
    );
    assert_eq!(
        shop.run(&["clock", "confirm"]).last()["confirmed"],
        true,
        "a person's word"
    );
    let calm = shop.run(&["clock", "confirm"]);
    assert_eq!(
        (&calm.last()["behind"], &calm.last()["confirmed"]),
        (&serde_json::Value::Null, &false.into()),
        "nothing is left to confirm: {calm:?}"
    );
}
