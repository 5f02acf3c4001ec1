//! `pay`: asks a phone for money.

use till::TillError;
use till::engine::PushInput;
use till::push::PushIntent;

use crate::cli::{Global, Pay};
use crate::failure::{Exit, internal};
use crate::follow::{Seen, Until, follow};
use crate::open::{self, Book, Running};
use crate::print::Out;

/// Writes a sale, sends its prompt once, and follows it.
///
/// # Errors
/// [`till::Code::PushLive`] while a prompt may still be alive on the phone, or what kept the book or the
/// connection from opening. Nothing was sent then.
pub(super) fn run(pay: Pay, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let connected = book.connect()?;
    let until = if pay.wait { Until::Ended } else { Until::Answered };
    let input = PushInput {
        sale_id: None,
        amount: pay.amount.money(),
        msisdn: pay.phone,
        intent: PushIntent::Ordinary,
        reference: pay.reference,
    };
    open::runtime()?.block_on(async {
        let running = book.run(connected)?;
        let exit = send(&running, input, until, out).await;
        running.close().await;
        exit
    })
}

async fn send(running: &Running, input: PushInput, until: Until, out: &Out) -> Result<Exit, TillError> {
    let news = running.till.announcements();
    let reference = input.reference.clone();
    let sale = running
        .till
        .call(move |engine, now| engine.start_push(input, now))
        .await?;
    let first =
        Seen::newest(&sale, reference.as_deref()).ok_or_else(|| internal("a sale without its push"))?;
    follow(running, news, first, until, out).await
}
