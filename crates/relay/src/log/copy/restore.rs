//! Puts a copy in the place of the log.
//!
//! At every moment of it a power cut leaves a whole file in its place: the old one or the new one.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::{Contents, beside, prove, remove, trouble, write_through, write_through_folder};
use crate::log::LogError;
use crate::log::sqlite::begin_life;

/// What was put where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the log holds now.
    pub contents: Contents,
    /// Where the file is that was in its place; `None` when there was none.
    pub replaced: Option<PathBuf>,
}

/// Proves `backup`, puts the file at `book` aside and a copy of `backup` in its place, and begins a new life, so
/// that every counter reads again from the first event that is kept. The relay must be stopped.
///
/// # Errors
/// [`LogError::Unusable`] or [`LogError::Refused`] for a backup that is none, [`LogError::Unavailable`] while
/// somebody uses the file, and the disk's trouble. The present file is as it was then.
pub fn restore(backup: &Path, book: &Path) -> Result<Restored, LogError> {
    prove(backup)?;
    let coming = beside(book, ".coming");
    let restored = replace(backup, &coming, book);
    // Renamed when all went well; else half a copy that only takes room.
    let _ = remove(&coming);
    restored
}

fn replace(backup: &Path, coming: &Path, book: &Path) -> Result<Restored, LogError> {
    std::fs::copy(backup, coming).map_err(|error| trouble(coming, &error))?;
    let mut conn = Connection::open(coming)?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    begin_life(&tx)?;
    tx.commit()?;
    conn.close().map_err(|(_, error)| error)?;
    write_through(coming)?;
    let contents = prove(coming)?;
    let replaced = put_aside(book)?;
    std::fs::rename(coming, book).map_err(|error| trouble(book, &error))?;
    write_through_folder(book)?;
    Ok(Restored { contents, replaced })
}

/// Gives the present file a second name. A damaged one too: it may be worth something, and so may its log.
fn put_aside(book: &Path) -> Result<Option<PathBuf>, LogError> {
    if !book.exists() {
        return Ok(None);
    }
    alone(book)?;
    let free = (1..).map(|number| beside(book, &format!(".replaced-{number}")));
    let aside = free.into_iter().find(|path| !path.exists());
    let aside = aside.ok_or_else(|| LogError::Unavailable("no name is free".into()))?;
    for added in ["-wal", "-shm"] {
        // Only a file that could not be opened still has them.
        let log = beside(book, added);
        if log.exists() {
            let to = beside(&aside, added);
            std::fs::rename(&log, &to).map_err(|error| trouble(&to, &error))?;
        }
    }
    std::fs::hard_link(book, &aside).map_err(|error| trouble(&aside, &error))?;
    Ok(Some(aside))
}

/// Folds the log into the file, which SQLite does only for the last who has it open. A damaged file cannot be
/// opened by anybody.
pub(super) fn alone(book: &Path) -> Result<(), LogError> {
    let folded = Connection::open(book).and_then(|conn| {
        // SQLite throws the log of a damaged file away when it closes it.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        conn.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0))
    });
    match folded {
        Ok(mode) if mode == "delete" => Ok(()),
        Ok(_) => Err(in_use()),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Ok(()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Err(in_use()),
            Some(_) | None => Err(error.into()),
        },
    }
}

fn in_use() -> LogError {
    LogError::Unavailable("somebody uses its file: stop the relay first".into())
}
