//! Who may call what, and that the lists agree.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use keshia_shell::commands::NAMES;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Till, call_from, own_page};

/// Tauri's own refusal is a text; ours is an object with a code.
fn denied(answer: &Result<Value, Value>) -> bool {
    matches!(answer, Err(Value::String(text)) if text.contains("not allowed"))
}

#[test]
fn the_till_may_call_every_command() {
    for name in NAMES {
        // A folder each: some of them open a book.
        let folder = TempDir::new().unwrap();
        let till = Till::open(folder.path());
        let answer = till.call(name, json!({}));
        let unknown = matches!(&answer, Err(Value::String(text)) if text.contains("not found"));
        assert!(!denied(&answer) && !unknown, "the page needs {name}: {answer:?}");
    }
}

#[test]
fn nobody_else_may_call_any() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    for label in ["phone", "other"] {
        let window = Till::window(&till.app, label);
        for page in [own_page(), "http://127.0.0.1:8080"] {
            for name in NAMES {
                let answer = call_from(&window, page, name, json!({}));
                assert!(
                    denied(&answer),
                    "{name} from {label} at {page} must be denied: {answer:?}"
                );
            }
        }
    }
    for name in NAMES {
        let answer = call_from(&till.main, "http://127.0.0.1:8080", name, json!({}));
        assert!(
            denied(&answer),
            "{name} from a stranger's page in the till's window must be denied: {answer:?}"
        );
    }
}

#[test]
fn the_customers_display_may_only_read_what_it_shows() {
    let folder = TempDir::new().unwrap();
    let till = Till::open(folder.path());
    let display = Till::window(&till.app, "display");
    for name in NAMES {
        let answer = call_from(&display, own_page(), name, json!({}));
        assert_eq!(
            denied(&answer),
            *name != "customer_view",
            "{name} from the customer's display: {answer:?}"
        );
    }
    let stranger = call_from(&display, "http://127.0.0.1:8080", "customer_view", json!({}));
    assert!(denied(&stranger), "only our own page: {stranger:?}");
}

#[test]
fn commands_permissions_and_the_page_name_the_same() {
    let commands: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(commands.len(), NAMES.len(), "no command is listed twice");
    assert_eq!(
        permitted(),
        commands,
        "the permission files name exactly the commands"
    );
    assert_eq!(
        used_by_the_page(),
        commands,
        "ui/src/ipc names exactly the commands"
    );
}

fn permitted() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in fs::read_dir("src-tauri/permissions").unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        for list in text.split("commands.allow = [").skip(1) {
            let list = list.split(']').next().unwrap_or_default();
            names.extend(list.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    names
}

fn used_by_the_page() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in ["queries.ts", "mutations.ts"] {
        let text = fs::read_to_string(Path::new("ui/src/ipc").join(file)).unwrap();
        for call in text.split("invoke<").skip(1) {
            names.extend(call.split('\'').nth(1).map(str::to_owned));
        }
    }
    names
}
