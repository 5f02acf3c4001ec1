//! `POST /h/{hook}/c2b/validation`: a payment is about to be made. Answered at once and from what is known, because
//! a customer waits and Safaricom waits about eight seconds; kept afterwards.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse as _, Response};
use relay_wire::reference_text::is_misspelt;
use relay_wire::{Kind, TokenHash};
use serde_json::json;
use tokio::time::Instant;

use super::inbound::{Post, hash, no_such_shop};
use crate::log::{LogError, Shop, Validation};
use crate::relay::Relay;
use crate::shape;
use crate::source::Source;

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    source: Source,
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    decide(&relay, source, path, request)
        .await
        .unwrap_or_else(|refused| refused)
}

async fn decide(
    relay: &Arc<Relay>,
    source: Source,
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Response> {
    let Path(hook) = path.map_err(|_| no_such_shop())?;
    let shop = match known(relay, &hash(hook)).await {
        Ok(Some(shop)) if shop.key.is_some() => shop,
        Ok(Some(_) | None) => return Err(no_such_shop()),
        // Nobody knows the shop, and a payment must not fail for it.
        Err(_) => return Ok(verdict(true)),
    };
    let post = Post::read(relay, Kind::Validation, String::new(), source, request).await?;
    let answer = verdict(is_welcome(&shop, &post.body));
    keep_afterwards(relay, shop, post);
    Ok(answer)
}

/// The shop as it is, or as it was last seen when the log does not answer.
async fn known(relay: &Relay, hook: &TokenHash) -> Result<Option<Arc<Shop>>, LogError> {
    match relay.shop_of_hook(hook, Instant::now()).await {
        Err(error) => relay.shops.last_seen(hook).map(Some).ok_or(error),
        found => found,
    }
}

/// May this payment be made? In doubt it may: it is the customer's money and the shop's customer.
pub(super) fn is_welcome(shop: &Shop, body: &[u8]) -> bool {
    match shop.validation {
        Validation::AcceptAll => true,
        Validation::CheckReference => {
            !shape::bill_reference(body).is_some_and(|reference| is_misspelt(&reference))
        }
    }
}

/// Daraja portal, Customer To Business, validation: 0 accepts, `C2B00012` is "invalid account number".
pub(super) fn verdict(welcome: bool) -> Response {
    let (code, words) = if welcome {
        ("0", "Accepted")
    } else {
        ("C2B00012", "Rejected")
    };
    Json(json!({ "ResultCode": code, "ResultDesc": words })).into_response()
}

/// Keeps the question without delaying its answer. A till loses nothing when it is not kept: the payment itself is
/// confirmed by another post.
pub(super) fn keep_afterwards(relay: &Arc<Relay>, shop: Arc<Shop>, post: Post) {
    let relay = Arc::clone(relay);
    let shaped = shape::is_c2b(&post.body);
    tokio::spawn(async move {
        if let Err(error) = post.keep(&relay, &shop, shaped).await {
            tracing::warn!(%error, "a validation was answered but not kept");
        }
    });
}
