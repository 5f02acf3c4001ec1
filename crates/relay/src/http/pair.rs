//! `POST /v1/pair`: a counter joins a shop.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use relay_wire::{Cursor, PairAnswer, PairRequest, Token};

use super::body::Read;
use super::refusal::Refusal;
use crate::clock::now_ms;
use crate::log::{Counter, LogError, NewCounter, Paired};
use crate::relay::Relay;
use crate::source::Source;

/// Longest name of a counter, characters.
const MOST_NAME: usize = 60;

/// Asked before the body is read.
pub(super) struct MayTry;

impl axum::extract::FromRequestParts<Arc<Relay>> for MayTry {
    type Rejection = Refusal;

    async fn from_request_parts(
        parts: &mut axum::http::request::Parts,
        relay: &Arc<Relay>,
    ) -> Result<Self, Refusal> {
        let source = Source::from_request_parts(parts, relay).await?;
        relay.rates.pairing(source).map_err(Refusal::too_many)?;
        Ok(Self)
    }
}

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    _: MayTry,
    Read(request): Read<PairRequest>,
) -> Result<Json<PairAnswer>, Refusal> {
    let name = request.name.trim();
    if name.is_empty() || name.chars().count() > MOST_NAME || name.chars().any(char::is_control) {
        return Err(Refusal::bad_request("name"));
    }
    let token = Token::random();
    let new = NewCounter {
        id: format!("{:016x}", rand::random::<u64>()),
        name: name.to_owned(),
        token: token.hash(),
        key: request.key,
    };
    let (shop, counter, newest) = match relay
        .log
        .pair(&Token::new(request.code).hash(), &new, now_ms())
        .await?
    {
        Paired::In {
            shop,
            counter,
            newest,
        } => (shop, counter, newest),
        Paired::NoSuchCode => return Err(Refusal::pairing_code()),
        Paired::OtherKey => return Err(Refusal::other_key()),
        Paired::Full => return Err(Refusal::not_found()),
    };
    relay.shops.forget();
    let hook = relay.hooks.hook(&shop.id);
    if hook.hash() != shop.hook {
        tracing::error!("the key file is not the one that this shop's path was made with");
        return Err(Refusal::unavailable());
    }
    Ok(Json(PairAnswer {
        cursor: start(&relay, &counter, newest).await?,
        shop_id: shop.id,
        shop_name: shop.name,
        letter: counter.letter,
        token: token.expose().to_owned(),
        hook: hook.expose().to_owned(),
    }))
}

/// From where a new counter reads: a shop's first from now on; a later one, or a PC that replaces a broken one,
/// everything that is still kept.
async fn start(relay: &Relay, counter: &Counter, newest: u64) -> Result<Cursor, LogError> {
    let epoch = relay.log.epoch(&counter.shop_id).await?;
    let all = relay.log.counters(&counter.shop_id).await?;
    let seq = if all.iter().all(|other| other.id == counter.id) {
        newest
    } else {
        relay.log.read(&counter.shop_id, 0, 1).await?.dropped_through
    };
    Ok(Cursor { epoch, seq })
}
