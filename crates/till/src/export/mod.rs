//! A period as files for other programs and for the shelf: CSV, a workbook, and a page of A4.
//!
//! All three are made of one reading of the book at one moment, over a connection of its own, so that nobody who
//! sells waits. They appear under their names when they are whole, or not at all.

mod csv_files;
pub mod evening;
mod name;
mod page;
mod sheets;
mod words;
mod workbook;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clock::Now;
use crate::error::TillError;
use crate::files::Draft;
use crate::receipt::Language;
use crate::report::{self, Beside};
use crate::view::{DayReport, Period};

/// Which kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "ExportFormat")]
pub enum Format {
    /// One file for each table, for any program.
    Csv,
    /// A workbook with a sheet for each table (Office Open XML).
    Xlsx,
    /// A4, to print and to file.
    Pdf,
}

/// What is written, and how.
#[derive(Debug, Clone)]
pub struct Export {
    /// Which time.
    pub period: Period,
    /// Which kind of file.
    pub format: Format,
    /// The language of its words.
    pub language: Language,
    /// Whose it is.
    pub shop_name: String,
    /// This counter's letter.
    pub counter: char,
    /// Its money is not real.
    pub play: bool,
    /// What only the engine knows.
    pub beside: Beside,
}

/// How many rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// So many.
    pub done: u64,
    /// Of so many.
    pub all: u64,
}

/// Hears of the progress, and says whether to go on.
pub type GoOn<'a> = &'a mut dyn FnMut(Progress) -> bool;

/// Writes the files of the book at `book` into `folder`; the paths of what was written, or `None` when `go_on` said no.
/// Then, and after an error, the folder is as it was.
///
/// # Errors
/// [`crate::Code::NotFound`] for a close that there is not, or the disk's trouble.
pub fn write(
    export: &Export,
    book: &Path,
    folder: &Path,
    now: Now,
    go_on: GoOn<'_>,
) -> Result<Option<Vec<PathBuf>>, TillError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(book, flags)?;
    let moment = conn.transaction()?;
    let report = report::day(&moment, export.period, export.beside.clone(), now)?;
    let drafts = match export.format {
        Format::Csv => csv_files::write(&moment, export, &report, folder, go_on)?,
        Format::Xlsx => workbook::write(&moment, export, &report, folder, go_on)?,
        Format::Pdf => page::write(&moment, export, &report, folder, go_on)?,
    };
    let Some(drafts) = drafts else {
        return Ok(None);
    };
    drafts
        .into_iter()
        .map(Draft::finish)
        .collect::<Result<_, _>>()
        .map(Some)
}

/// What was not stopped: files that wait for their names.
type Drafts = Option<Vec<Draft>>;

/// The name of the period's files, without its end.
fn stem(export: &Export, report: &DayReport) -> String {
    name::of(export.period, report, export.language)
}
