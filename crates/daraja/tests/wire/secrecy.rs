//! Nothing that must not be seen is printed or logged.

use std::io;
use std::sync::{Arc, Mutex};

use daraja::{AppKey, Secret};
use tracing_subscriber::fmt::MakeWriter;

use crate::server::{Reply, Server};
use crate::setup::{
    CHECKOUT_ID, CONSUMER_KEY, CONSUMER_SECRET, PASSKEY, PHONE, a_push, a_query, client, recorded,
};

/// What must never be seen: keys, token, password, phone, and the phone inside an id.
fn hidden() -> Vec<String> {
    let password = "MTc0Mzc5cHJhY3RpY2UtcGFzc2tleTIwMjYxMTIzMTMwMDAw";
    let basic = "cHJhY3RpY2Uta2V5OnByYWN0aWNlLXNlY3JldA==";
    [
        CONSUMER_KEY,
        CONSUMER_SECRET,
        PASSKEY,
        PHONE,
        CHECKOUT_ID,
        "708374149",
        "token-1",
        password,
        basic,
        "7f3a",
    ]
    .map(str::to_owned)
    .into()
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn the_log_tells_what_happened_and_hides_the_rest() {
    let log = Log::default();
    // For all threads, because tracing remembers for the whole process that nobody listens. So the log has
    // the lines of other tests in it too, which hides nothing and widens the search.
    let subscriber = tracing_subscriber::fmt()
        .with_writer(log.clone())
        .with_max_level(tracing::Level::TRACE);
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();

    let (status, body) = recorded(include_str!("../fixtures/recorded/stk-push.json"));
    let server = Server::answering([
        Reply::Json(status, body),
        Reply::error(500, "500.003.03", "Quota"),
    ])
    .await;
    let client = client(&server.url);
    let outcome = client.stk_push(&a_push()).await;
    client.stk_query(&a_query()).await;

    let mut text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for told in [
        "127.0.0.1",
        "/mpesa/stkpush/v1/processrequest",
        "/oauth/v1/generate",
        "status=200",
        "500.003.03",
    ] {
        assert!(text.contains(told), "the log tells {told}:\n{text}");
    }
    text.push_str(&format!("{outcome:?} {client:?}"));
    for word in hidden() {
        assert!(!text.contains(&word), "{word} was seen in:\n{text}");
    }
}

#[test]
fn requests_and_keys_print_without_their_secrets() {
    let key = AppKey {
        consumer_key: Secret::new(CONSUMER_KEY),
        consumer_secret: Secret::new(CONSUMER_SECRET),
    };
    let text = format!("{key:?} {:#?} {:#?}", a_push(), a_query());
    for word in hidden() {
        assert!(!text.contains(&word), "{word} was seen in:\n{text}");
    }
    assert!(
        text.contains("1250") && text.contains("A1TEST"),
        "what helps support is there:\n{text}"
    );
}
