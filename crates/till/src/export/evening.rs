//! The evening text: what the owner reads on the phone, in eight lines.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::page::off;
use super::{name, words};
use crate::money::Money;
use crate::receipt::{Both, Language, PRACTICE, ksh, pick};
use crate::view::{DayReport, PaidBy, ZView};

/// So many characters of the seal are enough to prove later that the book was not changed.
const SEAL_CHARACTERS: usize = 16;

/// The text of a period. With the close that it is of comes its seal: then it stands outside this PC.
#[must_use]
pub fn text(
    report: &DayReport,
    shop_name: &str,
    close: Option<&ZView>,
    language: Language,
    play: bool,
) -> String {
    let said = |both| pick(language, both);
    let mut lines = vec![
        format!(
            "{} · {}",
            shop_name.trim(),
            name::said(report.period, report, language)
        ),
        sold_line(report, &said),
        format!("{} {}", said(words::CASH), ksh(sold(report, &[PaidBy::Cash]))),
        mpesa(report, &said),
        credit(report, &said),
        drawer(report, &said),
        people(report, &said),
        open(report, &said),
    ];
    if play {
        lines.insert(0, said(PRACTICE).to_owned());
    }
    if let Some(z) = close {
        let head: String = z
            .head
            .to_ascii_uppercase()
            .chars()
            .take(SEAL_CHARACTERS)
            .collect();
        lines.push(format!("{} {}:{head}", said(words::SEAL), z.rows));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The link that opens it in WhatsApp, on whatever phone or PC opens the link; who gets it is chosen there.
#[must_use]
pub fn link(text: &str) -> String {
    format!(
        "https://wa.me/?text={}",
        utf8_percent_encode(text, NON_ALPHANUMERIC)
    )
}

type Said<'a> = &'a dyn Fn(Both) -> &'static str;

fn sold(report: &DayReport, ways: &[PaidBy]) -> Money {
    let of = report.ways.iter().filter(|way| ways.contains(&way.way));
    Money::sum(of.map(|way| way.sold)).unwrap_or(Money::ZERO)
}

/// What went back is no less sold, so that it stands beside.
fn sold_line(report: &DayReport, said: Said<'_>) -> String {
    let sales = if report.sales == 1 {
        words::SALE
    } else {
        words::SALES
    };
    let line = format!(
        "{} {} ({} {})",
        said(words::SOLD),
        ksh(report.accounts.sales),
        report.sales,
        said(sales).to_lowercase()
    );
    and(line, words::WENT_BACK, report.accounts.refunds, said)
}

/// A debt paid off is money that came and nothing that was sold: it stands beside what was given.
fn credit(report: &DayReport, said: Said<'_>) -> String {
    let line = format!("{} {}", said(words::CREDIT), ksh(sold(report, &[PaidBy::Credit])));
    and(line, words::DEBTS_PAID, report.accounts.credit_paid, said)
}

/// With this sum behind it, if it is one.
fn and(line: String, what: Both, amount: Money, said: Said<'_>) -> String {
    if amount.is_zero() {
        line
    } else {
        format!("{line}, {} {}", said(what), ksh(amount))
    }
}

fn mpesa(report: &DayReport, said: Said<'_>) -> String {
    let all = sold(report, &[PaidBy::Push, PaidBy::ToTill, PaidBy::Code]);
    and(
        format!("M-PESA {}", ksh(all)),
        words::NOT_CONFIRMED,
        report.accounts.mpesa_not_proved,
        said,
    )
}

fn drawer(report: &DayReport, said: Said<'_>) -> String {
    if report.counts.is_empty() {
        return said(words::NOT_COUNTED).to_owned();
    }
    let found: Vec<String> = report
        .counts
        .iter()
        .map(|count| match &count.person {
            Some(person) => format!("{person} {}", off(count.off, said).to_lowercase()),
            None => off(count.off, said).to_lowercase(),
        })
        .collect();
    format!("{}: {}", said(words::DRAWER), found.join(", "))
}

/// Who sold how much; nothing in a shop that tells nobody apart.
fn people(report: &DayReport, said: Said<'_>) -> String {
    if report.people.iter().all(|person| person.person_id.is_none()) {
        return String::new();
    }
    let each: Vec<String> = report
        .people
        .iter()
        .filter(|person| !person.sold.is_zero())
        .map(|person| {
            let name = person.name.as_deref().unwrap_or_else(|| said(words::NOBODY));
            format!("{name} {}", person.sold)
        })
        .collect();
    each.join(", ")
}

fn open(report: &DayReport, said: Said<'_>) -> String {
    match report.open.count {
        0 => said(words::NOTHING_OPEN).to_owned(),
        count => format!("{}: {count}, {}", said(words::LOOK), ksh(report.open.amount)),
    }
}
