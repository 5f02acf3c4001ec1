//! Who is let in, and under which letter: both engines decide alike.

use relay_wire::ShopPublicKey;

use super::{Counter, NewCounter, Shop};

/// Letters in the order they are given out: Crockford's, which leaves out I, L, O and U because they are misread.
const LETTERS: &str = "ABCDEFGHJKMNPQRSTVWXYZ";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Admitted {
    As(char),
    OtherKey,
    Full,
}

/// `counters`: all that the shop ever had.
pub(super) fn admit(shop: &Shop, counters: &[Counter], key: &ShopPublicKey) -> Admitted {
    let somebody_holds_it = counters.iter().any(|counter| !counter.revoked);
    if somebody_holds_it && shop.key.as_ref() != Some(key) {
        return Admitted::OtherKey;
    }
    LETTERS
        .chars()
        .find(|letter| counters.iter().all(|counter| counter.letter != *letter))
        .map_or(Admitted::Full, Admitted::As)
}

impl NewCounter {
    /// The counter that it becomes.
    pub(super) fn admitted(&self, shop_id: &str, letter: char) -> Counter {
        Counter {
            id: self.id.clone(),
            shop_id: shop_id.to_owned(),
            name: self.name.clone(),
            letter,
            revoked: false,
            acked: 0,
            heard_ms: None,
            anchor: None,
        }
    }
}
