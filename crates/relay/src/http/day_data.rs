//! `GET /day/{id}/data`: the sealed content of the owner's page. Whoever has its name has the bytes; only the key,
//! which is not here, opens them.

use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, LAST_MODIFIED};
use axum::response::{IntoResponse as _, Response};
use httpdate::fmt_http_date;
use relay_wire::Token;

use super::refusal::Refusal;
use crate::relay::Relay;
use crate::source::Source;

pub(super) async fn answer(
    State(relay): State<Arc<Relay>>,
    source: Source,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Refusal> {
    relay.rates.client(source).map_err(Refusal::too_many)?;
    let Path(id) = id.map_err(|_| Refusal::not_found())?;
    let day = relay
        .log
        .day(&Token::new(id).hash())
        .await?
        .ok_or_else(Refusal::not_found)?;
    // With `Date`, which every answer has, the page tells how old it is by one clock only: the relay's.
    let put = UNIX_EPOCH + Duration::from_millis(u64::try_from(day.at_ms).unwrap_or_default());
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (LAST_MODIFIED, fmt_http_date(put)),
    ];
    Ok((headers, day.sealed).into_response())
}
