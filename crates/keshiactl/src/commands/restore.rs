//! `restore`: puts a copy in the place of the book.

use std::io::{BufRead as _, IsTerminal as _};

use chrono::{DateTime, Utc};
use daraja::Secret;
use serde::Serialize;
use till::backup::{Backups, Restored, label};
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::secrets::SecretName;
use till::{Code, TillError};

use crate::cli::{Global, Restore};
use crate::failure::Exit;
use crate::print::Out;
use crate::{keys, open};

#[derive(Serialize)]
struct Done {
    file: String,
    book: String,
    replaced: Option<String>,
    sales: u64,
    newest_sale: Option<DateTime<Utc>>,
    incarnation: String,
    keys: Kept,
}

/// What became of keys that travelled with the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kept {
    /// None came along.
    None,
    /// They are in this PC's keyring.
    Keyring,
    /// They came, but no keyring took them.
    Nowhere,
}

/// The book is back whatever the keyring says.
fn kept(travelled: &[(SecretName, Secret)], file_id: &str, global: &Global) -> Kept {
    if travelled.is_empty() {
        return Kept::None;
    }
    match keys::arrived(travelled, file_id, open::keyring(global)) {
        Ok(true) => Kept::Keyring,
        Ok(false) => Kept::Nowhere,
        Err(error) => {
            Out::notice(&error.message);
            Kept::Nowhere
        }
    }
}

/// Proves the copy, puts the present book aside, and the copy in its place.
///
/// # Errors
/// [`Code::DatabaseInUse`] beside a running Keshia, what is wrong with the copy, the disk's trouble.
/// Nothing was changed then.
pub(super) fn run(restore: &Restore, global: &Global, out: &Out) -> Result<Exit, TillError> {
    // A live copy goes back to the live book, also when that is gone and the practice book is there.
    let named = Backups::kind_of(&restore.file);
    let (folder, kind, backups) = open::backups(global, named)?;
    // A book that cannot be read any more cannot be asked: then whoever may use this PC brings a copy back.
    open::ask_of(&folder, kind, global)?;
    let lock = folder.lock(kind)?;
    if !restore.yes && !confirmed(restore)? {
        return Err(TillError::new(
            Code::NotAllowed,
            "Nothing was changed: type `yes`, or say --yes, to put the backup in the place of the book.",
        ));
    }
    let now = SystemClock::default().now().utc;
    let (restored, kept) = match label(&restore.file)? {
        None => (backups.restore(&restore.file, now, &lock)?, Kept::None),
        Some(label) => {
            let code = match &restore.recovery_code {
                Some(code) => code.clone(),
                None => keys::ask_recovery_code()?,
            };
            let (restored, travelled) = backups.restore_sealed(&restore.file, &code, now, &lock)?;
            (restored, kept(&travelled, &label.file_id, global))
        }
    };
    // On a new PC the window is to open on what has just come.
    if folder.chosen().is_none() {
        folder.choose(Some(kind))?;
    }
    let done = Done {
        file: restore.file.display().to_string(),
        book: backups.book().display().to_string(),
        replaced: restored.replaced.as_ref().map(|path| path.display().to_string()),
        sales: restored.facts.sales,
        newest_sale: restored.facts.newest_sale,
        incarnation: restored.incarnation.to_string(),
        keys: kept,
    };
    out.tell(&words(&restored, &done), "restored", done);
    Ok(Exit::Done)
}

/// Asks at a terminal; a script says `--yes`.
fn confirmed(restore: &Restore) -> Result<bool, TillError> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    Out::notice(&format!(
        "{} takes the place of the book; what was sold after it is not in it. The present book is kept aside. Type yes to go on:",
        restore.file.display()
    ));
    let mut typed = String::new();
    let read = std::io::stdin().lock().read_line(&mut typed);
    read.map_err(crate::failure::internal)?;
    Ok(typed.trim() == "yes")
}

fn words(restored: &Restored, done: &Done) -> String {
    let until = match restored.facts.newest_sale {
        Some(at) => format!(
            "{} sales, the newest of {}",
            done.sales,
            at.with_timezone(&east_africa()).format("%d.%m.%Y %H:%M")
        ),
        None => "no sales".to_owned(),
    };
    let aside = match &done.replaced {
        Some(path) => format!("\nThe book that was there is kept as {path}."),
        None => String::new(),
    };
    let keys = match done.keys {
        Kept::None => "",
        Kept::Keyring => "\nThe keys came along and are in this PC's keyring.",
        Kept::Nowhere => "\nThe keys came along, but no keyring keeps them here: run `keshiactl setup`.",
    };
    format!(
        "The book is back: {until}.{keys}{aside}\n\
         What was sold later is not in it: compare with the M-PESA messages or statement since then.\n\
         After the counter's letter every new reference has {} now, so that none meets an older one or another PC's.",
        done.incarnation
    )
}
