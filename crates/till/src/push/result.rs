//! What each result code of a prompt means for the shop: one exhaustive match.

use daraja::ResultCode;

use super::reason::Reason;

/// How a prompt ended, according to one witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Code 0: money moved.
    Paid,
    /// It ended without money, if the witness is right.
    Failed(Reason, EndKind),
}

/// How quickly a failure that only a query told may be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndKind {
    /// The customer's own act (no money, wrong PIN, cancelled): believed when a second query agrees.
    Act,
    /// Silence, expiry and everything else: believed only after the deadline, because late payments
    /// after such codes were reported.
    Silence,
    /// Code 17: as silence, but every other push of this phone and amount must be asked about first,
    /// because one of them may have been paid.
    SameAgain,
}

impl Ending {
    /// Reads a result code (Daraja portal, M-PESA Express, result codes). `None`: this code does not
    /// say that the prompt ended, so the push stays pending.
    #[must_use]
    pub fn of(code: &ResultCode) -> Option<Self> {
        use EndKind::{Act, SameAgain, Silence};
        let failed = |reason, kind| Some(Self::Failed(reason, kind));
        match code {
            ResultCode::Success => Some(Self::Paid),
            ResultCode::InsufficientBalance => failed(Reason::NoBalance, Act),
            ResultCode::BelowMinimum => failed(Reason::BelowMinimum, Silence),
            ResultCode::AboveMaximum => failed(Reason::AboveMaximum, Silence),
            ResultCode::DailyLimit => failed(Reason::DailyLimit, Silence),
            ResultCode::ReceiverMaxBalance => failed(Reason::ShopAccountFull, Silence),
            ResultCode::RuleLimited => failed(Reason::SameAgain, SameAgain),
            ResultCode::SystemBusy => failed(Reason::MpesaBusy, Silence),
            ResultCode::UnableToLockSubscriber => failed(Reason::CustomerBusy, Silence),
            ResultCode::Expired => failed(Reason::Expired, Silence),
            ResultCode::PromptTooLong | ResultCode::PushSendError => failed(Reason::PromptFailed, Silence),
            ResultCode::CancelledVariant => failed(Reason::Cancelled, Silence),
            ResultCode::CancelledByUser => failed(Reason::Cancelled, Act),
            ResultCode::NoAnswer => failed(Reason::NoAnswer, Silence),
            ResultCode::WrongPin => failed(Reason::WrongPin, Act),
            ResultCode::AgentStoreMismatch
            | ResultCode::AccountStatus
            | ResultCode::ProductNotPermitted
            | ResultCode::OperatorDoesNotExist => failed(Reason::TillSetup, Silence),
            ResultCode::SecurityCredentialLocked => failed(Reason::CustomerLocked, Silence),
            ResultCode::ReceiptDoesNotExist | ResultCode::StillProcessing | ResultCode::Other(_) => None,
        }
    }
}
