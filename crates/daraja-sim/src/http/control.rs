//! `/_sim`: the hands of tests, scripts and the phone's page.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::driver::carry_all;
use super::shared::Shared;
use crate::world::{Faults, PhoneAnswer, customers};

/// The furthest the clock is moved in one call: ten years, in milliseconds.
const FURTHEST_MS: i64 = 10 * 366 * 24 * 3_600_000;

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/_sim/phones", get(phones))
        .route("/_sim/phones/{msisdn}", get(phone))
        .route("/_sim/phones/{msisdn}/answer", post(answer))
        .route("/_sim/phones/{msisdn}/pay", post(pay))
        .route("/_sim/ledger", get(ledger))
        .route("/_sim/faults", get(faults).post(set_faults).delete(no_faults))
        .route("/_sim/clock", get(clock).post(advance))
}

/// A refusal in one sentence.
struct Refused(StatusCode, String);

impl Refused {
    fn bad(sentence: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, sentence.into())
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}

/// Reads a JSON body whatever its content type, so that a plain `curl -d` will do.
fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Refused> {
    serde_json::from_slice(body).map_err(|error| Refused::bad(error.to_string()))
}

/// 12 digits from `2547…`, `+2547…`, `07…` or `7…`.
fn number(text: &str) -> Result<String, Refused> {
    let digits = text.trim().trim_start_matches('+');
    let local = digits
        .strip_prefix("254")
        .or(digits.strip_prefix('0'))
        .unwrap_or(digits);
    let mobile =
        local.len() == 9 && local.starts_with(['7', '1']) && local.bytes().all(|byte| byte.is_ascii_digit());
    if mobile {
        Ok(format!("254{local}"))
    } else {
        Err(Refused::bad(
            "a phone is a Kenyan mobile number, for example 254712345678",
        ))
    }
}

async fn phones(State(shared): State<Arc<Shared>>) -> Json<Value> {
    shared.with(|world, now| {
        world.ledger(now);
        Json(json!({
            "customers": customers(),
            "last_prompted": world.last_prompted(),
            "shop": world.settings().shop_name,
            "till": world.settings().till,
        }))
    })
}

async fn phone(State(shared): State<Arc<Shared>>, Path(msisdn): Path<String>) -> Result<Response, Refused> {
    let msisdn = number(&msisdn)?;
    Ok(Json(shared.with(|world, now| world.phone(&msisdn, now))).into_response())
}

#[derive(Deserialize)]
struct AnswerBody {
    answer: PhoneAnswer,
}

async fn answer(
    State(shared): State<Arc<Shared>>,
    Path(msisdn): Path<String>,
    body: Bytes,
) -> Result<Response, Refused> {
    let msisdn = number(&msisdn)?;
    let AnswerBody { answer } = read(&body)?;
    shared
        .with(|world, now| world.answer(&msisdn, answer, now))
        .map_err(|sentence| Refused(StatusCode::CONFLICT, sentence))?;
    Ok(Json(shared.with(|world, now| world.phone(&msisdn, now))).into_response())
}

#[derive(Deserialize)]
struct PayBody {
    amount: u32,
    /// The till if absent.
    short_code: Option<String>,
    #[serde(default)]
    bill_ref: String,
}

async fn pay(
    State(shared): State<Arc<Shared>>,
    Path(msisdn): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, Refused> {
    let msisdn = number(&msisdn)?;
    let body: PayBody = read(&body)?;
    shared
        .with(|world, now| {
            let short_code = body.short_code.unwrap_or_else(|| world.settings().till.clone());
            world.pay_by_hand(&msisdn, &short_code, body.amount, &body.bill_ref, now)
        })
        .map_err(Refused::bad)?;
    Ok(Json(json!({ "accepted": true })))
}

async fn ledger(State(shared): State<Arc<Shared>>) -> Response {
    Json(shared.with(|world, now| world.ledger(now))).into_response()
}

async fn faults(State(shared): State<Arc<Shared>>) -> Json<Faults> {
    Json(shared.with(|world, _| world.faults().clone()))
}

async fn set_faults(State(shared): State<Arc<Shared>>, body: Bytes) -> Result<Json<Faults>, Refused> {
    let changes: Value = read(&body)?;
    shared.with(|world, _| {
        let faults = world.faults().changed(&changes).map_err(Refused::bad)?;
        world.set_faults(faults.clone());
        Ok(Json(faults))
    })
}

async fn no_faults(State(shared): State<Arc<Shared>>) -> Json<Faults> {
    shared.with(|world, _| world.set_faults(Faults::default()));
    Json(Faults::default())
}

async fn clock(State(shared): State<Arc<Shared>>) -> Json<Value> {
    shared.with(|world, now| {
        let ledger = world.ledger(now);
        Json(json!({ "now": ledger.now, "now_ms": world.now_ms() }))
    })
}

#[derive(Deserialize)]
struct AdvanceBody {
    advance_ms: i64,
}

/// Moves the clock forward; the calls to the shop that became due are over before it answers.
async fn advance(State(shared): State<Arc<Shared>>, body: Bytes) -> Result<Json<Value>, Refused> {
    let AdvanceBody { advance_ms } = read(&body)?;
    if !(0..=FURTHEST_MS).contains(&advance_ms) {
        return Err(Refused::bad("the clock only moves forward, by at most ten years"));
    }
    let due = shared.advance(advance_ms);
    let carried = carry_all(&shared, due).await;
    shared.wake.notify_one();
    let now_ms = shared.with(|_, now| now);
    Ok(Json(json!({ "now_ms": now_ms, "delivered": carried })))
}
