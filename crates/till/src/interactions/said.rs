//! What a request wanted and what came of it, in the shop's words instead of paths and numbers.

use daraja::ResultCode;
use serde::Serialize;
use ts_rs::TS;

use crate::push::{Ending, Reason};

/// What a request wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum InteractionKind {
    /// To sign in.
    Token,
    /// To ask a phone for money.
    Push,
    /// To hear what became of a prompt.
    Question,
    /// To read the list of payments.
    Pull,
    /// To say where notices go.
    Register,
    /// To play a customer.
    Simulate,
    /// Anything else.
    Other,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "word", rename_all = "snake_case")]
pub enum InteractionAnswer {
    /// Safaricom took it.
    Accepted,
    /// The prompt that was asked about is paid.
    Paid,
    /// The prompt that was asked about ended without money.
    Ended {
        /// Why.
        reason: Reason,
    },
    /// The prompt that was asked about is still under way.
    Pending,
    /// Keshia asked too often.
    TooOften,
    /// Safaricom did not take it.
    Refused,
    /// Safaricom's own trouble.
    Trouble,
    /// The request never left this PC.
    NotSent {
        /// Why.
        reason: Reason,
    },
    /// No answer in time.
    NoAnswer,
    /// The connection broke.
    ConnectionLost,
}

impl InteractionKind {
    /// By the path (Daraja portal, each API's address).
    pub(super) fn of(path: &str) -> Self {
        let has = |part| path.contains(part);
        if has("/oauth/") {
            Self::Token
        } else if has("/stkpushquery/") {
            Self::Question
        } else if has("/stkpush/") {
            Self::Push
        } else if has("/pulltransactions/") && has("/query") {
            Self::Pull
        } else if has("/c2b/") && has("/simulate") {
            Self::Simulate
        } else if has("/c2b/") || has("/pulltransactions/") {
            Self::Register
        } else {
            Self::Other
        }
    }
}

impl InteractionAnswer {
    pub(super) fn failed(failure: &str) -> Self {
        match Reason::parse(failure) {
            Some(Reason::Timeout) | None => Self::NoAnswer,
            Some(Reason::ConnectionLost) => Self::ConnectionLost,
            Some(reason) => Self::NotSent { reason },
        }
    }

    pub(super) fn of(kind: InteractionKind, status: u16, code: Option<&str>, reply: &str) -> Self {
        let code = code.unwrap_or_default();
        // The gateway's codes for too many requests (Daraja portal, error codes).
        if status == 429 || code.contains("SpikeArrest") || code == "500.003.03" {
            return Self::TooOften;
        }
        // 500.001.1001 has many meanings, told apart by its text alone.
        let says = |words| reply.to_ascii_lowercase().contains(words);
        let under_way = says("being processed") || says("under processing");
        if kind == InteractionKind::Question && under_way {
            return Self::Pending;
        }
        match status {
            200..300 => Self::told(kind, code),
            500.. => Self::Trouble,
            _ => Self::Refused,
        }
    }

    fn told(kind: InteractionKind, code: &str) -> Self {
        match kind {
            InteractionKind::Question => match Ending::of(&ResultCode::parse(code)) {
                Some(Ending::Paid) => Self::Paid,
                Some(Ending::Failed(reason, _)) => Self::Ended { reason },
                None => Self::Pending,
            },
            InteractionKind::Push if code == "0" => Self::Accepted,
            InteractionKind::Push => Self::Refused,
            InteractionKind::Token
            | InteractionKind::Pull
            | InteractionKind::Register
            | InteractionKind::Simulate
            | InteractionKind::Other => Self::Accepted,
        }
    }
}
