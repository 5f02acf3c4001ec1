//! A book that came back from a copy, at a relay that has seen more of it; and an old copy that somebody put there.

use std::path::{Path, PathBuf};

use chrono::Utc;
use reqwest::StatusCode;
use rusqlite::Connection;
use till::Code;
use till::backup::Backups;
use till::driver::{Clock as _, SystemClock};
use till::engine::Engine;
use till::files::{DataDir, FileKind};
use till::shop::Shop;
use till::store::Store;
use till::view::RelayTrouble;

use crate::desk::{Desk, Paired, kes, told};
use crate::made::client;
use crate::process::{Program, pairing, run_over};

struct Counter {
    paired: Paired,
    dir: DataDir,
}

impl Counter {
    fn book(&self) -> PathBuf {
        self.dir.database(FileKind::Live)
    }

    fn engine(&self) -> Engine {
        self.paired.engine(Store::open(&self.book()).unwrap())
    }

    fn sells(&self, times: usize) {
        let mut engine = self.engine();
        for _ in 0..times {
            let now = SystemClock::default().now();
            engine.take_cash(None, kes(10), kes(10), now).unwrap();
        }
    }

    /// At work with its book as it is now.
    fn opens(&self) -> Desk {
        Desk::open(&self.paired, self.engine())
    }

    async fn hears_of(&self, desk: &Desk, code: &'static str) {
        let posted = client()
            .post(self.paired.confirmation())
            .body(told(code, 70, "888"))
            .send();
        assert_eq!(posted.await.unwrap().status(), StatusCode::OK, "kept");
        desk.until(move |engine| {
            let sql = format!("SELECT COUNT(*) FROM money_in WHERE receipt = '{code}'");
            count(engine.store().read(), &sql) == 1
        })
        .await;
    }
}

/// The counter is switched off: its book is free when this returns.
async fn closes(desk: Desk) {
    desk.till.stop();
    assert!(
        desk.till.look(|_, _| Ok(())).await.is_err(),
        "nobody is there any more"
    );
}

fn count(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn is_refused(engine: &Engine) -> bool {
    engine
        .relay_view()
        .is_some_and(|view| view.trouble == Some(RelayTrouble::ChainRefused))
}

/// As somebody does it who knows no better: the file of an older day in the place of the book.
fn put_by_hand(copy: &Path, book: &Path) {
    for log in ["db-wal", "db-shm"] {
        let _ = std::fs::remove_file(book.with_extension(log));
    }
    std::fs::copy(copy, book).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restored_book_goes_on_and_an_old_copy_does_not() {
    let _ = client();
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("relay.db");
    let relay = Program::over(log.to_str().unwrap(), folder.path(), &[]);
    let (made, printed) = run_over(log.to_str().unwrap(), folder.path(), &["shop", "add", "Duka"]);
    assert!(made, "{printed}");
    let mut line = pairing(&printed);
    line.relay.clone_from(&relay.base);
    let counter = Counter {
        paired: Paired::by(&line).await,
        dir: DataDir::at(folder.path().join("till")).unwrap(),
    };
    let mut store = Store::open(&counter.book()).unwrap();
    Shop::new("Duka", "f0".into(), None).save(&mut store).unwrap();
    drop(store);
    counter.sells(1);
    let backups = Backups::of(&counter.dir, FileKind::Live);
    let (copy, _) = backups.take_daily(Utc::now().date_naive()).unwrap();
    counter.sells(5);
    let desk = counter.opens();
    desk.until(|engine| engine.relay_view().is_some_and(|view| view.heard_at.is_some()))
        .await;
    closes(desk).await;

    {
        let lock = counter.dir.lock(FileKind::Live).unwrap();
        backups.restore(&copy.path, Utc::now(), &lock).unwrap();
    }
    let desk = counter.opens();
    desk.until(is_refused).await;
    counter.hears_of(&desk, "UKRREST001").await;
    let refused = desk.till.look(|engine, _| Ok(is_refused(engine))).await.unwrap();
    assert!(refused, "payments are heard of, and the refusal is still said");
    counter.paired.client().go_on_restored(&desk.till).await.unwrap();
    counter.hears_of(&desk, "UKRREST002").await;
    desk.until(|engine| engine.relay_view().is_some_and(|view| view.trouble.is_none()))
        .await;
    closes(desk).await;
    let seen = Connection::open(&log).unwrap();
    assert_eq!(
        count(&seen, "SELECT COUNT(*) FROM anchor_past"),
        1,
        "the relay has not forgotten the longer book"
    );
    let book = Connection::open(counter.book()).unwrap();
    assert_eq!(
        count(
            &book,
            "SELECT COUNT(*) FROM witness WHERE told_by = 'relay_went_on'"
        ),
        1,
        "nor has the book that there was one"
    );
    drop(book);

    put_by_hand(&copy.path, &counter.book());
    let desk = counter.opens();
    desk.until(is_refused).await;
    let refused = counter.paired.client().go_on_restored(&desk.till).await;
    assert_eq!(
        refused.unwrap_err().code,
        Code::NotAllowed,
        "nobody restored it: the owner's word alone is not enough"
    );
    assert_eq!(
        count(&seen, "SELECT COUNT(*) FROM anchor_past"),
        1,
        "and the relay goes on with nothing else"
    );
}
