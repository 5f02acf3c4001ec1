//! `day`: a day, a week, a month or a close added up.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::clock::{east_africa, shop_day};
use till::driver::{Clock as _, SystemClock};
use till::view::{CarriedKind, DayReport, Direction, OpenLine, PaidBy, Period, PersonWordView, Span};
use till::{Money, TillError};

use crate::cli::{Day, Global};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};
use crate::sale_line::matter_words;

/// The report, and beside it the sums under the short names that scripts know.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    report: &'a DayReport,
    settled: u32,
    taken: Money,
    cash: Money,
    mpesa_proved: Money,
    mpesa_not_proved: Money,
    refund_due: Money,
    reversed: Money,
    to_look_at: u32,
}

impl<'a> From<&'a DayReport> for Told<'a> {
    fn from(report: &'a DayReport) -> Self {
        let sums = &report.accounts;
        Self {
            report,
            settled: report.sales,
            taken: sums.sales,
            cash: sums.cash,
            mpesa_proved: sums.mpesa_proved,
            mpesa_not_proved: sums.mpesa_not_proved,
            refund_due: sums.refund_due,
            reversed: sums.reversed,
            to_look_at: report.open.count,
        }
    }
}

/// Prints what the book says of one period. Asks nobody.
///
/// # Errors
/// What kept the book from opening, or a close that there is not.
pub(super) fn run(day: &Day, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    if book.is_practice() {
        Out::notice("practice: not real money");
    }
    let list = book.reads_list();
    let (engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let report = engine.report(day.period(shop_day(now.utc)), now)?;
    out.tell(&words(&report, list), "day", Told::from(&report));
    Ok(Exit::Done)
}

fn words(report: &DayReport, list: bool) -> String {
    let sums = &report.accounts;
    let mut words = title(report);
    let mut line = |name: &str, value: String| {
        let _ = write!(words, "\n{name:<22}{value}");
    };
    line("Sales", report.sales.to_string());
    line("Sold", ksh(sums.sales));
    line("M-PESA, with code", ksh(sums.mpesa_proved));
    line("M-PESA, without code", ksh(sums.mpesa_not_proved));
    line("Cash", ksh(sums.cash));
    if let Some(money) = report.in_drawers {
        line("In the drawer", ksh(money));
    }
    line("Refunds due", ksh(report.owed));
    line("Taken back", ksh(sums.reversed));
    line("Given up", report.voided.to_string());
    line(
        "Went back",
        format!("{} times, {}", report.refunds, ksh(sums.refunds)),
    );
    line(
        "To look at",
        format!("{}, {}", report.open.count, ksh(report.open.amount)),
    );
    lists(&mut words, report);
    if !list {
        words.push_str("\nSafaricom's list of payments is not switched on: `keshiactl pull-register`.");
    }
    words
}

fn lists(words: &mut String, report: &DayReport) {
    let open = report.open.lines.iter().map(open_words);
    list(words, "", open);
    let unconfirmed = report.open.not_confirmed.iter().map(|one| {
        let person = one.person.as_deref().unwrap_or("nobody in particular");
        format!("{person}  {} payments  {}", one.count, ksh(one.amount))
    });
    list(
        words,
        "M-PESA that nothing has confirmed, by who took it",
        unconfirmed,
    );
    let ways = report
        .ways
        .iter()
        .map(|way| format!("{:<20}{:>6}  {}", way_words(way.way), way.count, ksh(way.sold)));
    list(words, "How it was paid", ways);
    let people = report.people.iter().filter_map(|one| {
        let name = one.name.as_deref()?;
        Some(format!("{name:<20}{:>6}  {}", one.count, ksh(one.sold)))
    });
    list(words, "Who took it", people);
    let form = if report.daily { "%a %d %b" } else { "%H:00" };
    let bars = report.bars.iter().map(|bar| {
        let at = bar.at.with_timezone(&east_africa()).format(form);
        format!("{at}  {}, M-PESA {}", ksh(bar.sold), ksh(bar.mpesa))
    });
    list(words, if report.daily { "By day" } else { "By hour" }, bars);
    let counts = report.counts.iter().map(|count| {
        let whose = count.person.as_deref().unwrap_or("shared");
        format!(
            "shift {} ({whose})  counted {}, off {}",
            count.number,
            ksh(count.counted),
            ksh(count.off)
        )
    });
    list(words, "Drawers that were counted", counts);
    list(
        words,
        "Answered for by a person",
        report.words.iter().map(word_words),
    );
    let holes = report
        .holes
        .iter()
        .map(|Span { from, to }| format!("{} to {}", clock_of(*from), clock_of(*to)));
    list(
        words,
        "Times with prompts in which Safaricom's list was not seen whole",
        holes,
    );
}

fn list(words: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() && !title.is_empty() {
        words.push('\n');
        words.push_str(title);
    }
    for line in lines {
        words.push_str("\n  ");
        words.push_str(&line);
    }
}

fn title(report: &DayReport) -> String {
    let from = shop_day(report.from);
    let to = shop_day(report.to - chrono::TimeDelta::milliseconds(1));
    match report.period {
        Period::Day { day } => day.to_string(),
        Period::Week { .. } => format!("Week of {from}"),
        Period::Month { .. } => from.format("%B %Y").to_string(),
        Period::Close { number } => format!("Close {number}, {from} to {to}"),
        Period::Open => format!("Since the last close, from {from}"),
    }
}

const fn way_words(way: PaidBy) -> &'static str {
    match way {
        PaidBy::Push => "M-PESA prompt",
        PaidBy::ToTill => "paid to the till",
        PaidBy::Code => "M-PESA code typed",
        PaidBy::Cash => "cash",
        PaidBy::Credit => "on credit",
    }
}

const fn open_kind(kind: CarriedKind) -> &'static str {
    match kind {
        CarriedKind::Push => "a prompt, and nobody can tell its end",
        CarriedKind::NoReceipt => "paid, without its M-PESA code",
        CarriedKind::Code => "a typed code that is not confirmed",
        CarriedKind::MoneyIn => "money that came in for no sale",
        CarriedKind::SentBack => "sent back from the shop's phone, not confirmed",
        CarriedKind::Matter => "a question about money",
    }
}

fn open_words(open: &OpenLine) -> String {
    let at = open.at.with_timezone(&east_africa()).format("%Y-%m-%d %H:%M");
    let what = open.matter.map_or(open_kind(open.kind), matter_words);
    let about = open
        .reference
        .as_deref()
        .or(open.receipt.as_ref().map(till::ReceiptNumber::as_str))
        .unwrap_or_default();
    let person = open
        .person
        .as_deref()
        .map(|name| format!("  {name}"))
        .unwrap_or_default();
    format!("{at}  {about}  {}  {what}{person}", ksh(open.amount))
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
