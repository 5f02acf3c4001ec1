//! The guide's open addresses: only for a relay that serves one shop, and they prove nothing.

use relay_wire::Kind;
use reqwest::StatusCode;

use crate::made::{House, payment, stk_result};

#[tokio::test]
async fn they_serve_the_only_shop_and_nobody_when_there_are_two() {
    let house = House::new().await;
    let paths = ["callback", "confirmation", "validation"].map(|what| format!("/api/mpesa/{what}"));
    for path in &paths {
        let status = house.post(path, stk_result("ws_CO_1")).await.status();
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}: no shop");
    }
    let (_, till) = house.open_shop("Duka").await;
    for path in &paths {
        let status = house.post(path, payment("UJ6E5918JJ", "")).await.status();
        assert_eq!(status, StatusCode::OK, "{path}: one shop");
    }
    let mut events = till.all().await;
    while events.len() < 3 {
        let last = events.last().map_or(0, |(seq, _)| *seq);
        let mut cursor = till.paired.cursor;
        cursor.seq = last;
        let (_, page) = till.read(cursor, 10).await;
        events.extend(till.open(&page));
    }
    assert!(
        events
            .iter()
            .all(|(_, event)| event.kind == Kind::Open && event.path.is_empty()),
        "whatever they carry, they are hints of nobody's: {events:?}"
    );
    house.shop("Duka la pili").await;
    // A shop that another process adds is noticed within the second for which the only one is remembered.
    let noticed = async {
        while house.post(&paths[0], stk_result("ws_CO_1")).await.status() != StatusCode::NOT_FOUND {}
    };
    let in_time = tokio::time::timeout(std::time::Duration::from_secs(20), noticed).await;
    assert!(in_time.is_ok(), "whose would it be?");
}
