//! What an answer means, in the words that several operations share.

use crate::c2b_url::UrlLint;
use crate::not_sent::NotSent;

/// Safaricom refused the request, and it is certain that it did nothing: no prompt was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// 400.002.02 and 400.003.02: this field is missing or wrong, in Safaricom's own words.
    #[error("Safaricom does not accept the field {0}")]
    InvalidField(String),
    /// 400.002.05: the whole body was not understood.
    #[error("Safaricom did not understand the request")]
    InvalidPayload,
    /// 404.*: no such product at this address, or it is not switched on for the app.
    #[error("Safaricom does not offer this product to the app")]
    NotFound,
    /// 405.001.
    #[error("Safaricom does not accept this method")]
    MethodNotAllowed,
    /// The access token was not accepted, not even a fresh one: keys of the other environment, or of an
    /// app that does not have this product.
    #[error("Safaricom does not accept the app's keys for this product")]
    WrongKeys,
    /// "Wrong credentials": short code, passkey and timestamp do not belong together.
    #[error("the passkey does not belong to the short code")]
    WrongPasskey,
    /// "Merchant does not exist": not the short code the keys were made for.
    #[error("the short code is not the one the keys were made for")]
    WrongShortCode,
    /// Too many requests in a moment.
    #[error("too many requests in a moment")]
    SpikeArrest,
    /// The app's quota is used up.
    #[error("the app's quota is used up")]
    Quota,
}

/// The push may have left, and nobody can say whether a prompt is alive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unknown {
    /// No whole answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The connection broke after the request may have left.
    #[error("the connection broke before the answer")]
    ConnectionLost,
    /// A JSON error that is not on the list of certain refusals, or any other JSON with a 5xx status.
    #[error("the server answered with error {status}")]
    ServerError {
        /// HTTP status.
        status: u16,
    },
    /// HTML, plain text or nothing at all.
    #[error("the server answered with something else than an answer (status {status})")]
    NotJson {
        /// HTTP status.
        status: u16,
    },
    /// "Unable to lock subscriber": an *earlier* prompt is alive on that phone.
    #[error("another prompt is alive on that phone")]
    SubscriberLocked,
    /// "System is busy".
    #[error("M-PESA is busy")]
    Busy,
    /// JSON without the fields it should have, or with fields that contradict each other.
    #[error("the answer could not be understood")]
    Unreadable,
}

/// A question got no usable answer. It says nothing about money; ask again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// No whole answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The connection broke.
    #[error("the connection broke before the answer")]
    ConnectionLost,
    /// An error without a meaning of its own.
    #[error("the server answered with error {status}")]
    ServerError {
        /// HTTP status.
        status: u16,
    },
    /// HTML, plain text or nothing at all.
    #[error("the server answered with something else than an answer (status {status})")]
    NotJson {
        /// HTTP status.
        status: u16,
    },
    /// 500.001.1001 without a text that means something. Seen in between good answers about a push that
    /// had long ended, so it is never a failure.
    #[error("the server answered with an error that says nothing")]
    CatchAll,
    /// "System is busy".
    #[error("M-PESA is busy")]
    Busy,
    /// The answer names another push than the one asked about.
    #[error("the answer was about another push")]
    OtherPush,
    /// JSON without the fields it should have.
    #[error("the answer could not be understood")]
    Unreadable,
}

impl From<Unknown> for NoAnswer {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Timeout => Self::Timeout,
            Unknown::ConnectionLost => Self::ConnectionLost,
            Unknown::ServerError { status } => Self::ServerError { status },
            Unknown::NotJson { status } => Self::NotJson { status },
            Unknown::SubscriberLocked => Self::CatchAll,
            Unknown::Busy => Self::Busy,
            Unknown::Unreadable => Self::Unreadable,
        }
    }
}

/// Why a call of C2B, a registration for Pull or a request for a picture did not succeed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// Nothing was sent.
    #[error(transparent)]
    NotSent(#[from] NotSent),
    /// Safaricom would refuse this address; nothing was sent.
    #[error(transparent)]
    Url(#[from] UrlLint),
    /// A payment can be simulated on the sandbox and in practice only; nothing was sent.
    #[error("payments cannot be simulated in production")]
    OnlyForTests,
    /// Safaricom refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Another company has registered addresses for this short code ("Duplicate notification info").
    #[error("another company receives the notices of this short code")]
    HeldByAnother,
    /// No usable answer.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
}
