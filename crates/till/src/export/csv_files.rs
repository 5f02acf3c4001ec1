//! Comma separated values (RFC 4180), one file for each table.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use rusqlite::Connection;

use super::sheets::{self, Cell, Tables};
use super::{Drafts, Export, GoOn, stem};
use crate::clock::east_africa;
use crate::error::TillError;
use crate::files::{Draft, io_trouble};
use crate::view::DayReport;

/// Excel takes a file without it for one in the PC's own code page, and names come out wrong.
const MARK: &[u8] = b"\xEF\xBB\xBF";

pub(super) fn write(
    conn: &Connection,
    export: &Export,
    report: &DayReport,
    folder: &Path,
    go_on: GoOn<'_>,
) -> Result<Drafts, TillError> {
    let mut files = Files {
        folder,
        stem: stem(export, report),
        done: Vec::new(),
        open: None,
    };
    if !sheets::all(conn, export, report, &mut files, go_on)? {
        return Ok(None);
    }
    files.close()?;
    Ok(Some(files.done))
}

struct Files<'a> {
    folder: &'a Path,
    stem: String,
    done: Vec<Draft>,
    open: Option<(csv::Writer<BufWriter<File>>, Draft)>,
}

impl Files<'_> {
    fn close(&mut self) -> Result<(), TillError> {
        if let Some((mut writer, draft)) = self.open.take() {
            writer.flush().map_err(|error| io_trouble(draft.path(), &error))?;
            self.done.push(draft);
        }
        Ok(())
    }

    fn record<S: AsRef<[u8]>>(&mut self, fields: impl IntoIterator<Item = S>) -> Result<(), TillError> {
        let Some((writer, draft)) = &mut self.open else {
            return Err(TillError::internal("a row without a table"));
        };
        writer
            .write_record(fields)
            .map_err(|error| io_trouble(draft.path(), &error.into()))
    }
}

impl Tables for Files<'_> {
    fn table(&mut self, title: &str, head: &[&str]) -> Result<(), TillError> {
        self.close()?;
        let name = format!("{} {}.csv", self.stem, title.to_lowercase());
        let draft = Draft::new(self.folder, &name)?;
        let mut file = draft.file()?;
        file.write_all(MARK)
            .map_err(|error| io_trouble(draft.path(), &error))?;
        self.open = Some((csv::Writer::from_writer(BufWriter::new(file)), draft));
        self.record(head)
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), TillError> {
        self.record(cells.iter().map(field))
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Words(text) => harmless(text),
        Cell::Money(amount) => amount.to_string().replace(',', ""),
        Cell::Count(count) => count.to_string(),
        Cell::Moment(at) => at
            .with_timezone(&east_africa())
            .format("%Y-%m-%d %H:%M:%S")
            .to_string(),
    }
}

/// Words that a spreadsheet would take for a formula get an apostrophe before them (OWASP, "CSV Injection"): a
/// person's name must command nothing.
fn harmless(text: &str) -> String {
    let commands = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if commands {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_commands_nothing() {
        for bad in ["=1+1", "+254", "-Njeri", "@SUM(A1)", "\t=1", "\r=1"] {
            assert_eq!(field(&Cell::Words(bad.into())), format!("'{bad}"), "{bad:?}");
        }
        assert_eq!(
            field(&Cell::Words("Njeri = boss".into())),
            "Njeri = boss",
            "inside it is text"
        );
        let short = crate::money::Money::from_cents(-5_050).unwrap_or(crate::money::Money::ZERO);
        assert_eq!(
            field(&Cell::Money(short)),
            "-50.50",
            "a figure below zero stays one"
        );
    }
}
