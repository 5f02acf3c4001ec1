//! The way to the relay: its events in order, heartbeats, and claims.
//!
//! One task reads on for ever. What it reads is handed to the engine, which commits it; only then the next page
//! is asked for. Whatever fails is tried again: the relay keeps what was not acknowledged.

mod client;
mod keys;
mod owners_page;
mod words;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use relay_wire::{ClaimKey, Cursor, EventsPage, Heartbeat, Link, ShopKey};
use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::{Boxed, Till, claims};
use crate::engine::RelayEvent;
use crate::error::TillError;
use crate::receipt_number::ReceiptNumber;
use crate::store::chain;
use crate::view::{RelayTrouble, RelayView};

pub use client::{Paired, Refused, RelayClient};
pub use keys::RelayKeys;
pub use owners_page::OwnersLink;
pub use words::read;

/// Who settles between counters, as the till needs it.
pub trait Claimer: Send + Sync + 'static {
    /// Who has these payments; `None` when the relay did not answer.
    fn claim(&self, receipts: Vec<ReceiptNumber>) -> Boxed<Option<Vec<(ReceiptNumber, char)>>>;
}

/// Between two attempts while the relay does not answer: from, to.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// At least so often the relay hears how far this counter is, also when nothing comes.
const BEAT: Duration = Duration::from_secs(20);

/// How often the owner's page is written: about 3 kB each time.
const DAY: Duration = Duration::from_secs(60);

/// The running link; it ends when this is dropped.
#[derive(Debug)]
pub struct RelayLink {
    task: AbortHandle,
}

impl Drop for RelayLink {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl RelayLink {
    /// Begins to read, and to claim; with a link for the owner, also to put the day there.
    #[must_use]
    pub fn start(till: Till, client: RelayClient, owner: Option<OwnersLink>, runtime: &Handle) -> Self {
        let client = Arc::new(client);
        till.pair(Some(Arc::<RelayClient>::clone(&client)));
        let reader = Reader {
            till,
            client,
            anchor: None,
            last_beat: None,
            refused: false,
            owner,
            last_day: None,
        };
        Self {
            task: runtime.spawn(reader.run()).abort_handle(),
        }
    }
}

struct Reader {
    till: Till,
    client: Arc<RelayClient>,
    /// The longest chain that the relay has seen, by its last answer.
    anchor: Option<Link>,
    last_beat: Option<std::time::Instant>,
    /// It does not continue the chain that the relay has seen.
    refused: bool,
    owner: Option<OwnersLink>,
    last_day: Option<std::time::Instant>,
}

impl Reader {
    async fn run(mut self) {
        let mut pause = PAUSES.0;
        self.tell(None, None).await;
        loop {
            match self.round().await {
                Ok(()) => pause = PAUSES.0,
                Err(trouble) => {
                    self.tell(None, Some(trouble)).await;
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(PAUSES.1);
                }
            }
        }
    }

    /// One page of events, from the question to the commit.
    async fn round(&mut self) -> Result<(), RelayTrouble> {
        let place = self
            .till
            .look(|engine, _| engine.relay_place())
            .await
            .map_err(trouble_of_disk)?;
        let after = place.cursor.unwrap_or_else(|| self.client.first());
        if self.beat_is_due() {
            let first = self.anchor.is_none();
            self.beat(after).await?;
            // Only its answer says what the relay has seen of this book, so only now it can be shown how that goes on:
            // a till that is open for less than the time between two beats has a witness too.
            if first && self.anchor.is_some() {
                self.beat(after).await?;
            }
        }
        let page = self
            .client
            .events(after, BEAT.as_secs())
            .await
            .map_err(RelayTrouble::from)?;
        self.take(after, page).await.map_err(trouble_of_disk)?;
        self.look_up().await?;
        self.put_day().await?;
        // Payments are heard all the same: a shop with an old copy must not miss them.
        let trouble = self.refused.then_some(RelayTrouble::ChainRefused);
        self.tell(Some(Utc::now()), trouble).await;
        Ok(())
    }

    async fn take(&mut self, after: Cursor, page: EventsPage) -> Result<(), TillError> {
        if let Some(gone) = page.gone {
            let from = Cursor {
                epoch: page.epoch,
                seq: gone.through,
            };
            self.till
                .call(move |engine, now| Ok(((), engine.relay_goes_on_at(from, gone.count, now)?)))
                .await?;
        } else if page.epoch != after.epoch {
            let from = Cursor {
                epoch: page.epoch,
                seq: 0,
            };
            self.till
                .call(move |engine, now| Ok(((), engine.relay_goes_on_at(from, 0, now)?)))
                .await?;
        }
        let any = !page.events.is_empty();
        for sealed in page.events {
            let at = Cursor {
                epoch: page.epoch,
                seq: sealed.seq,
            };
            let word = read(self.client.open(&sealed.sealed));
            self.till
                .call(move |engine, now| Ok(((), engine.relay_heard(RelayEvent { at, word }, now)?)))
                .await?;
        }
        if any {
            self.last_beat = None;
        }
        Ok(())
    }

