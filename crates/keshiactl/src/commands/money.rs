//! `money`: payments that reached the shop and pay no sale yet.

use serde::Serialize;
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::view::MoneyInView;
use till::{ReceiptNumber, TillError};

use crate::cli::{Global, MoneyAct, MoneyIn, Place, SaleOfMoney};
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

/// Lists them, gives one to its sale, or makes one a sale of its own. Asks nobody.
///
/// # Errors
/// [`till::Code::NotFound`] for a payment or a sale that is not there, [`till::Code::NotAllowed`] when the sale
/// is over or the payment may be for another one, or what kept the book from opening.
pub(super) fn run(money: &MoneyIn, global: &Global, out: &Out) -> Result<Exit, TillError> {
    match &money.act {
        None => list(global, out),
        Some(MoneyAct::Place(place)) => give(place, global, out),
        Some(MoneyAct::Sale(sale)) => make_sale(sale, global, out),
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
        "Give one to its sale with: keshiactl money place CODE SALE_REFERENCE\nMake one a sale of its own with: keshiactl money sale CODE"
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

fn make_sale(sale: &SaleOfMoney, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (mut engine, _lock) = Book::open(global)?.engine()?;
    let now = SystemClock::default().now();
    let receipt = &sale.receipt;
    let (sale, _) = engine.sale_of_money(receipt, sale.none_of_them, now)?;
    let sale = SaleLine::of(&sale);
    let words = format!("{receipt} is {}.", sale.words());
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
    let name = payment
        .first_name
        .as_ref()
        .map(|name| format!("  {}", name.as_str()))
        .unwrap_or_default();
    format!(
        "{}  {}  {at}{phone}{name}  {perhaps}",
        payment.receipt,
        ksh(payment.amount)
    )
}
