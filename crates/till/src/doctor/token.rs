//! Does Safaricom accept the keys?

use super::{Mark, Words, reasons};
use crate::push::Reason;

/// A PC clock further off than this is worth a word, in seconds, as on the connection screen.
pub const SKEW_WORTH_TELLING_S: i64 = 60;

/// What came of asking for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenOutcome {
    /// The keys are right.
    Accepted,
    /// The keys are right, and the PC's clock is this many seconds ahead of Safaricom's (behind: below 0).
    ClockOff(i64),
    /// There was none, because of this.
    None(Reason),
}

impl TokenOutcome {
    /// A token was given; `skew_s` is the PC's clock minus Safaricom's, in seconds.
    #[must_use]
    pub fn given(skew_s: Option<i64>) -> Self {
        skew_s
            .filter(|skew_s| skew_s.abs() >= SKEW_WORTH_TELLING_S)
            .map_or(Self::Accepted, Self::ClockOff)
    }

    pub(super) const fn mark(self) -> Mark {
        match self {
            Self::Accepted => Mark::Good,
            // Prompts go out all the same; it is no reason to stop.
            Self::ClockOff(_) => Mark::Neutral,
            Self::None(_) => Mark::Fix,
        }
    }

    pub(super) fn word(self) -> String {
        match self {
            Self::Accepted => "accepted".to_owned(),
            Self::ClockOff(_) => "clock_off".to_owned(),
            Self::None(reason) => reason.as_str(),
        }
    }

    pub(super) fn words(self) -> Words {
        match self {
            Self::Accepted => Words::new(
                "Safaricom accepts consumer key and secret.",
                "Safaricom inakubali consumer key na secret.",
            ),
            Self::ClockOff(skew_s) => {
                let s = skew_s.abs();
                let (en, sw) = if skew_s > 0 {
                    ("ahead of", "mbele")
                } else {
                    ("behind", "nyuma")
                };
                Words::new(
                    format!(
                        "Safaricom accepts the keys; this PC’s clock is {s} s {en} Safaricom’s: set date and time."
                    ),
                    format!(
                        "Safaricom inakubali funguo; saa ya kompyuta iko {sw} ya Safaricom kwa sekunde {s}: rekebisha tarehe na saa."
                    ),
                )
            }
            Self::None(reason) => reasons::fix(reason),
        }
    }
}
