//! The power, and a chosen commit at which it goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use till::store::Store;

/// A commit at which the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crash {
    /// The how-manieth of a life.
    write: u64,
    /// Just before it: it never happened. Otherwise just after it.
    before: bool,
}

impl Crash {
    /// Both sides of each of so many commits.
    pub fn everywhere(writes: u64) -> impl Iterator<Item = Self> {
        (1..=writes).flat_map(|write| [true, false].map(|before| Self { write, before }))
    }
}

/// The power is gone: nothing is written and nothing is shown any more.
#[derive(Debug)]
pub struct Dark;

/// Sits on the book's commits.
#[derive(Debug, Default)]
pub struct Power {
    writes: AtomicU64,
    gone: AtomicBool,
}

impl Power {
    pub fn over(store: &mut Store, crash: Option<Crash>) -> Arc<Self> {
        let power = Arc::new(Self::default());
        let hook = Arc::clone(&power);
        store
            .connection()
            .commit_hook(Some(move || hook.refuses(crash)))
            .unwrap();
        power
    }

    /// How many commits there were.
    pub fn writes(&self) -> u64 {
        self.writes.load(Ordering::Relaxed)
    }

    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    /// Asked at each commit; `true` turns it into a rollback.
    fn refuses(&self, crash: Option<Crash>) -> bool {
        if self.gone.load(Ordering::Relaxed) {
            return true;
        }
        let write = self.writes.fetch_add(1, Ordering::Relaxed) + 1;
        match crash.filter(|crash| crash.write == write) {
            Some(crash) => {
                self.gone.store(true, Ordering::Relaxed);
                crash.before
            }
            None => false,
        }
    }
}
