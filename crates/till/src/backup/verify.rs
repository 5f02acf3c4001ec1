//! Is a file a whole book?

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::{Facts, facts, not_whole};
use crate::error::{Code, TillError};
use crate::store::migration;

/// Opens a copy for reading only, checks every page and every reference between rows, and says what it
/// holds. For a copy that [`super::Backups`] made: a file with a log beside it is first put together by
/// [`super::restore`].
///
/// # Errors
/// [`Code::DatabaseCorrupt`] with what is wrong, [`Code::NotFound`] without a file,
/// [`Code::DatabaseNewer`] for a newer Keshia's, or the disk's trouble.
pub fn verify(path: &Path) -> Result<Facts, TillError> {
    if !path.is_file() {
        return Err(TillError::new(
            Code::NotFound,
            format!("There is no file {}.", path.display()),
        ));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    check(&conn, path)
}

/// As [`verify`], over an open file; `path` is only for the words.
pub(super) fn check(conn: &Connection, path: &Path) -> Result<Facts, TillError> {
    inside(conn, path).map_err(|error| {
        if error.code == Code::DatabaseCorrupt {
            not_whole(path, "it is damaged")
        } else if error.code == Code::Internal {
            // SQLite's "no such table": a database, but not ours.
            not_whole(path, "it is another program's")
        } else {
            error
        }
    })
}

fn inside(conn: &Connection, path: &Path) -> Result<Facts, TillError> {
    let version = facts::version(conn)?;
    migration::refuse_newer(version, migration::MIGRATIONS)?;
    let word: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if word != "ok" {
        return Err(not_whole(path, "it is damaged"));
    }
    let mut foreign = conn.prepare("PRAGMA foreign_key_check")?;
    if foreign.query([])?.next()?.is_some() {
        return Err(not_whole(path, "it is damaged"));
    }
    Facts::of(conn)
}
