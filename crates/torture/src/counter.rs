//! One counter: the engine over its book, its PC's clock, and the power that goes.

use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use daraja::Secret;
use till::driver::safaricom::Safaricom;
use till::engine::{Counter as Identity, Engine, Sharing};
use till::ids::IdSource;
use till::people::pin::Cost;
use till::policy::Policy;
use till::reference::{CounterChar, Incarnation};
use till::store::Store;
use till::{Mono, Now};

use crate::TortureError;
use crate::day::Options;
use crate::line::{self, Offset, Shared, ShopKind, offset_of, utc};

/// Set by whoever wants the power to go at a commit.
#[derive(Debug, Default)]
pub(crate) struct Power {
    /// Commits until it goes; 0: it does not.
    countdown: AtomicU64,
    /// It goes just before that commit, not just after it.
    before: AtomicBool,
    /// It is gone: nothing is written any more.
    gone: AtomicBool,
}

impl Power {
    pub(crate) fn fail_at(&self, commits: u64, before: bool) {
        self.before.store(before, Ordering::Relaxed);
        self.countdown.store(commits, Ordering::Relaxed);
    }

    pub(crate) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::Relaxed)
    }

    /// Asked at each commit; `true` turns it into a rollback.
    fn refuses(&self) -> bool {
        if self.is_gone() {
            return true;
        }
        let left = self.countdown.load(Ordering::Relaxed);
        if left == 0 {
            return false;
        }
        self.countdown.store(left - 1, Ordering::Relaxed);
        if left > 1 {
            return false;
        }
        self.gone.store(true, Ordering::Relaxed);
        self.before.load(Ordering::Relaxed)
    }
}

/// One counter.
pub(crate) struct Counter {
    /// Running, or off with its book on the disk.
    body: Body,
    pub(crate) port: Safaricom,
    pub(crate) offset: Offset,
    pub(crate) power: Arc<Power>,
    /// Commits of all its lives, those that the power took included.
    pub(crate) commits: Arc<AtomicU64>,
    /// Counts starts: what belongs to an earlier life is nobody's any more.
    pub(crate) life: u32,
    /// When the waiting clock of this life began, by the true time.
    booted_ms: i64,
    /// When its next wake is due, so that it is not put on the heap twice.
    pub(crate) wake_ms: i64,
    /// When it next looks at the relay's log, and when it asks again for what it claims.
    pub(crate) hears_ms: i64,
    pub(crate) beats_ms: i64,
    /// Events of the relay that its book could not apply.
    pub(crate) stumbled: u64,
    pub(crate) letter: char,
    pull: bool,
    sharing: Sharing,
    seed: u64,
    kind: ShopKind,
}

#[expect(clippy::large_enum_variant, reason = "there are two of them in a day")]
enum Body {
    On(Engine),
    Off(Store),
    /// Between the two.
    Nothing,
}

impl Counter {
    pub(crate) fn new(
        letter: char,
        seed: u64,
        outside: &Shared,
        kind: ShopKind,
        options: Options,
    ) -> Result<Self, TortureError> {
        let offset: Offset = Arc::new(Mutex::new(0));
        let port = line::connect(outside, &offset, kind)?;
        let now_ms = line::lock(outside).now_ms;
        let mut counter = Self {
            body: Body::Off(Store::in_memory()?),
            port,
            offset,
            power: Arc::default(),
            commits: Arc::default(),
            life: 0,
            booted_ms: now_ms,
            wake_ms: i64::MAX,
            hears_ms: i64::MAX,
            beats_ms: i64::MAX,
            stumbled: 0,
            letter,
            pull: options.pull,
            sharing: sharing(letter, options),
            seed,
            kind,
        };
        counter.start(outside, now_ms)?;
        Ok(counter)
    }

    /// This moment on the PC's clocks.
    pub(crate) fn now(&self, now_ms: i64) -> Now {
        Now {
            utc: utc(now_ms.saturating_add(offset_of(&self.offset))),
            mono: Mono(now_ms.saturating_sub(self.booted_ms).unsigned_abs()),
        }
    }

    pub(crate) fn engine(&mut self) -> Option<&mut Engine> {
        match &mut self.body {
            Body::On(engine) if !self.power.is_gone() => Some(engine),
            Body::On(_) | Body::Off(_) | Body::Nothing => None,
        }
    }

    /// The book, for whoever reads it with SQL of his own.
    pub(crate) fn book(&self) -> Option<&rusqlite::Connection> {
        match &self.body {
            Body::On(engine) => Some(engine.store().read()),
            Body::Off(store) => Some(store.read()),
            Body::Nothing => None,
        }
    }

    pub(crate) const fn is_off(&self) -> bool {
        matches!(self.body, Body::Off(_))
    }

    /// The power goes: what is in memory is gone, and what is in the book stays.
    pub(crate) fn stop(&mut self) {
        self.body = match std::mem::replace(&mut self.body, Body::Nothing) {
            Body::On(engine) => Body::Off(engine.into_store()),
            body @ (Body::Off(_) | Body::Nothing) => body,
        };
    }

    /// Somebody switches it on again.
    pub(crate) fn start(&mut self, outside: &Shared, now_ms: i64) -> Result<(), TortureError> {
        let Body::Off(mut store) = std::mem::replace(&mut self.body, Body::Nothing) else {
            return Err(TortureError::Harness("started twice".into()));
        };
        self.power = Arc::default();
        let power = Arc::clone(&self.power);
        let commits = Arc::clone(&self.commits);
        store.connection().commit_hook(Some(move || {
            commits.fetch_add(1, Ordering::Relaxed);
            power.refuses()
        }))?;
        // A disk that was full is not full any more.
        store.read().pragma_update(None, "max_page_count", 1_000_000)?;
        self.life += 1;
        self.booted_ms = now_ms;
        self.wake_ms = i64::MAX;
        self.port = line::connect(outside, &self.offset, self.kind)?;
        let identity = self.identity()?;
        let ids = IdSource::seeded(self.seed.wrapping_mul(1_000).wrapping_add(u64::from(self.life)));
        let policy = Policy {
            pin_cost: Cost::SIMULATED,
            ..Policy::live()
        };
        let mut engine = Engine::open(store, policy, identity, ids, self.now(now_ms))?;
        engine.set_pepper(Some(Secret::new("pepper")));
        self.body = Body::On(engine);
        Ok(())
    }

    fn identity(&self) -> Result<Identity, TortureError> {
        CounterChar::new(self.letter)
            .map(|letter| Identity {
                letter,
                incarnation: Incarnation::FIRST,
                connected: true,
                pull: self.pull,
                sharing: self.sharing,
                numbers: line::numbers(self.kind),
            })
            .ok_or_else(|| TortureError::Harness("no such counter".into()))
    }
}

/// How counters of such a shop share its number.
const fn sharing(letter: char, options: Options) -> Sharing {
    match (options.counters, options.relay, letter) {
        (0 | 1, _, _) => Sharing::Alone,
        (_, true, _) => Sharing::Claims,
        (_, false, 'A') => Sharing::Collector,
        (_, false, _) => Sharing::OwnOnly,
    }
}

/// The value of a future that is ready at once, as those of a line without a network are.
pub(crate) fn ready<T>(future: impl Future<Output = T>) -> Result<T, TortureError> {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => Ok(value),
        Poll::Pending => Err(TortureError::Harness(
            "the client waits where nothing waits".into(),
        )),
    }
}
