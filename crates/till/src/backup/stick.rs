//! A second place for the copies, away from this PC: a USB stick, or any other folder.
//!
//! What is carried there is the copy that was proved already, so that neither the book nor anybody who
//! sells waits for a slow stick. It is written under another name, written through, read again and
//! compared, and only then named. The shop has a folder of its own there, made when the stick is chosen and
//! never by itself: an empty place where a stick should be, or a stranger's stick, gets nothing.

use std::fs::{File, OpenOptions, TryLockError};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, NaiveDate, Utc};
use daraja::Secret;
use serde::{Deserialize, Serialize};

use super::sealed::{self, Cargo, Lock};
use super::watch::{Progress, Watch};
use super::{Backup, Backups, Form, Taken, names, not_whole, verify};
use crate::error::{Code, TillError};
use crate::files::{io_trouble, write_through};
use crate::recovery_code::RecoveryCode;
use crate::secrets::SecretName;
use crate::shop::Shop;

/// Characters of the book's id in the folder's name: enough to tell the shops on one stick apart.
const ID_CHARS: usize = 8;
/// The front of that name.
pub(super) const OWN: &str = "Keshia-";

/// Where a book's copies go besides the folder beside it. What was chosen belongs to this PC, so it is kept
/// beside the book and not in it.
#[derive(Debug, Clone)]
pub struct Stick {
    book: PathBuf,
    note: PathBuf,
    watch: Watch,
}

/// How it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StickState {
    /// The folder that was chosen.
    pub folder: PathBuf,
    /// Are copies sealed under a recovery code?
    pub form: Form,
    /// Do the keys travel in them?
    pub with_keys: bool,
    /// Is it there now?
    pub there: bool,
    /// When the newest copy got there.
    pub last: Option<Last>,
}

/// The newest copy that got there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// Which day's copy it is.
    pub day: NaiveDate,
    /// Did all keys that there are travel in it?
    pub keys: bool,
    /// When the copy beside the book was written, in milliseconds of the disk's clock: another one is newer.
    of_ms: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Chosen {
    folder: PathBuf,
    /// The shop's own folder in it.
    own: String,
    lock: Option<Lock>,
    with_keys: bool,
    last: Option<Last>,
}

/// The keys as the key store has them; `None` when it does not answer.
pub type Keys<'a> = &'a dyn Fn() -> Option<Vec<(SecretName, Secret)>>;

impl Stick {
    /// The second place of the book at `book`. Creates nothing.
    #[must_use]
    pub fn of(book: &Path) -> Self {
        Self {
            book: book.to_owned(),
            note: book.with_extension("stick"),
            watch: Watch::default(),
        }
    }

    /// The same, with somebody who is told how far a copy is, as [`Backups::watched`].
    #[must_use]
    pub fn watched(self, eye: impl Fn(Progress) -> ControlFlow<()> + Send + Sync + 'static) -> Self {
        Self {
            watch: Watch::by(eye),
            ..self
        }
    }

    /// Chooses the folder, and makes the shop's own one in it. With a code, copies are sealed under it, and
    /// the keys travel too if that is wanted; without one they are plain, and keys never travel.
    ///
    /// # Errors
    /// [`Code::NotFound`] when it is no folder, [`Code::NotAllowed`] for Keshia's own folder, the disk's
    /// trouble. What was chosen before stays then.
    pub fn choose(
        &self,
        folder: &Path,
        code: Option<&RecoveryCode>,
        with_keys: bool,
    ) -> Result<(), TillError> {
        if !folder.is_dir() {
            return Err(TillError::new(
                Code::NotFound,
                format!(
                    "There is no folder {}: plug the stick in, or choose another folder.",
                    folder.display()
                ),
            ));
        }
        let whole = |path: &Path| path.canonicalize().map_err(|error| io_trouble(path, &error));
        let home = self.book.parent().unwrap_or(Path::new("."));
        if whole(folder)?.starts_with(whole(home)?) {
            return Err(TillError::new(
                Code::NotAllowed,
                "That is Keshia's own folder: choose a stick or another disk, which is still there when this PC is not.",
            ));
        }
        let shop = self.shop()?;
        let id = shop.file_id.get(..ID_CHARS).unwrap_or(&shop.file_id);
        let own = format!("{OWN}{id}");
        let lock = code.map(|code| Lock::new(code, &shop.file_id)).transpose()?;
        let place = folder.join(&own);
        std::fs::create_dir_all(&place).map_err(|error| on_stick(&io_trouble(&place, &error)))?;
        self.note(&Chosen {
            folder: folder.to_owned(),
            own,
            with_keys: with_keys && lock.is_some(),
            lock,
            last: None,
        })
    }

