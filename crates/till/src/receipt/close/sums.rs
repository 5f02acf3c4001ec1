//! The sums of a day on paper: book, Safaricom and drawer, then each account, person and open question.

use receipts::Document;
use receipts::document::{Align, Weight};

use super::CloseSlip;
use super::words;
use crate::money::Money;
use crate::receipt::slip::ksh;
use crate::receipt::words::Both;
use crate::view::{AccountsView, CarriedKind, CarriedView, PersonTotals, ShiftTotals, ZReport};

pub(super) fn add(paper: Document, report: &ZReport, facts: &CloseSlip<'_>) -> Document {
    let said = |both| facts.said(both);
    let mut paper = paper
        .rule()
        .figure(said(words::SOLD), ksh(report.accounts.sales))
        .pair(said(words::SALES), report.sales.to_string())
        .pair(said(words::GIVEN_UP), report.voided.to_string())
        .pair(said(words::TIMES_GIVEN_BACK), report.refunds.to_string())
        .rule();
    paper = three_way(paper, report, facts);
    let moved = accounts(report).filter(|(_, amount)| !amount.is_zero());
    for (at, (name, amount)) in moved.enumerate() {
        if at == 0 {
            paper = paper.rule();
        }
        paper = paper.pair(said(name), ksh(amount));
    }
    paper = people(paper, &report.people, facts);
    paper = questions(paper, (words::CARRIED, &report.carried), facts);
    questions(paper, (words::SOLVED, &report.solved), facts)
}

/// Every account; of the cash, what no count covers is told apart, so that it is explained and not missed.
fn accounts(report: &ZReport) -> impl Iterator<Item = (Both, Money)> {
    let outside = report.outside_shifts;
    let counted = report.accounts.cash.checked_sub(outside).unwrap_or(Money::ZERO);
    account_words(&AccountsView {
        cash: counted,
        ..report.accounts
    })
    .into_iter()
    .chain([(words::OUTSIDE_SHIFTS, outside)])
}

fn title(paper: Document, text: &str) -> Document {
    paper.words(text, Align::Left, Weight::Bold)
}

fn three_way(paper: Document, report: &ZReport, facts: &CloseSlip<'_>) -> Document {
    let said = |both| facts.said(both);
    let three = &report.three_way;
    let mut paper = title(paper, "M-PESA")
        .pair(said(words::IN_THE_BOOK), ksh(three.booked))
        .pair(said(words::BY_SAFARICOM), ksh(three.safaricom));
    paper = if three.off.is_zero() {
        paper.text(said(words::SAME))
    } else if three.off.is_negative() {
        paper.bold_pair(said(words::SAFARICOM_MORE), ksh(three.off.abs()))
    } else {
        paper.bold_pair(said(words::BOOK_MORE), ksh(three.off))
    };
    if !three.not_in_book.is_zero() {
        paper = paper.pair(said(words::OF_NO_SALE), ksh(three.not_in_book));
    }
    paper = title(paper.blank(), said(words::DRAWER));
    if report.shifts.is_empty() {
        return paper.text(said(words::NOT_COUNTED));
    }
    paper = paper.pair(said(words::COUNTED), ksh(three.counted));
    for shift in &report.shifts {
        paper = of_shift(paper, shift, facts);
    }
    paper
}

/// Whose drawer, what should have been in it, and what was.
fn of_shift(paper: Document, shift: &ShiftTotals, facts: &CloseSlip<'_>) -> Document {
    let said = |both| facts.said(both);
    let mut name = format!("{} {}", said(words::SHIFT), shift.number);
    if let Some(person) = facts.name(shift.person_id.as_deref()) {
        name = format!("{name}, {person}");
    }
    let off = shift.counted.checked_sub(shift.expected).unwrap_or(Money::ZERO);
    let found = if off.is_zero() {
        said(words::EXACT).to_owned()
    } else {
        let word = if off.is_negative() {
            words::SHORT
        } else {
            words::OVER
        };
        format!("{} {}", said(word), off.abs())
    };
    paper
        .bold_pair(name, found)
        .pair(format!("  {}", said(words::OPENING_CASH)), ksh(shift.float))
        .pair(format!("  {}", said(words::SHOULD_BE)), ksh(shift.expected))
        .pair(format!("  {}", said(words::COUNTED)), ksh(shift.counted))
}

