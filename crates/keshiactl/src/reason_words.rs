//! Reasons in words, with what to do next.

use daraja::{CallError, NotSent, Refusal};
use till::driver::safaricom::not_sent_reason;
use till::push::Reason;
use till::{Code, TillError};

/// Why a push stands where it stands: one sentence.
pub(crate) const fn why(reason: Reason) -> &'static str {
    match reason {
        Reason::NoBalance => "The customer has not enough M-PESA balance.",
        Reason::BelowMinimum => "The amount is below the smallest M-PESA payment.",
        Reason::AboveMaximum => "The amount is above the largest M-PESA payment.",
        Reason::DailyLimit => "This passes the customer's M-PESA limit for today.",
        Reason::ShopAccountFull => "The shop's M-PESA account is full: move money out, then send again.",
        Reason::SameAgain => {
            "The same amount went to the same phone within two minutes: look at `keshiactl day` before sending again."
        }
        Reason::MpesaBusy => "M-PESA is overloaded just now.",
        Reason::CustomerBusy => "The customer has another M-PESA request open: let it end first.",
        Reason::Expired => "The prompt's time ran out.",
        Reason::Cancelled => "The customer cancelled, or left the prompt too long.",
        Reason::NoAnswer => "The phone did not answer.",
        Reason::WrongPin => "The customer typed a wrong PIN.",
        Reason::PromptFailed => "The prompt could not be shown on that phone.",
        Reason::CustomerLocked => "The customer's M-PESA is locked.",
        Reason::TillSetup => "The till or paybill is set up wrongly: check the numbers of `keshiactl setup`.",
        Reason::OtherResult => "M-PESA ended the prompt without a payment.",
        Reason::BadPhone => "Safaricom does not accept this phone number.",
        Reason::BadAmount => "Safaricom does not accept this amount.",
        Reason::BadRequest => "Safaricom does not accept this request.",
        Reason::WrongShortCode => {
            "The keys belong to another paybill or store number: run `keshiactl setup` with the right one."
        }
        Reason::WrongPasskey => {
            "The passkey is not the one of this paybill or store number: run `keshiactl setup` with the right one."
        }
        Reason::WrongKeys => {
            "Safaricom does not know these keys: copy consumer key and secret again from the Daraja portal."
        }
        Reason::TooFast => "Too many requests in one moment: wait a minute, then try again.",
        Reason::Quota => "Safaricom's allowance for this app is used up: ask Safaricom for more.",
        Reason::NotOffered => "This M-PESA product is not switched on for these keys: ask Safaricom.",
        Reason::NoNetwork => "There is no connection to Safaricom: check the internet, then try again.",
        Reason::NoSecureConnection => "There is no secure connection to Safaricom: use another network.",
        Reason::ClockWrong => "This PC's date is wrong: set it, then try again.",
        Reason::CaptivePortal => "The internet asks you to sign in first: open a browser, then try again.",
        Reason::ServerTrouble => {
            "Safaricom's sign-in service does not answer properly: try again in a few minutes."
        }
        Reason::StoppedBefore => "Keshia was stopped before anything was sent.",
        Reason::Withdrawn => "Another number was asked instead, before anything was sent to this one.",
        Reason::Timeout => "Safaricom did not answer in time.",
        Reason::ConnectionLost => "The connection broke while the prompt was on its way.",
        Reason::ServerError => "Safaricom answered with an error page.",
        Reason::Unreadable => "Safaricom's answer could not be read.",
        Reason::PhoneLocked => "Safaricom says that another prompt is open on that phone.",
        Reason::SystemBusy => "Safaricom says that it is busy.",
        Reason::StoppedDuring => "Keshia was stopped while the prompt was on its way.",
        Reason::NoResult => "The prompt was sent, but no result came.",
        Reason::NothingFound => "Safaricom's list of payments shows none for this prompt.",
        Reason::PersonsWord => "A person answered for it.",
    }
}

/// Nothing was sent, as a command's error.
pub(crate) fn not_sent(not_sent: &NotSent) -> TillError {
    let code = match not_sent {
        NotSent::NoNetwork => Code::NoNetwork,
        NotSent::Tls => Code::NotSecure,
        NotSent::ClockWrong => Code::ClockWrong,
        NotSent::WrongKeys => Code::WrongKeys,
        NotSent::CaptivePortal => Code::CaptivePortal,
        NotSent::ServerTrouble { .. } => Code::ServerTrouble,
        NotSent::RateLimited => Code::Busy,
        NotSent::Limit(_) => Code::NotAllowed,
    };
    TillError::new(code, why(not_sent_reason(not_sent)))
}

/// A call about customers' own payments did not succeed.
pub(crate) fn call(error: &CallError) -> TillError {
    let say = |code, words: &str| TillError::new(code, words);
    match error {
        CallError::NotSent(cause) => not_sent(cause),
        CallError::Url(lint) => TillError::new(
            Code::AddressInvalid,
            format!("Safaricom would not take this address: {lint}."),
        ),
        CallError::OnlyForTests => say(
            Code::NotAllowed,
            "Payments can be played in practice and on the sandbox only: real ones come from phones.",
        ),
        CallError::Refused(refusal) => refused(refusal),
        CallError::HeldByAnother => say(
            Code::NotAllowed,
            "Another company receives the notices of this number: ask Safaricom (apisupport@safaricom.co.ke) to remove it.",
        ),
        CallError::NoAnswer(cause) => TillError::new(
            Code::ServerTrouble,
            format!("Safaricom gave no usable answer ({cause}): try again in a few minutes."),
        ),
    }
}

fn refused(refusal: &Refusal) -> TillError {
    let (code, reason) = match refusal {
        Refusal::InvalidField(field) => {
            return TillError::new(
                Code::NotAllowed,
                format!("Safaricom does not accept the field {field}: check it."),
            );
        }
        Refusal::InvalidPayload => (Code::NotAllowed, Reason::BadRequest),
        Refusal::NotFound | Refusal::MethodNotAllowed => (Code::NotAllowed, Reason::NotOffered),
        Refusal::WrongKeys => (Code::WrongKeys, Reason::WrongKeys),
        Refusal::WrongPasskey => (Code::WrongKeys, Reason::WrongPasskey),
        Refusal::WrongShortCode => (Code::NumberInvalid, Reason::WrongShortCode),
        Refusal::SpikeArrest => (Code::Busy, Reason::TooFast),
        Refusal::Quota => (Code::Busy, Reason::Quota),
    };
    TillError::new(code, why(reason))
}
