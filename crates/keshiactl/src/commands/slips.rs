//! What every slip becomes: files, or paper.

use std::fs;
use std::path::Path;

use receipts::{Document, Patience, Printed, escpos, paper, pdf, transport};
use till::driver::{Clock as _, SystemClock};
use till::engine::{Engine, NextPrint};
use till::receipt::Printing;
use till::{Code, TillError};

use crate::cli::Made;
use crate::failure::internal;

/// Writes the files that were asked for; whether the text need not be told besides.
///
/// # Errors
/// A file that cannot be written.
pub(super) fn files(
    asked: &Made,
    document: &Document,
    printing: &Printing,
    (sheet, title): (pdf::Sheet, &str),
) -> Result<bool, TillError> {
    if let Some(file) = &asked.pdf {
        write(file, &pdf::render(document, sheet, title).map_err(internal)?)?;
    }
    let bytes = escpos::render(document, printing.roll, printing.code_page).map_err(internal)?;
    if let Some(file) = &asked.escpos {
        write(file, &bytes)?;
    }
    if let Some(file) = &asked.png {
        let picture = paper::print(&bytes, printing.roll).picture;
        write(file, &picture.png().map_err(internal)?)?;
    }
    let elsewhere = asked.print || asked.pdf.is_some() || asked.escpos.is_some() || asked.png.is_some();
    Ok(elsewhere && !asked.text)
}

fn write(file: &Path, bytes: &[u8]) -> Result<(), TillError> {
    fs::write(file, bytes).map_err(|error| {
        TillError::new(
            Code::DiskError,
            format!("{} cannot be written: {error}.", file.display()),
        )
    })
}

/// Prints everything that waits.
///
/// # Errors
/// What kept the printer from it; what did not leave goes on waiting.
pub(super) fn print(engine: &mut Engine, play: bool) -> Result<(), TillError> {
    let clock = SystemClock::default();
    engine.printing_restarts(clock.now())?;
    while let (NextPrint::Order(order), _) = engine.next_print(play, clock.now())? {
        let printed = transport::send(&order.place, &order.bytes, Patience::default());
        engine.print_ended(order.seq, printed)?;
        told(printed)?;
    }
    Ok(())
}

/// What became of a slip, as an error when it did not come out.
///
/// # Errors
/// [`Code::NoPrinter`] with what to look at.
pub(super) fn told(printed: Printed) -> Result<(), TillError> {
    let (trouble, perhaps) = match printed {
        Printed::Yes => return Ok(()),
        Printed::No(trouble) => (trouble, false),
        Printed::Perhaps(trouble) => (trouble, true),
    };
    let saved = if perhaps {
        "The sale is saved. Look whether a slip came out."
    } else {
        "The sale is saved."
    };
    Err(TillError::new(
        Code::NoPrinter,
        format!("{} {saved}", till::receipt::trouble_words(trouble)),
    ))
}
