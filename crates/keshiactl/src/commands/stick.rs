//! `stick`: copies on a USB stick or another disk.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::backup::{Form, Stick, StickState};
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::recovery_code::RecoveryCode;
use till::shop::Shop;
use till::{Code, TillError};

use crate::cli::{Global, StickAct};
use crate::failure::Exit;
use crate::print::Out;
use crate::{keys, open};

#[derive(Serialize)]
struct State {
    folder: Option<PathBuf>,
    sealed: bool,
    with_keys: bool,
    there: bool,
    last: Option<DateTime<Utc>>,
}

#[derive(Serialize)]
struct Paper<'a> {
    groups: Vec<&'a str>,
}

/// Chooses, carries, forgets, or says how it stands. Keshia may be selling.
///
/// # Errors
/// [`Code::NotConnected`] without a book, what is wrong with the folder, the stick's trouble.
pub(super) fn run(act: Option<StickAct>, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (_, _, backups) = open::backups(global, None)?;
    let book = backups.book();
    if !book.exists() {
        return Err(open::not_set_up());
    }
    let stick = Stick::of(book);
    match act {
        None => {}
        Some(StickAct::Choose {
            folder,
            with_keys,
            plain,
        }) => choose(&stick, &folder, with_keys, plain, out)?,
        Some(StickAct::Copy) => {
            if stick.state().is_none() {
                return Err(TillError::new(
                    Code::NotFound,
                    "No stick is chosen: `keshiactl stick choose FOLDER`.",
                ));
            }
            carry(book, global)?;
        }
        Some(StickAct::Forget) => stick.forget()?,
    }
    let state = stick.state();
    out.tell(&words(state.as_ref()), "stick", line(state));
    Ok(Exit::Done)
}

/// Carries the newest copy over, if a stick was chosen.
///
/// # Errors
/// The stick's trouble.
pub(super) fn carry(book: &Path, global: &Global) -> Result<Option<StickState>, TillError> {
    let file_id = Shop::peek(book).map(|shop| shop.file_id).unwrap_or_default();
    let travelling = || keys::travelling(&file_id, open::keyring(global));
    Stick::of(book).carry(SystemClock::default().now().utc, &travelling)
}

fn choose(stick: &Stick, folder: &Path, with_keys: bool, plain: bool, out: &Out) -> Result<(), TillError> {
    if plain {
        return stick.choose(folder, None, false);
    }
    let code = RecoveryCode::new()?;
    stick.choose(folder, Some(&code), with_keys)?;
    let groups = code.groups();
    let words = format!(
        "The recovery code, shown only now. Write it on paper, and keep the paper away from the stick:\n\n    {}\n\nWithout it nobody opens the copies, you neither.",
        groups.join(" ")
    );
    out.tell(&words, "recovery_code", Paper { groups });
    Ok(())
}

fn line(state: Option<StickState>) -> State {
    State {
        sealed: state.as_ref().is_some_and(|state| state.form == Form::Sealed),
        with_keys: state.as_ref().is_some_and(|state| state.with_keys),
        there: state.as_ref().is_some_and(|state| state.there),
        last: state
            .as_ref()
            .and_then(|state| state.last.as_ref())
            .map(|last| last.at),
        folder: state.map(|state| state.folder),
    }
}

fn words(state: Option<&StickState>) -> String {
    let Some(state) = state else {
        return "No stick is chosen: copies are only on this PC.".to_owned();
    };
    let form = match (state.form, state.with_keys) {
        (Form::Plain, _) => "plain",
        (Form::Sealed, false) => "sealed, without the keys",
        (Form::Sealed, true) => "sealed, with the keys",
    };
    let there = if state.there {
        ""
    } else {
        " It is not plugged in now."
    };
    let last = match &state.last {
        Some(last) => format!(
            "last copy: {}",
            last.at.with_timezone(&east_africa()).format("%d.%m.%Y %H:%M")
        ),
        None => "no copy yet".to_owned(),
    };
    format!("Copies go to {} ({form}); {last}.{there}", state.folder.display())
}
