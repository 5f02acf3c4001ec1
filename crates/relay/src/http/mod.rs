//! What is asked and answered: one file for each address.

mod body;
mod c2b_confirmation;
mod c2b_validation;
mod claims;
mod day;
mod day_data;
mod day_page;
mod events;
mod healthz;
mod heartbeat;
mod holders;
mod inbound;
mod let_in;
mod metrics;
mod note;
mod open;
mod pair;
mod pairings;
mod refusal;
mod stk;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post, put};
use axum::{Router, response::Response};
use relay_wire::paths;
use tower_http::timeout::TimeoutLayer;

use crate::relay::Relay;
use crate::source::Source;
use note::Reason;
pub(crate) use pairings::new_code;
use refusal::Refusal;

/// Any answer but a long wait's is there within this; a client must not hang on a log that hangs.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// Who is at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// All addresses of the relay.
pub(crate) fn router(relay: Arc<Relay>) -> Router {
    let in_time = |time| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, time);
    let inbound = Router::new()
        .route(paths::STK, post(stk::answer))
        .route(paths::CONFIRMATION, post(c2b_confirmation::answer))
        .route(paths::VALIDATION, post(c2b_validation::answer))
        .route(paths::OPEN_CALLBACK, post(open::answer))
        .route(paths::OPEN_CONFIRMATION, post(open::answer))
        .route(paths::OPEN_VALIDATION, post(open::answer_validation))
        .layer(in_time(ANSWER_TIME));
    let v1 = Router::new()
        .route(paths::PAIR, post(pair::answer))
        .route(paths::PAIRINGS, post(pairings::answer))
        .route(paths::HEARTBEAT, post(heartbeat::answer))
        .route(paths::CLAIMS, post(claims::answer))
        .route(paths::HOLDERS, post(holders::answer))
        .route(paths::DAY, put(day::put).delete(day::delete))
        .layer(in_time(ANSWER_TIME))
        .route(
            paths::EVENTS,
            get(events::answer).layer(in_time(ANSWER_TIME + events::MOST_WAIT)),
        )
        .method_not_allowed_fallback(|| async {
            Refusal::bad_request("method").with(StatusCode::METHOD_NOT_ALLOWED)
        });
    let page = Router::new()
        .route(paths::DAY_PAGE, get(day_page::answer))
        .route(paths::DAY_DATA, get(day_data::answer))
        .route("/healthz", get(healthz::answer))
        .route("/metrics", get(metrics::answer))
        .layer(in_time(ANSWER_TIME));
    inbound
        .merge(v1)
        .merge(page)
        .fallback(nothing_here)
        .layer(from_fn_with_state(Arc::clone(&relay), note::note))
        .with_state(relay)
}

async fn nothing_here() -> Response {
    Reason("no_such_address").only(StatusCode::NOT_FOUND)
}

impl FromRequestParts<Arc<Relay>> for Source {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, relay: &Arc<Relay>) -> Result<Self, Refusal> {
        let peer = parts.extensions.get::<Peer>().ok_or_else(Refusal::unavailable)?;
        Ok(relay.settings.proxies.source(peer.0, &parts.headers))
    }
}
