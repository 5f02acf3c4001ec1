//! What the page may ask and do: one file per screen.
//!
//! A command translates and nothing more. Its name is listed here, in a permission file
//! (`src-tauri/permissions`) and in the page's `ui/src/ipc`; a test compares the three.

pub mod close;
pub mod closing;
pub mod copies;
pub mod customers;
pub mod day;
pub mod display;
pub mod doctor;
pub mod drawer;
pub mod files;
pub mod jobs;
pub mod link;
pub mod log;
pub mod people;
pub mod phone;
pub mod receipts;
pub mod refund;
pub mod relay;
pub mod roll;
pub mod sell;
pub mod settings;
pub mod start;
pub mod statement;
pub mod verify;

use tauri::Runtime;
use tauri::ipc::Invoke;
use till::{Code, Money, TillError};

macro_rules! commands {
    ($($screen:ident: $($name:ident),+;)+) => {
        /// Every command's name.
        pub const NAMES: &[&str] = &[$($(stringify!($name)),+),+];

        /// Answers them.
        pub(crate) fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($screen::$name),+),+]
        }
    };
}

commands! {
    start: app_state, choose_practice, start_today, connect, test_connection;
    sell: start_push, prompt_regular, send_again, take_cash, check_code, take_code, wait_for_till, void_sale, ask_now, no_message, judge, save_draft, pay_code, safaricoms_code;
    roll: roll, sale, witnesses, place_money, sale_of_money;
    link: confirm_clock, pull_now;
    day: day_report, find_sales;
    drawer: drawer, open_shift, close_shift, pay_in, pay_out, set_own_drawers;
    refund: giving_back, refund;
    close: x_report, closing_day, before_close, close_day, closes, close_slip, print_close, save_close, write_in;
    customers: find_customers, regulars, give_credit, pay_off, write_off, customers, debt_statement, customer_phone, add_customer, change_customer, export_customer, print_statement, save_statement, erase_customer;
    settings: save_settings, leave_practice;
    display: set_customer_display, show_customer, customer_view;
    doctor: doctor, doctor_step, till_owner, address_trouble, register_urls, play_payment;
    statement: take_statement;
    files: export_files, evening_text, files_folder, choose_files_folder;
    jobs: stop_job;
    relay: relay_settings, pair_relay, unpair_relay, relay_goes_on, pair_counter, set_counters, make_owners_page, drop_owners_page;
    log: interactions, export_interactions;
    receipts: printing_settings, save_printing, receipt_preview, test_print, receipt, print_receipt, print_late, set_tax, save_receipt, printer;
    people: desk, sign_in, lock, touch, give_passphrase, grant, make_owner, new_recovery_code, recover, add_person, change_person, reset_pin, let_go, change_pin, change_passphrase, set_auto_lock;
    phone: open_phone;
    closing: closing, close_anyway;
    copies: copies, choose_stick, forget_stick, copy_now, rehearse, found_copies, restore_copy, moved_here, is_a_copy;
    verify: verify_book;
}

/// Cents from the page, inside the bounds.
fn money(cents: i64) -> Result<Money, TillError> {
    Money::from_cents(cents)
        .ok_or_else(|| TillError::new(Code::AmountInvalid, "This amount is too large for Keshia."))
}
