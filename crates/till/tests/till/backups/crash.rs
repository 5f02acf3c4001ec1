//! The program dies in the middle of a copy.

use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use till::backup::Backups;

use super::{Place, day};

const BOOK: &str = "KESHIA_TEST_BACKUP_DIES_OF";

/// In a process of its own: dies after the second step. In the test's own process: nothing.
#[test]
fn dies_in_the_middle() {
    let Some(book) = std::env::var_os(BOOK) else {
        return;
    };
    let steps = AtomicU32::new(0);
    let dying = Backups::beside(Path::new(&book)).watched(move |_| {
        if steps.fetch_add(1, Ordering::Relaxed) == 1 {
            std::process::abort();
        }
        ControlFlow::Continue(())
    });
    let _ = dying.take_daily(day(23));
}

#[test]
fn a_copy_that_was_cut_off_is_none() {
    let place = Place::new();
    place
        .open()
        .engine
        .store()
        .read()
        .execute_batch("INSERT INTO setting VALUES ('filler', hex(zeroblob(4000000)))")
        .unwrap();
    let ended = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "backups::crash::dies_in_the_middle"])
        .env(BOOK, place.book())
        .output()
        .unwrap();
    assert!(!ended.status.success(), "it died: {ended:?}");
    assert_eq!(
        place.names(),
        ["keshia-2026-11-23.part"],
        "half a copy lies there under another name"
    );
    assert!(place.backups().list().unwrap().is_empty(), "and is no backup");
    assert!(place.backups().due(day(23)), "so the day's copy is still due");
    place.backups().take_daily(day(24)).unwrap();
    assert_eq!(
        place.names(),
        ["keshia-2026-11-24.db"],
        "the next one sweeps the half away"
    );
}
