//! The seam between what the client says and how it travels.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{NotSent, Secret};

/// Carries one request to one server and brings back one reply.
///
/// [`Client::new`](crate::Client::new) brings the one that speaks HTTP over the network. A simulated shop
/// brings its own, whose futures are ready at once, and has every answer read by the very same client.
pub trait Transport: Send + Sync {
    /// Sends the request, exactly once: no retry and no redirect. A push that goes out twice is two prompts.
    fn exchange(&self, request: WireRequest) -> BoxedExchange;

    /// What the clock on the wall says here. A simulated shop overrides it with its own.
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// The future of one exchange.
pub type BoxedExchange = Pin<Box<dyn Future<Output = Result<WireReply, TransportFailure>> + Send>>;

/// HTTP method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`, for a token.
    Get,
    /// `POST`, for everything else.
    Post,
}

impl Method {
    /// The wire's spelling.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// One request as it is to go out. The server is the transport's own affair.
#[derive(Clone, PartialEq)]
pub struct WireRequest {
    /// How.
    pub method: Method,
    /// Path, with its leading slash.
    pub path: &'static str,
    /// Query without the question mark; empty if there is none.
    pub query: &'static str,
    /// The whole value of the `Authorization` header: `Basic …` or `Bearer …`.
    pub authorization: Secret,
    /// The JSON body, sent as `application/json`.
    pub body: Option<Value>,
    /// Longest body of the reply that is of use, in bytes. A transport may stop reading one byte after it;
    /// the client takes a longer body for unreadable.
    pub max_body: usize,
}

/// One reply as it came in.
#[derive(Clone, PartialEq, Eq)]
pub struct WireReply {
    /// HTTP status.
    pub status: u16,
    /// `Date` header as it was sent.
    pub date: Option<String>,
    /// `Content-Type` header as it was sent.
    pub content_type: Option<String>,
    /// The body, or its beginning if it is longer than the request's `max_body`.
    pub body: Vec<u8>,
    /// When the head of the reply came, by the clock that the caller lives by; compared with `date`.
    pub received_at: DateTime<Utc>,
}

/// No whole reply.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportFailure {
    /// Certain: not one byte of the request left.
    #[error(transparent)]
    NeverLeft(NotSent),
    /// It may have left; no whole answer in time.
    #[error("no answer in time")]
    Timeout,
    /// It may have left; the connection broke.
    #[error("the connection broke before the answer")]
    Lost,
}

impl fmt::Debug for WireRequest {
    /// Without the body, which has a password and a phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireRequest")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for WireReply {
    /// Without the body, which may have a token or a phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireReply")
            .field("status", &self.status)
            .field("received_at", &self.received_at)
            .finish_non_exhaustive()
    }
}
