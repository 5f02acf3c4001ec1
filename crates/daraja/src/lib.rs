//! A client for Daraja, Safaricom's M-PESA interface, that answers one question about every call:
//! **what does this mean for the customer's money?**
//!
//! A push that nobody can vouch for is [`PushOutcome::Unknown`], and only an answer that proves that no
//! prompt was made is [`PushOutcome::Refused`]. No layer of this crate repeats or redirects a request:
//! a repeated push is a second prompt, because Daraja knows no idempotency key. The one exception is an
//! answer that says the access token is not valid; it proves that nothing was done, so the token is
//! renewed once and the request sent once more.
//!
//! Requests travel by a [`Transport`]: the network's, or a simulated one; an [`Observer`] is told of each
//! exchange, without secrets, phones and names.
//!
//! The crate knows no shop and keeps nothing. It never installs a TLS provider: the program's `main`
//! does (`rustls::crypto::ring::default_provider().install_default()`), and [`Client::new`] says so if
//! it was forgotten.

mod api_error;
mod base_url;
mod c2b_register;
mod c2b_simulate;
mod c2b_url;
mod callback;
mod checkout_request_id;
mod client;
mod clock_skew;
mod confirmation;
mod dynamic_qr;
mod east_africa;
mod exchange;
mod http;
mod json;
mod limit;
mod net;
mod not_sent;
mod outcome;
mod pull;
mod pull_register;
mod redact;
mod result_code;
mod secret;
mod short_code;
mod stk_push;
mod stk_query;
mod token;
mod transport;

pub use base_url::{BaseUrl, BaseUrlError, Environment};
pub use c2b_register::{C2bVersion, RegisterAnswer, RegisterC2b, ResponseType};
pub use c2b_simulate::{C2bPayment, SimulateC2b};
pub use c2b_url::{UrlLint, lint_c2b_url};
pub use callback::{Paid, StkCallback};
pub use checkout_request_id::CheckoutRequestId;
pub use client::{AppKey, Client, ClientError, Timeouts};
pub use confirmation::C2bConfirmation;
pub use dynamic_qr::{DynamicQr, QrPicture};
pub use exchange::{Exchange, ExchangeOutcome, Observer};
pub use limit::LimitError;
pub use not_sent::NotSent;
pub use outcome::{CallError, NoAnswer, Refusal, Unknown};
pub use pull::{PullKind, PullOutcome, PullQuery, PullRow, PullTime, ZoneMark};
pub use pull_register::{PullRegister, PullRegistered};
pub use result_code::ResultCode;
pub use secret::Secret;
pub use short_code::{ShortCode, ShortCodeError};
pub use stk_push::{PushOutcome, Receiver, StkPush};
pub use stk_query::{QueryOutcome, StkQuery};
pub use token::TokenInfo;
pub use transport::{BoxedExchange, Method, Transport, TransportFailure, WireReply, WireRequest};
