//! A copy takes the place of the book, and what was there is kept.

use std::path::Path;

use chrono::{DateTime, Utc};
use till::backup::{Restored, verify};
use till::files::FileKind;
use till::reference::Reference;
use till::store::Store;
use till::{Code, TillError};

use super::{Place, count, day};
use crate::support::{NJERI, half_past_two};

fn now() -> DateTime<Utc> {
    half_past_two().utc
}

fn restore(place: &Place, copy: &Path) -> Result<Restored, TillError> {
    let lock = place.dir().lock(FileKind::Live).unwrap();
    place.backups().restore(copy, now(), &lock)
}

/// All files beside the book, with what is in them.
fn files(place: &Place) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(place.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_file())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .filter(|(name, _)| !name.ends_with(".lock"))
        .collect();
    files.sort();
    files
}

#[test]
fn a_damaged_book_comes_back_and_sells() {
    let place = Place::new();
    let (copy, _) = place.backups().take_daily(day(23)).unwrap();
    let damaged = vec![b'?'; 20_000];
    std::fs::write(place.book(), &damaged).unwrap();
    // A log of the old file: on the new one it would be poison.
    std::fs::write(place.folder.path().join("keshia.db-wal"), "poison").unwrap();
    assert_eq!(
        Store::open(&place.book()).unwrap_err().code,
        Code::DatabaseCorrupt,
        "named at the start"
    );
    let restored = restore(&place, &copy.path).unwrap();
    let replaced = restored.replaced.unwrap();
    assert_eq!(
        std::fs::read(&replaced).unwrap(),
        damaged,
        "the damaged file is kept for help"
    );
    assert!(
        replaced
            .to_string_lossy()
            .ends_with("keshia-replaced-20261123-143000.db"),
        "under the shop's time: {}",
        replaced.display()
    );
    assert!(
        replaced.with_extension("db-wal").exists(),
        "with the log that belongs to it"
    );
    let mut shop = place.open();
    assert_eq!(shop.balance("cash"), 10, "the copy's money is there");
    shop.cash(None, 30, 30);
    shop.prompted(None, 20, NJERI);
    assert_eq!(shop.balance("cash"), 40, "and it sells");
}

#[test]
fn a_good_book_is_put_aside_whole() {
    let place = Place::new();
    let (copy, _) = place.backups().take_daily(day(23)).unwrap();
    let mut shop = place.open();
    shop.cash(None, 30, 30);
    // What a power cut leaves: the sale only in the log.
    std::mem::forget(shop);
    let restored = restore(&place, &copy.path).unwrap();
    let replaced = restored.replaced.unwrap();
    assert_eq!(
        verify(&replaced).unwrap().sales,
        2,
        "with the sale that was only in its log"
    );
    assert_eq!(
        count(&place.book(), "SELECT COUNT(*) FROM sale"),
        1,
        "the book is the copy"
    );
    assert!(copy.path.exists(), "the copy itself stays where it is");
    let again = restore(&place, &replaced).unwrap();
    assert_eq!(again.facts.sales, 2, "and it can come back the same way");
}

