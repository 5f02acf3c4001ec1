//! Bodies: whole, small and soon, or not at all.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_LENGTH;
use axum::response::Response;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde::de::DeserializeOwned;
use tokio::time::timeout;

use super::note::Reason;
use super::refusal::Refusal;
use crate::relay::Relay;

/// Largest body, bytes. Safaricom's posts are below 2 kB.
pub(super) const MOST_BYTES: usize = 64 * 1024;

/// Why a body is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoBody {
    TooLarge,
    TooSlow,
    /// Its sender hung up in the middle.
    Broken,
}

/// Reads a body to its end.
pub(super) async fn whole(relay: &Relay, request: Request) -> Result<Bytes, NoBody> {
    let said = request.headers().get(CONTENT_LENGTH);
    let said = said
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<u64>().ok());
    // What says that it is too large is not read at all.
    if said.is_some_and(|length| length > MOST_BYTES as u64) {
        return Err(NoBody::TooLarge);
    }
    let body: Body = request.into_body();
    match timeout(relay.settings.body_time, Limited::new(body, MOST_BYTES).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(NoBody::TooLarge),
        Ok(Err(_)) => Err(NoBody::Broken),
        Err(_) => Err(NoBody::TooSlow),
    }
}

impl NoBody {
    /// What Safaricom's side is told.
    pub(super) fn answer(self) -> Response {
        match self {
            Self::TooLarge => Reason("too_large").only(StatusCode::PAYLOAD_TOO_LARGE),
            Self::TooSlow => Reason("too_slow").only(StatusCode::REQUEST_TIMEOUT),
            Self::Broken => Reason("broken_body").only(StatusCode::BAD_REQUEST),
        }
    }
}

impl From<NoBody> for Refusal {
    fn from(none: NoBody) -> Self {
        match none {
            NoBody::TooLarge => Self::too_large(),
            NoBody::TooSlow => Self::bad_request("too_slow").with(StatusCode::REQUEST_TIMEOUT),
            NoBody::Broken => Self::bad_request("broken_body"),
        }
    }
}

/// A JSON body of `/v1`, whatever it calls itself.
#[derive(Debug)]
pub(super) struct Read<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Relay>> for Read<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, relay: &Arc<Relay>) -> Result<Self, Refusal> {
        let body = whole(relay, request).await?;
        serde_json::from_slice(&body)
            .map(Self)
            .map_err(|_| Refusal::bad_request("unreadable_body"))
    }
}
