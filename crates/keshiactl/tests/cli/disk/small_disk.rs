//! Small disks of the test's own.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A disk that goes with this value.
pub struct SmallDisk {
    folder: TempDir,
    image: Option<PathBuf>,
}

impl SmallDisk {
    /// In memory, of so many kB; `None` where nothing can be mounted.
    pub fn in_memory(kilobytes: u32) -> Option<Self> {
        let disk = Self {
            folder: TempDir::new().unwrap(),
            image: None,
        };
        std::fs::create_dir(disk.path()).unwrap();
        let size = format!("size={kilobytes}k");
        run(
            "mount",
            &["-t", "tmpfs", "-o", &size, "tmpfs", &text(&disk.path())],
        )
        .then_some(disk)
    }

    /// A file system of its own in a file, which can break while it is used; `None` where that cannot be.
    pub fn that_can_break() -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let image = folder.path().join("image");
        File::create(&image).unwrap().set_len(16 * 1024 * 1024).unwrap();
        let disk = Self {
            folder,
            image: Some(image),
        };
        std::fs::create_dir(disk.path()).unwrap();
        let made = run("mkfs.ext4", &["-q", "-F", &text(disk.image.as_deref()?)]);
        (made && disk.mount()).then_some(disk)
    }

    /// Where it is.
    pub fn path(&self) -> PathBuf {
        self.folder.path().join("disk")
    }

    /// What the kernel does when a disk fails under it: from now on nobody can write, and whoever has a
    /// file open keeps it.
    pub fn break_down(&self) {
        assert!(self.remount("abort"), "the file system gives up");
    }

    /// Nobody may write, or everybody may again. Only while no file is open.
    pub fn remount(&self, how: &str) -> bool {
        let how = format!("remount,{how}");
        run("mount", &["-o", &how, &text(&self.path())])
    }

    /// As after a repair: taken away and put back.
    pub fn come_back(&self) {
        assert!(self.unmount() && self.mount(), "the disk is whole again");
    }

    fn mount(&self) -> bool {
        let image = self.image.as_deref();
        image.is_some_and(|image| run("mount", &["-o", "loop", &text(image), &text(&self.path())]))
    }

    fn unmount(&self) -> bool {
        run("umount", &[&text(&self.path())])
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = self.unmount();
    }
}

/// Takes all the room there is, until the returned file is removed.
pub fn fill(disk: &Path) -> PathBuf {
    let path = disk.join("filler");
    let mut file = File::create(&path).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    path
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path of the test's own").to_owned()
}

fn run(program: &str, arguments: &[&str]) -> bool {
    if !cfg!(target_os = "linux") {
        return false;
    }
    let done = Command::new(program).args(arguments).output();
    done.is_ok_and(|output| output.status.success())
}
