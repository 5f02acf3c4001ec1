//! Shops, and each one's last place.

use relay_wire::{ShopPublicKey, TokenHash};
use tokio_postgres::Row;

use super::connection::Session;
use super::hash;
use crate::log::{LogError, Shop, Validation, stored};

pub(super) async fn insert(session: &Session, shop: &Shop) -> Result<(), LogError> {
    let check = shop.validation == Validation::CheckReference;
    let (hook, key) = (
        shop.hook.as_bytes().as_slice(),
        shop.key.clone().map(String::from),
    );
    session
        .execute(
            "INSERT INTO shop (id, name, hook, key, check_reference) VALUES ($1, $2, $3, $4, $5)",
            &[&shop.id, &shop.name, &hook, &key, &check],
        )
        .await?;
    Ok(())
}

pub(super) async fn all(session: &Session) -> Result<Vec<Shop>, LogError> {
    let rows = session
        .query(
            "SELECT id, name, hook, key, check_reference FROM shop ORDER BY name COLLATE \"C\", id",
            &[],
        )
        .await?;
    rows.iter().map(shop).collect()
}

pub(super) async fn by_id(session: &Session, id: &str) -> Result<Option<Shop>, LogError> {
    let row = session
        .query_opt(
            "SELECT id, name, hook, key, check_reference FROM shop WHERE id = $1",
            &[&id],
        )
        .await?;
    row.as_ref().map(shop).transpose()
}

pub(super) async fn by_hook(session: &Session, hook: &TokenHash) -> Result<Option<Shop>, LogError> {
    let row = session
        .query_opt(
            "SELECT id, name, hook, key, check_reference FROM shop WHERE hook = $1",
            &[&hook.as_bytes().as_slice()],
        )
        .await?;
    row.as_ref().map(shop).transpose()
}

/// The newest event's place; nobody else changes the shop or its events until the transaction ends.
pub(super) async fn lock(session: &Session, id: &str) -> Result<Option<(i64, i64)>, LogError> {
    let row = session
        .query_opt(
            "SELECT newest, dropped_through FROM shop WHERE id = $1 FOR NO KEY UPDATE",
            &[&id],
        )
        .await?;
    Ok(row.map(|row| (row.get(0), row.get(1))))
}

pub(super) async fn set_key(session: &Session, id: &str, key: &ShopPublicKey) -> Result<(), LogError> {
    let key = String::from(key.clone());
    session
        .execute("UPDATE shop SET key = $2 WHERE id = $1", &[&id, &key])
        .await?;
    Ok(())
}

pub(super) async fn set_dropped(session: &Session, id: &str, through: i64) -> Result<(), LogError> {
    session
        .execute(
            "UPDATE shop SET dropped_through = $2 WHERE id = $1",
            &[&id, &through],
        )
        .await?;
    Ok(())
}

/// Every shop's id and newest place.
pub(super) async fn places(session: &Session) -> Result<Vec<(String, i64)>, LogError> {
    let rows = session
        .query("SELECT id, newest FROM shop ORDER BY id", &[])
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

fn shop(row: &Row) -> Result<Shop, LogError> {
    let key: Option<String> = row.get(3);
    let key = key.map(|key| stored(ShopPublicKey::try_from(key), "key"));
    Ok(Shop {
        id: row.get(0),
        name: row.get(1),
        hook: hash(row, 2)?,
        key: key.transpose()?,
        validation: if row.get(4) {
            Validation::CheckReference
        } else {
            Validation::AcceptAll
        },
    })
}
