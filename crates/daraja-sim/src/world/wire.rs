//! Requests, answers and the field rules all of Daraja shares.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// One HTTP request as the world sees it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, without the question mark; empty if there was none.
    pub query: String,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// The body's bytes.
    pub body: Vec<u8>,
}

impl Request {
    /// A JSON POST with a bearer token.
    #[must_use]
    pub fn post(path: &str, token: &str, body: &Value) -> Self {
        Self {
            method: "POST".into(),
            path: path.into(),
            query: String::new(),
            authorization: Some(format!("Bearer {token}")),
            content_type: Some("application/json".into()),
            body: body.to_string().into_bytes(),
        }
    }
}

/// What the world does with a request, and how long it lets the client wait for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The answer, or none at all.
    pub answer: Answer,
    /// How long to hold the answer back, in milliseconds.
    pub delay_ms: u64,
}

/// An answer on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A status and a body.
    Respond {
        /// The HTTP status.
        status: u16,
        /// The `Content-Type`.
        content_type: &'static str,
        /// The body.
        body: String,
    },
    /// The connection is dropped without an answer.
    HangUp,
}

impl Answer {
    /// A JSON answer. Structs are used for bodies so that keys keep Safaricom's order.
    pub(super) fn json(status: u16, body: &impl Serialize) -> Self {
        Self::Respond {
            status,
            content_type: "application/json",
            body: serde_json::to_string(body).unwrap_or_default(),
        }
    }
}

/// A refusal in Daraja's usual shape.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Problem {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
        }
    }

    /// `Bad Request - Invalid <Field>` of M-PESA Express.
    pub(super) fn invalid(field: &str) -> Self {
        Self::new(400, "400.002.02", format!("Bad Request - Invalid {field}"))
    }

    /// The catch-all, told apart by its text only.
    pub(super) fn catch_all(message: &str) -> Self {
        Self::new(500, "500.001.1001", message)
    }
}

/// The body of a refusal.
#[derive(Serialize)]
pub(super) struct ErrorBody {
    #[serde(rename = "requestId")]
    pub(super) request_id: String,
    #[serde(rename = "errorCode")]
    pub(super) error_code: &'static str,
    #[serde(rename = "errorMessage")]
    pub(super) error_message: String,
}

/// The fields of a JSON body; numbers and texts are the same to Daraja.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Reads the body. A missing content type surfaces as an invalid short code on the real API
    /// (Daraja portal, M-PESA Express FAQ), and so it does here.
    pub(super) fn of(request: &Request) -> Result<Self, Problem> {
        let json = request
            .content_type
            .as_deref()
            .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("application/json"));
        if !json {
            return Err(Problem::invalid("BusinessShortCode"));
        }
        match serde_json::from_slice(&request.body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_))
            | Err(_) => Err(Problem::new(400, "400.002.05", "Invalid Request Payload")),
        }
    }

    /// A field as text, whether it was sent as text or as a number; `None` if absent or null.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.0.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// A field of digits only, with a length in `lengths`.
    pub(super) fn digits(
        &self,
        name: &str,
        lengths: std::ops::RangeInclusive<usize>,
    ) -> Result<String, Problem> {
        self.text(name)
            .filter(|text| lengths.contains(&text.len()))
            .filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
            .ok_or_else(|| Problem::invalid(name))
    }

    /// A Kenyan mobile number: 12 digits, 2547… or 2541….
    pub(super) fn msisdn(&self, name: &str) -> Result<String, Problem> {
        let text = self.digits(name, 12..=12)?;
        if text.starts_with("2547") || text.starts_with("2541") {
            Ok(text)
        } else {
            Err(Problem::invalid(name))
        }
    }

    /// Whole shillings, 1 to 250,000 (the limit for one M-PESA transaction, Daraja portal, M-PESA
    /// Express FAQ). No decimals.
    pub(super) fn amount(&self) -> Result<u32, Problem> {
        let text = self.digits("Amount", 1..=12)?;
        text.parse()
            .ok()
            .filter(|amount| (1..=250_000).contains(amount))
            .ok_or_else(|| Problem::invalid("Amount"))
    }
}

/// Whether `url` is an address a callback could be sent to: http or https, a host in lower case
/// (upper case is refused on the real API), no spaces.
pub(super) fn is_callback_url(url: &str) -> bool {
    let Some(rest) = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
    else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !host.is_empty()
        && !url.contains(char::is_whitespace)
        && !host.contains(|letter: char| letter.is_ascii_uppercase())
}

/// A call the world makes to an address of the shop. It is attempted once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// Unique in its world; to be given back to [`super::World::delivered`].
    pub id: u64,
    /// What it carries.
    pub kind: DeliveryKind,
    /// Where to.
    pub url: String,
    /// The short code, sent as the `Businessshortcode` header.
    pub short_code: String,
    /// The JSON body.
    pub body: String,
    /// How long the receiver may take, in milliseconds.
    pub timeout_ms: u64,
    /// When it fell due.
    pub due_ms: i64,
}

/// What a delivery carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryKind {
    /// The result of an STK push.
    StkCallback,
    /// "May this customer pay?"
    Validation,
    /// "This customer has paid."
    Confirmation,
}

/// How a delivery ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivered {
    /// The receiver answered.
    Answered {
        /// The HTTP status.
        status: u16,
        /// The body.
        body: String,
    },
    /// Nobody there, or too slow.
    Failed,
}
