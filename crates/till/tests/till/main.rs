//! The till through its widest fast seam: the engine over a real SQLite file, with a clock and a
//! Safaricom of the test's own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test stops at its first surprise"
)]

mod another_till;
mod backups;
mod book;
mod claimed;
mod counter;
mod credit;
mod disk;
mod doctor;
mod driver;
mod evenings;
mod every_write;
mod exports;
mod interactions;
mod list_soon;
mod machine;
mod matching;
mod one_write;
mod owners_day;
mod pays_the_till;
mod people;
mod personal_data;
mod places;
mod printing;
mod pull;
mod pushes;
mod regulars;
mod relay;
mod report;
mod search;
mod shown_code;
mod spoiled;
mod statement;
mod support;
mod tortured_debts;
mod typed;
mod verifying;
mod waited;
