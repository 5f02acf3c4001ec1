//! Refusals of `/v1`: a code to branch on and one sentence, in which nothing of the request appears.

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use relay_wire::{Problem, ProblemCode};

use super::note::Reason;
use crate::log::LogError;

/// One refusal.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: ProblemCode,
    message: &'static str,
    reason: &'static str,
    retry_after: Option<u64>,
}

impl Refusal {
    const fn new(status: StatusCode, code: ProblemCode, reason: &'static str, message: &'static str) -> Self {
        Self {
            status,
            code,
            message,
            reason,
            retry_after: None,
        }
    }

    pub(super) const fn not_let_in() -> Self {
        let message = "This counter is not paired with the relay any more, or never was.";
        Self::new(
            StatusCode::UNAUTHORIZED,
            ProblemCode::NotLetIn,
            "not_let_in",
            message,
        )
    }

    pub(super) const fn pairing_code() -> Self {
        let message = "The pairing code is wrong, was used, or is too old: make a new one.";
        Self::new(
            StatusCode::FORBIDDEN,
            ProblemCode::PairingCode,
            "pairing_code",
            message,
        )
    }

    pub(super) const fn other_key() -> Self {
        let message = "The shop has another key: pair with the line that a paired counter shows.";
        Self::new(StatusCode::CONFLICT, ProblemCode::OtherKey, "other_key", message)
    }

    /// `reason`: which of the request's parts cannot be read.
    pub(super) const fn bad_request(reason: &'static str) -> Self {
        let message = "The relay cannot read this request.";
        Self::new(StatusCode::BAD_REQUEST, ProblemCode::BadRequest, reason, message)
    }

    pub(super) const fn too_large() -> Self {
        let message = "The request is too large.";
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            ProblemCode::TooLarge,
            "too_large",
            message,
        )
    }

    pub(super) const fn too_many(retry_after: u64) -> Self {
        let message = "Too many requests: wait a moment.";
        let mut refusal = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            ProblemCode::TooMany,
            "too_many",
            message,
        );
        refusal.retry_after = Some(retry_after);
        refusal
    }

    pub(super) const fn not_found() -> Self {
        let message = "There is no such thing here.";
        Self::new(StatusCode::NOT_FOUND, ProblemCode::NotFound, "not_found", message)
    }

    pub(super) const fn unavailable() -> Self {
        let message = "The relay cannot do it now, and has not done it.";
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            ProblemCode::Unavailable,
            "unavailable",
            message,
        )
    }

    pub(super) const fn with(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(super) const fn again_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<LogError> for Refusal {
    fn from(error: LogError) -> Self {
        tracing::warn!(%error, "the log did not do it");
        Self::unavailable()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = Problem {
            code: self.code,
            message: self.message.into(),
        };
        let mut response = (self.status, Json(problem)).into_response();
        response.extensions_mut().insert(Reason(self.reason));
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        response
    }
}
