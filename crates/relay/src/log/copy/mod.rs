//! Backups of the embedded engine's file, the way back, and the move to PostgreSQL.
//!
//! A copy grows under another name, is written through, opened again, checked page by page and compared with what
//! the log said of itself at that very moment; only then it is named. So whatever has a backup's name is one.

mod moving;
mod restore;

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::backup::StepResult;
use rusqlite::{Connection, OpenFlags};

pub(super) use moving::Rows;
pub use moving::move_to;
pub use restore::{Restored, restore};

use super::sqlite::{NEWEST, SqliteLog, known_form};
use super::{LogError, place};

/// Pages copied at a time: 4 MB.
const PAGES_A_STEP: i32 = 1024;

/// What a log holds at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// Shops.
    pub shops: u64,
    /// Counters, revoked ones too.
    pub counters: u64,
    /// Events that are kept.
    pub events: u64,
    /// Claims.
    pub claims: u64,
    /// Events that there ever were: the sum of the shops' newest places.
    pub ever: u64,
}

impl Contents {
    /// One row of it. Where `newest` is no column, [`NEWEST`] stands for it.
    pub(super) const SQL: &str = "SELECT (SELECT COUNT(*) FROM shop), (SELECT COUNT(*) FROM counter),
         (SELECT COUNT(*) FROM event), (SELECT COUNT(*) FROM claim),
         (SELECT CAST(COALESCE(SUM(newest), 0) AS BIGINT) FROM shop)";

    fn of(conn: &Connection) -> Result<Self, LogError> {
        let row = conn.query_row(&Self::SQL.replace("newest", NEWEST), [], |row| {
            Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
        });
        Ok(Self::from_columns(row?))
    }

    pub(super) fn from_columns(columns: [i64; 5]) -> Self {
        let [shops, counters, events, claims, ever] = columns.map(place);
        Self {
            shops,
            counters,
            events,
            claims,
            ever,
        }
    }
}

/// Copies a log that is in use to `to`, as it stands at one moment; appends go on beside it. What stood at `to` is
/// replaced only by a copy that was proved.
///
/// # Errors
/// The disk's trouble; [`LogError::Unusable`] when the copy cannot be proved. Nothing stands at `to` then but what
/// stood there before.
pub async fn backup(from: &SqliteLog, to: &Path) -> Result<Contents, LogError> {
    let (from, to) = (from.path().to_owned(), to.to_owned());
    let copied = tokio::task::spawn_blocking(move || {
        let growing = beside(&to, ".part");
        let grown = grow(&from, &growing);
        if grown.is_err() {
            // Half a copy only takes room.
            let _ = std::fs::remove_file(&growing);
        }
        let contents = grown?;
        std::fs::rename(&growing, &to).map_err(|error| trouble(&to, &error))?;
        write_through_folder(&to)?;
        Ok(contents)
    });
    copied
        .await
        .map_err(|error| LogError::Unavailable(error.to_string()))?
}

fn grow(from: &Path, growing: &Path) -> Result<Contents, LogError> {
    let said = copy(from, growing)?;
    write_through(growing)?;
    let found = prove(growing)?;
    if found != said {
        return Err(not_whole(growing, "it differs from the log"));
    }
    Ok(found)
}

/// Copies a file as it stands at one moment, and says what it held then.
fn copy(from: &Path, growing: &Path) -> Result<Contents, LogError> {
    // Not made when missing: a copy of nothing would look like a copy.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags)?;
    // One reading transaction holds the moment, so that the copy need not begin anew for each append.
    source.execute_batch("BEGIN")?;
    let contents = Contents::of(&source)?;
    remove(growing)?;
    let mut target = Connection::open(growing)?;
    // A copy that is cut off is thrown away, so its pages need no journal; they are written through once.
    target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
    let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
    loop {
        match backup.step(PAGES_A_STEP)? {
            StepResult::More => {}
            StepResult::Done => break,
            // `StepResult` may grow; whatever it is, there is no copy.
            StepResult::Busy | StepResult::Locked | _ => {
                return Err(LogError::Unavailable("another program holds its lock".into()));
            }
        }
    }
    drop(backup);
    // One plain file without a log beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.close().map_err(|(_, error)| error)?;
    Ok(contents)
}

/// What a file holds that is a whole log of a form that this program knows. Only reads it.
fn prove(path: &Path) -> Result<Contents, LogError> {
    if !path.exists() {
        return Err(LogError::Refused(format!("there is no file {}", path.display())));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    if known_form(&conn)? == 0 {
        return Err(not_whole(path, "it is empty"));
    }
    let word: String = conn.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if word != "ok" {
        return Err(not_whole(path, &word));
    }
    Contents::of(&conn)
}

fn not_whole(path: &Path, why: &str) -> LogError {
    LogError::Unusable(format!(
        "{} is not a whole copy of a relay's log ({why})",
        path.display()
    ))
}

fn trouble(path: &Path, error: &std::io::Error) -> LogError {
    LogError::Unavailable(format!("{}: {error}", path.display()))
}

/// The same name with something added.
fn beside(path: &Path, added: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(added);
    name.into()
}

/// Missing already is removed enough.
fn remove(path: &Path) -> Result<(), LogError> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(trouble(path, &error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn write_through(path: &Path) -> Result<(), LogError> {
    let synced = File::open(path).and_then(|file| file.sync_all());
    synced.map_err(|error| trouble(path, &error))
}

/// Makes a new name in a folder survive a power cut.
fn write_through_folder(path: &Path) -> Result<(), LogError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    write_through(folder.unwrap_or(Path::new(".")))
}
