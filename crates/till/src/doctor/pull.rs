//! Can Safaricom's list of payments be read?

use super::{Mark, Words};
use crate::engine::{PullWord, Pulled};

/// What one page of the list said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullOutcome {
    /// It shows this many payments.
    Shows(usize),
    /// It shows payments, but this shop is not marked as one that may read it.
    ShowsButOff,
    /// Safaricom answers that there is nothing. It says so also while there is, so it proves nothing.
    Empty,
    /// Not switched on for this number.
    NotOffered,
    /// Asked too often.
    TooOften,
    /// Nothing answered at all.
    Offline,
    /// No usable answer.
    NoAnswer,
}

impl PullOutcome {
    /// Reads the answer to one page; `on`: the book says that the list may be read.
    #[must_use]
    pub fn of(pulled: &Pulled, on: bool) -> Self {
        match &pulled.word {
            PullWord::Page { rows, .. } if on => Self::Shows(rows.len()),
            PullWord::Page { .. } => Self::ShowsButOff,
            PullWord::NothingFound if on => Self::Empty,
            PullWord::NothingFound | PullWord::NotOffered => Self::NotOffered,
            PullWord::NoAnswer if pulled.rate_limited => Self::TooOften,
            PullWord::NoAnswer if !pulled.online => Self::Offline,
            PullWord::NoAnswer => Self::NoAnswer,
        }
    }

    pub(super) const fn mark(self) -> Mark {
        match self {
            Self::Shows(_) => Mark::Good,
            Self::Empty => Mark::Neutral,
            Self::ShowsButOff | Self::NotOffered | Self::TooOften | Self::Offline | Self::NoAnswer => {
                Mark::Fix
            }
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Shows(_) => "shows",
            Self::ShowsButOff => "shows_but_off",
            Self::Empty => "empty",
            Self::NotOffered => "not_offered",
            Self::TooOften => "too_often",
            Self::Offline => "offline",
            Self::NoAnswer => "no_answer",
        }
    }

    pub(super) fn words(self) -> Words {
        match self {
            Self::Shows(rows) => Words::new(
                format!("The list can be read. Payments on its first page: {rows}."),
                format!("Orodha inasomeka. Malipo kwenye ukurasa wa kwanza: {rows}."),
            ),
            Self::ShowsButOff => Words::new(
                "Safaricom gives the list, but Keshia does not read it yet: run keshiactl pull-register once.",
                "Safaricom inatoa orodha, lakini Keshia haiisomi bado: endesha keshiactl pull-register mara moja.",
            ),
            Self::Empty => Words::new(
                "Safaricom answers, and shows no payment of the last hours: look again after the first paying customer.",
                "Safaricom inajibu, na haionyeshi malipo ya saa chache zilizopita: angalia tena baada ya mteja wa kwanza kulipa.",
            ),
            Self::NotOffered => Words::new(
                "The list is not switched on for this number: write to apisupport@safaricom.co.ke and ask for Pull Transactions, then run keshiactl pull-register.",
                "Orodha haijawashwa kwa nambari hii: andikia apisupport@safaricom.co.ke uombe Pull Transactions, kisha endesha keshiactl pull-register.",
            ),
            Self::TooOften => Words::new(
                "Safaricom was asked too often: wait a minute, then start again.",
                "Safaricom imeulizwa mara nyingi mno: subiri dakika moja, kisha anza tena.",
            ),
            Self::Offline => Words::new(
                "Nothing answered: check the internet, then start again.",
                "Hakuna kilichojibu: angalia intaneti, kisha anza tena.",
            ),
            Self::NoAnswer => Words::new(
                "Safaricom’s list does not answer properly just now: start again in a few minutes.",
                "Orodha ya Safaricom haijibu vizuri sasa: anza tena baada ya dakika chache.",
            ),
        }
    }
}