    /// No second place any more; the copies that are there stay.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn forget(&self) -> Result<(), TillError> {
        match std::fs::remove_file(&self.note) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(io_trouble(&self.note, &error)),
        }
    }

    /// What was chosen and how it stands; `None` when nothing was chosen. Asks the stick whether it is there,
    /// which a broken one may answer late: never on a thread that somebody waits for.
    #[must_use]
    pub fn state(&self) -> Option<StickState> {
        let chosen = self.chosen()?;
        Some(StickState {
            there: chosen.place().is_dir(),
            form: chosen.form(),
            with_keys: chosen.with_keys,
            last: chosen.last,
            folder: chosen.folder,
        })
    }

    /// The copies that are there.
    ///
    /// # Errors
    /// [`Code::NotFound`] when nothing was chosen or it is not there, the disk's trouble.
    pub fn list(&self) -> Result<Vec<Backup>, TillError> {
        let chosen = self.chosen().ok_or_else(|| not_there(None))?;
        let place = chosen.place();
        if !place.is_dir() {
            return Err(not_there(Some(&chosen.folder)));
        }
        self.copies(place).list()
    }

    /// Carries the newest daily copy over, unless it is there already: `None` then, and when nothing was
    /// chosen or there is no copy yet.
    ///
    /// # Errors
    /// [`Code::NotFound`] while the stick is not there, [`Code::Busy`] while another Keshia writes to it,
    /// [`Code::Stopped`], its disk's trouble in one sentence that names it. Its older copies are as they were.
    pub fn carry(&self, now: DateTime<Utc>, keys: Keys<'_>) -> Result<Option<StickState>, TillError> {
        let Some(mut chosen) = self.chosen() else {
            return Ok(None);
        };
        let Some((newest, day, of_ms)) = newest(&Backups::beside(&self.book))? else {
            return Ok(None);
        };
        let place = chosen.place();
        if !place.is_dir() {
            return Err(not_there(Some(&chosen.folder)));
        }
        let copies = self.copies(place);
        let path = copies
            .folder
            .join(names::write(&copies.stem, newest.reason, chosen.form()));
        if chosen.last.as_ref().is_some_and(|last| last.of_ms == of_ms) && path.exists() {
            return Ok(None);
        }
        let all_keys = self
            .carry_over(&newest.path, &path, &copies, &chosen, now, keys)
            .map_err(|error| on_stick(&error))?;
        if let Err(error) = copies.keep_newest(&path) {
            // The copy stands all the same.
            tracing::warn!(code = ?error.code, "the oldest copies on the stick could not be removed: {error}");
        }
        chosen.last = Some(Last {
            at: now,
            day,
            keys: all_keys,
            of_ms,
        });
        self.note(&chosen)?;
        Ok(self.state())
    }

    fn carry_over(
        &self,
        from: &Path,
        to: &Path,
        copies: &Backups,
        chosen: &Chosen,
        now: DateTime<Utc>,
        keys: Keys<'_>,
    ) -> Result<bool, TillError> {
        let _alone = alone(copies)?;
        copies.sweep()?;
        let growing = names::growing(to);
        let grown = match &chosen.lock {
            Some(lock) => self.grow_sealed(from, &growing, lock, chosen.with_keys.then_some(keys), now),
            None => grow_plain(from, &growing, &self.watch).map(|()| false),
        };
        if grown.is_err() {
            // Half a copy takes room that a whole one needs. What cannot be removed is swept later.
            let _ = copies.sweep();
        }
        let all_keys = grown?;
        std::fs::rename(&growing, to).map_err(|error| io_trouble(to, &error))?;
        write_through(&copies.folder)?;
        Ok(all_keys)
    }

    fn grow_sealed(
        &self,
        from: &Path,
        growing: &Path,
        lock: &Lock,
        keys: Option<Keys<'_>>,
        now: DateTime<Utc>,
    ) -> Result<bool, TillError> {
        let found = keys.map(|keys| keys());
        let shop = self.shop()?;
        let cargo = Cargo {
            shop: &shop.name,
            file_id: &shop.file_id,
            keys: found.as_ref().and_then(Option::as_deref).unwrap_or_default(),
            at: now,
        };
        let written = sealed::write(from, growing, lock, &cargo, &self.watch)?;
        write_through(growing)?;
        if sealed::hash_of(growing)? == written {
            Ok(matches!(found, Some(Some(_))))
        } else {
            Err(not_whole(growing, "it differs from what was written"))
        }
    }

    fn copies(&self, folder: PathBuf) -> Backups {
        Backups {
            folder,
            ..Backups::beside(&self.book)
        }
    }

    fn shop(&self) -> Result<Shop, TillError> {
        Shop::peek(&self.book).ok_or_else(|| {
            TillError::new(
                Code::NotConnected,
                "There is no book on this PC yet that could be copied.",
            )
        })
    }

    fn chosen(&self) -> Option<Chosen> {
        let text = std::fs::read_to_string(&self.note).ok()?;
        let read = serde_json::from_str(&text);
        read.inspect_err(|error| tracing::warn!("where the copies go cannot be read: {error}"))
            .ok()
    }

    fn note(&self, chosen: &Chosen) -> Result<(), TillError> {
        let text = serde_json::to_string(chosen).map_err(TillError::internal)?;
        let growing = self.note.with_extension("stick-part");
        let trouble = |error: std::io::Error| io_trouble(&self.note, &error);
        std::fs::write(&growing, text).map_err(trouble)?;
        write_through(&growing)?;
        std::fs::rename(&growing, &self.note).map_err(trouble)
    }
}

