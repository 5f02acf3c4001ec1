//! `setup`: connects a shop.

use serde::Serialize;
use till::files::FileKind;
use till::shop::{Connection, PayEnvironment, ReceiverNumbers, Shop};
use till::{Code, TillError};

use crate::cli::{Global, Kind, Setup, Where};
use crate::failure::{Exit, Failure};
use crate::keys::{self, Kept};
use crate::open::{self, Blank};
use crate::print::Out;

#[derive(Serialize)]
struct Done<'a> {
    environment: PayEnvironment,
    receiver: &'a ReceiverNumbers,
    shop_name: &'a str,
    keys: Kept,
    folder: String,
}

/// Writes the shop into its book and its keys into the keyring; sends nothing.
///
/// # Errors
/// What is wrong with the flags or the keys (nothing was written), or the trouble of keyring or disk.
pub(super) fn run(setup: Setup, global: &Global, out: &Out) -> Result<Exit, Failure> {
    let receiver = receiver(&setup).map_err(Failure::Usage)?;
    let environment = match setup.environment {
        Where::Practice => PayEnvironment::Practice,
        Where::Sandbox => PayEnvironment::Sandbox,
        Where::Production => PayEnvironment::Production,
    };
    let typed = match environment {
        PayEnvironment::Practice => None,
        PayEnvironment::Sandbox | PayEnvironment::Production => {
            // Whatever forbids the set-up is said before somebody pastes three keys.
            open::may_set_up(environment)?;
            Some(keys::ask()?)
        }
    };
    let mut book = Blank::open(global, environment)?;
    let mut shop = match book.shop.take() {
        Some(shop) => shop,
        None => Shop::new("", open::new_file_id()?, None),
    };
    if let Some(name) = setup.name {
        shop.name = name;
    }
    let kept = match &typed {
        None => Kept::Practice,
        Some(typed) => keys::keep(typed, &shop.file_id, open::keyring(global))?,
    };
    shop.pay_number = Some(receiver.pay_number().to_owned());
    shop.connection = Some(Connection {
        environment,
        receiver: receiver.clone(),
        // Practice registers itself; a real short code is registered once, with Safaricom's consent.
        pull: environment == PayEnvironment::Practice,
    });
    shop.save(&mut book.store)?;
    choose(&book)?;

    let folder = book.folder.root().display().to_string();
    let words = format!(
        "Set up in {folder}: {}, {} {}.\n{}",
        environment_word(environment),
        if setup.kind == Kind::Paybill {
            "paybill"
        } else {
            "till"
        },
        receiver.pay_number(),
        kept_words(kept),
    );
    let done = Done {
        environment,
        receiver: &receiver,
        shop_name: &shop.name,
        keys: kept,
        folder,
    };
    out.tell(&words, "setup", done);
    if book.kind == FileKind::Practice && book.elsewhere.is_none() {
        Out::notice(
            "Start `daraja-sim`, and set KESHIA_DARAJA_URL to the address it prints for the other commands.",
        );
    }
    Ok(Exit::Done)
}

fn receiver(setup: &Setup) -> Result<ReceiverNumbers, TillError> {
    let wrong = |words: &str| Err(TillError::new(Code::NumberInvalid, words));
    match (setup.kind, &setup.till) {
        (Kind::Paybill, None) => Ok(ReceiverNumbers::Paybill {
            number: setup.shortcode.as_str().to_owned(),
        }),
        (Kind::Paybill, Some(_)) => {
            wrong("A paybill has one number only: leave out --till, or say --kind till.")
        }
        (Kind::Till, Some(till)) => Ok(ReceiverNumbers::Till {
            store: setup.shortcode.as_str().to_owned(),
            till: till.as_str().to_owned(),
        }),
        (Kind::Till, None) => wrong(
            "A till has two numbers: --shortcode is the store number, --till is the one on the sticker.",
        ),
    }
}

/// The window opens on the book that was just set up; a practice book never takes the place of another.
fn choose(book: &Blank) -> Result<(), TillError> {
    match book.kind {
        FileKind::Live => book.folder.choose(Some(FileKind::Live)),
        FileKind::Practice if book.folder.chosen().is_none() => book.folder.choose(Some(FileKind::Practice)),
        FileKind::Practice => Ok(()),
    }
}

const fn environment_word(environment: PayEnvironment) -> &'static str {
    match environment {
        PayEnvironment::Practice => "practice",
        PayEnvironment::Sandbox => "sandbox",
        PayEnvironment::Production => "production",
    }
}

fn kept_words(kept: Kept) -> String {
    let variables = "KESHIA_CONSUMER_KEY, KESHIA_CONSUMER_SECRET and KESHIA_PASSKEY";
    match kept {
        Kept::Keyring => "The keys are in the system keyring.".to_owned(),
        Kept::Practice => "The keys are the simulator's own.".to_owned(),
        Kept::Environment => format!("No keyring answers, so keshiactl reads {variables} each time."),
        Kept::Nowhere => format!("No keyring answers, so the keys were not kept: set {variables} each time."),
    }
}
