//! Migrations: append-only, numbered in `PRAGMA user_version`, never importing live types.
//!
//! A file of a newer Keshia is refused. A file that must change is copied first.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::error::{Code, TillError};

/// Each entry brings the file from its index to the next version. Never edit one that was released.
const MIGRATIONS: &[&str] = &[
    include_str!("migration_0001.sql"),
    include_str!("migration_0002.sql"),
];

/// Brings the file to this program's version; `file` is the existing file to copy first.
///
/// # Errors
/// [`Code::DatabaseNewer`], or the disk's trouble.
pub fn run(conn: &mut Connection, file: Option<&Path>) -> Result<(), TillError> {
    let stored: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    let version = stored as usize;
    if version > MIGRATIONS.len() {
        return Err(TillError::new(
            Code::DatabaseNewer,
            "This file was written by a newer Keshia. Install the newest Keshia on this PC; nothing was changed.",
        ));
    }
    let Some(pending) = MIGRATIONS.get(version..).filter(|pending| !pending.is_empty()) else {
        return Ok(());
    };
    if let Some(file) = file.filter(|_| version > 0) {
        let copy = copy_name(file, version);
        let mut target = Connection::open(&copy)?;
        rusqlite::backup::Backup::new(conn, &mut target)?.run_to_completion(
            256,
            std::time::Duration::ZERO,
            None,
        )?;
    }
    let tx = conn.transaction()?;
    for script in pending {
        tx.execute_batch(script)?;
    }
    tx.pragma_update(
        None,
        "user_version",
        u32::try_from(MIGRATIONS.len()).map_err(TillError::internal)?,
    )?;
    tx.commit()?;
    Ok(())
}

fn copy_name(file: &Path, version: usize) -> PathBuf {
    file.with_extension(format!("before-version-{}.db", version + 1))
}
