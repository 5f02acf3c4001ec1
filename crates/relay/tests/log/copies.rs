//! Backups, the way back, and the move to the other engine.

use std::path::Path;

use relay::log::copy::{backup, move_to, restore};
use relay::log::{Counter, EventLog, LogError, Page, PostgresLog, Shop, SqliteLog, StoredDay};
use relay_wire::{Cursor, Epoch};
use rusqlite::Connection;

use crate::engines::{new_database, run};
use crate::made::{
    NOW, a_code, a_counter, acked, add_shop, append, claim_key, contents, event, hash, pair, present,
    public_key,
};

/// What a counter does with its cursor: it reads on, and in another life from the first event that is kept.
async fn read_on(log: &dyn EventLog, shop: &Shop, cursor: Cursor) -> (Page, Vec<String>) {
    let epoch = log.epoch(&shop.id).await.unwrap();
    let after = if epoch == cursor.epoch { cursor.seq } else { 0 };
    let page = log.read(&shop.id, after, 1000).await.unwrap();
    (page, contents(log, shop, after).await)
}

/// A shop whose counter has read ten events.
async fn ten_events(log: &dyn EventLog) -> (Shop, Counter, Cursor) {
    let shop = add_shop(log, "Duka").await;
    let counter = pair(log, &shop, &public_key()).await;
    for n in 1..=10 {
        append(log, &[event(&shop, &n.to_string())]).await;
    }
    acked(log, &counter, 10).await;
    let epoch = log.epoch(&shop.id).await.unwrap();
    (shop, counter, Cursor { epoch, seq: 10 })
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    // SQLite's shared memory holds nothing that is not elsewhere.
    names.retain(|name| !name.ends_with("-shm"));
    names.sort();
    names
}

#[test]
fn a_counter_that_is_ahead_of_a_restored_backup_misses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (book, copy) = (folder.path().join("relay.db"), folder.path().join("backup.db"));
    run(async {
        let log = SqliteLog::open(&book).unwrap();
        let shop = add_shop(&log, "Duka").await;
        let counter = pair(&log, &shop, &public_key()).await;
        for n in 1..=5 {
            append(&log, &[event(&shop, &n.to_string())]).await;
        }
        let said = backup(&log, &copy).await.unwrap();
        assert_eq!(
            (said.shops, said.counters, said.events, said.ever),
            (1, 1, 5, 5),
            "it is counted"
        );
        for n in 6..=10 {
            append(&log, &[event(&shop, &n.to_string())]).await;
        }
        acked(&log, &counter, 10).await;
        let cursor = Cursor {
            epoch: log.epoch(&shop.id).await.unwrap(),
            seq: 10,
        };

        let refused = restore(&copy, &book);
        assert!(
            matches!(refused, Err(LogError::Unavailable(_))),
            "the relay still runs: {refused:?}"
        );
        drop(log);
        let restored = restore(&copy, &book).unwrap();
        assert_eq!(restored.contents, said, "what the backup held");

        let log = SqliteLog::open(&book).unwrap();
        assert_eq!(
            present(&log, &counter).await.acked,
            0,
            "of the new life it has committed nothing"
        );
        append(&log, &[event(&shop, "new")]).await;
        let (page, seen) = read_on(&log, &shop, cursor).await;
        assert!(
            page.newest < cursor.seq,
            "its cursor points past the new event, which it would miss"
        );
        assert_eq!(
            seen,
            ["1", "2", "3", "4", "5", "new"],
            "it reads again from the first that is kept"
        );

        let old = SqliteLog::open(&restored.replaced.unwrap()).unwrap();
        assert_eq!(
            contents(&old, &shop, 5).await,
            ["6", "7", "8", "9", "10"],
            "what was replaced is kept aside"
        );
    });
}

#[test]
fn a_backup_is_of_one_moment_while_events_come_in() {
    let folder = tempfile::tempdir().unwrap();
    run(async {
        let log = SqliteLog::open(&folder.path().join("relay.db")).unwrap();
        let shop = add_shop(&log, "Duka").await;
        let write = async {
            for n in 1..=60 {
                append(&log, &[event(&shop, &n.to_string()), event(&shop, "and")]).await;
            }
        };
        let copies = async {
            for round in 0..5 {
                let path = folder.path().join(format!("backup-{round}.db"));
                let said = backup(&log, &path).await.unwrap();
                let copy = SqliteLog::open(&path).unwrap();
                let page = copy.read(&shop.id, 0, 1000).await.unwrap();
                assert_eq!(
                    (page.newest, page.events.len() as u64),
                    (said.ever, said.events),
                    "as it said"
                );
                assert_eq!(page.events.len() as u64, page.newest, "whole up to a place");
                assert_eq!(page.newest % 2, 0, "no batch is torn");
            }
        };
        tokio::join!(write, copies);
    });
}

