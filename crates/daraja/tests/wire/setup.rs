//! What most tests begin with.

use std::pin::pin;
use std::sync::Once;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use daraja::{
    AppKey, BaseUrl, CheckoutRequestId, Client, Receiver, Secret, ShortCode, StkPush, StkQuery, Timeouts,
};
use serde_json::Value;

pub const CONSUMER_KEY: &str = "practice-key";
pub const CONSUMER_SECRET: &str = "practice-secret";
pub const PASSKEY: &str = "practice-passkey";
pub const PHONE: &str = "254708374149";
/// The id in the recorded answers.
pub const CHECKOUT_ID: &str = "ws_CO_180920261803512708374149";

/// Long enough for a busy machine to answer, as a real answer ends the wait.
const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(20),
    request: Duration::from_secs(60),
};

/// For servers that never answer: the wait always lasts this long.
pub const IMPATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(20),
    request: Duration::from_secs(1),
};

pub fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        rustls::crypto::ring::default_provider()
            .install_default()
            .unwrap()
    });
}

pub fn client(url: &str) -> Client {
    client_with(url, PATIENT)
}

pub fn client_with(url: &str, timeouts: Timeouts) -> Client {
    install_tls();
    let key = AppKey {
        consumer_key: Secret::new(CONSUMER_KEY),
        consumer_secret: Secret::new(CONSUMER_SECRET),
    };
    Client::new(BaseUrl::parse(url).unwrap(), key, timeouts).unwrap()
}

pub fn code(text: &str) -> ShortCode {
    ShortCode::parse(text).unwrap()
}

pub fn a_push() -> StkPush {
    StkPush {
        receiver: Receiver::Paybill {
            number: code("174379"),
        },
        passkey: Secret::new(PASSKEY),
        amount_shillings: 1250,
        msisdn: PHONE.to_owned(),
        callback_url: "https://till.invalid/7f3a".to_owned(),
        reference: "A1TEST".to_owned(),
        description: "Keshia".to_owned(),
        now: "2026-11-23T10:00:00Z".parse().unwrap(),
    }
}

pub fn a_query() -> StkQuery {
    StkQuery {
        short_code: code("174379"),
        passkey: Secret::new(PASSKEY),
        checkout_request_id: CheckoutRequestId::new(CHECKOUT_ID),
        now: "2026-11-23T10:00:00Z".parse().unwrap(),
    }
}

/// The result of a future that never waits.
pub fn polled_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a transport that is always ready must not be waited for"),
    }
}

/// A recorded answer: its status and its body.
pub fn recorded(text: &str) -> (u16, Value) {
    let file: Value = serde_json::from_str(text).unwrap();
    (
        u16::try_from(file["status"].as_u64().unwrap()).unwrap(),
        file["response"].clone(),
    )
}
