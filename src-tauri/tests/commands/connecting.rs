//! The third door: keys go in, and never come out.

use std::fs;
use std::sync::Arc;

use serde_json::{Value, json};
use tempfile::TempDir;
use till::secrets::{SecretError, SecretName, SecretStore};

use keshia_shell::places::Places;

use crate::support::{Till, Vault, connect_form, places, simulator};

fn with(changes: &Value) -> Value {
    let mut form = connect_form();
    for (field, value) in changes.as_object().unwrap() {
        form[field] = value.clone();
    }
    json!({ "form": form })
}

#[test]
fn keys_go_into_the_key_store_and_nowhere_else() {
    let (folder, vault) = (TempDir::new().unwrap(), Vault::default());
    let secrets = ["consumer-key-Xq81", "consumer-secret-Vw55", "passkey-Tz20"];
    let till = Till::open_with(places(folder.path(), &vault));
    till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Duka", "till_number": "600101" } }),
    );
    till.ok(
        "take_cash",
        json!({ "saleId": null, "amount": 5_000, "tendered": 5_000 }),
    );
    let form = with(&json!({
        "kind": "till", "store": "600100", "till": "600101",
        "consumer_key": format!(" {}\n", secrets[0]), "consumer_secret": secrets[1], "passkey": format!("{}\t", secrets[2]),
    }));
    let state = till.ok("connect", form);
    assert_eq!(
        (
            &state["mode"],
            &state["environment"],
            &state["kind"],
            &state["connected"]
        ),
        (&json!("live"), &json!("sandbox"), &json!("till"), &json!(true)),
        "the shop is connected: {state}"
    );
    let sales = till.ok("roll", json!({}))["sales"].as_array().map(Vec::len);
    assert_eq!(sales, Some(1), "connecting on a later day loses nothing");

    for (name, secret) in SecretName::ALL.into_iter().zip(secrets) {
        let kept = vault.get(name).unwrap().expect("it was kept");
        assert_eq!(
            kept.expose(),
            secret,
            "{name}: kept without the blanks of a paste"
        );
        assert!(
            !state.to_string().contains(secret),
            "{name}: the page never gets it back"
        );
    }
    drop(till);
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        if path.is_dir() {
            // The copies of the very files looked at.
            continue;
        }
        let bytes = fs::read(&path).unwrap();
        for secret in secrets {
            let found = bytes
                .windows(secret.len())
                .any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} must not be in {}", path.display());
        }
    }
    let state = Till::open_with(places(folder.path(), &vault)).ok("app_state", json!({}));
    assert_eq!(
        state["connected"], true,
        "after a restart the keys are read from the store: {state}"
    );
    let state = Till::open(folder.path()).ok("app_state", json!({}));
    assert_eq!(
        (&state["connected"], problem(&state)),
        (&json!(false), "none"),
        "with the keys gone everything but prompts still works: {state}"
    );
}

fn problem(state: &Value) -> &str {
    state["problem"]["code"].as_str().unwrap_or("none")
}

#[test]
fn a_form_with_a_hole_changes_nothing() {
    let (folder, vault) = (TempDir::new().unwrap(), Vault::default());
    let till = Till::open_with(places(folder.path(), &vault));
    for (changes, code) in [
        (json!({ "paybill": "" }), "number_invalid"),
        (json!({ "paybill": "1743791234" }), "number_invalid"),
        (
            json!({ "kind": "till", "store": "600100", "till": "" }),
            "number_invalid",
        ),
        (json!({ "consumer_key": " " }), "keys_missing"),
        (json!({ "consumer_secret": "" }), "keys_missing"),
        (json!({ "passkey": "\n" }), "keys_missing"),
        (json!({ "shop_name": "" }), "not_allowed"),
    ] {
        assert_eq!(till.refused("connect", with(&changes)), code, "{changes}");
    }
    assert_eq!(
        till.ok("app_state", json!({}))["door"],
        "first_start",
        "still at the doors"
    );
    for name in SecretName::ALL {
        assert_eq!(
            vault.get(name).unwrap(),
            None,
            "{name}: a refused form leaves no key behind"
        );
    }
}

#[test]
fn without_a_key_store_it_says_so() {
    let folder = TempDir::new().unwrap();
    let none = Places {
        secrets: Arc::new(|_| Err(SecretError::NoStore)),
        ..places(folder.path(), &Vault::default())
    };
    let till = Till::open_with(none);
    assert_eq!(
        till.refused("connect", with(&json!({}))),
        "keyring",
        "keys have no place to go"
    );
    let state = till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Duka", "till_number": "600101" } }),
    );
    assert_eq!(
        (&state["door"], &state["key_storage"]),
        (&json!("open"), &json!("none")),
        "cash works: {state}"
    );
}

#[test]
fn a_test_says_in_words_what_is_wrong() {
    let folder = TempDir::new().unwrap();
    let simulator = simulator();
    let till = Till::open_at(folder.path(), &simulator.url());
    for (changes, code) in [
        (json!({}), "ok"),
        (json!({ "consumer_key": " practice-key\n" }), "ok"),
        (json!({ "consumer_secret": "wrong" }), "wrong_keys"),
        (json!({ "passkey": "" }), "keys_missing"),
        (json!({ "paybill": "x" }), "number_invalid"),
    ] {
        let test = till.ok("test_connection", with(&changes));
        assert_eq!(
            (&test["code"], &test["ok"]),
            (&json!(code), &json!(code == "ok")),
            "{changes}: {test}"
        );
        assert!(
            !test.to_string().contains("practice-secret"),
            "no key comes back: {test}"
        );
    }
    let closed = simulator.url();
    tauri::async_runtime::block_on(simulator.stop());
    let test = Till::open_at(TempDir::new().unwrap().path(), &closed).ok("test_connection", with(&json!({})));
    assert_eq!(
        test["code"], "no_network",
        "nobody answers there any more: {test}"
    );
}

#[test]
fn another_server_gets_the_practice_book_and_stored_keys() {
    let (folder, vault) = (TempDir::new().unwrap(), Vault::default());
    let simulator = simulator();
    let elsewhere = Ok(Some(daraja::BaseUrl::parse(&simulator.url()).unwrap()));
    let till = Till::open_with(Places {
        elsewhere,
        ..places(folder.path(), &vault)
    });
    assert_eq!(
        till.ok("app_state", json!({}))["door"],
        "first_start",
        "the doors come first here too"
    );
    let state = till.ok("connect", with(&json!({})));
    assert_eq!(
        (&state["mode"], &state["address"], &state["connected"]),
        (&json!("elsewhere"), &json!(simulator.url()), &json!(true)),
        "and the banner says where: {state}"
    );
    assert!(
        vault.get(SecretName::Passkey).unwrap().is_some(),
        "the keys are kept as real ones are"
    );
    assert!(folder.path().join("practice.db").exists(), "in the practice book");
    assert!(
        !folder.path().join("keshia.db").exists(),
        "the real book is not touched"
    );
}

#[test]
fn a_prompt_under_way_keeps_its_connection() {
    let folder = TempDir::new().unwrap();
    let simulator = simulator();
    let till = Till::open_at(folder.path(), &simulator.url());
    till.ok("choose_practice", json!({}));
    till.ok(
        "start_push",
        json!({ "saleId": null, "amount": 10_000, "phone": "0712345678", "wrongNumber": false }),
    );
    let error = till.refused("connect", with(&json!({})));
    assert_eq!(
        error, "push_live",
        "with other numbers nobody could ask about the prompt on the phone: {error}"
    );
}
