//! Ways to a push that do not lead past all the others. Made from the state, and never saved.

use std::collections::BTreeMap;

use super::World;
use super::ledger::Push;

/// Pushes are named by their sequence number.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    by_id: BTreeMap<String, u64>,
    /// The last push that made a prompt on each phone. An earlier one is never alive: a phone with a live
    /// prompt gets no other.
    prompted: BTreeMap<String, u64>,
}

impl Index {
    pub(super) fn of(pushes: &[Push]) -> Self {
        let mut index = Self::default();
        for push in pushes {
            index.add(push);
        }
        index
    }

    pub(super) fn add(&mut self, push: &Push) {
        self.by_id.insert(push.checkout_request_id.clone(), push.seq);
        if push.prompted {
            self.prompted.insert(push.msisdn.clone(), push.seq);
        }
    }

    pub(super) fn has(&self, checkout_request_id: &str) -> bool {
        self.by_id.contains_key(checkout_request_id)
    }
}

impl World {
    /// The push with this CheckoutRequestID, as it stands at [`World::now_ms`].
    #[must_use]
    pub fn push_named(&self, checkout_request_id: &str) -> Option<&Push> {
        self.push(*self.index.by_id.get(checkout_request_id)?)
    }

    /// The push whose prompt is on this phone at [`World::now_ms`].
    #[must_use]
    pub fn live_push(&self, msisdn: &str) -> Option<&Push> {
        let push = self.push(*self.index.prompted.get(msisdn)?)?;
        push.prompt_live.then_some(push)
    }

    pub(super) fn push(&self, seq: u64) -> Option<&Push> {
        self.state.pushes.get(self.place_of(seq)?)
    }

    pub(super) fn push_mut(&mut self, seq: u64) -> Option<&mut Push> {
        let place = self.place_of(seq)?;
        self.state.pushes.get_mut(place)
    }

    /// Sequence numbers only grow, so the pushes are in their order.
    fn place_of(&self, seq: u64) -> Option<usize> {
        self.state.pushes.binary_search_by_key(&seq, |push| push.seq).ok()
    }
}
