//! Heartbeats: who was heard, how far it has come, and a chain that only grows.

use relay_wire::HeartbeatAnswer;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::made::{House, Till, payment};

async fn beat(till: &Till, seq: u64, chain: Value, before: Value) -> HeartbeatAnswer {
    let mut cursor = till.paired.cursor;
    cursor.seq = seq;
    let answer = till
        .post(
            "/v1/heartbeat",
            &json!({"cursor": cursor, "chain": chain, "before": before}),
        )
        .await;
    assert_eq!(answer.status(), StatusCode::OK, "heard");
    answer.json().await.unwrap()
}

fn link(rows: u64, digit: &str) -> Value {
    json!({"rows": rows, "head": digit.repeat(64)})
}

#[tokio::test]
async fn a_chain_that_was_rewritten_is_refused() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    house.post(&shop.confirmation(), payment("A", "")).await;
    let first = beat(&till, 0, link(3, "a"), Value::Null).await;
    assert_eq!(
        (first.chain_refused, first.others),
        (false, 0),
        "the first that is shown"
    );
    assert_eq!(json!(first.anchor), link(3, "a"), "is remembered");
    let grown = beat(&till, 1, link(5, "b"), link(3, "a")).await;
    assert_eq!(
        (grown.chain_refused, json!(grown.anchor)),
        (false, link(5, "b")),
        "it grew"
    );
    for (chain, before, why) in [
        (link(4, "c"), Value::Null, "shorter"),
        (link(5, "c"), Value::Null, "another end"),
        (link(9, "c"), link(5, "c"), "an old row was changed"),
        (Value::Null, Value::Null, "no book at all"),
    ] {
        let answer = beat(&till, 1, chain, before).await;
        assert!(answer.chain_refused, "{why}");
        assert_eq!(json!(answer.anchor), link(5, "b"), "{why}: what was seen stays");
    }
    let metrics = house.metrics().await;
    assert!(
        metrics.contains(r#"keshia_relay_chains_total{outcome="refused"} 4"#),
        "and each refusal is counted:\n{metrics}"
    );
    let other = till.another().await;
    assert_eq!(
        beat(&other, 0, Value::Null, Value::Null).await.others,
        1,
        "the first counter"
    );
    let counters = house.log.counters(&shop.id).await.unwrap();
    assert_eq!(counters[0].acked, 1, "what it has committed");
    assert!(
        counters.iter().all(|counter| counter.heard_ms.is_some()),
        "both were heard"
    );
    let metrics = house.metrics().await;
    assert!(
        metrics.contains(r#"keshia_relay_counters{heard="1m"} 2"#),
        "and counted:\n{metrics}"
    );
}

#[tokio::test]
async fn a_restored_book_goes_on_when_its_owner_says_so() {
    let house = House::new().await;
    let (_, till) = house.open_shop("Duka").await;
    beat(&till, 0, link(9, "a"), Value::Null).await;
    let shorter = beat(&till, 0, link(4, "b"), Value::Null).await;
    assert!(shorter.chain_refused, "nobody has said why");
    let restored = |chain: Value| json!({"cursor": till.paired.cursor, "chain": chain, "before": null, "begins_anew": true});
    let said = async |body: Value| -> HeartbeatAnswer {
        let answer = till.post("/v1/heartbeat", &body).await;
        answer.json().await.unwrap()
    };
    assert!(
        said(restored(Value::Null)).await.chain_refused,
        "a book without any rows was not restored from anything"
    );
    let answer = said(restored(link(4, "b"))).await;
    assert_eq!(
        (answer.chain_refused, json!(answer.anchor)),
        (false, link(4, "b")),
        "the relay goes on with it"
    );
    let grown = beat(&till, 0, link(6, "c"), link(4, "b")).await;
    assert_eq!(
        (grown.chain_refused, json!(grown.anchor)),
        (false, link(6, "c")),
        "and it grows from there"
    );
    assert!(
        beat(&till, 0, link(5, "d"), Value::Null).await.chain_refused,
        "and goes back no more"
    );
    let metrics = house.metrics().await;
    assert!(
        metrics.contains(r#"keshia_relay_chains_total{outcome="restored"} 1"#),
        "the operator sees it:\n{metrics}"
    );
}
