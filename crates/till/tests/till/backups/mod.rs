//! Copies of the book: taken beside a running till, proved, kept, brought back.

mod crash;
mod full;
mod keeping;
mod migrating;
mod moving;
mod rehearsing;
mod restoring;
mod sealing;
mod stick;
mod stopping;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use till::backup::Backups;
use till::engine::Engine;
use till::files::{DataDir, FileKind};
use till::ids::IdSource;
use till::policy::Policy;
use till::shop::Shop as Owner;
use till::store::Store;

use crate::support::{Shop, counter, half_past_two};

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
}

/// A folder with a book of a named shop that has sold something.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let mut store = Store::open(&place.book()).unwrap();
        Owner::new("Mama Njeri", "f0".into(), None)
            .save(&mut store)
            .unwrap();
        drop(store);
        place.open().cash(None, 10, 10);
        place
    }

    fn dir(&self) -> DataDir {
        DataDir::at(self.folder.path()).unwrap()
    }

    fn book(&self) -> PathBuf {
        self.dir().database(FileKind::Live)
    }

    fn backups(&self) -> Backups {
        Backups::of(&self.dir(), FileKind::Live)
    }

    fn open(&self) -> Shop {
        let now = half_past_two();
        let store = Store::open(&self.book()).unwrap();
        // Each opening makes ids of its own, as in a shop.
        let ids = IdSource::from_system().unwrap();
        Shop {
            engine: Engine::open(store, Policy::live(), counter(), ids, now).unwrap(),
            now,
            effects: Vec::new(),
        }
    }

    /// With the letter and incarnation that the book itself names.
    fn open_as_its_own(&self) -> Shop {
        let mut shop = self.open();
        let counter = self.owner().counter(false).unwrap();
        let store = Store::open(&self.book()).unwrap();
        let ids = IdSource::from_system().unwrap();
        shop.engine = Engine::open(store, Policy::live(), counter, ids, shop.now).unwrap();
        shop
    }

    fn owner(&self) -> Owner {
        Owner::load(&Store::open(&self.book()).unwrap()).unwrap().unwrap()
    }

    /// Names in the folder of copies, in order.
    fn names(&self) -> Vec<String> {
        names(self.backups().folder())
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.ends_with(".lock"))
        .collect();
    names.sort();
    names
}

/// By the test's own SQL.
fn count(file: &Path, sql: &str) -> i64 {
    let conn = rusqlite::Connection::open(file).unwrap();
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}
