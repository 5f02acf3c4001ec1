//! The book with real money: seen from outside only, because no test may speak with Safaricom.

use crate::support::Shop;

const KEYS: &str = "key\nsecret\npasskey\n";

#[test]
fn real_money_has_its_own_book() {
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
    let done = shop.run_typing(&setup, KEYS);
    assert_eq!(done.code, 0, "{done:?}");
    assert!(
        shop.path().join("keshia.db").exists() && !shop.book().exists(),
        "only the real book was made"
    );
    assert_eq!(shop.run(&["day"]).code, 0, "it is the one that opens");
    assert!(shop.run(&["day"]).stderr.is_empty(), "nobody calls it practice");

    let pay = ["pay", "--phone", "0700000000", "--amount", "5"];
    shop.run(&pay)
        .assert_refused(1, "keys_missing", "typed keys were not kept");
    let simulate = ["simulate", "--phone", "0700000000", "--amount", "5"];
    shop.run(&simulate)
        .assert_refused(1, "not_allowed", "nobody plays with real money");

    // Another server never sees the real book.
    let shop = shop.with("KESHIA_DARAJA_URL", "http://127.0.0.1:9");
    shop.run(&pay)
        .assert_refused(1, "not_connected", "the practice book was not set up");
}

#[test]
fn practice_never_takes_the_place_of_the_real_book() {
    let shop = Shop::nowhere();
    let number = ["--kind", "paybill", "--shortcode", "174379"];
    let opened = |shop: &Shop| std::fs::read_to_string(shop.path().join("opened")).unwrap();
    shop.run(&[&["setup", "--environment", "practice"], &number[..]].concat());
    assert_eq!(
        opened(&shop),
        "practice",
        "the first book is the one the window opens"
    );
    shop.run_typing(
        &[&["setup", "--environment", "sandbox"], &number[..]].concat(),
        KEYS,
    );
    assert_eq!(opened(&shop), "live", "a connected shop comes before practice");
    shop.run(&[&["setup", "--environment", "practice"], &number[..]].concat());
    assert_eq!(opened(&shop), "live", "and stays");
}