/// Every account but what was sold, in the order of the screen's; what is nothing is left out by who prints.
pub(crate) fn account_words(all: &AccountsView) -> [(Both, Money); 15] {
    let float = if all.float.is_negative() {
        (words::HANDED_OVER, all.float.abs())
    } else {
        (words::OWNERS_CASH, all.float)
    };
    [
        (words::PROVED, all.mpesa_proved),
        (words::NOT_PROVED, all.mpesa_not_proved),
        (words::CREDIT_GIVEN, all.credit_given),
        (words::CREDIT_PAID, all.credit_paid),
        (words::TAKEN_OFF, all.taken_off),
        (words::WRITTEN_OFF, all.written_off),
        (words::REFUNDS, all.refunds),
        (words::REFUND_DUE, all.refund_due),
        (words::SENT_BACK, all.sent_back),
        (words::REVERSED, all.reversed),
        (words::PAID_IN, all.paid_in),
        (words::PAID_OUT, all.paid_out),
        float,
        (words::OFF, all.over_short),
        (words::LEFT_IN_DRAWERS, all.cash),
    ]
}

fn people(paper: Document, people: &[PersonTotals], facts: &CloseSlip<'_>) -> Document {
    let said = |both| facts.said(both);
    // A shop that tells nobody apart has one line that says the same as the sums above.
    if people.iter().all(|person| person.person_id.is_none()) {
        return paper;
    }
    let mut paper = title(paper.rule(), said(words::BY_PERSON));
    for person in people {
        let name = facts
            .name(person.person_id.as_deref())
            .unwrap_or_else(|| said(words::NOBODY));
        paper = paper.bold_pair(name, ksh(person.sales));
        for (word, amount) in [
            (words::PROVED, person.mpesa_proved),
            (words::NOT_PROVED, person.mpesa_not_proved),
            (words::REFUNDS, person.refunds),
            (words::OFF, person.over_short),
        ] {
            if !amount.is_zero() {
                paper = paper.pair(format!("  {}", said(word)), ksh(amount));
            }
        }
    }
    paper
}

/// What is not known, or is known now, each with the close that carried it first.
fn questions(paper: Document, (head, carried): (Both, &[CarriedView]), facts: &CloseSlip<'_>) -> Document {
    let said = |both| facts.said(both);
    if carried.is_empty() {
        return paper;
    }
    let mut paper = title(paper.rule(), &format!("{}: {}", said(head), carried.len()));
    for one in carried {
        paper = paper.pair(said(carried_words(one.kind)), ksh(one.amount));
        let code = (one.kind == CarriedKind::MoneyIn).then_some(one.about.as_str());
        let since = one
            .since_z
            .map(|number| format!("{} {number}", said(words::SINCE_CLOSE)));
        let more: Vec<&str> = code.into_iter().chain(since.as_deref()).collect();
        paper = paper.text(if more.is_empty() {
            String::new()
        } else {
            format!("  {}", more.join(", "))
        });
    }
    paper
}

/// What is not known, in a few words.
pub(crate) const fn carried_words(kind: CarriedKind) -> Both {
    match kind {
        CarriedKind::Push => words::CARRIED_PUSH,
        CarriedKind::NoReceipt => words::CARRIED_NO_RECEIPT,
        CarriedKind::Code => words::CARRIED_CODE,
        CarriedKind::MoneyIn => words::CARRIED_MONEY_IN,
        CarriedKind::SentBack => words::CARRIED_SENT_BACK,
        CarriedKind::Matter => words::CARRIED_MATTER,
    }
}
