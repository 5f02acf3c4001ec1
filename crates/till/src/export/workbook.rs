//! A workbook with a sheet for each table.

use std::path::Path;

use rusqlite::Connection;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::sheets::{self, Cell, Tables};
use super::{Drafts, Export, GoOn, stem};
use crate::clock::east_africa;
use crate::error::TillError;
use crate::files::{Draft, io_trouble};
use crate::money::Money;
use crate::view::DayReport;

pub(super) fn write(
    conn: &Connection,
    export: &Export,
    report: &DayReport,
    folder: &Path,
    go_on: GoOn<'_>,
) -> Result<Drafts, TillError> {
    let mut sheets = Sheets {
        workbook: Workbook::new(),
        looks: Looks::new(),
        at: None,
    };
    if !sheets::all(conn, export, report, &mut sheets, go_on)? {
        return Ok(None);
    }
    for sheet in sheets.workbook.worksheets_mut() {
        sheet.autofit();
    }
    let draft = Draft::new(folder, &format!("{}.xlsx", stem(export, report)))?;
    let bytes = sheets.workbook.save_to_buffer().map_err(trouble)?;
    std::fs::write(draft.path(), bytes).map_err(|error| io_trouble(draft.path(), &error))?;
    Ok(Some(vec![draft]))
}

struct Looks {
    head: Format,
    money: Format,
    moment: Format,
}

impl Looks {
    fn new() -> Self {
        Self {
            head: Format::new().set_bold(),
            money: Format::new().set_num_format("#,##0.00"),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
        }
    }
}

struct Sheets {
    workbook: Workbook,
    looks: Looks,
    /// The sheet that is written, and its next row.
    at: Option<(usize, u32)>,
}

impl Tables for Sheets {
    fn table(&mut self, title: &str, head: &[&str]) -> Result<(), TillError> {
        let index = self.at.map_or(0, |(index, _)| index + 1);
        let sheet = self.workbook.add_worksheet();
        sheet.set_name(title).map_err(trouble)?;
        sheet.set_freeze_panes(1, 0).map_err(trouble)?;
        for (column, name) in (0..).zip(head) {
            sheet
                .write_string_with_format(0, column, *name, &self.looks.head)
                .map_err(trouble)?;
        }
        self.at = Some((index, 1));
        Ok(())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), TillError> {
        let Some((index, row)) = &mut self.at else {
            return Err(TillError::internal("a row without a sheet"));
        };
        let sheet = self.workbook.worksheet_from_index(*index).map_err(trouble)?;
        for (column, cell) in (0..).zip(cells) {
            put(sheet, (*row, column), cell, &self.looks)?;
        }
        *row += 1;
        Ok(())
    }
}

/// Words are always a string cell, so that a name that begins with `=` is no formula.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    looks: &Looks,
) -> Result<(), TillError> {
    match cell {
        Cell::Empty => Ok(sheet),
        Cell::Words(text) => sheet.write_string(row, column, text),
        Cell::Money(amount) => sheet.write_number_with_format(row, column, shillings(*amount)?, &looks.money),
        Cell::Count(count) => sheet.write_number(row, column, *count),
        Cell::Moment(at) => {
            let text = at
                .with_timezone(&east_africa())
                .format("%Y-%m-%dT%H:%M:%S")
                .to_string();
            let moment = ExcelDateTime::parse_from_str(&text).map_err(trouble)?;
            sheet.write_datetime_with_format(row, column, &moment, &looks.moment)
        }
    }
    .map(drop)
    .map_err(trouble)
}

/// A workbook's numbers are binary fractions: the one that is nearest to the amount, as its decimal text is read.
fn shillings(amount: Money) -> Result<f64, TillError> {
    amount
        .to_string()
        .replace(',', "")
        .parse()
        .map_err(TillError::internal)
}

fn trouble(error: XlsxError) -> TillError {
    TillError::internal(error)
}
