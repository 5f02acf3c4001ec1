//! The way back is walked without changing anything.

use chrono::TimeDelta;
use till::backup::{Stick, verify};
use till::recovery_code::RecoveryCode;
use till::{Code, Money};

use super::{Place, day, names};
use crate::support::{NJERI, half_past_two};

#[test]
fn it_says_what_would_be_lost_and_leaves_nothing_behind() {
    let place = Place::new();
    let (copy, facts) = place.backups().take_daily(day(23)).unwrap();
    let mut shop = place.open();
    shop.cash(None, 30, 30);
    shop.prompted(None, 20, NJERI);
    let before = names(place.folder.path());
    // Beside a running till.
    let lock = place.dir().lock(till::files::FileKind::Live).unwrap();
    let taken: chrono::DateTime<chrono::Utc> =
        std::fs::metadata(&copy.path).unwrap().modified().unwrap().into();
    let told = place
        .backups()
        .rehearse(&copy.path, None, taken + TimeDelta::minutes(90))
        .unwrap();
    assert_eq!(told.facts, facts, "what the copy holds");
    let lost = told.lost.expect("there is a book to compare with");
    assert_eq!((lost.sales, lost.minutes), (2, 90), "what came after it");
    assert_eq!(lost.taken, Money::from_shillings(30).unwrap(), "and the money");
    drop(lock);
    assert_eq!(names(place.folder.path()), before, "nothing stays");
    assert_eq!(verify(&copy.path).unwrap(), facts, "the copy is as it was");
    shop.cash(None, 5, 5);
    assert_eq!(shop.balance("cash"), 45, "and the till sells");
}

#[test]
fn a_copy_whose_sums_are_not_the_book_s_is_named() {
    let place = Place::new();
    let (copy, _) = place.backups().take_daily(day(23)).unwrap();
    let conn = rusqlite::Connection::open(&copy.path).unwrap();
    conn.execute_batch("DROP TRIGGER posting_keeps; UPDATE posting SET debit = debit * 2 WHERE debit > 0; UPDATE posting SET credit = credit * 2 WHERE credit > 0")
        .unwrap();
    drop(conn);
    let error = place
        .backups()
        .rehearse(&copy.path, None, half_past_two().utc)
        .unwrap_err();
    assert_eq!(error.code, Code::DatabaseCorrupt, "{error}");
    assert!(error.message.contains("sums"), "it says why: {error}");
    assert!(
        !place.folder.path().join("keshia.rehearsal").exists(),
        "nothing stays after a failure either"
    );
}

#[test]
fn a_sealed_copy_is_rehearsed_with_its_code_and_a_gone_book_needs_none() {
    let place = Place::new();
    let folder = tempfile::tempdir().unwrap();
    let stick = Stick::of(&place.book());
    let code = RecoveryCode::from_random([7; 15]);
    stick.choose(folder.path(), Some(&code), true).unwrap();
    place.backups().take_daily(day(23)).unwrap();
    let key = (till::secrets::SecretName::Passkey, daraja::Secret::new("p"));
    stick
        .carry(half_past_two().utc, &|| Some(vec![key.clone()]))
        .unwrap();
    let copy = stick.list().unwrap().remove(0).path;
    let now = half_past_two().utc + TimeDelta::minutes(5);
    let error = place.backups().rehearse(&copy, None, now).unwrap_err();
    assert_eq!(error.code, Code::RecoveryCode, "the code is asked for: {error}");
    std::fs::remove_file(place.book()).unwrap();
    let told = place.backups().rehearse(&copy, Some(&code), now).unwrap();
    assert_eq!(
        (told.facts.sales, told.keys, told.lost),
        (1, true, None),
        "book and keys would come back"
    );
    assert!(!place.book().exists(), "but nothing did");
}
