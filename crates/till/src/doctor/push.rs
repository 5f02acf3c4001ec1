//! A real prompt of KSh 1, to its end.

use super::{Mark, Words, reasons};
use crate::push::Reason;
use crate::receipt_number::ReceiptNumber;
use crate::view::{PushState, PushView};

/// What came of the prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushOutcome {
    /// No phone was given, so none was asked.
    LeftOut,
    /// KSh 1 was paid; its M-PESA code, when it is known already.
    Paid(Option<ReceiptNumber>),
    /// It ended without money: refused, not sent, or failed on the phone or behind it. The book may still
    /// be waiting for a second witness; for the set-up the first says enough.
    Ended(Reason),
    /// Nobody can say yet whether it was paid.
    NotKnown(Option<Reason>),
    /// A prompt of before may still be alive on that phone.
    Blocked,
}

impl PushOutcome {
    /// Reads where the prompt stands; `None` while its end is still to come.
    #[must_use]
    pub fn of(push: &PushView) -> Option<Self> {
        let ended = || Self::Ended(push.reason.unwrap_or(Reason::OtherResult));
        match push.state {
            PushState::Intended | PushState::Sending | PushState::Prompted => None,
            PushState::Paid => Some(Self::Paid(push.receipt.clone())),
            PushState::NotSent | PushState::Refused | PushState::FailedProvisional | PushState::Failed => {
                Some(ended())
            }
            PushState::Unknown | PushState::AwaitsStatement => Some(Self::NotKnown(push.reason)),
        }
    }

    pub(super) const fn mark(&self) -> Mark {
        match self {
            Self::LeftOut => Mark::Neutral,
            Self::Paid(_) => Mark::Good,
            Self::Ended(_) | Self::Blocked => Mark::Fix,
            Self::NotKnown(_) => Mark::NotKnown,
        }
    }

    pub(super) fn word(&self) -> String {
        match self {
            Self::LeftOut => "left_out".to_owned(),
            Self::Paid(_) => "paid".to_owned(),
            Self::Ended(reason) => reason.as_str(),
            Self::NotKnown(_) => "not_known".to_owned(),
            Self::Blocked => "blocked".to_owned(),
        }
    }

    pub(super) fn words(&self) -> Words {
        match self {
            Self::LeftOut => Words::new(
                "Left out. Only a prompt that is paid shows that number, passkey and till belong together.",
                "Imeachwa. Ni ombi lililolipwa pekee linaloonyesha kuwa nambari, passkey na till vinaendana.",
            ),
            Self::Paid(Some(receipt)) => Words::new(
                format!("KSh 1 was paid, M-PESA code {receipt}: number, passkey and till belong together."),
                format!("KSh 1 imelipwa, code ya M-PESA {receipt}: nambari, passkey na till vinaendana."),
            ),
            Self::Paid(None) => Words::new(
                "KSh 1 was paid: number, passkey and till belong together.",
                "KSh 1 imelipwa: nambari, passkey na till vinaendana.",
            ),
            Self::Ended(reason) => reasons::fix(*reason),
            Self::NotKnown(_) => Words::new(
                "Not known yet: the shilling may have moved. Look at the roll; do not start again before it is known.",
                "Bado haijulikani: huenda shilingi imeshatoka. Angalia orodha; usianze tena kabla haijajulikana.",
            ),
            Self::Blocked => Words::new(
                "A prompt may still be alive on this phone: wait for its end on the roll, then start again.",
                "Huenda kuna ombi ambalo bado liko kwenye simu hii: subiri liishe kwenye orodha, kisha anza tena.",
            ),
        }
    }
}
