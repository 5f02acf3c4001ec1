//! `rehearse`: the way back, walked to its end without changing anything.

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::backup::{Rehearsal, Taken, label};
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::{Code, Money, TillError};

use crate::cli::{Global, Rehearse};
use crate::failure::Exit;
use crate::print::Out;
use crate::{keys, open};

#[derive(Serialize)]
struct Done {
    file: String,
    taken_at: DateTime<Utc>,
    sales: u64,
    keys: bool,
    lost_sales: Option<u64>,
    lost_money: Option<Money>,
    minutes: Option<i64>,
}

/// Rehearses with the file, or with the newest copy beside the book. Keshia may be selling.
///
/// # Errors
/// [`Code::NotFound`] without a copy, and why the copy would be of no use.
pub(super) fn run(rehearse: &Rehearse, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (_, _, backups) = open::backups(global, None)?;
    let file = match &rehearse.file {
        Some(file) => file.clone(),
        None => {
            let newest = backups
                .list()?
                .into_iter()
                .find(|backup| matches!(backup.reason, Taken::OfDay(_)));
            let none = || {
                TillError::new(
                    Code::NotFound,
                    "There is no backup yet: take one with `keshiactl backup`.",
                )
            };
            newest.ok_or_else(none)?.path
        }
    };
    let code = match (&rehearse.recovery_code, label(&file)?) {
        (Some(code), _) => Some(code.clone()),
        (None, Some(_)) => Some(keys::ask_recovery_code()?),
        (None, None) => None,
    };
    let told = backups.rehearse(&file, code.as_ref(), SystemClock::default().now().utc)?;
    let done = Done {
        file: file.display().to_string(),
        taken_at: told.taken_at,
        sales: told.facts.sales,
        keys: told.keys,
        lost_sales: told.lost.map(|lost| lost.sales),
        lost_money: told.lost.map(|lost| lost.taken),
        minutes: told.lost.map(|lost| lost.minutes),
    };
    out.tell(&words(&told), "rehearsed", done);
    Ok(Exit::Done)
}

fn words(told: &Rehearsal) -> String {
    let keys = if told.keys { ", and the keys" } else { "" };
    let taken_at = told
        .taken_at
        .with_timezone(&east_africa())
        .format("%d.%m.%Y %H:%M");
    let lost = match &told.lost {
        None => "There is no readable book to compare it with.".to_owned(),
        Some(lost) => format!(
            "If this PC broke now, you would lose what was written in the last {} minutes: {} sales, KSh {}.",
            lost.minutes, lost.sales, lost.taken
        ),
    };
    format!(
        "The copy of {taken_at} opens: {} sales{keys}; its sums are right. {lost}\nNothing was changed.",
        told.facts.sales
    )
}
