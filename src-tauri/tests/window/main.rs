//! The real window on a screen that nobody sees, driven through WebDriver: what a cashier does and sees.
//!
//! `cargo xtask test` brings the programs these tests need (tauri-driver, Xvfb, openbox, a keyring). Every
//! journey has its own desktop and waits for what should be seen, never for a length of time. Linux only:
//! elsewhere there is no driver for the system's web view.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

mod accessible;
mod bad_evening;
mod bad_input;
mod cancelled_then_paid;
mod closing;
mod credit;
mod customers_display;
mod customers_phone;
mod date_doubt;
mod day;
mod doctor;
mod evening;
mod every_screen;
mod first_sale;
mod found_in_the_list;
mod keyboard;
mod lesson;
mod looks;
mod moving;
mod not_known;
mod notification;
mod paper;
mod parking;
mod pays_the_till;
mod people;
mod progress;
mod regulars;
mod relay;
mod second_start;
mod secrets;
mod split_cash;
mod start_today;
mod statement;
mod support;
mod survives_kill;
mod text_size;
mod told;
mod typed_code;
mod went_back;
mod whose_money;
mod wrong_keys;
