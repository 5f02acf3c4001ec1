//! `witnesses`: who said what about one sale.

use serde::Serialize;
use till::TillError;
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::view::WitnessView;

use crate::cli::{Global, Witnesses};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};
use crate::sale_line::{SaleLine, named};

#[derive(Serialize)]
struct Heard<'a> {
    #[serde(flatten)]
    sale: &'a SaleLine,
    witnesses: usize,
}

/// Prints every statement, oldest first, then the sale. Asks nobody.
///
/// # Errors
/// [`till::Code::NotFound`] for a sale that is not in this book, or what kept the book from opening.
pub(super) fn run(witnesses: &Witnesses, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (engine, _lock) = Book::open(global)?.engine()?;
    let sale = named(&engine, &witnesses.sale, SystemClock::default().now())?;
    let said = engine.witnesses(&sale.id)?;
    for witness in &said {
        out.tell(&words(witness), "witness", witness);
    }
    let line = SaleLine::of(&sale);
    let heard = Heard {
        sale: &line,
        witnesses: said.len(),
    };
    let nobody = if said.is_empty() {
        "\nNobody has said anything about it: cash needs no witness."
    } else {
        ""
    };
    out.tell(&format!("{}{nobody}", line.words()), "sale", heard);
    Ok(Exit::Done)
}

fn words(witness: &WitnessView) -> String {
    let at = witness.at.with_timezone(&east_africa()).format("%d.%m. %H:%M:%S");
    let about = [
        witness
            .receipt
            .as_ref()
            .map(|receipt| receipt.as_str().to_owned()),
        witness.amount.map(ksh),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    format!(
        "{at}  {:<20} {}  {}",
        witness.told_by,
        witness.word,
        about.join("  ")
    )
}
