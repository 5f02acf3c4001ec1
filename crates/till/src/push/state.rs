//! What is true of a push in each state.

use chrono::{DateTime, Utc};

use super::reason::Reason;
use super::result::EndKind;
use crate::clock::Mono;
use crate::money::MpesaAmount;
use crate::msisdn::KeptPhone;
use crate::policy::Policy;
use crate::receipt_number::ReceiptNumber;
use crate::view::{PushState, ToldBy};

/// Where a push stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Committed; nothing was sent.
    Intended,
    /// Committed; bytes may leave from now on.
    Sending,
    /// Safaricom accepted: a prompt is on its way or on the phone.
    Prompted,
    /// Nobody can say whether a prompt is alive or was paid.
    Unknown {
        /// How it became unknown.
        reason: Reason,
        /// The customer, asked on screen, has no M-PESA message: the block ends, the watch goes on.
        no_message: bool,
    },
    /// No witness reaches back to it any more but the M-PESA statement.
    AwaitsStatement,
    /// Certain: nothing left this PC.
    NotSent(Reason),
    /// Certain: Safaricom made no prompt.
    Refused(Reason),
    /// A witness says it ended without money.
    Failed {
        /// How.
        reason: Reason,
        /// Who says so.
        told_by: ToldBy,
        /// How firmly it may be believed.
        firmness: Firmness,
    },
    /// Money moved. Final.
    Paid {
        /// Who said so first.
        told_by: ToldBy,
    },
}

/// How firmly a failure may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Firmness {
    /// One query said so; others may still disagree.
    Provisional {
        /// When that query answered.
        first_at: Mono,
        /// What it takes to believe it.
        kind: EndKind,
    },
    /// Believed. Evidence of money still overrules it.
    Final,
}

/// One push, with what the machine needs to know about time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Push {
    /// Made and committed before anything is sent.
    pub id: String,
    /// The sale it is for.
    pub sale_id: String,
    /// The tender it is.
    pub tender_id: String,
    /// The phone that is asked; only its end once the push is over and its day is closed.
    pub msisdn: KeptPhone,
    /// How much is asked.
    pub amount: MpesaAmount,
    /// What the customer reads in the message.
    pub reference: String,
    /// Where it stands.
    pub state: State,
    /// Safaricom's id of the prompt. Personal data: it contains the phone's last nine digits.
    pub checkout_request_id: Option<String>,
    /// M-Pesa's receipt number, once a witness named it.
    pub receipt: Option<ReceiptNumber>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When its bytes were allowed to leave.
    pub sent_at: Option<DateTime<Utc>>,
    /// When Safaricom accepted it.
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// When Safaricom was last asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// How often Safaricom was asked.
    pub asked_times: u32,
    /// The part of its callback address that nobody can guess.
    pub callback_secret: String,
    /// The PC's clock minus Safaricom's when it was sent, milliseconds, as far as it was known: what
    /// Safaricom dates is compared with `sent_at` through it.
    pub skew_ms: Option<i64>,
    /// The customer was chosen from the list of regulars: whoever sells sees the name, and not the number.
    pub from_list: bool,
    /// It was paid before this moment, by Safaricom's clock: then a witness had told so. Not stored.
    pub paid_until: Option<DateTime<Utc>>,
    /// Since when the deadline runs: its sending, or Keshia's start, or the last clock step. Not
    /// stored: a waiting clock means nothing in another run.
    pub waiting_since: Mono,
}

impl State {
    /// Whether no second prompt may be started because of this one.
    #[must_use]
    pub const fn blocks(&self) -> bool {
        match self {
            Self::Intended | Self::Sending | Self::Prompted => true,
            Self::Unknown { no_message, .. } => !*no_message,
            Self::Failed { firmness, .. } => matches!(firmness, Firmness::Provisional { .. }),
            Self::AwaitsStatement | Self::NotSent(_) | Self::Refused(_) | Self::Paid { .. } => false,
        }
    }

    /// Whether Keshia still asks Safaricom about it.
    #[must_use]
    pub const fn watched(&self) -> bool {
        match self {
            Self::Sending | Self::Prompted | Self::Unknown { .. } => true,
            // A person's word ends the block, not the watch: Safaricom is still asked.
            Self::Failed {
                firmness, told_by, ..
            } => match firmness {
                Firmness::Provisional { .. } => true,
                Firmness::Final => matches!(told_by, ToldBy::Person),
            },
            Self::Intended
            | Self::AwaitsStatement
            | Self::NotSent(_)
            | Self::Refused(_)
            | Self::Paid { .. } => false,
        }
    }

