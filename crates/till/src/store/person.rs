//! Table `person`: who works here. The rest of the book knows only the id, so that a name can be taken out.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags, OptionalExtension, Row, Transaction, params};

use crate::error::TillError;
use crate::people::Role;
use crate::store::{at, ms, odd};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Random.
    pub id: String,
    /// As the shop calls them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id of the PIN.
    pub pin: String,
    /// Argon2id of the passphrase for owner acts; only owners have one.
    pub passphrase: Option<String>,
    /// Since when.
    pub made_at: DateTime<Utc>,
    /// Until when; `None` while they work here.
    pub left_at: Option<DateTime<Utc>>,
    /// Wrong PINs in a row.
    pub tries: u32,
}

const COLUMNS: &str = "id, name, role, pin, passphrase, made_at, left_at, tries";

pub(crate) fn insert(tx: &Transaction<'_>, person: &PersonRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO person (id, name, role, pin, passphrase, made_at, left_at, tries)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        person.id,
        person.name,
        person.role.word(),
        person.pin,
        person.passphrase,
        ms(person.made_at),
        person.left_at.map(ms),
        person.tries
    ])?;
    Ok(())
}

pub(crate) fn update(tx: &Transaction<'_>, person: &PersonRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "UPDATE person SET name = ?2, role = ?3, pin = ?4, passphrase = ?5, left_at = ?6, tries = ?7 WHERE id = ?1",
    )?
    .execute(params![
        person.id,
        person.name,
        person.role.word(),
        person.pin,
        person.passphrase,
        person.left_at.map(ms),
        person.tries
    ])?;
    Ok(())
}

/// One person.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<PersonRow, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM person WHERE id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    match rows.next()? {
        Some(row) => typed(row),
        None => Err(TillError::not_found("person")),
    }
}

/// As the shop calls a person, also one who has left.
///
/// # Errors
/// The disk's trouble.
pub fn name(conn: &Connection, id: Option<&str>) -> Result<Option<String>, TillError> {
    Ok(conn
        .prepare_cached("SELECT name FROM person WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Everybody who works here, in the order in which they came.
///
/// # Errors
/// The disk's trouble.
pub fn here(conn: &Connection) -> Result<Vec<PersonRow>, TillError> {
    all(
        conn,
        &format!("SELECT {COLUMNS} FROM person WHERE left_at IS NULL ORDER BY made_at, id"),
    )
}

/// Everybody who ever worked here: old sales name them.
///
/// # Errors
/// The disk's trouble.
pub fn ever(conn: &Connection) -> Result<Vec<PersonRow>, TillError> {
    all(
        conn,
        &format!("SELECT {COLUMNS} FROM person ORDER BY made_at, id"),
    )
}

/// Whether anybody works in a book that another program may have open; nobody in one that cannot be read.
#[must_use]
pub fn works_in(book: &Path) -> bool {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(book, flags)
        .and_then(|conn| {
            conn.prepare("SELECT 1 FROM person WHERE left_at IS NULL")?
                .exists([])
        })
        .unwrap_or(false)
}

fn all(conn: &Connection, sql: &str) -> Result<Vec<PersonRow>, TillError> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut people = Vec::new();
    while let Some(row) = rows.next()? {
        people.push(typed(row)?);
    }
    Ok(people)
}

fn typed(row: &Row<'_>) -> Result<PersonRow, TillError> {
    let role: String = row.get(2)?;
    let left_at: Option<i64> = row.get(6)?;
    Ok(PersonRow {
        id: row.get(0)?,
        name: row.get(1)?,
        role: Role::parse(&role).ok_or_else(|| odd("person.role", &role))?,
        pin: row.get(3)?,
        passphrase: row.get(4)?,
        made_at: at(row.get(5)?),
        left_at: left_at.map(at),
        tries: row.get(7)?,
    })
}