#[test]
fn references_never_meet_and_the_witnesses_say_why() {
    let place = Place::new();
    let (copy, facts) = place.backups().take_daily(day(23)).unwrap();
    let mut lives = std::collections::BTreeSet::from([place.owner().incarnation]);
    for damage in [false, true, false] {
        if damage {
            std::fs::write(place.book(), vec![b'?'; 20_000]).unwrap();
        }
        let restored = restore(&place, &copy.path).unwrap();
        let life = restored.incarnation.to_string();
        assert_eq!(place.owner().incarnation, life, "the shop's setting carries it");
        assert!(
            lives.insert(life.clone()),
            "the same copy a second time, also over a damaged book, is another life: {life} in {lives:?}"
        );
        let counter = place.owner().counter(false).unwrap();
        let reference = Reference::new(counter.letter, counter.incarnation, 2);
        assert!(
            reference.as_str().starts_with(&format!("A{life}")),
            "so the next sale's reference was never given out: {reference}"
        );
    }
    let conn = rusqlite::Connection::open(place.book()).unwrap();
    let word: String = conn
        .query_row("SELECT word FROM witness WHERE told_by = 'restore'", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert_eq!(
        word,
        format!(
            "restored from keshia-2026-11-23.db, witness head {}",
            facts.witness_head
        ),
        "which copy it was"
    );
}

#[test]
fn a_name_given_by_a_person_is_not_written_down() {
    let place = Place::new();
    let (copy, _) = place.backups().take_daily(day(23)).unwrap();
    let named = place.folder.path().join("from Njeri 0712345678.db");
    std::fs::rename(&copy.path, &named).unwrap();
    restore(&place, &named).unwrap();
    let sql = "SELECT COUNT(*) FROM witness WHERE told_by = 'restore' AND word LIKE '%Njeri%'";
    assert_eq!(count(&place.book(), sql), 0, "witnesses hold no personal data");
}

#[test]
fn what_is_no_copy_changes_nothing() {
    let place = Place::new();
    let (copy, _) = place.backups().take_daily(day(23)).unwrap();
    let whole = std::fs::read(&copy.path).unwrap();
    let middle = whole.len() / 2;
    let mut torn = whole.clone();
    torn[middle..middle + 4096].fill(0xA5);
    let bad = place.backups().folder().join("bad");
    let foreign = place.backups().folder().join("foreign");
    rusqlite::Connection::open(&foreign)
        .unwrap()
        .execute_batch("CREATE TABLE goats (name TEXT)")
        .unwrap();
    let newer = place.backups().folder().join("newer");
    std::fs::write(&newer, &whole).unwrap();
    rusqlite::Connection::open(&newer)
        .unwrap()
        .pragma_update(None, "user_version", 4_000)
        .unwrap();
    let before = files(&place);
    let refused = |path: &Path, code: Code, why: &str| {
        let error = restore(&place, path).unwrap_err();
        assert_eq!(error.code, code, "{why}: {error}");
        assert_eq!(files(&place), before, "{why}: nothing was changed");
    };
    for (bytes, why) in [
        (&whole[..middle], "half a file"),
        (&torn[..], "a torn page"),
        (
            b"a photo of a goat, long enough to be read as the header of a file" as &[u8],
            "a photo",
        ),
    ] {
        std::fs::write(&bad, bytes).unwrap();
        refused(&bad, Code::DatabaseCorrupt, why);
    }
    std::fs::write(&bad, b"").unwrap();
    refused(&bad, Code::DatabaseCorrupt, "an empty file");
    refused(&foreign, Code::DatabaseCorrupt, "another program's file");
    refused(&newer, Code::DatabaseNewer, "a newer Keshia's file");
    refused(&place.folder.path().join("none"), Code::NotFound, "no file");
    refused(place.folder.path(), Code::NotFound, "a folder");
}

#[test]
fn another_shop_s_book_is_refused() {
    let place = Place::new();
    let other = Place::new();
    let mut store = Store::open(&other.book()).unwrap();
    till::shop::Shop::new("Another", "f1".into(), None)
        .save(&mut store)
        .unwrap();
    drop(store);
    let (copy, _) = other.backups().take_daily(day(23)).unwrap();
    assert_eq!(
        restore(&place, &copy.path).unwrap_err().code,
        Code::NotAllowed,
        "two shops' money never mixes"
    );
    std::fs::remove_file(place.book()).unwrap();
    let restored = restore(&place, &copy.path).unwrap();
    assert_eq!(restored.replaced, None, "a new PC has nothing to put aside");
    assert_eq!(place.owner().name, "Another", "and takes the book over");
}

#[test]
fn a_copy_made_by_hand_brings_its_log_along() {
    let place = Place::new();
    let mut shop = place.open();
    shop.cash(None, 30, 30);
    let copied = place.folder.path().join("stick.db");
    std::fs::copy(place.book(), &copied).unwrap();
    std::fs::copy(
        place.folder.path().join("keshia.db-wal"),
        place.folder.path().join("stick.db-wal"),
    )
    .unwrap();
    drop(shop);
    let restored = restore(&place, &copied).unwrap();
    assert_eq!(restored.facts.sales, 2, "the sale in the log is in the book");
    let left = files(&place);
    assert!(
        !left.iter().any(|(name, _)| name.starts_with("keshia.coming")),
        "nothing half-made stays"
    );
}
