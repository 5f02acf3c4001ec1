//! A stand-in for Safaricom's Daraja, for practice and for tests.
//!
//! [`world`] is the whole simulator as pure code: it is given requests and the time, and gives
//! answers and the deliveries (callbacks) that fall due. [`serve`] puts it behind a real socket.
//! The crate writes the wire itself and shares no types with any Daraja client, so that a field
//! misread on one side cannot cancel itself out on the other.

mod config;
mod http;
pub mod world;

pub use config::Config;
pub use http::{Running, serve};
