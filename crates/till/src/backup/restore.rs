//! Puts a copy in the place of the book.
//!
//! At every moment of it a power cut leaves a whole book: the old one or the new one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use daraja::Secret;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::{Backups, Facts, names, not_whole, sealed, verify};
use crate::clock::east_africa;
use crate::error::{Code, TillError};
use crate::files::{FileKind, FileLock, io_trouble, write_through};
use crate::ids::IdSource;
use crate::pc;
use crate::recovery_code::{RecoveryCode, RecoveryCodeError};
use crate::reference::Incarnation;
use crate::secrets::SecretName;
use crate::shop::{self, PayEnvironment, Shop};
use crate::store::witness::{self, Witness};
use crate::store::{Store, migration, sale, setting};

const MOST_DRAWS: usize = 10_000;

/// What was put where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the copy held, before the note of its return was added.
    pub facts: Facts,
    /// Where the file is that was in its place; `None` when there was none.
    pub replaced: Option<PathBuf>,
    /// What new references carry from now on.
    pub incarnation: Incarnation,
}

/// What the file that is there now says, if it still can.
struct Present {
    shop: Shop,
    sales: u64,
}

impl Backups {
    /// Proves `copy`, puts the present file aside and `copy` in its place. References made from now on
    /// carry an incarnation that none carried before, and the witnesses say from what the book came back.
    /// `copy` itself is only read. The lock proves that no other Keshia uses the book.
    ///
    /// # Errors
    /// [`Code::DatabaseCorrupt`], [`Code::DatabaseNewer`] or [`Code::NotFound`] for a copy that is none,
    /// [`Code::NotAllowed`] for one of another book, the disk's trouble. The present file is as it was.
    /// [`Code::RecoveryCode`] for a sealed one, [`Code::Stopped`].
    pub fn restore(&self, copy: &Path, now: DateTime<Utc>, _lock: &FileLock) -> Result<Restored, TillError> {
        self.with_room(|coming| {
            if sealed::label(copy)?.is_some() {
                return Err(RecoveryCodeError::Empty.into());
            }
            self.bring(copy, coming)?;
            self.replace_with(copy, coming, now)
        })
    }

    /// The same with a sealed copy, and the keys that came along in it: the caller puts them into the key
    /// store of this PC.
    ///
    /// # Errors
    /// As [`Self::restore`], and [`Code::RecoveryCode`] for a code that does not open it.
    pub fn restore_sealed(
        &self,
        copy: &Path,
        code: &RecoveryCode,
        now: DateTime<Utc>,
        _lock: &FileLock,
    ) -> Result<(Restored, Vec<(SecretName, Secret)>), TillError> {
        self.with_room(|coming| {
            let keys = sealed::open(copy, code, coming, &self.watch)?;
            Ok((self.replace_with(copy, coming, now)?, keys))
        })
    }

    fn with_room<T>(&self, restore: impl FnOnce(&Path) -> Result<T, TillError>) -> Result<T, TillError> {
        let coming = self.book.with_extension("coming");
        remove_all(&coming)?;
        let result = restore(&coming);
        // Renamed when all went well; else half a copy that only takes room.
        let _ = remove_all(&coming);
        result
    }

    /// Brings the copy, and the log of a file that was copied by hand, beside the book.
    fn bring(&self, copy: &Path, coming: &Path) -> Result<(), TillError> {
        if !copy.is_file() {
            return Err(TillError::new(
                Code::NotFound,
                format!("There is no file {}.", copy.display()),
            ));
        }
        self.watch.copy(copy, coming)?;
        let log = names::beside(copy, "wal");
        if log.is_file() {
            self.watch.copy(&log, &names::beside(coming, "wal"))?;
        }
        Ok(())
    }

