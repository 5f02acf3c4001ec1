//! Where the keys go, and where they never go.

use daraja_sim::Config;

use crate::support::{Done, Shop, Simulator};

const VARIABLES: [&str; 3] = ["KESHIA_CONSUMER_KEY", "KESHIA_CONSUMER_SECRET", "KESHIA_PASSKEY"];

const SETUP: [&str; 7] = [
    "setup",
    "--environment",
    "sandbox",
    "--kind",
    "paybill",
    "--shortcode",
    "174379",
];

/// The simulator's own keys, which a sandbox shop must be given.
fn keys() -> [String; 3] {
    let settings = Config::default().settings;
    [
        &settings.consumer_key,
        &settings.consumer_secret,
        &settings.paybill_passkey,
    ]
    .map(|key| key.expose().to_owned())
}

fn assert_hidden(shop: &Shop, runs: &[Done]) {
    for key in keys() {
        for run in runs {
            let said = format!("{}{}", run.stdout, run.stderr);
            assert!(!said.contains(&key), "a key is never printed: {said}");
        }
        for (path, bytes) in shop.files() {
            let found = bytes.windows(key.len()).any(|window| window == key.as_bytes());
            assert!(!found, "no key in {}", path.display());
        }
    }
}

#[test]
fn without_a_keyring_the_environment_is_read_each_time() {
    let simulator = Simulator::start();
    let mut shop = Shop::blank(&simulator.url);
    for (variable, key) in VARIABLES.into_iter().zip(keys()) {
        // A stray blank of a paste is not part of a key.
        shop = shop.with(variable, &format!(" {key}\n"));
    }
    let setup = shop.run(&SETUP);
    assert_eq!(setup.code, 0, "{setup:?}");
    assert_eq!(setup.last()["keys"], "environment", "and it says so: {setup:?}");
    let token = shop.run(&["token"]);
    assert_eq!(token.code, 0, "{token:?}");
    let paid = shop.run(&["pay", "--phone", "0700000000", "--amount", "20", "--wait"]);
    assert_eq!(paid.code, 0, "{paid:?}");
    assert_hidden(&shop, &[setup, token, paid]);

    let shop = shop.without("KESHIA_PASSKEY");
    shop.run(&["token"])
        .assert_refused(1, "keys_missing", "a missing key is named");
    let shop = shop
        .without("KESHIA_CONSUMER_KEY")
        .without("KESHIA_CONSUMER_SECRET");
    shop.run(&["token"])
        .assert_refused(1, "keys_missing", "no keys at all");
}

#[test]
fn typed_keys_without_a_keyring_are_not_kept() {
    let simulator = Simulator::start();
    let shop = Shop::blank(&simulator.url);
    let setup = shop.run_typing(&SETUP, &keys().join("\r\n"));
    assert_eq!(setup.code, 0, "{setup:?}");
    assert_eq!(setup.last()["keys"], "nowhere", "and it says so: {setup:?}");
    let token = shop.run(&["token"]);
    token.assert_refused(1, "keys_missing", "nothing was kept");
    assert_hidden(&shop, &[setup, token]);
}

#[test]
fn keys_that_cannot_be_keys_are_refused_before_anything_is_written() {
    let simulator = Simulator::start();
    let shop = Shop::blank(&simulator.url);
    let long = format!("key\nsecret\n{}", "x".repeat(2_000));
    for typed in [
        "",
        "\n\n\n",
        "key\n",
        "key\nsecret\n",
        "key\nsecret\n \n",
        "key with blanks\nsecret\npass",
        "kéy\nsecret\npass",
        &long,
    ] {
        shop.run_typing(&SETUP, typed).assert_refused(
            1,
            "keys_missing",
            &format!("{} bytes typed", typed.len()),
        );
    }
    assert!(shop.files().is_empty(), "nothing was written");
}

/// Inside the everyday test command's throw-away session there is a keyring. Elsewhere it may be
/// somebody's own, so it is left alone, and the program must say that nothing keeps the keys.
#[test]
fn the_keyring_keeps_the_keys_where_there_is_one() {
    let throw_away = std::env::var_os("KESHIA_TEST_TAURI_DRIVER").is_some() && cfg!(target_os = "linux");
    let simulator = Simulator::start();
    let shop = Shop::blank(&simulator.url);
    let shop = if throw_away { shop.with_keyring() } else { shop };
    let setup = shop.run_typing(&SETUP, &keys().join("\n"));
    assert_eq!(setup.code, 0, "{setup:?}");
    let paid = shop.run(&["pay", "--phone", "0700000000", "--amount", "20", "--wait"]);
    if throw_away {
        assert_eq!(setup.last()["keys"], "keyring", "{setup:?}");
        assert_eq!(paid.code, 0, "found again without typing: {paid:?}");
    } else {
        assert_eq!(setup.last()["keys"], "nowhere", "{setup:?}");
        paid.assert_refused(1, "keys_missing", "nothing was kept");
    }
    assert_hidden(&shop, &[setup, paid]);
}
