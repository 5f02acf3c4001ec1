//! A page of A4 that a shop files: the sums, and of one day every sale.

use std::path::Path;

use receipts::document::{Align, Weight};
use receipts::{Document, pdf};
use rusqlite::Connection;

use super::{Drafts, Export, GoOn, Progress, name, stem, words};
use crate::clock::east_africa;
use crate::error::TillError;
use crate::files::{Draft, io_trouble};
use crate::money::Money;
use crate::receipt::{Both, PRACTICE, account_words, carried_words, ksh, pick};
use crate::report::{self, SaleLine};
use crate::view::{DayReport, SaleState};

/// Rows between two words about the progress.
const ROWS_A_STEP: u64 = 100;

pub(super) fn write(
    conn: &Connection,
    export: &Export,
    report: &DayReport,
    folder: &Path,
    go_on: GoOn<'_>,
) -> Result<Drafts, TillError> {
    let mut paper = sums(export, report);
    // Of a week or a month the sales are many pages that nobody reads: the tables have them.
    if !report.daily {
        let Some(with_sales) = sales(conn, export, report, paper, go_on)? else {
            return Ok(None);
        };
        paper = with_sales;
    }
    let title = stem(export, report);
    let paper = paper
        .blank()
        .blank()
        .pair(pick(export.language, words::SIGNED), "_".repeat(30));
    let bytes = pdf::render(&paper, pdf::Sheet::A4, &title).map_err(TillError::internal)?;
    let draft = Draft::new(folder, &format!("{title}.pdf"))?;
    std::fs::write(draft.path(), bytes).map_err(|error| io_trouble(draft.path(), &error))?;
    Ok(Some(vec![draft]))
}

fn moment(at: chrono::DateTime<chrono::Utc>, format: &str) -> String {
    at.with_timezone(&east_africa()).format(format).to_string()
}

fn title(paper: Document, text: &str) -> Document {
    paper.rule().words(text, Align::Left, Weight::Bold)
}

fn sums(export: &Export, report: &DayReport) -> Document {
    let said = |both| pick(export.language, both);
    let mut paper = Document::new().heading(export.shop_name.trim()).words(
        name::said(export.period, report, export.language),
        Align::Middle,
        Weight::Bold,
    );
    if export.play {
        paper = paper.blank().banner(said(PRACTICE));
    }
    paper = paper
        .rule()
        .pair(said(words::WRITTEN), moment(report.to, "%d.%m.%Y %H:%M"))
        .pair(said(words::COUNTER), export.counter.to_string())
        .figure(said(words::SOLD), ksh(report.accounts.sales))
        .pair(said(words::SALES_PAID), report.sales.to_string())
        .pair(said(words::GIVEN_UP), report.voided.to_string())
        .pair(said(words::TIMES_GIVEN_BACK), report.refunds.to_string());
    paper = title(paper, said(words::WAYS));
    for way in report.ways.iter().filter(|way| !way.sold.is_zero()) {
        paper = paper.pair(said(words::way(way.way)), ksh(way.sold));
    }
    paper = title(paper, said(words::ACCOUNTS));
    let accounts = account_words(&report.accounts);
    for (word, amount) in accounts.into_iter().filter(|(_, amount)| !amount.is_zero()) {
        paper = paper.pair(said(word), ksh(amount));
    }
    if !report.owed.is_zero() {
        paper = paper.bold_pair(said(words::OWED), ksh(report.owed));
    }
    looked_at(
        drawers(people(paper, report, &said), report, &said),
        report,
        &said,
    )
}

type Said<'a> = &'a dyn Fn(Both) -> &'static str;

fn people(mut paper: Document, report: &DayReport, said: Said<'_>) -> Document {
    if report.people.iter().any(|person| person.person_id.is_some()) {
        paper = title(paper, said(words::PEOPLE));
        for person in &report.people {
            let name = person.name.as_deref().unwrap_or_else(|| said(words::NOBODY));
            paper = paper.pair(name, ksh(person.sold));
        }
    }
    if report.daily {
        paper = title(paper, said(words::DAYS));
        for bar in &report.bars {
            paper = paper.pair(moment(bar.at, "%d.%m.%Y"), ksh(bar.sold));
        }
    }
    paper
}

fn drawers(mut paper: Document, report: &DayReport, said: Said<'_>) -> Document {
    paper = title(paper, said(words::DRAWER));
    if report.counts.is_empty() {
        return paper.text(said(words::NOT_COUNTED));
    }
    for count in &report.counts {
        let of = count.person.as_deref().unwrap_or_default();
        let shift = format!("{} {} {of}", said(words::SHIFT), count.number);
        paper = paper.pair(
            format!("{}, {}", shift.trim(), ksh(count.counted)),
            off(count.off, said),
        );
    }
    paper
}

