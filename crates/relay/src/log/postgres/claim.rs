//! Who has which payment. Never changed, never deleted.

use std::collections::{BTreeSet, HashMap};

use relay_wire::ClaimKey;

use super::connection::Session;
use crate::log::{Counter, LogError, letter};

pub(super) async fn claim(
    session: &Session,
    counter: &Counter,
    keys: &[ClaimKey],
) -> Result<Vec<char>, LogError> {
    // In one order, so that two that race for the same payments wait for each other one way only.
    let names: BTreeSet<&[u8]> = keys.iter().map(|key| key.as_bytes().as_slice()).collect();
    let names: Vec<&[u8]> = names.into_iter().collect();
    session
        .execute(
            "INSERT INTO claim (shop_id, key, letter)
             SELECT $1, name, $3 FROM unnest($2::bytea[]) WITH ORDINALITY AS named (name, place)
             ORDER BY place ON CONFLICT DO NOTHING",
            &[&counter.shop_id, &names, &counter.letter.to_string()],
        )
        .await?;
    // A statement of its own sees what a rival has committed meanwhile.
    let found = holders(session, &counter.shop_id, keys).await?;
    found
        .into_iter()
        .map(|holder| holder.map_or_else(|| letter(""), Ok))
        .collect()
}

pub(super) async fn holders(
    session: &Session,
    shop_id: &str,
    keys: &[ClaimKey],
) -> Result<Vec<Option<char>>, LogError> {
    let names: Vec<&[u8]> = keys.iter().map(|key| key.as_bytes().as_slice()).collect();
    let rows = session
        .query(
            "SELECT key, letter FROM claim WHERE shop_id = $1 AND key = ANY ($2)",
            &[&shop_id, &names],
        )
        .await?;
    let holders: HashMap<&[u8], &str> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    keys.iter()
        .map(|key| {
            let holder = holders.get(key.as_bytes().as_slice());
            holder.map(|holder| letter(holder)).transpose()
        })
        .collect()
}
