//! `keshia-relay backup`, `restore` and `move`: the log in a file, its copies, and its way to a database.

use std::path::{Path, PathBuf};

use super::{Place, said};
use crate::log::copy::{Contents, backup, move_to, restore};
use crate::log::{PostgresLog, SqliteLog};
use crate::store::{Store, lock};

/// `backup FILE`: beside a running relay.
pub(super) async fn back_up(place: &Place, to: &Path) -> Result<(), String> {
    let log = SqliteLog::open(file(place)?).map_err(said)?;
    let contents = backup(&log, to).await.map_err(said)?;
    println!("{}: {}", to.display(), words(&contents));
    println!("The key file is not in it: keep a copy of that in another place.");
    Ok(())
}

/// `restore FILE`: while no relay serves.
pub(super) async fn put_back(place: &Place, from: PathBuf) -> Result<(), String> {
    let book = file(place)?.clone();
    let _only = lock(&book)?;
    let put = tokio::task::spawn_blocking(move || restore(&from, &book));
    let restored = put.await.map_err(said)?.map_err(said)?;
    println!("Restored: {}", words(&restored.contents));
    if let Some(path) = restored.replaced {
        println!("The file that was in its place is {}", path.display());
    }
    Ok(())
}

/// `move --to postgres://…`: while no relay serves.
pub(super) async fn move_away(place: &Place, to: &Store) -> Result<(), String> {
    let book = file(place)?;
    let Store::Postgres(addresses) = to else {
        return Err("a log is moved to postgres://…".into());
    };
    let [address] = addresses.as_slice() else {
        return Err("a log is moved to one database; more are added to --store afterwards".into());
    };
    let _only = lock(book)?;
    let log = PostgresLog::open(address).await.map_err(said)?;
    let contents = move_to(book, &log).await.map_err(said)?;
    println!("Moved: {}", words(&contents));
    if let Some(key) = place.key.clone().or_else(|| place.store.key_file()) {
        println!(
            "Every relay on the database needs the key file: --key {}",
            key.display()
        );
    }
    Ok(())
}

fn file(place: &Place) -> Result<&PathBuf, String> {
    match &place.store {
        Store::Sqlite(path) => Ok(path),
        Store::Postgres(_) => {
            Err("this is for a log in a file; a database has its own tools (OPERATING.md)".into())
        }
    }
}

fn words(contents: &Contents) -> String {
    let Contents {
        shops,
        counters,
        events,
        claims,
        ever: _,
    } = contents;
    format!("{shops} shops, {counters} counters, {events} events, {claims} claims")
}
