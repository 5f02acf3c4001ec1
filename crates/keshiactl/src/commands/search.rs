//! `search`: sales by what somebody remembers of them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::TillError;
use till::clock::{east_africa, shop_day};
use till::driver::{Clock as _, SystemClock};
use till::view::{FoundPayment, Period, SaleView};

use crate::cli::{Global, Search};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};
use crate::sale_line::SaleLine;

#[derive(Serialize)]
struct Found {
    opened_at: DateTime<Utc>,
    person: Option<String>,
    #[serde(flatten)]
    sale: SaleLine,
}

/// Prints the sales that fit all words, the newest first. Asks nobody.
///
/// # Errors
/// What kept the book from opening.
pub(super) fn run(search: &Search, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    if book.is_practice() {
        Out::notice("practice: not real money");
    }
    let (engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let day = search.date.unwrap_or_else(|| shop_day(now.utc));
    let period = (Period::Day { day }, search.date.is_none());
    let found = engine.find_sales(&search.words.join(" "), period, None, now)?;
    for sale in &found.sales {
        let told = of(sale);
        let person = told.person.as_deref().unwrap_or_default();
        let words = format!("{}  {}  {person}", when(told.opened_at), told.sale.words());
        out.tell(words.trim_end(), "sale", &told);
    }
    for payment in &found.payments {
        out.tell(&payment_words(payment), "payment", payment);
    }
    if found.sales.is_empty() && found.payments.is_empty() {
        Out::notice("no sale fits all of these words");
    }
    if found.more {
        Out::notice("there may be more: add a word, or --date");
    }
    Ok(Exit::Done)
}

fn of(sale: &SaleView) -> Found {
    let taker = sale.tenders.iter().find_map(|part| part.person.clone());
    Found {
        opened_at: sale.opened_at,
        person: taker.or_else(|| sale.person.clone()),
        sale: SaleLine::of(sale),
    }
}

fn payment_words(payment: &FoundPayment) -> String {
    let (at, receipt) = (when(payment.at), payment.receipt.as_str());
    format!("{at}  {receipt}  {}  pays no sale", ksh(payment.amount))
}

fn when(at: DateTime<Utc>) -> String {
    at.with_timezone(&east_africa())
        .format("%Y-%m-%d %H:%M")
        .to_string()
}
