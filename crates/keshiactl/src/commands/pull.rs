//! `pull`: reads Safaricom's list of payments now, to its end.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::driver::{Clock as _, Daraja as _, SystemClock};
use till::engine::{Effect, PullPage, PullWord, PulledRow};
use till::store::money_in::{self, Grade};
use till::store::{Store, sale};
use till::view::Why;
use till::{Code, Money, ReceiptNumber, TillError};

use crate::cli::Global;
use crate::failure::Exit;
use crate::open::{self, Book, ByHand};
use crate::print::{Out, ksh};
use crate::reason_words;
use crate::sale_line::why_words;

/// One payment of the list, and what it is in the book.
#[derive(Serialize)]
struct Payment {
    receipt: ReceiptNumber,
    amount: Money,
    at: DateTime<Utc>,
    digits: Option<String>,
    /// The list had not shown it to this book before.
    new: bool,
    /// The reference of the sale that it pays.
    pays: Option<String>,
    why: Option<Why>,
}

#[derive(Serialize)]
struct Read {
    payments: usize,
    new: usize,
    /// Two readings agreed to the end.
    whole: bool,
    /// Up to when every payment was seen.
    seen_to: Option<DateTime<Utc>>,
}

/// Reads the list and books what it brings. Sends no prompt and asks about none.
///
/// # Errors
/// [`Code::NotAllowed`] where the list is not switched on, or why it could not be read. What came before is
/// booked then.
pub(super) fn run(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    if !book.reads_list() {
        return Err(not_offered());
    }
    let connected = book.connect()?;
    open::runtime()?.block_on(async {
        // The answer's date tells how far the two clocks are apart.
        connected
            .client
            .token()
            .await
            .map_err(|not_sent| reason_words::not_sent(&not_sent))?;
        let mut reader = book.by_hand(connected)?;
        let done = read(&mut reader, out).await;
        reader.close();
        done
    })
}

async fn read(reader: &mut ByHand, out: &Out) -> Result<Exit, TillError> {
    let clock = SystemClock::default();
    let ByHand { engine, port, .. } = reader;
    if let Some(skew_s) = port.skew_s() {
        engine.skew_heard(skew_s, clock.now());
    }
    let mut effects = engine.pull_now(clock.now());
    let mut seen = BTreeSet::new();
    let mut last = PullWord::NoAnswer;
    let mut new = 0;
    while let Some(page) = page_of(&effects) {
        let pulled = port.pull(page).await;
        last = pulled.word.clone();
        let rows: Vec<PulledRow> = match &last {
            PullWord::Page { rows, .. } => rows.iter().filter(|row| row.money_in).cloned().collect(),
            PullWord::NothingFound | PullWord::NotOffered | PullWord::NoAnswer => Vec::new(),
        };
        let mut fresh = Vec::new();
        for row in rows {
            if seen.insert(row.receipt.clone()) {
                let known = money_in::get(engine.store().read(), &row.receipt)?;
                fresh.push((row, known.is_none_or(|known| known.grade < Grade::Pull as u8)));
            }
        }
        effects = engine.pulled(page, pulled, clock.now())?;
        for (row, is_new) in fresh {
            new += usize::from(is_new);
            if let Some(payment) = payment(engine.store(), row, is_new)? {
                out.tell(&words(&payment), "payment", payment);
            }
        }
    }
    let list = engine.roll(clock.now())?.link.pull;
    let read = Read {
        payments: seen.len(),
        new,
        whole: list.read_at.is_some(),
        seen_to: list.seen_to,
    };
    end(&last, &read)?;
    let exit = if read.whole { Exit::Done } else { Exit::NotKnown };
    out.tell(&end_words(&read), "pulled", read);
    Ok(exit)
}

fn page_of(effects: &[Effect]) -> Option<PullPage> {
    effects.iter().find_map(|effect| match effect {
        Effect::Pull(page) => Some(*page),
        Effect::Prepare { .. }
        | Effect::Send(_)
        | Effect::Ask { .. }
        | Effect::Claim(_)
        | Effect::Probe
        | Effect::Announce(_) => None,
    })
}

/// What a row has become in the book.
fn payment(store: &Store, row: PulledRow, new: bool) -> Result<Option<Payment>, TillError> {
    let conn = store.read();
    let Some(booked) = money_in::get(conn, &row.receipt)? else {
        return Ok(None);
    };
    let pays = booked
        .tender_id
        .as_deref()
        .map(|tender_id| sale::name_of_tender(conn, tender_id))
        .transpose()?
        .map(|sale| sale.reference);
    Ok(Some(Payment {
        receipt: row.receipt,
        amount: booked.amount,
        at: booked.paid_at.unwrap_or(booked.at),
        digits: booked.digits,
        new,
        pays,
        why: booked.why,
    }))
}

/// A list that could not be read at all is an error, not a finding.
fn end(last: &PullWord, read: &Read) -> Result<(), TillError> {
    match last {
        PullWord::NotOffered => Err(not_offered()),
        PullWord::NoAnswer if !read.whole => Err(TillError::new(
            Code::ServerTrouble,
            "Safaricom did not give the list to its end: what came is booked; try again in a few minutes.",
        )),
        PullWord::NoAnswer | PullWord::NothingFound | PullWord::Page { .. } => Ok(()),
    }
}

fn not_offered() -> TillError {
    TillError::new(
        Code::NotAllowed,
        "Safaricom's list of payments is not switched on for this shop: run `keshiactl pull-register` first.",
    )
}

fn words(payment: &Payment) -> String {
    let new = if payment.new { "new  " } else { "     " };
    let pays = match (&payment.pays, payment.why) {
        (Some(reference), Some(why)) => format!("pays {reference}: {}", why_words(why)),
        (Some(reference), None) => format!("pays {reference}"),
        (None, _) => "pays no sale yet".to_owned(),
    };
    format!("{new}{}  {}  {pays}", payment.receipt, ksh(payment.amount))
}

fn end_words(read: &Read) -> String {
    let what = match read.payments {
        0 => "The list shows no payment of this time.".to_owned(),
        payments => format!("{payments} payments, {} of them new.", read.new),
    };
    if read.whole {
        format!("{what} It was read to its end.")
    } else {
        format!(
            "{what} Safaricom did not show its end, so this proves nothing: read it again in a few minutes."
        )
    }
}