#[test]
fn a_failed_backup_leaves_the_one_before() {
    let folder = tempfile::tempdir().unwrap();
    let (book, copy) = (folder.path().join("relay.db"), folder.path().join("backup.db"));
    run(async {
        let log = SqliteLog::open(&book).unwrap();
        add_shop(&log, "Duka").await;
        backup(&log, &copy).await.unwrap();
        let before = std::fs::read(&copy).unwrap();
        let nowhere = backup(&log, &folder.path().join("nowhere/backup.db")).await;
        assert!(nowhere.is_err(), "no such folder");
        drop(log);
        let gone = SqliteLog::open(&book).unwrap();
        for added in ["", "-wal", "-shm"] {
            std::fs::remove_file(folder.path().join(format!("relay.db{added}"))).unwrap();
        }
        let refused = backup(&gone, &copy).await;
        assert!(refused.is_err(), "a copy of nothing is no copy: {refused:?}");
        assert_eq!(
            std::fs::read(&copy).unwrap(),
            before,
            "the older backup is untouched"
        );
        assert_eq!(names(folder.path()), ["backup.db"], "and no half one is left");
    });
}

#[test]
fn what_is_no_backup_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (book, copy) = (folder.path().join("relay.db"), folder.path().join("backup.db"));
    run(async {
        let log = SqliteLog::open(&book).unwrap();
        let (shop, ..) = ten_events(&log).await;
        backup(&log, &copy).await.unwrap();
        drop(log);
        let before = std::fs::read(&book).unwrap();
        let whole = std::fs::read(&copy).unwrap();
        let cut = &whole[..whole.len() / 2];
        let mut changed = whole.clone();
        for byte in &mut changed[20_000..24_000] {
            *byte ^= 0x55;
        }
        for (what, bytes) in [
            ("cut off", cut),
            ("changed", &changed),
            ("empty", b""),
            ("noise", &[7; 9000]),
        ] {
            std::fs::write(&copy, bytes).unwrap();
            let refused = restore(&copy, &book);
            assert!(
                matches!(refused, Err(LogError::Unusable(_))),
                "{what}: {refused:?}"
            );
        }
        let refused = restore(Path::new("/no/such/file"), &book);
        assert!(
            matches!(refused, Err(LogError::Refused(_))),
            "missing: {refused:?}"
        );
        assert_eq!(std::fs::read(&book).unwrap(), before, "the log is as it was");
        assert_eq!(
            names(folder.path()),
            ["backup.db", "relay.db"],
            "nothing is left over"
        );
        let log = SqliteLog::open(&book).unwrap();
        assert_eq!(contents(&log, &shop, 0).await.len(), 10, "and whole");
    });
}

#[test]
fn a_damaged_log_is_replaced_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (book, copy) = (folder.path().join("relay.db"), folder.path().join("backup.db"));
    run(async {
        let log = SqliteLog::open(&book).unwrap();
        let (shop, ..) = ten_events(&log).await;
        backup(&log, &copy).await.unwrap();
        drop(log);
        std::fs::write(&book, [7; 9000]).unwrap();
        std::fs::write(folder.path().join("relay.db-wal"), "perhaps worth something").unwrap();
        let restored = restore(&copy, &book).unwrap();
        let aside = restored.replaced.unwrap();
        assert_eq!(std::fs::read(&aside).unwrap(), [7; 9000], "kept for help");
        assert_eq!(
            names(folder.path()),
            [
                "backup.db",
                "relay.db",
                "relay.db.replaced-1",
                "relay.db.replaced-1-wal"
            ],
            "with its log, which would not fit the new file"
        );
        let log = SqliteLog::open(&book).unwrap();
        assert_eq!(
            contents(&log, &shop, 0).await.len(),
            10,
            "the backup is in its place"
        );
        drop(log);
        std::fs::remove_file(&book).unwrap();
        assert_eq!(
            restore(&copy, &book).unwrap().replaced,
            None,
            "nothing was in its place"
        );
    });
}

