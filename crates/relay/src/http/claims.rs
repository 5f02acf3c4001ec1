//! `POST /v1/claims`: which counter has which payment.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use relay_wire::{Claimed, Claims, ClaimsAnswer};

use super::body::Read;
use super::let_in::LetIn;
use super::refusal::Refusal;
use crate::relay::Relay;

/// Most claims of one request.
pub(super) const MOST: usize = 500;

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    who: LetIn,
    Read(Claims { claims }): Read<Claims>,
) -> Result<Json<ClaimsAnswer>, Refusal> {
    if claims.len() > MOST {
        return Err(Refusal::too_large());
    }
    let holders = relay.log.claim(&who.counter, &claims).await?;
    for holder in &holders {
        relay.metrics.claimed(*holder == who.counter.letter);
    }
    let claims = claims.into_iter().zip(holders);
    Ok(Json(ClaimsAnswer {
        claims: claims.map(|(key, holder)| Claimed { key, holder }).collect(),
    }))
}
