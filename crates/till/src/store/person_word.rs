//! Table `person_word`: what a person decided about a payment that nobody could vouch for, and why. The
//! reason is a person's own words, so it is kept out of the chained tables and can be erased.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};

use crate::error::TillError;
use crate::store::{at, ms, odd};
use crate::view::Direction;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonWordRow {
    /// Random; the witness beside it names it.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// About which push.
    pub push_id: String,
    /// Which way.
    pub direction: Direction,
    /// Why, in the person's words; empty for the customer's answer on the screen.
    pub reason: String,
}

pub(crate) fn insert(tx: &Transaction<'_>, word: &PersonWordRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO person_word (id, at, push_id, direction, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        word.id,
        ms(word.at),
        word.push_id,
        direction(word.direction),
        word.reason
    ])?;
    Ok(())
}

/// Words said between two moments, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn between(
    conn: &Connection,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<PersonWordRow>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, at, push_id, direction, reason FROM person_word WHERE at >= ?1 AND at < ?2 ORDER BY at, id",
    )?;
    let mut rows = statement.query([ms(from), ms(to)])?;
    let mut words = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get(3)?;
        words.push(PersonWordRow {
            id: row.get(0)?,
            at: at(row.get(1)?),
            push_id: row.get(2)?,
            direction: match word.as_str() {
                "no_message" => Direction::NoMessage,
                "paid" => Direction::Paid,
                "not_paid" => Direction::NotPaid,
                other => return Err(odd("person_word.direction", other)),
            },
            reason: row.get(4)?,
        });
    }
    Ok(words)
}

const fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::NoMessage => "no_message",
        Direction::Paid => "paid",
        Direction::NotPaid => "not_paid",
    }
}
