//! Copies on the sticks that are plugged in, for a new PC that knows nothing yet.

use std::path::{Path, PathBuf};

use super::watch::Watch;
use super::{Backup, Backups, Form, sealed};
use crate::files::FileKind;
use crate::shop::Shop;

/// A copy on a stick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The copy.
    pub backup: Backup,
    /// Whose it is; empty when it does not say.
    pub shop: String,
}

/// The newest copies of real books on each of these places, in their shops' folders; newest first. What
/// cannot be read is left out.
#[must_use]
pub fn found_on(places: &[PathBuf], each: usize) -> Vec<Found> {
    places
        .iter()
        .flat_map(|place| folders(place))
        .filter(|folder| name_of(folder).starts_with(super::stick::OWN))
        .flat_map(|folder| {
            let there = Backups {
                book: PathBuf::new(),
                folder,
                stem: FileKind::Live.stem().to_owned(),
                watch: Watch::default(),
            };
            there.list().unwrap_or_default().into_iter().take(each)
        })
        .map(|backup| Found {
            shop: shop_of(&backup).unwrap_or_default(),
            backup,
        })
        .collect()
}

/// Where this system mounts what is plugged in.
#[must_use]
pub fn plugged_in() -> Vec<PathBuf> {
    if cfg!(windows) {
        // C: is the PC itself.
        let drives = (b'D'..=b'Z').map(|letter| PathBuf::from(format!("{}:\\", char::from(letter))));
        return drives.filter(|drive| drive.is_dir()).collect();
    }
    if cfg!(target_os = "macos") {
        return folders(Path::new("/Volumes"));
    }
    // One folder a user, one a stick (udisks); older systems mount at /media itself.
    ["/media", "/run/media"]
        .into_iter()
        .flat_map(|place| folders(Path::new(place)))
        .flat_map(|user| {
            let sticks = folders(&user);
            if sticks.is_empty() { vec![user] } else { sticks }
        })
        .collect()
}

fn shop_of(backup: &Backup) -> Option<String> {
    match backup.form {
        Form::Plain => Shop::peek(&backup.path).map(|shop| shop.name),
        Form::Sealed => sealed::label(&backup.path).ok()?.map(|label| label.shop),
    }
}

fn folders(place: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let mut folders: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
