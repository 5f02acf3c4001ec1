//! One counter: a till with its link to the relay.

use std::sync::Arc;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use relay_wire::{Cursor, Pairing};
use serde_json::json;
use till::Money;
use till::driver::{Clock as _, RelayClient, RelayKeys, RelayLink, SystemClock, Till};
use till::engine::{Counter, Engine, Sharing};
use till::ids::IdSource;
use till::policy::Policy;
use till::reference::{CounterChar, Incarnation};
use till::shop::RelayAddress;
use till::store::Store;
use tokio::runtime::Handle;
use tokio::sync::broadcast::error::TryRecvError;
use tokio::time::timeout;

pub(crate) const SHORT_CODE: &str = "600638";

/// Nothing that a till does takes longer on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A counter's way into the shop.
pub(crate) struct Paired {
    pub(crate) address: RelayAddress,
    pub(crate) keys: RelayKeys,
    pub(crate) cursor: Cursor,
    pub(crate) letter: char,
}

impl Paired {
    pub(crate) async fn by(line: &Pairing) -> Self {
        let paired = RelayClient::pair(line, "Mbele").await.unwrap();
        Self {
            address: paired.address,
            keys: paired.keys,
            cursor: paired.answer.cursor,
            letter: paired.answer.letter,
        }
    }

    pub(crate) fn client(&self) -> RelayClient {
        RelayClient::new(self.address.clone(), self.keys.clone()).unwrap()
    }

    /// The engine over a book; other counters take payments on its short code.
    pub(crate) fn engine(&self, store: Store) -> Engine {
        let counter = Counter {
            letter: CounterChar::new(self.letter).unwrap(),
            incarnation: Incarnation::FIRST,
            connected: false,
            pull: false,
            sharing: Sharing::Claims,
            numbers: vec![SHORT_CODE.into()],
        };
        let ids = IdSource::from_system().unwrap();
        let now = SystemClock::default().now();
        Engine::open(store, Policy::live(), counter, ids, now).unwrap()
    }

    /// Where customers' payments are posted to.
    pub(crate) fn confirmation(&self) -> String {
        self.client().c2b_addresses().0
    }
}

/// A running counter.
pub(crate) struct Desk {
    pub(crate) letter: char,
    pub(crate) till: Till,
    _link: RelayLink,
}

impl Desk {
    pub(crate) fn open(paired: &Paired, mut engine: Engine) -> Self {
        if engine.relay_place().unwrap().cursor.is_none() {
            engine.relay_begins(paired.cursor).unwrap();
        }
        let runtime = Handle::current();
        let clock = Arc::new(SystemClock::default());
        let till = Till::start(engine, None, clock, runtime.clone()).unwrap();
        Self {
            letter: paired.letter,
            _link: RelayLink::start(till.clone(), paired.client(), None, &runtime),
            till,
        }
    }

    /// Waits until the till, at one moment of it, is so. It is looked at whenever the screens are told something.
    pub(crate) async fn until(&self, so: impl Fn(&Engine) -> bool + Clone + Send + 'static) {
        let waiting = self.look_until(so);
        assert!(
            timeout(PATIENCE, waiting).await.is_ok(),
            "counter {} never comes so far",
            self.letter
        );
    }

    async fn look_until(&self, so: impl Fn(&Engine) -> bool + Clone + Send + 'static) {
        let mut news = self.till.announcements();
        loop {
            let so = so.clone();
            if self.till.look(move |engine, _| Ok(so(engine))).await.unwrap() {
                return;
            }
            // Having missed some is news too, and many at once are looked at once.
            let _ = news.recv().await;
            while !matches!(news.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
        }
    }
}

pub(crate) fn kes(shillings: i64) -> Money {
    Money::from_shillings(shillings).unwrap()
}

/// A payment made now, as Safaricom tells it (Daraja portal, Customer To Business).
pub(crate) fn told(receipt: &str, shillings: i64, digits: &str) -> String {
    let at = Utc::now() + TimeDelta::hours(3);
    json!({
        "TransactionType": "Pay Bill", "TransID": receipt, "TransTime": at.format("%Y%m%d%H%M%S").to_string(),
        "TransAmount": format!("{shillings}.00"), "BusinessShortCode": SHORT_CODE, "BillRefNumber": "",
        "InvoiceNumber": "", "OrgAccountBalance": "", "ThirdPartyTransID": "", "MSISDN": format!("2547 ***** {digits}"),
        "FirstName": "NICHOLAS", "MiddleName": "", "LastName": ""
    })
    .to_string()
}
