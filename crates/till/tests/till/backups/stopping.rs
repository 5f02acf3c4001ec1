//! A copy, a carry to the stick, a rehearsal and a restore that somebody stops: nothing is left half done.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use till::Code;
use till::TillError;
use till::backup::{Backups, Progress, Stick};
use till::files::FileKind;
use till::recovery_code::RecoveryCode;

use super::{Place, day};
use crate::support::half_past_two;

/// Every file below a folder, with its bytes; without locks, which are always empty.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        } else if path.extension().is_none_or(|end| end != "lock") {
            all.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    all.sort();
    all
}

/// Breaks at its `n`th question, and counts them all.
fn breaking(
    n: u64,
) -> (
    impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static,
    Arc<AtomicU64>,
) {
    let asked = Arc::new(AtomicU64::new(0));
    let count = Arc::clone(&asked);
    let eye = move |progress: Progress| {
        assert!(progress.done <= progress.all, "no more than all: {progress:?}");
        if count.fetch_add(1, Ordering::Relaxed) == n {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    };
    (eye, asked)
}

/// Stops `work` at each of its steps in turn, and wants both folders as they were; then lets it end.
fn stopped_anywhere(
    place: &Place,
    stick: &Path,
    work: impl Fn(Backups, Stick) -> Result<(), TillError>,
) -> u64 {
    let before = (files(place.folder.path()), files(stick));
    for n in 0.. {
        let (eye, asked) = breaking(n);
        let eye = Arc::new(eye);
        let also = Arc::clone(&eye);
        let backups = place.backups().watched(move |progress| eye(progress));
        let second = Stick::of(&place.book()).watched(move |progress| also(progress));
        let done = work(backups, second);
        if asked.load(Ordering::Relaxed) <= n {
            done.expect("nobody stopped it");
            return n;
        }
        assert_eq!(done.unwrap_err().code, Code::Stopped, "stopped at step {n}");
        assert!(
            (files(place.folder.path()), files(stick)) == before,
            "as it was before, stopped at step {n}"
        );
    }
    0
}

/// A book of several megabytes, so that each work has steps.
fn large() -> Place {
    let place = Place::new();
    let shop = place.open();
    shop.engine
        .store()
        .read()
        .execute_batch("INSERT INTO setting VALUES ('filler', hex(randomblob(2000000)))")
        .unwrap();
    drop(shop);
    // The log is taken in by whoever closes the book last.
    let conn = rusqlite::Connection::open(place.book()).unwrap();
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")
        .unwrap();
    place
}

#[test]
fn a_copy_is_stopped_at_any_step() {
    let place = large();
    let stick = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(place.backups().folder()).unwrap();
    let steps = stopped_anywhere(&place, stick.path(), |backups, _| {
        backups.take_daily(day(23)).map(|_| ())
    });
    assert!(steps > 2, "it was stopped in the middle too: {steps}");
    assert_eq!(
        place.names(),
        ["keshia-2026-11-23.db"],
        "and one that nobody stops is there"
    );
}

#[test]
fn a_carry_to_the_stick_is_stopped_at_any_step() {
    for sealed in [false, true] {
        let place = large();
        let stick = tempfile::tempdir().unwrap();
        place.backups().take_daily(day(23)).unwrap();
        let code = RecoveryCode::new().unwrap();
        Stick::of(&place.book())
            .choose(stick.path(), sealed.then_some(&code), false)
            .unwrap();
        let steps = stopped_anywhere(&place, stick.path(), |_, stick| {
            stick.carry(half_past_two().utc, &|| None).map(|_| ())
        });
        assert!(steps > 2, "it was stopped in the middle too: {steps}");
        let there = Stick::of(&place.book()).list().unwrap();
        assert_eq!(there.len(), 1, "and one that nobody stops is there");
    }
}

#[test]
fn a_restore_and_a_rehearsal_are_stopped_at_any_step() {
    let code = RecoveryCode::new().unwrap();
    for sealed in [false, true] {
        let place = large();
        let stick = tempfile::tempdir().unwrap();
        place.backups().take_daily(day(23)).unwrap();
        let chosen = Stick::of(&place.book());
        chosen
            .choose(stick.path(), sealed.then_some(&code), false)
            .unwrap();
        chosen.carry(half_past_two().utc, &|| None).unwrap();
        let copy = chosen.list().unwrap().remove(0).path;
        let now = half_past_two().utc;
        let steps = stopped_anywhere(&place, stick.path(), |backups, _| {
            backups.rehearse(&copy, sealed.then_some(&code), now).map(|_| ())
        });
        assert!(steps > 2, "a rehearsal was stopped in the middle too: {steps}");
        let lock = place.dir().lock(FileKind::Live).unwrap();
        let life = place.owner().incarnation;
        // The count that closes a book lies in its file: opened once more, it is as it will stay.
        let steps = stopped_anywhere(&place, stick.path(), |backups, _| match sealed {
            true => backups.restore_sealed(&copy, &code, now, &lock).map(|_| ()),
            false => backups.restore(&copy, now, &lock).map(|_| ()),
        });
        assert!(steps > 2, "a restore was stopped in the middle too: {steps}");
        assert_ne!(
            place.owner().incarnation,
            life,
            "and one that nobody stops takes the book's place"
        );
    }
}