#[test]
fn everything_moves_to_the_other_engine_and_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("relay.db");
    run(async {
        let log = SqliteLog::open(&book).unwrap();
        let (shop, counter, cursor) = ten_events(&log).await;
        log.revoke(&pair(&log, &shop, &shop_key(&log, &shop).await).await.id)
            .await
            .unwrap();
        let keyless = add_shop(&log, "Without a counter").await;
        let payment = [claim_key("UJ6E5918JJ")];
        log.claim(&counter, &payment).await.unwrap();
        let day = StoredDay {
            id: hash(),
            shop_id: shop.id.clone(),
            at_ms: NOW,
            sealed: vec![1, 2, 0],
        };
        log.put_day(&day).await.unwrap();
        let code = a_code(&log, &keyless).await;
        let (shops, counters) = (log.shops().await, log.counters(&shop.id).await.unwrap());

        let database = new_database();
        let to = PostgresLog::open(&database).await.unwrap();
        let refused = move_to(&book, &to).await;
        assert!(
            matches!(refused, Err(LogError::Unavailable(_))),
            "the relay still runs: {refused:?}"
        );
        drop(log);
        let moved = move_to(&book, &to).await.unwrap();
        assert_eq!(
            (moved.shops, moved.counters, moved.events, moved.claims),
            (2, 2, 10, 1),
            "counted"
        );

        assert_eq!(to.shops().await, shops, "shops, with their keys and paths");
        let there = to.counters(&shop.id).await.unwrap();
        let new_life = |counter: Counter| Counter { acked: 0, ..counter };
        assert_eq!(
            there,
            counters.into_iter().map(new_life).collect::<Vec<_>>(),
            "counters, to read again"
        );
        assert_eq!(to.day(&day.id).await, Ok(Some(day)), "the owner's page");
        let rival = there.into_iter().find(|one| one.id != counter.id).unwrap();
        assert_eq!(to.claim(&rival, &payment).await, Ok(vec!['A']), "claims");
        let paired = to.pair(&code, &a_counter(&public_key()), NOW).await.unwrap();
        assert!(
            matches!(paired, relay::log::Paired::In { .. }),
            "codes: {paired:?}"
        );
        assert_eq!(
            append(&to, &[event(&shop, "11")]).await[0].seq,
            11,
            "places go on"
        );
        let (page, seen) = read_on(&to, &shop, cursor).await;
        assert_ne!(page.epoch, cursor.epoch, "a new life");
        assert_eq!(seen.len(), 11, "read again from the first that is kept");

        let closed = SqliteLog::open(&book).unwrap_err();
        assert!(
            closed.to_string().contains("moved"),
            "no relay takes the file any more: {closed}"
        );
        let again = move_to(&book, &to).await;
        assert!(
            matches!(again, Err(LogError::Unusable(_))),
            "nor a second move: {again:?}"
        );
    });
}

async fn shop_key(log: &dyn EventLog, shop: &Shop) -> relay_wire::ShopPublicKey {
    log.shop(&shop.id).await.unwrap().unwrap().key.unwrap()
}

#[test]
fn a_log_moves_to_an_empty_database_only() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("relay.db");
    run(async {
        let log = SqliteLog::open(&book).unwrap();
        let (shop, _, cursor) = ten_events(&log).await;
        drop(log);
        let to = PostgresLog::open(&new_database()).await.unwrap();
        let other = add_shop(&to, "Somebody's").await;
        let refused = move_to(&book, &to).await;
        assert!(matches!(refused, Err(LogError::Refused(_))), "{refused:?}");
        assert_eq!(to.shops().await, Ok(vec![other]), "the database is as it was");
        let log = SqliteLog::open(&book).unwrap();
        assert_eq!(
            log.epoch(&shop.id).await,
            Ok::<Epoch, _>(cursor.epoch),
            "and the file too"
        );
    });
}

#[test]
fn no_table_is_forgotten_by_the_move() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("relay.db");
    drop(SqliteLog::open(&book).unwrap());
    let conn = Connection::open(&book).unwrap();
    let mut statement = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap();
    let tables: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .flatten()
        .collect();
    assert_eq!(
        tables,
        [
            "ack_mark",
            "anchor_past",
            "claim",
            "counter",
            "day",
            "event",
            "life",
            "pairing",
            "shop"
        ],
        "a new table must be moved too (log/copy/moving.rs), then named here"
    );
}
