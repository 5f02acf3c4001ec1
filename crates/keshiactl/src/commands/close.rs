//! `z`: the slip of a day's close, as text, as a file, or on paper.

use receipts::{pdf, text};
use serde::Serialize;
use till::driver::{Clock as _, SystemClock};
use till::{Code, TillError};

use super::slips;
use crate::cli::{Close, Global};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::Out;

#[derive(Serialize)]
struct Written {
    /// `null` for the open day.
    number: Option<u32>,
    text: String,
    printed: bool,
}

/// Makes it from the book; asks nobody but the printer.
///
/// # Errors
/// [`Code::NotFound`], [`Code::NoPrinter`], what keeps the printer from printing, or a file that cannot be written.
pub(super) fn run(asked: &Close, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let play = book.is_play();
    let (mut engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let number = if asked.open {
        None
    } else {
        Some(match asked.number {
            Some(number) => number,
            None => newest(&engine.closes(1, now)?)?,
        })
    };
    let document = engine.close_paper(number, play, now)?;
    let title = number.map_or_else(|| "X".to_owned(), |number| format!("Z {number}"));
    let quiet = slips::files(
        &asked.made,
        &document,
        &engine.printing()?,
        (pdf::Sheet::A4, &title),
    )?;
    if asked.made.print {
        let ((), _) = engine.print_close(number, play, now)?;
        slips::print(&mut engine, play)?;
    }
    let written = Written {
        number,
        text: text::render(&document),
        printed: asked.made.print,
    };
    out.tell(
        if quiet { "" } else { written.text.trim_end() },
        "close",
        &written,
    );
    Ok(Exit::Done)
}

fn newest(closes: &[till::view::ZView]) -> Result<u32, TillError> {
    closes.first().map(|z| z.number).ok_or_else(|| {
        TillError::new(
            Code::NotFound,
            "No day was closed yet. `keshiactl z --open` shows the open one.",
        )
    })
}
