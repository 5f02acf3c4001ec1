//! The statement of what a customer owes, on paper.

use receipts::Document;
use receipts::document::{Align, Weight};

use super::slip::{head, ksh};
use super::words::{self, Both, pick};
use super::{Mark, Printing};
use crate::clock::east_africa;
use crate::money::Money;
use crate::view::{DebtLineKind, DebtLineView, DebtStatementView};

/// A slip is no longer than a customer reads at the counter; the sum of what stood before is its first line.
const MOST_LINES: usize = 40;

/// What a statement says besides the debt.
#[derive(Debug, Clone, Copy)]
pub struct StatementSlip<'a> {
    /// On top.
    pub shop_name: &'a str,
    /// This counter's letter.
    pub counter: char,
    /// The shop's own lines, and the language.
    pub printing: &'a Printing,
    /// Did the same one come out before?
    pub mark: Mark,
    /// Its money is not real.
    pub play: bool,
}

/// What a customer owes and how it came to that, since nothing was owed last.
#[must_use]
pub fn statement_slip(story: &DebtStatementView, facts: StatementSlip<'_>) -> Document {
    let said = |both| pick(facts.printing.language, both);
    let mark = match facts.mark {
        Mark::Original => None,
        Mark::PerhapsCopy => Some(words::PERHAPS_COPY),
        Mark::Copy => Some(words::COPY),
    };
    let banners = [facts.play.then_some(words::PRACTICE), mark];
    let mut paper = head(facts.shop_name, facts.printing).blank();
    for banner in banners.into_iter().flatten() {
        paper = paper.banner(said(banner));
    }
    paper = paper
        .words(said(words::STATEMENT), Align::Middle, Weight::Bold)
        .rule()
        .pair(&story.customer.name, &story.customer.phone_masked);
    if let Some(last) = story.lines.last() {
        paper = paper.pair(
            said(words::STATEMENT_UNTIL),
            last.at
                .with_timezone(&east_africa())
                .format("%d.%m.%Y %H:%M")
                .to_string(),
        );
    }
    paper = paper.pair(said(words::COUNTER), facts.counter.to_string()).rule();
    let (before, lines) = shown(&story.lines);
    if !before.is_zero() {
        paper = paper.pair(said(words::OWED_BEFORE), before.to_string());
    }
    for line in lines {
        paper = entry(paper, line, &facts);
    }
    let owed = story.lines.last().map_or(Money::ZERO, |line| line.balance);
    paper
        .rule()
        .figure(said(words::OWED), ksh(owed))
        .blank()
        .middle(said(words::NO_TAX_INVOICE))
        .middle(facts.printing.footer.trim())
        .cut()
}

/// The entries since nothing was owed last, as many as fit, and what was owed before them.
fn shown(all: &[DebtLineView]) -> (Money, &[DebtLineView]) {
    let open = all.len().saturating_sub(1);
    let since = all
        .iter()
        .take(open)
        .rposition(|line| line.balance.is_zero())
        .map_or(0, |place| place + 1);
    let from = since.max(all.len().saturating_sub(MOST_LINES));
    let before = from
        .checked_sub(1)
        .and_then(|place| all.get(place))
        .map_or(Money::ZERO, |line| line.balance);
    (before, all.get(from..).unwrap_or_default())
}

fn entry(paper: Document, line: &DebtLineView, facts: &StatementSlip<'_>) -> Document {
    let day = line.at.with_timezone(&east_africa()).format("%d.%m.%Y");
    let kind = pick(facts.printing.language, kind_words(line.kind));
    let paper = paper.pair(format!("{day} {kind}"), line.amount.to_string());
    match &line.reference {
        Some(reference) => paper.text(format!("  {reference}")),
        None => paper,
    }
}

const fn kind_words(kind: DebtLineKind) -> Both {
    match kind {
        DebtLineKind::Given => words::DEBT_GIVEN,
        DebtLineKind::GivenUp => words::DEBT_GIVEN_UP,
        DebtLineKind::Refunded => words::DEBT_REFUNDED,
        DebtLineKind::PaidOff => words::DEBT_PAID_OFF,
        DebtLineKind::OwedAgain => words::DEBT_OWED_AGAIN,
        DebtLineKind::WrittenOff => words::DEBT_WRITTEN_OFF,
    }
}
