//! How a prompt ended.

use std::fmt;

/// Result of a prompt (Daraja portal, M-PESA Express, result codes; and what integrators have seen).
///
/// What a code means for a sale is the shop's to decide; only 0 means money.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ResultCode {
    /// `0`: The money moved.
    Success,
    /// `1`: Not enough money in the customer's M-PESA.
    InsufficientBalance,
    /// `2`: Below the smallest payment.
    BelowMinimum,
    /// `3`: Above the largest payment.
    AboveMaximum,
    /// `4`: Would pass the customer's limit for the day.
    DailyLimit,
    /// `8`: The receiver's account is full.
    ReceiverMaxBalance,
    /// `17`: The same amount from the same customer within two minutes.
    RuleLimited,
    /// `26`: M-PESA is overloaded.
    SystemBusy,
    /// `1001`: Another transaction of this customer is under way.
    UnableToLockSubscriber,
    /// `1019`: The transaction expired.
    Expired,
    /// `1025`: The prompt could not be sent: its text has more than 182 characters.
    PromptTooLong,
    /// `1031`: Cancelled or timed out, as some integrators saw it.
    CancelledVariant,
    /// `1032`: Cancelled on the phone, or left alone too long.
    CancelledByUser,
    /// `1037`: The phone was not reached, or nobody answered. Late payments after it were reported.
    NoAnswer,
    /// `2001`: Wrong PIN (the text speaks of initiator information).
    WrongPin,
    /// `2002`: Till and store do not belong together.
    AgentStoreMismatch,
    /// `2006`: The state of the account does not allow it.
    AccountStatus,
    /// `2028`: Not permitted by the product: wrong transaction type or receiver.
    ProductNotPermitted,
    /// `2032`: No such receipt (Transaction Status only).
    ReceiptDoesNotExist,
    /// `4999`: Still under way; only a query says so.
    StillProcessing,
    /// `8006`: The customer's M-PESA is locked.
    SecurityCredentialLocked,
    /// `9999`: The prompt could not be sent.
    PushSendError,
    /// `SFC_IC0003`: Operator does not exist: wrong transaction type or receiver.
    OperatorDoesNotExist,
    /// Any other code, as it was told.
    Other(String),
}

impl ResultCode {
    /// Every code with a name of its own.
    const NAMED: [Self; 23] = [
        Self::Success,
        Self::InsufficientBalance,
        Self::BelowMinimum,
        Self::AboveMaximum,
        Self::DailyLimit,
        Self::ReceiverMaxBalance,
        Self::RuleLimited,
        Self::SystemBusy,
        Self::UnableToLockSubscriber,
        Self::Expired,
        Self::PromptTooLong,
        Self::CancelledVariant,
        Self::CancelledByUser,
        Self::NoAnswer,
        Self::WrongPin,
        Self::AgentStoreMismatch,
        Self::AccountStatus,
        Self::ProductNotPermitted,
        Self::ReceiptDoesNotExist,
        Self::StillProcessing,
        Self::SecurityCredentialLocked,
        Self::PushSendError,
        Self::OperatorDoesNotExist,
    ];

    /// Reads a code; numbers as their digits. Never fails.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        Self::NAMED
            .into_iter()
            .find(|code| code.as_str() == text)
            .unwrap_or_else(|| Self::Other(text.to_owned()))
    }

    /// The wire's spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Success => "0",
            Self::InsufficientBalance => "1",
            Self::BelowMinimum => "2",
            Self::AboveMaximum => "3",
            Self::DailyLimit => "4",
            Self::ReceiverMaxBalance => "8",
            Self::RuleLimited => "17",
            Self::SystemBusy => "26",
            Self::UnableToLockSubscriber => "1001",
            Self::Expired => "1019",
            Self::PromptTooLong => "1025",
            Self::CancelledVariant => "1031",
            Self::CancelledByUser => "1032",
            Self::NoAnswer => "1037",
            Self::WrongPin => "2001",
            Self::AgentStoreMismatch => "2002",
            Self::AccountStatus => "2006",
            Self::ProductNotPermitted => "2028",
            Self::ReceiptDoesNotExist => "2032",
            Self::StillProcessing => "4999",
            Self::SecurityCredentialLocked => "8006",
            Self::PushSendError => "9999",
            Self::OperatorDoesNotExist => "SFC_IC0003",
            Self::Other(text) => text,
        }
    }
}

impl fmt::Display for ResultCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::ResultCode;

    #[test]
    fn every_named_code_reads_back() {
        for wire in [
            "0",
            "1",
            "2",
            "3",
            "4",
            "8",
            "17",
            "26",
            "1001",
            "1019",
            "1025",
            "1031",
            "1032",
            "1037",
            "2001",
            "2002",
            "2006",
            "2028",
            "2032",
            "4999",
            "8006",
            "9999",
            "SFC_IC0003",
        ] {
            let code = ResultCode::parse(wire);
            assert_ne!(code, ResultCode::Other(wire.to_owned()), "{wire} has a name");
            assert_eq!(code.as_str(), wire, "{wire} reads back");
        }
    }

    #[test]
    fn only_a_plain_zero_is_success() {
        for text in ["", "00", "0.0", "-0", "+0", "O", "1000"] {
            assert_ne!(
                ResultCode::parse(text),
                ResultCode::Success,
                "{text:?} is not money"
            );
        }
        assert_eq!(
            ResultCode::parse(" 0 "),
            ResultCode::Success,
            "blanks around it do not matter"
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "\\PC{0,12}") {
            let code = ResultCode::parse(&text);
            prop_assert_eq!(code.as_str(), text.trim(), "a code keeps its text");
        }
    }
}
