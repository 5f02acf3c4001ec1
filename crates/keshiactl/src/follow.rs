//! Follows one push and says each of its states as it comes.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::engine::Announcement;
use till::push::Reason;
use till::view::{LinkView, Proof, PushState, PushView, SaleView, TenderKindView, ToldBy, Why};
use till::{Money, TillError};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::failure::{Exit, internal};
use crate::open::Running;
use crate::print::{Out, ksh};
use crate::reason_words::why;
use crate::sale_line::Explained;

/// One push with what of its sale a script wants to know.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    sale_id: String,
    reference: String,
    amount: Money,
    proof: Proof,
    why: Option<Why>,
    push: PushView,
    explained: Option<Explained>,
}

/// How long to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// Until Safaricom answered the request.
    Answered,
    /// Until money moved or certainly did not, or nobody can say.
    Ended,
}

#[derive(Serialize)]
struct Body<'a> {
    push_id: &'a str,
    sale_id: &'a str,
    reference: &'a str,
    amount: Money,
    phone: &'a str,
    state: PushState,
    reason: Option<Reason>,
    told_by: Option<ToldBy>,
    receipt: Option<&'a str>,
    proof: Proof,
    why: Option<Why>,
    sent_at: Option<DateTime<Utc>>,
    accepted_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    asked_times: u32,
    waited_s: u32,
    #[serde(flatten)]
    explained: Option<&'a Explained>,
    #[serde(flatten)]
    end: Option<End>,
    message: String,
}

#[derive(Serialize)]
struct End {
    outcome: &'static str,
    exit_code: u8,
}

impl Seen {
    /// The push in its sale; `None` when the sale has no such push.
    pub(crate) fn find(sale: &SaleView, push_id: &str, reference: Option<&str>) -> Option<Self> {
        sale.tenders.iter().find_map(|tender| match &tender.kind {
            TenderKindView::Push(push) if push.push_id == push_id => Some(Self {
                sale_id: sale.id.clone(),
                reference: reference.unwrap_or(&sale.reference).to_owned(),
                amount: tender.amount,
                proof: tender.proof,
                why: tender.why,
                push: push.clone(),
                explained: None,
            }),
            TenderKindView::Push(_)
            | TenderKindView::Cash { .. }
            | TenderKindView::ToTill { .. }
            | TenderKindView::Code { .. }
            | TenderKindView::Credit { .. } => None,
        })
    }

    /// The newest push of a sale.
    pub(crate) fn newest(sale: &SaleView, reference: Option<&str>) -> Option<Self> {
        sale.tenders.iter().rev().find_map(|tender| match &tender.kind {
            TenderKindView::Push(push) => Self::find(sale, &push.push_id, reference),
            TenderKindView::Cash { .. }
            | TenderKindView::ToTill { .. }
            | TenderKindView::Code { .. }
            | TenderKindView::Credit { .. } => None,
        })
    }

    /// With what stands behind it.
    pub(crate) fn explained(self, explained: Explained) -> Self {
        Self {
            explained: Some(explained),
            ..self
        }
    }

    /// The push's id.
    pub(crate) fn push_id(&self) -> &str {
        &self.push.push_id
    }

    /// When Safaricom was last asked about it.
    pub(crate) const fn asked_at(&self) -> Option<DateTime<Utc>> {
        self.push.asked_at
    }

    /// Whether Safaricom can still say something new about it.
    pub(crate) const fn askable(&self) -> bool {
        self.exit().is_none() && self.push.accepted_at.is_some()
    }

    /// How it ended, if it did.
    const fn exit(&self) -> Option<Exit> {
        match self.push.state {
            PushState::Paid => Some(Exit::Done),
            PushState::NotSent | PushState::Refused | PushState::Failed => Some(Exit::NotPaid),
            PushState::Intended
            | PushState::Sending
            | PushState::Prompted
            | PushState::Unknown
            | PushState::AwaitsStatement
            | PushState::FailedProvisional => None,
        }
    }

    /// Whether there is nothing more to wait for.
    fn over(&self, until: Until, deadline: Duration) -> bool {
        match self.push.state {
            PushState::Paid
            | PushState::NotSent
            | PushState::Refused
            | PushState::Failed
            | PushState::AwaitsStatement => true,
            // Without Safaricom's id of the prompt nobody can be asked.
            PushState::Unknown => {
                until == Until::Answered
                    || self.push.accepted_at.is_none()
                    || u64::from(self.push.waited_s) >= deadline.as_secs()
            }
            PushState::Prompted | PushState::FailedProvisional => until == Until::Answered,
            PushState::Intended | PushState::Sending => false,
        }
    }

