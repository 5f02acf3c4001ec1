//! `register-urls`: tells Safaricom where notices of customers' own payments go.

use daraja::{Receiver, RegisterAnswer, RegisterC2b, ResponseType};
use serde::Serialize;
use till::{Code, TillError};

use super::version;
use crate::cli::{Global, RegisterUrls, Unanswered};
use crate::failure::Exit;
use crate::open::{self, Book};
use crate::print::Out;
use crate::reason_words;

#[derive(Serialize)]
struct Registered<'a> {
    short_code: &'a str,
    confirmation: &'a str,
    validation: &'a str,
}

/// Registers both addresses for the shop's number.
///
/// # Errors
/// An address that Safaricom would refuse (then nothing was sent), addresses registered before, or why
/// Safaricom did not do it.
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
    let answer = open::runtime()?
        .block_on(connected.client.register_c2b(&request))
        .map_err(|error| reason_words::call(&error))?;
    match answer {
        RegisterAnswer::Registered => {
            let short_code = request.short_code.as_str();
            let words =
                format!("Safaricom sends notices of payments to {short_code} to these addresses now.");
            let (confirmation, validation) = (&request.confirmation_url, &request.validation_url);
            out.tell(
                &words,
                "registered",
                Registered {
                    short_code,
                    confirmation,
                    validation,
                },
            );
            Ok(Exit::Done)
        }
        RegisterAnswer::AlreadyRegistered => Err(TillError::new(
            Code::NotAllowed,
            "Addresses are registered already, perhaps others: remove them on the Daraja portal (Self Services, URL Management), then try again.",
        )),
    }
}
