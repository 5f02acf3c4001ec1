//! The till's port to the real Daraja client: what Safaricom says, by what it means for money.

mod set_up;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use daraja::{
    CheckoutRequestId, Client, DynamicQr, LimitError, NotSent, PullKind, PullOutcome, PullQuery,
    PullRegister, PullRow, PushOutcome, QueryOutcome, Receiver, Refusal, Secret, StkPush, StkQuery, Unknown,
    ZoneMark,
};

use super::{Boxed, Daraja, PayPicture};
use crate::engine::{Asked, PullPage, PullWord, Pulled, PulledRow, PushOrder, ToldAt};
use crate::first_name::FirstName;
use crate::money::Money;
use crate::msisdn::visible_digits;
use crate::push::{Answer, Ending, QueryWord, Reason};
use crate::receipt_number::ReceiptNumber;

pub use set_up::Addresses;

/// Resolves nowhere (RFC 2606), so a callback with a phone number in it reaches no stranger.
const CALLBACK_NOWHERE: &str = "https://callback.keshia.invalid/stk";

/// What the customer's message says beside the reference; at most 13 characters.
const DESCRIPTION: &str = "Payment";

/// One connected shop; clones share it.
#[derive(Clone)]
pub struct Safaricom {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    receiver: Receiver,
    passkey: Secret,
    callback_url: String,
    /// The phone that is named when this shop registers itself for Pull.
    registers_pull: Option<String>,
    pull_registered: AtomicBool,
}

impl std::fmt::Debug for Safaricom {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Safaricom")
    }
}

impl Safaricom {
    /// `callback_url` is the owner's own address; without one, a name that resolves nowhere. Each push adds a
    /// path of its own to it.
    #[must_use]
    pub fn new(client: Client, receiver: Receiver, passkey: Secret, callback_url: Option<String>) -> Self {
        let callback_url = callback_url.unwrap_or_else(|| CALLBACK_NOWHERE.to_owned());
        Self {
            inner: Arc::new(Inner {
                client,
                receiver,
                passkey,
                callback_url,
                registers_pull: None,
                pull_registered: AtomicBool::new(false),
            }),
        }
    }

    /// Registers the shop for Pull Transactions before the first page: for practice, where that needs
    /// nobody's consent. `nominated` is a phone number of 12 digits.
    #[must_use]
    pub fn registering_pull(mut self, nominated: &str) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            inner.registers_pull = Some(nominated.to_owned());
        }
        self
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
                callback_url: format!("{}/{}", inner.callback_url, order.callback_path),
                reference: order.reference,
                description: DESCRIPTION.to_owned(),
                now: inner.client.now(),
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
                now: inner.client.now(),
            };
            asked(&inner.client.stk_query(&request).await)
        })
    }

    fn pull(&self, page: PullPage) -> Boxed<Pulled> {
        let inner = Arc::clone(&self.inner);
        Box::pin(async move {
            inner.register_pull().await;
            let query = PullQuery {
                // A till's own number: its store may have others, whose payments are not ours.
                short_code: match &inner.receiver {
                    Receiver::Paybill { number } => number.clone(),
                    Receiver::Till { till, .. } => till.clone(),
                },
                start: page.from,
                end: page.to,
                offset: page.offset,
            };
            pulled(inner.client.pull(&query).await)
        })
    }

    fn pay_picture(&self, wanted: PayPicture) -> Boxed<Option<String>> {
        let inner = Arc::clone(&self.inner);
        Box::pin(async move {
            let request = DynamicQr {
                receiver: inner.receiver.clone(),
                merchant_name: wanted.shop,
                reference: wanted.reference,
                amount_shillings: wanted.amount.shillings(),
            };
            match inner.client.dynamic_qr(&request).await {
                Ok(picture) => Some(picture.base64().to_owned()),
                Err(error) => {
                    tracing::info!("no picture to pay by: {error}");
                    None
                }
            }
        })
    }

    fn probe(&self) -> Boxed<bool> {
        let inner = Arc::clone(&self.inner);
        Box::pin(async move { inner.client.reachable().await })
    }

    fn skew_s(&self) -> Option<i64> {
        self.inner.client.clock_skew().map(|skew| skew.num_seconds())
    }
}

impl Inner {
    /// A practice shop registers its number for Pull by itself, once; a real one does it with Safaricom.
    async fn register_pull(&self) {
        let Some(nominated) = &self.registers_pull else {
            return;
        };
        if self.pull_registered.swap(true, Ordering::AcqRel) {
            return;
        }
        let request = PullRegister {
            short_code: match &self.receiver {
                Receiver::Paybill { number } => number.clone(),
                Receiver::Till { store, .. } => store.clone(),
            },
            nominated_number: nominated.clone(),
            callback_url: self.callback_url.clone(),
        };
        if let Err(error) = self.client.pull_register(&request).await {
            tracing::warn!("Pull could not be registered: {error}");
            self.pull_registered.store(false, Ordering::Release);
        }
    }
}

fn pulled(outcome: PullOutcome) -> Pulled {
    let plain = |word| Pulled {
        word,
        rate_limited: false,
        online: true,
    };
    match outcome {
        PullOutcome::Page { rows, unreadable } => {
            let listed = rows.len();
            let rows: Vec<PulledRow> = rows.into_iter().filter_map(pulled_row).collect();
            let odd = u32::try_from(listed.saturating_sub(rows.len())).unwrap_or(u32::MAX);
            plain(PullWord::Page {
                rows,
                unreadable: unreadable.saturating_add(odd),
            })
        }
        PullOutcome::NothingFound => plain(PullWord::NothingFound),
        PullOutcome::NoAnswer(_) => plain(PullWord::NoAnswer),
        PullOutcome::RateLimited => Pulled {
            rate_limited: true,
            ..plain(PullWord::NoAnswer)
        },
        PullOutcome::Refused(refusal) => plain(match refusal {
            Refusal::NotFound | Refusal::WrongShortCode | Refusal::WrongKeys => PullWord::NotOffered,
            Refusal::InvalidField(_)
            | Refusal::InvalidPayload
            | Refusal::MethodNotAllowed
            | Refusal::WrongPasskey
            | Refusal::SpikeArrest
            | Refusal::Quota => PullWord::NoAnswer,
        }),
        PullOutcome::NotSent(not_sent) => Pulled {
            word: PullWord::NoAnswer,
            rate_limited: matches!(not_sent, NotSent::RateLimited),
            online: !matches!(not_sent, NotSent::NoNetwork),
        },
    }
}

/// A row in the till's words; `None` when its code or amount cannot be one.
fn pulled_row(row: PullRow) -> Option<PulledRow> {
    let money_in = match row.kind {
        PullKind::PayBill | PullKind::BuyGoods => true,
        PullKind::Settlement | PullKind::Other(_) => false,
    };
    Some(PulledRow {
        receipt: ReceiptNumber::parse(&row.receipt).ok()?,
        amount: Money::from_cents(row.amount_cents)?,
        digits: row.msisdn.as_deref().map(visible_digits).unwrap_or_default(),
        reference: row.reference,
        first_name: row.sender.as_deref().and_then(FirstName::of),
        told_at: ToldAt {
            wall: row.at.wall,
            offset_s: match row.at.zone {
                ZoneMark::None | ZoneMark::Z => None,
                ZoneMark::Offset(offset) => Some(offset.local_minus_utc()),
            },
        },
        money_in,
    })
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
