//! `register-urls`: tells Safaricom where notices of customers' own payments go.

use daraja::{Receiver, RegisterAnswer, RegisterC2b, ResponseType};
use serde::Serialize;
use till::TillError;
use till::doctor::{C2bOutcome, Outcome};
use till::shop::PayEnvironment;

use super::version;
use crate::cli::{Global, RegisterUrls, Unanswered};
use crate::failure::Exit;
use crate::open::{self, Book};
use crate::print::Out;
use crate::reason_words;

/// Said before a real number is registered.
pub(super) const ONCE: &str =
    "Safaricom registers a real number once only: later changes go through the Daraja portal.";

#[derive(Serialize)]
struct Registered<'a> {
    short_code: &'a str,
    confirmation: &'a str,
    validation: &'a str,
}

/// Registers both addresses for the shop's number.
///
/// # Errors
/// An address that Safaricom would refuse (then nothing was sent), or why Safaricom did not do it. Addresses
/// that were registered before are no error.
pub(super) fn run(urls: RegisterUrls, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let connected = book.connect()?;
    // A till's head office registers for it.
    let short_code = match &connected.receiver {
        Receiver::Paybill { number } => number.clone(),
        Receiver::Till { store, .. } => store.clone(),
    };
    let request = RegisterC2b {
        version: version(urls.version),
        short_code,
        response_type: match urls.response_type {
            Unanswered::Completed => ResponseType::Completed,
            Unanswered::Cancelled => ResponseType::Cancelled,
        },
        confirmation_url: urls.confirmation,
        validation_url: urls.validation,
    };
    if book.environment() == Some(PayEnvironment::Production) {
        Out::notice(ONCE);
    }
    let answer = open::runtime()?.block_on(connected.client.register_c2b(&request));
    let outcome = Outcome::C2b(C2bOutcome::of_register(&answer));
    let answer =
        answer.map_err(|error| TillError::new(reason_words::call(&error).code, outcome.words().en))?;
    let short_code = request.short_code.as_str();
    let (confirmation, validation) = (&request.confirmation_url, &request.validation_url);
    let (words, event) = match answer {
        RegisterAnswer::Registered => (
            format!("Safaricom sends notices of payments to {short_code} to these addresses now."),
            "registered",
        ),
        // How it is in production ever after: information, and no error.
        RegisterAnswer::AlreadyRegistered => (outcome.words().en, "already_registered"),
    };
    let told = Registered {
        short_code,
        confirmation,
        validation,
    };
    out.tell(&words, event, told);
    Ok(Exit::Done)
}
