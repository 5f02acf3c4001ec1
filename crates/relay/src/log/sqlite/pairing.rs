//! Pairing codes.

use relay_wire::TokenHash;
use rusqlite::{OptionalExtension as _, Transaction, params};

use super::{counter, shop};
use crate::log::admit::{Admitted, admit};
use crate::log::{LogError, NewCounter, Paired, PairingCode, place};

pub(super) fn insert(tx: &Transaction<'_>, code: &PairingCode) -> Result<(), LogError> {
    tx.execute(
        "INSERT INTO pairing (hash, shop_id, expires_ms) VALUES (?1, ?2, ?3)",
        params![code.hash.as_bytes(), code.shop_id, code.expires_ms],
    )?;
    Ok(())
}

pub(super) fn pair(
    tx: &Transaction<'_>,
    code: &TokenHash,
    new: &NewCounter,
    now_ms: i64,
) -> Result<Paired, LogError> {
    let shop_id: Option<String> = tx
        .query_row(
            "SELECT shop_id FROM pairing WHERE hash = ?1 AND expires_ms > ?2",
            params![code.as_bytes(), now_ms],
            |row| row.get(0),
        )
        .optional()?;
    let Some(shop_id) = shop_id else {
        return Ok(Paired::NoSuchCode);
    };
    let (Some(mut shop), Some((newest, _))) = (shop::by_id(tx, &shop_id)?, shop::places(tx, &shop_id)?)
    else {
        return Ok(Paired::NoSuchCode);
    };
    let letter = match admit(&shop, &counter::of_shop(tx, &shop_id)?, &new.key) {
        Admitted::As(letter) => letter,
        Admitted::OtherKey => return Ok(Paired::OtherKey),
        Admitted::Full => return Ok(Paired::Full),
    };
    tx.execute("DELETE FROM pairing WHERE hash = ?1", [code.as_bytes()])?;
    shop::set_key(tx, &shop_id, &new.key)?;
    shop.key = Some(new.key.clone());
    let counter = new.admitted(&shop_id, letter);
    counter::insert(tx, &counter, &new.token)?;
    Ok(Paired::In {
        shop: Box::new(shop),
        counter: Box::new(counter),
        newest: place(newest),
    })
}

/// Codes that nobody can use any more.
pub(super) fn drop_expired(tx: &Transaction<'_>, now_ms: i64) -> Result<(), LogError> {
    tx.execute("DELETE FROM pairing WHERE expires_ms <= ?1", [now_ms])?;
    Ok(())
}