    /// Where it stands and what to do. `asking`: this very command goes on asking Safaricom, so it need
    /// not name the command that does.
    fn message(&self, asking: bool) -> String {
        let Self {
            push,
            amount,
            reference,
            ..
        } = self;
        let reason = push.reason.map(why).unwrap_or_default();
        let later = if asking {
            String::new()
        } else {
            format!(" Ask: keshiactl status {} --wait", push.push_id)
        };
        match push.state {
            PushState::Intended => {
                format!(
                    "{}, phone {}, reference {reference}",
                    ksh(*amount),
                    push.phone_masked
                )
            }
            PushState::Sending => "Sending.".to_owned(),
            PushState::Prompted if asking => "Prompt sent; waiting for the customer's PIN.".to_owned(),
            PushState::Prompted => format!("Prompt sent; not known yet.{later}"),
            PushState::FailedProvisional => format!(
                "Perhaps not paid: {reason} Only one answer says so; do not send again before a second one agrees.{later}"
            ),
            PushState::Unknown if push.accepted_at.is_some() => format!(
                "Not known yet: {reason} Do not send again. Ask the customer for the M-PESA message.{later}"
            ),
            PushState::Unknown => {
                let list = if push.pull_can_tell {
                    " Safaricom's list of payments may still tell: keshiactl watch --until-settled"
                } else {
                    ""
                };
                format!(
                    "Not known yet: {reason} Do not send again: the customer may be paying. Ask the customer for the \
                     M-PESA message; if it came, type its code in Keshia's window. If none came after 150 s, say so \
                     there; only then send again.{list}"
                )
            }
            PushState::AwaitsStatement => format!(
                "Not known: only the M-PESA statement can still tell. Do not send again; \
                 ask the customer for the M-PESA message. Who knows may answer: keshiactl judge {}",
                push.push_id
            ),
            PushState::NotSent => format!("Not paid: nothing was sent. {reason}"),
            PushState::Refused => format!("Not paid: Safaricom made no prompt. {reason}"),
            PushState::Failed => format!("Not paid. {reason}"),
            PushState::Paid => match &push.receipt {
                Some(receipt) => format!("Paid: {}, M-PESA code {receipt}.", ksh(*amount)),
                None => format!(
                    "Paid: {}. Safaricom says so; the M-PESA code is not known here.",
                    ksh(*amount)
                ),
            },
        }
    }

    /// Says where it stands, and returns the words.
    pub(crate) fn tell(&self, out: &Out, asking: bool) -> String {
        let message = self.message(asking);
        out.tell(&message, "push", self.body(message.clone(), None));
        message
    }

    /// Says how it ended, or that nobody can say, and returns the exit code. In words it does not repeat
    /// what was `said` last.
    pub(crate) fn end(&self, out: &Out, said: &str) -> Exit {
        let (exit, outcome) = match self.exit() {
            Some(exit @ Exit::Done) => (exit, "paid"),
            Some(exit @ Exit::NotPaid) => (exit, "not_paid"),
            Some(Exit::NotKnown) | None => (Exit::NotKnown, "not_known"),
        };
        let message = self.message(false);
        let words = if message == said {
            String::new()
        } else {
            message.clone()
        };
        out.tell(
            &words,
            "end",
            self.body(
                message,
                Some(End {
                    outcome,
                    exit_code: exit.number(),
                }),
            ),
        );
        exit
    }

    fn body(&self, message: String, end: Option<End>) -> Body<'_> {
        let Self {
            sale_id,
            reference,
            amount,
            proof,
            why,
            push,
            explained,
        } = self;
        Body {
            push_id: &push.push_id,
            sale_id,
            reference,
            amount: *amount,
            phone: &push.phone_masked,
            state: push.state,
            reason: push.reason,
            told_by: push.told_by,
            receipt: push.receipt.as_ref().map(till::ReceiptNumber::as_str),
            proof: *proof,
            why: *why,
            sent_at: push.sent_at,
            accepted_at: push.accepted_at,
            ended_at: push.ended_at,
            asked_times: push.asked_times,
            waited_s: push.waited_s,
            explained: explained.as_ref(),
            end,
            message,
        }
    }
}

/// Follows `first` until its end, telling each state once. `news` must have been subscribed to before
/// `first` was read, or a change in between would be missed.
///
/// # Errors
/// The engine's trouble.
pub(crate) async fn follow(
    running: &Running,
    mut news: Receiver<Announcement>,
    first: Seen,
    until: Until,
    out: &Out,
) -> Result<Exit, TillError> {
    let policy = running.till.look(|engine, _| Ok(*engine.policy())).await?;
    let deadline = Duration::from_millis(policy.deadline_ms);
    // A second opinion that does not come (no network) must not hold a script for ever.
    let patience = deadline + 2 * Duration::from_millis(policy.second_opinion_ms);
    let limit = tokio::time::sleep(patience);
    let stopped = tokio::signal::ctrl_c();
    tokio::pin!(limit, stopped);
    let reference = first.reference.clone();
    let mut seen = first;
    let mut online = true;
    let asking = until == Until::Ended;
    let mut said = seen.tell(out, asking);
    while !seen.over(until, deadline) {
        let sale = tokio::select! {
            heard = news.recv() => match heard {
                Ok(Announcement::SaleChanged(sale)) if sale.id == seen.sale_id => *sale,
                Ok(Announcement::LinkChanged(link)) => {
                    tell_link(out, link, &mut online);
                    continue;
                }
                Ok(
                    Announcement::SaleChanged(_) | Announcement::PaymentEnded(_) | Announcement::RollChanged | Announcement::DeskChanged(_),
                ) => continue,
                Err(RecvError::Lagged(_)) => {
                    let id = seen.sale_id.clone();
                    running.till.look(move |engine, now| engine.sale(&id, now)).await?
                }
                Err(RecvError::Closed) => return Err(internal("the engine has stopped")),
            },
            () = &mut limit => break,
            // Ctrl-C: the prompt goes on without us, and the book knows it.
            _ = &mut stopped => break,
        };
        let next =
            Seen::find(&sale, seen.push_id(), Some(&reference)).ok_or_else(|| internal("a push was lost"))?;
        let changed = next.push.state != seen.push.state || next.push.reason != seen.push.reason;
        seen = next;
        if changed {
            said = seen.tell(out, asking);
        }
    }
    Ok(seen.end(out, &said))
}

/// Says when the connection goes and when it is back.
pub(crate) fn tell_link(out: &Out, link: LinkView, online: &mut bool) {
    let now = link.online.unwrap_or(true);
    if now != *online {
        *online = now;
        let words = if now {
            "The connection to Safaricom is back."
        } else {
            "No connection to Safaricom; still trying."
        };
        out.tell(words, "link", link);
    }
}
