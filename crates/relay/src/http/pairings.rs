//! `POST /v1/pairings`: a counter lets another one in. The shop's secret goes from screen to screen, not through
//! here.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use relay_wire::{LinkPairing, Token};

use super::let_in::LetIn;
use super::refusal::Refusal;
use crate::clock::now_ms;
use crate::log::{EventLog, LogError, PairingCode};
use crate::relay::Relay;

/// How long a pairing code is good, milliseconds.
const GOOD_MS: i64 = 10 * 60 * 1000;

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    who: LetIn,
) -> Result<Json<LinkPairing>, Refusal> {
    let (code, expires_ms) = new_code(relay.log.as_ref(), &who.counter.shop_id).await?;
    Ok(Json(LinkPairing {
        code: code.expose().to_owned(),
        expires_ms,
    }))
}

/// A new code for a shop, and until when it is good, milliseconds since 1970.
pub(crate) async fn new_code(log: &dyn EventLog, shop_id: &str) -> Result<(Token, i64), LogError> {
    let code = Token::random();
    let expires_ms = now_ms() + GOOD_MS;
    log.add_pairing(&PairingCode {
        hash: code.hash(),
        shop_id: shop_id.to_owned(),
        expires_ms,
    })
    .await?;
    Ok((code, expires_ms))
}
