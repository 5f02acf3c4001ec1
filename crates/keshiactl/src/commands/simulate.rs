//! `simulate`: plays a customer who pays the shop.

use daraja::{C2bPayment, CallError, Receiver, SimulateC2b};
use serde::Serialize;
use till::doctor::{C2bOutcome, Outcome};
use till::shop::PayEnvironment;
use till::{Money, TillError};

use super::version;
use crate::cli::{Global, Simulate};
use crate::failure::Exit;
use crate::open::{self, Book};
use crate::print::{Out, ksh};
use crate::reason_words;

/// What the played customer types when the flag is left out.
const ACCOUNT: &str = "TEST";

#[derive(Serialize)]
struct Simulated<'a> {
    short_code: &'a str,
    phone: &'a str,
    amount: Money,
}

/// Plays one payment. It was taken, not yet made; its notice goes to the registered addresses.
///
/// # Errors
/// [`till::Code::NotAllowed`] where money is real, or why Safaricom did not take it.
pub(super) fn run(simulate: Simulate, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    if book.environment() == Some(PayEnvironment::Production) {
        return Err(reason_words::call(&CallError::OnlyForTests));
    }
    let connected = book.connect()?;
    let account = simulate.reference.unwrap_or_else(|| ACCOUNT.to_owned());
    let (short_code, payment) = match &connected.receiver {
        Receiver::Paybill { number } => (number.clone(), C2bPayment::PayBill { account }),
        Receiver::Till { till, .. } => (till.clone(), C2bPayment::BuyGoods),
    };
    let request = SimulateC2b {
        version: version(simulate.version),
        short_code,
        payment,
        amount_shillings: simulate.amount.shillings(),
        msisdn: simulate.phone.as_str().to_owned(),
    };
    let answer = open::runtime()?.block_on(connected.client.simulate_c2b(&request));
    // The doctor's words: a token that was just given and is refused here is no matter of keys.
    let outcome = Outcome::C2b(C2bOutcome::of_play(&answer));
    answer.map_err(|error| TillError::new(reason_words::call(&error).code, outcome.words().en))?;
    let (amount, phone) = (simulate.amount.money(), simulate.phone.masked());
    let short_code = request.short_code.as_str();
    let words = format!("A customer ({phone}) pays {} to {short_code}.", ksh(amount));
    out.tell(
        &words,
        "simulated",
        Simulated {
            short_code,
            phone: &phone,
            amount,
        },
    );
    Ok(Exit::Done)
}
