//! Who may ask `/v1`.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use relay_wire::{Token, TokenHash};

use super::refusal::Refusal;
use crate::log::Counter;
use crate::relay::Relay;
use crate::source::Source;

/// A counter that showed its token. The log is asked each time, so that a revoked one is out at once.
#[derive(Debug)]
pub(super) struct LetIn {
    pub(super) counter: Counter,
    token: TokenHash,
}

impl LetIn {
    /// Is it still?
    pub(super) async fn still(&self, relay: &Relay) -> Result<(), Refusal> {
        counter_of(relay, &self.token).await.map(drop)
    }
}

impl FromRequestParts<Arc<Relay>> for LetIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, relay: &Arc<Relay>) -> Result<Self, Refusal> {
        let source = Source::from_request_parts(parts, relay).await?;
        relay.rates.client(source).map_err(Refusal::too_many)?;
        let line = parts
            .headers
            .get(AUTHORIZATION)
            .and_then(|line| line.to_str().ok());
        let token = line
            .and_then(|line| line.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map(|(_, token)| Token::new(token.trim()).hash())
            .ok_or_else(Refusal::not_let_in)?;
        let counter = counter_of(relay, &token).await?;
        relay.rates.counter(&counter.id).map_err(Refusal::too_many)?;
        Ok(Self { counter, token })
    }
}

async fn counter_of(relay: &Relay, token: &TokenHash) -> Result<Counter, Refusal> {
    let counter = relay.log.counter_of_token(token).await?;
    counter
        .filter(|counter| !counter.revoked)
        .ok_or_else(Refusal::not_let_in)
}
