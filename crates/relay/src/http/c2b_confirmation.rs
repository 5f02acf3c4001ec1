//! `POST /h/{hook}/c2b/confirmation`: a payment was made.

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
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    keep(&relay, source, path, request)
        .await
        .unwrap_or_else(|refused| refused)
}

async fn keep(
    relay: &Relay,
    source: Source,
    path: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Response, Response> {
    let Path(hook) = path.map_err(|_| no_such_shop())?;
    let shop = shop(relay, &hash(hook)).await?;
    let post = Post::read(relay, Kind::Confirmation, String::new(), source, request).await?;
    let shaped = shape::is_c2b(&post.body);
    match post.keep(relay, &shop, shaped).await {
        Ok(()) => Ok(kept("Success")),
        Err(error) => Err(not_kept(&error)),
    }
}
