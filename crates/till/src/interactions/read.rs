//! Reads the newest rows.

use rusqlite::{Connection, Row, params};

use super::{Interaction, InteractionAnswer, InteractionKind};
use crate::error::TillError;
use crate::store::at;

/// Most rows of one question.
const MOST: u32 = 500;

pub(super) fn recent(
    conn: &Connection,
    limit: u32,
    before: Option<i64>,
) -> Result<Vec<Interaction>, TillError> {
    let mut statement = conn.prepare(
        "SELECT seq, at, duration_ms, host, path, status, code, failure, reply FROM interaction
         WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![before.unwrap_or(i64::MAX), limit.min(MOST)], typed)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn typed(row: &Row<'_>) -> rusqlite::Result<Interaction> {
    let path: String = row.get(4)?;
    let status: Option<u16> = row.get(5)?;
    let code: Option<String> = row.get(6)?;
    let failure: Option<String> = row.get(7)?;
    let reply: String = row.get(8)?;
    let kind = InteractionKind::of(&path);
    let answer = match status {
        Some(status) => InteractionAnswer::of(kind, status, code.as_deref(), &reply),
        None => InteractionAnswer::failed(failure.as_deref().unwrap_or_default()),
    };
    Ok(Interaction {
        seq: row.get(0)?,
        at: at(row.get(1)?),
        duration_ms: u32::try_from(row.get::<_, i64>(2)?).unwrap_or(u32::MAX),
        kind,
        answer,
        host: row.get(3)?,
        status,
        code,
    })
}
