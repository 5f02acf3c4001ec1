//! The owner's page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relay_wire::{CounterHeard, Matter, OwnersDay, ProblemCode};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::made::{House, Till, refused};

async fn put(till: &Till, page: &Value) -> reqwest::Response {
    till.ask(Method::PUT, "/v1/day").json(page).send().await.unwrap()
}

#[tokio::test]
async fn a_page_is_put_read_replaced_and_taken_away() {
    let house = House::new().await;
    let (_, till) = house.open_shop("Duka").await;
    let (_, neighbour) = house.open_shop("Jirani").await;
    let page = |id: &str, content: &[u8]| json!({"id": id, "sealed": STANDARD.encode(content)});
    let (first, second) = ("first-page-of-the-shop", "second_page_of_the_shop");
    let get = async |id: &str| {
        let url = format!("{}/day/{id}/data", house.base());
        house.client.get(url).send().await.unwrap()
    };
    assert_eq!(
        refused(get(first).await).await,
        (404, ProblemCode::NotFound),
        "not yet"
    );
    assert_eq!(
        put(&till, &page(first, &[7; 40])).await.status(),
        StatusCode::NO_CONTENT,
        "put"
    );
    let answer = get(first).await;
    let headers = answer.headers().clone();
    assert!(
        headers.contains_key("last-modified") && headers.contains_key("date"),
        "its age can be told"
    );
    assert_eq!(
        headers["cache-control"], "no-store",
        "and nobody on the way keeps it"
    );
    assert_eq!(answer.bytes().await.unwrap().as_ref(), [7; 40], "byte for byte");

    let stolen = put(&neighbour, &page(first, &[8; 40])).await;
    assert_eq!(
        refused(stolen).await,
        (400, ProblemCode::BadRequest),
        "another shop's name is not to be had"
    );
    put(&till, &page(second, &[9; 40])).await;
    assert_eq!(
        get(first).await.status(),
        StatusCode::NOT_FOUND,
        "a new link ends the old one"
    );
    assert_eq!(
        get(second).await.bytes().await.unwrap().as_ref(),
        [9; 40],
        "and shows the new one"
    );
    let gone = till.ask(Method::DELETE, "/v1/day").send().await.unwrap();
    assert_eq!(gone.status(), StatusCode::NO_CONTENT, "taken away");
    assert_eq!(get(second).await.status(), StatusCode::NOT_FOUND, "it is");

    for (bad, why) in [
        (page("short", &[7; 40]), "a name that can be guessed"),
        (page("with/slash-and-long-enough", &[7; 40]), "no name"),
        (page(second, &[7; 27]), "no room for a nonce and a tag"),
        (json!({"id": second, "sealed": "%%%"}), "no base 64"),
    ] {
        assert_eq!(
            refused(put(&till, &bad).await).await,
            (400, ProblemCode::BadRequest),
            "{why}"
        );
    }
}

#[tokio::test]
async fn the_pages_policy_lets_in_what_is_in_it_and_nothing_else() {
    let house = House::new().await;
    let url = format!("{}/day/any-name-at-all-will-do", house.base());
    let answer = house.client.get(url).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK, "the frame is the same for all");
    let policy = answer.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        answer.headers()["referrer-policy"],
        "no-referrer",
        "the name goes nowhere"
    );
    let html = answer.text().await.unwrap();
    for (open, close, rule) in [
        ("<style>", "</style>", "style-src"),
        ("<script>", "</script>", "script-src"),
    ] {
        let inside = html.split_once(open).unwrap().1.split_once(close).unwrap().0;
        let hash = STANDARD.encode(Sha256::digest(inside.as_bytes()));
        assert!(
            policy.contains(&format!("{rule} 'sha256-{hash}'")),
            "{rule} in {policy}"
        );
        assert!(inside.len() > 500, "{open} is filled");
    }
    assert!(
        policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
        "{policy}"
    );
    assert!(
        !html.contains("http://") && !html.contains("https://") && !html.contains("src="),
        "nothing from outside"
    );
}

#[tokio::test]
async fn the_pages_script_reads_the_words_that_the_till_writes() {
    let house = House::new().await;
    let url = format!("{}/day/any-name-at-all-will-do", house.base());
    let html = house.client.get(url).send().await.unwrap().text().await.unwrap();
    let day = OwnersDay {
        shop: "Duka".into(),
        day: "2026-10-06".into(),
        made_at: 1,
        taken: 1,
        mpesa_proved: 1,
        mpesa_not_proved: 1,
        cash: 1,
        refunds_due: 1,
        matters: vec![Matter {
            title: "Refund due".into(),
            amount: Some(1),
        }],
        counters: vec![CounterHeard {
            letter: 'A',
            heard: Some(1),
        }],
    };
    let json = serde_json::to_value(day).unwrap();
    let parts = [&json, &json["matters"][0], &json["counters"][0]];
    for name in parts
        .into_iter()
        .flat_map(|part| part.as_object().unwrap().keys())
    {
        let used = [format!(".{name}"), format!("{{ {name}"), format!(", {name} }}")];
        assert!(used.iter().any(|used| html.contains(used)), "{name} is not read");
    }
}
