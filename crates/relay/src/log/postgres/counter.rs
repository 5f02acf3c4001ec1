//! Paired counters.

use relay_wire::{Link, TokenHash};
use tokio_postgres::Row;

use super::connection::Session;
use crate::log::{Counter, Heard, LogError, PastAnchor, column, letter, place};

pub(super) async fn insert(session: &Session, counter: &Counter, token: &TokenHash) -> Result<(), LogError> {
    let (token, letter) = (token.as_bytes().as_slice(), counter.letter.to_string());
    session
        .execute(
            "INSERT INTO counter (id, shop_id, name, token, letter) VALUES ($1, $2, $3, $4, $5)",
            &[&counter.id, &counter.shop_id, &counter.name, &token, &letter],
        )
        .await?;
    Ok(())
}

pub(super) async fn by_token(session: &Session, token: &TokenHash) -> Result<Option<Counter>, LogError> {
    let row = session
        .query_opt(
            "SELECT id, shop_id, name, letter, revoked,
                    CASE WHEN acked_epoch = epoch THEN acked ELSE 0 END, heard_ms, anchor_rows, anchor_head
             FROM counter, life WHERE token = $1",
            &[&token.as_bytes().as_slice()],
        )
        .await?;
    row.as_ref().map(counter).transpose()
}

pub(super) async fn of_shop(session: &Session, shop_id: &str) -> Result<Vec<Counter>, LogError> {
    let rows = session
        .query(
            "SELECT id, shop_id, name, letter, revoked,
                    CASE WHEN acked_epoch = epoch THEN acked ELSE 0 END, heard_ms, anchor_rows, anchor_head
             FROM counter, life WHERE shop_id = $1 ORDER BY letter COLLATE \"C\"",
            &[&shop_id],
        )
        .await?;
    rows.iter().map(counter).collect()
}

pub(super) async fn revoke(session: &Session, id: &str) -> Result<bool, LogError> {
    // It may be the one that wrote the owner's page; another one that did writes it again within a minute.
    session
        .execute(
            "DELETE FROM day WHERE shop_id = (SELECT shop_id FROM counter WHERE id = $1)",
            &[&id],
        )
        .await?;
    Ok(session
        .execute("UPDATE counter SET revoked = TRUE WHERE id = $1", &[&id])
        .await?
        > 0)
}

pub(super) async fn heard(session: &Session, id: &str, heard: &Heard) -> Result<(), LogError> {
    let anchor = heard.anchor.as_ref();
    if heard.begins_anew {
        session
            .execute(
                "INSERT INTO anchor_past SELECT id, $2::BIGINT, anchor_rows, anchor_head FROM counter
                 WHERE id = $1 AND anchor_rows IS NOT NULL",
                &[&id, &heard.at_ms],
            )
            .await?;
        session
            .execute(
                "UPDATE counter SET anchor_rows = NULL, anchor_head = NULL WHERE id = $1",
                &[&id],
            )
            .await?;
    }
    let (rows, head) = (
        anchor.map(|link| column(link.rows)),
        anchor.map(|link| &link.head),
    );
    let (epoch, seq) = (heard.cursor.epoch.to_string(), column(heard.cursor.seq));
    session
        .execute(
            "UPDATE counter SET
                 acked = CASE
                     WHEN $2 <> (SELECT epoch FROM life) THEN acked
                     ELSE GREATEST(
                         CASE WHEN acked_epoch = $2 THEN acked ELSE 0 END,
                         LEAST($3, (SELECT newest FROM shop WHERE shop.id = counter.shop_id))) END,
                 acked_epoch = CASE WHEN $2 <> (SELECT epoch FROM life) THEN acked_epoch ELSE $2 END,
                 heard_ms = GREATEST(heard_ms, $4),
                 anchor_head = CASE WHEN $5 >= COALESCE(anchor_rows, 0) THEN $6 ELSE anchor_head END,
                 anchor_rows = CASE WHEN $5 >= COALESCE(anchor_rows, 0) THEN $5 ELSE anchor_rows END
             WHERE id = $1",
            &[&id, &epoch, &seq, &heard.at_ms, &rows, &head],
        )
        .await?;
    Ok(())
}

pub(super) async fn past_anchors(session: &Session, id: &str) -> Result<Vec<PastAnchor>, LogError> {
    let rows = session
        .query(
            "SELECT until_ms, rows, head FROM anchor_past WHERE counter_id = $1 ORDER BY until_ms, rows",
            &[&id],
        )
        .await?;
    let past = rows.iter().map(|row| PastAnchor {
        until_ms: row.get(0),
        link: Link {
            rows: place(row.get(1)),
            head: row.get(2),
        },
    });
    Ok(past.collect())
}

/// Through which place every counter that may still come has its events in this life; 0 when there is none.
pub(super) async fn all_have(session: &Session, shop_id: &str) -> Result<i64, LogError> {
    let row = session
        .query_opt(
            "SELECT COALESCE(MIN(CASE WHEN acked_epoch = epoch THEN acked ELSE 0 END), 0)
             FROM counter, life WHERE shop_id = $1 AND NOT revoked",
            &[&shop_id],
        )
        .await?;
    Ok(row.map_or(0, |row| row.get(0)))
}

fn counter(row: &Row) -> Result<Counter, LogError> {
    let rows: Option<i64> = row.get(7);
    let head: Option<String> = row.get(8);
    Ok(Counter {
        id: row.get(0),
        shop_id: row.get(1),
        name: row.get(2),
        letter: letter(row.get(3))?,
        revoked: row.get(4),
        acked: place(row.get(5)),
        heard_ms: row.get(6),
        anchor: rows.zip(head).map(|(rows, head)| Link {
            rows: place(rows),
            head,
        }),
    })
}
