//! `doctor`: tries the set-up step by step, or prints the go-live list.

use std::sync::Arc;

use daraja::{C2bVersion, ResponseType};
use till::doctor::go_live::GoLive;
use till::doctor::{Finding, KeysOutcome, Mark, Outcome, Step, TillOwner, Words};
use till::driver::doctor::{Doctor, FromTheBook, Wish};
use till::driver::safaricom::Addresses;
use till::shop::PayEnvironment;
use till::{Code, TillError};

use super::register_urls;
use crate::cli::{Doctor as Flags, Global, Language, Owner};
use crate::failure::Exit;
use crate::open::{self, Book};
use crate::print::Out;

/// # Errors
/// What kept the book from opening, or the disk's trouble. What Safaricom says is a finding.
pub(super) fn run(flags: Flags, global: &Global, out: &Out) -> Result<Exit, TillError> {
    if flags.list {
        return list(&flags, global, out);
    }
    let mut book = Book::open(global)?;
    remember(&mut book, flags.owner)?;
    let connected = match book.connect() {
        Ok(connected) => connected,
        // Without keys there is nothing to run: the first step has its finding.
        Err(error) if is_about_keys(error.code) => {
            let finding = Finding::of(&Outcome::Keys(KeysOutcome::of(error.code)), None);
            tell(out, &finding, flags.language);
            return Ok(Exit::NotPaid);
        }
        Err(error) => return Err(error),
    };
    let (list, plays) = (
        book.reads_list(),
        book.environment() != Some(PayEnvironment::Production),
    );
    let wish = Wish {
        phone: flags.phone,
        addresses: flags
            .confirmation
            .zip(flags.validation)
            .map(|(confirmation, validation)| Addresses {
                confirmation,
                validation,
                unanswered: ResponseType::Completed,
                version: C2bVersion::V2,
            }),
    };
    if wish.phone.is_some() && !book.is_practice() {
        Out::notice("One shilling is really paid: type the PIN on that phone.");
    }
    if wish.addresses.is_some() && book.environment() == Some(PayEnvironment::Production) {
        Out::notice(register_urls::ONCE);
    }
    open::runtime()?.block_on(async {
        let (running, safaricom) = book.run_with(connected)?;
        let heard = Arc::new(FromTheBook(running.till.clone()));
        let doctor = Doctor::new(running.till.clone(), Ok(safaricom), heard, list, plays);
        let exit = examine(&doctor, &wish, flags.language, out).await;
        running.close().await;
        exit
    })
}

/// Every step, each told as it ends. Ctrl-C stops between the steps and within them; a prompt that is out
/// goes on, and the book knows it.
async fn examine(doctor: &Doctor, wish: &Wish, language: Language, out: &Out) -> Result<Exit, TillError> {
    let stopped = tokio::signal::ctrl_c();
    tokio::pin!(stopped);
    let mut exit = Exit::Done;
    let mut push_id = None;
    for step in Step::ALL {
        let finding = tokio::select! {
            finding = doctor.step(step, wish, push_id.clone()) => finding?,
            _ = &mut stopped => {
                Out::notice("Stopped. A prompt that was sent goes on: see `keshiactl status`.");
                return Ok(Exit::NotKnown);
            }
        };
        tell(out, &finding, language);
        exit = match (exit, finding.mark) {
            (_, Mark::Fix) | (Exit::NotPaid, _) => Exit::NotPaid,
            (_, Mark::NotKnown) | (Exit::NotKnown, _) => Exit::NotKnown,
            (Exit::Done, Mark::Good | Mark::Neutral) => Exit::Done,
        };
        push_id = push_id.or_else(|| finding.push_id.clone());
        if !finding.goes_on {
            break;
        }
    }
    Ok(exit)
}

fn tell(out: &Out, finding: &Finding, language: Language) {
    let mark = match finding.mark {
        Mark::Good => "ok  ",
        Mark::Neutral => " -  ",
        Mark::Fix => "FIX ",
        Mark::NotKnown => " ?  ",
    };
    let (title, words) = (finding.step.title(), &finding.words);
    let line = format!("{mark} {}: {}", say(language, &title), say(language, words));
    out.tell(&line, "step", finding);
}

fn list(flags: &Flags, global: &Global, out: &Out) -> Result<Exit, TillError> {
    // The list is also for shops that have no book yet, or whose window is open.
    let owner = match Book::open(global) {
        Ok(mut book) => {
            remember(&mut book, flags.owner)?;
            book.shop.till_owner
        }
        Err(error) if matches!(error.code, Code::NotConnected | Code::DatabaseInUse) => {
            flags.owner.map(TillOwner::from)
        }
        Err(error) => return Err(error),
    };
    let list = GoLive::of(owner);
    out.tell(&list.text(flags.language == Language::Sw), "go_live", &list);
    Ok(Exit::Done)
}

fn remember(book: &mut Book, owner: Option<Owner>) -> Result<(), TillError> {
    let Some(owner) = owner else {
        return Ok(());
    };
    book.shop.till_owner = Some(owner.into());
    book.shop.save(&mut book.store)
}

const fn is_about_keys(code: Code) -> bool {
    matches!(
        code,
        Code::KeysMissing | Code::Keyring | Code::NotConnected | Code::NumberInvalid | Code::NotAllowed
    )
}

fn say(language: Language, words: &Words) -> &str {
    match language {
        Language::En => &words.en,
        Language::Sw => &words.sw,
    }
}

impl From<Owner> for TillOwner {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Own => Self::Own,
            Owner::Bank => Self::Bank,
            Owner::Aggregator => Self::Aggregator,
            Owner::Pochi => Self::Pochi,
        }
    }
}
