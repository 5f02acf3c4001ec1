//! The doors, the settings, and what the window says when a book cannot be opened.

use std::fs;

use keshia_shell::places::Places;
use serde_json::{Value, json};
use tempfile::TempDir;
use till::files::{DataDir, FileKind};
use till::{Code, TillError};

use crate::support::{Till, Vault, places};

fn problem_of(state: &Value) -> &str {
    state["problem"]["code"].as_str().unwrap_or("none")
}

#[test]
fn a_first_start_shows_the_doors_and_remembers_the_choice() {
    let folder = TempDir::new().unwrap();
    {
        let till = Till::open(folder.path());
        let state = till.ok("app_state", json!({}));
        assert_eq!(
            (&state["door"], problem_of(&state)),
            (&json!("first_start"), "none"),
            "the doors: {state}"
        );
        let form = json!({ "shop_name": " Duka la Achieng ", "till_number": " 600101 " });
        let state = till.ok("start_today", json!({ "form": form }));
        assert_eq!(
            (
                &state["mode"],
                &state["kind"],
                &state["pay_number"],
                &state["connected"]
            ),
            (&json!("today"), &json!("till"), &json!("600101"), &json!(false)),
            "a shop that starts today takes everything but prompts: {state}"
        );
        assert_eq!(
            till.refused("open_phone", json!({})),
            "not_allowed",
            "real customers have their own phones"
        );
    }
    let till = Till::open(folder.path());
    let state = till.ok("app_state", json!({}));
    assert_eq!(
        (&state["door"], &state["shop_name"]),
        (&json!("open"), &json!("Duka la Achieng")),
        "the same book opens again: {state}"
    );
}

#[test]
fn practice_can_be_left_and_entered_again() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    assert_eq!(
        till.ok("choose_practice", json!({}))["shop_name"],
        "Mama Njeri Stores",
        "practice has a name"
    );
    till.ok(
        "take_cash",
        json!({ "saleId": null, "amount": 5_000, "tendered": 5_000 }),
    );
    assert_eq!(
        till.ok("leave_practice", json!({}))["door"],
        "first_start",
        "back to the doors"
    );
    till.ok("choose_practice", json!({}));
    let roll = till.ok("roll", json!({}));
    assert_eq!(
        roll["sales"].as_array().map(Vec::len),
        Some(1),
        "its book stayed: {roll}"
    );
    till.ok("open_phone", json!({}));
}

#[test]
fn a_start_with_another_server_does_not_forget_the_real_book() {
    let folder = TempDir::new().unwrap();
    let mode = |till: Till| till.ok("app_state", json!({}))["mode"].clone();
    {
        let till = Till::open(folder.path());
        till.ok(
            "start_today",
            json!({ "form": { "shop_name": "Duka", "till_number": "600101" } }),
        );
    }
    assert_eq!(
        mode(Till::open_at(folder.path(), "http://127.0.0.1:9")),
        "elsewhere",
        "the practice book, with a banner"
    );
    assert_eq!(
        mode(Till::open(folder.path())),
        "today",
        "and afterwards the real one again"
    );
}

#[test]
fn settings_are_kept_in_the_book() {
    let folder = TempDir::new().unwrap();
    let settings = |name: &str, number: &str| {
        json!({ "settings": { "locale": "sw", "theme": "dark", "text_size": "large", "sounds": false,
                              "volume": "high", "customer_display": true,
                              "shop_name": name, "pay_number": number } })
    };
    {
        let till = Till::open(folder.path());
        let state = till.ok("save_settings", settings("", ""));
        assert_eq!(
            state["settings"]["locale"], "sw",
            "a newcomer chooses the language before any book is open"
        );
        let state = till.ok("choose_practice", json!({}));
        assert_eq!(
            state["settings"]["locale"], "sw",
            "and keeps it in the new book: {state}"
        );
        let state = till.ok("save_settings", settings("Duka", "600101"));
        assert_eq!(
            (&state["shop_name"], &state["pay_number"]),
            (&json!("Duka"), &json!("600101")),
            "{state}"
        );
        assert_eq!(
            till.refused("save_settings", settings("Duka", "12")),
            "number_invalid",
            "too short a number"
        );
        assert_eq!(
            till.refused("save_settings", settings(" ", "600101")),
            "not_allowed",
            "no name"
        );
    }
    let state = Till::open(folder.path()).ok("app_state", json!({}));
    let kept = settings("Duka", "600101")["settings"].clone();
    assert_eq!(state["settings"], kept, "all of it is there after a restart");
}

#[test]
fn a_second_engine_is_refused_in_words() {
    let folder = TempDir::new().unwrap();
    let data = DataDir::at(folder.path()).unwrap();
    data.choose(Some(FileKind::Live)).unwrap();
    let held = data.lock(FileKind::Live).unwrap();
    let till = Till::open(folder.path());
    let state = till.ok("app_state", json!({}));
    assert_eq!(
        (&state["door"], problem_of(&state)),
        (&json!("open"), "database_in_use"),
        "{state}"
    );
    assert_eq!(
        till.refused("roll", json!({})),
        "database_in_use",
        "every command says the same"
    );
    drop(held);
    let state = till.ok("app_state", json!({}));
    assert_eq!(
        (&state["door"], problem_of(&state)),
        (&json!("open"), "none"),
        "looking again finds it free: {state}"
    );
    till.ok("roll", json!({}));
}

#[test]
fn a_damaged_or_newer_file_is_left_alone_and_said() {
    let folder = TempDir::new().unwrap();
    let data = DataDir::at(folder.path()).unwrap();
    data.choose(Some(FileKind::Live)).unwrap();
    let file = data.database(FileKind::Live);

    let damaged = b"This was a book once. ".repeat(500);
    fs::write(&file, &damaged).unwrap();
    let state = Till::open(folder.path()).ok("app_state", json!({}));
    assert_eq!(problem_of(&state), "database_corrupt", "{state}");
    assert_eq!(
        fs::read(&file).unwrap(),
        damaged,
        "help can still look at the damaged file"
    );

    fs::remove_file(&file).unwrap();
    let newer = rusqlite::Connection::open(&file).unwrap();
    newer.pragma_update(None, "user_version", 9_999).unwrap();
    drop(newer);
    let state = Till::open(folder.path()).ok("app_state", json!({}));
    assert_eq!(problem_of(&state), "database_newer", "{state}");
}

#[test]
fn wrong_surroundings_are_said() {
    let folder = TempDir::new().unwrap();
    let wrong = |code| Err(TillError::new(code, "Something about the surroundings."));
    let usual = || places(folder.path(), &Vault::default());
    let state = Till::open_with(Places {
        elsewhere: wrong(Code::AddressInvalid).map(|()| None),
        ..usual()
    })
    .ok("app_state", json!({}));
    assert_eq!(
        problem_of(&state),
        "address_invalid",
        "KESHIA_DARAJA_URL is no address: {state}"
    );
    let data = wrong(Code::DiskReadOnly).and_then(|()| DataDir::at(folder.path()));
    let state = Till::open_with(Places { data, ..usual() }).ok("app_state", json!({}));
    assert_eq!(
        problem_of(&state),
        "disk_read_only",
        "the folder cannot be written: {state}"
    );
}
