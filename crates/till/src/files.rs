//! Where Keshia keeps its files, and that only one Keshia uses them at a time.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use crate::error::{Code, TillError};
use crate::policy::CUSTOMER_FILES_KEPT_DAYS;

/// The folder's name below the system's place for application data.
const FOLDER: &str = "ke.keshia.till";
/// The folder, beside the books, of files about one customer each.
const CUSTOMERS: &str = "customers";

/// The two books of one PC. Practice never mixes with money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Real sales.
    Live,
    /// The simulator, or any address that is not Safaricom's.
    Practice,
}

impl FileKind {
    /// The front of its files' names.
    pub(crate) const fn stem(self) -> &'static str {
        match self {
            Self::Live => "keshia",
            Self::Practice => "practice",
        }
    }
}

/// Keshia's folder.
#[derive(Debug, Clone)]
pub struct DataDir {
    root: PathBuf,
}

/// Held as long as an engine uses a book. The system lets go of it when the process dies.
#[derive(Debug)]
pub struct FileLock {
    _file: File,
}

impl DataDir {
    /// The folder at `root`, created when missing.
    ///
    /// # Errors
    /// [`Code::DiskReadOnly`] when it cannot be created.
    pub fn at(root: impl Into<PathBuf>) -> Result<Self, TillError> {
        let root = root.into();
        std::fs::create_dir_all(&root).map_err(|error| io_trouble(&root, &error))?;
        Ok(Self { root })
    }

    /// `KESHIA_DATA_DIR`, else the system's place for application data.
    ///
    /// # Errors
    /// [`Code::DiskReadOnly`] when there is no such place or it cannot be created.
    pub fn usual() -> Result<Self, TillError> {
        if let Some(root) = std::env::var_os("KESHIA_DATA_DIR").filter(|root| !root.is_empty()) {
            return Self::at(PathBuf::from(root));
        }
        let base = dirs::data_dir().ok_or_else(|| {
            TillError::new(
                Code::DiskReadOnly,
                "This system names no folder for application data. Set KESHIA_DATA_DIR.",
            )
        })?;
        Self::at(base.join(FOLDER))
    }

    /// The folder itself.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A book's path.
    #[must_use]
    pub fn database(&self, kind: FileKind) -> PathBuf {
        self.root.join(format!("{}.db", kind.stem()))
    }

    /// Where a book's requests to Safaricom are written down.
    #[must_use]
    pub fn interactions(&self, kind: FileKind) -> PathBuf {
        self.root.join(format!("{}-log.db", kind.stem()))
    }

    /// Where receipts are saved as files.
    #[must_use]
    pub fn receipts(&self) -> PathBuf {
        self.root.join("receipts")
    }

    /// Where reports are saved as files, unless a folder was chosen.
    #[must_use]
    pub fn reports(&self) -> PathBuf {
        self.root.join("reports")
    }

    /// Where all that is kept about a customer is written for that customer. What lies there goes after a time
    /// ([`forget_customers_files`]).
    #[must_use]
    pub fn customers(&self) -> PathBuf {
        self.root.join(CUSTOMERS)
    }

    /// Where files for other programs go: the folder that was chosen, else one of Keshia's own, made when missing.
    ///
    /// # Errors
    /// The disk's trouble. A chosen folder that is gone is told by whoever writes into it.
    pub fn files_folder(&self) -> Result<PathBuf, TillError> {
        if let Some(chosen) = self.chosen_files_folder() {
            return Ok(chosen);
        }
        let own = self.reports();
        std::fs::create_dir_all(&own).map_err(|error| io_trouble(&own, &error))?;
        Ok(own)
    }

    /// The folder that somebody chose for files.
    #[must_use]
    pub fn chosen_files_folder(&self) -> Option<PathBuf> {
        let text = std::fs::read_to_string(self.folder_note()).ok()?;
        Some(PathBuf::from(text.trim())).filter(|folder| folder.is_absolute())
    }

    /// Chooses it; none for Keshia's own. It belongs to this PC, so it is kept beside the book and not in it.
    ///
    /// # Errors
    /// [`Code::NotFound`] when it is no folder of this PC, or the disk's trouble: a file is tried there first. What was
    /// chosen before stays then.
    pub fn choose_files_folder(&self, folder: Option<&Path>) -> Result<(), TillError> {
        let note = self.folder_note();
        let Some(folder) = folder else {
            return match std::fs::remove_file(&note) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(io_trouble(&note, &error)),
                Ok(()) | Err(_) => Ok(()),
            };
        };
        if !folder.is_absolute() {
            return Err(no_folder(folder));
        }
        drop(Draft::new(folder, "keshia")?);
        std::fs::write(&note, folder.display().to_string()).map_err(|error| io_trouble(&note, &error))
    }

    fn folder_note(&self) -> PathBuf {
        self.root.join("files-folder")
    }

    /// Takes the book for this process.
    ///
    /// # Errors
    /// [`Code::DatabaseInUse`] while another Keshia holds it.
    pub fn lock(&self, kind: FileKind) -> Result<FileLock, TillError> {
        let path = self.root.join(format!("{}.lock", kind.stem()));
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|error| io_trouble(&path, &error))?;
        match file.try_lock() {
            Ok(()) => Ok(FileLock { _file: file }),
            Err(TryLockError::WouldBlock) => Err(TillError::new(
                Code::DatabaseInUse,
                "Keshia is already running with this book. Use the window that is open, or close it first.",
            )),
            Err(TryLockError::Error(error)) => Err(io_trouble(&path, &error)),
        }
    }

    /// Which book the window opened last; `None` on a first start.
    #[must_use]
    pub fn chosen(&self) -> Option<FileKind> {
        match std::fs::read_to_string(self.choice_path()).ok()?.trim() {
            "live" => Some(FileKind::Live),
            "practice" => Some(FileKind::Practice),
            _ => None,
        }
    }

    /// Remembers which book to open at the next start; `None` shows the three doors again.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn choose(&self, kind: Option<FileKind>) -> Result<(), TillError> {
        let path = self.choice_path();
        let word = match kind {
            Some(FileKind::Live) => "live",
            Some(FileKind::Practice) => "practice",
            None => "",
        };
        std::fs::write(&path, word).map_err(|error| io_trouble(&path, &error))
    }

    fn choice_path(&self) -> PathBuf {
        self.root.join("opened")
    }
}

