//! `keshiactl`, run as a script would run it, against the simulator.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod answers;
mod backups;
mod commands;
mod customers;
mod disk;
mod doctor;
mod drill;
mod fields;
mod interrupted;
mod killed;
mod list;
mod live_book;
mod log;
mod lost_answer;
mod moving;
mod people;
mod receipt;
mod secrets;
mod statement;
mod support;
mod trouble;
