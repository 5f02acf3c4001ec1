//! Who may do what, asked from the command line.

use crate::support::{Done, Shop, Simulator};

const CASHIERS_PIN: &str = "2718";
const PASSPHRASE: &str = "mango tree by the well";

/// As the owner, with all the words that the command may ask for.
fn change(shop: &Shop, words: &[&str], new_pin: &str) -> Done {
    let output = shop
        .command(words)
        .arg("--json")
        .env("KESHIA_PIN", "4071")
        .env("KESHIA_NEW_PIN", new_pin)
        .env("KESHIA_PASSPHRASE", PASSPHRASE)
        .output()
        .unwrap();
    Done::of(&output)
}

/// A practice shop with an owner and a cashier.
fn staffed(simulator: &Simulator) -> Shop {
    let shop = Shop::practice(&simulator.url);
    let made = change(&shop, &["people", "owner", "Njeri"], "4071");
    assert_eq!(made.code, 0, "the first owner: {made:?}");
    let code = made.last()["recovery_code"].as_str().unwrap().to_owned();
    assert_eq!(code.split('-').count(), 8, "a code for the paper: {code}");
    let added = change(
        &shop,
        &["people", "add", "Achieng", "--role", "cashier", "--as", "Njeri"],
        CASHIERS_PIN,
    );
    assert_eq!(added.code, 0, "and a cashier: {added:?}");
    shop
}

#[test]
fn a_cashier_is_refused_each_command_that_is_not_hers_and_a_stranger_all() {
    let simulator = Simulator::start();
    let shop = staffed(&simulator);
    let file = shop.path().join("statement.csv");
    std::fs::write(
        &file,
        "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info,A/C No.\n\
         UKN3X8ABCD,23-11-2026 10:00:00,Pay Bill from 2547****678,Completed,125.00,,2547****678 - NJERI,A1\n",
    )
    .unwrap();
    let file = file.to_str().unwrap();
    let pin = CASHIERS_PIN;
    let refused: &[&[&str]] = &[
        &[
            "setup",
            "--environment",
            "practice",
            "--kind",
            "paybill",
            "--shortcode",
            "600123",
        ],
        &["token"],
        &["judge", "x", "--paid", "--reason", "I saw it"],
        &["clock", "confirm"],
        &["day"],
        &["statement", file],
        &["pull-register", "--nominated", "0712345678"],
        &["relay", "status"],
        &["relay", "unpair"],
        &["relay", "pair-counter"],
        &["doctor", "--no-push"],
        &[
            "register-urls",
            "--confirmation",
            "https://a.example/c",
            "--validation",
            "https://a.example/v",
        ],
        &["simulate", "--phone", "0712345678", "--amount", "10"],
        &["log"],
        &["restore", file, "--yes"],
        &["customer"],
        &["customer", "show", "Wanjiru"],
        &[
            "customer",
            "add",
            "Otieno",
            "--phone",
            "0722000111",
            "--limit",
            "500",
            "--agreed",
        ],
        &[
            "customer",
            "write-off",
            "Wanjiru",
            "--amount",
            "10",
            "--reason",
            "moved",
        ],
        &["customer", "export", "Wanjiru"],
        &["customer", "delete", "Wanjiru", "--yes"],
        &["people", "add", "Brian", "--role", "owner"],
        &["people", "let-go", "Njeri"],
        &["people", "pin", "Njeri"],
    ];
    // The log of requests is there once something was asked.
    let asked = change(&shop, &["token", "--as", "Njeri"], "");
    assert_eq!(asked.code, 0, "the owner may: {asked:?}");
    for words in refused {
        let stranger = shop.run(words);
        stranger.assert_refused(1, "locked", &format!("{words:?} without --as"));
        let output = shop
            .command(words)
            .args(["--as", "achieng", "--json"])
            .env("KESHIA_PIN", pin)
            .env("KESHIA_NEW_PIN", "8206")
            .output()
            .unwrap();
        Done::of(&output).assert_refused(1, "not_permitted", &format!("{words:?} as the cashier"));
    }
    let output = shop
        .command(&["people"])
        .args(["--as", "Achieng", "--json"])
        .env("KESHIA_PIN", "2719")
        .output()
        .unwrap();
    Done::of(&output).assert_refused(1, "pin_wrong", "another PIN is not hers");
}
