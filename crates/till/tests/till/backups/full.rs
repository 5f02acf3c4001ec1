//! The disk of the copies is full, or is none.

use std::path::{Path, PathBuf};
use std::process::Command;

use till::Code;

use super::{Place, day};

/// A tiny disk in memory, where the system lets us have one; it goes with this value.
struct TinyDisk(PathBuf);

impl TinyDisk {
    fn mount(at: &Path) -> Option<Self> {
        if !cfg!(target_os = "linux") {
            return None;
        }
        std::fs::create_dir_all(at).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
            .arg(at)
            .output();
        mounted
            .is_ok_and(|output| output.status.success())
            .then(|| Self(at.to_owned()))
    }
}

impl Drop for TinyDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_folder_of_copies_leaves_the_book_alone() {
    let place = Place::new();
    let mut shop = place.open();
    let folder = place.backups().folder().to_owned();
    let disk = TinyDisk::mount(&folder);
    let expected = if disk.is_some() {
        println!("with a disk of 64 kB, which is too small for a copy");
        Code::DiskFull
    } else {
        println!("with a file where the folder should be: nothing can be mounted here");
        let _ = std::fs::remove_dir(&folder);
        std::fs::write(&folder, "").unwrap();
        Code::DiskError
    };
    let error = place.backups().take_daily(day(23)).unwrap_err();
    assert_eq!(error.code, expected, "{error}");
    assert!(
        error.message.contains("backup") && error.message.matches('.').count() == 1,
        "one sentence about the backup: {error}"
    );
    if disk.is_some() {
        assert!(
            super::names(&folder).is_empty(),
            "half a copy does not keep the disk full"
        );
    }
    assert!(
        disk.is_none() || place.backups().list().unwrap().is_empty(),
        "nothing there calls itself a backup"
    );
    shop.cash(None, 30, 30);
    assert_eq!(shop.balance("cash"), 40, "and the till goes on");
}
