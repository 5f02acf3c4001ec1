//! How counters get in, and out.

use relay_wire::{LinkPairing, ProblemCode, ShopSecret};
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::made::{House, payment, refused, try_pair};

#[tokio::test]
async fn a_second_counter_reads_what_is_kept_and_has_its_own_letter() {
    let house = House::new().await;
    let (shop, first) = house.open_shop("Duka").await;
    assert_eq!(first.paired.hook, shop.hook, "the counter learns the path");
    assert_eq!(
        (first.paired.letter, first.paired.shop_name.as_str()),
        ('A', "Duka"),
        "the first"
    );
    house.post(&shop.confirmation(), payment("UJ6E5918JJ", "")).await;
    let second = first.another().await;
    assert_eq!(
        (second.paired.letter, &second.paired.hook),
        ('B', &shop.hook),
        "the second"
    );
    assert_eq!(
        second.all().await,
        first.all().await,
        "it reads what came before it"
    );
    assert_eq!(second.all().await.len(), 1, "which is one event");
}

#[tokio::test]
async fn a_code_is_good_once_and_the_key_must_be_the_shops() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    let base = house.base();
    let code = house.code(&shop).await;
    let stranger = try_pair(&house.client, &base, &code, &ShopSecret::random()).await;
    assert_eq!(
        refused(stranger).await,
        (409, ProblemCode::OtherKey),
        "a code alone does not make a reader"
    );
    let ours = try_pair(&house.client, &base, &code, &till.secret).await;
    assert_eq!(
        ours.status(),
        StatusCode::OK,
        "the code is still good for the shop's own"
    );
    let again = try_pair(&house.client, &base, &code, &till.secret).await;
    assert_eq!(refused(again).await, (403, ProblemCode::PairingCode), "but once");
    let guess = try_pair(&house.client, &base, "guess", &till.secret).await;
    assert_eq!(refused(guess).await, (403, ProblemCode::PairingCode), "a guess");
}

#[tokio::test]
async fn a_counter_that_was_shut_out_is_out_at_once_even_while_it_waits() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    let other = till.another().await;
    let waiting = tokio::spawn(async move {
        let path = format!("/v1/events?after={}&wait=20", other.paired.cursor);
        let answer = other.ask(Method::GET, &path).send().await.unwrap();
        (refused(answer).await, other)
    });
    while !house.metrics().await.contains("long_polls 1") {}
    // As the operator's command does it, in another process.
    let counters = house.log.counters(&shop.id).await.unwrap();
    let b = counters.iter().find(|counter| counter.letter == 'B').unwrap();
    assert!(house.log.revoke(&b.id).await.unwrap(), "shut out");
    house.post(&shop.confirmation(), payment("UJ6E5918JJ", "")).await;
    let (told, other) = waiting.await.unwrap();
    assert_eq!(told, (401, ProblemCode::NotLetIn), "what comes now is not for it");
    for path in ["/v1/pairings", "/v1/heartbeat", "/v1/claims"] {
        let answer = other.post(path, &json!({})).await;
        assert_eq!(refused(answer).await, (401, ProblemCode::NotLetIn), "{path}");
    }
    assert_eq!(till.all().await.len(), 1, "the other one reads on");
}

#[tokio::test]
async fn a_code_tells_until_when_it_is_good() {
    let house = House::new().await;
    let (_, till) = house.open_shop("Duka").await;
    let (_, page) = till.read(till.paired.cursor, 0).await;
    let link: LinkPairing = till.post("/v1/pairings", &json!({})).await.json().await.unwrap();
    let good = link.expires_ms - page.now_ms;
    assert!(
        (599_000..=605_000).contains(&good),
        "ten minutes by the relay's clock: {good} ms"
    );
}

#[tokio::test]
async fn pairing_is_not_to_be_hammered() {
    let house = House::new().await;
    let mut told = None;
    for _ in 0..40 {
        let answer = try_pair(&house.client, &house.base(), "guess", &ShopSecret::random()).await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            told = answer
                .headers()
                .get("retry-after")
                .map(|after| after.to_str().unwrap().to_owned());
            assert_eq!(refused(answer).await, (429, ProblemCode::TooMany), "enough");
            break;
        }
    }
    let seconds: u64 = told.expect("forty in a row are too many").parse().unwrap();
    assert!((1..=10).contains(&seconds), "come back in {seconds} s");
}
