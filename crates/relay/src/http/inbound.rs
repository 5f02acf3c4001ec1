//! What all posts of Safaricom's side have in common: found their shop, read, marked, sealed, committed, and only
//! then answered 200.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use relay_wire::{Inbound, Kind, Mark, Token, TokenHash};
use serde::Serialize;
use tokio::time::Instant;

use super::body::whole;
use super::note::Reason;
use crate::clock::now_ms;
use crate::log::{LogError, NewEvent, Shop};
use crate::relay::Relay;
use crate::source::Source;

/// What is kept of a secret path.
pub(super) fn hash(hook: String) -> TokenHash {
    Token::new(hook).hash()
}

/// The shop of a secret path, when it can take posts. A shop without a key has no counter yet that could read them.
pub(super) async fn shop(relay: &Relay, hook: &TokenHash) -> Result<Arc<Shop>, Response> {
    let until = Instant::now() + relay.settings.keep_time;
    match relay.shop_of_hook(hook, until).await {
        Ok(Some(shop)) if shop.key.is_some() => Ok(shop),
        Ok(Some(_) | None) => Err(no_such_shop()),
        Err(error) => Err(not_kept(&error)),
    }
}

pub(super) fn no_such_shop() -> Response {
    Reason("no_such_shop").only(StatusCode::NOT_FOUND)
}

/// One post, read to its end.
pub(super) struct Post {
    pub(super) kind: Kind,
    pub(super) path: String,
    pub(super) source: Source,
    pub(super) body: Bytes,
}

impl Post {
    /// Reads a request's body.
    pub(super) async fn read(
        relay: &Relay,
        kind: Kind,
        path: String,
        source: Source,
        request: Request,
    ) -> Result<Self, Response> {
        let body = whole(relay, request).await.map_err(super::body::NoBody::answer)?;
        Ok(Self {
            kind,
            path,
            source,
            body,
        })
    }

    /// Marks, seals and commits it.
    pub(super) async fn keep(self, relay: &Relay, shop: &Shop, shaped: bool) -> Result<(), LogError> {
        let until = Instant::now() + relay.settings.keep_time;
        let key = shop
            .key
            .as_ref()
            .ok_or_else(|| LogError::Refused("the shop has no key".into()))?;
        let shape = (!shaped).then_some(Mark::Shape);
        let rate = relay.rates.floods(&shop.id, self.source).then_some(Mark::Rate);
        let marks: Vec<Mark> = [shape, self.source.mark(), rate].into_iter().flatten().collect();
        let event = Inbound {
            kind: self.kind,
            path: self.path,
            received_ms: now_ms(),
            marks,
            body: self.body.into(),
        };
        let sealed = relay
            .sealers
            .of(key)
            .and_then(|sealer| sealer.seal(&shop.id, &event))
            .map_err(|error| LogError::Refused(error.to_string()))?;
        let bytes = sealed.len();
        let new = NewEvent {
            shop_id: shop.id.clone(),
            received_ms: event.received_ms,
            sealed,
        };
        relay.batcher.keep(new, until).await?;
        relay.metrics.kept(event.kind, &event.marks, bytes);
        Ok(())
    }
}

/// "I have it", as Safaricom's own examples say it (Daraja portal, M-PESA Express and Customer To Business).
pub(super) fn kept(words: &'static str) -> Response {
    #[derive(Serialize)]
    #[serde(rename_all = "PascalCase")]
    struct Kept {
        result_code: u8,
        result_desc: &'static str,
    }
    Json(Kept {
        result_code: 0,
        result_desc: words,
    })
    .into_response()
}

/// Nothing was kept, and Safaricom will not post again: the till finds out by asking, as it does without a relay.
pub(super) fn not_kept(error: &LogError) -> Response {
    tracing::error!(%error, "a post was not kept");
    Reason("not_kept").only(StatusCode::SERVICE_UNAVAILABLE)
}
