//! `GET /metrics`: for the operator's own network. Nothing personal is in it, but how much a relay is used is
//! nobody else's business.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};

use super::Peer;
use super::note::Reason;
use crate::clock::now_ms;
use crate::log::LogError;
use crate::relay::Relay;
use crate::source::{is_forwarded, is_private};

const TEXT: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

pub(super) async fn answer(State(relay): State<Arc<Relay>>, request: Request) -> Response {
    let near = request
        .extensions()
        .get::<Peer>()
        .is_some_and(|peer| is_private(peer.0.to_canonical()));
    if !near || is_forwarded(request.headers()) {
        return Reason("no_such_address").only(StatusCode::NOT_FOUND);
    }
    if let Err(error) = count(&relay).await {
        tracing::warn!(%error, "counters could not be counted");
    }
    ([(CONTENT_TYPE, TEXT)], relay.metrics.text()).into_response()
}

async fn count(relay: &Relay) -> Result<(), LogError> {
    let now = now_ms();
    let mut ages = Vec::new();
    for shop in relay.log.shops().await? {
        let counters = relay.log.counters(&shop.id).await?;
        let living = counters.iter().filter(|counter| !counter.revoked);
        ages.extend(living.map(|counter| counter.heard_ms.map(|at| now - at)));
    }
    relay.metrics.heard(&ages);
    Ok(())
}
