//! Paired counters.

use relay_wire::{Link, TokenHash};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use super::shop::NEWEST;
use crate::log::{Counter, Heard, LogError, PastAnchor, column, letter, place};

const COLUMNS: &str =
    "SELECT id, shop_id, name, letter, revoked, acked, heard_ms, anchor_rows, anchor_head FROM counter";

pub(super) fn insert(tx: &Transaction<'_>, counter: &Counter, token: &TokenHash) -> Result<(), LogError> {
    tx.execute(
        "INSERT INTO counter (id, shop_id, name, token, letter) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            counter.id,
            counter.shop_id,
            counter.name,
            token.as_bytes(),
            counter.letter.to_string(),
        ],
    )?;
    Ok(())
}

pub(super) fn by_token(conn: &Connection, token: &TokenHash) -> Result<Option<Counter>, LogError> {
    let mut statement = conn.prepare_cached(&format!("{COLUMNS} WHERE token = ?1"))?;
    let found = statement.query_row([token.as_bytes()], |row| Ok(counter(row)));
    found.optional()?.transpose()
}

pub(super) fn of_shop(conn: &Connection, shop_id: &str) -> Result<Vec<Counter>, LogError> {
    let mut statement = conn.prepare_cached(&format!("{COLUMNS} WHERE shop_id = ?1 ORDER BY letter"))?;
    let rows = statement.query_map([shop_id], |row| Ok(counter(row)))?;
    rows.map(|row| row?).collect()
}

pub(super) fn revoke(tx: &Transaction<'_>, id: &str) -> Result<bool, LogError> {
    // It may be the one that wrote the owner's page; another one that did writes it again within a minute.
    tx.execute(
        "DELETE FROM day WHERE shop_id = (SELECT shop_id FROM counter WHERE id = ?1)",
        [id],
    )?;
    Ok(tx.execute("UPDATE counter SET revoked = 1 WHERE id = ?1", [id])? > 0)
}

pub(super) fn heard(tx: &Transaction<'_>, id: &str, heard: &Heard) -> Result<(), LogError> {
    let anchor = heard.anchor.as_ref();
    if heard.begins_anew {
        tx.execute(
            "INSERT INTO anchor_past SELECT id, ?2, anchor_rows, anchor_head FROM counter
             WHERE id = ?1 AND anchor_rows IS NOT NULL",
            params![id, heard.at_ms],
        )?;
        tx.execute(
            "UPDATE counter SET anchor_rows = NULL, anchor_head = NULL WHERE id = ?1",
            [id],
        )?;
    }
    tx.prepare_cached(&format!(
        "UPDATE counter SET
             acked = MAX(acked, CASE
                 WHEN (SELECT epoch FROM life) <> ?2 THEN 0
                 ELSE MIN(?3, (SELECT {NEWEST} FROM shop WHERE shop.id = counter.shop_id)) END),
             heard_ms = MAX(COALESCE(heard_ms, ?4), ?4),
             anchor_head = CASE WHEN ?5 >= COALESCE(anchor_rows, 0) THEN ?6 ELSE anchor_head END,
             anchor_rows = CASE WHEN ?5 >= COALESCE(anchor_rows, 0) THEN ?5 ELSE anchor_rows END
         WHERE id = ?1",
    ))?
    .execute(params![
        id,
        heard.cursor.epoch.to_string(),
        column(heard.cursor.seq),
        heard.at_ms,
        anchor.map(|link| column(link.rows)),
        anchor.map(|link| &link.head),
    ])?;
    Ok(())
}

pub(super) fn past_anchors(conn: &Connection, id: &str) -> Result<Vec<PastAnchor>, LogError> {
    let mut statement = conn.prepare_cached(
        "SELECT until_ms, rows, head FROM anchor_past WHERE counter_id = ?1 ORDER BY until_ms, rows",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(PastAnchor {
            until_ms: row.get(0)?,
            link: Link {
                rows: place(row.get(1)?),
                head: row.get(2)?,
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Through which place every counter that may still come has its events; 0 when there is none.
pub(super) fn all_have(conn: &Connection, shop_id: &str) -> Result<i64, LogError> {
    let mut statement = conn
        .prepare_cached("SELECT COALESCE(MIN(acked), 0) FROM counter WHERE shop_id = ?1 AND revoked = 0")?;
    Ok(statement.query_row([shop_id], |row| row.get(0))?)
}

fn counter(row: &Row<'_>) -> Result<Counter, LogError> {
    let rows: Option<i64> = row.get(7)?;
    let head: Option<String> = row.get(8)?;
    Ok(Counter {
        id: row.get(0)?,
        shop_id: row.get(1)?,
        name: row.get(2)?,
        letter: letter(&row.get::<_, String>(3)?)?,
        revoked: row.get(4)?,
        acked: place(row.get(5)?),
        heard_ms: row.get(6)?,
        anchor: rows.zip(head).map(|(rows, head)| Link {
            rows: place(rows),
            head,
        }),
    })
}
