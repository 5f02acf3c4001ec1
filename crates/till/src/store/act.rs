//! Table `act`: what persons did that is no payment. Append-only and chained; ids and amounts only.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::people::Act;
use crate::store::extent::Extent;
use crate::store::{at, chain, ms, odd};

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRow {
    /// When it was written down.
    pub at: DateTime<Utc>,
    /// What.
    pub act: Act,
    /// By whom; nobody in a shop without people.
    pub person_id: Option<String>,
    /// Whose PIN allowed it, when it was not the person's own to do.
    pub allowed_by: Option<String>,
    /// The random id of what it was about: a sale, a shift, a person, a close.
    pub about: Option<String>,
    /// How much.
    pub amount: Option<Money>,
    /// The words beside it.
    pub reason_id: Option<String>,
}

pub(crate) fn append(tx: &Transaction<'_>, row: &ActRow) -> Result<(), TillError> {
    let place = chain::next(tx)?;
    let hash = chain::hash(
        &place.previous,
        &[
            &ms(row.at).to_string(),
            row.act.word(),
            row.person_id.as_deref().unwrap_or_default(),
            row.allowed_by.as_deref().unwrap_or_default(),
            row.about.as_deref().unwrap_or_default(),
            &row.amount
                .map(|money| money.cents().to_string())
                .unwrap_or_default(),
            row.reason_id.as_deref().unwrap_or_default(),
        ],
    );
    tx.prepare_cached(
        "INSERT INTO act (seq, at, act, person_id, allowed_by, about, amount, reason_id, hash)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        place.seq,
        ms(row.at),
        row.act.word(),
        row.person_id,
        row.allowed_by,
        row.about,
        row.amount,
        row.reason_id,
        hash
    ])?;
    Ok(())
}

const COLUMNS: &str = "at, act, person_id, allowed_by, about, amount, reason_id";

/// What was done between two moments, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn between(conn: &Connection, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<ActRow>, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM act WHERE at >= ?1 AND at < ?2 ORDER BY seq");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params![ms(from), ms(to)])?;
    let mut acts = Vec::new();
    while let Some(row) = rows.next()? {
        acts.push(typed(row)?);
    }
    Ok(acts)
}

/// What was done about one thing, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn about(conn: &Connection, id: &str) -> Result<Vec<ActRow>, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM act WHERE about = ?1 ORDER BY seq");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([id])?;
    let mut acts = Vec::new();
    while let Some(row) = rows.next()? {
        acts.push(typed(row)?);
    }
    Ok(acts)
}

fn typed(row: &Row<'_>) -> Result<ActRow, TillError> {
    let word: String = row.get(1)?;
    Ok(ActRow {
        at: at(row.get(0)?),
        act: Act::parse(&word).ok_or_else(|| odd("act.act", &word))?,
        person_id: row.get(2)?,
        allowed_by: row.get(3)?,
        about: row.get(4)?,
        amount: row.get(5)?,
        reason_id: row.get(6)?,
    })
}

/// How many sales were given up.
///
/// # Errors
/// The disk's trouble.
pub fn voids_in(conn: &Connection, extent: Extent) -> Result<u32, TillError> {
    count(conn, extent, "'void_sale', 'void_taken', 'void_live'")
}

/// How often money went back.
///
/// # Errors
/// The disk's trouble.
pub fn refunds_in(conn: &Connection, extent: Extent) -> Result<u32, TillError> {
    count(conn, extent, "'refund'")
}

fn count(conn: &Connection, extent: Extent, acts: &str) -> Result<u32, TillError> {
    let sql = format!(
        "SELECT COUNT(*) FROM act WHERE {} AND act IN ({acts})",
        extent.sql()
    );
    Ok(conn
        .prepare_cached(&sql)?
        .query_row(extent.ends(), |row| row.get(0))?)
}
