//! Who waits for a shop's next event.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

/// One bell a shop that somebody waits for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wakers(Arc<Mutex<HashMap<String, watch::Sender<()>>>>);

impl Wakers {
    /// The bell of a shop, as it will ring from now on: take it before reading, or an event in between is missed.
    pub(crate) fn listen(&self, shop_id: &str) -> watch::Receiver<()> {
        let mut bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match bells.get(shop_id) {
            Some(bell) => bell.subscribe(),
            None => {
                // Bells that nobody listens to any more go when a new one comes.
                if bells.len() >= 64 && bells.len().is_power_of_two() {
                    bells.retain(|_, bell| bell.receiver_count() > 0);
                }
                let (bell, listener) = watch::channel(());
                bells.insert(shop_id.to_owned(), bell);
                listener
            }
        }
    }

    /// Something was appended to a shop.
    pub(crate) fn wake(&self, shop_id: &str) {
        let bells = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bell) = bells.get(shop_id) {
            bell.send_replace(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_for_its_shop_and_forgets_who_left() {
        let wakers = Wakers::default();
        let (ours, theirs) = (wakers.listen("ours"), wakers.listen("theirs"));
        wakers.wake("ours");
        wakers.wake("nobody's");
        assert!(ours.has_changed().is_ok_and(|rang| rang), "something came");
        assert!(theirs.has_changed().is_ok_and(|rang| !rang), "not for them");
        for n in 0..1_000 {
            drop(wakers.listen(&n.to_string()));
        }
        let kept = wakers.0.lock().unwrap_or_else(PoisonError::into_inner).len();
        assert!(kept <= 64 + 2, "{kept} bells for two listeners");
        wakers.wake("theirs");
        assert!(theirs.has_changed().is_ok_and(|rang| rang), "still there");
    }
}
