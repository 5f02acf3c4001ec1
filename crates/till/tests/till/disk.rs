//! Full, foreign and broken disks: one sentence, and nothing lost.

use till::Code;
use till::files::{DataDir, FileKind};
use till::push::Answer;
use till::store::Store;
use till::view::PushState;

use crate::support::{NJERI, OTIENO, Shop, half_past_two, last_push};

#[test]
fn a_full_disk_keeps_the_answer_until_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::on_disk(&folder.path().join("keshia.db"), half_past_two());
    let sale = shop.start(None, 100, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    let pages = shop.sql("SELECT page_count FROM pragma_page_count");
    shop.sql(&format!("PRAGMA max_page_count = {pages}"));
    fill(&shop);
    let accepted = Answer::Accepted {
        checkout_request_id: "x".repeat(60_000),
    };
    let error = shop
        .engine
        .push_answered(&push_id, accepted, shop.now)
        .unwrap_err();
    assert_eq!(error.code, Code::DiskFull, "one sentence: {error}");
    assert_eq!(
        last_push(&shop.sale(&sale.id)).state,
        PushState::Sending,
        "what is not committed is not shown"
    );
    assert!(
        shop.engine.next_wake(shop.now).is_some(),
        "it will be tried again"
    );
    shop.now.mono = shop.now.mono.plus_ms(60_000);
    shop.now.utc += chrono::TimeDelta::seconds(60);
    shop.engine.tick(shop.now).unwrap_err();
    assert!(
        shop.engine
            .next_wake(shop.now)
            .is_some_and(|at| at >= shop.now.mono.plus_ms(2_000)),
        "a disk that refuses is not asked again at once, whatever else is due"
    );
    shop.sql("PRAGMA max_page_count = 1000000");
    shop.wait_s(2);
    assert_eq!(
        last_push(&shop.sale(&sale.id)).state,
        PushState::Prompted,
        "the answer was not lost"
    );
}

#[test]
fn a_full_disk_refuses_a_new_push_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let mut shop = Shop::on_disk(&folder.path().join("keshia.db"), half_past_two());
    let pages = shop.sql("SELECT page_count FROM pragma_page_count");
    shop.sql(&format!("PRAGMA max_page_count = {pages}"));
    fill(&shop);
    let mut full = None;
    for n in 0..400 {
        if let Err(error) = shop.start(None, 10, &format!("07{n:08}")) {
            full = Some(error);
            break;
        }
    }
    assert_eq!(
        full.expect("the disk is full at last").code,
        Code::DiskFull,
        "in words"
    );
    assert_eq!(shop.sent(), 0, "and nothing was sent without its record");
}

/// Uses up the free room inside the pages there are.
fn fill(shop: &Shop) {
    let conn = shop.engine.store().read();
    for n in 0..10_000 {
        if conn
            .execute(
                "INSERT INTO setting (key, value) VALUES (?1, ?2)",
                (format!("filler {n}"), "x".repeat(500)),
            )
            .is_err()
        {
            return;
        }
    }
}

#[test]
fn a_newer_file_is_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keshia.db");
    drop(Store::open(&file).unwrap());
    let conn = rusqlite::Connection::open(&file).unwrap();
    conn.pragma_update(None, "user_version", 99).unwrap();
    drop(conn);
    assert_eq!(
        Store::open(&file).unwrap_err().code,
        Code::DatabaseNewer,
        "an old program must not write it"
    );
    let conn = rusqlite::Connection::open(&file).unwrap();
    let version: i64 = conn
        .query_row("PRAGMA user_version", [], |row| row.get(0))
        .unwrap();
    assert_eq!(version, 99, "nothing was changed");
}

#[test]
fn a_damaged_file_is_named_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keshia.db");
    std::fs::write(
        &file,
        b"this is not a database, it is a photo of a goat, long enough to be read as a header",
    )
    .unwrap();
    let before = std::fs::read(&file).unwrap();
    assert_eq!(
        Store::open(&file).unwrap_err().code,
        Code::DatabaseCorrupt,
        "not a database"
    );
    assert_eq!(std::fs::read(&file).unwrap(), before, "and it is not touched");
}

#[test]
fn a_damaged_page_is_found_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keshia.db");
    let mut shop = Shop::on_disk(&file, half_past_two());
    for _ in 0..50 {
        shop.cash(None, 10, 10);
    }
    drop(shop);
    let conn = rusqlite::Connection::open(&file).unwrap();
    conn.pragma_update(None, "journal_mode", "DELETE").unwrap();
    drop(conn);
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    for byte in &mut bytes[middle..middle + 4096] {
        *byte = 0xA5;
    }
    std::fs::write(&file, bytes).unwrap();
    let error = Store::open(&file).unwrap_err();
    assert_eq!(
        error.code,
        Code::DatabaseCorrupt,
        "pages that do not agree: {error}"
    );
}

#[test]
fn two_engines_never_share_a_book() {
    let folder = tempfile::tempdir().unwrap();
    let dir = DataDir::at(folder.path()).unwrap();
    let first = dir.lock(FileKind::Live).unwrap();
    assert_eq!(
        dir.lock(FileKind::Live).unwrap_err().code,
        Code::DatabaseInUse,
        "one writer"
    );
    assert!(
        dir.lock(FileKind::Practice).is_ok(),
        "the practice book is another book"
    );
    drop(first);
    assert!(
        dir.lock(FileKind::Live).is_ok(),
        "a stopped Keshia leaves the book free"
    );
}

#[test]
fn a_book_survives_a_copy_taken_at_any_moment() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keshia.db");
    let mut shop = Shop::on_disk(&file, half_past_two());
    shop.cash(None, 10, 10);
    shop.start(None, 20, OTIENO).unwrap();
    // What a power cut leaves: the file and its log, without a clean close.
    let copy = folder.path().join("copy.db");
    std::fs::copy(&file, &copy).unwrap();
    std::fs::copy(
        folder.path().join("keshia.db-wal"),
        folder.path().join("copy.db-wal"),
    )
    .unwrap();
    let after = Shop::on_disk(&copy, shop.now);
    assert_eq!(after.balance("cash"), 10, "what was committed is there");
    assert_eq!(
        after.sql("SELECT COUNT(*) FROM push WHERE state = 'not_sent'"),
        1,
        "and the intent was never sent"
    );
    assert_eq!(
        after.engine.roll(shop.now).unwrap().sales.len(),
        2,
        "both sales are on the roll"
    );
}
