//! Which events are a witness's word, and how the book writes it down.

use rusqlite::Transaction;

use crate::clock::Now;
use crate::error::TillError;
use crate::push::{Answer, Ending, Event, Push, QueryWord, Reason};
use crate::store::witness::{self, Witness};

/// A word worth keeping.
pub(super) struct Told {
    told_by: &'static str,
    word: String,
}

/// The word in an event; `None` for what nobody said (time, starting again) and for "still pending".
pub(super) fn of(event: &Event) -> Option<Told> {
    let told = |told_by, word: String| Some(Told { told_by, word });
    match event {
        Event::Answered(Answer::Accepted { .. }) => told("answer", "accepted".into()),
        Event::Answered(Answer::NotSent(reason)) => told("answer", format!("not sent: {}", reason.as_str())),
        Event::Answered(Answer::Refused(reason)) => told("answer", format!("refused: {}", reason.as_str())),
        Event::Answered(Answer::Unknown(reason)) => told("answer", format!("unknown: {}", reason.as_str())),
        Event::Queried(QueryWord::Ended(ending)) => told("query", ended(*ending)),
        Event::CalledBack { ending, .. } => told("callback", ended(*ending)),
        Event::MoneyCame { .. } => told("money_in", "paid".into()),
        Event::Withdrawn => told("person", "asks another number instead".into()),
        Event::NoMessage => told("person", "the customer has no M-PESA message".into()),
        Event::ProvedDead => told("pull", "shows every payment of its time, and none is this".into()),
        Event::NotInStatement => told(
            "statement",
            "shows every payment of its time, and none is this".into(),
        ),
        Event::Judged { paid: true } => told("person", "says that it was paid".into()),
        Event::Judged { paid: false } => told("person", "says that it was not paid".into()),
        Event::SendBegun
        | Event::Queried(QueryWord::Pending | QueryWord::NoAnswer)
        | Event::Ticked
        | Event::OutOfReach
        | Event::Restarted
        | Event::ClockStepped => None,
    }
}

fn ended(ending: Ending) -> String {
    match ending {
        Ending::Paid => "paid".into(),
        Ending::Failed(reason, _) => format!("failed: {}", Reason::as_str(reason)),
    }
}

pub(super) fn write(tx: &Transaction<'_>, told: &Told, push: &Push, now: Now) -> Result<(), TillError> {
    witness::append(
        tx,
        &Witness {
            told_by: told.told_by,
            push_id: Some(&push.id),
            receipt: push.receipt.as_ref(),
            amount: Some(push.amount.money()),
            word: &told.word,
        },
        now.utc,
    )
}
