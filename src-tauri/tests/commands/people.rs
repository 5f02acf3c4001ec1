//! Who may do what, asked of the commands themselves: a page that was tampered with meets the same table.

use keshia_shell::commands::NAMES;
use serde_json::{Value, json};
use tempfile::TempDir;
use till::people::{Act, Role};

use crate::support::{Till, Vault, connect_form, places};

const OWNERS_PIN: &str = "4071";
const MANAGERS_PIN: &str = "5093";
const CASHIERS_PIN: &str = "2718";
const PASSPHRASE: &str = "mango tree by the well";

/// A practice shop with an owner, a manager and a cashier, and the cashier at the till.
struct Staffed {
    till: Till,
    owner: String,
    manager: String,
    cashier: String,
    recovery: Vec<Value>,
    folder: TempDir,
}

fn staffed() -> Staffed {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    let (made, desk) = people(&till);
    let id = |name: &str| id_of(&desk, name);
    let staffed = Staffed {
        owner: id("Njeri"),
        manager: id("Otieno"),
        cashier: id("Achieng"),
        recovery: made["recovery_code"].as_array().unwrap().clone(),
        till,
        folder,
    };
    staffed.sign_in(&staffed.cashier, CASHIERS_PIN);
    staffed
}

fn people(till: &Till) -> (Value, Value) {
    let form = json!({ "name": "Njeri", "pin": OWNERS_PIN, "passphrase": PASSPHRASE });
    let made = till.ok("make_owner", json!({ "form": form }));
    till.ok(
        "add_person",
        json!({ "name": "Otieno", "role": "manager", "pin": MANAGERS_PIN }),
    );
    let desk = till.ok(
        "add_person",
        json!({ "name": "Achieng", "role": "cashier", "pin": CASHIERS_PIN }),
    );
    (made, desk)
}

