//! The running till against the simulator, over real HTTP: threads, sockets and all.

use std::sync::{Arc, Once};

use daraja::{AppKey, BaseUrl, Client, Receiver, Secret, ShortCode, Timeouts};
use till::driver::safaricom::Safaricom;
use till::driver::{SystemClock, Till};
use till::engine::{Announcement, Engine, PushInput};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{PushIntent, Reason};
use till::store::Store;
use till::view::{Outcome, PaymentEnded, SaleState};

use crate::support::{counter, kes, last_push, phone};

const SANDBOX_PASSKEY: &str = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";

fn tls_once() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

async fn simulator() -> daraja_sim::Running {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    daraja_sim::serve(listener, daraja_sim::Config::default()).await
}

fn safaricom(url: &str, key: &str, passkey: &str) -> Arc<Safaricom> {
    tls_once();
    let app_key = AppKey {
        consumer_key: Secret::new(key),
        consumer_secret: Secret::new("practice-secret"),
    };
    let client = Client::new(BaseUrl::parse(url).unwrap(), app_key, Timeouts::default()).unwrap();
    let receiver = Receiver::Paybill {
        number: ShortCode::parse("174379").unwrap(),
    };
    Arc::new(Safaricom::new(client, receiver, Secret::new(passkey), None))
}

fn till(url: &str, key: &str, passkey: &str) -> Till {
    let clock = Arc::new(SystemClock::default());
    let now = till::driver::Clock::now(&*clock);
    let ids = IdSource::from_system().unwrap();
    let engine = Engine::open(
        Store::in_memory().unwrap(),
        Policy::practice(),
        counter(),
        ids,
        now,
    )
    .unwrap();
    Till::start(
        engine,
        Some(safaricom(url, key, passkey)),
        clock,
        tokio::runtime::Handle::current(),
    )
    .unwrap()
}

/// Starts a push and returns how it ended.
async fn pay(till: &Till, to: &str) -> PaymentEnded {
    let mut heard = till.announcements();
    let input = PushInput {
        sale_id: None,
        amount: kes(1250),
        msisdn: phone(to),
        intent: PushIntent::Ordinary,
        reference: None,
    };
    till.call(move |engine, now| engine.start_push(input, now))
        .await
        .unwrap();
    loop {
        let announcement = tokio::time::timeout(std::time::Duration::from_secs(60), heard.recv()).await;
        if let Announcement::PaymentEnded(ended) = announcement.expect("an end within a minute").unwrap() {
            return *ended;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_willing_customer_ends_paid() {
    let sim = simulator().await;
    let till = till(&sim.url(), "practice-key", SANDBOX_PASSKEY);
    let ended = pay(&till, "0700000000").await;
    assert_eq!(
        (ended.outcome, ended.sale.state),
        (Outcome::Paid, SaleState::Settled),
        "254700000000 approves"
    );
    till.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_not_known_and_not_sent_again() {
    let sim = simulator().await;
    let till = till(&sim.url(), "practice-key", SANDBOX_PASSKEY);
    let ended = pay(&till, "0700000099").await;
    assert_eq!(
        ended.outcome,
        Outcome::Look,
        "the connection broke after Safaricom accepted"
    );
    assert_eq!(
        last_push(&ended.sale).reason,
        Some(Reason::ConnectionLost),
        "and the screen says so"
    );
    let input = PushInput {
        sale_id: None,
        amount: kes(9),
        msisdn: phone("0700000099"),
        intent: PushIntent::Ordinary,
        reference: None,
    };
    let error = till
        .call(move |engine, now| engine.start_push(input, now))
        .await
        .unwrap_err();
    assert_eq!(error.code, till::Code::PushLive, "nobody is asked twice");
    till.stop();
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_passkey_and_a_dead_network_are_told_apart() {
    let sim = simulator().await;
    let keys = till(&sim.url(), "another-key", SANDBOX_PASSKEY);
    let ended = pay(&keys, "0700000000").await;
    assert_eq!(
        last_push(&ended.sale).reason,
        Some(Reason::WrongKeys),
        "HTTP 400 with an empty body"
    );
    keys.stop();
    let passkey = till(&sim.url(), "practice-key", "not the passkey");
    let ended = pay(&passkey, "0700000000").await;
    assert_eq!(
        last_push(&ended.sale).reason,
        Some(Reason::WrongPasskey),
        "Wrong credentials"
    );
    passkey.stop();
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let nobody = till(&format!("http://{closed}"), "practice-key", SANDBOX_PASSKEY);
    let ended = pay(&nobody, "0700000000").await;
    assert_eq!(
        last_push(&ended.sale).reason,
        Some(Reason::NoNetwork),
        "nothing left this PC"
    );
    nobody.stop();
}
