//! How much is too much. What Safaricom's side sends is never refused for it, only marked.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use crate::source::Source;

/// So many at once, and one more after each `every`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Allowance {
    at_once: NonZeroU32,
    every: Duration,
}

impl Allowance {
    const fn new(at_once: u32, every: Duration) -> Self {
        let at_once = match NonZeroU32::new(at_once) {
            Some(at_once) => at_once,
            None => NonZeroU32::MIN,
        };
        Self { at_once, every }
    }

    /// So many times as much.
    fn times(self, busy: NonZeroU32) -> Self {
        Self {
            at_once: self.at_once.saturating_mul(busy),
            every: self.every / busy.get(),
        }
    }

    fn limiter<K: Hash + Eq + Clone>(self) -> DefaultKeyedRateLimiter<K> {
        // A period of zero is none; then the quota is one a second.
        let quota = Quota::with_period(self.every).unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN));
        RateLimiter::keyed(quota.allow_burst(self.at_once))
    }
}

/// The posts of one shop: twenty a second are more than any shop sells, two hundred at once than any backlog.
const SHOP: Allowance = Allowance::new(200, Duration::from_millis(50));
/// The posts of one sender who is not Safaricom.
const STRANGER: Allowance = Allowance::new(60, Duration::from_secs(1));
/// `/v1` and the owner's page from one address: a shop's 22 counters may stand behind one.
const CLIENT: Allowance = Allowance::new(300, Duration::from_millis(20));
/// `/v1` of one counter: it reads a long backlog page by page.
const COUNTER: Allowance = Allowance::new(100, Duration::from_millis(50));
/// Pairings from one address. Codes cannot be guessed; this keeps the log's writer free.
const PAIRING: Allowance = Allowance::new(20, Duration::from_secs(3));

/// All limits of one relay.
#[derive(Debug)]
pub(crate) struct Rates {
    shops: DefaultKeyedRateLimiter<String>,
    strangers: DefaultKeyedRateLimiter<IpAddr>,
    clients: DefaultKeyedRateLimiter<IpAddr>,
    counters: DefaultKeyedRateLimiter<String>,
    pairings: DefaultKeyedRateLimiter<IpAddr>,
}

impl Rates {
    pub(crate) fn new(busy: NonZeroU32) -> Self {
        Self {
            shops: SHOP.times(busy).limiter(),
            strangers: STRANGER.limiter(),
            clients: CLIENT.times(busy).limiter(),
            counters: COUNTER.times(busy).limiter(),
            pairings: PAIRING.limiter(),
        }
    }

    /// Is a post to a shop part of a flood? Safaricom's few addresses serve all shops, so that only the shop is
    /// counted for them; behind an unknown proxy everybody has one address.
    pub(crate) fn floods(&self, shop_id: &str, source: Source) -> bool {
        let by_shop = self.shops.check_key(&shop_id.to_owned()).is_err();
        let counted = source.known && source.mark().is_some();
        let by_source = counted && self.strangers.check_key(&source.household()).is_err();
        by_shop || by_source
    }

    /// May this sender ask? Else after how many seconds. Whoever cannot be told apart is not counted.
    pub(crate) fn client(&self, source: Source) -> Result<(), u64> {
        if source.known {
            check(&self.clients, &source.household())
        } else {
            Ok(())
        }
    }

    /// May this counter ask? Else after how many seconds.
    pub(crate) fn counter(&self, counter_id: &str) -> Result<(), u64> {
        check(&self.counters, &counter_id.to_owned())
    }

    /// May this address try a pairing? Else after how many seconds.
    pub(crate) fn pairing(&self, source: Source) -> Result<(), u64> {
        check(&self.pairings, &source.household())
    }

    /// Forgets whoever has been quiet.
    pub(crate) fn forget_quiet(&self) {
        self.shops.retain_recent();
        self.strangers.retain_recent();
        self.clients.retain_recent();
        self.counters.retain_recent();
        self.pairings.retain_recent();
    }
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), u64> {
    limiter
        .check_key(key)
        .map_err(|until| until.wait_time_from(DefaultClock::default().now()).as_secs() + 1)
}
