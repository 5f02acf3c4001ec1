//! The wire between one counter and the World: it loses, delays and is cut, and the client above it is the
//! real one.

use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use daraja::{
    AppKey, BaseUrl, BoxedExchange, C2bVersion, Client, Method, NotSent, Receiver, RegisterC2b, ResponseType,
    Secret, ShortCode, Transport, TransportFailure, WireReply, WireRequest,
};
use daraja_sim::world::{Answer, Request, Settings, World};
use till::driver::safaricom::Safaricom;

use crate::TortureError;
use crate::dice::Dice;

/// How long the client waits for an answer, milliseconds (its own default).
const CLIENT_TIMEOUT_MS: u64 = 30_000;

/// Everything outside the shop: the World, the true time, and how bad the network is.
pub(crate) struct Outside {
    pub(crate) world: World,
    /// Safaricom's clock, milliseconds since 1970 UTC.
    pub(crate) now_ms: i64,
    /// No connection at all.
    pub(crate) cut: bool,
    /// Requests lost on the way there, in a thousand.
    pub(crate) lose_request: u64,
    /// Answers lost on the way back, in a thousand.
    pub(crate) lose_answer: u64,
    /// How long the last exchange took, milliseconds.
    pub(crate) took_ms: u64,
    pub(crate) dice: Dice,
    /// How many answers were lost after the World had acted.
    pub(crate) lost_answers: u64,
}

/// Shared by the lines of all counters; one thread uses it.
pub(crate) type Shared = Arc<Mutex<Outside>>;

pub(crate) fn lock(outside: &Shared) -> MutexGuard<'_, Outside> {
    outside.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The wrong time of one PC: its clock minus Safaricom's, milliseconds.
pub(crate) type Offset = Arc<Mutex<i64>>;

pub(crate) fn offset_of(offset: &Offset) -> i64 {
    *offset.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One counter's wire.
struct Line {
    outside: Shared,
    offset: Offset,
}

impl Line {
    fn carry(&self, request: &WireRequest) -> Result<WireReply, TransportFailure> {
        let mut outside = lock(&self.outside);
        outside.took_ms = outside.dice.within(40, 900).unsigned_abs();
        if outside.cut {
            return Err(TransportFailure::NeverLeft(NotSent::NoNetwork));
        }
        let per_mille = outside.lose_request;
        if outside.dice.happens(per_mille) {
            outside.took_ms = CLIENT_TIMEOUT_MS;
            return Err(TransportFailure::Timeout);
        }
        let now_ms = outside.now_ms;
        let asked = Request {
            method: match request.method {
                Method::Get => "GET".into(),
                Method::Post => "POST".into(),
            },
            path: request.path.into(),
            query: request.query.into(),
            // EXPOSE: the World reads the header as a server would.
            authorization: Some(request.authorization.expose().to_owned()),
            content_type: Some("application/json".into()),
            body: request
                .body
                .as_ref()
                .map(|body| body.to_string().into_bytes())
                .unwrap_or_default(),
        };
        let reply = outside.world.handle(&asked, now_ms);
        outside.took_ms = outside.took_ms.saturating_add(reply.delay_ms);
        let (status, content_type, body) = match reply.answer {
            Answer::Respond {
                status,
                content_type,
                body,
            } => (status, content_type, body),
            Answer::HangUp => {
                outside.lost_answers += 1;
                return Err(TransportFailure::Lost);
            }
        };
        let per_mille = outside.lose_answer;
        if outside.dice.happens(per_mille) {
            outside.lost_answers += 1;
            return Err(TransportFailure::Lost);
        }
        if outside.took_ms >= CLIENT_TIMEOUT_MS {
            outside.lost_answers += 1;
            outside.took_ms = CLIENT_TIMEOUT_MS;
            return Err(TransportFailure::Timeout);
        }
        let date = utc(now_ms).format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        Ok(WireReply {
            status,
            date: Some(date),
            content_type: Some(content_type.to_owned()),
            body: body.into_bytes(),
            received_at: utc(now_ms.saturating_add(offset_of(&self.offset))),
        })
    }
}

impl Transport for Line {
    fn exchange(&self, request: WireRequest) -> BoxedExchange {
        Box::pin(ready(self.carry(&request)))
    }

    fn now(&self) -> DateTime<Utc> {
        let now_ms = lock(&self.outside).now_ms;
        utc(now_ms.saturating_add(offset_of(&self.offset)))
    }
}

pub(crate) fn utc(ms: i64) -> DateTime<Utc> {
    DateTime::<Utc>::UNIX_EPOCH + TimeDelta::milliseconds(ms)
}

/// What the shop is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ShopKind {
    /// A paybill: payments carry our reference.
    Paybill,
    /// A till: they do not.
    Till,
}

/// The numbers that customers pay to, as Safaricom may name them.
pub(crate) fn numbers(kind: ShopKind) -> Vec<String> {
    let settings = Settings::default();
    match kind {
        ShopKind::Paybill => vec![settings.paybill],
        ShopKind::Till => vec![settings.store, settings.till],
    }
}

/// The owner registers the relay's addresses for what customers pay by hand. `masked`: confirmations show the end
/// of the payer's phone, else nothing of it.
pub(crate) fn register(outside: &Shared, kind: ShopKind, masked: bool) -> Result<(), TortureError> {
    let number = match kind {
        ShopKind::Paybill => Settings::default().paybill,
        ShopKind::Till => Settings::default().store,
    };
    let request = RegisterC2b {
        version: if masked { C2bVersion::V2 } else { C2bVersion::V1 },
        short_code: ShortCode::parse(&number).map_err(|error| odd(&error))?,
        response_type: ResponseType::Completed,
        confirmation_url: crate::relay::CONFIRMATION.into(),
        validation_url: crate::relay::VALIDATION.into(),
    };
    let client = client(outside, &Offset::default())?;
    let answer = crate::counter::ready(client.register_c2b(&request))?;
    answer.map(|_| ()).map_err(|error| odd(&error))
}

fn odd(error: &dyn std::fmt::Display) -> TortureError {
    TortureError::Harness(error.to_string())
}

fn client(outside: &Shared, offset: &Offset) -> Result<Client, TortureError> {
    let settings = Settings::default();
    let base = BaseUrl::parse("http://127.0.0.1:1").map_err(|error| odd(&error))?;
    let key = AppKey {
        consumer_key: Secret::new(settings.consumer_key.expose()),
        consumer_secret: Secret::new(settings.consumer_secret.expose()),
    };
    let line = Line {
        outside: Arc::clone(outside),
        offset: Arc::clone(offset),
    };
    Ok(Client::with_transport(base, key, Arc::new(line)))
}

/// A fresh client over the line, as after a start of Keshia.
pub(crate) fn connect(outside: &Shared, offset: &Offset, kind: ShopKind) -> Result<Safaricom, TortureError> {
    let settings = Settings::default();
    let number = |text: &str| ShortCode::parse(text).map_err(|error| odd(&error));
    let (receiver, passkey) = match kind {
        ShopKind::Paybill => (
            Receiver::Paybill {
                number: number(&settings.paybill)?,
            },
            settings.paybill_passkey,
        ),
        ShopKind::Till => (
            Receiver::Till {
                store: number(&settings.store)?,
                till: number(&settings.till)?,
            },
            settings.store_passkey,
        ),
    };
    let client = client(outside, offset)?;
    Ok(
        Safaricom::new(client, receiver, Secret::new(passkey.expose()), None)
            .registering_pull("254700000000"),
    )
}
