//! Carries the steps of the set-up doctor out, one at a time, so that whoever asks may stop between two.
//!
//! The prompt goes through the engine as every other: the guard, the intent before the send and the book
//! hold for it, and nobody who stops watching stops the prompt.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use daraja::C2bVersion;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;

use super::safaricom::{Addresses, Safaricom};
use super::{Boxed, Clock as _, Daraja as _, SystemClock, Till};
use crate::doctor::{
    C2bOutcome, Finding, KeysOutcome, NoticeOutcome, Outcome, PullOutcome, PushOutcome, Relay, Step,
};
use crate::engine::{Announcement, PullPage};
use crate::error::{Code, TillError};
use crate::money::MpesaAmount;
use crate::msisdn::Msisdn;
use crate::store::money_in::Grade;
use crate::store::witness;
use crate::view::{PushView, SaleView, TenderKindView};

/// What a played customer pays, in shillings: another amount than the test's, so that the two payments
/// cannot be taken for each other.
const PLAYED_SHILLINGS: u32 = 2;

/// What a played customer types at a paybill.
const PLAYED_ACCOUNT: &str = "SETUPTEST";

/// How long a relay has for a notice that Safaricom sends at the prompt's end. Most callbacks were seen
/// within seconds of it (Deval123/nkap, provider notes).
const NOTICE_PATIENCE: Duration = Duration::from_secs(20);

/// How long a relay has to be heard at all, when the till was started a moment ago.
const RELAY_PATIENCE: Duration = Duration::from_secs(5);

/// How far back the page of the list reaches, in hours: Safaricom may read our dates three hours off.
const LIST_HOURS: i64 = 4;

/// What has been heard from Safaricom without being asked for.
pub trait Heard: Send + Sync + 'static {
    /// Is there a relay?
    fn relay(&self) -> Boxed<Relay>;
    /// Did Safaricom's own word about this push come?
    fn callback(&self, push_id: String) -> Boxed<Result<bool, TillError>>;
    /// Did a notice of a customer's own payment ever come?
    fn c2b(&self) -> Boxed<Result<bool, TillError>>;
}

/// Without a relay: what the book knows.
#[derive(Debug, Clone)]
pub struct FromTheBook(pub Till);

impl Heard for FromTheBook {
    fn relay(&self) -> Boxed<Relay> {
        let till = self.0.clone();
        Box::pin(async move {
            let seen = till.look(|engine, _| Ok(engine.relay_view())).await;
            seen.ok()
                .flatten()
                .map_or(Relay::NotPaired, |relay| Relay::Paired {
                    heard_at: relay.heard_at.filter(|_| relay.trouble.is_none()),
                })
        })
    }

    fn callback(&self, push_id: String) -> Boxed<Result<bool, TillError>> {
        let till = self.0.clone();
        Box::pin(async move {
            till.look(move |engine, _| {
                let said = witness::about(engine.store().read(), Some(&push_id), None)?;
                let callback = Grade::Callback.told_by();
                Ok(said.iter().any(|witness| witness.told_by == callback))
            })
            .await
        })
    }

    fn c2b(&self) -> Boxed<Result<bool, TillError>> {
        let till = self.0.clone();
        Box::pin(async move {
            till.look(|engine, _| witness::heard_of(engine.store().read(), Grade::C2b.told_by()))
                .await
        })
    }
}

/// What the owner wants tried.
#[derive(Debug, Clone, Default)]
pub struct Wish {
    /// The phone that pays KSh 1; none leaves the prompt out.
    pub phone: Option<Msisdn>,
    /// Addresses to register; none registers nothing.
    pub addresses: Option<Addresses>,
}

/// One shop to look at.
pub struct Doctor {
    till: Till,
    /// The connection, or what keeps it from being made.
    safaricom: Result<Safaricom, Code>,
    heard: Arc<dyn Heard>,
    /// Is Pull Transactions marked as switched on?
    list: bool,
    /// Practice or sandbox: a customer may be played.
    plays: bool,
}

impl std::fmt::Debug for Doctor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Doctor")
    }
}

impl Doctor {
    /// `list`: Pull Transactions is marked as switched on for the shop. `plays`: its money is not real, so
    /// a customer may be played.
    #[must_use]
    pub fn new(
        till: Till,
        safaricom: Result<Safaricom, Code>,
        heard: Arc<dyn Heard>,
        list: bool,
        plays: bool,
    ) -> Self {
        Self {
            till,
            safaricom,
            heard,
            list,
            plays,
        }
    }

    /// Tries one step. `push_id` is what the step of the prompt found, for the steps after it.
    ///
    /// # Errors
    /// The disk's trouble, or that of the engine; what Safaricom says is a finding and no error.
    pub async fn step(&self, step: Step, wish: &Wish, push_id: Option<String>) -> Result<Finding, TillError> {
        let safaricom = match &self.safaricom {
            Ok(safaricom) => safaricom,
            Err(code) => return Ok(Finding::of(&Outcome::Keys(KeysOutcome::of(*code)), None)),
        };
        let mut push_id = push_id;
        let outcome = match step {
            Step::Keys => Outcome::Keys(KeysOutcome::Ready),
            Step::Token => Outcome::Token(safaricom.knock().await),
            Step::Push => match wish.phone.clone() {
                None => Outcome::Push(PushOutcome::LeftOut),
                Some(phone) => {
                    let (outcome, id) = self.prompt(phone).await?;
                    push_id = id;
                    Outcome::Push(outcome)
                }
            },
            Step::Notice => Outcome::Notice(self.notice(push_id.as_deref()).await?),
            Step::C2b => Outcome::C2b(self.customers(safaricom, wish).await?),
            Step::Pull => Outcome::Pull(self.list(safaricom).await?),
        };
        Ok(Finding::of(&outcome, push_id))
    }

