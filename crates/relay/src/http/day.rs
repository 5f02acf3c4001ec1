//! `PUT` and `DELETE /v1/day`: the owner's page, sealed by the till.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use relay_wire::{DayPage, Token};

use super::body::Read;
use super::let_in::LetIn;
use super::refusal::Refusal;
use crate::clock::now_ms;
use crate::log::StoredDay;
use crate::relay::Relay;

/// Shortest and longest name of a page. 22 characters of base 64 are 128 bits: nobody guesses them.
const NAME: std::ops::RangeInclusive<usize> = 22..=128;
/// A nonce and a tag (AES-256-GCM): less holds no content.
const LEAST_SEALED: usize = 12 + 16;

pub(super) async fn put(
    State(relay): State<Arc<Relay>>,
    who: LetIn,
    Read(page): Read<DayPage>,
) -> Result<StatusCode, Refusal> {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if !NAME.contains(&page.id.len()) || !page.id.bytes().all(letters) {
        return Err(Refusal::bad_request("id"));
    }
    let sealed = STANDARD
        .decode(page.sealed)
        .map_err(|_| Refusal::bad_request("sealed"))?;
    if sealed.len() < LEAST_SEALED {
        return Err(Refusal::bad_request("sealed"));
    }
    let id = Token::new(page.id).hash();
    // Whoever was given a shop's link must not put another shop's page there.
    let there = relay.log.day(&id).await?;
    if there.is_some_and(|day| day.shop_id != who.counter.shop_id) {
        return Err(Refusal::bad_request("id"));
    }
    let day = StoredDay {
        id,
        shop_id: who.counter.shop_id,
        at_ms: now_ms(),
        sealed,
    };
    relay.log.put_day(&day).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn delete(State(relay): State<Arc<Relay>>, who: LetIn) -> Result<StatusCode, Refusal> {
    relay.log.drop_day(&who.counter.shop_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
