//! Shops, counters and events for tests.

use relay::log::{
    Appended, Counter, EventLog, Heard, NewCounter, NewEvent, Paired, PairingCode, Shop, Validation,
};
use relay_wire::{ClaimKey, Cursor, ShopKey, ShopPublicKey, ShopSecret, Token, TokenHash};

/// Some moment, milliseconds since 1970.
pub const NOW: i64 = 1_795_000_000_000;
pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

pub fn hash() -> TokenHash {
    Token::random().hash()
}

/// A random id.
pub fn id() -> String {
    Token::random().expose()[..32].to_owned()
}

pub fn public_key() -> ShopPublicKey {
    ShopKey::of(&ShopSecret::random()).public().clone()
}

pub fn claim_key(receipt: &str) -> ClaimKey {
    ClaimKey::of(&ShopSecret::parse(&"07".repeat(32)).unwrap(), receipt)
}

pub fn a_shop(name: &str) -> Shop {
    Shop {
        id: id(),
        name: name.into(),
        hook: hash(),
        key: None,
        validation: Validation::AcceptAll,
    }
}

pub async fn add_shop(log: &dyn EventLog, name: &str) -> Shop {
    let shop = a_shop(name);
    log.add_shop(&shop).await.expect("a new shop");
    shop
}

pub fn a_counter(key: &ShopPublicKey) -> NewCounter {
    NewCounter {
        id: id(),
        name: "Front".into(),
        token: hash(),
        key: key.clone(),
    }
}

pub async fn a_code(log: &dyn EventLog, shop: &Shop) -> TokenHash {
    let code = PairingCode {
        hash: hash(),
        shop_id: shop.id.clone(),
        expires_ms: NOW + 10 * MINUTE,
    };
    log.add_pairing(&code).await.expect("a new code");
    code.hash
}

pub async fn pair(log: &dyn EventLog, shop: &Shop, key: &ShopPublicKey) -> Counter {
    let code = a_code(log, shop).await;
    match log.pair(&code, &a_counter(key), NOW).await.unwrap() {
        Paired::In { counter, .. } => *counter,
        refused @ (Paired::NoSuchCode | Paired::OtherKey | Paired::Full) => {
            panic!("a fresh code lets in, not {refused:?}")
        }
    }
}

pub fn event(shop: &Shop, content: &str) -> NewEvent {
    event_at(shop, content, NOW)
}

pub fn event_at(shop: &Shop, content: &str, received_ms: i64) -> NewEvent {
    NewEvent {
        shop_id: shop.id.clone(),
        received_ms,
        sealed: content.as_bytes().to_vec(),
    }
}

/// Appends, and every event must be kept.
pub async fn append(log: &dyn EventLog, batch: &[NewEvent]) -> Vec<Appended> {
    let answers = log.append(batch).await;
    answers
        .into_iter()
        .map(|answer| answer.expect("an event is kept"))
        .collect()
}

/// The contents that a reader gets after a place.
pub async fn contents(log: &dyn EventLog, shop: &Shop, after: u64) -> Vec<String> {
    let page = log.read(&shop.id, after, 1000).await.unwrap();
    page.events
        .into_iter()
        .map(|event| String::from_utf8(event.sealed).unwrap())
        .collect()
}

/// A heartbeat in the present life.
pub async fn acked(log: &dyn EventLog, counter: &Counter, seq: u64) {
    let epoch = log.epoch(&counter.shop_id).await.unwrap();
    let heard = Heard {
        cursor: Cursor { epoch, seq },
        at_ms: NOW,
        anchor: None,
        begins_anew: false,
    };
    log.heard(counter, &heard).await.unwrap();
}

/// A counter as the log knows it now.
pub async fn present(log: &dyn EventLog, counter: &Counter) -> Counter {
    let all = log.counters(&counter.shop_id).await.unwrap();
    all.into_iter().find(|one| one.id == counter.id).unwrap()
}
