//! `POST /v1/claims/holders`: which payments some counter has already. Nothing is taken.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use relay_wire::{Claimed, Claims, ClaimsAnswer};

use super::body::Read;
use super::claims::MOST;
use super::let_in::LetIn;
use super::refusal::Refusal;
use crate::relay::Relay;

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    who: LetIn,
    Read(Claims { claims }): Read<Claims>,
) -> Result<Json<ClaimsAnswer>, Refusal> {
    if claims.len() > MOST {
        return Err(Refusal::too_large());
    }
    let holders = relay.log.holders(&who.counter.shop_id, &claims).await?;
    let held = claims.into_iter().zip(holders);
    Ok(Json(ClaimsAnswer {
        claims: held
            .filter_map(|(key, holder)| holder.map(|holder| Claimed { key, holder }))
            .collect(),
    }))
}
