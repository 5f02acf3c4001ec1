//! The commands over Tauri's mock runtime, with the real configuration and capabilities: who may call what,
//! what comes back, and one whole practice sale.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod access;
mod connecting;
mod copies;
mod doctor;
mod knowing;
mod log;
mod opening;
mod paying;
mod people;
mod printing;
mod selling;
mod statement;
mod support;
mod types;
