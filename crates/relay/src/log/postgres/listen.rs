//! What other relays appended to the same database.
//!
//! Each tells the others after its commits (`NOTIFY`). That may get lost with a connection, so everybody also
//! looks at the shops' newest places from time to time.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_postgres::Notification;

use super::address::Address;
use super::connection::Session;
use super::shop;
use super::transaction::within;
use crate::log::LogError;

/// How late a lost word is made good.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// Before the next try to connect.
const PAUSE: Duration = Duration::from_secs(1);
/// Words that may wait in either direction; more are left to everybody's own look.
const LINE: usize = 256;
/// Nobody waits for what this session writes: it is words only.
const BEGIN: &str = "SET synchronous_commit = off; LISTEN keshia_relay";
const TELL: &str = "SELECT pg_notify('keshia_relay', id) FROM unnest($1::text[]) AS id";

/// Shops that have something new.
#[derive(Default)]
pub(super) struct Changes {
    shops: Mutex<BTreeSet<String>>,
    some: Notify,
}

impl Changes {
    fn add(&self, shops: impl IntoIterator<Item = String>) {
        self.shops
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(shops);
        self.some.notify_one();
    }

    /// Waits for some.
    pub(super) async fn next(&self) -> Vec<String> {
        loop {
            let shops = std::mem::take(&mut *self.shops.lock().unwrap_or_else(PoisonError::into_inner));
            if !shops.is_empty() {
                return shops.into_iter().collect();
            }
            self.some.notified().await;
        }
    }
}

/// How to tell the others.
pub(super) type Teller = mpsc::Sender<Vec<String>>;

/// Listens until the log is dropped.
pub(super) fn start(address: Address, changes: Arc<Changes>) -> (Teller, tokio::task::AbortHandle) {
    let (teller, mut to_tell) = mpsc::channel(LINE);
    let task = tokio::spawn(async move {
        let mut seen = HashMap::new();
        loop {
            let Err(error) = listen(&address, &changes, &mut to_tell, &mut seen).await else {
                return;
            };
            tracing::warn!(%error, "what other relays append is not heard");
            sleep(PAUSE).await;
        }
    });
    (teller, task.abort_handle())
}

async fn listen(
    address: &Address,
    changes: &Changes,
    to_tell: &mut mpsc::Receiver<Vec<String>>,
    seen: &mut HashMap<String, i64>,
) -> Result<(), LogError> {
    let (words, mut heard) = mpsc::channel::<Notification>(LINE);
    let session = within(Session::open(address, Some(words))).await?;
    within(session.run(BEGIN)).await?;
    let own = within(session.query_opt("SELECT pg_backend_pid()", &[]))
        .await?
        .map(|row| row.get::<_, i32>(0));
    let mut clock = interval(LOOK_EVERY);
    clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            word = heard.recv() => {
                let word = word.ok_or_else(|| LogError::Unavailable("the database hung up".into()))?;
                if Some(word.process_id()) != own {
                    changes.add([word.payload().to_owned()]);
                }
            }
            shops = to_tell.recv() => {
                let Some(shops) = shops else { return Ok(()) };
                within(session.execute(TELL, &[&shops])).await?;
            }
            _ = clock.tick() => {
                let places = within(shop::places(&session)).await?;
                changes.add(newer(places, seen));
            }
        }
    }
}

/// The shops that have gone on since they were last seen; at first all that have anything.
fn newer(places: Vec<(String, i64)>, seen: &mut HashMap<String, i64>) -> Vec<String> {
    let gone_on = |(id, newest): (String, i64)| {
        let before = seen.insert(id.clone(), newest).unwrap_or_default();
        (before != newest).then_some(id)
    };
    places.into_iter().filter_map(gone_on).collect()
}
