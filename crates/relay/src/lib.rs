//! The relay: stateless HTTP before an event log.
//!
//! Safaricom's posts come in on a shop's secret path, are sealed to the shop's key, committed, and only then
//! answered. The shop's counters read them in order, say how far they have come, and settle among each other
//! who has which payment. The relay cannot read what it keeps, holds no Daraja credential and starts no payment.

mod batch;
pub mod cli;
mod clock;
mod hooks;
mod http;
pub mod log;
mod metrics;
mod rates;
mod relay;
mod sealers;
mod server;
mod shape;
mod shops;
mod source;
mod store;
mod wake;

pub use hooks::{HookKey, HookKeyError};
pub use relay::{Relay, Settings};
pub use server::{ServeError, Serving, Tls, serve};
pub use source::Proxies;
