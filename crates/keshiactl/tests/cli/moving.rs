//! A stick, a rehearsal, and the shop on another PC.

use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Done, Shop, Simulator};

fn sell(shop: &Shop, amount: &str) -> String {
    let done = shop.run(&["pay", "--phone", "0700000000", "--amount", amount, "--wait"]);
    assert_eq!(done.code, 0, "a sale of {amount}: {done:?}");
    done.last()["reference"].as_str().unwrap().to_owned()
}

fn good(done: Done) -> Value {
    assert_eq!(done.code, 0, "{done:?}");
    done.last()
}

/// The recovery code that `stick choose` printed.
fn paper(done: &Done) -> String {
    let line = &done.lines()[0];
    let groups: Vec<_> = line["groups"]
        .as_array()
        .expect("the code comes first")
        .iter()
        .map(|group| group.as_str().unwrap())
        .collect();
    assert_eq!(groups.len(), 8, "{line}");
    groups.join(" ").to_lowercase()
}

#[test]
fn a_stick_brings_the_shop_to_a_new_pc() {
    let simulator = Simulator::start();
    let old = Shop::practice(&simulator.url);
    let first = sell(&old, "50");
    let stick = tempfile::tempdir().unwrap();
    let chosen = old.run(&["stick", "choose", stick.path().to_str().unwrap()]);
    let code = paper(&chosen);
    assert_eq!(good(chosen)["sealed"], true, "sealed unless said otherwise");
    good(old.run(&["backup"]));
    let state = good(old.run(&["stick"]));
    assert!(!state["last"].is_null(), "backup carries it over: {state}");
    let own = std::fs::read_dir(stick.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let copy: PathBuf = std::fs::read_dir(own)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "sealed"))
        .expect("one sealed file");
    let copy = copy.to_str().unwrap();

    let rehearsed = good(old.run(&["rehearse", copy, "--recovery-code", &code]));
    assert_eq!(
        (&rehearsed["sales"], &rehearsed["lost_sales"]),
        (&1.into(), &0.into()),
        "{rehearsed}"
    );
    let new = Shop::blank(&simulator.url);
    let wrong = code.replacen(&code[..1], if code.starts_with('a') { "b" } else { "a" }, 1);
    new.run(&["restore", copy, "--yes", "--recovery-code", &wrong])
        .assert_refused(2, "recovery_code", "a slip of the pen");
    let done = new.run_typing(&["restore", copy, "--yes"], &format!("{code}\n"));
    assert_eq!(good(done)["sales"], 1, "the code is asked for");
    let again = sell(&new, "60");
    assert!(
        first.starts_with("A1") && again.starts_with("A0"),
        "references never meet: {first} {again}"
    );
}

#[test]
fn a_folder_that_was_copied_to_another_pc_says_so() {
    let simulator = Simulator::start();
    let old = Shop::practice(&simulator.url);
    sell(&old, "50");
    let new = Shop::blank(&simulator.url);
    std::fs::copy(old.book(), new.book()).unwrap();
    new.run(&["pay", "--phone", "0700000000", "--amount", "60", "--wait"])
        .assert_refused(1, "other_pc", "it was another PC's");
    let twin = Shop::blank(&simulator.url);
    std::fs::copy(old.book(), twin.book()).unwrap();
    let life = good(new.run(&["here", "--moved"]))["incarnation"].clone();
    let life = life.as_str().expect("the shop has moved");
    assert!(
        sell(&new, "60").starts_with(&format!("A{life}")),
        "and sells under new references"
    );
    let aside = good(twin.run(&["here", "--copy"]));
    assert!(
        PathBuf::from(aside["aside"].as_str().unwrap()).exists(),
        "a copy is kept: {aside}"
    );
    assert!(!twin.book().exists(), "but sells nothing");
}

#[test]
fn a_rehearsal_says_what_would_be_lost() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    sell(&shop, "50");
    shop.run(&["rehearse"])
        .assert_refused(1, "not_found", "there is no copy yet");
    good(shop.run(&["backup"]));
    sell(&shop, "60");
    let told = good(shop.run(&["rehearse"]));
    assert_eq!(
        (&told["lost_sales"], &told["lost_money"]),
        (&1.into(), &6000.into()),
        "{told}"
    );
    let words = shop.talk(&["rehearse"]);
    assert!(
        words
            .stdout
            .contains("you would lose what was written in the last"),
        "in words: {words:?}"
    );
}

#[test]
fn an_edited_book_is_found_and_the_place_is_named() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    sell(&shop, "50");
    let told = good(shop.run(&["verify"]));
    assert_eq!(
        (&told["wrong"], &told["anchored"]),
        (&0.into(), &Value::Null),
        "{told}"
    );
    let anchor = format!("{}:{}", told["rows"], &told["head"].as_str().unwrap()[..12]);
    sell(&shop, "60");
    let told = good(shop.run(&["verify", "--anchor", &anchor]));
    assert!(
        told["not_anchored"].as_i64().unwrap() > 0,
        "the second sale came after it: {told}"
    );
    let book = rusqlite::Connection::open(shop.book()).unwrap();
    book.execute_batch("DROP TRIGGER posting_keeps; UPDATE posting SET debit = debit / 5 WHERE debit > 0; UPDATE posting SET credit = credit / 5 WHERE credit > 0")
        .unwrap();
    drop(book);
    let done = shop.run(&["verify", "--anchor", &anchor]);
    assert_eq!(done.code, 3, "a script sees it: {done:?}");
    assert_eq!(done.last()["troubles"][0]["kind"], "changed", "{done:?}");
    let words = shop.talk(&["verify"]);
    assert!(
        words.stdout.contains("is not what was written"),
        "in words: {words:?}"
    );
    shop.run(&["verify", "--anchor", "12"])
        .assert_refused(2, "code_invalid", "no anchor");
}
