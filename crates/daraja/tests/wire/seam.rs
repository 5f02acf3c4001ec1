//! The seam: any transport will do, and an observer hears of every exchange without what must not be seen.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use daraja::{
    AppKey, BaseUrl, BoxedExchange, Client, Environment, Exchange, ExchangeOutcome, Method, Observer,
    PushOutcome, Secret, Transport, TransportFailure, WireReply, WireRequest,
};
use serde_json::json;

use crate::raw::{Break, RawServer};
use crate::server::{Reply, Server};
use crate::setup::{CHECKOUT_ID, PASSKEY, PHONE, a_push, a_query, client, polled_once, recorded};

/// A shop in a box: it answers at once, and its clock stands still.
struct Inline(Mutex<Vec<WireRequest>>);

impl Transport for Inline {
    fn exchange(&self, request: WireRequest) -> BoxedExchange {
        let body = match request.method {
            Method::Get => json!({"access_token": "token-1", "expires_in": "3599"}),
            Method::Post => recorded(include_str!("../fixtures/recorded/stk-push.json")).1,
        };
        self.0.lock().unwrap().push(request);
        let reply = WireReply {
            status: 200,
            date: Some("Mon, 23 Nov 2026 10:00:00 GMT".to_owned()),
            content_type: None,
            body: body.to_string().into_bytes(),
            received_at: self.now(),
        };
        Box::pin(std::future::ready(Ok(reply)))
    }

    fn now(&self) -> DateTime<Utc> {
        "2026-11-23T10:05:00Z".parse().unwrap()
    }
}

#[test]
fn an_inline_transport_needs_no_runtime_and_no_tls() {
    let inline = Arc::new(Inline(Mutex::default()));
    let key = AppKey {
        consumer_key: Secret::new("key"),
        consumer_secret: Secret::new("secret"),
    };
    let base = BaseUrl::of(Environment::Sandbox);
    let log = Arc::new(Log::default());
    let client = Client::with_transport(base, key, inline.clone()).observed(log.clone());
    let outcome = polled_once(client.stk_push(&a_push()));
    assert!(
        matches!(outcome, PushOutcome::Accepted { .. }),
        "read by the same client: {outcome:?}"
    );
    assert_eq!(
        client.clock_skew(),
        Some(TimeDelta::minutes(5)),
        "measured by the transport's clock"
    );
    let sent = inline.0.lock().unwrap();
    assert_eq!(sent.len(), 2, "a token, then the push");
    assert_eq!(
        sent[1].authorization.expose(),
        "Bearer token-1",
        "the token is used"
    );
    assert!(
        !format!("{sent:?}").contains(PHONE),
        "a request prints without its body"
    );
    assert_eq!(
        log.0.lock().unwrap()[1].at,
        inline.now(),
        "told by the same clock"
    );
}

#[derive(Default)]
struct Log(Mutex<Vec<Exchange<'static>>>);

impl Observer for Log {
    fn exchanged(&self, exchange: &Exchange<'_>) {
        let kept = Exchange {
            host: "",
            ..exchange.clone()
        };
        assert!(!exchange.host.is_empty(), "the server is named");
        self.0.lock().unwrap().push(kept);
    }
}

#[tokio::test]
async fn an_observer_hears_of_every_exchange_and_of_no_secret() {
    let (status, body) = recorded(include_str!("../fixtures/recorded/stk-push.json"));
    let server = Server::answering([
        Reply::invalid_token(),
        Reply::Json(status, body),
        Reply::Json(
            200,
            json!({"ResponseCode": "0", "ResultCode": "1032", "CheckoutRequestID": CHECKOUT_ID}),
        ),
        Reply::html(503),
    ])
    .await;
    let log = Arc::new(Log::default());
    let client = client(&server.url).observed(log.clone());
    client.stk_push(&a_push()).await;
    client.stk_query(&a_query()).await;
    client.stk_query(&a_query()).await;

    let told = log.0.lock().unwrap();
    let answered = |status, code: Option<&str>| ExchangeOutcome::Answered {
        status,
        code: code.map(str::to_owned),
    };
    let outcomes: Vec<_> = told.iter().map(|exchange| exchange.outcome.clone()).collect();
    let expected = [
        answered(200, None),
        answered(404, Some("404.001.03")),
        answered(200, None),
        answered(200, Some("0")),
        answered(200, Some("1032")),
        answered(503, None),
    ];
    assert_eq!(outcomes, expected, "token, refused, token, push, query, page");
    assert_eq!(told[5].reply_body, "html, 47 bytes", "a page is only measured");
    assert!(
        told[3].request_body.contains(r#""PhoneNumber":"··149""#),
        "{}",
        told[3].request_body
    );
    assert!(
        told.iter()
            .all(|exchange| exchange.bytes_out > 300 && exchange.bytes_in > 300),
        "both ways"
    );
    let text = format!("{told:?}");
    for secret in [
        "token-1",
        "token-2",
        PHONE,
        "708374149",
        PASSKEY,
        "7f3a",
        "practice-",
        "MTc0Mzc5",
    ] {
        assert!(!text.contains(secret), "{secret} was told in {text}");
    }
}

#[tokio::test]
async fn a_lost_answer_is_told_as_lost() {
    let server = RawServer::breaking(Break::AfterRequest).await;
    let log = Arc::new(Log::default());
    client(&server.url)
        .observed(log.clone())
        .stk_push(&a_push())
        .await;
    let told = log.0.lock().unwrap();
    assert_eq!(
        told[1].outcome,
        ExchangeOutcome::Failed(TransportFailure::Lost),
        "it may have left"
    );
    assert_eq!(told[1].reply_body, "", "nothing came");
}
