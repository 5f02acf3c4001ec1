//! One request, one answer, read for what is in it and told to whoever watches.

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

use serde_json::Value;

use crate::api_error::{ApiError, Meaning};
use crate::base_url::BaseUrl;
use crate::clock_skew::ClockSkew;
use crate::exchange::{Observer, Seen};
use crate::outcome::Unknown;
use crate::transport::{Transport, TransportFailure, WireReply, WireRequest};

/// Longest body that is read, in bytes. Daraja's answers have a few hundred, except Pull's.
pub(crate) const MAX_BODY: usize = 64 * 1024;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Body,
}

/// A body, as far as it can be read.
#[derive(Debug)]
pub(crate) enum Body {
    Empty,
    /// A JSON object.
    Json(Value),
    /// A web page.
    Html,
    /// Anything else, or too long.
    Other,
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn json(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(value) => Some(value),
            Body::Empty | Body::Html | Body::Other => None,
        }
    }

    pub(crate) fn error(&self) -> Option<ApiError> {
        self.json().and_then(ApiError::of)
    }

    pub(crate) fn meaning(&self) -> Option<Meaning> {
        self.error().map(|error| error.meaning())
    }

    /// What is left to say of an answer that says nothing certain.
    pub(crate) fn unknown(&self) -> Unknown {
        let status = self.status;
        match &self.body {
            Body::Json(value) if status >= 500 || ApiError::of(value).is_some() => {
                Unknown::ServerError { status }
            }
            Body::Json(_) => Unknown::Unreadable,
            Body::Empty | Body::Html | Body::Other => Unknown::NotJson { status },
        }
    }
}

/// Sends requests to one server.
#[derive(Clone)]
pub(crate) struct Http {
    pub(crate) base: BaseUrl,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) skew: Arc<ClockSkew>,
    pub(crate) observer: Option<Arc<dyn Observer>>,
}

impl Http {
    pub(crate) fn new(base: BaseUrl, transport: Arc<dyn Transport>) -> Self {
        Self {
            base,
            transport,
            skew: Arc::default(),
            observer: None,
        }
    }

    pub(crate) async fn send(&self, request: WireRequest) -> Result<Answer, TransportFailure> {
        let seen = self.observer.as_ref().map(|_| Seen::of(&request, &self.base));
        let (path, max_body) = (request.path, request.max_body);
        let started = Instant::now();
        let result = self.transport.exchange(request).await;
        let took = started.elapsed();
        let at = self.transport.now();
        let reply_length = result.as_ref().map_or(0, |reply| reply.body.len());
        let result = result.map(|reply| self.read(&reply, max_body));
        let host = self.base.host();
        match &result {
            Ok(answer) => {
                let code = answer.error().map(|error| error.code);
                tracing::debug!(host, path, ?took, status = answer.status, ?code, "answer");
            }
            Err(failure) => tracing::debug!(host, path, ?took, ?failure, "no answer"),
        }
        if let (Some(observer), Some(seen)) = (&self.observer, seen) {
            observer.exchanged(&seen.ended(at, took, host, &result, reply_length));
        }
        result
    }

    fn read(&self, reply: &WireReply, max_body: usize) -> Answer {
        self.skew.hear(reply.date.as_deref(), reply.received_at);
        let content_type = reply.content_type.as_deref().unwrap_or_default();
        let declared_html = content_type.to_ascii_lowercase().contains("html");
        let body = if reply.body.len() <= max_body {
            parse(&reply.body, declared_html)
        } else if declared_html {
            Body::Html
        } else {
            Body::Other
        };
        Answer {
            status: reply.status,
            body,
        }
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Http")
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// What is in a body decides, not what its header says: JSON comes as `text/html` and pages as JSON.
fn parse(bytes: &[u8], declared_html: bool) -> Body {
    let trimmed = bytes.trim_ascii();
    if trimmed.is_empty() {
        return Body::Empty;
    }
    match serde_json::from_slice::<Value>(trimmed) {
        Ok(value) if value.is_object() => Body::Json(value),
        Ok(_) => Body::Other,
        Err(_) if declared_html || trimmed.starts_with(b"<") => Body::Html,
        Err(_) => Body::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, parse};

    #[test]
    fn a_body_is_what_is_in_it() {
        assert!(matches!(parse(b" \r\n", true), Body::Empty), "blanks are nothing");
        assert!(
            matches!(parse(b"{\"a\":1}", true), Body::Json(_)),
            "JSON declared as HTML is JSON"
        );
        assert!(
            matches!(parse(b"\n<html>", false), Body::Html),
            "a page declared as JSON is a page"
        );
        assert!(
            matches!(parse(b"sign in", true), Body::Html),
            "a page without tags"
        );
        for other in [&b"oops"[..], b"[]", b"null", b"\"0\"", b"{\"a\":", b"\xff\xfe"] {
            assert!(
                matches!(parse(other, false), Body::Other),
                "{other:?} is no answer"
            );
        }
    }
}
