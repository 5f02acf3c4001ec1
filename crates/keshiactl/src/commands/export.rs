//! `export`: a period as files for other programs and for the shelf.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use serde::Serialize;
use till::TillError;
use till::clock::shop_day;
use till::driver::{Clock as _, SystemClock};
use till::export::{self, Progress};

use crate::cli::{Export, Global};
use crate::failure::Exit;
use crate::open::{self, Book};
use crate::print::Out;

#[derive(Serialize)]
struct Written {
    files: Vec<PathBuf>,
}

/// Writes them, into the folder that was chosen unless another is named.
///
/// # Errors
/// Those of [`till::engine::Engine::export`] and [`export::write`].
pub(super) fn run(asked: &Export, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let play = book.is_play();
    let (engine, _lock) = book.engine()?;
    let now = SystemClock::default().now();
    let period = asked.day.period(shop_day(now.utc));
    let wanted = engine.export(period, asked.format.into(), asked.language.into(), play, now)?;
    let (data, _, backups) = open::backups(global, None)?;
    let folder = match &asked.folder {
        Some(folder) => folder.clone(),
        None => data.files_folder()?,
    };
    let shows = std::io::stderr().is_terminal();
    let files = export::write(&wanted, backups.book(), &folder, now, &mut |progress| {
        let Progress { done, all } = progress;
        if shows {
            eprint!("\r{} % ", done.saturating_mul(100) / all.max(1));
        }
        true
    })?;
    // Nobody stops it here but by ending the program.
    let files = files.unwrap_or_default();
    let words: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    out.tell(&words.join("\n"), "exported", &Written { files });
    Ok(Exit::Done)
}
