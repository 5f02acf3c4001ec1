//! What is true of the embedded engine's file alone.

use std::sync::{Arc, Mutex};

use relay::log::{EventLog as _, LogError, SqliteLog};
use rusqlite::Connection;

use crate::engines::run;
use crate::made::{add_shop, append, contents, event};

#[test]
fn what_was_committed_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    run(async {
        let log = SqliteLog::open(&path).unwrap();
        let shop = add_shop(&log, "Duka").await;
        append(&log, &[event(&shop, "1")]).await;
        let epoch = log.epoch(&shop.id).await.unwrap();
        drop(log);
        let log = SqliteLog::open(&path).unwrap();
        assert_eq!(contents(&log, &shop, 0).await, ["1"], "the event");
        assert_eq!(
            log.epoch(&shop.id).await,
            Ok(epoch),
            "the same life: nothing was restored"
        );
    });
}

#[test]
fn what_comes_while_a_commit_waits_shares_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    run(async {
        let log = SqliteLog::open(&path).unwrap();
        let shop = add_shop(&log, "Duka").await;
        let line = Arc::new(Mutex::new(vec![event(&shop, "1")]));
        let take = || {
            let line = Arc::clone(&line);
            Box::new(move || std::mem::take(&mut *line.lock().unwrap()))
        };
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let (kept, ()) = tokio::join!(log.append_taken(take()), async {
            // The transaction cannot have begun: another process writes.
            line.lock().unwrap().push(event(&shop, "2"));
            other.execute_batch("COMMIT").unwrap();
        });
        let kept: Vec<_> = kept
            .into_iter()
            .map(|(event, answer)| (event, answer.expect("it is kept").seq))
            .collect();
        assert_eq!(
            kept,
            [(event(&shop, "1"), 1), (event(&shop, "2"), 2)],
            "both in one commit, and both come back"
        );
        assert_eq!(contents(&log, &shop, 0).await, ["1", "2"], "kept");
    });
}

#[test]
fn a_newer_file_is_refused_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    drop(SqliteLog::open(&path).unwrap());
    Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let refused = SqliteLog::open(&path).unwrap_err();
    assert!(matches!(refused, LogError::Unusable(_)), "{refused}");
    assert!(refused.to_string().contains("newer"), "it says why: {refused}");
    assert_eq!(std::fs::read(&path).unwrap(), before, "byte for byte as it was");
}

#[test]
fn another_programs_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE sale (id TEXT)")
        .unwrap();
    let refused = SqliteLog::open(&path).unwrap_err();
    assert!(matches!(refused, LogError::Unusable(_)), "not a log: {refused}");
    std::fs::write(
        &path,
        "no database at all, but long enough to be looked at as one".repeat(20),
    )
    .unwrap();
    let refused = SqliteLog::open(&path).unwrap_err();
    assert!(
        matches!(refused, LogError::Unusable(_)),
        "not even SQLite: {refused}"
    );
}

#[test]
fn two_processes_may_write_to_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("relay.db");
    run(async {
        let (server, command) = (SqliteLog::open(&path).unwrap(), SqliteLog::open(&path).unwrap());
        let shop = add_shop(&command, "Duka").await;
        let write = async |log: &SqliteLog| {
            for _ in 0..20 {
                append(log, &[event(&shop, "x")]).await;
            }
        };
        tokio::join!(write(&server), write(&command));
        let newest = server.read(&shop.id, 0, 1).await.unwrap().newest;
        assert_eq!(newest, 40, "each commit of both is there");
    });
}
