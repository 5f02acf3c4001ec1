//! C2B: telling Safaricom where notices of payments go.

use serde_json::json;

use crate::api_error::Meaning;
use crate::c2b_url::lint_c2b_url;
use crate::http::Answer;
use crate::json::{is_success, text};
use crate::{CallError, Client, NoAnswer, ShortCode, TransportFailure};

/// Which generation of C2B the app has. They differ in how the payer's phone is hidden: hashed in v1,
/// masked in v2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum C2bVersion {
    /// `/mpesa/c2b/v1`.
    V1,
    /// `/mpesa/c2b/v2`, the current one.
    V2,
}

/// What Safaricom does with a payment when the validation address does not answer in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseType {
    /// The payment goes through.
    Completed,
    /// The payment is cancelled.
    Cancelled,
}

/// The addresses of one short code. In production they can be registered once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterC2b {
    /// Which generation the app has.
    pub version: C2bVersion,
    /// The paybill, store or till.
    pub short_code: ShortCode,
    /// What happens without a validation.
    pub response_type: ResponseType,
    /// Told of every payment.
    pub confirmation_url: String,
    /// Asked before a payment, where external validation is switched on.
    pub validation_url: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterAnswer {
    /// The addresses are registered.
    Registered,
    /// Addresses were registered before, perhaps others; they can be removed on Safaricom's portal.
    AlreadyRegistered,
}

impl Client {
    /// Registers the addresses for notices of payments.
    ///
    /// # Errors
    /// See [`CallError`]; an address that Safaricom would refuse is not sent.
    pub async fn register_c2b(&self, request: &RegisterC2b) -> Result<RegisterAnswer, CallError> {
        lint_c2b_url(&request.confirmation_url, self.base())?;
        lint_c2b_url(&request.validation_url, self.base())?;
        // Daraja portal, Customer To Business Register URL.
        let path = match request.version {
            C2bVersion::V1 => "/mpesa/c2b/v1/registerurl",
            C2bVersion::V2 => "/mpesa/c2b/v2/registerurl",
        };
        let body = json!({
            "ShortCode": request.short_code.as_str(),
            "ResponseType": match request.response_type {
                ResponseType::Completed => "Completed",
                ResponseType::Cancelled => "Cancelled",
            },
            "ConfirmationURL": request.confirmation_url,
            "ValidationURL": request.validation_url,
        });
        let answer = self.call(path, body).await?;
        if answer.meaning() == Some(Meaning::AlreadyRegistered) {
            return Ok(RegisterAnswer::AlreadyRegistered);
        }
        accepted(&answer).map(|()| RegisterAnswer::Registered)
    }
}

/// The plain acknowledgement of the C2B family. Its other fields are misspelt and not needed.
pub(crate) fn accepted(answer: &Answer) -> Result<(), CallError> {
    let code = answer
        .json()
        .filter(|_| answer.is_success())
        .and_then(|body| text(body, "ResponseCode"));
    if code.is_some_and(|code| is_success(&code)) {
        return Ok(());
    }
    Err(match answer.meaning() {
        Some(Meaning::HeldByAnother) => CallError::HeldByAnother,
        Some(Meaning::Busy) => CallError::NoAnswer(NoAnswer::Busy),
        Some(meaning) => match meaning.refusal() {
            Some(refusal) => CallError::Refused(refusal),
            None => CallError::NoAnswer(answer.unknown().into()),
        },
        None => CallError::NoAnswer(answer.unknown().into()),
    })
}

impl From<TransportFailure> for CallError {
    fn from(failure: TransportFailure) -> Self {
        match failure {
            TransportFailure::NeverLeft(why) => Self::NotSent(why),
            TransportFailure::Timeout => Self::NoAnswer(NoAnswer::Timeout),
            TransportFailure::Lost => Self::NoAnswer(NoAnswer::ConnectionLost),
        }
    }
}
