//! The simulator over a real socket, spoken to in raw JSON as any client would.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use daraja_sim::{Config, Running, serve};
use serde_json::{Value, json};
use tokio::net::TcpListener;

const PASSKEY: &str = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";
const STAMP: &str = "20261123190000";
const NOWHERE: &str = "https://keshia.invalid/result";

struct Sim {
    running: Running,
    client: reqwest::Client,
    token: String,
}

impl Sim {
    async fn start(config: Config) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let running = serve(listener, config).await;
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let token: Value = client
            .get(format!(
                "{}/oauth/v1/generate?grant_type=client_credentials",
                running.url()
            ))
            .header(
                "authorization",
                format!("Basic {}", BASE64_STANDARD.encode("practice-key:practice-secret")),
            )
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let token = token["access_token"].as_str().unwrap().to_owned();
        Self {
            running,
            client,
            token,
        }
    }

    async fn send(&self, path: &str, body: &Value) -> reqwest::Result<(u16, Value)> {
        let url = format!("{}{path}", self.running.url());
        let answer = self
            .client
            .post(url)
            .bearer_auth(&self.token)
            .json(body)
            .send()
            .await?;
        let status = answer.status().as_u16();
        assert!(
            answer.headers().contains_key("date"),
            "clients read their clock's skew off Date"
        );
        let text = answer.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }

    async fn push(&self, msisdn: &str, amount: u32, url: &str) -> reqwest::Result<(u16, Value)> {
        self.send(
            "/mpesa/stkpush/v1/processrequest",
            &push_body(msisdn, amount, url),
        )
        .await
    }

    async fn query(&self, id: &str) -> (u16, Value) {
        let body = json!({
            "BusinessShortCode": 174_379, "Password": password("174379"), "Timestamp": STAMP,
            "CheckoutRequestID": id,
        });
        self.send("/mpesa/stkpushquery/v1/query", &body).await.unwrap()
    }

    async fn advance(&self, ms: i64) {
        self.send("/_sim/clock", &json!({ "advance_ms": ms }))
            .await
            .unwrap();
    }

    async fn get(&self, path: &str) -> (u16, String) {
        let url = format!("{}{path}", self.running.url());
        let answer = self.client.get(url).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn ledger(&self) -> Value {
        serde_json::from_str(&self.get("/_sim/ledger").await.1).unwrap()
    }
}

fn password(short_code: &str) -> String {
    BASE64_STANDARD.encode(format!("{short_code}{PASSKEY}{STAMP}"))
}

fn push_body(msisdn: &str, amount: u32, url: &str) -> Value {
    json!({
        "BusinessShortCode": "174379", "Password": password("174379"), "Timestamp": STAMP,
        "TransactionType": "CustomerPayBillOnline", "Amount": amount, "PartyA": msisdn,
        "PartyB": "174379", "PhoneNumber": msisdn, "CallBackURL": url,
        "AccountReference": "A1000X",
    })
}

