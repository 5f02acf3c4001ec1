//! `pull-register`: asks Safaricom to keep the shop's list of payments at hand (Pull Transactions).

use std::io::{BufRead as _, IsTerminal as _};

use daraja::{PullRegister as Request, PullRegistered, Receiver};
use serde::Serialize;
use till::shop::PayEnvironment;
use till::{Code, TillError};

use crate::cli::{Global, PullRegister};
use crate::failure::{Exit, internal};
use crate::open::{self, Book};
use crate::print::Out;
use crate::reason_words;

/// Resolves nowhere (RFC 2606): Safaricom wants an address, and nothing is awaited there.
const NOWHERE: &str = "https://callback.keshia.invalid/pull";

#[derive(Serialize)]
struct Registered<'a> {
    short_code: &'a str,
    url: &'a str,
    already: bool,
    pull: bool,
}

/// Registers the short code, then writes into the book that the list may be read.
///
/// # Errors
/// [`Code::NotAllowed`] for a real number without a yes, an address that Safaricom would refuse (then nothing
/// was sent), or why Safaricom did not do it. The book is as it was then.
pub(super) fn run(register: PullRegister, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let mut book = Book::open(global)?;
    if book.environment() == Some(PayEnvironment::Production) && !register.yes && !confirmed(&register)? {
        return Err(TillError::new(
            Code::NotAllowed,
            "Nothing was sent: type `yes`, or say --yes. Safaricom registers a real number once only.",
        ));
    }
    let connected = book.connect()?;
    // A till's head office registers for it.
    let short_code = match &connected.receiver {
        Receiver::Paybill { number } => number.clone(),
        Receiver::Till { store, .. } => store.clone(),
    };
    let request = Request {
        short_code,
        nominated_number: register.nominated.as_str().to_owned(),
        callback_url: register.url.unwrap_or_else(|| NOWHERE.to_owned()),
    };
    let answer = open::runtime()?
        .block_on(connected.client.pull_register(&request))
        .map_err(|error| reason_words::call(&error))?;
    if let Some(connection) = &mut book.shop.connection {
        connection.pull = true;
    }
    book.shop.save(&mut book.store)?;
    let already = match answer {
        PullRegistered::Now => false,
        PullRegistered::Already => true,
    };
    let short_code = request.short_code.as_str();
    let first = if already {
        format!("Safaricom had registered {short_code} before.")
    } else {
        format!("Safaricom has registered {short_code}.")
    };
    let words = format!(
        "{first} Keshia reads the list of payments from now on:\n\
         - a payment whose answer was lost is found;\n\
         - a paid prompt gets its M-PESA code;\n\
         - customers who pay the till by themselves are seen, and typed codes are confirmed;\n\
         - a prompt that nobody paid can be proved so, and its phone is free again.\n\
         Read it at any time with: keshiactl pull"
    );
    let url = &request.callback_url;
    let pull = true;
    out.tell(
        &words,
        "pull_registered",
        Registered {
            short_code,
            url,
            already,
            pull,
        },
    );
    Ok(Exit::Done)
}

/// Asks at a terminal; a script says `--yes`.
fn confirmed(register: &PullRegister) -> Result<bool, TillError> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    Out::notice(&format!(
        "Safaricom registers a real number once only, with this phone: {}. It needs Safaricom's consent (apisupport@safaricom.co.ke). Type yes to go on:",
        register.nominated.local()
    ));
    let mut typed = String::new();
    let read = std::io::stdin().lock().read_line(&mut typed);
    read.map_err(internal)?;
    Ok(typed.trim() == "yes")
}