impl Chosen {
    fn place(&self) -> PathBuf {
        self.folder.join(&self.own)
    }

    fn form(&self) -> Form {
        match self.lock {
            Some(_) => Form::Sealed,
            None => Form::Plain,
        }
    }
}

/// The daily copy that was written last, its day, and when. By the disk's time and not by its day: the date
/// of the PC may have jumped.
fn newest(backups: &Backups) -> Result<Option<(Backup, NaiveDate, u64)>, TillError> {
    let written = |backup: &Backup| {
        let at = std::fs::metadata(&backup.path).and_then(|about| about.modified());
        let since = at.ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        u64::try_from(since.as_millis()).ok()
    };
    Ok(backups
        .list()?
        .into_iter()
        .filter_map(|backup| match backup.reason {
            Taken::OfDay(day) => written(&backup).map(|ms| (backup, day, ms)),
            Taken::BeforeVersion(_) => None,
        })
        .max_by_key(|(_, _, ms)| *ms))
}

fn grow_plain(from: &Path, growing: &Path, watch: &Watch) -> Result<(), TillError> {
    let said = verify(from)?;
    watch.copy(from, growing)?;
    write_through(growing)?;
    if verify(growing)? == said && sealed::hash_of(growing)? == sealed::hash_of(from)? {
        Ok(())
    } else {
        Err(not_whole(growing, "it differs from the copy beside the book"))
    }
}

/// Two PCs may have one folder on a network. A place that knows no locks has one PC.
fn alone(copies: &Backups) -> Result<Option<File>, TillError> {
    let path = copies.folder.join(format!("{}.lock", copies.stem));
    let open = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = open.map_err(|error| io_trouble(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(TillError::new(
            Code::Busy,
            "Another Keshia is writing to the stick: it is tried again later.",
        )),
        Err(TryLockError::Error(_)) => Ok(None),
    }
}

fn not_there(folder: Option<&Path>) -> TillError {
    let words = match folder {
        Some(folder) => format!(
            "The stick is not there ({}): plug it in, or choose it again if it is another one.",
            folder.display()
        ),
        None => "No stick has been chosen for the copies.".to_owned(),
    };
    TillError::new(Code::NotFound, words)
}

/// The disk's words are about the sale on the screen; these are about the stick.
fn on_stick(error: &TillError) -> TillError {
    let why = if error.code == Code::DiskFull {
        "it is full: free some space on it"
    } else if error.code == Code::DiskReadOnly {
        "Keshia may not write to it: look for its little switch, or take another one"
    } else if error.code == Code::DiskError {
        "it does not answer properly: pull it out and plug it in again, or take another one"
    } else {
        return error.clone();
    };
    TillError::new(
        error.code,
        format!("There is no new copy on the stick, because {why}; sales go on as before."),
    )
}
