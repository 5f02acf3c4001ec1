//! The other commands.

use crate::support::{Shop, Simulator};

#[test]
fn token_tells_its_life_and_never_itself() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&["token"]);
    assert_eq!(done.code, 0, "{done:?}");
    let token = done.last();
    assert!(
        (1..=3600).contains(&token["expires_in_s"].as_u64().unwrap()),
        "{token}"
    );
    let mut fields: Vec<_> = token.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        ["clock_skew_s", "event", "expires_in_s"],
        "nothing else is told"
    );
}

#[test]
fn the_day_counts_what_was_paid() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let empty = shop.run(&["day"]).last();
    assert_eq!(empty["accounts"]["sales"], 0, "{empty}");
    assert_eq!(
        shop.run(&["pay", "--phone", "0700000000", "--amount", "250000", "--wait"])
            .code,
        0,
        "the largest payment"
    );
    assert_eq!(
        shop.run(&["pay", "--phone", "0700000000", "--amount", "1", "--wait"])
            .code,
        0,
        "the smallest"
    );
    let day = shop.run(&["day"]).last();
    assert_eq!(day["sales"], 2, "{day}");
    assert_eq!(day["accounts"]["sales"], 25_000_100, "integer cents: {day}");
    let part = |name: &str| day["accounts"][name].as_i64().unwrap();
    assert_eq!(
        (
            part("mpesa_proved") + part("mpesa_not_proved"),
            part("refund_due")
        ),
        (25_000_100, 0),
        "all by M-PESA, with codes as far as the list was read: {day}"
    );
    assert_eq!(part("cash"), 0, "{day}");
    assert_eq!(
        (&day["ways"][0]["way"], &day["ways"][0]["count"]),
        (&"push".into(), &2.into()),
        "how it was paid: {day}"
    );
    let month = shop.run(&["day", "--month"]).last();
    assert_eq!(
        (&month["accounts"], &month["daily"]),
        (&day["accounts"], &true.into()),
        "the month has nothing but this day: {month}"
    );
    shop.run(&["day", "--close", "3"])
        .assert_refused(1, "not_found", "nothing was closed");
    shop.run(&["day", "--close", "3", "--week"])
        .assert_refused_as_usage("one stretch");
    let words = shop.talk(&["day"]);
    assert!(words.stdout.contains("KSh 250,001"), "{words:?}");
    let long_ago = shop.run(&["day", "--date", "2020-01-01"]).last();
    assert_eq!(
        (&long_ago["sales"], &long_ago["period"]["day"]),
        (&0.into(), &"2020-01-01".into()),
        "{long_ago}"
    );
}

#[test]
fn a_sale_is_found_by_what_is_remembered_of_it() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let paid = |amount: &str| {
        let done = shop.run(&["pay", "--phone", "0700000000", "--amount", amount, "--wait"]);
        done.last()["reference"].as_str().unwrap().to_owned()
    };
    let (small, large) = (paid("30"), paid("1250"));
    let found = |words: &[&str]| {
        let told = shop.run(&[&["search"], words].concat());
        assert_eq!(told.code, 0, "{told:?}");
        let references = told
            .lines()
            .into_iter()
            .map(|line| line["reference"].as_str().unwrap().to_owned());
        references.collect::<Vec<_>>()
    };
    assert_eq!(found(&["1,250"]), std::slice::from_ref(&large), "by its amount");
    assert_eq!(found(&[&small]), std::slice::from_ref(&small), "by its reference");
    assert_eq!(
        found(&["000"]),
        [large.clone(), small],
        "by the phone, the newest first"
    );
    assert_eq!(found(&["000", "1250"]), [large], "it must fit every word");
    assert!(
        found(&["1250", "--date", "2020-01-01"]).is_empty(),
        "not on that day"
    );
    let nothing = shop.talk(&["search", "77"]);
    assert!(nothing.stderr.contains("no sale fits"), "{nothing:?}");
}

#[test]
fn a_till_is_paid_through_its_store() {
    let simulator = Simulator::start();
    let shop = Shop::blank(&simulator.url);
    let setup = [
        "setup",
        "--environment",
        "practice",
        "--kind",
        "till",
        "--shortcode",
        "600100",
        "--till",
        "600101",
    ];
    assert_eq!(shop.run(&setup).code, 0, "both numbers of a till");
    let done = shop.run(&["pay", "--phone", "0700000000", "--amount", "30", "--wait"]);
    assert_eq!(done.code, 0, "{done:?}");
    let push = simulator.pushes().remove(0);
    assert_eq!(
        (&push["short_code"], &push["party_b"]),
        (&"600100".into(), &"600101".into()),
        "{push}"
    );
    assert_eq!(
        push["account_reference"],
        done.last()["reference"],
        "Keshia's own reference: {push}"
    );
}

#[test]
fn setup_again_keeps_the_book() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    assert_eq!(
        shop.run(&["pay", "--phone", "0700000000", "--amount", "40", "--wait"])
            .code,
        0,
        "a sale before"
    );
    let setup = [
        "setup",
        "--environment",
        "practice",
        "--kind",
        "till",
        "--shortcode",
        "600100",
        "--till",
        "600101",
    ];
    assert_eq!(shop.run(&setup).code, 0, "another receiver");
    assert_eq!(
        shop.run(&["day"]).last()["accounts"]["sales"],
        4_000,
        "the sale is still there"
    );
}

#[test]
fn urls_are_registered_or_refused_with_the_reason() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let register = |confirmation, validation| {
        shop.run(&[
            "register-urls",
            "--confirmation",
            confirmation,
            "--validation",
            validation,
        ])
    };
    let good = "https://till.example/in/7f3a";
    for bad in [
        "",
        "till.example",
        "https://till.example/mpesa/in",
        "https://x.ngrok.io/in",
        "https://a b.example/",
    ] {
        register(bad, good).assert_refused(1, "address_invalid", &format!("confirmation {bad:?}"));
        register(good, bad).assert_refused(1, "address_invalid", &format!("validation {bad:?}"));
    }
    let done = register(good, good);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.last()["short_code"], "174379", "{done:?}");
    let v1 = [
        "register-urls",
        "--confirmation",
        good,
        "--validation",
        good,
        "--version",
        "v1",
        "--response-type",
        "Cancelled",
    ];
    assert_eq!(shop.run(&v1).code, 0, "the older generation too");
}

#[test]
fn a_customer_can_be_played() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let done = shop.run(&[
        "simulate",
        "--phone",
        "0712345678",
        "--amount",
        "90",
        "--reference",
        "RENT5",
    ]);
    assert_eq!(done.code, 0, "{done:?}");
    // The simulator's customer takes a moment; the till's own clock is not involved.
    simulator.advance_ms(20_000);
    let payments = simulator.ledger()["payments"].clone();
    assert_eq!(payments[0]["amount"], 90, "{payments}");
    assert_eq!(payments[0]["bill_ref"], "RENT5", "{payments}");
    let long = [
        "simulate",
        "--phone",
        "0712345678",
        "--amount",
        "90",
        "--reference",
        "TWENTYONECHARACTERSXX",
    ];
    shop.run(&long)
        .assert_refused(2, "not_allowed", "an account number of 21 characters");
}
