//! What is said of a request in the relay's own log and counts: never its address as it was, its body or who sent
//! it.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::relay::Relay;

/// Why a request was refused, in a word of this program. It rides on the answer to the counts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reason(pub(super) &'static str);

impl Reason {
    /// An answer without words: what Safaricom's side and strangers are told.
    pub(super) fn only(self, status: StatusCode) -> Response {
        let mut response = status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Counts refusals, logs each request by its address' template, and says that no answer is to be kept on the way.
pub(super) async fn note(State(relay): State<Arc<Relay>>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    let begun = Instant::now();
    let mut response = next.run(request).await;
    let no_store = HeaderValue::from_static("no-store");
    response.headers_mut().insert(CACHE_CONTROL, no_store);
    let path = path.as_ref().map_or("(other)", MatchedPath::as_str);
    let status = response.status();
    let ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    let reason = match response.extensions().get::<Reason>() {
        Some(Reason(reason)) => Some(*reason),
        None if status == StatusCode::METHOD_NOT_ALLOWED => Some("method"),
        None if status == StatusCode::SERVICE_UNAVAILABLE => Some("unavailable"),
        None => None,
    };
    match reason {
        Some(reason) => {
            relay.metrics.refused(reason);
            tracing::info!(%method, path, status = status.as_u16(), ms, reason, "refused");
        }
        None => tracing::debug!(%method, path, status = status.as_u16(), ms, "answered"),
    }
    response
}