    fn replace_with(&self, copy: &Path, coming: &Path, now: DateTime<Utc>) -> Result<Restored, TillError> {
        let facts = prove(coming, copy)?;
        // The last moment at which nothing has changed.
        self.watch.whole(coming)?;
        let mut store = Store::open_copy(coming)?;
        let mut shop = Shop::load(&store)?.ok_or_else(|| not_whole(copy, "it names no shop"))?;
        let present = self.present();
        self.refuse_another_book(&shop, present.as_ref())?;
        let of_present = present.as_ref().map(|present| present.shop.incarnation.as_str());
        let incarnation = self.next_life(store.read(), of_present)?;
        shop.incarnation = incarnation.to_string();
        let word = format!(
            "restored from {}, witness head {}",
            self.said(copy),
            facts.witness_head
        );
        store.write(|tx| {
            let witness = Witness {
                told_by: "restore",
                push_id: None,
                receipt: None,
                amount: None,
                word: &word,
            };
            witness::append(tx, &witness, now)?;
            // The next start writes down the PC on which the book lives from now on.
            pc::forget(tx)
        })?;
        shop.save(&mut store)?;
        store.close_as_one_file()?;
        write_through(coming)?;
        verify(coming)?;
        let replaced = self.swap(coming, now)?;
        Ok(Restored {
            facts,
            replaced,
            incarnation,
        })
    }

    /// The present file, when it can still be read. A damaged one is no reason not to restore.
    fn present(&self) -> Option<Present> {
        if !self.book.exists() {
            return None;
        }
        let conn = Connection::open(&self.book).ok()?;
        // SQLite throws the log of a damaged file away when it closes it. It may be worth something.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)
            .ok()?;
        let shop = setting::get(&conn, shop::KEY).ok()??;
        let sales: i64 = conn
            .query_row("SELECT COUNT(*) FROM sale", [], |row| row.get(0))
            .ok()?;
        // A readable file takes its log in, so that it can be put aside alone.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
            .ok()?;
        Some(Present {
            shop,
            sales: u64::try_from(sales).unwrap_or_default(),
        })
    }

    fn refuse_another_book(&self, shop: &Shop, present: Option<&Present>) -> Result<(), TillError> {
        let refuse = |words: &str| Err(TillError::new(Code::NotAllowed, words));
        let practised = shop
            .connection
            .as_ref()
            .is_some_and(|connection| connection.environment == PayEnvironment::Practice);
        if practised && self.stem == FileKind::Live.stem() {
            return refuse("This is a copy of the practice book: it never takes the place of the real one.");
        }
        match present {
            Some(present) if present.sales > 0 && present.shop.file_id != shop.file_id => refuse(
                "This is a copy of another shop's book: nothing was changed. To use it on this PC, name another folder (--data-dir).",
            ),
            Some(_) | None => Ok(()),
        }
    }

    /// An incarnation that no reference had: none of this PC's, and none in the book that comes. Another PC's that
    /// came from the same copy is known to neither, so it is drawn by lot. The copy does not know of restores after
    /// it, and the present file may be unreadable, so each one is also kept in a file of its own, written before
    /// the book is replaced.
    pub(super) fn next_life(
        &self,
        coming: &Connection,
        present: Option<&str>,
    ) -> Result<Incarnation, TillError> {
        let path = self.book.with_extension("lives");
        let noted = std::fs::read_to_string(&path).unwrap_or_default();
        let used: BTreeSet<Incarnation> = noted
            .split_whitespace()
            .chain(present)
            .filter_map(Incarnation::parse)
            .chain(sale::incarnations(coming)?)
            .collect();
        let mut ids = IdSource::from_system().map_err(TillError::internal)?;
        let next = draw(&mut ids, &used).ok_or_else(|| {
            TillError::new(
                Code::NotAllowed,
                "This book has come back as often as its references can tell. Please ask for help; nothing was changed.",
            )
        })?;
        std::fs::write(&path, format!("{}\n{next}\n", noted.trim()))
            .map_err(|error| io_trouble(&path, &error))?;
        write_through(&path)?;
        Ok(next)
    }