/// Writes a file that somebody asked for into a folder, made when it is missing, in the place of one of that name.
///
/// # Errors
/// The disk's trouble.
pub fn keep(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, TillError> {
    std::fs::create_dir_all(folder).map_err(|error| io_trouble(folder, &error))?;
    let path = folder.join(name);
    std::fs::write(&path, bytes).map_err(|error| io_trouble(&path, &error))?;
    Ok(path)
}

/// Removes the files about customers that lie beside a book and were written too long ago, or that a wrong clock dated so
/// far ahead. How many went.
///
/// # Errors
/// The disk's trouble; what could be removed before is gone.
pub fn forget_customers_files(book: &Path, now: DateTime<Utc>) -> Result<usize, TillError> {
    let Some(folder) = book.parent().map(|root| root.join(CUSTOMERS)) else {
        return Ok(0);
    };
    if !folder.is_dir() {
        return Ok(0);
    }
    let kept = TimeDelta::days(CUSTOMER_FILES_KEPT_DAYS);
    let mut gone = 0;
    let entries = std::fs::read_dir(&folder).map_err(|error| io_trouble(&folder, &error))?;
    for entry in entries.flatten() {
        let path = entry.path();
        let trouble = |error: &std::io::Error| io_trouble(&path, error);
        let about = entry.metadata().map_err(|error| trouble(&error))?;
        let written = DateTime::<Utc>::from(about.modified().map_err(|error| trouble(&error))?);
        if about.is_file() && (now - written).abs() > kept {
            std::fs::remove_file(&path).map_err(|error| trouble(&error))?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// A file that is being written: it appears under its name when it is whole, in the place of one of that name.
/// Dropped before that, it leaves nothing.
#[derive(Debug)]
pub struct Draft {
    part: PathBuf,
    whole: PathBuf,
}

impl Draft {
    /// Begins a file of this name in a folder that is there.
    ///
    /// # Errors
    /// [`Code::NotFound`] when the folder is gone, or the disk's trouble.
    pub fn new(folder: &Path, name: &str) -> Result<Self, TillError> {
        if !folder.is_dir() {
            return Err(no_folder(folder));
        }
        let draft = Self {
            part: folder.join(format!(".{name}.part")),
            whole: folder.join(name),
        };
        draft.file()?;
        Ok(draft)
    }

    /// Where it is written until it is whole.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.part
    }

    /// The file, empty.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn file(&self) -> Result<File, TillError> {
        File::create(&self.part).map_err(|error| io_trouble(&self.part, &error))
    }

    /// It is whole: the disk has it, and then it gets its name.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn finish(self) -> Result<PathBuf, TillError> {
        write_through(&self.part)?;
        std::fs::rename(&self.part, &self.whole).map_err(|error| io_trouble(&self.whole, &error))?;
        if let Some(folder) = self.whole.parent() {
            write_through(folder)?;
        }
        Ok(self.whole.clone())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Gone already when it got its name; what cannot be removed is replaced by the next one.
        let _ = std::fs::remove_file(&self.part);
    }
}

fn no_folder(folder: &Path) -> TillError {
    TillError::new(
        Code::NotFound,
        format!(
            "There is no folder {}: plug the stick in, or choose another folder in the settings.",
            folder.display()
        ),
    )
}

/// Waits until the disk has a file, or what a folder lists. Only then a name may be trusted after a power
/// cut.
pub(crate) fn write_through(path: &Path) -> Result<(), TillError> {
    let is_folder = path.is_dir();
    if is_folder && cfg!(windows) {
        // Windows opens no folder to flush; its file system writes renames down in order.
        return Ok(());
    }
    let open = OpenOptions::new().read(is_folder).write(!is_folder).open(path);
    open.and_then(|file| file.sync_all())
        .map_err(|error| io_trouble(path, &error))
}

/// The disk's trouble outside SQLite, in the shop's words.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the standard library may add kinds of trouble"
)]
pub(crate) fn io_trouble(path: &Path, error: &std::io::Error) -> TillError {
    use std::io::ErrorKind;
    let place = path.display();
    match error.kind() {
        ErrorKind::StorageFull => TillError::new(
            Code::DiskFull,
            format!("The disk is full ({place}). Free some space, then start again."),
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => TillError::new(
            Code::DiskReadOnly,
            format!("Keshia may not write to {place}. Check the disk and its permissions, then start again."),
        ),
        _ => TillError::new(Code::DiskError, format!("Keshia cannot use {place}: {error}.")),
    }
}
