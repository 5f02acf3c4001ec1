//! Did Safaricom's own word about the test come, through the relay?

use chrono::{DateTime, Utc};

use super::{Mark, Words};

/// The small server through which Safaricom's notices reach this PC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relay {
    /// There is none: Keshia asks.
    NotPaired,
    /// There is one.
    Paired {
        /// When it last answered.
        heard_at: Option<DateTime<Utc>>,
    },
}

/// What came of listening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeOutcome {
    /// Safaricom's word about the test is in the book.
    Heard,
    /// No relay, so nothing could come.
    NoRelay,
    /// There was no test whose word could come.
    NoTest,
    /// The relay answers, and has not brought it.
    NotBrought,
    /// The relay has never answered.
    RelaySilent,
}

impl NoticeOutcome {
    /// What it means that the word was `seen` or not; `tested`: the prompt of the test reached its end.
    #[must_use]
    pub const fn of(relay: Relay, tested: bool, seen: bool) -> Self {
        match (relay, tested, seen) {
            (_, _, true) => Self::Heard,
            (Relay::NotPaired, _, false) => Self::NoRelay,
            (Relay::Paired { heard_at: None }, _, false) => Self::RelaySilent,
            (Relay::Paired { heard_at: Some(_) }, false, false) => Self::NoTest,
            (Relay::Paired { heard_at: Some(_) }, true, false) => Self::NotBrought,
        }
    }

    pub(super) const fn mark(self) -> Mark {
        match self {
            Self::Heard => Mark::Good,
            Self::NoRelay | Self::NoTest => Mark::Neutral,
            Self::NotBrought | Self::RelaySilent => Mark::Fix,
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Heard => "heard",
            Self::NoRelay => "no_relay",
            Self::NoTest => "no_test",
            Self::NotBrought => "not_brought",
            Self::RelaySilent => "relay_silent",
        }
    }

    pub(super) fn words(self) -> Words {
        match self {
            Self::Heard => Words::new(
                "Safaricom’s word about the test arrived.",
                "Neno la Safaricom kuhusu jaribio limefika.",
            ),
            Self::NoRelay => Words::new(
                "No relay: Keshia asks Safaricom instead; nothing to do.",
                "Hakuna relay: Keshia inauliza Safaricom yenyewe; hakuna la kufanya.",
            ),
            Self::NoTest => Words::new(
                "The relay answers; without a prompt of KSh 1 there was nothing to bring.",
                "Relay inajibu; bila ombi la KSh 1 hakukuwa na kitu cha kuleta.",
            ),
            Self::NotBrought => Words::new(
                "The relay answers, but Safaricom’s word did not reach it: open its address from outside the shop, and check that it is https and the one written here.",
                "Relay inajibu, lakini neno la Safaricom halikuifikia: fungua anwani yake ukiwa nje ya duka, na uhakikishe ni https na ndiyo iliyoandikwa hapa.",
            ),
            Self::RelaySilent => Words::new(
                "The relay does not answer: check that it runs, and its address in Settings.",
                "Relay haijibu: hakikisha inafanya kazi, na anwani yake kwenye Mipangilio.",
            ),
        }
    }
}
