//! The tables of a period, for whatever takes rows: its sums, its sales, and its entries.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{Export, GoOn, Progress, name, words};
use crate::error::TillError;
use crate::money::Money;
use crate::receipt::{Both, account_words, carried_words, pick};
use crate::report::{self, Found, PartLine, SaleLine};
use crate::store::posting::{self, EntryRow};
use crate::view::{DayReport, SaleState};

/// Rows between two words about the progress.
const ROWS_A_STEP: u64 = 200;

/// What stands in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    Empty,
    Words(String),
    Money(Money),
    Count(u32),
    Moment(DateTime<Utc>),
}

/// Takes tables, row by row.
pub(super) trait Tables {
    /// Begins the next one.
    fn table(&mut self, title: &str, head: &[&str]) -> Result<(), TillError>;
    /// Adds a row to it.
    fn row(&mut self, cells: &[Cell]) -> Result<(), TillError>;
}

/// Hands over all three; `false` when somebody stopped it.
pub(super) fn all(
    conn: &Connection,
    export: &Export,
    report: &DayReport,
    tables: &mut dyn Tables,
    go_on: GoOn<'_>,
) -> Result<bool, TillError> {
    let found = report::find(conn, export.period)?;
    let mut walk = Walk {
        said: &|both| pick(export.language, both),
        done: 0,
        all: posting::count_in(conn, found.extent)? + u64::from(report.sales),
        go_on,
    };
    sums(export, report, tables, &walk)?;
    Ok(walk.sales(conn, found, tables)? && walk.entries(conn, found, tables)?)
}

struct Walk<'a> {
    said: &'a dyn Fn(Both) -> &'static str,
    done: u64,
    all: u64,
    go_on: GoOn<'a>,
}

fn text(words: impl Into<String>) -> Cell {
    Cell::Words(words.into())
}

fn maybe(words: Option<&str>) -> Cell {
    words.map_or(Cell::Empty, text)
}

/// The screen's own figures, one a row, each with the group that it is of.
fn sums(
    export: &Export,
    report: &DayReport,
    tables: &mut dyn Tables,
    walk: &Walk<'_>,
) -> Result<(), TillError> {
    let said = walk.said;
    let head = [words::GROUP, words::WHAT, words::AMOUNT, words::NUMBER].map(said);
    tables.table(said(words::SUMS), &head)?;
    let mut line = |group: Both, what: Cell, amount: Cell, number: Cell| {
        tables.row(&[text(said(group)), what, amount, number])
    };
    let period = name::said(export.period, report, export.language);
    line(
        words::SHOP,
        text(export.shop_name.as_str()),
        Cell::Empty,
        Cell::Empty,
    )?;
    line(words::PERIOD, text(period), Cell::Empty, Cell::Empty)?;
    for (word, count) in [
        (words::SALES_PAID, report.sales),
        (words::GIVEN_UP, report.voided),
        (words::TIMES_GIVEN_BACK, report.refunds),
    ] {
        line(words::COUNTED, text(said(word)), Cell::Empty, Cell::Count(count))?;
    }
    let sold = [(words::SOLD, report.accounts.sales)];
    for (word, amount) in sold.into_iter().chain(account_words(&report.accounts)) {
        line(
            words::ACCOUNTS,
            text(said(word)),
            Cell::Money(amount),
            Cell::Empty,
        )?;
    }
    line(
        words::ACCOUNTS,
        text(said(words::OWED)),
        Cell::Money(report.owed),
        Cell::Empty,
    )?;
    for way in &report.ways {
        let count = u32::try_from(way.count).map_or(Cell::Empty, Cell::Count);
        line(
            words::WAYS,
            text(said(words::way(way.way))),
            Cell::Money(way.sold),
            count,
        )?;
    }
    for person in &report.people {
        let name = person.name.as_deref().unwrap_or_else(|| said(words::NOBODY));
        let count = u32::try_from(person.count).map_or(Cell::Empty, Cell::Count);
        line(words::PEOPLE, text(name), Cell::Money(person.sold), count)?;
    }
    let bar = if report.daily { words::DAYS } else { words::HOURS };
    for of in &report.bars {
        line(bar, Cell::Moment(of.at), Cell::Money(of.sold), Cell::Empty)?;
    }
    for count in &report.counts {
        let of = count.person.as_deref().unwrap_or_default();
        let shift = format!("{} {} {of}", said(words::SHIFT), count.number);
        line(
            words::DRAWERS,
            text(shift.trim()),
            Cell::Money(count.off),
            Cell::Empty,
        )?;
    }
    for open in &report.open.lines {
        let about = [
            Some(said(carried_words(open.kind))),
            open.reference.as_deref(),
            open.receipt.as_ref().map(|code| code.as_str()),
        ];
        let about: Vec<&str> = about.into_iter().flatten().collect();
        line(
            words::LOOK,
            text(about.join(" ")),
            Cell::Money(open.amount),
            Cell::Empty,
        )?;
    }
    Ok(())
}

