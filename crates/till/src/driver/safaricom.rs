//! The till's port to the real Daraja client: what Safaricom says, by what it means for money.

use std::sync::Arc;

use chrono::Utc;
use daraja::{
    CheckoutRequestId, Client, LimitError, NotSent, PushOutcome, QueryOutcome, Receiver, Refusal, Secret,
    StkPush, StkQuery, Unknown,
};

use super::{Boxed, Daraja};
use crate::engine::{Asked, PushOrder};
use crate::push::{Answer, Ending, QueryWord, Reason};

/// Resolves nowhere (RFC 2606), so a callback with a phone number in it reaches no stranger.
const CALLBACK_NOWHERE: &str = "https://callback.keshia.invalid/stk";

/// What the customer's message says beside the reference; at most 13 characters.
const DESCRIPTION: &str = "Payment";

/// One connected shop.
pub struct Safaricom {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    receiver: Receiver,
    passkey: Secret,
    callback_url: String,
}

impl std::fmt::Debug for Safaricom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Safaricom")
    }
}

impl Safaricom {
    /// `callback_url` is the owner's own address; without one, a name that resolves nowhere.
    #[must_use]
    pub fn new(client: Client, receiver: Receiver, passkey: Secret, callback_url: Option<String>) -> Self {
        let callback_url = callback_url.unwrap_or_else(|| CALLBACK_NOWHERE.to_owned());
        Self {
            inner: Arc::new(Inner {
                client,
                receiver,
                passkey,
                callback_url,
            }),
        }
    }
}

impl Daraja for Safaricom {
    fn prepare(&self) -> Boxed<Result<(), Reason>> {
        let inner = Arc::clone(&self.inner);
        Box::pin(async move {
            inner
                .client
                .token()
                .await
                .map(|_| ())
                .map_err(|not_sent| not_sent_reason(&not_sent))
        })
    }

    fn push(&self, order: PushOrder) -> Boxed<Answer> {
        let inner = Arc::clone(&self.inner);
        Box::pin(async move {
            let request = StkPush {
                receiver: inner.receiver.clone(),
                passkey: inner.passkey.clone(),
                amount_shillings: order.amount.shillings(),
                msisdn: order.msisdn.as_str().to_owned(),
                callback_url: inner.callback_url.clone(),
                reference: order.reference,
                description: DESCRIPTION.to_owned(),
                now: Utc::now(),
            };
            match inner.client.stk_push(&request).await {
                PushOutcome::Accepted {
                    checkout_request_id, ..
                } => Answer::Accepted {
                    checkout_request_id: checkout_request_id.as_str().to_owned(),
                },
                PushOutcome::NotSent(not_sent) => Answer::NotSent(not_sent_reason(&not_sent)),
                PushOutcome::Refused(refusal) => Answer::Refused(refusal_reason(&refusal)),
                PushOutcome::Unknown(unknown) => Answer::Unknown(unknown_reason(&unknown)),
            }
        })
    }

    fn ask(&self, checkout_request_id: String) -> Boxed<Asked> {
        let inner = Arc::clone(&self.inner);
        Box::pin(async move {
            let short_code = match &inner.receiver {
                Receiver::Paybill { number } => number.clone(),
                Receiver::Till { store, .. } => store.clone(),
            };
            let request = StkQuery {
                short_code,
                passkey: inner.passkey.clone(),
                checkout_request_id: CheckoutRequestId::new(checkout_request_id),
                now: Utc::now(),
            };
            asked(&inner.client.stk_query(&request).await)
        })
    }

    fn skew_s(&self) -> Option<i64> {
        self.inner.client.clock_skew().map(|skew| skew.num_seconds())
    }
}

fn asked(outcome: &QueryOutcome) -> Asked {
    let plain = |word| Asked {
        word,
        rate_limited: false,
        online: true,
    };
    match outcome {
        QueryOutcome::Ended { code, .. } => {
            plain(Ending::of(code).map_or(QueryWord::Pending, QueryWord::Ended))
        }
        QueryOutcome::Pending => plain(QueryWord::Pending),
        QueryOutcome::NoAnswer(_) | QueryOutcome::NoSuchPush | QueryOutcome::Refused(_) => {
            plain(QueryWord::NoAnswer)
        }
        QueryOutcome::RateLimited => Asked {
            word: QueryWord::NoAnswer,
            rate_limited: true,
            online: true,
        },
        QueryOutcome::NotSent(not_sent) => Asked {
            word: QueryWord::NoAnswer,
            rate_limited: matches!(not_sent, NotSent::RateLimited),
            online: !matches!(not_sent, NotSent::NoNetwork),
        },
    }
}

/// Why nothing left, in the till's words.
#[must_use]
pub fn not_sent_reason(not_sent: &NotSent) -> Reason {
    match not_sent {
        NotSent::NoNetwork => Reason::NoNetwork,
        NotSent::Tls => Reason::NoSecureConnection,
        NotSent::ClockWrong => Reason::ClockWrong,
        NotSent::WrongKeys => Reason::WrongKeys,
        NotSent::CaptivePortal => Reason::CaptivePortal,
        NotSent::ServerTrouble { .. } => Reason::ServerTrouble,
        NotSent::RateLimited => Reason::TooFast,
        NotSent::Limit(limit) => match limit {
            LimitError::Amount => Reason::BadAmount,
            LimitError::Msisdn => Reason::BadPhone,
            LimitError::Reference | LimitError::Description => Reason::BadRequest,
        },
    }
}

fn refusal_reason(refusal: &Refusal) -> Reason {
    match refusal {
        Refusal::InvalidField(field) => match field.as_str() {
            "PhoneNumber" | "PartyA" => Reason::BadPhone,
            "Amount" => Reason::BadAmount,
            "BusinessShortCode" | "PartyB" => Reason::WrongShortCode,
            _ => Reason::BadRequest,
        },
        Refusal::InvalidPayload => Reason::BadRequest,
        Refusal::NotFound | Refusal::MethodNotAllowed => Reason::NotOffered,
        Refusal::WrongKeys => Reason::WrongKeys,
        Refusal::WrongPasskey => Reason::WrongPasskey,
        Refusal::WrongShortCode => Reason::WrongShortCode,
        Refusal::SpikeArrest => Reason::TooFast,
        Refusal::Quota => Reason::Quota,
    }
}

fn unknown_reason(unknown: &Unknown) -> Reason {
    match unknown {
        Unknown::Timeout => Reason::Timeout,
        Unknown::ConnectionLost => Reason::ConnectionLost,
        Unknown::ServerError { .. } => Reason::ServerError,
        Unknown::NotJson { .. } | Unknown::Unreadable => Reason::Unreadable,
        Unknown::SubscriberLocked => Reason::PhoneLocked,
        Unknown::Busy => Reason::SystemBusy,
    }
}
