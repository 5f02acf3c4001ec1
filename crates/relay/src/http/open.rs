//! `POST /api/mpesa/…`: the integration guide's open addresses, for a relay that serves one shop. Anybody can guess
//! them, so that what comes here proves nothing and only wakes the counters.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use relay_wire::Kind;

use super::c2b_validation::{is_welcome, keep_afterwards, verdict};
use super::inbound::{Post, kept, no_such_shop, not_kept};
use crate::log::Shop;
use crate::relay::Relay;
use crate::shape;
use crate::source::Source;

/// A push's result, or a payment.
pub(super) async fn answer(State(relay): State<Arc<Relay>>, source: Source, request: Request) -> Response {
    keep(&relay, source, request)
        .await
        .unwrap_or_else(|refused| refused)
}

async fn keep(relay: &Relay, source: Source, request: Request) -> Result<Response, Response> {
    let shop = only_shop(relay).await?;
    let post = Post::read(relay, Kind::Open, String::new(), source, request).await?;
    let shaped = shape::is_stk(&post.body) || shape::is_c2b(&post.body);
    match post.keep(relay, &shop, shaped).await {
        Ok(()) => Ok(kept("Accepted")),
        Err(error) => Err(not_kept(&error)),
    }
}

/// A payment that is about to be made.
pub(super) async fn answer_validation(
    State(relay): State<Arc<Relay>>,
    source: Source,
    request: Request,
) -> Response {
    decide(&relay, source, request)
        .await
        .unwrap_or_else(|refused| refused)
}

async fn decide(relay: &Arc<Relay>, source: Source, request: Request) -> Result<Response, Response> {
    let shop = only_shop(relay).await?;
    let post = Post::read(relay, Kind::Open, String::new(), source, request).await?;
    let answer = verdict(is_welcome(&shop, &post.body));
    keep_afterwards(relay, shop, post);
    Ok(answer)
}

async fn only_shop(relay: &Relay) -> Result<Arc<Shop>, Response> {
    match relay.shops.only().await {
        Ok(Some(shop)) if shop.key.is_some() => Ok(shop),
        Ok(Some(_) | None) => Err(no_such_shop()),
        Err(error) => Err(not_kept(&error)),
    }
}
