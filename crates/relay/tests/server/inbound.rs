//! Safaricom's posts: sealed, committed, answered, and marked but never refused for what they are.

use relay::{Proxies, Settings};
use relay_wire::{Kind, Mark};
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::made::{House, payment, stk_result};

#[tokio::test]
async fn a_post_reaches_the_till_as_it_came() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    let (stk, c2b) = (stk_result("ws_CO_1"), payment("UJ6E5918JJ", "K1000273"));
    let answer = house.post(&shop.stk("push-1"), stk.clone()).await;
    assert_eq!(answer.status(), StatusCode::OK, "kept");
    let said: Value = answer.json().await.unwrap();
    assert_eq!(
        said,
        json!({"ResultCode": 0, "ResultDesc": "Accepted"}),
        "Safaricom's own words"
    );
    let answer = house.post(&shop.confirmation(), c2b.clone()).await;
    let said: Value = answer.json().await.unwrap();
    assert_eq!(
        said,
        json!({"ResultCode": 0, "ResultDesc": "Success"}),
        "Safaricom's own words"
    );

    let events = till.all().await;
    let seen: Vec<_> = events
        .iter()
        .map(|(seq, event)| (*seq, event.kind, event.path.as_str(), event.body.as_slice()))
        .collect();
    assert_eq!(
        seen,
        [
            (1, Kind::Stk, "push-1/s3cret", stk.as_bytes()),
            (2, Kind::Confirmation, "", c2b.as_bytes())
        ],
        "byte for byte, in order, with the push's own path"
    );
    let marks = &events[0].1.marks;
    assert_eq!(
        marks,
        &[Mark::SourceUnknown],
        "from this machine: a proxy, for all that the relay knows"
    );
}

#[tokio::test]
async fn what_is_odd_is_marked_and_kept() {
    let trusted = Settings {
        proxies: Proxies::new(vec!["127.0.0.1/32".parse().unwrap()]),
        ..Settings::default()
    };
    let house = House::with(trusted).await;
    let (shop, till) = house.open_shop("Duka").await;
    let from = async |address: &str, path: String, body: &str| {
        let url = format!("{}{path}", house.base());
        let post = house.client.post(url).header("x-forwarded-for", address);
        let status = post.body(body.to_owned()).send().await.unwrap().status();
        assert_eq!(status, StatusCode::OK, "{body:.40} from {address} is kept");
    };
    let safaricom = "196.201.214.200";
    let deep = "[".repeat(60_000);
    from(safaricom, shop.stk("a"), &stk_result("ws_CO_1")).await;
    from("41.90.1.2", shop.stk("a"), &stk_result("ws_CO_1")).await;
    from("nobody", shop.stk("a"), &stk_result("ws_CO_1")).await;
    for odd in [
        "",
        "no json",
        "{\"Body\":",
        r#"{"Body":{"stkCallback":{"CheckoutRequestID":7}}}"#,
        &deep,
        "\u{0}\u{ffff}",
    ] {
        from(safaricom, shop.stk("a"), odd).await;
        from(safaricom, shop.confirmation(), odd).await;
    }
    let events = till.all().await;
    let marks: Vec<_> = events.iter().map(|(_, event)| event.marks.clone()).collect();
    assert_eq!(marks[0], [], "Safaricom's, as it should be");
    assert_eq!(marks[1], [Mark::Source], "a stranger's");
    assert_eq!(marks[2], [Mark::SourceUnknown], "the proxy does not say");
    assert_eq!(marks.len(), 15, "all are kept");
    assert!(
        marks[3..].iter().all(|marks| marks == &[Mark::Shape]),
        "and marked: {marks:?}"
    );
    assert_eq!(events[11].1.body, deep.as_bytes(), "as deep as it was");
}

#[tokio::test]
async fn a_flood_is_marked_and_kept() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    for n in 0..260 {
        let status = house
            .post(&shop.confirmation(), payment("UJ6E5918JJ", ""))
            .await
            .status();
        assert_eq!(
            status,
            StatusCode::OK,
            "post {n}: duplicates and floods are the till's to judge"
        );
    }
    let events = till.all().await;
    let marked = events
        .iter()
        .filter(|(_, event)| event.marks.contains(&Mark::Rate))
        .count();
    assert_eq!(events.len(), 260, "all are kept");
    assert!(
        events[0].1.marks == [Mark::SourceUnknown],
        "the first is no flood"
    );
    assert!(marked > 0, "the last ones are");
    let places: Vec<u64> = events.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(places, (1..=260).collect::<Vec<_>>(), "without gaps");
}

#[tokio::test]
async fn a_path_that_is_no_shops_takes_nothing() {
    let house = House::new().await;
    let keyless = house.shop("without a counter").await;
    let (shop, till) = house.open_shop("Duka").await;
    let other = "0".repeat(64);
    for path in [
        format!("/h/{other}/stk/a/b"),
        format!("/h/{other}/c2b/confirmation"),
        format!("/h/{other}/c2b/validation"),
        keyless.stk("a"),
        keyless.confirmation(),
        keyless.validation(),
        format!("/h/{}/stk/a", shop.hook),
        format!("/h/{}/stk/%ff/b", shop.hook),
        format!("/h/{}/c2b/other", shop.hook),
        format!("/h/{}/", shop.hook),
        "/".into(),
    ] {
        let answer = house.post(&path, stk_result("ws_CO_1")).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.text().await.unwrap(), "", "nothing is said back");
    }
    assert_eq!(till.all().await, [], "and nothing was kept");
}
