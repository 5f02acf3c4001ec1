//! `receipt`: the receipt of a sale, as text, as a file, or on paper.

use std::fs;
use std::path::Path;

use receipts::{Document, Patience, Printed, escpos, paper, pdf, text, transport};
use serde::Serialize;
use till::driver::{Clock as _, SystemClock};
use till::engine::{Engine, NextPrint};
use till::receipt::Printing;
use till::{Code, TillError};

use crate::cli::{Global, Receipt};
use crate::failure::{Exit, internal};
use crate::open::Book;
use crate::print::Out;
use crate::sale_line::named;

#[derive(Serialize)]
struct Written {
    reference: String,
    text: String,
    printed: bool,
}

/// Makes it from the book; asks nobody but the printer.
///
/// # Errors
/// [`Code::NotFound`], [`Code::NotAllowed`] for a sale that is not paid, [`Code::NoPrinter`], what keeps the
/// printer from printing, or a file that cannot be written.
pub(super) fn run(asked: &Receipt, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let play = book.is_play();
    let (mut engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let sale = named(&engine, &asked.sale, now)?;
    let document = engine.receipt(&sale.id, play, now)?;
    let files = files(asked, &document, &engine.printing()?, &sale.reference)?;
    if asked.print {
        let ((), _) = engine.print_receipt(&sale.id, now)?;
        print(&mut engine, play)?;
    }
    let written = Written {
        text: text::render(&document),
        reference: sale.reference,
        printed: asked.print,
    };
    let silent = (files || asked.print) && !asked.text;
    let words = if silent { "" } else { written.text.trim_end() };
    out.tell(words, "receipt", &written);
    Ok(Exit::Done)
}

fn files(
    asked: &Receipt,
    document: &Document,
    printing: &Printing,
    reference: &str,
) -> Result<bool, TillError> {
    if let Some(file) = &asked.pdf {
        write(
            file,
            &pdf::render(document, pdf::Sheet::Slip, reference).map_err(internal)?,
        )?;
    }
    let bytes = escpos::render(document, printing.roll, printing.code_page).map_err(internal)?;
    if let Some(file) = &asked.escpos {
        write(file, &bytes)?;
    }
    if let Some(file) = &asked.png {
        let picture = paper::print(&bytes, printing.roll).picture;
        write(file, &picture.png().map_err(internal)?)?;
    }
    Ok(asked.pdf.is_some() || asked.escpos.is_some() || asked.png.is_some())
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
