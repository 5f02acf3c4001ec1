//! The hash chain of append-only rows: each hash covers its row and the hash before it.
//!
//! One chain goes through the tables `witness`, `posting` and `act`, in the order in which they were written: what
//! is known of its end covers all three.

use relay_wire::Link;
use rusqlite::{Connection, OptionalExtension, Row};
use sha2::{Digest, Sha256};

use crate::error::TillError;

/// Hash of `fields` on top of `previous`. Each field carries its length, so that no two different
/// rows hash the same text.
#[must_use]
pub fn hash(previous: &str, fields: &[&str]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(previous.as_bytes());
    for field in fields {
        hasher.update(field.len().to_le_bytes());
        hasher.update(field.as_bytes());
    }
    hasher
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Where the next row goes: its place, and the hash that it continues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The row's number in the whole chain.
    pub(crate) seq: i64,
    /// The hash before it; empty for the first row of a book.
    pub(crate) previous: String,
}

/// The place after the newest row of all chained tables.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn next(conn: &Connection) -> Result<Place, TillError> {
    let from = from(conn)?;
    match newest(conn)? {
        Some(link) if link.rows >= from.unsigned_abs() => Ok(Place {
            seq: i64::try_from(link.rows)
                .map_err(TillError::internal)?
                .saturating_add(1),
            previous: link.head,
        }),
        Some(_) => Ok(Place {
            seq: from,
            previous: two_chains(conn)?,
        }),
        None => Ok(Place {
            seq: from,
            previous: String::new(),
        }),
    }
}

/// The first row of the one chain. In a book that is older, witnesses and entries had a chain each below it.
///
/// # Errors
/// The disk's trouble.
pub fn from(conn: &Connection) -> Result<i64, TillError> {
    let text: Option<String> = conn
        .prepare_cached("SELECT value FROM setting WHERE key = 'chain_from'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(text.and_then(|text| text.parse().ok()).unwrap_or(1))
}

/// What the one chain continues in a book that had two: the ends of both.
///
/// # Errors
/// The disk's trouble.
pub fn two_chains(conn: &Connection) -> Result<String, TillError> {
    let from = from(conn)?;
    let end = |sql: &str| -> Result<String, TillError> {
        Ok(conn
            .prepare_cached(sql)?
            .query_row([from], |row| row.get(0))
            .optional()?
            .unwrap_or_default())
    };
    let witness = end("SELECT hash FROM witness WHERE seq < ?1 ORDER BY seq DESC LIMIT 1")?;
    let posting = end("SELECT hash FROM posting WHERE seq < ?1 ORDER BY seq DESC LIMIT 1")?;
    Ok(hash("", &[&witness, &posting]))
}

/// The chain at its end; `None` while it is empty.
///
/// # Errors
/// The disk's trouble.
pub fn newest(conn: &Connection) -> Result<Option<Link>, TillError> {
    let ends = [
        "SELECT seq, hash FROM witness ORDER BY seq DESC LIMIT 1",
        "SELECT seq, hash FROM posting ORDER BY seq DESC LIMIT 1",
        "SELECT seq, hash FROM act ORDER BY seq DESC LIMIT 1",
    ];
    let mut newest: Option<Link> = None;
    for sql in ends {
        let end = conn.prepare_cached(sql)?.query_row([], link).optional()?;
        if let Some(end) = end
            && newest.as_ref().is_none_or(|known| known.rows < end.rows)
        {
            newest = Some(end);
        }
    }
    Ok(newest)
}

/// The chain after so many rows; `None` when it is shorter. Below [`from`] it is the witnesses' own, which is
/// what a relay was told of then.
///
/// # Errors
/// The disk's trouble.
pub fn at(conn: &Connection, rows: u64) -> Result<Option<Link>, TillError> {
    let seq = i64::try_from(rows).unwrap_or(i64::MAX);
    Ok(conn
        .prepare_cached(
            "SELECT seq, hash FROM witness WHERE seq = ?1
             UNION ALL SELECT seq, hash FROM posting WHERE seq = ?1 AND seq >= ?2
             UNION ALL SELECT seq, hash FROM act WHERE seq = ?1
             LIMIT 1",
        )?
        .query_row([seq, from(conn)?], link)
        .optional()?)
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    Ok(Link {
        rows: row.get::<_, i64>(0)?.unsigned_abs(),
        head: row.get(1)?,
    })
}
