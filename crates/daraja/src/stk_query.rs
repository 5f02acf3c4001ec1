//! M-PESA Express Query: asking what became of a push.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::api_error::Meaning;
use crate::east_africa::{password, timestamp};
use crate::http::Answer;
use crate::json::text;
use crate::{
    CheckoutRequestId, Client, NoAnswer, NotSent, Refusal, ResultCode, Secret, ShortCode, TransportFailure,
};

/// Daraja portal, M-PESA Express Query.
const PATH: &str = "/mpesa/stkpushquery/v1/query";

/// A question about one push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StkQuery {
    /// The paybill or store number of the push.
    pub short_code: ShortCode,
    /// Its passkey.
    pub passkey: Secret,
    /// The push.
    pub checkout_request_id: CheckoutRequestId,
    /// The moment, for the password.
    pub now: DateTime<Utc>,
}

/// What a query told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryOutcome {
    /// It has a result. A query's failure may be wrong and may be overtaken by a late payment; a query
    /// never tells receipt number, amount or phone.
    Ended {
        /// The result.
        code: ResultCode,
        /// Safaricom's words, which change from day to day: for support, never for decisions.
        description: String,
    },
    /// Still under way.
    Pending,
    /// No usable answer. Says nothing about money.
    NoAnswer(NoAnswer),
    /// Safaricom does not know the push: asked too early, or never made.
    NoSuchPush,
    /// Asked too often, the token service included.
    RateLimited,
    /// The question never left.
    NotSent(NotSent),
    /// The question was refused. Says nothing about money.
    Refused(Refusal),
}

impl Client {
    /// Asks what became of a push.
    pub async fn stk_query(&self, request: &StkQuery) -> QueryOutcome {
        match self.call(PATH, request.body()).await {
            Ok(answer) => QueryOutcome::of(&answer, &request.checkout_request_id),
            Err(TransportFailure::NeverLeft(NotSent::RateLimited)) => QueryOutcome::RateLimited,
            Err(TransportFailure::NeverLeft(why)) => QueryOutcome::NotSent(why),
            Err(TransportFailure::Timeout) => QueryOutcome::NoAnswer(NoAnswer::Timeout),
            Err(TransportFailure::Lost) => QueryOutcome::NoAnswer(NoAnswer::ConnectionLost),
        }
    }
}

impl StkQuery {
    fn body(&self) -> Value {
        let timestamp = timestamp(self.now);
        json!({
            "BusinessShortCode": self.short_code.as_str(),
            "Password": password(&self.short_code, &self.passkey, &timestamp),
            "Timestamp": timestamp,
            "CheckoutRequestID": self.checkout_request_id.as_str(),
        })
    }
}

impl QueryOutcome {
    fn of(answer: &Answer, asked: &CheckoutRequestId) -> Self {
        if let Some(told) = told(answer, asked) {
            return told;
        }
        let no_answer = || Self::NoAnswer(answer.unknown().into());
        match answer.meaning() {
            Some(Meaning::StillProcessing) => Self::Pending,
            Some(Meaning::NoSuchPush) => Self::NoSuchPush,
            Some(Meaning::InvalidField(name)) if name.starts_with("CheckoutRequestID") => Self::NoSuchPush,
            Some(Meaning::SpikeArrest | Meaning::Quota) => Self::RateLimited,
            Some(Meaning::Busy) => Self::NoAnswer(NoAnswer::Busy),
            Some(Meaning::CatchAll | Meaning::SubscriberLocked) => Self::NoAnswer(NoAnswer::CatchAll),
            Some(meaning) => meaning.refusal().map_or_else(no_answer, Self::Refused),
            None if answer.status == 429 => Self::RateLimited,
            None => no_answer(),
        }
    }
}

/// A result, if the answer has one: `ResultCode` is text here and a number in a callback.
fn told(answer: &Answer, asked: &CheckoutRequestId) -> Option<QueryOutcome> {
    let body = answer.json().filter(|_| answer.is_success())?;
    let code = text(body, "ResultCode").filter(|code| !code.is_empty())?;
    if text(body, "CheckoutRequestID").is_some_and(|id| id != asked.as_str()) {
        return Some(QueryOutcome::NoAnswer(NoAnswer::OtherPush));
    }
    let code = ResultCode::parse(&code);
    if code == ResultCode::StillProcessing {
        return Some(QueryOutcome::Pending);
    }
    Some(QueryOutcome::Ended {
        code,
        description: text(body, "ResultDesc").unwrap_or_default(),
    })
}
