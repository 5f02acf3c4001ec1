//! Are the keys here?

use super::{Mark, Words};
use crate::error::Code;

/// What came of looking for the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeysOutcome {
    /// All three are here.
    Ready,
    /// The shop was never connected.
    NotConnected,
    /// One or all are gone.
    Missing,
    /// The system's key store refuses.
    StoreRefuses,
    /// The shop's numbers are no numbers.
    Numbers,
    /// This book may not speak with that server.
    WrongServer,
}

impl KeysOutcome {
    /// What kept the connection from being made, read for the owner.
    #[must_use]
    pub const fn of(code: Code) -> Self {
        match code {
            Code::KeysMissing | Code::WrongKeys => Self::Missing,
            Code::Keyring => Self::StoreRefuses,
            Code::NumberInvalid => Self::Numbers,
            Code::NotAllowed | Code::AddressInvalid => Self::WrongServer,
            Code::NotConnected
            | Code::AmountInvalid
            | Code::PhoneInvalid
            | Code::CodeInvalid
            | Code::CodeUsed
            | Code::CodeWarned
            | Code::PushLive
            | Code::SaleEnded
            | Code::NotFound
            | Code::NoNetwork
            | Code::CaptivePortal
            | Code::ClockWrong
            | Code::ServerTrouble
            | Code::NotSecure
            | Code::DiskFull
            | Code::DiskReadOnly
            | Code::DiskError
            | Code::DatabaseNewer
            | Code::DatabaseCorrupt
            | Code::DatabaseInUse
            | Code::StatementUnreadable
            | Code::RecoveryCode
            | Code::OtherPc
            | Code::PinWeak
            | Code::PinWrong
            | Code::PinSlow
            | Code::Locked
            | Code::NotPermitted
            | Code::PassphraseNeeded
            | Code::NoPrinter
            | Code::Busy
            | Code::Stopped
            | Code::Internal => Self::NotConnected,
        }
    }

    pub(super) const fn mark(self) -> Mark {
        match self {
            Self::Ready => Mark::Good,
            Self::NotConnected | Self::Missing | Self::StoreRefuses | Self::Numbers | Self::WrongServer => {
                Mark::Fix
            }
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::NotConnected => "not_connected",
            Self::Missing => "missing",
            Self::StoreRefuses => "store_refuses",
            Self::Numbers => "numbers",
            Self::WrongServer => "wrong_server",
        }
    }

    pub(super) fn words(self) -> Words {
        match self {
            Self::Ready => Words::new(
                "Consumer key, consumer secret and passkey are here.",
                "Consumer key, consumer secret na passkey zipo hapa.",
            ),
            Self::NotConnected => Words::new(
                "This shop is not connected yet: type its numbers and keys in Settings, Connect to Safaricom.",
                "Duka hili halijaunganishwa bado: andika nambari na funguo kwenye Mipangilio, Unganisha na Safaricom.",
            ),
            Self::Missing => Words::new(
                "A key is missing on this computer: connect again in Settings and paste all three.",
                "Ufunguo mmoja haupo kwenye kompyuta hii: unganisha tena kwenye Mipangilio na ubandike zote tatu.",
            ),
            Self::StoreRefuses => Words::new(
                "This computer’s key store does not open: sign in to the computer again, or unlock its keyring.",
                "Hifadhi ya funguo ya kompyuta haifunguki: ingia tena kwenye kompyuta, au fungua keyring yake.",
            ),
            Self::Numbers => Words::new(
                "The shop’s number is not one of 5 to 7 digits: connect again with the number of the go-live e-mail.",
                "Nambari ya duka si ya tarakimu 5 hadi 7: unganisha tena kwa nambari ya barua pepe ya go-live.",
            ),
            Self::WrongServer => Words::new(
                "KESHIA_DARAJA_URL points this book at another server: start Keshia without it.",
                "KESHIA_DARAJA_URL inapeleka kitabu hiki kwa seva nyingine: anzisha Keshia bila hiyo.",
            ),
        }
    }
}
