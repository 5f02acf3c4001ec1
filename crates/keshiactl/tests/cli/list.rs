//! Safaricom's list of payments: switched on, read, and what it brings given to its sale.

use serde_json::Value;

use crate::support::{Done, Shop, Simulator};

/// A shop at the sandbox: the list is not switched on by itself there.
pub fn sandbox(url: &str) -> Shop {
    let shop = Shop::blank(url)
        .with("KESHIA_CONSUMER_KEY", "practice-key")
        .with("KESHIA_CONSUMER_SECRET", "practice-secret")
        .with(
            "KESHIA_PASSKEY",
            "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
        );
    let setup = [
        "setup",
        "--environment",
        "sandbox",
        "--kind",
        "paybill",
        "--shortcode",
        "174379",
    ];
    assert_eq!(shop.run(&setup).code, 0, "keys by the environment");
    shop
}

fn events<'a>(lines: &'a [Value], event: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["event"] == event).collect()
}

/// Sells to a customer who pays after a second, and returns the end.
pub fn paid(shop: &Shop, amount: &str) -> Value {
    let done = shop.run(&["pay", "--phone", "0700000000", "--amount", amount, "--wait"]);
    assert_eq!(done.code, 0, "{done:?}");
    done.last()
}

#[test]
fn the_list_is_switched_on_once_and_then_read() {
    let simulator = Simulator::start();
    let shop = sandbox(&simulator.url);
    let sale = paid(&shop, "120");
    assert_eq!(
        sale["proof"], "not_proved",
        "a query names no M-PESA code: {sale}"
    );
    shop.run(&["pull"])
        .assert_refused(1, "not_allowed", "nobody switched it on");

    let register = ["pull-register", "--nominated", "0712345678"];
    let done = shop.run(&register);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(
        (&done.last()["already"], &done.last()["pull"]),
        (&false.into(), &true.into()),
        "{done:?}"
    );
    let again = shop.run(&register);
    assert_eq!(again.code, 0, "registered before is no error: {again:?}");
    assert_eq!(again.last()["already"], true, "{again:?}");
    let words = shop.talk(&register).stdout;
    assert!(
        words.contains("keshiactl pull"),
        "it says what that brings: {words}"
    );

    let read = shop.run(&["pull"]);
    assert_eq!(read.code, 0, "{read:?}");
    let lines = read.lines();
    let payments = events(&lines, "payment");
    assert_eq!(payments.len(), 1, "one payment was made: {read:?}");
    assert_eq!(
        (
            &payments[0]["pays"],
            &payments[0]["why"],
            &payments[0]["new"],
            &payments[0]["amount"]
        ),
        (
            &sale["reference"],
            &"reference".into(),
            &true.into(),
            &12_000.into()
        ),
        "it found its sale: {read:?}"
    );
    assert_eq!(read.last()["whole"], true, "{read:?}");
    let again = shop.run(&["pull"]);
    assert_eq!(
        (&again.last()["payments"], &again.last()["new"]),
        (&1.into(), &0.into()),
        "read twice, booked once: {again:?}"
    );
    assert_eq!(
        shop.run(&["day"]).last()["mpesa_proved"],
        12_000,
        "and the day knows"
    );
    assert!(
        shop.talk(&["pull"]).stdout.contains("read to its end"),
        "in words too"
    );
}

#[test]
fn what_cannot_be_registered_or_read_is_said() {
    let simulator = Simulator::start();
    let shop = sandbox(&simulator.url);
    let bad = ["pull-register", "--nominated", "12"];
    shop.run(&bad).assert_refused(2, "phone_invalid", "no phone");
    let bad = [
        "pull-register",
        "--nominated",
        "0712345678",
        "--url",
        "till.example",
    ];
    shop.run(&bad).assert_refused(1, "address_invalid", "no address");
    shop.run(&["pull"])
        .assert_refused(1, "not_allowed", "a refused registration switches nothing on");

    let shop = Shop::practice("http://127.0.0.1:9");
    shop.run(&["pull"])
        .assert_refused(1, "no_network", "nobody listens");

    let shop = Shop::nowhere();
    let setup = [
        "setup",
        "--environment",
        "production",
        "--kind",
        "paybill",
        "--shortcode",
        "123456",
    ];
    shop.run_typing(&setup, "key\nsecret\npasskey\n");
    shop.run(&["pull-register", "--nominated", "0712345678"])
        .assert_refused(
            1,
            "not_allowed",
            "a real number is registered once, so it asks first",
        );
}

/// A sale whose customer cancelled its prompt; then somebody pays as much by hand, under a name of their own.
fn paid_by_hand(simulator: &Simulator, shop: &Shop, phone: &str) -> (String, String) {
    let sent = shop.run(&["pay", "--phone", "0700000032", "--amount", "250"]);
    let reference = sent.last()["reference"].as_str().unwrap().to_owned();
    simulator.pays_by_hand(phone, 250, "RENT");
    let read = shop.run(&["pull"]);
    assert_eq!(read.code, 0, "{read:?}");
    let lines = read.lines();
    let payment = events(&lines, "payment")[0];
    assert_eq!(payment["pays"], Value::Null, "it names no sale of ours: {read:?}");
    (reference, payment["receipt"].as_str().unwrap().to_owned())
}

