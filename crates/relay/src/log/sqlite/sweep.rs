//! Dropping what need not be kept: always the oldest, so that what is kept has no gaps.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{SqliteLog, counter, day, pairing, shop};
use crate::log::{AT_ONCE, LogError, MARK_EVERY_MS, Retention};

pub(super) async fn sweep(log: &SqliteLog, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
    log.write(move |tx| {
        pairing::drop_expired(tx, now_ms)?;
        day::drop_old(tx, now_ms - keep.after_ack_ms)
    })
    .await?;
    let mut dropped = 0;
    for id in log.read_with(shop::ids).await? {
        loop {
            let id = id.clone();
            let some = log.write(move |tx| sweep_shop(tx, &id, keep, now_ms)).await?;
            dropped += some;
            if some < AT_ONCE {
                break;
            }
        }
    }
    Ok(dropped)
}

fn sweep_shop(tx: &Transaction<'_>, id: &str, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
    let Some((newest, dropped)) = shop::places(tx, id)? else {
        return Ok(0);
    };
    if dropped == newest {
        return Ok(0);
    }
    mark(tx, id, now_ms)?;
    let fetched = fetched_through(tx, id, now_ms - keep.after_ack_ms)?;
    let through = fetched.max(aged_through(tx, id, now_ms - keep.most_ms)?.unwrap_or(newest));
    let through = through.min(dropped.saturating_add_unsigned(AT_ONCE));
    if through <= dropped {
        return Ok(0);
    }
    let count = tx
        .prepare_cached("DELETE FROM event WHERE shop_id = ?1 AND seq <= ?2")?
        .execute(params![id, through])?;
    tx.prepare_cached("DELETE FROM ack_mark WHERE shop_id = ?1 AND through <= ?2")?
        .execute(params![id, through])?;
    shop::set_dropped(tx, id, through)?;
    Ok(count as u64)
}

/// Writes down that by now every counter has its events through a place, if that is news and the last such note
/// is a day old: events are dropped up to a day late and few notes are kept.
fn mark(tx: &Transaction<'_>, id: &str, now_ms: i64) -> Result<(), LogError> {
    let through = counter::all_have(tx, id)?;
    let last: Option<(i64, i64)> = tx
        .prepare_cached("SELECT at_ms, through FROM ack_mark WHERE shop_id = ?1 ORDER BY at_ms DESC LIMIT 1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (last_ms, last_through) = last.unwrap_or((i64::MIN, 0));
    if through > last_through && now_ms.saturating_sub(last_ms) >= MARK_EVERY_MS {
        tx.prepare_cached("INSERT INTO ack_mark (shop_id, at_ms, through) VALUES (?1, ?2, ?3)")?
            .execute(params![id, now_ms, through])?;
    }
    Ok(())
}

/// Through which place every counter had its events at that time.
fn fetched_through(tx: &Transaction<'_>, id: &str, at_ms: i64) -> Result<i64, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT COALESCE(MAX(through), 0) FROM ack_mark WHERE shop_id = ?1 AND at_ms <= ?2",
    )?;
    Ok(statement.query_row(params![id, at_ms], |row| row.get(0))?)
}

/// The place before the first event that came at that time or later; `None` when all came before.
fn aged_through(tx: &Transaction<'_>, id: &str, at_ms: i64) -> Result<Option<i64>, LogError> {
    let mut statement = tx.prepare_cached(
        "SELECT seq - 1 FROM event WHERE shop_id = ?1 AND received_ms >= ?2 ORDER BY seq LIMIT 1",
    )?;
    Ok(statement
        .query_row(params![id, at_ms], |row| row.get(0))
        .optional()?)
}
