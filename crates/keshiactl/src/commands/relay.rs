//! `relay`: pairs this counter with a relay, says how it stands, lets another counter in, or ends it.

use std::io::Read as _;

use relay_wire::Pairing;
use serde::Serialize;
use till::driver::{Clock as _, RelayClient, SystemClock};
use till::engine::Sharing;
use till::store::chain;
use till::{Code, TillError};

use crate::cli::{Global, RelayAct};
use crate::failure::{Exit, internal};
use crate::open::{self, Book};
use crate::print::Out;

#[derive(Serialize)]
struct Paired<'a> {
    address: &'a str,
    counter: char,
    confirmation: &'a str,
    validation: &'a str,
    /// For `KESHIA_RELAY`, where no key store keeps it.
    #[serde(skip_serializing_if = "Option::is_none")]
    keys: Option<&'a str>,
}

#[derive(Serialize)]
struct Status<'a> {
    address: Option<&'a str>,
    sharing: Sharing,
    cursor: Option<String>,
    strange: u64,
    set_aside: u64,
    missed: u64,
    open_claims: usize,
}

#[derive(Serialize)]
struct Line<'a> {
    line: &'a str,
    expires_ms: i64,
}

/// Does what was asked.
///
/// # Errors
/// What the relay says, [`Code::AddressInvalid`] for no pairing line, [`Code::NotConnected`] without a relay, or
/// the disk's trouble.
pub(super) fn run(act: RelayAct, global: &Global, out: &Out) -> Result<Exit, TillError> {
    match act {
        RelayAct::Pair { line } => pair(&line, global, out),
        RelayAct::Status => status(global, out),
        RelayAct::GoOn => go_on(global, out),
        RelayAct::PairCounter => pair_counter(global, out),
        RelayAct::Unpair => unpair(global, out),
    }
}

fn pair(line: &str, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let line = read(line)?;
    let mut book = Book::open(global)?;
    let name = if book.shop.name.is_empty() {
        "Keshia"
    } else {
        &book.shop.name
    };
    let paired = open::runtime()?.block_on(RelayClient::pair(&line, name))?;
    book.shop.relay = Some(paired.address.clone());
    book.shop.counter = paired.answer.letter;
    if line.secret.is_some() {
        book.shop.sharing = Sharing::Claims;
    }
    let kept = book.keep_relay(&paired.keys)?;
    book.shop.save(&mut book.store)?;
    let (mut engine, _lock) = book.engine()?;
    engine.relay_begins(paired.answer.cursor)?;
    let client = RelayClient::new(paired.address.clone(), paired.keys.clone())?;
    let (confirmation, validation) = client.c2b_addresses();
    let secret = paired.keys.to_secret();
    let keys = (!kept).then(|| secret.expose());
    let nobody = keys.map_or_else(String::new, |keys| {
        format!("\nNo key store answers here: start Keshia with KESHIA_RELAY set to\n  {keys}")
    });
    let words = format!(
        "This is counter {} of {} now. Results of prompts come through the relay from the next prompt on.\n\
         For customers who pay by themselves, register these with `keshiactl register-urls`:\n  {confirmation}\n  {validation}{nobody}",
        paired.answer.letter, paired.answer.shop_name
    );
    let told = Paired {
        address: &paired.address.address,
        counter: paired.answer.letter,
        confirmation: &confirmation,
        validation: &validation,
        keys,
    };
    out.tell(&words, "relay_paired", told);
    Ok(Exit::Done)
}

/// The line itself, or standard input for `-`: a line in the arguments can be read by whoever lists processes.
fn read(line: &str) -> Result<Pairing, TillError> {
    let mut text = line.to_owned();
    if line == "-" {
        text.clear();
        std::io::stdin()
            .take(4096)
            .read_to_string(&mut text)
            .map_err(internal)?;
    }
    text.parse().map_err(|_| {
        TillError::new(
            Code::AddressInvalid,
            "This is no pairing line: copy all of it, from keshia-pair on.",
        )
    })
}

fn status(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let address = book.shop.relay.clone();
    let (engine, _lock) = book.engine()?;
    let place = engine.relay_place()?;
    let told = Status {
        address: address.as_ref().map(|relay| relay.address.as_str()),
        sharing: engine.sharing(),
        cursor: place.cursor.map(|cursor| cursor.to_string()),
        strange: place.strange,
        set_aside: place.set_aside,
        missed: place.missed,
        open_claims: engine.open_claims()?.len(),
    };
    let words = match told.address {
        None => "This counter has no relay.".to_owned(),
        Some(address) => format!(
            "Relay {address}: read to {}. Posts that fit nothing of this shop {}, set aside {}, not kept long enough {}, payments asked for {}.",
            told.cursor.as_deref().unwrap_or("nothing yet"),
            told.strange,
            told.set_aside,
            told.missed,
            told.open_claims
        ),
    };
    out.tell(&words, "relay", told);
    Ok(Exit::Done)
}

fn go_on(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let client = book.relay()?.ok_or_else(no_relay)?;
    let (mut engine, _lock) = book.engine()?;
    let runtime = open::runtime()?;
    let cursor = engine.relay_place()?.cursor;
    let chain = chain::newest(engine.store().read())?;
    let seen = runtime
        .block_on(client.seen(cursor, chain))
        .map_err(TillError::from)?;
    let after = match &seen {
        Some(seen) => engine.chain_after_restore(seen)?,
        None => None,
    };
    let Some((seen, after)) = seen.zip(after) else {
        out.tell(
            "The relay has seen nothing that is not in this book.",
            "relay_went_on",
            (),
        );
        return Ok(Exit::Done);
    };
    runtime.block_on(client.begin_anew(cursor, after))?;
    engine.relay_went_on(&seen, SystemClock::default().now())?;
    let words = format!(
        "The relay goes on with this book. It had seen {} rows of the one before, and remembers their end.",
        seen.rows
    );
    out.tell(&words, "relay_went_on", seen);
    Ok(Exit::Done)
}

fn pair_counter(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let mut book = Book::open(global)?;
    let client = book.relay()?.ok_or_else(no_relay)?;
    let (line, made) = open::runtime()?
        .block_on(client.pairing_line())
        .map_err(TillError::from)?;
    // Another counter may book what comes from now on: nothing is booked without asking.
    book.shop.sharing = Sharing::Claims;
    book.shop.save(&mut book.store)?;
    let line = line.to_string();
    let words = format!(
        "On the other counter, within ten minutes (it holds the shop's secret, show it to nobody):\n  {line}"
    );
    let told = Line {
        line: &line,
        expires_ms: made.expires_ms,
    };
    out.tell(&words, "pairing_line", told);
    Ok(Exit::Done)
}

fn unpair(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let mut book = Book::open(global)?;
    if book.shop.relay.take().is_none() {
        return Err(no_relay());
    }
    if book.shop.sharing == Sharing::Claims {
        book.shop.sharing = Sharing::OwnOnly;
    }
    book.forget_relay();
    book.shop.save(&mut book.store)?;
    out.tell("This counter has no relay any more.", "relay_unpaired", ());
    Ok(Exit::Done)
}

fn no_relay() -> TillError {
    TillError::new(
        Code::NotConnected,
        "This counter has no relay: pair it with `keshiactl relay pair LINE`.",
    )
}