#[test]
fn money_that_pays_no_sale_is_listed_and_placed() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    assert_eq!(shop.run(&["money"]).last()["payments"], 0, "nothing came yet");
    let (reference, receipt) = paid_by_hand(&simulator, &shop, "254712345678");
    let listed = shop.run(&["money"]);
    assert_eq!(listed.last()["payments"], 1, "{listed:?}");
    assert_eq!(listed.lines()[0]["receipt"], *receipt, "{listed:?}");
    assert!(
        shop.talk(&["money"]).stdout.contains("money place"),
        "it says what to do"
    );

    let place = |receipt: &str, sale: &str| shop.run(&["money", "place", receipt, sale]);
    place("UKN3XXXXXX", &reference).assert_refused(1, "not_found", "a payment that never came");
    place(&receipt, "A10009ZZ").assert_refused(1, "not_found", "a sale that never was");
    place("UKN", &reference).assert_refused(2, "code_invalid", "no M-PESA code");
    let other = shop.run(&["pay", "--phone", "0700000001", "--amount", "99"]);
    place(&receipt, other.last()["reference"].as_str().unwrap()).assert_refused(
        1,
        "not_allowed",
        "a sale of another amount",
    );

    let placed = place(&receipt.to_lowercase(), &reference.to_lowercase());
    assert_eq!(placed.code, 0, "{placed:?}");
    assert_eq!(
        (&placed.last()["status"], &placed.last()["tenders"][0]["why"]),
        (&"paid".into(), &"person".into()),
        "{placed:?}"
    );
    place(&receipt, &reference).assert_refused(1, "not_allowed", "it pays already");
    assert_eq!(
        shop.run(&["money"]).last()["payments"],
        0,
        "and is listed no more"
    );
}

#[test]
fn money_that_came_first_is_made_a_sale() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let (reference, receipt) = paid_by_hand(&simulator, &shop, "254700000032");
    let talked = shop.talk(&["money"]).stdout;
    assert!(talked.contains("money sale"), "it says what to do: {talked}");
    let make = |more: &[&str]| shop.run(&[&["money", "sale", &receipt], more].concat());
    make(&[]).assert_refused(1, "not_allowed", "a prompt asked the same phone for as much");
    let made = make(&["--none-of-them"]);
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(
        (&made.last()["status"], &made.last()["amount"]),
        (&"paid".into(), &25_000.into()),
        "{made:?}"
    );
    assert_ne!(made.last()["reference"], *reference, "a sale of its own");
    make(&["--none-of-them"]).assert_refused(1, "not_allowed", "it pays already");
}

#[test]
fn status_says_how_surely_and_who_said_so() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let sale = paid(&shop, "70");
    shop.run(&["pull"]);
    let push = sale["push_id"].as_str().unwrap();
    let status = shop.run(&["status", push]);
    let end = status.last();
    assert_eq!(
        (&end["proof"], &end["why"]),
        (&"proved".into(), &"reference".into()),
        "{status:?}"
    );
    assert_eq!(end["tenders"][0]["proof"], "proved", "each part: {status:?}");
    assert!(
        told_by(&end["witnesses"]).contains(&"pull"),
        "and each witness: {status:?}"
    );

    let sent = shop.run(&["pay", "--phone", "0712345678", "--amount", "80"]);
    let listed = shop.run(&["status"]);
    let line = &listed.lines()[0];
    assert_eq!(line["push_id"], sent.last()["push_id"], "{listed:?}");
    assert_eq!(line["proof"], "none", "nothing is paid: {listed:?}");
    assert_eq!(
        told_by(&line["witnesses"]),
        ["answer"],
        "Safaricom accepted: {listed:?}"
    );
    no_phone(&listed);
}

fn told_by(witnesses: &Value) -> Vec<&str> {
    let witnesses = witnesses.as_array().unwrap().iter();
    witnesses
        .map(|witness| witness["told_by"].as_str().unwrap())
        .collect()
}

fn no_phone(done: &Done) {
    assert!(
        !done.stdout.contains("712345678") && !done.stdout.contains("712 345 678"),
        "no phone number in full: {done:?}"
    );
}

#[test]
fn witnesses_are_listed_by_the_reference_that_the_customer_reads() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let sale = paid(&shop, "70");
    shop.run(&["pull"]);
    let reference = sale["reference"].as_str().unwrap();
    let done = shop.run(&["witnesses", &reference.to_lowercase()]);
    assert_eq!(done.code, 0, "{done:?}");
    let lines = done.lines();
    let said = events(&lines, "witness");
    let said: Vec<&str> = said
        .iter()
        .map(|line| line["told_by"].as_str().unwrap())
        .collect();
    for who in ["answer", "query", "pull"] {
        assert!(said.contains(&who), "{who} said something: {said:?}");
    }
    assert_eq!(
        done.last()["sale_proof"],
        "proved",
        "the sale comes last: {done:?}"
    );
    for id in ["sale_id", "push_id"] {
        let same = shop.run(&["witnesses", sale[id].as_str().unwrap()]);
        assert_eq!(same.lines(), lines, "its {id} does as well");
    }
    for unknown in ["A10009ZZ", "nothing", ""] {
        shop.run(&["witnesses", "--", unknown])
            .assert_refused(1, "not_found", &format!("{unknown:?}"));
    }
    assert!(
        shop.talk(&["witnesses", reference]).stdout.contains("pull"),
        "in words too"
    );
}