    async fn prompt(&self, phone: Msisdn) -> Result<(PushOutcome, Option<String>), TillError> {
        // Before the start, or a change in between would be missed.
        let mut news = self.till.announcements();
        let started = self
            .till
            .call(move |engine, now| engine.start_set_up_test(phone, now))
            .await;
        let sale = match started {
            Ok(sale) => sale,
            Err(error) if error.code == Code::PushLive => return Ok((PushOutcome::Blocked, None)),
            Err(error) => return Err(error),
        };
        let id = prompt_of(&sale).map(|push| push.push_id.clone());
        let policy = self.till.look(|engine, _| Ok(*engine.policy())).await?;
        // The engine itself gives up waiting at the deadline; this is for an engine that cannot say so.
        let patience = Duration::from_millis(policy.deadline_ms + 2 * policy.second_opinion_ms);
        let limit = Instant::now() + patience;
        loop {
            let sale_id = sale.id.clone();
            let now = self
                .till
                .look(move |engine, now| engine.sale(&sale_id, now))
                .await?;
            if let Some(outcome) = prompt_of(&now).and_then(PushOutcome::of) {
                return Ok((outcome, id));
            }
            if !changed(&mut news, limit).await? {
                return Ok((PushOutcome::NotKnown(None), id));
            }
        }
    }

    async fn notice(&self, push_id: Option<&str>) -> Result<NoticeOutcome, TillError> {
        let mut news = self.till.announcements();
        let patience = push_id.map_or(RELAY_PATIENCE, |_| NOTICE_PATIENCE);
        let limit = Instant::now() + patience;
        loop {
            let relay = self.heard.relay().await;
            let seen = match push_id {
                Some(push_id) => self.heard.callback(push_id.to_owned()).await?,
                None => false,
            };
            let outcome = NoticeOutcome::of(relay, push_id.is_some(), seen);
            // Only a relay's silence may still end; where there is none nothing can come.
            let may_end = matches!(outcome, NoticeOutcome::NotBrought | NoticeOutcome::RelaySilent);
            if !may_end || !changed(&mut news, limit).await? {
                return Ok(outcome);
            }
        }
    }

    async fn customers(&self, safaricom: &Safaricom, wish: &Wish) -> Result<C2bOutcome, TillError> {
        if let Some(addresses) = &wish.addresses {
            return Ok(C2bOutcome::of_register(&safaricom.register_urls(addresses).await));
        }
        if self.heard.c2b().await? {
            return Ok(C2bOutcome::Seen);
        }
        let phone = wish.phone.as_ref().filter(|_| self.plays);
        match (phone, MpesaAmount::from_shillings(PLAYED_SHILLINGS)) {
            (Some(phone), Ok(amount)) => {
                let played = safaricom
                    .play(amount, phone, PLAYED_ACCOUNT, C2bVersion::V2)
                    .await;
                Ok(C2bOutcome::of_play(&played))
            }
            (None, _) | (_, Err(_)) => Ok(C2bOutcome::NotAsked),
        }
    }

    /// One page, by Safaricom's clock as far as it is known. The engine reads the list itself afterwards, so
    /// that what it shows is booked.
    async fn list(&self, safaricom: &Safaricom) -> Result<PullOutcome, TillError> {
        let to = SystemClock::default().now().utc - TimeDelta::seconds(safaricom.skew_s().unwrap_or(0));
        let page = PullPage {
            from: to - TimeDelta::hours(LIST_HOURS),
            to,
            offset: 0,
        };
        let outcome = PullOutcome::of(&safaricom.pull(page).await, self.list);
        if let PullOutcome::Shows(_) = outcome {
            self.till
                .call(|engine, now| Ok(((), engine.pull_now(now))))
                .await?;
        }
        Ok(outcome)
    }
}

/// The newest prompt of a sale.
fn prompt_of(sale: &SaleView) -> Option<&PushView> {
    sale.tenders.iter().rev().find_map(|tender| match &tender.kind {
        TenderKindView::Push(push) => Some(push),
        TenderKindView::Cash { .. }
        | TenderKindView::ToTill { .. }
        | TenderKindView::Code { .. }
        | TenderKindView::Credit { .. } => None,
    })
}

/// Waits until something changed in the book; `false` when the limit came first.
async fn changed(news: &mut Receiver<Announcement>, limit: Instant) -> Result<bool, TillError> {
    match tokio::time::timeout_at(limit, news.recv()).await {
        Ok(Ok(_) | Err(RecvError::Lagged(_))) => Ok(true),
        Ok(Err(RecvError::Closed)) => Err(super::stopped()),
        Err(_) => Ok(false),
    }
}
