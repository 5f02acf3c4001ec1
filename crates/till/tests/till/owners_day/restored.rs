//! The same in a file that goes back to an older copy of itself now and then: what was done since is in no sum, and
//! what is there stays in one place.

use std::path::PathBuf;

use proptest::prelude::*;
use till::Money;
use till::backup::Backups;
use till::engine::{Counter, Engine};
use till::files::{DataDir, FileKind};
use till::ids::IdSource;
use till::policy::Policy;
use till::shop::Shop as Owner;
use till::store::Store;
use till::view::ZReport;

use super::any_order::{World, step};
use crate::support::{Shop, counter, half_past_two};

/// A folder with a book, and its newest copy with what was known then.
pub(super) struct Place {
    folder: tempfile::TempDir,
    copy: Option<(PathBuf, Known)>,
}

/// What whoever works there remembers of the book.
#[derive(Clone)]
struct Known {
    sales: Vec<String>,
    paid: Vec<(String, Money)>,
    closes: Vec<(i64, ZReport)>,
}

impl Place {
    fn dir(&self) -> DataDir {
        DataDir::at(self.folder.path()).unwrap()
    }

    /// The book with the letter and incarnation that it names itself, and ids of its own.
    fn open(&self, ids: u32) -> Engine {
        let store = Store::open(&self.dir().database(FileKind::Live)).unwrap();
        let own = Owner::load(&store).unwrap().unwrap().counter(false).unwrap();
        let counter = Counter {
            incarnation: own.incarnation,
            ..counter()
        };
        let ids = IdSource::seeded(1_000 + u64::from(ids));
        Engine::open(store, Policy::live(), counter, ids, half_past_two()).unwrap()
    }
}

impl World {
    fn in_a_file() -> Self {
        let place = Place {
            folder: tempfile::tempdir().unwrap(),
            copy: None,
        };
        let mut store = Store::open(&place.dir().database(FileKind::Live)).unwrap();
        Owner::new("Mama Njeri", "f0".into(), None)
            .save(&mut store)
            .unwrap();
        drop(store);
        let shop = Shop {
            engine: place.open(0),
            now: half_past_two(),
            effects: Vec::new(),
        };
        Self::of(shop, Some(place))
    }

    pub(super) fn copies(&mut self) {
        let Some(place) = &mut self.place else { return };
        let backups = Backups::of(&place.dir(), FileKind::Live);
        let (copy, _) = backups.take_daily(self.shop.now.utc.date_naive()).unwrap();
        let known = Known {
            sales: self.sales.clone(),
            paid: self.paid.clone(),
            closes: self.closes.clone(),
        };
        place.copy = Some((copy.path, known));
    }

    pub(super) fn restores(&mut self) {
        let Some(place) = &self.place else { return };
        let Some((copy, known)) = place.copy.clone() else {
            return;
        };
        // The till is switched off for it.
        self.shop.engine = Shop::in_memory().engine;
        let lock = place.dir().lock(FileKind::Live).unwrap();
        let backups = Backups::of(&place.dir(), FileKind::Live);
        backups.restore(&copy, self.shop.now.utc, &lock).unwrap();
        drop(lock);
        self.codes += 1;
        self.shop.engine = place.open(self.codes);
        (self.sales, self.paid, self.closes) = (known.sales, known.paid, known.closes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_shilling_is_in_one_place_whatever_was_restored(steps in prop::collection::vec(step(), 1..40)) {
        World::in_a_file().goes_through(&steps);
    }
}
