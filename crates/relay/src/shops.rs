//! Shops as this process remembers them, for a moment: another process may add, pair or change them at any time.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use relay_wire::TokenHash;

use crate::log::{EventLog, LogError, Shop};

/// How long a shop is believed to be as it was. A path that is no shop's is not remembered.
const FRESH: Duration = Duration::from_secs(1);

/// Whose path is it?
pub(crate) struct Shops {
    log: Arc<dyn EventLog>,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    by_hook: HashMap<[u8; 32], (Instant, Arc<Shop>)>,
    only: Option<(Instant, Option<Arc<Shop>>)>,
}

impl Shops {
    pub(crate) fn new(log: Arc<dyn EventLog>) -> Self {
        Self {
            log,
            known: Mutex::default(),
        }
    }

    /// The shop of a secret path.
    pub(crate) async fn of_hook(&self, hook: &TokenHash) -> Result<Option<Arc<Shop>>, LogError> {
        if let Some((at, shop)) = self.known().by_hook.get(hook.as_bytes())
            && at.elapsed() < FRESH
        {
            return Ok(Some(Arc::clone(shop)));
        }
        let shop = self.log.shop_of_hook(hook).await?.map(Arc::new);
        let mut known = self.known();
        match &shop {
            Some(shop) => {
                known
                    .by_hook
                    .insert(*hook.as_bytes(), (Instant::now(), Arc::clone(shop)));
            }
            None => {
                known.by_hook.remove(hook.as_bytes());
            }
        }
        Ok(shop)
    }

    /// The shop of a secret path as it was last seen, however long ago: for an answer that cannot wait.
    pub(crate) fn last_seen(&self, hook: &TokenHash) -> Option<Arc<Shop>> {
        let known = self.known();
        known
            .by_hook
            .get(hook.as_bytes())
            .map(|(_, shop)| Arc::clone(shop))
    }

    /// The shop, when there is exactly one. That there are more is remembered too, because anybody can ask for it
    /// and all shops are read for the answer.
    pub(crate) async fn only(&self) -> Result<Option<Arc<Shop>>, LogError> {
        if let Some((at, shop)) = &self.known().only
            && at.elapsed() < FRESH
        {
            return Ok(shop.clone());
        }
        let mut shops = self.log.shops().await?;
        let only = match (shops.pop(), shops.is_empty()) {
            (Some(shop), true) => Some(Arc::new(shop)),
            (Some(_), false) | (None, _) => None,
        };
        self.known().only = Some((Instant::now(), only.clone()));
        Ok(only)
    }

    /// A shop has changed: look anew.
    pub(crate) fn forget(&self) {
        *self.known() = Known::default();
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
