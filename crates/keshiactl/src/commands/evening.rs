//! `evening`: the text that the owner reads on the phone.

use serde::Serialize;
use till::TillError;
use till::clock::shop_day;
use till::driver::{Clock as _, SystemClock};
use till::export::evening;

use crate::cli::{Evening, Global};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::Out;

#[derive(Serialize)]
struct Told {
    text: String,
    link: String,
}

/// Prints it, with the link that opens it in WhatsApp.
///
/// # Errors
/// Those of [`till::engine::Engine::evening`].
pub(super) fn run(asked: &Evening, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let play = book.is_play();
    let (engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let period = asked.day.period(shop_day(now.utc));
    let text = engine.evening(period, asked.language.into(), play, now)?;
    let link = evening::link(&text);
    out.tell(&format!("{text}\n\n{link}"), "evening", &Told { text, link });
    Ok(Exit::Done)
}
