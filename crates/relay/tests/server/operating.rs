//! Health and counts.

use reqwest::StatusCode;

use crate::made::{House, payment};

#[tokio::test]
async fn counts_are_for_the_operators_own_network() {
    let house = House::new().await;
    let (shop, _) = house.open_shop("Duka").await;
    house.post(&shop.confirmation(), payment("A", "")).await;
    house.post("/nowhere", "").await;
    let metrics = house.metrics().await;
    for line in [
        r#"keshia_relay_events_total{kind="confirmation"} 1"#,
        r#"keshia_relay_marks_total{mark="source_unknown"} 1"#,
        r#"keshia_relay_refused_total{reason="no_such_address"} 1"#,
        "keshia_relay_append_seconds_count 1",
        "keshia_relay_one_copy_now 0",
        r#"keshia_relay_counters{heard="never"} 1"#,
    ] {
        assert!(metrics.contains(line), "{line} in\n{metrics}");
    }
    let url = format!("{}/metrics", house.base());
    let forwarded = house
        .client
        .get(url)
        .header("x-forwarded-for", "8.8.8.8")
        .send()
        .await
        .unwrap();
    assert_eq!(
        forwarded.status(),
        StatusCode::NOT_FOUND,
        "the world does not see them through a proxy"
    );
    let health = house
        .client
        .get(format!("{}/healthz", house.base()))
        .send()
        .await
        .unwrap();
    assert_eq!(health.status(), StatusCode::OK, "the log answers");
}
