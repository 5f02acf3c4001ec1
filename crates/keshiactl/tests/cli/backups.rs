//! Copies of the book from the command line, and the way back.

use std::path::{Path, PathBuf};

use till::files::{DataDir, FileKind};

use crate::support::{Done, Shop, Simulator};

/// A sale to a customer who pays; M-PESA refuses the same amount twice within two minutes.
fn sell(shop: &Shop, amount: &str) -> Done {
    let done = shop.run(&["pay", "--phone", "0700000000", "--amount", amount, "--wait"]);
    assert_eq!(done.code, 0, "a sale of {amount}: {done:?}");
    done
}

/// Takes a copy and returns where it is.
fn back_up(shop: &Shop) -> PathBuf {
    let done = shop.run(&["backup"]);
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.last()["verified"], true, "proved at once: {done:?}");
    PathBuf::from(done.last()["file"].as_str().unwrap())
}

fn restore<'a>(file: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["restore", file.to_str().unwrap()], more].concat()
}

#[test]
fn a_damaged_book_comes_back_and_sells() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let first = sell(&shop, "50");
    let copy = back_up(&shop);
    sell(&shop, "60");

    std::fs::write(shop.book(), vec![b'?'; 30_000]).unwrap();
    shop.run(&["day"])
        .assert_refused(1, "database_corrupt", "named at the start");
    shop.run(&["backup"])
        .assert_refused(1, "database_corrupt", "a damaged book makes no copy");
    let list = shop.run(&["backups"]);
    let lines = list.lines();
    assert_eq!(lines[0]["sales"], 1, "the good copy is still there: {list:?}");
    assert_eq!(lines[0]["verified"], true, "{list:?}");
    assert_eq!(lines[1]["backups"], 1, "and it is the only one: {list:?}");

    shop.run(&restore(&copy, &[]))
        .assert_refused(1, "not_allowed", "a script must say --yes");
    let done = shop.run(&restore(&copy, &["--yes"]));
    assert_eq!(done.code, 0, "{done:?}");
    assert_eq!(done.last()["sales"], 1, "{done:?}");
    let aside = done.last()["replaced"].as_str().unwrap().to_owned();
    assert_eq!(
        std::fs::read(aside).unwrap(),
        vec![b'?'; 30_000],
        "the damaged book is kept"
    );

    let again = sell(&shop, "70");
    assert_eq!(
        shop.run(&["day"]).last()["taken"],
        12_000,
        "the copy's sale and the new one"
    );
    let reference = |done: &Done| done.last()["reference"].as_str().unwrap().to_owned();
    assert!(reference(&first).starts_with("A1"), "{first:?}");
    assert!(
        reference(&again).starts_with("A0"),
        "the sale after the copy had the number that this one has now, so the reference differs: {again:?}"
    );
    let sent: Vec<_> = simulator
        .pushes()
        .iter()
        .map(|push| push["account_reference"].clone())
        .collect();
    assert_eq!(sent.len(), 3, "{sent:?}");
    assert!(
        sent[0] != sent[1] && sent[1] != sent[2] && sent[0] != sent[2],
        "and Safaricom never saw one twice: {sent:?}"
    );
}

#[test]
fn beside_a_running_keshia_a_copy_may_be_taken_but_not_brought_back() {
    let shop = Shop::practice("http://127.0.0.1:9");
    let held = DataDir::at(shop.path())
        .unwrap()
        .lock(FileKind::Practice)
        .unwrap();
    let copy = back_up(&shop);
    shop.run(&restore(&copy, &["--yes"])).assert_refused(
        1,
        "database_in_use",
        "a book that another Keshia holds",
    );
    drop(held);
    assert_eq!(
        shop.run(&restore(&copy, &["--yes"])).code,
        0,
        "and when it is free"
    );
}

#[test]
fn what_a_person_reads() {
    let shop = Shop::practice("http://127.0.0.1:9");
    let none = shop.talk(&["backups"]);
    assert!(none.stdout.starts_with("There is no backup yet"), "{none:?}");
    let taken = shop.talk(&["backup"]);
    assert!(taken.stdout.starts_with("Backed up and checked:"), "{taken:?}");
    let copy = back_up(&shop);
    let list = shop.talk(&["backups"]);
    assert!(list.stdout.contains("whole"), "{list:?}");
    assert!(
        list.stdout.contains("keshiactl restore"),
        "and how to use it: {list:?}"
    );
    let back = shop.talk(&restore(&copy, &["--yes"]));
    assert!(back.stdout.starts_with("The book is back:"), "{back:?}");
    assert!(
        back.stdout.contains("compare with the M-PESA messages"),
        "and what to do next: {back:?}"
    );
}

#[test]
fn nothing_to_copy_and_nothing_to_bring_back() {
    let shop = Shop::nowhere();
    shop.run(&["backup"])
        .assert_refused(1, "not_connected", "there is no book");
    shop.run(&restore(Path::new("none.db"), &["--yes"]))
        .assert_refused(1, "not_found", "there is no such file");
    let shop = Shop::practice("http://127.0.0.1:9");
    let photo = shop.path().join("photo.db");
    std::fs::write(&photo, "a photo of a goat, long enough to be read as a header").unwrap();
    let before = std::fs::read(shop.book()).unwrap();
    shop.run(&restore(&photo, &["--yes"]))
        .assert_refused(1, "database_corrupt", "a photo");
    assert_eq!(
        std::fs::read(shop.book()).unwrap(),
        before,
        "the book is as it was"
    );
}
