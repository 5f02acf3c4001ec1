//! Bad input at every address: refused with the right word, or kept with a mark, and never said back.

use std::time::Duration;

use relay::Settings;
use relay_wire::ProblemCode;
use reqwest::{Method, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::made::{House, refused, stk_result};

const V1: [(&str, &str); 6] = [
    ("POST", "/v1/pair"),
    ("POST", "/v1/heartbeat"),
    ("POST", "/v1/claims"),
    ("POST", "/v1/claims/holders"),
    ("PUT", "/v1/day"),
    // The only one that reads no body.
    ("POST", "/v1/pairings"),
];

#[tokio::test]
async fn what_cannot_be_read_is_said_in_a_code() {
    let house = House::new().await;
    let (_, till) = house.open_shop("Duka").await;
    let deep = "[".repeat(60_000);
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "7",
        r#"{"claims":7,"code":7,"cursor":{},"id":[]}"#,
        &deep,
        "\u{0}ECHO",
    ];
    for (method, path) in &V1[..5] {
        for body in bodies {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = till.ask(method, path).body(body.to_owned()).send().await.unwrap();
            let problem = refused(answer).await;
            assert_eq!(problem, (400, ProblemCode::BadRequest), "{path} with {body:.40}");
        }
    }
    for query in [
        "",
        "?after=",
        "?after=ECHO-1",
        "?after=0011223344556677-1&wait=x",
        "?after=0011223344556677--1",
    ] {
        let answer = till
            .ask(Method::GET, &format!("/v1/events{query}"))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{query}");
        assert!(
            !answer.text().await.unwrap().contains("ECHO"),
            "nothing is said back"
        );
    }
    let far = format!(
        "/v1/events?after={}",
        till.paired
            .cursor
            .to_string()
            .replace("-0", "-18446744073709551615")
    );
    let answer = till.ask(Method::GET, &far).send().await.unwrap();
    assert!(
        answer.status().as_u16() < 504,
        "the largest place is only a place: {}",
        answer.status()
    );
    let many = serde_json::json!({"claims": vec!["0".repeat(64); 501]});
    for path in ["/v1/claims", "/v1/claims/holders"] {
        assert_eq!(
            refused(till.post(path, &many).await).await,
            (413, ProblemCode::TooLarge),
            "501 claims: {path}"
        );
    }
    let chain = serde_json::json!({"cursor": till.paired.cursor, "chain": {"rows": 1, "head": "<b>"}, "before": null});
    assert_eq!(
        refused(till.post("/v1/heartbeat", &chain).await).await,
        (400, ProblemCode::BadRequest),
        "no link"
    );
}

#[tokio::test]
async fn too_much_is_refused_everywhere() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    let large = "x".repeat(64 * 1024 + 1);
    for path in [
        shop.stk("a"),
        shop.confirmation(),
        shop.validation(),
        "/api/mpesa/callback".into(),
        "/api/mpesa/confirmation".into(),
        "/api/mpesa/validation".into(),
    ] {
        let answer = house.post(&path, large.clone()).await;
        assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let exactly = house.post(&path, "x".repeat(64 * 1024)).await;
        assert_eq!(
            exactly.status(),
            StatusCode::OK,
            "{path}: the limit itself is taken"
        );
    }
    for (method, path) in &V1[..5] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let answer = till.ask(method, path).body(large.clone()).send().await.unwrap();
        assert_eq!(refused(answer).await, (413, ProblemCode::TooLarge), "{path}");
    }
    // Without a length that could be believed.
    let mut stream = TcpStream::connect(house.serving.address).await.unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: r\r\ntransfer-encoding: chunked\r\n\r\n",
        shop.stk("a")
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let chunk = format!("4000\r\n{}\r\n", "x".repeat(0x4000));
    let (mut from, mut to) = stream.split();
    let sent = async {
        for _ in 0..8 {
            // It may hang up on us in the middle, as it should.
            if to.write_all(chunk.as_bytes()).await.is_err() {
                return;
            }
        }
    };
    let mut answer = [0; 64];
    let ((), read) = tokio::join!(sent, from.read(&mut answer));
    let said = String::from_utf8_lossy(&answer[..read.unwrap()]).into_owned();
    assert!(said.starts_with("HTTP/1.1 413"), "chunks are counted too: {said}");
}

