//! Pull Transactions: asking Safaricom to keep a short code's statement at hand.

use std::fmt;

use serde_json::json;

use crate::api_error::Meaning;
use crate::c2b_register::refused;
use crate::c2b_url::web_address;
use crate::http::Answer;
use crate::json::text_of_any_spelling;
use crate::limit::nominated_number;
use crate::pull::invalid_short_code;
use crate::{CallError, Client, NotSent, ShortCode};

/// Daraja portal, Pull Transactions.
const PATH: &str = "/pulltransactions/v1/register";

/// What is registered for one short code, once.
#[derive(Clone, PartialEq, Eq)]
pub struct PullRegister {
    /// The short code that the keys were made for.
    pub short_code: ShortCode,
    /// A phone of the shop's: 12 digits (`2547…`, `2541…`) or 10 (`07…`, `01…`), sent as it is.
    pub nominated_number: String,
    /// An address that Safaricom asks for; `https` in production.
    pub callback_url: String,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PullRegistered {
    /// 1000: registered by this request.
    Now,
    /// 1001: was registered before.
    Already,
}

impl Client {
    /// Registers a short code for [`Client::pull`].
    ///
    /// # Errors
    /// See [`CallError`]; an address or a phone without the shape of one is not sent.
    pub async fn pull_register(&self, request: &PullRegister) -> Result<PullRegistered, CallError> {
        web_address(&request.callback_url, self.base())?;
        nominated_number(&request.nominated_number).map_err(NotSent::Limit)?;
        let body = json!({
            "ShortCode": request.short_code.as_str(),
            "RequestType": "Pull",
            "NominatedNumber": request.nominated_number,
            "CallBackURL": request.callback_url,
        });
        PullRegistered::of(&self.call(PATH, body).await?)
    }
}

impl PullRegistered {
    fn of(answer: &Answer) -> Result<Self, CallError> {
        // The sandbox writes `Response Status`, the portal `ResponseStatus`.
        let status = answer
            .json()
            .and_then(|body| text_of_any_spelling(body, "ResponseStatus"));
        match status.as_deref() {
            Some("1000") if answer.is_success() => return Ok(Self::Now),
            Some("1001") => return Ok(Self::Already),
            Some(_) | None => {}
        }
        if answer.meaning() == Some(Meaning::AlreadyRegistered) {
            return Ok(Self::Already);
        }
        Err(invalid_short_code(answer).map_or_else(|| refused(answer), CallError::Refused))
    }
}

impl fmt::Debug for PullRegister {
    /// Without phone and callback address, whose path may be a secret of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PullRegister")
            .field("short_code", &self.short_code)
            .finish_non_exhaustive()
    }
}
