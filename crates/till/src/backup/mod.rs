//! Copies of the book: one a day and one before each change of its form, each proved before it counts.
//!
//! A copy grows under another name, is written through to the disk, opened again, compared with what the
//! book said of itself at that very moment, and only then named. So whatever has a backup's name is one.

mod facts;
mod found;
mod keep;
mod list;
mod moved;
mod names;
mod rehearse;
pub mod restore;
mod sealed;
mod stick;
mod take;
mod verify;
mod watch;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::{Connection, OpenFlags};

pub use facts::Facts;
pub use found::{Found, found_on, plugged_in};
pub use rehearse::{Lost, Rehearsal};
pub use restore::Restored;
pub use sealed::{Label, label};
pub use stick::{Keys, Last, Stick, StickState};
pub use verify::verify;
pub use watch::Progress;

use crate::error::{Code, TillError};
use crate::files::{DataDir, FileKind};

/// The folder's name beside the books.
const FOLDER: &str = "backups";

/// One book and the place of its copies.
#[derive(Debug, Clone)]
pub struct Backups {
    book: PathBuf,
    folder: PathBuf,
    stem: String,
    watch: watch::Watch,
}

/// One copy that stands in the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it is.
    pub path: PathBuf,
    /// Why it was taken.
    pub reason: Taken,
    /// Can everybody read it?
    pub form: Form,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Whether a copy can be read without a recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A SQLite file.
    Plain,
    /// Opened only by the recovery code.
    Sealed,
}

/// Why a copy was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Taken {
    /// The copy of this day of the shop.
    OfDay(NaiveDate),
    /// Before the book was brought to this version of its form.
    BeforeVersion(u32),
}

impl Backups {
    /// The copies of one of the PC's two books.
    #[must_use]
    pub fn of(dir: &DataDir, kind: FileKind) -> Self {
        Self::beside(&dir.database(kind))
    }

    /// The copies of the book at `book`: in the folder `backups` beside it. Creates nothing.
    #[must_use]
    pub fn beside(book: &Path) -> Self {
        let stem = book
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Self {
            book: book.to_owned(),
            folder: book.with_file_name(FOLDER),
            stem,
            watch: watch::Watch::default(),
        }
    }

    /// The same, with somebody who is told between two steps how far a copy, a restore or a rehearsal is. When he
    /// breaks it ends with [`Code::Stopped`] and leaves nothing half done; behind the last of them it cannot be
    /// stopped.
    #[must_use]
    pub fn watched(self, eye: impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self {
            watch: watch::Watch::by(eye),
            ..self
        }
    }

    /// Of which of the two books a file is a copy, by its name; `None` when a person named it.
    #[must_use]
    pub fn kind_of(copy: &Path) -> Option<FileKind> {
        let name = copy.file_name()?.to_str()?;
        [FileKind::Live, FileKind::Practice]
            .into_iter()
            .find(|kind| names::read(kind.stem(), name).is_some())
    }

    /// The book.
    #[must_use]
    pub fn book(&self) -> &Path {
        &self.book
    }

    /// Where the copies are; it may not exist yet.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Has this day no copy yet, and is there a book to copy?
    #[must_use]
    pub fn due(&self, today: NaiveDate) -> bool {
        self.book.exists() && !self.path_of(Taken::OfDay(today)).exists()
    }

    /// Checks all pages of the book itself, on a connection of its own that only reads: nobody who sells is held up.
    ///
    /// # Errors
    /// [`Code::DatabaseCorrupt`] when they do not agree with each other, or the disk's trouble.
    pub fn check_book(&self) -> Result<(), TillError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        crate::store::check_pages(&Connection::open_with_flags(&self.book, flags)?)
    }

    fn path_of(&self, reason: Taken) -> PathBuf {
        self.folder.join(names::write(&self.stem, reason, Form::Plain))
    }
}

/// What is wrong with a file that should be a copy of a book.
fn not_whole(path: &Path, why: &str) -> TillError {
    TillError::new(
        Code::DatabaseCorrupt,
        format!(
            "{} is not a whole copy of a Keshia book ({why}): use another backup.",
            path.display()
        ),
    )
}