#[tokio::test]
async fn the_wrong_method_and_the_wrong_token() {
    let house = House::new().await;
    let (shop, till) = house.open_shop("Duka").await;
    for path in [
        shop.stk("a"),
        shop.confirmation(),
        shop.validation(),
        "/api/mpesa/callback".into(),
        "/api/mpesa/confirmation".into(),
        "/api/mpesa/validation".into(),
    ] {
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
            let url = format!("{}{path}", house.base());
            let status = house
                .client
                .request(method.clone(), url)
                .send()
                .await
                .unwrap()
                .status();
            assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        }
    }
    let get_instead = V1.iter().map(|(_, path)| (Method::GET, *path));
    for (method, path) in get_instead.chain([(Method::POST, "/v1/events")]) {
        let answer = till.ask(method, path).send().await.unwrap();
        assert_eq!(refused(answer).await, (405, ProblemCode::BadRequest), "{path}");
    }
    let asks = V1[1..].iter().copied().chain([
        ("DELETE", "/v1/day"),
        ("GET", "/v1/events?after=0011223344556677-0"),
    ]);
    for (method, path) in asks {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let url = format!("{}{path}", house.base());
        let without = house.client.request(method.clone(), &url);
        let wrong = without.try_clone().unwrap().bearer_auth("0".repeat(64));
        let odd = without.try_clone().unwrap().header("authorization", "Basic abc");
        for (ask, why) in [(without, "no token"), (wrong, "a wrong one"), (odd, "no bearer")] {
            let answer = ask.body("{}").send().await.unwrap();
            assert_eq!(answer.headers()["www-authenticate"], "Bearer", "{path}: {why}");
            assert_eq!(
                refused(answer).await,
                (401, ProblemCode::NotLetIn),
                "{path}: {why}"
            );
        }
    }
}

/// Sends some bytes, perhaps closes its half, and reads to the end.
async fn raw(house: &House, bytes: &str, close: bool) -> String {
    let mut stream = TcpStream::connect(house.serving.address).await.unwrap();
    stream.write_all(bytes.as_bytes()).await.unwrap();
    if close {
        stream.shutdown().await.unwrap();
    }
    let mut said = Vec::new();
    // A connection that is broken off ends as one that is closed.
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test]
async fn slow_and_broken_senders_are_let_go_and_keep_nothing() {
    let hasty = Settings {
        head_time: Duration::from_millis(300),
        body_time: Duration::from_millis(300),
        ..Settings::default()
    };
    let house = House::with(hasty).await;
    let (shop, till) = house.open_shop("Duka").await;
    let body = stk_result("ws_CO_1");
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: r\r\ncontent-length: {}\r\n\r\n",
        shop.stk("a"),
        body.len()
    );
    let half = format!("{head}{}", &body[..20]);
    assert!(
        raw(&house, &half, false).await.starts_with("HTTP/1.1 408"),
        "half a body, and silence"
    );
    assert!(
        raw(&house, &half, true).await.starts_with("HTTP/1.1 400"),
        "half a body, and gone"
    );
    assert!(
        !raw(&house, &head[..30], false).await.contains("200"),
        "half a head, and silence"
    );
    assert!(
        !raw(&house, "GARBAGE\r\n\r\n", true).await.contains("200"),
        "no HTTP"
    );
    let long = format!("POST /{} HTTP/1.1\r\nhost: r\r\n\r\n", "x".repeat(40_000));
    assert!(
        !raw(&house, &long, true).await.contains("200"),
        "a head without end"
    );
    let lines = format!("POST / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(200));
    assert!(
        raw(&house, &lines, true).await.starts_with("HTTP/1.1 431"),
        "lines without end"
    );
    assert_eq!(till.all().await, [], "nothing of it was kept");
    house.post(&shop.stk("a"), body).await;
    assert_eq!(till.all().await.len(), 1, "and others are served");
}