    fn beat_is_due(&self) -> bool {
        self.last_beat.is_none_or(|at| at.elapsed() >= BEAT)
    }

    /// Says how far this counter is, shows its chain, and asks again for what is still claimed.
    async fn beat(&mut self, cursor: Cursor) -> Result<(), RelayTrouble> {
        let before = self.anchor.as_ref().map(|anchor| anchor.rows);
        let (chain, shown, open) = self
            .till
            .look(move |engine, _| {
                let conn = engine.store().read();
                let shown = before.map(|rows| chain::at(conn, rows)).transpose()?.flatten();
                Ok((chain::newest(conn)?, shown, engine.open_claims()?))
            })
            .await
            .map_err(trouble_of_disk)?;
        let heartbeat = Heartbeat {
            cursor,
            chain,
            before: shown,
            begins_anew: false,
        };
        let answer = self.client.heartbeat(&heartbeat).await?;
        let first = self.last_beat.replace(std::time::Instant::now()).is_none();
        self.anchor = answer.anchor;
        let others = answer.others;
        self.till
            .call(move |engine, now| Ok(((), engine.other_counters(others, now))))
            .await
            .map_err(trouble_of_disk)?;
        self.claim_again(open).await?;
        // That it answers at all is told at once: the page that is asked for next comes late while nobody pays.
        if first || self.refused != answer.chain_refused {
            self.refused = answer.chain_refused;
            let trouble = self.refused.then_some(RelayTrouble::ChainRefused);
            self.tell(Some(Utc::now()), trouble).await;
        }
        Ok(())
    }

    async fn claim_again(&self, open: Vec<ReceiptNumber>) -> Result<(), RelayTrouble> {
        for some in open.chunks(claims::MOST) {
            let answers = self.client.claims(some).await?;
            self.till
                .call(move |engine, now| Ok(((), engine.claims_answered(&answers, now)?)))
                .await
                .map_err(trouble_of_disk)?;
        }
        Ok(())
    }

    /// The owner's page, when a minute has passed.
    async fn put_day(&mut self) -> Result<(), RelayTrouble> {
        let Some(owner) = &self.owner else {
            return Ok(());
        };
        if self.last_day.is_some_and(|at| at.elapsed() < DAY) {
            return Ok(());
        }
        let today = self
            .till
            .look(owners_page::today)
            .await
            .map_err(trouble_of_disk)?;
        let page = owner.seal(&today).map_err(trouble_of_disk)?;
        self.client.put_day(&page).await?;
        self.last_day = Some(std::time::Instant::now());
        Ok(())
    }

    /// Payments of the other counters' sales are no cards here.
    async fn look_up(&self) -> Result<(), RelayTrouble> {
        let mut cards = self
            .till
            .look(|engine, now| engine.cards_to_look_up(now))
            .await
            .map_err(trouble_of_disk)?;
        cards.truncate(claims::MOST);
        if cards.is_empty() {
            return Ok(());
        }
        let held = self.client.holders(&cards).await?;
        self.till
            .call(move |engine, now| Ok(((), engine.cards_looked_up(&cards, &held, now)?)))
            .await
            .map_err(trouble_of_disk)
    }

    async fn tell(&self, heard_at: Option<DateTime<Utc>>, trouble: Option<RelayTrouble>) {
        let told = self
            .till
            .call(move |engine, now| {
                let view = RelayView {
                    heard_at: heard_at.or_else(|| engine.relay_view().and_then(|view| view.heard_at)),
                    trouble,
                };
                Ok(((), engine.relay_link(Some(view), now)))
            })
            .await;
        if let Err(error) = told {
            tracing::error!(code = ?error.code, "relay: {error}");
        }
    }
}

fn trouble_of_disk(error: TillError) -> RelayTrouble {
    tracing::error!(code = ?error.code, "relay: {error}");
    RelayTrouble::Here
}

impl Claimer for RelayClient {
    fn claim(&self, receipts: Vec<ReceiptNumber>) -> Boxed<Option<Vec<(ReceiptNumber, char)>>> {
        let client = self.clone();
        Box::pin(async move {
            client
                .claims(&receipts)
                .await
                .inspect_err(|error| tracing::warn!("a payment could not be claimed: {error}"))
                .ok()
        })
    }
}

/// The names of payments, as the relay may see them.
fn names(keys: &RelayKeys, receipts: &[ReceiptNumber]) -> Vec<ClaimKey> {
    receipts
        .iter()
        .map(|receipt| ClaimKey::of(&keys.secret, receipt.as_str()))
        .collect()
}

/// The key that opens this shop's events.
fn shop_key(keys: &RelayKeys) -> ShopKey {
    ShopKey::of(&keys.secret)
}
