//! `customer`: who may pay later, and what they owe.

use std::path::Path;

use receipts::{pdf, text};
use serde::Serialize;
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::engine::{CreditInput, CustomerInput, Engine};
use till::store::customer::{self, CustomerRow};
use till::view::{DebtLineKind, DebtLineView, KnownCustomer};
use till::{Code, Money, Msisdn, Now, TillError};

use super::slips;
use crate::cli::customer::{AddCustomer, Credit, CustomerAct};
use crate::cli::{Global, Made};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};
use crate::sale_line::SaleLine;

#[derive(Serialize)]
struct Paid {
    owed: Money,
    #[serde(flatten)]
    sale: SaleLine,
}

#[derive(Serialize)]
struct Erased {
    id: String,
}

#[derive(Serialize)]
struct Kept {
    text: String,
}

#[derive(Serialize)]
struct Counted {
    customers: usize,
}

/// Lists them, or does what is asked. Asks nobody outside.
///
/// # Errors
/// [`Code::NotFound`] and [`Code::NotAllowed`] when the name fits nobody or several, those of the engine, or what kept
/// the book from opening.
pub(super) fn run(act: CustomerAct, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let book = Book::open(global)?;
    let play = book.is_play();
    let (mut engine, _lock) = book.engine()?;
    let engine = &mut engine;
    let now = SystemClock::default().now();
    match act {
        CustomerAct::List => list(engine, now, out)?,
        CustomerAct::Add(new) => {
            let known = add(engine, new, now)?;
            out.tell(&words(&known), "customer", &known);
        }
        CustomerAct::Show { who } => show(engine, &who, now, out)?,
        CustomerAct::Statement { who, made } => statement(engine, (&who, &made), play, now, out)?,
        CustomerAct::Credit(credit) => give(engine, credit, now, out)?,
        CustomerAct::Pay { who, amount } => {
            let id = named(engine, &who)?.id;
            let (begun, _) = engine.pay_off(&id, amount, now)?;
            let (taken, _) = engine.take_cash(Some(&begun.id), amount, amount, now)?;
            told(engine, &id, SaleLine::of(&taken.sale), out)?;
        }
        CustomerAct::WriteOff { who, amount, reason } => {
            let id = named(engine, &who)?.id;
            let known = engine.write_off(&id, amount, &reason, now)?;
            out.tell(&words(&known), "customer", &known);
        }
        CustomerAct::Export { who, file } => export(engine, &who, file.as_deref(), now, out)?,
        CustomerAct::Delete { who, yes: _ } => {
            let id = named(engine, &who)?.id;
            engine.erase_customer(&id, now)?;
            let words = "Erased. The sums, the sales and the chain are as they were.";
            out.tell(words, "erased", Erased { id });
        }
    }
    Ok(Exit::Done)
}

fn list(engine: &mut Engine, now: Now, out: &Out) -> Result<(), TillError> {
    let all = engine.customers(now)?;
    for known in &all {
        out.tell(&words(known), "customer", known);
    }
    let customers = all.len();
    let none = "No customers yet: keshiactl customer add NAME --phone PHONE --limit KSH --agreed";
    out.tell(
        if customers == 0 { none } else { "" },
        "customers",
        Counted { customers },
    );
    Ok(())
}

fn add(engine: &mut Engine, new: AddCustomer, now: Now) -> Result<KnownCustomer, TillError> {
    let input = CustomerInput {
        name: new.name,
        phone: Some(new.phone),
        limit: new.limit,
    };
    engine.add_customer(&input, new.agreed, now)
}

fn show(engine: &mut Engine, who: &str, now: Now, out: &Out) -> Result<(), TillError> {
    let id = named(engine, who)?.id;
    let told = engine.debt_statement(&id, now)?;
    let mut lines = vec![words(&told.customer)];
    lines.extend(told.lines.iter().map(line_words));
    out.tell(&lines.join("\n"), "debt_statement", &told);
    Ok(())
}

