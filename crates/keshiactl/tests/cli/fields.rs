//! What people type behind each flag. Wrong things end with 2, one sentence, and nothing written.

use crate::support::{Shop, Simulator};

const LONG: &str = "99999999999999999999999999999999999999999999999999999999999999999999999999999999";

const AMOUNTS: [&str; 14] = [
    "",
    " ",
    LONG,
    "abc",
    "12a",
    "12.50",
    "0",
    "0.00",
    "-5",
    "250001",
    "250,001",
    "12,50",
    "１２５０",
    "120+",
];

const PHONES: [&str; 13] = [
    "",
    " ",
    LONG,
    "abc",
    "07123",
    "0712345678900",
    "0712.345678",
    "0201234567",
    "0412345678",
    "+255712345678",
    "+14155552671",
    "٠٧١٢٣٤٥٦٧٨",
    "-712345678x",
];

const NUMBERS: [&str; 10] = [
    "",
    " ",
    LONG,
    "abcdef",
    "1234",
    "12345678",
    "174379.0",
    "17 4379",
    "-174379",
    "１７４３７９",
];

const REFERENCES: [&str; 7] = ["", " ", LONG, "THIRTEENCHARS", "INV 42", "INV#42", "éclair"];

fn pay<'a>(phone: &'a str, amount: &'a str) -> [&'a str; 5] {
    ["pay", "--phone", phone, "--amount", amount]
}

#[test]
fn pay_refuses_what_is_not_an_amount_a_phone_or_a_reference() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let before = shop.files();
    for amount in AMOUNTS {
        shop.run(&pay("0700000000", amount)).assert_refused(
            2,
            "amount_invalid",
            &format!("amount {amount:?}"),
        );
        let simulate = ["simulate", "--phone", "0700000000", "--amount", amount];
        shop.run(&simulate)
            .assert_refused(2, "amount_invalid", &format!("simulated amount {amount:?}"));
    }
    for phone in PHONES {
        // A value that begins with a dash needs the equals sign; clap says so in its own words.
        let flag = format!("--phone={phone}");
        let done = shop.run(&["pay", &flag, "--amount", "10"]);
        done.assert_refused(2, "phone_invalid", &format!("phone {phone:?}"));
    }
    for reference in REFERENCES {
        let done = shop.run(&[
            "pay",
            "--phone",
            "0700000000",
            "--amount",
            "10",
            "--reference",
            reference,
        ]);
        done.assert_refused(2, "not_allowed", &format!("reference {reference:?}"));
    }
    assert_eq!(shop.files(), before, "nothing was written");
    assert!(simulator.pushes().is_empty(), "nothing was sent");
}

#[test]
fn setup_refuses_what_is_not_a_number_or_a_name() {
    let shop = Shop::nowhere();
    let setup = ["setup", "--environment", "practice", "--kind"];
    for number in NUMBERS {
        let flag = format!("--shortcode={number}");
        let done = shop.run(&[&setup[..], &["paybill", &flag]].concat());
        done.assert_refused(2, "number_invalid", &format!("shortcode {number:?}"));
        let flag = format!("--till={number}");
        let done = shop.run(&[&setup[..], &["till", "--shortcode", "600100", &flag]].concat());
        done.assert_refused(2, "number_invalid", &format!("till {number:?}"));
    }
    for name in ["", " ", LONG, "two\nlines"] {
        let done = shop.run(&[&setup[..], &["paybill", "--shortcode", "174379", "--name", name]].concat());
        done.assert_refused(2, "not_allowed", &format!("name {name:?}"));
    }
    let done = shop.run(&[&setup[..], &["till", "--shortcode", "600100"]].concat());
    done.assert_refused(2, "number_invalid", "a till without its till number");
    let done = shop.run(
        &[
            &setup[..],
            &["paybill", "--shortcode", "174379", "--till", "600101"],
        ]
        .concat(),
    );
    done.assert_refused(2, "number_invalid", "a paybill with a till number");
    assert!(shop.files().is_empty(), "nothing was written");
}

#[test]
fn flags_that_clap_does_not_know_end_with_2() {
    let shop = Shop::nowhere();
    let cases: [&[&str]; 9] = [
        &[],
        &["pray"],
        &["pay"],
        &["pay", "--phone", "0700000000"],
        &["pay", "--phone", "0700000000", "--amount"],
        &[
            "setup",
            "--environment",
            "moon",
            "--kind",
            "paybill",
            "--shortcode",
            "174379",
        ],
        &["register-urls", "--confirmation", "https://till.example/in"],
        &[
            "register-urls",
            "--confirmation",
            "a",
            "--validation",
            "b",
            "--version",
            "v3",
        ],
        &["status", "--wait"],
    ];
    for case in cases {
        let done = shop.run(case);
        assert_eq!(done.code, 2, "{case:?} is wrong usage: {done:?}");
        assert_eq!(
            done.last()["code"],
            "usage",
            "{case:?}: a script is told too: {done:?}"
        );
        assert!(!done.stderr.is_empty(), "{case:?}: and so is a person");
    }
    for help in [&["--help"][..], &["pay", "--help"], &["--version"]] {
        assert_eq!(shop.talk(help).code, 0, "{help:?} is no error");
    }
    assert!(shop.files().is_empty(), "nothing was written");
}

#[test]
fn a_day_is_a_date() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    for date in [
        "",
        "today",
        "2026-13-01",
        "2026-02-30",
        "23-11-2026",
        "0001-01-01",
        "-262143-01-01",
        "262142-12-31",
        LONG,
    ] {
        let flag = format!("--date={date}");
        shop.run(&["day", &flag])
            .assert_refused(2, "not_allowed", &format!("date {date:?}"));
    }
    assert_eq!(
        shop.run(&["day", "--date", " 2026-11-23 "]).code,
        0,
        "pasted spaces do no harm"
    );
}

#[test]
fn pasted_spaces_do_no_harm() {
    let simulator = Simulator::start();
    let shop = Shop::blank(&simulator.url);
    let setup = [
        "setup",
        "--environment",
        "practice",
        "--kind",
        "paybill",
        "--shortcode",
        " 174379 ",
        "--name",
        " Duka ",
    ];
    let done = shop.run(&setup);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.last()["shop_name"], "Duka", "{done:?}");
    let pay = [
        "pay",
        "--phone",
        " +254 700\u{a0}000-000 ",
        "--amount",
        " 1,250 ",
        "--reference",
        " INV42 ",
        "--wait",
    ];
    let done = shop.run(&pay);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.last()["reference"], "INV42", "{done:?}");
    let push = simulator.pushes().remove(0);
    assert_eq!(
        push["account_reference"], "INV42",
        "the customer reads the caller's own text"
    );
    assert_eq!(push["amount"], 1250, "{push}");
    assert_eq!(push["msisdn"], "254700000000", "{push}");
}
