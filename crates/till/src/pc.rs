//! Which PC this is, and on which one a book was last used.
//!
//! A folder that was copied to a second PC would give out the references of the first one again. So each PC
//! has a random id outside the book, and the book remembers whose it is.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};

use crate::clock::shop_day;
use crate::error::{Code, TillError};
use crate::ids::IdSource;
use crate::store::{Store, at, setting};

/// Where a book keeps whose it is.
const KEY: &str = "pc";
/// The file with the id, in the system's place for settings of this PC, away from the books.
const FOLDER: &str = "ke.keshia.pc";
const FILE: &str = "id";

/// This PC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pc {
    id: String,
    /// As its network calls it, for a person.
    pub name: String,
}

/// The PC on which a book was last used, and it is not this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherPc {
    /// As its network calls it.
    pub name: String,
    /// When something was last done there.
    pub used_at: DateTime<Utc>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Noted {
    id: String,
    name: String,
    at: DateTime<Utc>,
}

impl Pc {
    /// This PC, by the id in `KESHIA_PC_DIR` or in the system's place for settings; made at the first call.
    /// `None` when it can neither be read nor made: that keeps nobody from selling.
    #[must_use]
    pub fn this() -> Option<Self> {
        let folder = std::env::var_os("KESHIA_PC_DIR")
            .filter(|folder| !folder.is_empty())
            .map(std::path::PathBuf::from)
            .or_else(|| Some(dirs::config_local_dir()?.join(FOLDER)))?;
        Self::of(&folder)
            .inspect_err(|error| tracing::warn!("this PC has no id: {error}"))
            .ok()
    }

    /// The PC whose id is in this folder; made when there is none.
    ///
    /// # Errors
    /// The disk's trouble, or the system gives no randomness.
    pub fn of(folder: &Path) -> Result<Self, TillError> {
        let path = folder.join(FILE);
        let trouble = |error: std::io::Error| crate::files::io_trouble(&path, &error);
        let known = std::fs::read_to_string(&path).ok();
        let id = match known.map(|id| id.trim().to_owned()).filter(|id| !id.is_empty()) {
            Some(id) => id,
            None => {
                let id = IdSource::from_system().map_err(TillError::internal)?.next_id();
                std::fs::create_dir_all(folder).map_err(trouble)?;
                std::fs::write(&path, &id).map_err(trouble)?;
                id
            }
        };
        Ok(Self {
            id,
            name: host_name(),
        })
    }

    /// Is the book this PC's? Writes it down when the book is nobody's yet, and the time once a day.
    ///
    /// # Errors
    /// [`Code::OtherPc`] when it was last used on another one; [`OtherPc::of`] says which. The disk's trouble.
    pub fn claim(&self, store: &mut Store, now: DateTime<Utc>) -> Result<(), TillError> {
        let noted = noted(store.read())?;
        match &noted {
            Some(noted) if noted.id != self.id => return Err(another(&OtherPc::with(noted, store.read())?)),
            Some(noted) if shop_day(noted.at) == shop_day(now) => return Ok(()),
            Some(_) | None => {}
        }
        store.write(|tx| self.note(tx, now))
    }

    /// Writes into the book that it is this PC's.
    pub(crate) fn note(&self, tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<(), TillError> {
        let noted = Noted {
            id: self.id.clone(),
            name: self.name.clone(),
            at: now,
        };
        setting::put(tx, KEY, &noted)
    }
}

impl OtherPc {
    /// The other PC on which a book was last used; `None` when it was this one, or nobody knows.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn of(book: &Connection, this: &Pc) -> Result<Option<Self>, TillError> {
        noted(book)?
            .filter(|noted| noted.id != this.id)
            .map(|noted| Self::with(&noted, book))
            .transpose()
    }

    fn with(noted: &Noted, book: &Connection) -> Result<Self, TillError> {
        let sold: Option<i64> = book
            .query_row(
                "SELECT opened_at FROM sale ORDER BY opened_at DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?;
        Ok(Self {
            name: noted.name.clone(),
            used_at: sold.map_or(noted.at, |sold| at(sold).max(noted.at)),
        })
    }
}

/// The book is nobody's, until the next PC opens it.
pub(crate) fn forget(tx: &Transaction<'_>) -> Result<(), TillError> {
    tx.execute("DELETE FROM setting WHERE key = ?1", [KEY])?;
    Ok(())
}

fn noted(book: &Connection) -> Result<Option<Noted>, TillError> {
    setting::get(book, KEY)
}

fn another(other: &OtherPc) -> TillError {
    let used_at = other.used_at.with_timezone(&crate::clock::east_africa());
    TillError::new(
        Code::OtherPc,
        format!(
            "This book was last used on another PC ({}, {}). Say `keshiactl here --moved` if the shop moved to this PC, or `keshiactl here --copy` if that PC goes on selling.",
            other.name,
            used_at.format("%d.%m.%Y %H:%M"),
        ),
    )
}

#[cfg(unix)]
fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host_name() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_else(|_| "a PC without a name".to_owned())
}
