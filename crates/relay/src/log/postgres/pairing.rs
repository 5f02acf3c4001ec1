//! Pairing codes.

use relay_wire::TokenHash;

use super::connection::Session;
use super::{counter, shop};
use crate::log::admit::{Admitted, admit};
use crate::log::{LogError, NewCounter, Paired, PairingCode, place};

pub(super) async fn insert(session: &Session, code: &PairingCode) -> Result<(), LogError> {
    session
        .execute(
            "INSERT INTO pairing (hash, shop_id, expires_ms) VALUES ($1, $2, $3)",
            &[&code.hash.as_bytes().as_slice(), &code.shop_id, &code.expires_ms],
        )
        .await?;
    Ok(())
}

pub(super) async fn pair(
    session: &Session,
    code: &TokenHash,
    new: &NewCounter,
    now_ms: i64,
) -> Result<Paired, LogError> {
    let hash = code.as_bytes().as_slice();
    // Two that race: the second waits here, and then the code is gone.
    let found = session
        .query_opt(
            "SELECT shop_id FROM pairing WHERE hash = $1 AND expires_ms > $2 FOR UPDATE",
            &[&hash, &now_ms],
        )
        .await?;
    let Some(shop_id) = found.map(|row| row.get::<_, String>(0)) else {
        return Ok(Paired::NoSuchCode);
    };
    // Two codes of one shop that race: one after the other from here, so that each has its own letter.
    let Some((newest, _)) = shop::lock(session, &shop_id).await? else {
        return Ok(Paired::NoSuchCode);
    };
    let Some(mut shop) = shop::by_id(session, &shop_id).await? else {
        return Ok(Paired::NoSuchCode);
    };
    let letter = match admit(&shop, &counter::of_shop(session, &shop_id).await?, &new.key) {
        Admitted::As(letter) => letter,
        Admitted::OtherKey => return Ok(Paired::OtherKey),
        Admitted::Full => return Ok(Paired::Full),
    };
    session
        .execute("DELETE FROM pairing WHERE hash = $1", &[&hash])
        .await?;
    shop::set_key(session, &shop_id, &new.key).await?;
    shop.key = Some(new.key.clone());
    let counter = new.admitted(&shop_id, letter);
    counter::insert(session, &counter, &new.token).await?;
    Ok(Paired::In {
        shop: Box::new(shop),
        counter: Box::new(counter),
        newest: place(newest),
    })
}

/// Codes that nobody can use any more.
pub(super) async fn drop_expired(session: &Session, now_ms: i64) -> Result<(), LogError> {
    session
        .execute("DELETE FROM pairing WHERE expires_ms <= $1", &[&now_ms])
        .await?;
    Ok(())
}
