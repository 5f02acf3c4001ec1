//! Pull Transactions: reading the statement of the last 48 hours.

mod row;
mod time;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::api_error::Meaning;
use crate::east_africa::wall_clock;
use crate::http::Answer;
use crate::json::{field_of_any_spelling, text_of_any_spelling};
use crate::{Client, NoAnswer, NotSent, Refusal, ShortCode, TransportFailure};

pub use row::{PullKind, PullRow};
pub use time::{PullTime, ZoneMark};

/// Daraja portal, Pull Transactions.
const PATH: &str = "/pulltransactions/v1/query";

/// Longest answer that is read, in bytes. A row has some 300, and a page was seen to have about 100 rows.
const MAX_PAGE: usize = 1024 * 1024;

/// A question for a part of the statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullQuery {
    /// The registered short code, or the till.
    pub short_code: ShortCode,
    /// From this second on. Safaricom reaches back 48 hours.
    pub start: DateTime<Utc>,
    /// To this second.
    pub end: DateTime<Utc>,
    /// How many rows to leave out; 0 for the first page.
    pub offset: u32,
}

/// What a question told. Rows are evidence of money; their absence, in whatever form, never is evidence
/// that there was none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullOutcome {
    /// A page of the statement, perhaps an empty one.
    Page {
        /// The rows that could be read, in Safaricom's order.
        rows: Vec<PullRow>,
        /// How many could not be read.
        unreadable: u32,
    },
    /// "No records found", which Safaricom also says when it has trouble. Proves nothing.
    NothingFound,
    /// No usable answer. Says nothing about money.
    NoAnswer(NoAnswer),
    /// Asked too often, the token service included.
    RateLimited,
    /// The question never left.
    NotSent(NotSent),
    /// The question was refused. Says nothing about money.
    Refused(Refusal),
}

impl Client {
    /// Asks for a page of the statement. It tells the same payments as the callbacks and the confirmations
    /// do, by receipt number, though late and now and then with gaps.
    pub async fn pull(&self, query: &PullQuery) -> PullOutcome {
        match self.call_within(PATH, query.body(), MAX_PAGE).await {
            Ok(answer) => PullOutcome::of(&answer),
            Err(TransportFailure::NeverLeft(NotSent::RateLimited)) => PullOutcome::RateLimited,
            Err(TransportFailure::NeverLeft(why)) => PullOutcome::NotSent(why),
            Err(TransportFailure::Timeout) => PullOutcome::NoAnswer(NoAnswer::Timeout),
            Err(TransportFailure::Lost) => PullOutcome::NoAnswer(NoAnswer::ConnectionLost),
        }
    }
}

impl PullQuery {
    fn body(&self) -> Value {
        json!({
            "ShortCode": self.short_code.as_str(),
            "StartDate": wall_clock(self.start),
            "EndDate": wall_clock(self.end),
            "OffSetValue": self.offset.to_string(),
        })
    }
}

impl PullOutcome {
    fn of(answer: &Answer) -> Self {
        if let Some(told) = answer.json().and_then(|body| told(body, answer.is_success())) {
            return told;
        }
        if let Some(refusal) = invalid_short_code(answer) {
            return Self::Refused(refusal);
        }
        let no_answer = || {
            if answer.json().is_some_and(says_nothing_found) {
                Self::NothingFound
            } else {
                Self::NoAnswer(answer.unknown().into())
            }
        };
        match answer.meaning() {
            Some(Meaning::SpikeArrest | Meaning::Quota) => Self::RateLimited,
            Some(Meaning::Busy) => Self::NoAnswer(NoAnswer::Busy),
            Some(meaning) => meaning.refusal().map_or_else(no_answer, Self::Refused),
            None if answer.status == 429 => Self::RateLimited,
            None => no_answer(),
        }
    }
}

/// A page or the lack of one, if the body is Pull's own form of answer.
fn told(body: &Value, success: bool) -> Option<PullOutcome> {
    match text_of_any_spelling(body, "ResponseCode")?.as_str() {
        "1000" if success => Some(match field_of_any_spelling(body, "Response") {
            None | Some(Value::Null) => PullOutcome::NothingFound,
            Some(Value::Array(rows)) => page(rows),
            Some(Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_)) => {
                PullOutcome::NoAnswer(NoAnswer::Unreadable)
            }
        }),
        "1001" => Some(PullOutcome::NothingFound),
        _ => None,
    }
}

/// Rows, which come as an array in an array. One that cannot be read takes no other with it.
fn page(response: &[Value]) -> PullOutcome {
    let (mut rows, mut unreadable) = (Vec::new(), 0_u32);
    let mut take = |row: &Value| match PullRow::of(row) {
        Some(row) => rows.push(row),
        None => unreadable = unreadable.saturating_add(1),
    };
    for item in response {
        match item {
            Value::Array(inner) => inner.iter().for_each(&mut take),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                take(item);
            }
        }
    }
    PullOutcome::Page { rows, unreadable }
}

/// Daraja portal, Pull Transactions: HTTP 500 "Failed to retrieve transactions" is how it says that there
/// are none. In which field the words are, is not told.
fn says_nothing_found(body: &Value) -> bool {
    let words = |value: &Value| {
        let text = value.as_str().unwrap_or_default().to_lowercase();
        text.contains("failed to retrieve transactions") || text.contains("no records found")
    };
    body.as_object().is_some_and(|fields| fields.values().any(words))
}

/// 400.001 of this family only (Daraja portal, Pull Transactions): an invalid short code.
pub(crate) fn invalid_short_code(answer: &Answer) -> Option<Refusal> {
    let error = answer.error()?;
    (error.code == "400.001").then(|| Refusal::InvalidField("ShortCode".to_owned()))
}

#[cfg(test)]
mod tests;
