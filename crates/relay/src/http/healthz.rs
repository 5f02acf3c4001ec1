//! `GET /healthz`: 200 when the log answers, else 503.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use tokio::time::timeout;

use crate::relay::Relay;

/// A shop that is not there is asked for, because each database must answer to that.
/// A log that takes longer is not well.
const MOST: Duration = Duration::from_secs(3);

pub(super) async fn answer(State(relay): State<Arc<Relay>>) -> (StatusCode, &'static str) {
    match timeout(MOST, relay.log.shop("")).await {
        Ok(Ok(_)) => (StatusCode::OK, "ok\n"),
        Ok(Err(_)) | Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the log does not answer\n"),
    }
}
