//! `verify`: is the book as it was written?

use std::io::IsTerminal as _;

use serde::Serialize;
use till::TillError;
use till::driver::RelayClient;
use till::shop::Shop;
use till::verify::{Anchor, Parted, Progress, Sealed, Trouble, Verdict, verify};

use crate::cli::{Global, Verify};
use crate::failure::Exit;
use crate::print::Out;
use crate::{keys, open};

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    verdict: &'a Verdict,
    /// Whether the relay's memory was one of the anchors.
    relay: bool,
    /// The close that was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<Close<'a>>,
}

#[derive(Serialize)]
struct Close<'a> {
    #[serde(flatten)]
    sealed: &'a Sealed,
    #[serde(flatten)]
    parted: Parted<'a>,
}

/// Walks the whole book. Keshia may be selling.
///
/// # Errors
/// [`till::Code::NotConnected`] without a book, the disk's trouble. What is wrong with the book is no error but the
/// exit code 3.
pub(super) fn run(asked: &Verify, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (_, _, backups) = open::backups(global, None)?;
    let book = backups.book();
    if !book.exists() {
        return Err(open::not_set_up());
    }
    let sealed = asked.z.map(|number| Sealed::read(book, number)).transpose()?;
    let of_relay = if asked.no_relay {
        None
    } else {
        relays(book, global)
    };
    let relay = of_relay.is_some();
    let anchors: Vec<Anchor> = asked.anchor.iter().cloned().chain(of_relay).collect();
    let shows = std::io::stderr().is_terminal();
    let mut told = 0;
    let verdict = verify(book, &anchors, &mut |Progress { done, all }| {
        let percent = done.saturating_mul(100) / all.max(1);
        if shows && percent > told {
            told = percent;
            eprint!("\r{percent} % ");
        }
        true
    })?;
    // Nobody cancels here but by ending the program.
    let Some(verdict) = verdict else {
        return Ok(Exit::NotKnown);
    };
    let close = sealed.as_ref().map(|sealed| Close {
        sealed,
        parted: sealed.part(&verdict),
    });
    let mut said = words(&verdict, relay);
    if let Some(close) = &close {
        said = format!("{said}\n{}", close_words(close, &verdict, &asked.anchor));
    }
    let line = Line {
        verdict: &verdict,
        relay,
        close,
    };
    out.tell(&said, "verified", line);
    Ok(if verdict.is_good() {
        Exit::Done
    } else {
        Exit::NotPaid
    })
}

/// The longest chain that the relay has seen. Without internet the book is verified all the same.
fn relays(book: &std::path::Path, global: &Global) -> Option<Anchor> {
    let shop = Shop::peek(book)?;
    let address = shop.relay?;
    let keys = keys::relay(&shop.file_id, open::keyring(global)).ok()??;
    let client = RelayClient::new(address, keys).ok()?;
    let asked = open::runtime().ok()?.block_on(client.remembered(book));
    match asked {
        Ok(anchor) => anchor,
        Err(error) => {
            Out::notice(&format!("The relay's memory is no anchor now: {error}"));
            None
        }
    }
}

fn words(verdict: &Verdict, relay: bool) -> String {
    let mut lines = Vec::new();
    lines.push(if verdict.is_good() {
        format!("Nothing is wrong in {} rows.", verdict.rows)
    } else {
        format!("{} things are wrong in {} rows:", verdict.wrong, verdict.rows)
    });
    lines.extend(verdict.troubles.iter().map(|trouble| format!("  {trouble}")));
    let by = if relay {
        " (the relay, or what you gave)"
    } else {
        ""
    };
    lines.push(match (verdict.anchored, verdict.not_anchored) {
        (None, rows) => format!(
            "Not anchored: nothing outside this PC vouches for these {rows} rows. Give a printed end with --anchor ROWS:HASH."
        ),
        (Some(row), 0) => format!("Anchored to its end, row {row}{by}."),
        (Some(row), rest) => format!("Anchored up to row {row}{by}; the {rest} rows after it are not."),
    });
    for row in &verdict.restored {
        lines.push(format!("The book came back from a copy or moved at row {row}: what was sold after that copy may be missing."));
    }
    if verdict.rows > 0 {
        lines.push(format!("The next anchor: {}:{}", verdict.rows, verdict.head));
    }
    lines.join("\n")
}

fn close_words(close: &Close<'_>, verdict: &Verdict, given: &[Anchor]) -> String {
    let Sealed {
        number,
        day,
        rows,
        head,
    } = close.sealed;
    let said = close.sealed.is_confirmed(given, verdict);
    let mut lines = vec![
        format!("Close {number} of {day}. Its seal in this book is"),
        format!("  {rows}: {}", grouped(head)),
        match said {
            Some(true) => "What you gave says the same.",
            Some(false) => "What you gave says something else: this is not the book that was closed then.",
            None => "Compare it with the slip: with another seal there, this is not the book that was closed then.",
        }
        .to_owned(),
    ];
    let after = verdict.rows - rows;
    let places = [
        (format!("It covers rows 1 to {rows}"), &close.parted.covered),
        (
            format!("It says nothing of the {after} rows after it"),
            &close.parted.after,
        ),
        ("Beside the chain".to_owned(), &close.parted.beside),
    ];
    for (place, troubles) in places {
        lines.push(format!("{place}: {}", departures(troubles)));
        lines.extend(troubles.iter().map(|trouble| format!("  {trouble}")));
    }
    lines.join("\n")
}

fn departures(troubles: &[&Trouble]) -> String {
    match troubles.len() {
        0 => "nothing departs.".to_owned(),
        1 => "1 thing departs:".to_owned(),
        more => format!("{more} things depart:"),
    }
}

/// As on the slip: groups of four, in capitals.
fn grouped(head: &str) -> String {
    let letters: Vec<char> = head.to_ascii_uppercase().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}
