//! Table `pull_cover`: stretches of time over which Pull Transactions showed every payment. What lies between
//! two of them nobody has seen.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Transaction, params};

use crate::error::TillError;
use crate::store::{at, ms};

/// From and to, by Safaricom's clock.
pub type Stretch = (DateTime<Utc>, DateTime<Utc>);

/// Adds a stretch; what it touches or overlaps becomes one with it, so the table stays small.
pub(crate) fn add(tx: &Transaction<'_>, stretch: Stretch, now: DateTime<Utc>) -> Result<(), TillError> {
    let (mut from, mut to) = (ms(stretch.0), ms(stretch.1));
    if from >= to {
        return Ok(());
    }
    let joined: (Option<i64>, Option<i64>) = tx
        .prepare_cached(
            "SELECT MIN(from_ms), MAX(to_ms) FROM pull_cover WHERE from_ms <= ?2 AND to_ms >= ?1",
        )?
        .query_row([from, to], |row| Ok((row.get(0)?, row.get(1)?)))?;
    from = joined.0.map_or(from, |other| other.min(from));
    to = joined.1.map_or(to, |other| other.max(to));
    tx.prepare_cached("DELETE FROM pull_cover WHERE from_ms >= ?1 AND to_ms <= ?2")?
        .execute([from, to])?;
    tx.prepare_cached("INSERT INTO pull_cover (from_ms, to_ms, read_at) VALUES (?1, ?2, ?3)")?
        .execute(params![from, to, ms(now)])?;
    Ok(())
}

/// The stretches that reach into a span of time, oldest first.
///
/// # Errors
/// The disk's trouble.
pub fn within(conn: &Connection, span: Stretch) -> Result<Vec<Stretch>, TillError> {
    let mut statement = conn.prepare_cached(
        "SELECT from_ms, to_ms FROM pull_cover WHERE to_ms > ?1 AND from_ms < ?2 ORDER BY from_ms",
    )?;
    let rows = statement.query_map([ms(span.0), ms(span.1)], |row| {
        Ok((at(row.get(0)?), at(row.get(1)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The end of the newest stretch.
///
/// # Errors
/// The disk's trouble.
pub fn newest_end(conn: &Connection) -> Result<Option<DateTime<Utc>>, TillError> {
    let end: Option<i64> = conn
        .prepare_cached("SELECT MAX(to_ms) FROM pull_cover")?
        .query_row([], |row| row.get(0))?;
    Ok(end.map(at))
}

/// What of `span` lies in none of the stretches (which are ordered and do not touch).
#[must_use]
pub fn holes(span: Stretch, stretches: &[Stretch]) -> Vec<Stretch> {
    let mut holes = Vec::new();
    let mut seen_to = span.0;
    for &(from, to) in stretches {
        if from > seen_to {
            holes.push((seen_to, from.min(span.1)));
        }
        seen_to = seen_to.max(to);
    }
    if seen_to < span.1 {
        holes.push((seen_to, span.1));
    }
    holes
}
