//! Which copies there are.

use std::io::ErrorKind;

use super::{Backup, Backups, names};
use crate::error::TillError;
use crate::files::io_trouble;

impl Backups {
    /// The copies in the folder, the days' first and each kind newest first. What has the name of a copy
    /// was proved when it was taken; [`super::verify`] proves it once more.
    ///
    /// # Errors
    /// The disk's trouble. No folder is no copies.
    pub fn list(&self) -> Result<Vec<Backup>, TillError> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(io_trouble(&self.folder, &error)),
        };
        let mut backups = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| io_trouble(&self.folder, &error))?;
            let Some((reason, form)) = names::read(&self.stem, &entry.file_name().to_string_lossy()) else {
                continue;
            };
            // Gone between the list and the look: another Keshia tidied up.
            let Ok(about) = entry.metadata() else { continue };
            if about.is_file() {
                backups.push(Backup {
                    path: entry.path(),
                    reason,
                    form,
                    bytes: about.len(),
                });
            }
        }
        backups.sort_by_key(order);
        Ok(backups)
    }
}

fn order(backup: &Backup) -> (bool, std::cmp::Reverse<super::Taken>) {
    let daily = matches!(backup.reason, super::Taken::OfDay(_));
    (!daily, std::cmp::Reverse(backup.reason))
}
