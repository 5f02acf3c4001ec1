//! Sealed copies: one file that brings book and keys to a new PC, and tells a finder nothing.

use chrono::{DateTime, Utc};
use daraja::Secret;
use till::Code;
use till::backup::{Form, Stick, label};
use till::files::FileKind;
use till::recovery_code::RecoveryCode;
use till::secrets::SecretName;

use super::{Place, count, day};
use crate::support::{NJERI, half_past_two};

const PASSKEY: &str = "bfb279f9aa9bdbcf158e97dd71a467cd";

fn now() -> DateTime<Utc> {
    half_past_two().utc
}

fn keys() -> Option<Vec<(SecretName, Secret)>> {
    Some(vec![
        (SecretName::Passkey, Secret::new(PASSKEY)),
        (SecretName::Relay, Secret::new("t s h")),
    ])
}

fn code(n: u8) -> RecoveryCode {
    RecoveryCode::from_random([n; 15])
}

/// A shop with one sealed copy on its stick, and the copy's path.
fn sealed(with_keys: bool) -> (Place, tempfile::TempDir, std::path::PathBuf) {
    let place = Place::new();
    let mut shop = place.open();
    shop.prompted(None, 20, NJERI);
    // Longer than two pieces, so that their order is put to the test.
    shop.engine
        .store()
        .read()
        .execute_batch("INSERT INTO setting VALUES ('filler', hex(zeroblob(1500000)))")
        .unwrap();
    drop(shop);
    let folder = tempfile::tempdir().unwrap();
    let stick = Stick::of(&place.book());
    stick.choose(folder.path(), Some(&code(1)), with_keys).unwrap();
    place.backups().take_daily(day(23)).unwrap();
    let state = stick.carry(now(), &keys).unwrap().unwrap();
    assert_eq!(
        (state.form, state.last.unwrap().keys),
        (Form::Sealed, with_keys),
        "as it was chosen"
    );
    let path = folder.path().join("Keshia-f0").join("keshia-2026-11-23.sealed");
    (place, folder, path)
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_new_pc_gets_book_and_keys_from_one_file() {
    let (_old, _folder, copy) = sealed(true);
    let new = tempfile::tempdir().unwrap();
    let dir = till::files::DataDir::at(new.path()).unwrap();
    let lock = dir.lock(FileKind::Live).unwrap();
    let backups = till::backup::Backups::of(&dir, FileKind::Live);
    let (restored, travelled) = backups.restore_sealed(&copy, &code(1), now(), &lock).unwrap();
    assert_eq!(restored.facts.sales, 2, "every sale");
    assert_eq!(Some(travelled), keys(), "and the keys");
    let word = "SELECT COUNT(*) FROM witness WHERE told_by = 'restore'";
    assert_eq!(count(backups.book(), word), 1, "it says that it came back");
    let left: Vec<_> = std::fs::read_dir(new.path())
        .unwrap()
        .flatten()
        .map(|entry| entry.file_name())
        .collect();
    assert!(
        !left.iter().any(|name| name.to_string_lossy().contains("coming")),
        "nothing half-made: {left:?}"
    );
}

#[test]
fn a_finder_reads_the_shop_s_name_and_nothing_else() {
    let (place, _folder, copy) = sealed(true);
    let bytes = std::fs::read(&copy).unwrap();
    for text in [PASSKEY, "712345678", "SQLite format 3", "witness"] {
        assert!(!holds(&bytes, text), "{text} cannot be read on the stick");
    }
    let note = std::fs::read(place.folder.path().join("keshia.stick")).unwrap();
    assert!(!holds(&note, PASSKEY), "nor do the keys stand beside the book");
    assert_eq!(
        label(&copy).unwrap().unwrap().shop,
        "Mama Njeri",
        "its owner knows it"
    );
}

#[test]
fn without_the_owner_s_wish_no_key_travels() {
    let (place, _folder, copy) = sealed(false);
    let lock = place.dir().lock(FileKind::Live).unwrap();
    let (_, travelled) = place
        .backups()
        .restore_sealed(&copy, &code(1), now(), &lock)
        .unwrap();
    assert_eq!(travelled, Vec::new(), "only the book");
}

#[test]
fn a_wrong_code_and_a_changed_file_open_nothing() {
    let (place, _folder, copy) = sealed(true);
    let lock = place.dir().lock(FileKind::Live).unwrap();
    let book = std::fs::read(place.book()).unwrap();
    let whole = std::fs::read(&copy).unwrap();
    let refused = |bytes: &[u8], n: u8, expected: Code, why: &str| {
        std::fs::write(&copy, bytes).unwrap();
        let error = place
            .backups()
            .restore_sealed(&copy, &code(n), now(), &lock)
            .unwrap_err();
        assert_eq!(error.code, expected, "{why}: {error}");
        assert_eq!(
            std::fs::read(place.book()).unwrap(),
            book,
            "{why}: the book is as it was"
        );
    };
    refused(&whole, 2, Code::RecoveryCode, "another paper");
    let error = place.backups().restore(&copy, now(), &lock).unwrap_err();
    assert_eq!(
        error.code,
        Code::RecoveryCode,
        "without a code it is asked for: {error}"
    );
    let piece = (1 << 20) + 16 + 4;
    let end = whole.len();
    refused(&whole[..end - 1], 1, Code::DatabaseCorrupt, "cut off by a byte");
    refused(&whole[..end / 2], 1, Code::DatabaseCorrupt, "cut off by more");
    let mut flipped = whole.clone();
    flipped[end / 2] ^= 1;
    refused(&flipped, 1, Code::DatabaseCorrupt, "one bit");
    // The two pieces of the same length in each other's place.
    let first = end - whole_tail(&whole) - 2 * piece;
    let mut swapped = whole.clone();
    swapped[first..first + piece].copy_from_slice(&whole[first + piece..first + 2 * piece]);
    swapped[first + piece..first + 2 * piece].copy_from_slice(&whole[first..first + piece]);
    refused(
        &swapped,
        1,
        Code::DatabaseCorrupt,
        "two pieces in each other's place",
    );
    let mut short = whole[..first + piece].to_vec();
    refused(&short, 1, Code::DatabaseCorrupt, "cut off after a whole piece");
    short.extend(&whole[first + 2 * piece..]);
    refused(&short, 1, Code::DatabaseCorrupt, "a piece is missing");
    std::fs::write(&copy, &whole).unwrap();
    place
        .backups()
        .restore_sealed(&copy, &code(1), now(), &lock)
        .expect("the whole file does open");
}

/// Bytes of the last, shorter piece with its length.
fn whole_tail(whole: &[u8]) -> usize {
    let lines = whole
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(at, _)| at);
    let mut at = lines.take(2).last().unwrap() + 1;
    loop {
        let length = u32::from_be_bytes(whole[at..at + 4].try_into().unwrap()) as usize + 4;
        if at + length == whole.len() {
            return length;
        }
        at += length;
    }
}