/// A receiver of callbacks that remembers every body.
async fn receiver() -> (String, Arc<Mutex<Vec<Value>>>) {
    let seen: Arc<Mutex<Vec<Value>>> = Arc::default();
    let keep = Arc::clone(&seen);
    let app = Router::new().fallback(post(async move |body: Bytes| {
        keep.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
        "{\"ResultCode\":0,\"ResultDesc\":\"Accepted\"}"
    }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (url, seen)
}

#[tokio::test]
async fn a_customer_pays_and_the_shop_is_called_back() {
    let sim = Sim::start(Config::default()).await;
    let (url, seen) = receiver().await;
    let (status, answer) = sim.push("254700000000", 1_250, &url).await.unwrap();
    assert_eq!(status, 200, "a right push is accepted: {answer}");
    let id = answer["CheckoutRequestID"].as_str().unwrap();
    let (status, pending) = sim.query(id).await;
    assert_eq!(
        (status, &pending["ResultCode"]),
        (200, &json!("4999")),
        "still under way"
    );
    sim.advance(3_000).await;
    let (_, ended) = sim.query(id).await;
    assert_eq!(ended["ResultCode"], json!("0"), "a text in the query: {ended}");
    let seen = seen.lock().unwrap().clone();
    assert_eq!(seen.len(), 1, "one attempt, one callback: {seen:?}");
    let callback = &seen[0]["Body"]["stkCallback"];
    assert_eq!(
        callback["ResultCode"],
        json!(0),
        "a number in the callback: {callback}"
    );
    let balance = &callback["CallbackMetadata"]["Item"][2];
    assert_eq!(
        balance,
        &json!({ "Name": "Balance" }),
        "Balance comes without a value"
    );
    assert_eq!(sim.ledger().await["total"], json!(1_250), "the money moved");
    sim.running.stop().await;
}

#[tokio::test]
async fn a_lost_answer_is_a_lost_connection_and_the_money_moves() {
    let sim = Sim::start(Config::default()).await;
    let lost = sim.push("254700000099", 80, NOWHERE).await;
    assert!(lost.is_err(), "no answer at all: {lost:?}");
    sim.advance(6_000).await;
    let ledger = sim.ledger().await;
    assert_eq!(
        ledger["pushes"].as_array().unwrap().len(),
        1,
        "accepted once: {ledger}"
    );
    assert_eq!(ledger["pushes"][0]["state"], json!("paid"), "and paid: {ledger}");
    let ends: Vec<_> = ledger["deliveries"].as_array().unwrap().iter().collect();
    assert_eq!(
        ends[0]["end"],
        json!("not delivered"),
        ".invalid fails quietly: {ledger}"
    );
}

#[tokio::test]
async fn a_person_answers_over_http() {
    let sim = Sim::start(Config::default()).await;
    let (_, answer) = sim.push("254712345678", 500, NOWHERE).await.unwrap();
    let (_, locked) = sim.push("254712345678", 500, NOWHERE).await.unwrap();
    assert!(
        locked["errorMessage"]
            .as_str()
            .unwrap()
            .starts_with("Unable to lock subscriber"),
        "a live prompt locks the phone: {locked}"
    );
    let (_, phone) = sim.get("/_sim/phones/0712345678").await;
    assert!(
        phone.contains("KSh 500.00 to MAMA NJERI STORES Account no. A1000X?"),
        "{phone}"
    );
    let path = "/_sim/phones/254712345678/answer";
    let (status, _) = sim.send(path, &json!({ "answer": "cancel" })).await.unwrap();
    assert_eq!(status, 200, "the prompt was there");
    let (status, _) = sim.send(path, &json!({ "answer": "pin" })).await.unwrap();
    assert_eq!(status, 409, "the prompt is gone");
    let (_, ended) = sim.query(answer["CheckoutRequestID"].as_str().unwrap()).await;
    assert_eq!(ended["ResultCode"], json!("1032"), "cancelled: {ended}");
}

#[tokio::test]
async fn a_killed_practice_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config {
        state_file: Some(folder.path().join("world.json")),
        ..Config::default()
    };
    let (url, seen) = receiver().await;
    let first = Sim::start(config.clone()).await;
    let (_, answer) = first.push("254712345678", 70, &url).await.unwrap();
    drop(first);
    let second = Sim::start(config).await;
    let path = "/_sim/phones/254712345678/answer";
    let (status, _) = second.send(path, &json!({ "answer": "pin" })).await.unwrap();
    assert_eq!(status, 200, "the prompt outlived the kill");
    second.advance(2_000).await;
    let (_, ended) = second.query(answer["CheckoutRequestID"].as_str().unwrap()).await;
    assert_eq!(ended["ResultCode"], json!("0"), "and was paid: {ended}");
    assert_eq!(seen.lock().unwrap().len(), 1, "its callback came, once");
    let saved = std::fs::read_to_string(folder.path().join("world.json")).unwrap();
    assert!(
        !saved.contains("practice-secret") && !saved.contains(PASSKEY),
        "no keys on disk"
    );
}

#[tokio::test]
async fn faults_of_the_line_are_seen_on_the_line() {
    let sim = Sim::start(Config::default()).await;
    sim.send("/_sim/faults", &json!({ "drop_before": 100, "on": ["push"] }))
        .await
        .unwrap();
    assert!(
        sim.push("254700000000", 5, NOWHERE).await.is_err(),
        "dropped before accepting"
    );
    sim.send("/_sim/faults", &json!({ "drop_before": 0, "unavailable": 100 }))
        .await
        .unwrap();
    let (status, html) = sim.push("254700000000", 5, NOWHERE).await.unwrap();
    assert_eq!(status, 503, "the firewall's page");
    assert!(
        html.as_str().unwrap().contains("Incapsula incident"),
        "in HTML: {html}"
    );
    sim.send("/_sim/faults", &json!({ "unavailable": 0, "drop_after": true }))
        .await
        .unwrap();
    assert!(
        sim.push("254700000000", 5, NOWHERE).await.is_err(),
        "dropped after accepting"
    );
    let ledger = sim.ledger().await;
    assert_eq!(
        ledger["pushes"].as_array().unwrap().len(),
        1,
        "accepted only once: {ledger}"
    );
    let (status, words) = sim.send("/_sim/faults", &json!({ "rain": 1 })).await.unwrap();
    assert_eq!(status, 400, "an unknown fault is refused: {words}");
    assert!(
        words["error"].as_str().unwrap().contains("rain"),
        "by name: {words}"
    );
}

#[tokio::test]
async fn the_statement_is_pulled_over_http() {
    let sim = Sim::start(Config::default()).await;
    let registration = json!({
        "ShortCode": "600100", "RequestType": "Pull", "NominatedNumber": "254712345678",
        "CallBackURL": NOWHERE,
    });
    let (status, body) = sim
        .send("/pulltransactions/v1/register", &registration)
        .await
        .unwrap();
    assert_eq!(
        (status, &body["Response Status"]),
        (200, &json!("1000")),
        "{body}"
    );
    let path = "/_sim/phones/254712345678/pay";
    sim.send(path, &json!({ "amount": 168 })).await.unwrap();
    sim.advance(20_000).await;
    let receipt = sim.ledger().await["payments"][0]["receipt"].clone();
    let question = json!({
        "ShortCode": "600100", "StartDate": "2020-01-01 00:00:00", "EndDate": "2099-01-01 00:00:00",
        "OffSetValue": "0",
    });
    for method in ["POST", "GET"] {
        let url = format!("{}/pulltransactions/v1/query", sim.running.url());
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = sim.client.request(method.clone(), url).bearer_auth(&sim.token);
        let body: Value = request
            .json(&question)
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let row = &body["Response"][0][0];
        assert_eq!(row["transactionId"], receipt, "{method}: {body}");
        assert_eq!(row["amount"], json!("168.00"), "a text with decimals: {body}");
    }
    sim.send("/_sim/faults", &json!({ "pull_down": 100 }))
        .await
        .unwrap();
    let (status, body) = sim.send("/pulltransactions/v1/query", &question).await.unwrap();
    assert_eq!(status, 500, "down on request: {body}");
}

#[tokio::test]
async fn the_page_is_self_contained() {
    let sim = Sim::start(Config::default()).await;
    let url = format!("{}/phone?lang=sw", sim.running.url());
    let page = sim.client.get(url).send().await.unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(
        policy.starts_with("default-src 'none'"),
        "nothing from elsewhere: {policy}"
    );
    assert!(!policy.contains("unsafe"), "nothing inline: {policy}");
    let html = page.text().await.unwrap();
    for id in [
        "number",
        "prompt",
        "prompt-text",
        "pin",
        "send",
        "cancel",
        "inbox",
    ] {
        assert!(html.contains(&format!("id=\"{id}\"")), "#{id} is on the page");
    }
    assert!(
        !html.contains("http://") && !html.contains("https://"),
        "no address elsewhere"
    );
    assert_eq!(sim.get("/phone.js").await.0, 200, "its script");
    assert_eq!(sim.get("/phone.css").await.0, 200, "its style");
}

#[tokio::test]
async fn a_picture_to_pay_by_is_a_real_one() {
    let sim = Sim::start(Config::default()).await;
    let settings = daraja_sim::world::Settings::default();
    let wanted = json!({
        "MerchantName": "Mama Njeri Stores", "RefNo": "A10001Z", "Amount": 730, "TrxCode": "PB",
        "CPI": settings.paybill, "Size": "300",
    });
    let (status, body) = sim.send("/mpesa/qrcode/v1/generate", &wanted).await.unwrap();
    assert_eq!((status, &body["ResponseCode"]), (200, &json!("00")), "{body}");
    assert_eq!(
        body["ResponseDescription"], "The service request is processed successfully.",
        "{body}"
    );
    let bytes = BASE64_STANDARD.decode(body["QRCode"].as_str().unwrap()).unwrap();
    let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .unwrap();
    assert_eq!(
        (reader.info().width, reader.info().height),
        (300, 300),
        "as large as asked"
    );
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    assert!(pixels.contains(&0) && pixels.contains(&255), "black and white");
    for (field, wrong) in [
        ("MerchantName", json!("")),
        ("RefNo", Value::Null),
        ("Amount", json!("7.30")),
        ("TrxCode", json!("XX")),
        ("CPI", json!("999999")),
        ("Size", json!("big")),
    ] {
        let mut bad = wanted.clone();
        bad[field] = wrong;
        let (status, body) = sim.send("/mpesa/qrcode/v1/generate", &bad).await.unwrap();
        assert_eq!(
            (status, &body["errorMessage"]),
            (400, &json!(format!("Bad Request - Invalid {field}"))),
            "{body}"
        );
    }
    let stranger = Sim {
        token: "nobody's".to_owned(),
        ..sim
    };
    let (status, body) = stranger.send("/mpesa/qrcode/v1/generate", &wanted).await.unwrap();
    assert_eq!(
        (status, &body["errorCode"]),
        (404, &json!("404.001.03")),
        "{body}"
    );
}
