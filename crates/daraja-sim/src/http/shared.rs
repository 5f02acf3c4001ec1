//! The one world of a server, its clock and its file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::Notify;

use super::wall_clock_ms;
use crate::Config;
use crate::world::{Delivery, World};

/// What every handler and the driver share.
pub(super) struct Shared {
    inner: Mutex<Inner>,
    /// Told after every change, so that the driver looks at the agenda again.
    pub(super) wake: Notify,
    /// See [`Shared::sender`].
    sender: OnceLock<Option<reqwest::Client>>,
}

struct Inner {
    world: World,
    ahead_ms: i64,
    file: Option<PathBuf>,
    saved: u64,
}

impl Inner {
    fn now_ms(&self) -> i64 {
        wall_clock_ms().saturating_add(self.ahead_ms)
    }

    fn step(&mut self) -> (Vec<Delivery>, Option<u64>) {
        let now = self.now_ms();
        let due = self.world.pass(now);
        self.save();
        let wait = self
            .world
            .next_due()
            .map(|at| at.saturating_sub(now).max(0).unsigned_abs());
        (due, wait)
    }

    /// Writes the world beside its file and renames it into place, if it changed.
    fn save(&mut self) {
        let revision = self.world.revision();
        let Some(file) = self.file.as_deref().filter(|_| revision != self.saved) else {
            return;
        };
        match write_then_rename(file, &self.world.save()) {
            Ok(()) => self.saved = revision,
            Err(error) => tracing::warn!(%error, file = %file.display(), "the practice is not saved"),
        }
    }
}

/// `world.json` → `world.json.ENDING`.
fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

fn write_then_rename(file: &Path, text: &str) -> io::Result<()> {
    let fresh = beside(file, "new");
    fs::write(&fresh, text)?;
    fs::rename(&fresh, file)
}

/// The saved world, if there is one that can be read; one that cannot is put aside.
fn saved_world(config: &Config) -> Option<World> {
    let file = config.state_file.as_deref()?;
    let text = match fs::read_to_string(file) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => Err(error.to_string()),
    };
    let world = text.and_then(|text| World::load(config.settings.clone(), config.faults.clone(), &text));
    match world {
        Ok(world) => Some(world),
        Err(error) => {
            let aside = beside(file, "unreadable");
            tracing::warn!(%error, aside = %aside.display(), "the saved practice cannot be read");
            if let Err(error) = fs::rename(file, &aside) {
                tracing::warn!(%error, "and cannot be put aside");
            }
            None
        }
    }
}

impl Shared {
    pub(super) fn open(config: Config) -> Self {
        let wall = wall_clock_ms();
        let seed = config.seed.unwrap_or_else(|| wall.unsigned_abs());
        let world = saved_world(&config)
            .unwrap_or_else(|| World::new(config.settings.clone(), config.faults.clone(), seed));
        // A world whose clock was moved forward goes on from where it was.
        let ahead_ms = world.now_ms().saturating_sub(wall).max(0);
        let inner = Inner {
            world,
            ahead_ms,
            file: config.state_file,
            saved: u64::MAX,
        };
        Self {
            inner: Mutex::new(inner),
            wake: Notify::new(),
            sender: OnceLock::new(),
        }
    }

    /// Carries callbacks; `None` if the system cannot build one, then they all fail. Made for the first one,
    /// because it reads every certificate of the system and most worlds never call anybody.
    pub(super) fn sender(&self) -> Option<&reqwest::Client> {
        self.sender
            .get_or_init(|| {
                reqwest::Client::builder()
                    .redirect(reqwest::redirect::Policy::none())
                    .no_proxy()
                    .build()
                    .inspect_err(|error| tracing::warn!(%error, "callbacks cannot be sent"))
                    .ok()
            })
            .as_ref()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something with the world at this moment; saved before anybody hears of it.
    pub(super) fn with<T>(&self, deed: impl FnOnce(&mut World, i64) -> T) -> T {
        let mut inner = self.lock();
        let now = inner.now_ms();
        let result = deed(&mut inner.world, now);
        inner.save();
        drop(inner);
        self.wake.notify_one();
        result
    }

    /// What is due now, and how long until something else is, in milliseconds. Does not wake the
    /// driver, who is the one to call it.
    pub(super) fn step(&self) -> (Vec<Delivery>, Option<u64>) {
        self.lock().step()
    }

    /// Moves the clock forward and takes out what has become due, before the driver can.
    pub(super) fn advance(&self, by_ms: i64) -> Vec<Delivery> {
        let mut inner = self.lock();
        inner.ahead_ms = inner.ahead_ms.saturating_add(by_ms);
        inner.step().0
    }
}