fn id_of(desk: &Value, name: &str) -> String {
    let people = desk["people"].as_array().unwrap();
    let found = people.iter().find(|person| person["name"] == name).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

impl Staffed {
    fn sign_in(&self, who: &str, pin: &str) {
        self.till.ok("sign_in", json!({ "personId": who, "pin": pin }));
    }

    fn restarted(self) -> (Till, TempDir) {
        drop(self.till);
        (Till::open(self.folder.path()), self.folder)
    }
}

/// Each command that the table covers, with what its screen sends. `judge` and the others that need a sale are
/// refused for it before the book is looked at, or are tried where the engine is.
fn covered() -> Vec<(&'static str, Value, Act)> {
    let settings = json!({ "locale": "en", "theme": "dark", "text_size": "normal", "sounds": true, "shop_name": "Duka", "pay_number": null });
    let today = json!({ "shop_name": "Duka", "till_number": "600101" });
    let urls = json!({ "confirmation": "https://a.example/c", "validation": "https://a.example/v", "unanswered": "completed", "version": "v2" });
    let customer = json!({ "name": "Wanjiru", "phone": "0712345678", "limit": 100_000 });
    let id = "00000000000000000000000000";
    vec![
        ("choose_practice", json!({}), Act::Connection),
        ("start_today", json!({ "form": today }), Act::Connection),
        ("connect", json!({ "form": connect_form() }), Act::Connection),
        (
            "test_connection",
            json!({ "form": connect_form() }),
            Act::Connection,
        ),
        ("leave_practice", json!({}), Act::Connection),
        ("register_urls", json!({ "form": urls }), Act::Connection),
        ("pair_relay", json!({ "line": "keshia-pair x" }), Act::Connection),
        ("unpair_relay", json!({}), Act::Connection),
        ("pair_counter", json!({}), Act::Connection),
        (
            "set_counters",
            json!({ "sharing": "alone", "letter": "B", "toldLimit": 1_000_000 }),
            Act::Connection,
        ),
        ("make_owners_page", json!({}), Act::OwnersPage),
        ("drop_owners_page", json!({}), Act::OwnersPage),
        ("relay_goes_on", json!({}), Act::Restore),
        ("save_settings", json!({ "settings": settings }), Act::Settings),
        ("relay_settings", json!({}), Act::Settings),
        ("doctor", json!({}), Act::Settings),
        (
            "doctor_step",
            json!({ "step": "token", "phone": null, "pushId": null }),
            Act::Settings,
        ),
        ("till_owner", json!({ "owner": "own" }), Act::Settings),
        (
            "address_trouble",
            json!({ "url": "https://a.example" }),
            Act::Settings,
        ),
        (
            "play_payment",
            json!({ "phone": "0712345678", "amount": 100 }),
            Act::Settings,
        ),
        ("day_report", json!({ "period": { "kind": "open" } }), Act::SeeDay),
        (
            "find_sales",
            json!({ "words": "", "period": { "kind": "open" }, "everywhere": false, "before": null }),
            Act::SeeDay,
        ),
        ("interactions", json!({ "limit": 1, "before": null }), Act::SeeLog),
        ("export_interactions", json!({}), Act::SeeLog),
        ("confirm_clock", json!({}), Act::ConfirmClock),
        ("take_statement", json!({ "text": STATEMENT }), Act::TakeStatement),
        ("new_recovery_code", json!({}), Act::People),
        (
            "add_person",
            json!({ "name": "Brian", "role": "owner", "pin": "8206" }),
            Act::People,
        ),
        (
            "change_person",
            json!({ "personId": id, "name": "X", "role": "owner" }),
            Act::People,
        ),
        ("reset_pin", json!({ "personId": id, "pin": "8206" }), Act::People),
        ("let_go", json!({ "personId": id }), Act::People),
        ("set_auto_lock", json!({ "minutes": 0 }), Act::People),
        ("customers", json!({}), Act::SeeCustomers),
        ("debt_statement", json!({ "customerId": id }), Act::SeeCustomers),
        ("customer_phone", json!({ "customerId": id }), Act::SeeCustomers),
        (
            "add_customer",
            json!({ "form": customer, "agreed": true }),
            Act::ChangeCustomer,
        ),
        (
            "change_customer",
            json!({ "customerId": id, "form": customer }),
            Act::ChangeCustomer,
        ),
        (
            "write_off",
            json!({ "customerId": id, "amount": 100, "reason": "moved" }),
            Act::WriteOff,
        ),
        ("print_statement", json!({ "customerId": id }), Act::SeeCustomers),
        ("save_statement", json!({ "customerId": id }), Act::SeeCustomers),
        ("export_customer", json!({ "customerId": id }), Act::PersonalData),
        ("erase_customer", json!({ "customerId": id }), Act::PersonalData),
        ("x_report", json!({}), Act::SeeDay),
        (
            "export_files",
            json!({ "period": { "kind": "open" }, "format": "csv" }),
            Act::Export,
        ),
        (
            "evening_text",
            json!({ "period": { "kind": "open" } }),
            Act::SeeDay,
        ),
        ("files_folder", json!({}), Act::SeeDay),
        ("choose_files_folder", json!({ "folder": null }), Act::Settings),
        ("close_slip", json!({ "number": null }), Act::SeeDay),
        ("print_close", json!({ "number": null }), Act::SeeDay),
        ("save_close", json!({ "number": null }), Act::SeeDay),
        ("closes", json!({}), Act::SeeDay),
        ("before_close", json!({}), Act::CloseDay),
        ("close_day", json!({ "words": null }), Act::CloseDay),
        ("set_own_drawers", json!({ "own": true }), Act::Settings),
        (
            "choose_stick",
            json!({ "folder": "/nowhere", "sealed": false, "withKeys": false }),
            Act::Backups,
        ),
        ("forget_stick", json!({}), Act::Backups),
        ("rehearse", json!({}), Act::Verify),
        (
            "verify_book",
            json!({ "anchor": null, "close": null }),
            Act::Verify,
        ),
        (
            "restore_copy",
            json!({ "file": "/nowhere", "code": null }),
            Act::Restore,
        ),
    ]
}

/// One row of the portal's export.
const STATEMENT: &str = "\
Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info,A/C No.
UKN3X8ABCD,23-11-2026 10:00:00,Pay Bill from 2547****678,Completed,125.00,,2547****678 - NJERI,A1
";

/// Commands that a cashier may call: selling, looking at the counter, and the lock itself.
const FREE: &[&str] = &[
    "app_state",
    "start_push",
    "prompt_regular",
    "send_again",
    "take_cash",
    "check_code",
    "take_code",
    "wait_for_till",
    "void_sale",
    "ask_now",
    "no_message",
    "save_draft",
    "pay_code",
    "safaricoms_code",
    "roll",
    "sale",
    "witnesses",
    "place_money",
    "sale_of_money",
    "pull_now",
    "open_phone",
    "closing",
    "close_anyway",
    "desk",
    "sign_in",
    "lock",
    "touch",
    "give_passphrase",
    "grant",
    "make_owner",
    "recover",
    "change_pin",
    "change_passphrase",
    "drawer",
    "open_shift",
    "close_shift",
    "pay_in",
    "pay_out",
    "giving_back",
    "find_customers",
    "regulars",
    "give_credit",
    "pay_off",
    "closing_day",
    "copies",
    "copy_now",
    "found_copies",
    "moved_here",
    "is_a_copy",
    "set_customer_display",
    "show_customer",
    "customer_view",
    "stop_job",
    "printing_settings",
    "receipt_preview",
    "receipt",
    "print_receipt",
    "print_late",
    "set_tax",
    "save_receipt",
    "printer",
];
/// Tried where there is something to judge, to give back, to write in or to print: `crates/till/tests/till`.
const ELSEWHERE: &[&str] = &["judge", "refund", "write_in", "save_printing", "test_print"];

#[test]
fn a_cashier_is_refused_each_command_that_the_table_covers() {
    let staffed = staffed();
    for (command, arguments, act) in covered() {
        let error = staffed.till.call(command, arguments).expect_err(command);
        assert_eq!(
            error["code"], "not_permitted",
            "{command} is not a cashier's: {error}"
        );
        let may_be_allowed = (!act.needs().passphrase).then(|| act.word());
        assert_eq!(
            error["act"].as_str(),
            may_be_allowed,
            "{command} names what a manager may allow"
        );
    }
    assert_eq!(
        staffed.till.ok("desk", json!({}))["people"]
            .as_array()
            .unwrap()
            .len(),
        3,
        "nobody came and nobody went"
    );
}

#[test]
fn an_owner_without_the_passphrase_is_asked_for_it() {
    let staffed = staffed();
    staffed.till.ok("lock", json!({}));
    staffed.sign_in(&staffed.owner, OWNERS_PIN);
    for (command, arguments, act) in covered() {
        if act.needs().passphrase {
            let error = staffed.till.call(command, arguments).expect_err(command);
            assert_eq!(error["code"], "passphrase_needed", "{command}: {error}");
        }
    }
    let wrong = staffed
        .till
        .refused("give_passphrase", json!({ "passphrase": "mango tree" }));
    assert_eq!(wrong, "pin_wrong", "another passphrase opens nothing");
    staffed
        .till
        .ok("give_passphrase", json!({ "passphrase": PASSPHRASE }));
    staffed.till.ok("set_auto_lock", json!({ "minutes": 15 }));
}

#[test]
fn a_locked_till_refuses_them_too() {
    let staffed = staffed();
    staffed.till.ok("lock", json!({}));
    for (command, arguments, _) in covered() {
        assert_eq!(
            staffed.till.refused(command, arguments),
            "locked",
            "nobody is here to call {command}"
        );
    }
    let cash = json!({ "saleId": null, "amount": 500, "tendered": 500 });
    assert_eq!(
        staffed.till.refused("take_cash", cash),
        "locked",
        "nor does it sell"
    );
}

#[test]
fn every_command_stands_in_the_table_or_is_a_cashiers() {
    let covered: Vec<&str> = covered().into_iter().map(|(command, _, _)| command).collect();
    for name in NAMES {
        let places = usize::from(covered.contains(name))
            + usize::from(FREE.contains(name))
            + usize::from(ELSEWHERE.contains(name));
        assert_eq!(places, 1, "somebody has decided who may call {name}");
    }
}

#[test]
fn where_money_goes_is_the_owners_although_settings_are_a_managers() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok(
        "start_today",
        json!({ "form": { "shop_name": "Duka", "till_number": "600101" } }),
    );
    let (_, desk) = people(&till);
    till.ok("lock", json!({}));
    let manager = id_of(&desk, "Otieno");
    till.ok("sign_in", json!({ "personId": manager, "pin": MANAGERS_PIN }));
    let mut settings = till.ok("app_state", json!({}))["settings"].clone();
    settings["shop_name"] = json!("Duka la Otieno");
    till.ok("save_settings", json!({ "settings": settings }));
    settings["pay_number"] = json!("777777");
    let error = till
        .call("save_settings", json!({ "settings": settings }))
        .unwrap_err();
    assert_eq!(
        error["code"], "not_permitted",
        "another till number is the owner's: {error}"
    );
    assert_eq!(
        till.ok("app_state", json!({}))["pay_number"],
        "600101",
        "customers go on paying the shop"
    );
}

