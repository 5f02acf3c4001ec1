//! How many copies are kept.

use std::path::Path;

use super::{Backups, Taken, names};
use crate::error::TillError;
use crate::files::io_trouble;
use crate::policy::{COPIES_BEFORE_CHANGES_KEPT, DAILY_COPIES_KEPT};

impl Backups {
    /// Removes the oldest copies beyond what is kept, but never `just_taken`: a PC whose clock fell back
    /// to the year 2000 must not throw its only new copy away.
    pub(super) fn keep_newest(&self, just_taken: &Path) -> Result<(), TillError> {
        let backups = self.list()?;
        let daily = |reason: Taken| matches!(reason, Taken::OfDay(_));
        for (is_daily, kept) in [(true, DAILY_COPIES_KEPT), (false, COPIES_BEFORE_CHANGES_KEPT)] {
            let of_kind: Vec<_> = backups
                .iter()
                .filter(|backup| daily(backup.reason) == is_daily)
                .collect();
            let too_many = of_kind.len().saturating_sub(kept);
            let oldest_first = of_kind.iter().rev().filter(|backup| backup.path != just_taken);
            for backup in oldest_first.take(too_many) {
                std::fs::remove_file(&backup.path).map_err(|error| io_trouble(&backup.path, &error))?;
            }
        }
        Ok(())
    }

    /// Removes what a copy left that was cut off; the caller holds the folder's lock, so none is growing.
    pub(super) fn sweep(&self) -> Result<(), TillError> {
        let entries = std::fs::read_dir(&self.folder).map_err(|error| io_trouble(&self.folder, &error))?;
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            // `….part`, and SQLite's own `….part-journal`, `-wal` and `-shm` beside it.
            let whole = name.split_once(".part").map(|(front, _)| format!("{front}.db"));
            if whole.is_some_and(|whole| names::read(&self.stem, &whole).is_some()) {
                std::fs::remove_file(entry.path()).map_err(|error| io_trouble(&entry.path(), &error))?;
            }
        }
        Ok(())
    }
}
