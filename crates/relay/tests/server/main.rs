//! The relay through its sockets: real servers, real clients, and the real program where a process must die.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod bad_input;
mod claims;
mod commands;
mod crash;
mod days;
mod events;
mod heartbeats;
mod inbound;
mod lost_log;
mod made;
mod many;
mod open;
mod operating;
mod pairings;
mod privacy;
mod process;
#[path = "../postgres/server.rs"]
mod server;
mod tls;
mod two_relays;
mod validation;
