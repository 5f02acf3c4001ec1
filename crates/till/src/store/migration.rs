//! Migrations: append-only, numbered in `PRAGMA user_version`, never importing live types.
//!
//! A file of a newer Keshia is refused. A file that must change is copied first, and the copy is proved;
//! without it nothing is changed.

use std::path::Path;

use rusqlite::Connection;

use crate::backup::Backups;
use crate::error::{Code, TillError};

/// Each entry brings the file from its index to the next version. Never edit one that was released.
pub const MIGRATIONS: &[&str] = &[
    include_str!("migration_0001.sql"),
    include_str!("migration_0002.sql"),
    include_str!("migration_0003.sql"),
    include_str!("migration_0004.sql"),
    include_str!("migration_0005.sql"),
    include_str!("migration_0006.sql"),
    include_str!("migration_0007.sql"),
    include_str!("migration_0008.sql"),
    include_str!("migration_0009.sql"),
    include_str!("migration_0010.sql"),
    include_str!("migration_0011.sql"),
    include_str!("migration_0012.sql"),
];

/// Brings the file to the last version of `scripts` ([`MIGRATIONS`], or a test's own); `file` is the
/// existing file to copy first.
///
/// # Errors
/// [`Code::DatabaseNewer`], or the disk's trouble; a copy that could not be made and proved is named.
/// The file is then as it was.
pub fn run(conn: &mut Connection, file: Option<&Path>, scripts: &[&str]) -> Result<(), TillError> {
    let stored: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    refuse_newer(stored, scripts)?;
    let newest = u32::try_from(scripts.len()).map_err(TillError::internal)?;
    let Some(pending) = scripts
        .get(stored as usize..)
        .filter(|pending| !pending.is_empty())
    else {
        return Ok(());
    };
    if let Some(file) = file.filter(|_| stored > 0) {
        Backups::beside(file)
            .take_before(newest)
            .map_err(|error| not_copied(&error))?;
    }
    // A table that others refer to can only be made anew while nobody checks (SQLite, "Making Other Kinds Of
    // Table Schema Changes"); everything is checked at once before the commit.
    conn.pragma_update(None, "foreign_keys", "OFF")?;
    let changed = change(conn, pending, newest);
    conn.pragma_update(None, "foreign_keys", "ON")?;
    changed
}

fn change(conn: &mut Connection, pending: &[&str], newest: u32) -> Result<(), TillError> {
    let tx = conn.transaction()?;
    for script in pending {
        tx.execute_batch(script)?;
    }
    let broken = tx.prepare("PRAGMA foreign_key_check")?.exists([])?;
    if broken {
        return Err(TillError::new(
            Code::DatabaseCorrupt,
            "Keshia's file holds rows that belong to nothing, so it was not changed for this version. Restore the newest backup, or ask for help.",
        ));
    }
    tx.pragma_update(None, "user_version", newest)?;
    tx.commit()?;
    Ok(())
}

/// A form that this program does not know must not be touched by it.
pub(crate) fn refuse_newer(stored: u32, scripts: &[&str]) -> Result<(), TillError> {
    if stored as usize > scripts.len() {
        return Err(TillError::new(
            Code::DatabaseNewer,
            "This file was written by a newer Keshia. Install the newest Keshia on this PC; nothing was changed.",
        ));
    }
    Ok(())
}

fn not_copied(error: &TillError) -> TillError {
    let what_to_do = if error.code == Code::DiskFull {
        "The disk is full: free some space, then start again."
    } else if error.code == Code::DatabaseCorrupt {
        "The file itself is damaged: restore the newest backup."
    } else {
        "Check that Keshia may write to the folder `backups` beside it, then start again."
    };
    TillError::new(
        error.code,
        format!(
            "Keshia could not copy its file before changing it for this version, so nothing was changed. {what_to_do}"
        ),
    )
}
