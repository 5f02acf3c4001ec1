//! `log`: what Keshia said to Safaricom, and what it heard.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;

use serde::Serialize;
use till::clock::{east_africa, shop_day};
use till::driver::{Clock as _, SystemClock};
use till::interactions::{
    ExportHeader, Interaction, InteractionAnswer, InteractionKind, Interactions, Usage,
};
use till::shop::Shop;
use till::{Code, TillError};

use crate::cli::{Global, Log};
use crate::failure::Exit;
use crate::open;
use crate::print::Out;
use crate::reason_words::why;

#[derive(Serialize)]
struct Shown {
    shown: usize,
    file: String,
}

#[derive(Serialize)]
struct Exported {
    file: String,
}

#[derive(Serialize)]
struct Day {
    day: String,
    #[serde(flatten)]
    usage: Usage,
}

/// Prints the newest requests, exports all, or says what a day cost of the network. Asks nobody and, in
/// a book that tells nobody apart, needs no lock: the window may be open.
///
/// # Errors
/// [`Code::NotFound`] when nothing was ever asked here, or the disk's trouble.
pub(super) fn run(flags: &Log, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (folder, kind, _) = open::backups(global, None)?;
    let path = folder.interactions(kind);
    if !path.exists() {
        return Err(TillError::new(
            Code::NotFound,
            "Keshia has not spoken with Safaricom here yet: there is nothing to show.",
        ));
    }
    open::ask_of(&folder, kind, global)?;
    let log = Interactions::open(&path)?;
    if let Some(file) = &flags.export {
        export(&log, Shop::peek(&folder.database(kind)).as_ref(), file, out)
    } else if flags.usage {
        usage(&log, flags, out)
    } else {
        list(&log, flags, out)
    }
}

fn list(log: &Interactions, flags: &Log, out: &Out) -> Result<Exit, TillError> {
    let mut rows = log.recent(flags.limit, flags.before)?;
    // As a terminal is read: the newest at the bottom.
    rows.reverse();
    for row in &rows {
        out.tell(&words(row), "interaction", row);
    }
    let shown = Shown {
        shown: rows.len(),
        file: log.path().display().to_string(),
    };
    let none = if rows.is_empty() { "Nothing to show." } else { "" };
    out.tell(none, "log", shown);
    Ok(Exit::Done)
}

fn export(log: &Interactions, shop: Option<&Shop>, file: &Path, out: &Out) -> Result<Exit, TillError> {
    let trouble = |error: std::io::Error| {
        TillError::new(
            Code::DiskError,
            format!("{} cannot be written: {error}.", file.display()),
        )
    };
    let header = ExportHeader::of(shop, env!("CARGO_PKG_VERSION"), SystemClock::default().now().utc);
    let mut to = BufWriter::new(File::create(file).map_err(trouble)?);
    log.export(&mut to, &header)?;
    to.flush().map_err(trouble)?;
    let file = file.display().to_string();
    let words = format!(
        "Written to {file}: without keys and names, of phones the last three digits. It may be sent to Safaricom's support."
    );
    out.tell(&words, "exported", Exported { file });
    Ok(Exit::Done)
}

fn usage(log: &Interactions, flags: &Log, out: &Out) -> Result<Exit, TillError> {
    let day = flags
        .date
        .unwrap_or_else(|| shop_day(SystemClock::default().now().utc));
    let usage = log.usage(day)?;
    let words = format!(
        "{day}\n\
         Requests              {}\n\
         Sent                  {} bytes\n\
         Received              {} bytes\n\
         Not in the log        {}",
        usage.requests, usage.bytes_out, usage.bytes_in, usage.not_kept
    );
    let day = day.to_string();
    out.tell(&words, "usage", Day { day, usage });
    Ok(Exit::Done)
}

fn words(row: &Interaction) -> String {
    let at = row.at.with_timezone(&east_africa()).format("%d.%m. %H:%M:%S");
    let what = match row.kind {
        InteractionKind::Token => "signed in",
        InteractionKind::Push => "asked a phone",
        InteractionKind::Question => "what became of it?",
        InteractionKind::Pull => "read the payments",
        InteractionKind::Register => "gave addresses",
        InteractionKind::Simulate => "played a customer",
        InteractionKind::Other => "another request",
    };
    let answer = match &row.answer {
        InteractionAnswer::Accepted => "accepted",
        InteractionAnswer::Paid => "paid",
        InteractionAnswer::Pending => "still under way",
        InteractionAnswer::TooOften => "asked too often",
        InteractionAnswer::Refused => "refused",
        InteractionAnswer::Trouble => "Safaricom's own trouble",
        InteractionAnswer::NoAnswer => "no answer in time",
        InteractionAnswer::ConnectionLost => "the connection broke",
        InteractionAnswer::Ended { reason } | InteractionAnswer::NotSent { reason } => why(*reason),
    };
    let numbers = [row.status.map(|status| status.to_string()), row.code.clone()];
    let numbers: Vec<String> = numbers.into_iter().flatten().collect();
    format!(
        "{at}  {what:<20} {:>6} ms  {answer}  [{}]",
        row.duration_ms,
        numbers.join(" ")
    )
}
