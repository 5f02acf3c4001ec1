//! Shops, and each one's last place.

use relay_wire::{ShopPublicKey, TokenHash};
use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use crate::log::{LogError, Shop, Validation, stored};

const COLUMNS: &str = "SELECT id, name, hook, key, check_reference FROM shop";

type Raw = (String, String, [u8; 32], Option<String>, bool);

pub(super) fn insert(tx: &Transaction<'_>, shop: &Shop) -> Result<(), LogError> {
    tx.execute(
        "INSERT INTO shop (id, name, hook, key, check_reference) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            shop.id,
            shop.name,
            shop.hook.as_bytes(),
            shop.key.clone().map(String::from),
            shop.validation == Validation::CheckReference,
        ],
    )?;
    Ok(())
}

pub(super) fn all(conn: &Connection) -> Result<Vec<Shop>, LogError> {
    let mut statement = conn.prepare_cached(&format!("{COLUMNS} ORDER BY name, id"))?;
    let rows = statement.query_map([], raw)?;
    rows.map(|row| shop(row?)).collect()
}

pub(super) fn by_id(conn: &Connection, id: &str) -> Result<Option<Shop>, LogError> {
    let mut statement = conn.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    statement.query_row([id], raw).optional()?.map(shop).transpose()
}

pub(super) fn by_hook(conn: &Connection, hook: &TokenHash) -> Result<Option<Shop>, LogError> {
    let mut statement = conn.prepare_cached(&format!("{COLUMNS} WHERE hook = ?1"))?;
    let row = statement.query_row([hook.as_bytes()], raw).optional()?;
    row.map(shop).transpose()
}

pub(super) fn set_key(tx: &Transaction<'_>, id: &str, key: &ShopPublicKey) -> Result<(), LogError> {
    tx.execute(
        "UPDATE shop SET key = ?2 WHERE id = ?1",
        params![id, String::from(key.clone())],
    )?;
    Ok(())
}

/// A shop's newest place, in every form of the file: its last event's, or that of the last one dropped.
pub(in crate::log) const NEWEST: &str =
    "COALESCE((SELECT MAX(seq) FROM event WHERE event.shop_id = shop.id), dropped_through)";

/// The newest event's place and the last dropped one's; `None` when there is no such shop.
pub(super) fn places(conn: &Connection, id: &str) -> Result<Option<(i64, i64)>, LogError> {
    let mut statement = conn.prepare_cached(&format!(
        "SELECT {NEWEST}, dropped_through FROM shop WHERE id = ?1"
    ))?;
    let row = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)));
    Ok(row.optional()?)
}

pub(super) fn set_dropped(tx: &Transaction<'_>, id: &str, through: i64) -> Result<(), LogError> {
    tx.prepare_cached("UPDATE shop SET dropped_through = ?2 WHERE id = ?1")?
        .execute(params![id, through])?;
    Ok(())
}

pub(super) fn ids(conn: &Connection) -> Result<Vec<String>, LogError> {
    let mut statement = conn.prepare_cached("SELECT id FROM shop ORDER BY id")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn shop((id, name, hook, key, check_reference): Raw) -> Result<Shop, LogError> {
    let key = key.map(|key| stored(ShopPublicKey::try_from(key), "key"));
    Ok(Shop {
        id,
        name,
        hook: TokenHash::from_bytes(hook),
        key: key.transpose()?,
        validation: if check_reference {
            Validation::CheckReference
        } else {
            Validation::AcceptAll
        },
    })
}
