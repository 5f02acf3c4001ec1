//! The client against servers on this computer that say what Safaricom says, and misbehave as networks do.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod any_answer;
mod c2b;
mod dynamic_qr;
mod errors;
mod faults;
mod pull;
mod push;
mod query;
mod raw;
mod seam;
mod secrecy;
mod server;
mod setup;
#[cfg(target_os = "linux")]
mod tls;
mod token;
