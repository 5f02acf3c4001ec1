//! What must be done without anybody asking: after a start the check of a long book's pages; once a day its copy, what
//! was kept about customers long enough, and carrying the copy to the stick. Two tasks, so that a stick that hangs keeps
//! nothing from being copied beside the book.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use daraja::Secret;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval_at};

use super::Clock;
use crate::backup::{Backup, Backups, Stick, StickState};
use crate::clock::shop_day;
use crate::error::{Code, TillError};
use crate::files;
use crate::secrets::SecretName;
use crate::store::is_checked_later;

/// When to look whether the day has its copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Looks {
    /// How long after the start.
    pub first: Duration,
    /// How often then.
    pub every: Duration,
}

impl Default for Looks {
    /// Selling comes first, so the first look is when the counter is open; a till that runs through the
    /// night, or whose disk has room again, is not a day late.
    fn default() -> Self {
        Self {
            first: Duration::from_secs(20),
            every: Duration::from_secs(3600),
        }
    }
}

/// The task beside the engine; it ends with this handle. A copy that is being taken then is finished.
#[derive(Debug)]
pub struct Housekeeping {
    task: JoinHandle<()>,
}

/// What the task remembers from look to look.
#[derive(Debug)]
pub struct Daily {
    backups: Backups,
    /// Did the start leave the book's pages to the first look?
    unchecked: bool,
    told: Option<Code>,
}

impl Housekeeping {
    /// Starts the task. `tell` hears of each copy, and of each new trouble once: not again every hour,
    /// but again after it had gone. It never holds up the engine: the copy is taken beside it.
    pub fn start(
        book: &Path,
        clock: Arc<dyn Clock>,
        runtime: &Handle,
        looks: Looks,
        tell: impl Fn(Result<Backup, TillError>) + Send + Sync + 'static,
    ) -> Self {
        let mut daily = Some(Daily::of(Backups::beside(book)));
        let task = runtime.spawn(async move {
            let mut looks = interval_at(Instant::now() + looks.first, looks.every);
            while let Some(mut hands) = daily.take() {
                looks.tick().await;
                let clock = Arc::clone(&clock);
                let looked = tokio::task::spawn_blocking(move || {
                    let result = hands.look(clock.as_ref());
                    (hands, result)
                });
                let Ok((hands, result)) = looked.await else {
                    return;
                };
                if let Some(news) = result.transpose() {
                    tell(news);
                }
                daily = Some(hands);
            }
        });
        Self { task }
    }
}

impl Drop for Housekeeping {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Daily {
    /// Nothing was told yet.
    #[must_use]
    pub fn of(backups: Backups) -> Self {
        Self {
            unchecked: is_checked_later(backups.book()),
            backups,
            told: None,
        }
    }

    /// One look: takes the day's copy when there is none, and removes files about customers that are too old. The first
    /// one checks the pages of a book that was too long for it at the start.
    ///
    /// # Errors
    /// Why there is none, unless the last look said the same; [`Code::DatabaseCorrupt`] when the pages do not agree.
    pub fn look(&mut self, clock: &dyn Clock) -> Result<Option<Backup>, TillError> {
        let now = clock.now().utc;
        if let Err(error) = files::forget_customers_files(self.backups.book(), now) {
            // The next look tries again; a copy of the book is not kept waiting for it.
            tracing::warn!("a file about a customer stays too long: {error}");
        }
        if std::mem::take(&mut self.unchecked) {
            self.backups.check_book().inspect_err(|error| {
                self.told = Some(error.code);
            })?;
        }
        let today = shop_day(now);
        if !self.backups.due(today) {
            return Ok(None);
        }
        match self.backups.take_daily(today) {
            Ok((backup, _)) => {
                self.told = None;
                Ok(Some(backup))
            }
            Err(error) if self.told == Some(error.code) => Ok(None),
            Err(error) => {
                self.told = Some(error.code);
                Err(error)
            }
        }
    }
}

/// The task that carries copies to the stick; it ends with this handle.
#[derive(Debug)]
pub struct Carrying {
    task: JoinHandle<()>,
}

impl Carrying {
    /// When to look whether the stick has the newest copy: soon after it was plugged in.
    #[must_use]
    pub const fn usual() -> Looks {
        Looks {
            first: Duration::from_secs(40),
            every: Duration::from_secs(60),
        }
    }

    /// Starts the task. `tell` hears of each copy that got there, and of each new trouble once. `keys` is asked
    /// only when they travel; `None` when the key store does not answer.
    pub fn start(
        stick: Stick,
        clock: Arc<dyn Clock>,
        runtime: &Handle,
        looks: Looks,
        keys: impl Fn() -> Option<Vec<(SecretName, Secret)>> + Send + Sync + 'static,
        tell: impl Fn(Result<StickState, TillError>) + Send + Sync + 'static,
    ) -> Self {
        let keys = Arc::new(keys);
        let task = runtime.spawn(async move {
            let mut looks = interval_at(Instant::now() + looks.first, looks.every);
            let mut told = None;
            loop {
                looks.tick().await;
                let (stick, clock, keys) = (stick.clone(), Arc::clone(&clock), Arc::clone(&keys));
                let carried = tokio::task::spawn_blocking(move || stick.carry(clock.now().utc, &*keys));
                let Ok(carried) = carried.await else {
                    return;
                };
                let trouble = carried.as_ref().err().map(|error| error.code);
                let news = carried.transpose();
                if let Some(news) = news.filter(|_| trouble.is_none() || trouble != told) {
                    tell(news);
                }
                told = trouble;
            }
        });
        Self { task }
    }
}

impl Drop for Carrying {
    fn drop(&mut self) {
        self.task.abort();
    }
}
