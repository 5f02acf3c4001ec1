//! `POST /h/{hook}/stk/{push}/{secret}`: the result of a push.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use relay_wire::Kind;

use super::inbound::{Post, hash, kept, no_such_shop, not_kept, shop};
use crate::relay::Relay;
use crate::shape;
use crate::source::Source;

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    source: Source,
    path: Result<Path<(String, String, String)>, PathRejection>,
    request: Request,
) -> Response {
    keep(&relay, source, path, request)
        .await
        .unwrap_or_else(|refused| refused)
}

async fn keep(
    relay: &Relay,
    source: Source,
    path: Result<Path<(String, String, String)>, PathRejection>,
    request: Request,
) -> Result<Response, Response> {
    let Path((hook, push, secret)) = path.map_err(|_| no_such_shop())?;
    let shop = shop(relay, &hash(hook)).await?;
    let post = Post::read(relay, Kind::Stk, format!("{push}/{secret}"), source, request).await?;
    let shaped = shape::is_stk(&post.body);
    match post.keep(relay, &shop, shaped).await {
        Ok(()) => Ok(kept("Accepted")),
        Err(error) => Err(not_kept(&error)),
    }
}