    /// How the witness names the copy: a name of our own making, never one that a person gave the file.
    fn said(&self, copy: &Path) -> String {
        let name = copy
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        match names::read(&self.stem, &name) {
            Some(_) => name,
            None => "a file".to_owned(),
        }
    }

    fn swap(&self, coming: &Path, now: DateTime<Utc>) -> Result<Option<PathBuf>, TillError> {
        let replaced = self.book.exists().then(|| self.aside(now));
        if let Some(aside) = &replaced {
            // The present file keeps its own name until the very rename that replaces it.
            set_aside(&self.book, aside)?;
        }
        // A log left by a damaged file belongs to it alone; on the new one it would be poison.
        let log = names::beside(&self.book, "wal");
        if log.exists() {
            let target = names::beside(replaced.as_deref().unwrap_or(&self.aside(now)), "wal");
            std::fs::rename(&log, &target).map_err(|error| io_trouble(&log, &error))?;
        }
        remove(&names::beside(&self.book, "shm"))?;
        std::fs::rename(coming, &self.book).map_err(|error| io_trouble(&self.book, &error))?;
        if let Some(folder) = self.book.parent() {
            write_through(folder)?;
        }
        Ok(replaced)
    }

    /// `keshia-replaced-20261124-180312.db`, by the shop's clock; never a name in use.
    pub(super) fn aside(&self, now: DateTime<Utc>) -> PathBuf {
        let time = now.with_timezone(&east_africa()).format("%Y%m%d-%H%M%S");
        let name = |n: u32| {
            let again = if n == 0 { String::new() } else { format!("-{n}") };
            self.book
                .with_file_name(format!("{}-replaced-{time}{again}.db", self.stem))
        };
        (0..)
            .map(name)
            .find(|path| !path.exists())
            .unwrap_or_else(|| name(0))
    }
}

/// Draws until the lot is a new one. `None` when even [`MOST_DRAWS`] were all in use: then nearly all are.
fn draw(ids: &mut IdSource, used: &BTreeSet<Incarnation>) -> Option<Incarnation> {
    std::iter::repeat_with(|| Incarnation::drawn(ids.next_lot()))
        .take(MOST_DRAWS)
        .find(|life| !used.contains(life))
}

/// Gives the present file a second name, or a copy where the file system knows no second names.
fn set_aside(book: &Path, aside: &Path) -> Result<(), TillError> {
    let named = std::fs::hard_link(book, aside).or_else(|_| std::fs::copy(book, aside).map(|_| ()));
    if let Err(error) = named {
        let _ = remove(aside);
        return Err(io_trouble(aside, &error));
    }
    write_through(aside)
}

/// Proves what was brought, then brings it to this program's form.
fn prove(coming: &Path, copy: &Path) -> Result<Facts, TillError> {
    let mut conn = Connection::open(coming)?;
    let facts = verify::check(&conn, copy)?;
    // The copy stays as it is, so there is nothing to copy first.
    migration::run(&mut conn, None, migration::MIGRATIONS)?;
    Ok(facts)
}

fn remove_all(path: &Path) -> Result<(), TillError> {
    remove(path)?;
    for what in ["wal", "shm", "journal"] {
        remove(&names::beside(path, what))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), TillError> {
    match std::fs::remove_file(path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(io_trouble(path, &error)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_lot_that_was_in_use_is_drawn_again() {
        let all: BTreeSet<Incarnation> = (0..=u16::MAX).map(Incarnation::drawn).collect();
        let (mut ids, free) = (IdSource::seeded(1), Incarnation::drawn(7));
        let used: BTreeSet<Incarnation> = all
            .iter()
            .copied()
            .take(32_000)
            .filter(|&life| life != free)
            .collect();
        for _ in 0..100 {
            let drawn = draw(&mut ids, &used).unwrap();
            assert!(!used.contains(&drawn), "{drawn} was somebody's");
        }
        assert_eq!(
            draw(&mut ids, &all),
            None,
            "when all are in use there is no other"
        );
    }
}
