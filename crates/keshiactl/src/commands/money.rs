//! `money`: payments that reached the shop and pay no sale yet.

use serde::Serialize;
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::view::MoneyInView;
use till::{ReceiptNumber, TillError};

use crate::cli::{Global, MoneyAct, MoneyIn, Place};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};
use crate::sale_line::{SaleLine, named};

#[derive(Serialize)]
struct Waiting {
    payments: usize,
}

#[derive(Serialize)]
struct Placed<'a> {
    receipt: &'a ReceiptNumber,
    #[serde(flatten)]
    sale: SaleLine,
}

/// Lists them, or gives one to its sale. Asks nobody.
///
/// # Errors
/// [`till::Code::NotFound`] for a payment or a sale that is not there, [`till::Code::NotAllowed`] when they do
/// not fit, or what kept the book from opening.
pub(super) fn run(money: &MoneyIn, global: &Global, out: &Out) -> Result<Exit, TillError> {
    match &money.act {
        None => list(global, out),
        Some(MoneyAct::Place(place)) => give(place, global, out),
    }
}

fn list(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (engine, _lock) = Book::open(global)?.engine()?;
    let waiting = engine.unplaced(SystemClock::default().now())?;
    for payment in &waiting {
        out.tell(&words(payment), "money", payment);
    }
    let payments = waiting.len();
    let words = if payments == 0 {
        "Every payment of the last two days pays a sale."
    } else {
        "Give one to its sale with: keshiactl money place CODE SALE_REFERENCE"
    };
    out.tell(words, "unplaced", Waiting { payments });
    Ok(Exit::Done)
}

fn give(place: &Place, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (mut engine, _lock) = Book::open(global)?.engine()?;
    let now = SystemClock::default().now();
    let sale_id = named(&engine, &place.sale, now)?.id;
    let (sale, _) = engine.place_money(&place.receipt, &sale_id, now)?;
    let sale = SaleLine::of(&sale);
    let words = format!("{} pays {}.", place.receipt, sale.words());
    let receipt = &place.receipt;
    out.tell(&words, "placed", Placed { receipt, sale });
    Ok(Exit::Done)
}

/// One payment, for a person.
pub(super) fn words(payment: &MoneyInView) -> String {
    let at = payment.at.with_timezone(&east_africa()).format("%d.%m. %H:%M");
    let phone = payment
        .digits
        .as_ref()
        .map(|digits| format!("  ··{digits}"))
        .unwrap_or_default();
    let offers: Vec<&str> = payment
        .offers
        .iter()
        .map(|offer| offer.reference.as_str())
        .collect();
    let perhaps = if offers.is_empty() {
        "fits no sale".to_owned()
    } else {
        format!("perhaps for {}", offers.join(", "))
    };
    format!(
        "{}  {}  {at}{phone}  {perhaps}",
        payment.receipt,
        ksh(payment.amount)
    )
}