fn statement(
    engine: &mut Engine,
    (who, made): (&str, &Made),
    play: bool,
    now: Now,
    out: &Out,
) -> Result<(), TillError> {
    let id = named(engine, who)?.id;
    let slip = engine.statement_paper(&id, play, now)?;
    let shop = engine.shop_name()?;
    let quiet = slips::files(made, &slip, &engine.printing()?, (pdf::Sheet::A4, &shop))?;
    if made.print {
        let ((), _) = engine.print_statement(&id, play, now)?;
        slips::print(engine, play)?;
    }
    let text = text::render(&slip);
    out.tell(
        if quiet { "" } else { text.trim_end() },
        "statement",
        Kept { text: text.clone() },
    );
    Ok(())
}

fn give(engine: &mut Engine, credit: Credit, now: Now, out: &Out) -> Result<(), TillError> {
    let id = named(engine, &credit.who)?.id;
    let input = CreditInput {
        sale_id: None,
        amount: credit.amount,
        customer_id: id.clone(),
        part: None,
        reason: credit.reason,
    };
    let (sale, _) = engine.give_credit(&input, now)?;
    told(engine, &id, SaleLine::of(&sale), out)
}

fn export(engine: &mut Engine, who: &str, file: Option<&Path>, now: Now, out: &Out) -> Result<(), TillError> {
    let id = named(engine, who)?.id;
    let text = engine.personal_data(&id, now)?;
    let words = match file {
        None => text.trim_end().to_owned(),
        Some(file) => {
            std::fs::write(file, &text).map_err(|error| {
                TillError::new(
                    Code::DiskError,
                    format!("{} cannot be written: {error}.", file.display()),
                )
            })?;
            format!("All that is kept stands in {}.", file.display())
        }
    };
    out.tell(&words, "personal_data", Kept { text });
    Ok(())
}

fn told(engine: &Engine, id: &str, sale: SaleLine, out: &Out) -> Result<(), TillError> {
    let owed = till::store::debt::balance(engine.store().read(), id)?;
    let words = format!("{}. {} is owed now.", sale.words(), ksh(owed));
    out.tell(&words, "debt", Paid { owed, sale });
    Ok(())
}

/// The customer that somebody names, in one of the ways in which people name one.
fn named(engine: &Engine, who: &str) -> Result<CustomerRow, TillError> {
    let phone = Msisdn::parse(who).ok();
    let mut fits: Vec<CustomerRow> = customer::all(engine.store().read())?
        .into_iter()
        .filter(|row| {
            row.id == who
                || row.phone.last3() == who
                || phone.as_ref() == Some(&row.phone)
                || row.name.to_lowercase() == who.trim().to_lowercase()
        })
        .collect();
    match (fits.pop(), fits.len()) {
        (Some(only), 0) => Ok(only),
        (Some(_), _) => Err(TillError::new(
            Code::NotAllowed,
            format!("Several customers fit {who}: type the whole phone number."),
        )),
        (None, _) => Err(TillError::new(
            Code::NotFound,
            format!("No customer is called {who}: `keshiactl customer list` names them."),
        )),
    }
}

fn words(known: &KnownCustomer) -> String {
    format!(
        "{:<24} {}  owes {}, at most {}",
        known.name,
        known.phone_masked,
        ksh(known.owed),
        ksh(known.limit)
    )
}

fn line_words(line: &DebtLineView) -> String {
    let at = line.at.with_timezone(&east_africa()).format("%d.%m.%Y %H:%M");
    let kind = match line.kind {
        DebtLineKind::Given => "on credit",
        DebtLineKind::GivenUp => "given up",
        DebtLineKind::Refunded => "refunded",
        DebtLineKind::PaidOff => "paid off",
        DebtLineKind::OwedAgain => "owed again",
        DebtLineKind::WrittenOff => "written off",
    };
    let why = line
        .reason
        .as_deref()
        .map(|text| format!("  {text}"))
        .unwrap_or_default();
    format!(
        "{at}  {kind:<12} {:<13} {:>12}  {:>12}{why}",
        line.reference.as_deref().unwrap_or_default(),
        line.amount.to_string(),
        line.balance.to_string()
    )
}
