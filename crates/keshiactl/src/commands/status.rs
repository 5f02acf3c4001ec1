//! `status`: asks Safaricom about one payment, or lists what is under way.

use std::time::Duration;

use chrono::Utc;
use serde::Serialize;
use till::driver::{Clock as _, SystemClock};
use till::view::SaleView;
use till::{Code, TillError};
use tokio::time::Instant;

use crate::cli::{Global, Status};
use crate::failure::Exit;
use crate::follow::{Seen, Until, follow};
use crate::open::{self, Book, Running};
use crate::print::Out;
use crate::sale_line::Explained;

/// One whole request (30 s) and the longest spacing of questions (12 s), and a little.
const PATIENCE: Duration = Duration::from_secs(45);
/// How often to look whether the answer has come: a "still waiting" changes nothing that is announced.
const LOOK_EVERY: Duration = Duration::from_millis(50);

#[derive(Serialize)]
struct UnderWay {
    payments: usize,
}

/// # Errors
/// [`Code::NotFound`], or what kept the book or the connection from opening.
pub(super) fn run(status: Status, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    match status.id {
        None => list(book, out),
        Some(id) => {
            let connected = book.connect()?;
            open::runtime()?.block_on(async {
                let running = book.run(connected)?;
                let exit = one(&running, id, status.wait, out).await;
                running.close().await;
                exit
            })
        }
    }
}

/// Lists what is under way, as written; asks nobody.
fn list(book: Book, out: &Out) -> Result<Exit, TillError> {
    let (engine, _lock) = book.engine()?;
    let closing = engine.closing(SystemClock::default().now())?;
    for sale in &closing.under_way {
        if let Some(seen) = Seen::newest(sale, None) {
            seen.explained(Explained::of(&engine, sale)?).tell(out, false);
        }
    }
    let payments = closing.under_way.len();
    let words = if payments == 0 {
        "Nothing is under way."
    } else {
        ""
    };
    out.tell(words, "under_way", UnderWay { payments });
    Ok(Exit::Done)
}

async fn one(running: &Running, id: String, wait: bool, out: &Out) -> Result<Exit, TillError> {
    let asked_from = Utc::now();
    let news = running.till.announcements();
    let first = find(running, id).await?;
    if !first.askable() {
        return Ok(first.end(out, ""));
    }
    let push_id = first.push_id().to_owned();
    // Refused only when the answer came in this very moment; then there is nothing to ask.
    let _ = running
        .till
        .call(move |engine, now| engine.ask_now(&push_id, now))
        .await;
    if wait {
        return follow(running, news, first, Until::Ended, out).await;
    }
    let limit = Instant::now() + PATIENCE;
    let mut seen = first;
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    while seen.askable() && seen.asked_at().is_none_or(|at| at < asked_from) && Instant::now() < limit {
        ticks.tick().await;
        seen = find(running, seen.push_id().to_owned()).await?;
    }
    Ok(seen.end(out, ""))
}

/// The push of this id, or the newest of the sale of this id.
async fn find(running: &Running, id: String) -> Result<Seen, TillError> {
    let (sale, id, explained) = running
        .till
        .look(move |engine, now| {
            let of_push = engine.sale_of_push(&id, now);
            let sale = if is_unknown(&of_push) {
                engine.sale(&id, now)
            } else {
                of_push
            };
            if is_unknown(&sale) {
                return Err(unknown_id());
            }
            let sale = sale?;
            let explained = Explained::of(engine, &sale)?;
            Ok((sale, id, explained))
        })
        .await?;
    let seen = seen_in(&sale, &id).ok_or_else(|| {
        TillError::new(
            Code::NotFound,
            "This sale has no prompt: there is nothing to ask about.",
        )
    })?;
    Ok(seen.explained(explained))
}

fn seen_in(sale: &SaleView, id: &str) -> Option<Seen> {
    Seen::find(sale, id, None).or_else(|| Seen::newest(sale, None))
}

fn is_unknown(found: &Result<SaleView, TillError>) -> bool {
    found.as_ref().is_err_and(|error| error.code == Code::NotFound)
}

fn unknown_id() -> TillError {
    TillError::new(
        Code::NotFound,
        "This book has no payment with this id: copy it as `keshiactl pay` printed it.",
    )
}
