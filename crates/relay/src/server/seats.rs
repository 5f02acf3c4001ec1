//! How many connections are open, in all and of one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::relay::Settings;
use crate::source::{Proxies, household};

/// How many of each address are taken.
type Taken = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// All seats.
#[derive(Debug)]
pub(super) struct Seats {
    all: Arc<Semaphore>,
    most: u32,
    most_each: usize,
    proxies: Proxies,
    taken: Taken,
}

/// One connection's, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    _one: OwnedSemaphorePermit,
    of: Option<(IpAddr, Taken)>,
}

impl Seats {
    pub(super) fn new(settings: &Settings) -> Self {
        let most = u32::try_from(settings.most_connections).unwrap_or(u32::MAX);
        Self {
            all: Arc::new(Semaphore::new(settings.most_connections)),
            most,
            most_each: settings.most_connections_each,
            proxies: settings.proxies.clone(),
            taken: Arc::default(),
        }
    }

    /// A seat for a connection of this address; `None` when there is none left for it.
    pub(super) fn take(&self, peer: IpAddr) -> Option<Seat> {
        let one = Arc::clone(&self.all).try_acquire_owned().ok()?;
        if self.proxies.trusts(peer.to_canonical()) {
            return Some(Seat { _one: one, of: None });
        }
        let of = household(peer);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(of).or_default();
        if *count >= self.most_each {
            return None;
        }
        *count += 1;
        Some(Seat {
            _one: one,
            of: Some((of, Arc::clone(&self.taken))),
        })
    }

    /// Waits until nobody sits.
    pub(super) async fn empty(&self) {
        // It is never closed; were it, nobody would sit.
        let _ = self.all.acquire_many(self.most).await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let Some((of, taken)) = &self.of else { return };
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(of) {
            *count -= 1;
            if *count == 0 {
                taken.remove(of);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn one_address_leaves_seats_for_others() {
        let seats = Seats::new(&Settings {
            most_connections: 5,
            most_connections_each: 2,
            proxies: Proxies::new(vec!["10.0.0.0/8".parse().unwrap()]),
            ..Settings::default()
        });
        let take = |address: &str| seats.take(address.parse().unwrap());
        let greedy: Vec<Seat> = (0..9).filter_map(|_| take("8.8.8.8")).collect();
        assert_eq!(greedy.len(), 2, "no more than its own");
        let proxy: Vec<Seat> = (0..9).filter_map(|_| take("10.0.0.1")).collect();
        assert_eq!(
            proxy.len(),
            3,
            "a trusted proxy brings many people, but not more than there are seats"
        );
        assert!(take("9.9.9.9").is_none(), "full");
        drop((greedy, proxy));
        assert!(take("9.9.9.9").is_some(), "given back");
        let taken = seats.taken.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(taken.is_empty(), "nobody who left is remembered");
    }
}
