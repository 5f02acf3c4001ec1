//! One key exchange with each busy shop for some minutes of its events, because it costs as much as all else that is
//! done with one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use relay_wire::{SealError, Sealer, ShopPublicKey};

/// How long one exchange serves. Whoever reads this process' memory can open what it sealed for so long before (and
/// sees what comes in anyway); after that the key is gone.
const LIFE: Duration = Duration::from_secs(5 * 60);

/// When each exchange was made, by the shop's key.
type Known = HashMap<[u8; 32], (Instant, Arc<Sealer>)>;

/// The exchanges that serve now.
#[derive(Debug, Default)]
pub(crate) struct Sealers(Mutex<Known>);

impl Sealers {
    /// The one that seals to this key now.
    pub(crate) fn of(&self, key: &ShopPublicKey) -> Result<Arc<Sealer>, SealError> {
        let known = self.known().get(key.as_bytes()).cloned();
        if let Some((made, sealer)) = known
            && made.elapsed() < LIFE
        {
            return Ok(sealer);
        }
        // Two at once make two, of which both are good.
        let sealer = Arc::new(Sealer::to(key)?);
        self.known()
            .insert(*key.as_bytes(), (Instant::now(), Arc::clone(&sealer)));
        Ok(sealer)
    }

    /// Lets go of those that have served.
    pub(crate) fn forget_old(&self) {
        self.known().retain(|_, (made, _)| made.elapsed() < LIFE);
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use relay_wire::{Inbound, Kind, ShopKey, ShopSecret};

    use super::*;

    #[test]
    fn each_shop_has_its_own_and_an_old_one_goes() {
        let sealers = Sealers::default();
        let keys = [(); 2].map(|()| ShopKey::of(&ShopSecret::random()));
        let [first, second] = [0, 1].map(|n| sealers.of(keys[n].public()).unwrap());
        let event = Inbound {
            kind: Kind::Confirmation,
            path: String::new(),
            received_ms: 0,
            marks: Vec::new(),
            body: Vec::new(),
        };
        let sealed = first.seal("s", &event).unwrap();
        assert_eq!(keys[0].open("s", &sealed), Ok(event.clone()), "its own shop");
        assert!(keys[1].open("s", &sealed).is_err(), "not the other");
        assert!(!Arc::ptr_eq(&first, &second), "each has its own");
        assert!(
            Arc::ptr_eq(&first, &sealers.of(keys[0].public()).unwrap()),
            "one exchange serves many events"
        );
        for (made, _) in sealers.known().values_mut() {
            *made = Instant::now().checked_sub(LIFE).unwrap();
        }
        assert!(
            !Arc::ptr_eq(&first, &sealers.of(keys[0].public()).unwrap()),
            "an old one serves no longer"
        );
        sealers.forget_old();
        assert_eq!(sealers.known().len(), 1, "and is let go of");
    }
}