#[test]
fn the_doors_are_no_way_around_the_lock() {
    let folder = TempDir::new().unwrap();
    let vault = Vault::default();
    let till = Till::open_with(places(folder.path(), &vault));
    let today = json!({ "form": { "shop_name": "Duka", "till_number": "600101" } });
    till.ok("start_today", today);
    people(&till);
    till.ok("leave_practice", json!({}));
    let stranger = json!({ "form": { "shop_name": "Duka", "till_number": "777777" } });
    let state = till.ok("start_today", stranger);
    assert_eq!(state["pay_number"], "600101", "the book is opened as it is");
    let desk = till.ok("desk", json!({}));
    assert_eq!(desk["locked"], true, "and locked: {desk}");
    drop(till);

    let till = Till::open_with(places(folder.path(), &vault));
    let desk = till.ok("desk", json!({}));
    till.ok(
        "sign_in",
        json!({ "personId": id_of(&desk, "Njeri"), "pin": OWNERS_PIN }),
    );
    till.ok("give_passphrase", json!({ "passphrase": PASSPHRASE }));
    till.ok("leave_practice", json!({}));
    assert_eq!(
        till.refused("connect", json!({ "form": connect_form() })),
        "locked",
        "no other keys from the doors either"
    );
    assert_eq!(
        till.ok("app_state", json!({}))["connected"],
        false,
        "nothing was connected"
    );
}

