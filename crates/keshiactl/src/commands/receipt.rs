//! `receipt`: the receipt of a sale, as text, as a file, or on paper.

use receipts::{pdf, text};
use serde::Serialize;
use till::TillError;
use till::driver::{Clock as _, SystemClock};

use super::slips;
use crate::cli::{Global, Receipt};
use crate::failure::Exit;
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
/// [`till::Code::NotFound`], [`till::Code::NotAllowed`] for a sale that is not paid, [`till::Code::NoPrinter`], what
/// keeps the printer from printing, or a file that cannot be written.
pub(super) fn run(asked: &Receipt, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let play = book.is_play();
    let (mut engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let sale = named(&engine, &asked.sale, now)?;
    let document = engine.receipt(&sale.id, play, now)?;
    let sheet = (pdf::Sheet::Slip, sale.reference.as_str());
    let quiet = slips::files(&asked.made, &document, &engine.printing()?, sheet)?;
    if asked.made.print {
        let ((), _) = engine.print_receipt(&sale.id, now)?;
        slips::print(&mut engine, play)?;
    }
    let written = Written {
        text: text::render(&document),
        reference: sale.reference,
        printed: asked.made.print,
    };
    out.tell(
        if quiet { "" } else { written.text.trim_end() },
        "receipt",
        &written,
    );
    Ok(Exit::Done)
}