    /// Whether a payment that comes to light may be this push's: it keeps one receipt number from
    /// everything that is less certain.
    #[must_use]
    pub const fn may_have_been_paid(&self) -> bool {
        match self {
            Self::Sending
            | Self::Prompted
            | Self::Unknown { .. }
            | Self::AwaitsStatement
            | Self::Paid { .. } => true,
            Self::Failed {
                firmness, told_by, ..
            } => match firmness {
                Firmness::Provisional { .. } => true,
                Firmness::Final => matches!(told_by, ToldBy::Person),
            },
            Self::Intended | Self::NotSent(_) | Self::Refused(_) => false,
        }
    }

    /// The state's word for screen and store.
    #[must_use]
    pub const fn word(&self) -> PushState {
        match self {
            Self::Intended => PushState::Intended,
            Self::Sending => PushState::Sending,
            Self::Prompted => PushState::Prompted,
            Self::Unknown { .. } => PushState::Unknown,
            Self::AwaitsStatement => PushState::AwaitsStatement,
            Self::NotSent(_) => PushState::NotSent,
            Self::Refused(_) => PushState::Refused,
            Self::Failed {
                firmness: Firmness::Provisional { .. },
                ..
            } => PushState::FailedProvisional,
            Self::Failed {
                firmness: Firmness::Final,
                ..
            } => PushState::Failed,
            Self::Paid { .. } => PushState::Paid,
        }
    }

    /// Why it stands there.
    #[must_use]
    pub const fn reason(&self) -> Option<Reason> {
        match self {
            Self::Unknown { reason, .. }
            | Self::Failed { reason, .. }
            | Self::NotSent(reason)
            | Self::Refused(reason) => Some(*reason),
            Self::Intended | Self::Sending | Self::Prompted | Self::AwaitsStatement | Self::Paid { .. } => {
                None
            }
        }
    }

    /// Who told us.
    #[must_use]
    pub const fn told_by(&self) -> Option<ToldBy> {
        match self {
            Self::Failed { told_by, .. } | Self::Paid { told_by } => Some(*told_by),
            Self::Refused(_) => Some(ToldBy::Answer),
            Self::Unknown { no_message: true, .. } => Some(ToldBy::Person),
            Self::Intended
            | Self::Sending
            | Self::Prompted
            | Self::Unknown {
                no_message: false, ..
            }
            | Self::AwaitsStatement
            | Self::NotSent(_) => None,
        }
    }
}

impl Push {
    /// Whether it holds one receipt number back until its own is known (design: reservation).
    #[must_use]
    pub const fn reserves(&self) -> bool {
        self.receipt.is_none() && self.state.may_have_been_paid()
    }

    /// Paid by somebody's word, and its receipt number is not known yet.
    #[must_use]
    pub const fn lacks_receipt(&self) -> bool {
        self.receipt.is_none() && matches!(self.state, State::Paid { .. })
    }

    /// When its bytes were allowed to leave, by Safaricom's clock; when it was made, if they were not.
    #[must_use]
    pub fn sent_at_safaricom(&self) -> DateTime<Utc> {
        let sent = self.sent_at.unwrap_or(self.created_at);
        sent - chrono::TimeDelta::milliseconds(self.skew_ms.unwrap_or(0))
    }

    /// How long the deadline has been running.
    #[must_use]
    pub const fn waited_ms(&self, now: Mono) -> u64 {
        now.since_ms(self.waiting_since)
    }

    /// Whether the prompt must be dead if it ever was: the deadline is over.
    #[must_use]
    pub const fn past_deadline(&self, now: Mono, policy: &Policy) -> bool {
        self.waited_ms(now) >= policy.deadline_ms
    }

    /// Whether a person may answer for how it ended: no witness can tell any more, or none has although the
    /// prompt must be dead.
    #[must_use]
    pub const fn may_be_judged(&self, now: Mono, policy: &Policy) -> bool {
        match &self.state {
            State::AwaitsStatement => true,
            State::Unknown { .. } => self.past_deadline(now, policy),
            State::Intended
            | State::Sending
            | State::Prompted
            | State::NotSent(_)
            | State::Refused(_)
            | State::Failed { .. }
            | State::Paid { .. } => false,
        }
    }

    /// Whether the screen may ask the customer for an M-PESA message now.
    #[must_use]
    pub const fn may_ask_customer(&self, now: Mono, policy: &Policy) -> bool {
        match &self.state {
            State::Unknown { no_message, .. } => !*no_message && self.past_deadline(now, policy),
            State::Failed {
                firmness: Firmness::Provisional { kind, .. },
                ..
            } => match kind {
                EndKind::Act => true,
                EndKind::Silence | EndKind::SameAgain => self.past_deadline(now, policy),
            },
            State::Failed {
                firmness: Firmness::Final,
                ..
            }
            | State::Intended
            | State::Sending
            | State::Prompted
            | State::AwaitsStatement
            | State::NotSent(_)
            | State::Refused(_)
            | State::Paid { .. } => false,
        }
    }
}
