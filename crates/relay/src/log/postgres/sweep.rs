//! Dropping what need not be kept: always the oldest, so that what is kept has no gaps.

use super::connection::Session;
use super::{PostgresLog, counter, day, pairing, shop};
use crate::log::{AT_ONCE, LogError, MARK_EVERY_MS, Retention};

pub(super) async fn sweep(log: &PostgresLog, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
    log.write(async |session| {
        pairing::drop_expired(session, now_ms).await?;
        day::drop_old(session, now_ms - keep.after_ack_ms).await
    })
    .await?;
    let mut dropped = 0;
    for (id, _) in log.read_with(async |session| shop::places(session).await).await? {
        loop {
            let some = log
                .write(async |session| sweep_shop(session, &id, keep, now_ms).await)
                .await?;
            dropped += some;
            if some < AT_ONCE {
                break;
            }
        }
    }
    Ok(dropped)
}

async fn sweep_shop(session: &Session, id: &str, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
    // Also keeps several relays that sweep at one time apart.
    let Some((newest, dropped)) = shop::lock(session, id).await? else {
        return Ok(0);
    };
    if dropped == newest {
        return Ok(0);
    }
    mark(session, id, now_ms).await?;
    let fetched = fetched_through(session, id, now_ms - keep.after_ack_ms).await?;
    let aged = aged_through(session, id, now_ms - keep.most_ms).await?;
    let through = fetched.max(aged.unwrap_or(newest));
    let through = through.min(dropped.saturating_add_unsigned(AT_ONCE));
    if through <= dropped {
        return Ok(0);
    }
    let count = session
        .execute(
            "DELETE FROM event WHERE shop_id = $1 AND seq <= $2",
            &[&id, &through],
        )
        .await?;
    shop::set_dropped(session, id, through).await?;
    Ok(count)
}

/// Writes down that by now every counter has its events through a place, if that is news and the last such note
/// is a day old: events are dropped up to a day late and few notes are kept.
async fn mark(session: &Session, id: &str, now_ms: i64) -> Result<(), LogError> {
    session
        .execute(
            "DELETE FROM ack_mark USING life, shop
             WHERE shop_id = $1 AND shop.id = $1 AND (ack_mark.epoch <> life.epoch OR through <= dropped_through)",
            &[&id],
        )
        .await?;
    let through = counter::all_have(session, id).await?;
    let last = session
        .query_opt(
            "SELECT at_ms, through FROM ack_mark WHERE shop_id = $1 ORDER BY at_ms DESC LIMIT 1",
            &[&id],
        )
        .await?;
    let (last_ms, last_through) = last.map_or((i64::MIN, 0), |row| (row.get(0), row.get(1)));
    if through > last_through && now_ms.saturating_sub(last_ms) >= MARK_EVERY_MS {
        session
            .execute(
                "INSERT INTO ack_mark (shop_id, epoch, at_ms, through) SELECT $1, epoch, $2, $3 FROM life",
                &[&id, &now_ms, &through],
            )
            .await?;
    }
    Ok(())
}

/// Through which place every counter had its events at that time.
async fn fetched_through(session: &Session, id: &str, at_ms: i64) -> Result<i64, LogError> {
    let row = session
        .query_opt(
            "SELECT COALESCE(MAX(through), 0) FROM ack_mark, life
             WHERE shop_id = $1 AND at_ms <= $2 AND ack_mark.epoch = life.epoch",
            &[&id, &at_ms],
        )
        .await?;
    Ok(row.map_or(0, |row| row.get(0)))
}

/// The place before the first event that came at that time or later; `None` when all came before.
async fn aged_through(session: &Session, id: &str, at_ms: i64) -> Result<Option<i64>, LogError> {
    let row = session
        .query_opt(
            "SELECT seq - 1 FROM event WHERE shop_id = $1 AND received_ms >= $2 ORDER BY seq LIMIT 1",
            &[&id, &at_ms],
        )
        .await?;
    Ok(row.map(|row| row.get(0)))
}
