//! What an observer is told of each request: enough for support, nothing that must not be seen.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::base_url::BaseUrl;
use crate::http::{Answer, Body};
use crate::json::{text, text_of_any_spelling};
use crate::redact::Redaction;
use crate::transport::{Method, TransportFailure, WireRequest};

/// Is told of every request that ended, requests for a token included. A request whose future was dropped
/// half-way is not told of.
pub trait Observer: Send + Sync {
    /// Called once for each, on the task that asked; so it must be quick.
    fn exchanged(&self, exchange: &Exchange<'_>);
}

/// One request and what came of it. No field of it holds a key, a password, a token, a name, or more than
/// the last three digits of a phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange<'a> {
    /// When it ended, by the transport's clock.
    pub at: DateTime<Utc>,
    /// How long it took, by the monotonic clock.
    pub duration: Duration,
    /// The server, without port.
    pub host: &'a str,
    /// Path, without query.
    pub path: &'static str,
    /// How.
    pub method: Method,
    /// What came.
    pub outcome: ExchangeOutcome,
    /// The request's body as redacted JSON of at most 4 kB; empty if it had none.
    pub request_body: String,
    /// The reply's body as redacted JSON of at most 4 kB; anything else only as `html, N bytes` or
    /// `other, N bytes`, and nothing as empty text.
    pub reply_body: String,
    /// Bytes that went out: the body and an estimate for the rest; see [`Exchange::bytes_in`].
    pub bytes_out: u64,
    /// Bytes that came in: the body and an estimate for the rest. The estimate counts the headers of HTTP
    /// and, because every request has a connection of its own, TCP and TLS with the server's certificates.
    /// A request that never left counts for nothing, a lost answer as if it had not been sent.
    pub bytes_in: u64,
}

/// How an exchange ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExchangeOutcome {
    /// The server answered.
    Answered {
        /// HTTP status.
        status: u16,
        /// Safaricom's code, if it gave one: the first of `errorCode`, `ResultCode`, `ResponseCode` and
        /// `ResponseStatus`.
        code: Option<String>,
    },
    /// No whole answer.
    Failed(TransportFailure),
}

/// Headers of one request without `Authorization`, and of one reply of Safaricom's gateway, in bytes.
const HEADERS_OUT: u64 = 250;
const HEADERS_IN: u64 = 600;

/// TCP's own packets around one short request, in bytes each way: about eight of 40.
const TCP: u64 = 320;

/// A full handshake of TLS 1.3, in bytes: the client's hello and end; the server's hello, a chain of three
/// certificates and end.
const TLS_OUT: u64 = 500;
const TLS_IN: u64 = 4500;

/// Longest code that is passed on, in characters. Safaricom's have up to some forty.
const MAX_CODE: usize = 80;

/// What is noted before a request goes away with its transport.
pub(crate) struct Seen {
    method: Method,
    path: &'static str,
    https: bool,
    bytes_out: u64,
    redaction: Redaction,
    request_body: String,
}

impl Seen {
    pub(crate) fn of(request: &WireRequest, base: &BaseUrl) -> Self {
        let redaction = Redaction::of(request);
        let request_body = request.body.as_ref();
        let length = request_body.map_or(0, |body| body.to_string().len())
            + request.path.len()
            + request.query.len()
            + request.authorization.expose().len();
        Self {
            method: request.method,
            path: request.path,
            https: base.is_https(),
            bytes_out: count(length),
            request_body: request_body.map_or_else(String::new, |body| redaction.json(body)),
            redaction,
        }
    }

    pub(crate) fn ended<'a>(
        self,
        at: DateTime<Utc>,
        duration: Duration,
        host: &'a str,
        result: &Result<Answer, TransportFailure>,
        reply_length: usize,
    ) -> Exchange<'a> {
        let (tls_out, tls_in) = if self.https { (TLS_OUT, TLS_IN) } else { (0, 0) };
        let out = self.bytes_out + HEADERS_OUT + TCP + tls_out;
        let (bytes_out, bytes_in) = match result {
            Ok(_) => (out, count(reply_length) + HEADERS_IN + TCP + tls_in),
            Err(TransportFailure::NeverLeft(_)) => (0, 0),
            Err(TransportFailure::Timeout | TransportFailure::Lost) => (out, TCP + tls_in),
        };
        Exchange {
            at,
            duration,
            host,
            path: self.path,
            method: self.method,
            outcome: match result {
                Ok(answer) => ExchangeOutcome::Answered {
                    status: answer.status,
                    code: self.code(answer),
                },
                Err(failure) => ExchangeOutcome::Failed(failure.clone()),
            },
            reply_body: result
                .as_ref()
                .map_or_else(|_| String::new(), |answer| self.reply_body(answer, reply_length)),
            request_body: self.request_body,
            bytes_out,
            bytes_in,
        }
    }

    fn code(&self, answer: &Answer) -> Option<String> {
        let body = answer.json()?;
        let code = match answer.error() {
            Some(error) => error.code,
            None => text(body, "ResultCode")
                .or_else(|| text(body, "ResponseCode"))
                .or_else(|| text_of_any_spelling(body, "ResponseStatus"))?,
        };
        Some(self.redaction.text(&code).chars().take(MAX_CODE).collect())
    }

    fn reply_body(&self, answer: &Answer, length: usize) -> String {
        match &answer.body {
            Body::Empty => String::new(),
            Body::Json(value) => self.redaction.json(value),
            Body::Html => format!("html, {length} bytes"),
            Body::Other => format!("other, {length} bytes"),
        }
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
