//! The set-up doctor: what is tried, what may come of it, and one sentence with the fix for each.
//!
//! Pure: who tries is `crate::driver::doctor`, and both the window and `keshiactl` say the words of this
//! folder, in English and in Swahili, so that a fix is written down once. One file per step.

pub mod c2b;
pub mod go_live;
pub mod keys;
pub mod labels;
pub mod notice;
pub mod owner;
pub mod pull;
pub mod push;
mod reasons;
pub mod token;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use c2b::{C2bOutcome, CallTrouble};
pub use keys::KeysOutcome;
pub use notice::{NoticeOutcome, Relay};
pub use owner::TillOwner;
pub use pull::PullOutcome;
pub use push::PushOutcome;
pub use token::TokenOutcome;

/// A sentence in both languages of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Words {
    /// English.
    pub en: String,
    /// Swahili.
    pub sw: String,
}

impl Words {
    pub(crate) fn new(en: impl Into<String>, sw: impl Into<String>) -> Self {
        Self {
            en: en.into(),
            sw: sw.into(),
        }
    }
}

/// What is tried, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Are the keys here?
    Keys,
    /// Does Safaricom accept them?
    Token,
    /// A real prompt of KSh 1, to its end: a wrong pair of numbers shows only there.
    Push,
    /// Did Safaricom's own word about it come, through the relay?
    Notice,
    /// Customers' own payments.
    C2b,
    /// Safaricom's list of payments.
    Pull,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 6] = [
        Self::Keys,
        Self::Token,
        Self::Push,
        Self::Notice,
        Self::C2b,
        Self::Pull,
    ];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Words {
        match self {
            Self::Keys => Words::new("Keys on this computer", "Funguo kwenye kompyuta hii"),
            Self::Token => Words::new("Safaricom knows the keys", "Safaricom inazitambua funguo"),
            Self::Push => Words::new("A prompt of KSh 1, to its end", "Ombi la KSh 1, hadi mwisho"),
            Self::Notice => Words::new(
                "Safaricom’s word through the relay",
                "Neno la Safaricom kupitia relay",
            ),
            Self::C2b => Words::new("Customers who pay by themselves", "Wateja wanaolipa wenyewe"),
            Self::Pull => Words::new("Safaricom’s list of payments", "Orodha ya malipo ya Safaricom"),
        }
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It works.
    Good,
    /// Neither good nor bad: nothing has to be done.
    Neutral,
    /// Something is to be put right, and the sentence says what.
    Fix,
    /// Nobody can say yet.
    NotKnown,
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// See [`Step::Keys`].
    Keys(KeysOutcome),
    /// See [`Step::Token`].
    Token(TokenOutcome),
    /// See [`Step::Push`].
    Push(PushOutcome),
    /// See [`Step::Notice`].
    Notice(NoticeOutcome),
    /// See [`Step::C2b`].
    C2b(C2bOutcome),
    /// See [`Step::Pull`].
    Pull(PullOutcome),
}

impl Outcome {
    /// The step that it is of.
    #[must_use]
    pub const fn step(&self) -> Step {
        match self {
            Self::Keys(_) => Step::Keys,
            Self::Token(_) => Step::Token,
            Self::Push(_) => Step::Push,
            Self::Notice(_) => Step::Notice,
            Self::C2b(_) => Step::C2b,
            Self::Pull(_) => Step::Pull,
        }
    }

    /// How the step stands.
    #[must_use]
    pub const fn mark(&self) -> Mark {
        match self {
            Self::Keys(outcome) => outcome.mark(),
            Self::Token(outcome) => outcome.mark(),
            Self::Push(outcome) => outcome.mark(),
            Self::Notice(outcome) => outcome.mark(),
            Self::C2b(outcome) => outcome.mark(),
            Self::Pull(outcome) => outcome.mark(),
        }
    }

    /// One word for scripts.
    #[must_use]
    pub fn word(&self) -> String {
        match self {
            Self::Keys(outcome) => outcome.word().to_owned(),
            Self::Token(outcome) => outcome.word(),
            Self::Push(outcome) => outcome.word(),
            Self::Notice(outcome) => outcome.word().to_owned(),
            Self::C2b(outcome) => outcome.word().to_owned(),
            Self::Pull(outcome) => outcome.word().to_owned(),
        }
    }

    /// What it means, and the fix.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Keys(outcome) => outcome.words(),
            Self::Token(outcome) => outcome.words(),
            Self::Push(outcome) => outcome.words(),
            Self::Notice(outcome) => outcome.words(),
            Self::C2b(outcome) => outcome.words(),
            Self::Pull(outcome) => outcome.words(),
        }
    }

    /// Whether the next step can tell anything: without keys that Safaricom accepts none can.
    #[must_use]
    pub fn goes_on(&self) -> bool {
        match self {
            Self::Keys(_) | Self::Token(_) => self.mark() != Mark::Fix,
            Self::Push(_) | Self::Notice(_) | Self::C2b(_) | Self::Pull(_) => true,
        }
    }
}

/// A step's outcome as a screen or a script sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct Finding {
    /// Which step.
    pub step: Step,
    /// How it stands.
    pub mark: Mark,
    /// What came of it, as one word for scripts.
    pub outcome: String,
    /// What it means, and the fix.
    pub words: Words,
    /// Whether the next step can tell anything.
    pub goes_on: bool,
    /// The test's prompt, for the steps after it.
    pub push_id: Option<String>,
}

impl Finding {
    /// The finding of an outcome.
    #[must_use]
    pub fn of(outcome: &Outcome, push_id: Option<String>) -> Self {
        Self {
            step: outcome.step(),
            mark: outcome.mark(),
            outcome: outcome.word(),
            words: outcome.words(),
            goes_on: outcome.goes_on(),
            push_id,
        }
    }
}
