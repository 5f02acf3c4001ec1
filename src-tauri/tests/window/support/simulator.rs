//! A Daraja simulator outside the till, so that it outlives a killed till and can be asked what really
//! arrived.

use serde_json::{Value, json};

use daraja_sim::Config;
use daraja_sim::world::{Hidden, Settings};

/// How long a prompt waits for a person, in milliseconds: longer than any journey, however slow the machine.
const PATIENT: i64 = 600_000;

/// One running simulator.
pub struct Simulator {
    running: daraja_sim::Running,
    client: reqwest::Client,
}

impl Simulator {
    /// Starts one with the practice customers and the practice keys.
    pub async fn start() -> Self {
        Self::serve(Settings::default()).await
    }

    /// Starts one whose paybill 174379 has these keys.
    pub async fn start_with(consumer_key: &str, consumer_secret: &str, passkey: &str) -> Self {
        Self::serve(Settings {
            consumer_key: Hidden::new(consumer_key),
            consumer_secret: Hidden::new(consumer_secret),
            paybill_passkey: Hidden::new(passkey),
            ..Settings::default()
        })
        .await
    }

    async fn serve(settings: Settings) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        let settings = Settings {
            prompt_lifetime_ms: PATIENT,
            ..settings
        };
        let running = daraja_sim::serve(
            listener,
            Config {
                settings,
                ..Config::default()
            },
        )
        .await;
        let client = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a plain client");
        Self { running, client }
    }

    /// Its address.
    pub fn url(&self) -> String {
        self.running.url()
    }

    /// Everything that reached it: pushes and payments.
    pub async fn ledger(&self) -> Value {
        let answer = self
            .client
            .get(format!("{}/_sim/ledger", self.url()))
            .send()
            .await
            .expect("it answers");
        answer.json().await.expect("a ledger is JSON")
    }

    /// The pushes that reached it.
    pub async fn pushes(&self) -> Vec<Value> {
        self.ledger().await["pushes"]
            .as_array()
            .cloned()
            .expect("a ledger has pushes")
    }

    /// The payments it booked.
    pub async fn payments(&self) -> Vec<Value> {
        self.ledger().await["payments"]
            .as_array()
            .cloned()
            .expect("a ledger has payments")
    }

    /// What the customer does with the prompt: `pin`, `wrong_pin`, `cancel` or `ignore`.
    pub async fn answer(&self, phone: &str, answer: &str) {
        self.tell(&format!("phones/{phone}/answer"), json!({ "answer": answer }))
            .await;
    }

    /// A customer pays the shop's paybill by the own hand, for something the shop does not know.
    pub async fn pay_by_hand(&self, phone: &str, shillings: u32) {
        self.pay_under(phone, shillings, "MAZIWA").await;
    }

    /// A customer pays the shop's paybill by the own hand and types this account.
    pub async fn pay_under(&self, phone: &str, shillings: u32, account: &str) {
        let paybill = Settings::default().paybill;
        self.tell(
            &format!("phones/{phone}/pay"),
            json!({ "amount": shillings, "short_code": paybill, "bill_ref": account }),
        )
        .await;
    }

    /// Tells it where notices of payments go, as a shop's program does.
    pub async fn register_urls(&self, confirmation: &str, validation: &str) {
        let token: Value = self
            .client
            .get(format!(
                "{}/oauth/v1/generate?grant_type=client_credentials",
                self.url()
            ))
            .basic_auth("practice-key", Some("practice-secret"))
            .send()
            .await
            .expect("it answers")
            .json()
            .await
            .expect("a token is JSON");
        let answer = self
            .client
            .post(format!("{}/mpesa/c2b/v2/registerurl", self.url()))
            .bearer_auth(token["access_token"].as_str().expect("a token"))
            .json(&json!({
                "ShortCode": Settings::default().paybill, "ResponseType": "Completed",
                "ConfirmationURL": confirmation, "ValidationURL": validation,
            }))
            .send()
            .await
            .expect("it answers");
        assert!(answer.status().is_success(), "the addresses are good: {answer:?}");
    }

    /// Makes something go wrong, as `daraja-sim` names it.
    pub async fn fault(&self, faults: Value) {
        self.tell("faults", faults).await;
    }

    /// Lets this much of its own time pass at once.
    pub async fn time_passes(&self, ms: u64) {
        self.tell("clock", json!({ "advance_ms": ms })).await;
    }

    async fn tell(&self, what: &str, body: Value) {
        let done = self
            .client
            .post(format!("{}/_sim/{what}", self.url()))
            .json(&body)
            .send()
            .await
            .expect("it answers");
        assert!(
            done.status().is_success(),
            "the simulator takes {what} {body}: {}",
            done.status()
        );
    }
}
