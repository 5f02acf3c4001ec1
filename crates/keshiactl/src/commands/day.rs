//! `day`: the shop's day in short.

use till::TillError;
use till::clock::shop_day;
use till::driver::{Clock as _, SystemClock};

use crate::cli::{Day, Global};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};

/// Prints what the book says of one day. Asks nobody.
///
/// # Errors
/// What kept the book from opening.
pub(super) fn run(day: &Day, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    if book.is_practice() {
        Out::notice("practice: not real money");
    }
    let (engine, _lock) = book.engine()?;
    let date = day
        .date
        .unwrap_or_else(|| shop_day(SystemClock::default().now().utc));
    let view = engine.day(date)?;
    let words = format!(
        "{date}\n\
         Sales settled         {}\n\
         Taken                 {}\n\
         Cash                  {}\n\
         M-PESA, with code     {}\n\
         M-PESA, without code  {}\n\
         Refunds due           {}\n\
         To look at            {}",
        view.settled,
        ksh(view.taken),
        ksh(view.cash),
        ksh(view.mpesa_proved),
        ksh(view.mpesa_not_proved),
        ksh(view.refund_due),
        view.to_look_at,
    );
    out.tell(&words, "day", view);
    Ok(Exit::Done)
}
