//! A book is copied, and the copy proved, before its form is changed.

use rusqlite::Connection;
use till::Code;
use till::backup::{Taken, verify};
use till::store::migration::{self, MIGRATIONS};

use super::{Place, count};

/// What a later Keshia might add.
const NEXT: &str = "ALTER TABLE sale ADD COLUMN note TEXT;";

/// The scripts of a Keshia whose book has one change more than the first had.
fn scripts() -> [&'static str; 2] {
    [MIGRATIONS[0], NEXT]
}

/// Makes the book a first Keshia's.
fn first_version(place: &Place) -> Connection {
    std::fs::remove_file(place.book()).unwrap();
    let mut conn = Connection::open(place.book()).unwrap();
    conn.pragma_update(None, "journal_mode", "WAL").unwrap();
    migration::run(&mut conn, None, &MIGRATIONS[..1]).unwrap();
    conn.execute_batch(
        "INSERT INTO sale VALUES (1, 's', 'A100011', 500, 'open', 1764000000000, 1764000000000, NULL)",
    )
    .unwrap();
    conn
}

#[test]
fn copied_proved_then_changed() {
    let place = Place::new();
    let mut conn = first_version(&place);
    migration::run(&mut conn, Some(&place.book()), &scripts()).unwrap();
    drop(conn);
    assert_eq!(
        count(&place.book(), "SELECT COUNT(*) FROM sale WHERE note IS NULL"),
        1,
        "the book has its new form and its old sale"
    );
    let backups = place.backups().list().unwrap();
    assert_eq!(backups.len(), 1, "{backups:?}");
    assert_eq!(
        backups[0].reason,
        Taken::BeforeVersion(2),
        "named by what came after"
    );
    let facts = verify(&backups[0].path).unwrap();
    assert_eq!((facts.version, facts.sales), (1, 1), "the copy is of before");
}

#[test]
fn without_its_copy_nothing_is_changed() {
    let place = Place::new();
    let mut conn = first_version(&place);
    std::fs::write(place.backups().folder(), "a file where the folder should be").unwrap();
    let error = migration::run(&mut conn, Some(&place.book()), &scripts()).unwrap_err();
    assert_eq!(error.code, Code::DiskError, "{error}");
    assert!(
        error.message.contains("nothing was changed") && error.message.contains("start again"),
        "it says so, and what to do: {error}"
    );
    drop(conn);
    assert_eq!(
        count(&place.book(), "PRAGMA user_version"),
        1,
        "the book is as it was"
    );
}

#[test]
fn a_change_that_fails_changes_nothing() {
    let place = Place::new();
    let mut conn = first_version(&place);
    let broken = [
        MIGRATIONS[0],
        "ALTER TABLE sale ADD COLUMN note TEXT; SELECT nonsense;",
    ];
    assert!(
        migration::run(&mut conn, Some(&place.book()), &broken).is_err(),
        "the script is broken"
    );
    let columns = "SELECT COUNT(*) FROM pragma_table_info('sale') WHERE name = 'note'";
    assert_eq!(count(&place.book(), columns), 0, "not even its first half");
    assert_eq!(count(&place.book(), "PRAGMA user_version"), 1, "nor its number");
}

#[test]
fn three_copies_from_before_changes_are_kept_beside_the_days() {
    let place = Place::new();
    place.backups().take_daily(super::day(23)).unwrap();
    for version in 2..=9 {
        place.backups().take_before(version).unwrap();
    }
    assert_eq!(
        place.names(),
        [
            "keshia-2026-11-23.db",
            "keshia-before-version-7.db",
            "keshia-before-version-8.db",
            "keshia-before-version-9.db",
        ],
        "the newest three, and the days' own are another matter"
    );
}
