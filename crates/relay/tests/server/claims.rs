//! Claims: one payment, one counter.

use relay_wire::{ClaimKey, ClaimsAnswer};
use serde_json::json;

use crate::made::House;

#[tokio::test]
async fn the_first_counter_has_a_payment_for_ever() {
    let house = House::new().await;
    let (_, a) = house.open_shop("Duka").await;
    let b = a.another().await;
    let (_, elsewhere) = house.open_shop("Jirani").await;
    let key = |receipt| ClaimKey::of(&a.secret, receipt);
    let ask = async |till: &crate::made::Till, keys: &[ClaimKey]| {
        let answer: ClaimsAnswer = till
            .post("/v1/claims", &json!({"claims": keys}))
            .await
            .json()
            .await
            .unwrap();
        answer
            .claims
            .iter()
            .map(|claimed| claimed.holder)
            .collect::<String>()
    };
    assert_eq!(ask(&a, &[key("R1"), key("R2")]).await, "AA", "both are A's");
    assert_eq!(ask(&b, &[key("R2"), key("R3")]).await, "AB", "one was too late");
    assert_eq!(
        ask(&a, &[key("R3"), key("R2"), key("R2")]).await,
        "BAA",
        "it stays so, in the order of asking"
    );
    assert_eq!(
        ask(&elsewhere, &[key("R1")]).await,
        "A",
        "another shop's letters are its own"
    );
    assert_eq!(ask(&a, &[]).await, "", "nothing");
    let metrics = house.metrics().await;
    assert!(
        metrics.contains(r#"keshia_relay_claims_total{outcome="lost"} 2"#),
        "counted:\n{metrics}"
    );
}
