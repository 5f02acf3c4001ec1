//! What all requests share.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use relay_wire::TokenHash;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep};

use crate::batch::Batcher;
use crate::clock::now_ms;
use crate::hooks::HookKey;
use crate::log::{EventLog, LogError, Retention, Shop};
use crate::metrics::Metrics;
use crate::rates::Rates;
use crate::sealers::Sealers;
use crate::shops::Shops;
use crate::source::Proxies;
use crate::wake::Wakers;

/// Every limit of the behaviour that an operator or a test may set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whose word about the sender is believed.
    pub proxies: Proxies,
    /// Open connections in all.
    pub most_connections: usize,
    /// Open connections of one address that is no trusted proxy.
    pub most_connections_each: usize,
    /// A request's head must be there within this.
    pub head_time: Duration,
    /// A request's body must be there within this.
    pub body_time: Duration,
    /// How long a post from Safaricom's side is held while the log is not available, before 503.
    pub keep_time: Duration,
    /// How many times as much as of a usual shop and its counters is no flood.
    pub busy: NonZeroU32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            proxies: Proxies::default(),
            most_connections: 16_000,
            most_connections_each: 256,
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(10),
            // Daraja portal, Customer To Business: validation is waited for about 8 s; other posts at least so long.
            keep_time: Duration::from_secs(5),
            busy: NonZeroU32::MIN,
        }
    }
}

/// The relay behind its sockets.
pub struct Relay {
    pub(crate) log: Arc<dyn EventLog>,
    pub(crate) batcher: Batcher,
    pub(crate) hooks: HookKey,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) rates: Rates,
    pub(crate) sealers: Sealers,
    pub(crate) settings: Settings,
    pub(crate) shops: Shops,
    pub(crate) wakers: Wakers,
    new_lives: Mutex<HashMap<String, Instant>>,
    stopping: watch::Sender<bool>,
}

/// How often dropped events and quiet senders are looked for.
const SWEEP_EVERY: Duration = Duration::from_secs(60 * 60);
const FORGET_EVERY: Duration = Duration::from_secs(60);
/// How often the log is asked when it is not available, within one request.
const ASK_AGAIN: Duration = Duration::from_millis(100);
/// One shop may have its database's log begun anew so often. Each time every counter of that database reads again
/// what is kept, so that one broken counter must not do it over and over.
const NEW_LIFE_EVERY: Duration = Duration::from_secs(60 * 60);

impl Relay {
    /// A relay over a log. Its task for commits runs from now on, so that a runtime is needed.
    #[must_use]
    pub fn new(log: Arc<dyn EventLog>, hooks: HookKey, settings: Settings) -> Arc<Self> {
        let metrics = Arc::new(Metrics::new());
        let wakers = Wakers::default();
        Arc::new(Self {
            batcher: Batcher::start(Arc::clone(&log), Arc::clone(&metrics), wakers.clone()),
            shops: Shops::new(Arc::clone(&log)),
            log,
            hooks,
            metrics,
            rates: Rates::new(settings.busy),
            sealers: Sealers::default(),
            settings,
            wakers,
            new_lives: Mutex::default(),
            stopping: watch::Sender::new(false),
        })
    }

    /// Answers whoever waits, and takes no new connection.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Becomes true when it is time to end.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    /// The shop of a secret path, asked for until then.
    pub(crate) async fn shop_of_hook(
        &self,
        hook: &TokenHash,
        until: Instant,
    ) -> Result<Option<Arc<Shop>>, LogError> {
        loop {
            match self.shops.of_hook(hook).await {
                Err(LogError::Unavailable(_)) if Instant::now() + ASK_AGAIN < until => sleep(ASK_AGAIN).await,
                found => return found,
            }
        }
    }

    /// May the log of this shop's database be begun anew for this shop? Else after how many seconds.
    pub(crate) fn may_begin_new_life(&self, shop_id: &str) -> Result<(), u64> {
        let mut lives = self.new_lives.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        lives.retain(|_, at| now.duration_since(*at) < NEW_LIFE_EVERY);
        match lives.get(shop_id) {
            Some(at) => Err((NEW_LIFE_EVERY - now.duration_since(*at)).as_secs() + 1),
            None => {
                lives.insert(shop_id.to_owned(), now);
                Ok(())
            }
        }
    }

    /// What must be done again and again, until the returned set is dropped.
    pub(crate) fn housekeeping(self: &Arc<Self>) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        let relay = Arc::clone(self);
        tasks.spawn(async move {
            loop {
                for shop in relay.log.changed_elsewhere().await {
                    relay.wakers.wake(&shop);
                }
            }
        });
        let relay = Arc::clone(self);
        tasks.spawn(async move {
            let mut hours = interval(SWEEP_EVERY);
            loop {
                hours.tick().await;
                match relay.log.sweep(Retention::DEFAULT, now_ms()).await {
                    Ok(dropped) => tracing::info!(dropped, "old events were dropped"),
                    Err(error) => tracing::warn!(%error, "old events were not dropped"),
                }
            }
        });
        let relay = Arc::clone(self);
        tasks.spawn(async move {
            let mut minutes = interval(FORGET_EVERY);
            loop {
                minutes.tick().await;
                relay.rates.forget_quiet();
                relay.sealers.forget_old();
            }
        });
        tasks
    }
}