/// `Short 50`, `Over 20`, `Exact`.
pub(super) fn off(off: Money, said: Said<'_>) -> String {
    if off.is_zero() {
        return said(words::EXACT).to_owned();
    }
    let word = if off.is_negative() {
        words::SHORT
    } else {
        words::OVER
    };
    format!("{} {}", said(word), off.abs())
}

fn looked_at(mut paper: Document, report: &DayReport, said: Said<'_>) -> Document {
    paper = title(paper, said(words::LOOK));
    if report.open.count == 0 {
        return paper.text(said(words::NOTHING_OPEN));
    }
    for open in &report.open.lines {
        let reference = open.reference.as_deref().unwrap_or_default();
        let about = format!("{} {reference}", said(carried_words(open.kind)));
        paper = paper.pair(about.trim(), ksh(open.amount));
    }
    paper
}

fn sales(
    conn: &Connection,
    export: &Export,
    report: &DayReport,
    paper: Document,
    go_on: GoOn<'_>,
) -> Result<Option<Document>, TillError> {
    let said = |both| pick(export.language, both);
    let mut paper = title(paper, said(words::EVERY_SALE));
    let (mut done, mut goes_on) = (0_u64, true);
    report::sales(conn, report::find(conn, export.period)?.extent, &mut |sale| {
        paper = of_sale(std::mem::take(&mut paper), &sale, &said);
        done += 1;
        let all = u64::from(report.sales).max(done);
        goes_on = !done.is_multiple_of(ROWS_A_STEP) || go_on(Progress { done, all });
        Ok(goes_on)
    })?;
    Ok(goes_on.then_some(paper))
}

/// When, which, and each part with its code; what was not paid says so, and what was no sale, and what went back.
fn of_sale(paper: Document, sale: &SaleLine, said: Said<'_>) -> Document {
    let when = moment(sale.opened_at, "%d.%m %H:%M");
    let mut how = match sale.state {
        SaleState::Settled => parts(sale, said),
        SaleState::Open => said(words::OPEN).to_owned(),
        SaleState::Voided => said(words::VOIDED).to_owned(),
    };
    if sale.pay_off {
        how = format!("{}: {how}", said(words::PAY_OFF));
    }
    if !sale.refunded.is_zero() {
        how = format!("{how}, {} {}", said(words::WENT_BACK), sale.refunded);
    }
    paper.pair(format!("{when}  {}  {how}", sale.reference), ksh(sale.amount))
}

/// How it was paid; of several parts how much each was.
fn parts(sale: &SaleLine, said: Said<'_>) -> String {
    let each = sale.parts.iter().map(|part| {
        let amount = (sale.parts.len() > 1).then(|| part.amount.to_string());
        let words = [
            Some(said(words::way(part.way))),
            amount.as_deref(),
            part.receipt.as_ref().map(|code| code.as_str()),
        ];
        words.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    each.collect::<Vec<_>>().join(" + ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::receipt::Language;
    use crate::report::PartLine;
    use crate::view::PaidBy;

    fn part(way: PaidBy, shillings: i64) -> PartLine {
        PartLine {
            way,
            amount: Money::from_shillings(shillings).unwrap_or(Money::ZERO),
            person: None,
            receipt: None,
            digits: None,
            proved: false,
        }
    }

    fn said(sale: &SaleLine) -> String {
        let paper = of_sale(Document::new(), sale, &|both| pick(Language::En, both));
        receipts::text::render(&paper)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn a_line_says_each_part_and_what_was_no_sale() {
        let mut sale = SaleLine {
            id: "s".into(),
            number: 1,
            reference: "AA001K".into(),
            opened_at: chrono::DateTime::UNIX_EPOCH,
            amount: Money::from_shillings(1_250).unwrap_or(Money::ZERO),
            state: SaleState::Settled,
            pay_off: false,
            from_paper: false,
            time_unsure: false,
            person: None,
            parts: vec![part(PaidBy::Cash, 500), part(PaidBy::Push, 750)],
            refunded: Money::from_shillings(100).unwrap_or(Money::ZERO),
        };
        assert_eq!(
            said(&sale),
            "01.01 03:00 AA001K Cash 500 + M-PESA prompt 750, given back 100 KSh 1,250",
            "each shilling of it"
        );
        sale.parts.truncate(1);
        sale.pay_off = true;
        sale.refunded = Money::ZERO;
        assert_eq!(
            said(&sale),
            "01.01 03:00 AA001K A debt paid off: Cash KSh 1,250",
            "nothing was sold"
        );
    }
}
