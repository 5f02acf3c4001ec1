//! Takes one copy.

use std::fs::{File, OpenOptions};
use std::path::Path;

use chrono::NaiveDate;
use rusqlite::backup::StepResult;
use rusqlite::{Connection, OpenFlags};

use super::watch::Watch;
use super::{Backup, Backups, Facts, Form, Taken, names, not_whole, verify};
use crate::error::{Code, TillError};
use crate::files::{io_trouble, write_through};

/// Pages copied at a time: 1 MB of the usual 4 kB pages.
const PAGES_A_STEP: i32 = 256;

impl Backups {
    /// Takes the copy of this day and removes the oldest beyond those kept. A copy of the same day is
    /// replaced, but only by one that was proved. Nobody who sells is held up: the copy is of one moment,
    /// read from a connection of its own, and the book goes on beside it.
    ///
    /// # Errors
    /// [`Code::DiskFull`] and its like in one sentence that names the backup, [`Code::DatabaseCorrupt`]
    /// when the book itself is damaged, [`Code::Stopped`]. The book and the older copies are as they were.
    pub fn take_daily(&self, today: NaiveDate) -> Result<(Backup, Facts), TillError> {
        self.take(Taken::OfDay(today)).map_err(|error| not_taken(&error))
    }

    /// Takes the copy from before the book is brought to `version` of its form.
    ///
    /// # Errors
    /// As [`Self::take_daily`].
    pub fn take_before(&self, version: u32) -> Result<(Backup, Facts), TillError> {
        self.take(Taken::BeforeVersion(version))
    }

    fn take(&self, reason: Taken) -> Result<(Backup, Facts), TillError> {
        std::fs::create_dir_all(&self.folder).map_err(|error| io_trouble(&self.folder, &error))?;
        let _alone = self.lock()?;
        self.sweep()?;
        let path = self.path_of(reason);
        let growing = names::growing(&path);
        let grown = self.grow(&growing);
        if grown.is_err() {
            // What is half a copy takes room that the shop needs. What cannot be removed is swept later.
            let _ = self.sweep();
        }
        let facts = grown?;
        std::fs::rename(&growing, &path).map_err(|error| io_trouble(&path, &error))?;
        write_through(&self.folder)?;
        if let Err(error) = self.keep_newest(&path) {
            // The copy stands all the same.
            tracing::warn!(code = ?error.code, "the oldest backups could not be removed: {error}");
        }
        let bytes = std::fs::metadata(&path)
            .map_err(|error| io_trouble(&path, &error))?
            .len();
        let backup = Backup {
            path,
            reason,
            form: Form::Plain,
            bytes,
        };
        Ok((backup, facts))
    }

    /// Two copies at a time would take each other's half for a leftover. The system lets go of the lock
    /// when the process dies.
    fn lock(&self) -> Result<File, TillError> {
        let path = self.folder.join(format!("{}.lock", self.stem));
        let open = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path);
        let file = open.map_err(|error| io_trouble(&path, &error))?;
        file.lock().map_err(|error| io_trouble(&path, &error))?;
        Ok(file)
    }

    fn grow(&self, growing: &Path) -> Result<Facts, TillError> {
        let said = copy(&self.book, growing, &self.watch)?;
        write_through(growing)?;
        let found = verify(growing)?;
        if found == said {
            Ok(found)
        } else {
            Err(not_whole(growing, "it differs from the book"))
        }
    }
}

fn in_use() -> TillError {
    TillError::new(
        Code::DatabaseInUse,
        "Another program is using Keshia's file. Close it and try again.",
    )
}

/// Copies the book as it stands at one moment, and returns what it says of itself at that moment.
fn copy(book: &Path, growing: &Path, watch: &Watch) -> Result<Facts, TillError> {
    // Not made when missing: a copy of nothing would look like a copy.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(book, flags)?;
    source.busy_timeout(std::time::Duration::from_secs(2))?;
    // One reading transaction holds the moment: what is sold meanwhile goes into the book's log, and the
    // copy need not begin anew for it.
    source.execute_batch("BEGIN")?;
    let facts = Facts::of(&source)?;
    let mut target = Connection::open(growing)?;
    // A copy that is cut off is thrown away, so its pages need no journal; they are written through once.
    target.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")?;
    let backup = rusqlite::backup::Backup::new(&source, &mut target)?;
    loop {
        let step = backup.step(PAGES_A_STEP)?;
        let progress = backup.progress();
        let pages = |count: i32| u64::try_from(count).unwrap_or_default();
        watch.at(
            pages(progress.pagecount.saturating_sub(progress.remaining)),
            pages(progress.pagecount),
        )?;
        if step == StepResult::Done {
            break;
        }
        // Busy, locked, or a word that SQLite may add: there is no copy.
        if step != StepResult::More {
            return Err(in_use());
        }
    }
    drop(backup);
    source.execute_batch("COMMIT")?;
    // One plain file, without the log that the book has beside it.
    target.pragma_update(None, "journal_mode", "DELETE")?;
    target.close().map_err(|(_, error)| error)?;
    Ok(facts)
}

/// The disk's words are about the sale on the screen; these are about the copy.
fn not_taken(error: &TillError) -> TillError {
    let why = if error.code == Code::DiskFull {
        "its disk is full: free some space"
    } else if error.code == Code::DiskReadOnly {
        "Keshia may not write to the folder `backups`: check the disk and its permissions"
    } else if error.code == Code::DiskError {
        "the folder `backups` does not answer properly: check the disk"
    } else {
        return error.clone();
    };
    TillError::new(
        error.code,
        format!("There is no new backup, because {why}; sales go on as before."),
    )
}