impl Walk<'_> {
    fn step(&mut self) -> bool {
        self.done += 1;
        let (done, all) = (self.done, self.all.max(self.done));
        !done.is_multiple_of(ROWS_A_STEP) || (self.go_on)(Progress { done, all })
    }

    fn sales(&mut self, conn: &Connection, found: Found, tables: &mut dyn Tables) -> Result<bool, TillError> {
        let said = self.said;
        let head = [
            words::WHEN,
            words::SALE,
            words::AMOUNT,
            words::STATE,
            words::HOW,
            words::PART,
            words::CODE,
            words::DIGITS,
            words::PROVED,
            words::BY,
            words::GIVEN_BACK,
            words::NOTE,
        ]
        .map(said);
        tables.table(said(words::SALES), &head)?;
        let mut goes_on = true;
        report::sales(conn, found.extent, &mut |sale| {
            for row in of_sale(&sale, said) {
                tables.row(&row)?;
            }
            goes_on = self.step();
            Ok(goes_on)
        })?;
        Ok(goes_on)
    }

    fn entries(
        &mut self,
        conn: &Connection,
        found: Found,
        tables: &mut dyn Tables,
    ) -> Result<bool, TillError> {
        let said = self.said;
        let head = [
            words::WHEN,
            words::ROW,
            words::ACCOUNT,
            words::RECEIVED,
            words::GAVE,
            words::SALE,
            words::BY,
            words::SHIFT,
        ]
        .map(said);
        tables.table(said(words::ENTRIES), &head)?;
        let mut goes_on = true;
        posting::each_in(conn, found.extent, &mut |entry| {
            tables.row(&of_entry(&entry, said))?;
            goes_on = self.step();
            Ok(goes_on)
        })?;
        Ok(goes_on)
    }
}

/// A row for each part; the sale's own amount stands in the first only, so that a column adds up.
fn of_sale(sale: &SaleLine, said: &dyn Fn(Both) -> &'static str) -> Vec<Vec<Cell>> {
    let state = match sale.state {
        SaleState::Open => words::OPEN,
        SaleState::Settled => words::PAID,
        SaleState::Voided => words::VOIDED,
    };
    let notes: Vec<&str> = [
        (sale.pay_off, words::PAY_OFF),
        (sale.from_paper, words::FROM_PAPER),
        (sale.time_unsure, words::TIME_UNSURE),
    ]
    .into_iter()
    .filter(|(is, _)| *is)
    .map(|(_, word)| said(word))
    .collect();
    let own = |first: bool, part: Option<&PartLine>| {
        let once = |cell: Cell| if first { cell } else { Cell::Empty };
        let mut row = vec![
            Cell::Moment(sale.opened_at),
            text(sale.reference.as_str()),
            once(Cell::Money(sale.amount)),
            text(said(state)),
        ];
        row.extend(of_part(part, sale, said));
        row.push(once(if sale.refunded.is_zero() {
            Cell::Empty
        } else {
            Cell::Money(sale.refunded)
        }));
        row.push(once(text(notes.join(", "))));
        row
    };
    if sale.parts.is_empty() {
        return vec![own(true, None)];
    }
    let parts = sale.parts.iter().enumerate();
    parts.map(|(at, part)| own(at == 0, Some(part))).collect()
}

fn of_part(part: Option<&PartLine>, sale: &SaleLine, said: &dyn Fn(Both) -> &'static str) -> Vec<Cell> {
    let Some(part) = part else {
        let mut none = vec![Cell::Empty; 5];
        none.push(maybe(sale.person.as_deref()));
        return none;
    };
    let proved = if part.way.is_mpesa() {
        text(said(if part.proved { words::YES } else { words::NO }))
    } else {
        Cell::Empty
    };
    vec![
        text(said(words::way(part.way))),
        Cell::Money(part.amount),
        maybe(part.receipt.as_ref().map(|code| code.as_str())),
        maybe(part.digits.as_deref()),
        proved,
        maybe(part.person.as_deref()),
    ]
}

fn of_entry(entry: &EntryRow, said: &dyn Fn(Both) -> &'static str) -> Vec<Cell> {
    vec![
        Cell::Moment(entry.at),
        text(entry.seq.to_string()),
        text(said(words::account(entry.account))),
        Cell::Money(entry.debit),
        Cell::Money(entry.credit),
        maybe(entry.reference.as_deref()),
        maybe(entry.person.as_deref()),
        entry.shift.map_or(Cell::Empty, Cell::Count),
    ]
}