#[test]
fn a_managers_pin_and_a_reason_open_the_day_to_a_cashier() {
    let staffed = staffed();
    let manager = staffed.manager.clone();
    let allow = |reason: &str| json!({ "act": "see_day", "personId": manager, "pin": MANAGERS_PIN, "reason": reason });
    assert_eq!(
        staffed.till.refused("grant", allow("")),
        "not_allowed",
        "not without a reason"
    );
    staffed.till.ok("grant", allow("she closes tonight"));
    staffed
        .till
        .ok("day_report", json!({ "period": { "kind": "open" } }));
    staffed
        .till
        .ok("day_report", json!({ "period": { "kind": "open" } }));
    assert_eq!(
        staffed
            .till
            .refused("interactions", json!({ "limit": 1, "before": null })),
        "not_permitted",
        "one act was allowed, and no other"
    );
}

#[test]
fn a_start_is_locked_and_the_recovery_code_opens_it_once() {
    let staffed = staffed();
    let (owner, paper) = (staffed.owner.clone(), staffed.recovery.clone());
    let (till, _folder) = staffed.restarted();
    let desk = till.ok("desk", json!({}));
    assert_eq!(desk["locked"], true, "several people work here: {desk}");
    let code: Vec<&str> = paper.iter().map(|group| group.as_str().unwrap()).collect();
    let form = json!({ "name": owner, "pin": "6135", "passphrase": "two cups of strong tea" });
    let wrong = json!({ "code": "AAAA-BBBB", "form": form });
    assert_eq!(till.refused("recover", wrong), "pin_wrong", "no code");
    let right = json!({ "code": code.join(" ").to_lowercase(), "form": form });
    let made = till.ok("recover", right.clone());
    assert_eq!(made["desk"]["person"]["name"], "Njeri", "she is here: {made}");
    assert_eq!(
        made["recovery_code"].as_array().unwrap().len(),
        8,
        "with a new paper to write"
    );
    assert_eq!(
        till.refused("recover", right),
        "pin_wrong",
        "the old paper is spent"
    );
    till.ok("lock", json!({}));
    till.ok("sign_in", json!({ "personId": owner, "pin": "6135" }));
    till.ok(
        "give_passphrase",
        json!({ "passphrase": "two cups of strong tea" }),
    );
}

#[test]
fn a_shop_without_people_has_no_lock_and_one_person_needs_none() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    till.ok("choose_practice", json!({}));
    assert_eq!(
        till.ok("desk", json!({}))["locked"],
        false,
        "nobody to tell apart"
    );
    till.ok("day_report", json!({ "period": { "kind": "open" } }));
    let form = json!({ "name": "Njeri", "pin": OWNERS_PIN, "passphrase": PASSPHRASE });
    till.ok("make_owner", json!({ "form": form }));
    drop(till);
    let till = Till::open(folder.path());
    let desk = till.ok("desk", json!({}));
    assert_eq!(
        desk["person"]["name"], "Njeri",
        "one person alone is here: {desk}"
    );
    assert_eq!(
        Role::Owner.word(),
        desk["person"]["role"].as_str().unwrap(),
        "as herself"
    );
    assert_eq!(
        till.refused("set_auto_lock", json!({ "minutes": 1 })),
        "passphrase_needed",
        "and owner acts ask her too"
    );
}
