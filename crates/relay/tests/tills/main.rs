//! Real tills at a real relay: its program as a process, their engines with their own way to it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod cable;
mod desk;
mod heard;
mod killed;
#[allow(dead_code, reason = "the other test program uses the rest")]
#[path = "../server/made.rs"]
mod made;
#[allow(dead_code, reason = "the other test program uses the rest")]
#[path = "../server/process.rs"]
mod process;
mod race;
mod restored;
#[allow(dead_code, reason = "the other test program uses the rest")]
#[path = "../postgres/server.rs"]
mod server;
