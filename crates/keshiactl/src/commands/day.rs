//! `day`: the shop's day in short.

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::TillError;
use till::clock::{east_africa, shop_day};
use till::driver::{Clock as _, SystemClock};
use till::view::{DayView, Direction, MatterView, PersonWordView, SaleView, Span};

use crate::cli::{Day, Global};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};
use crate::sale_line::matter_words;

#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    day: &'a DayView,
    /// Questions about money that a person must look at now, of whatever day.
    open_matters: &'a [Question],
}

#[derive(Serialize)]
struct Question {
    reference: String,
    #[serde(flatten)]
    matter: MatterView,
}

/// Prints what the book says of one day. Asks nobody.
///
/// # Errors
/// What kept the book from opening.
pub(super) fn run(day: &Day, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    if book.is_practice() {
        Out::notice("practice: not real money");
    }
    let list = book.reads_list();
    let (engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let view = engine.day(day.date.unwrap_or_else(|| shop_day(now.utc)))?;
    let open_matters = questions(engine.roll(now)?.sales);
    let told = Told {
        day: &view,
        open_matters: &open_matters,
    };
    out.tell(&words(&told, list), "day", &told);
    Ok(Exit::Done)
}

fn questions(sales: Vec<SaleView>) -> Vec<Question> {
    sales
        .into_iter()
        .flat_map(|sale| {
            let reference = sale.reference;
            sale.matters.into_iter().map(move |matter| Question {
                reference: reference.clone(),
                matter,
            })
        })
        .collect()
}

fn words(told: &Told<'_>, list: bool) -> String {
    let view = told.day;
    let mut words = format!(
        "{}\n\
         Sales settled         {}\n\
         Taken                 {}\n\
         Cash                  {}\n\
         M-PESA, with code     {}\n\
         M-PESA, without code  {}\n\
         Refunds due           {}\n\
         Taken back            {}\n\
         To look at            {}\n\
         Questions open        {}",
        view.day,
        view.settled,
        ksh(view.taken),
        ksh(view.cash),
        ksh(view.mpesa_proved),
        ksh(view.mpesa_not_proved),
        ksh(view.refund_due),
        ksh(view.reversed),
        view.to_look_at,
        view.matters,
    );
    for question in told.open_matters {
        let Question { reference, matter } = question;
        words.push_str(&format!(
            "\n  {reference}  {}  {}",
            ksh(matter.amount),
            matter_words(matter.kind)
        ));
    }
    if !view.words.is_empty() {
        words.push_str("\nAnswered for by a person");
    }
    for word in &view.words {
        words.push_str(&format!("\n  {}", word_words(word)));
    }
    if !view.holes.is_empty() {
        words.push_str("\nTimes with prompts in which Safaricom's list was not seen whole");
    }
    for Span { from, to } in &view.holes {
        words.push_str(&format!("\n  {} to {}", clock_of(*from), clock_of(*to)));
    }
    if !list {
        words.push_str("\nSafaricom's list of payments is not switched on: `keshiactl pull-register`.");
    }
    words
}

fn word_words(word: &PersonWordView) -> String {
    let direction = match word.direction {
        Direction::NoMessage => "no M-PESA message",
        Direction::Paid => "paid",
        Direction::NotPaid => "not paid",
    };
    let reason = if word.reason.is_empty() {
        String::new()
    } else {
        format!(": {}", word.reason)
    };
    let (at, reference) = (clock_of(word.at), &word.reference);
    format!("{at}  {reference}  {}  {direction}{reason}", ksh(word.amount))
}

fn clock_of(at: DateTime<Utc>) -> String {
    at.with_timezone(&east_africa()).format("%H:%M:%S").to_string()
}
