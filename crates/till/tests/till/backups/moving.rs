//! A book on another PC: two PCs never give out the same references.

use chrono::TimeDelta;
use till::Code;
use till::files::FileKind;
use till::pc::{OtherPc, Pc};
use till::store::Store;

use super::{Place, count};
use crate::support::half_past_two;

#[test]
fn a_book_on_another_pc_says_so_and_is_taken_over() {
    let place = Place::new();
    let homes = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [old, new] = [0, 1].map(|n| Pc::of(homes[n].path()).unwrap());
    assert_eq!(Pc::of(homes[0].path()).unwrap(), old, "a PC keeps its id");
    let now = half_past_two().utc;
    let claim = |pc: &Pc, days: i64| {
        pc.claim(
            &mut Store::open(&place.book()).unwrap(),
            now + TimeDelta::days(days),
        )
    };
    claim(&old, 0).expect("a book that was nobody's is taken");
    claim(&old, 1).expect("and stays this PC's");
    let error = claim(&new, 2).unwrap_err();
    assert_eq!(error.code, Code::OtherPc, "{error}");
    assert!(error.message.contains(&old.name), "which PC it was: {error}");
    let store = Store::open(&place.book()).unwrap();
    let other = OtherPc::of(store.read(), &new)
        .unwrap()
        .expect("the same in parts");
    assert_eq!(other.used_at, now + TimeDelta::days(1), "and when");
    assert_eq!(
        OtherPc::of(store.read(), &old).unwrap(),
        None,
        "its own PC is no other"
    );
    drop(store);

    let before = place.owner().incarnation;
    let lock = place.dir().lock(FileKind::Live).unwrap();
    let life = place.backups().moved_here(&new, now, &lock).unwrap();
    assert_ne!(life.to_string(), before, "references begin anew");
    assert_eq!(place.owner().incarnation, life.to_string(), "for the shop too");
    let word =
        "SELECT COUNT(*) FROM witness WHERE told_by = 'restore' AND word LIKE 'restored from another PC%'";
    assert_eq!(count(&place.book(), word), 1, "the witnesses say so");
    claim(&new, 3).expect("it is this PC's now");
    assert_eq!(
        claim(&old, 3).unwrap_err().code,
        Code::OtherPc,
        "and no more the old one's"
    );
}

#[test]
fn pcs_that_know_nothing_of_each_other_take_different_references() {
    let old = Place::new();
    let (copy, _) = old.backups().take_daily(super::day(23)).unwrap();
    // The shop moves away, to several PCs even, and the old one is brought back by itself.
    let mut lives = std::collections::BTreeSet::new();
    let pcs = [Place::new(), Place::new(), Place::new(), Place::new(), old];
    for pc in &pcs {
        let lock = pc.dir().lock(FileKind::Live).unwrap();
        let restored = pc.backups().restore(&copy.path, half_past_two().utc, &lock);
        lives.insert(restored.unwrap().incarnation);
    }
    // Lots of 32,768: that two of five are alike comes once in 3,000 times, that three are hardly ever.
    assert!(
        lives.len() >= pcs.len() - 1,
        "counting up, all would have the same: {lives:?}"
    );
}

#[test]
fn what_a_book_ever_gave_out_is_not_drawn_again() {
    let place = Place::new();
    let sold = |place: &Place| {
        let conn = rusqlite::Connection::open(place.book()).unwrap();
        conn.query_row(
            "SELECT reference FROM sale ORDER BY number DESC LIMIT 1",
            [],
            |row| row.get::<_, String>(0),
        )
        .unwrap()
    };
    // A life of which only its sales tell: the file beside the book was lost with the old disk.
    let mut given_out = Vec::new();
    for _ in 0..3 {
        let lock = place.dir().lock(FileKind::Live).unwrap();
        let (copy, _) = place.backups().take_daily(super::day(23)).unwrap();
        place
            .backups()
            .restore(&copy.path, half_past_two().utc, &lock)
            .unwrap();
        std::fs::remove_file(place.book().with_extension("lives")).unwrap();
        drop(lock);
        place.open_as_its_own().cash(None, 10, 10);
        given_out.push(sold(&place));
    }
    let conn = rusqlite::Connection::open(place.book()).unwrap();
    let mut known = till::store::sale::incarnations(&conn).unwrap();
    known.sort();
    let lives: Vec<String> = known.iter().map(ToString::to_string).collect();
    for reference in &given_out {
        assert!(
            lives.iter().any(|life| reference[1..].starts_with(life.as_str())),
            "{reference} is of a life that the book knows: {lives:?}"
        );
    }
    assert_eq!(lives.len(), 4, "the first one and three that were drawn");
}

#[test]
fn a_mere_copy_is_put_aside_whole() {
    let place = Place::new();
    place.open().cash(None, 30, 30);
    let lock = place.dir().lock(FileKind::Live).unwrap();
    let aside = place.backups().is_a_copy(half_past_two().utc, &lock).unwrap();
    assert!(!place.book().exists(), "nothing opens it by itself");
    assert_eq!(
        till::backup::verify(&aside).unwrap().sales,
        2,
        "nothing of it is lost"
    );
}

#[test]
fn what_was_restored_is_the_pc_s_that_opens_it() {
    let place = Place::new();
    let (home, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let now = half_past_two().utc;
    let claim = |home: &tempfile::TempDir| {
        let pc = Pc::of(home.path()).unwrap();
        pc.claim(&mut Store::open(&place.book()).unwrap(), now)
    };
    claim(&home).unwrap();
    let (copy, _) = place.backups().take_daily(super::day(23)).unwrap();
    let lock = place.dir().lock(FileKind::Live).unwrap();
    place.backups().restore(&copy.path, now, &lock).unwrap();
    claim(&other).expect("a restore has raised the references already, so nobody is asked");
}

#[test]
fn without_a_book_nothing_is_made() {
    let place = Place::new();
    std::fs::remove_file(place.book()).unwrap();
    let home = tempfile::tempdir().unwrap();
    let (pc, now) = (Pc::of(home.path()).unwrap(), half_past_two().utc);
    let lock = place.dir().lock(FileKind::Live).unwrap();
    assert_eq!(
        place.backups().moved_here(&pc, now, &lock).unwrap_err().code,
        Code::NotFound,
        "nothing to move"
    );
    assert_eq!(
        place.backups().is_a_copy(now, &lock).unwrap_err().code,
        Code::NotFound,
        "nothing to put aside"
    );
    assert!(!place.book().exists(), "and no empty book instead");
}
