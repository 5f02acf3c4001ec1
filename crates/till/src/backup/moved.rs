//! A book that was last used on another PC.

use std::path::PathBuf;

use chrono::{DateTime, Utc};

use super::{Backups, not_whole};
use crate::error::TillError;
use crate::files::{FileLock, io_trouble, write_through};
use crate::pc::Pc;
use crate::reference::Incarnation;
use crate::shop::{self, Shop};
use crate::store::chain;
use crate::store::witness::{self, Witness};
use crate::store::{Store, setting};

impl Backups {
    /// The shop has moved: the book is this PC's now. References made from now on carry an incarnation that
    /// none carried before, and the witnesses say so, all in one transaction.
    ///
    /// # Errors
    /// The disk's trouble; [`crate::Code::NotAllowed`] after the last incarnation. Nothing has changed then.
    pub fn moved_here(
        &self,
        pc: &Pc,
        now: DateTime<Utc>,
        _lock: &FileLock,
    ) -> Result<Incarnation, TillError> {
        self.must_exist()?;
        let mut store = Store::open(&self.book)?;
        let mut shop = Shop::load(&store)?.ok_or_else(|| not_whole(&self.book, "it names no shop"))?;
        let incarnation = self.next_life(store.read(), Some(&shop.incarnation))?;
        shop.incarnation = incarnation.to_string();
        store.write(|tx| {
            let word = format!(
                "restored from another PC, chain head {}",
                chain::newest(tx)?.map(|link| link.head).unwrap_or_default()
            );
            let witness = Witness {
                told_by: "restore",
                push_id: None,
                receipt: None,
                amount: None,
                word: &word,
            };
            witness::append(tx, &witness, now)?;
            setting::put(tx, shop::KEY, &shop)?;
            pc.note(tx, now)
        })?;
        Ok(incarnation)
    }

    /// It is only a copy, and the other PC goes on selling: puts it aside under a name that nothing opens, so
    /// that this PC never gives out a reference of the other one. Returns where it is.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn is_a_copy(&self, now: DateTime<Utc>, _lock: &FileLock) -> Result<PathBuf, TillError> {
        self.must_exist()?;
        // Takes its log in, so that one file can be put aside.
        let store = Store::open(&self.book)?;
        store.close_as_one_file()?;
        let aside = self.aside(now);
        std::fs::rename(&self.book, &aside).map_err(|error| io_trouble(&self.book, &error))?;
        if let Some(folder) = self.book.parent() {
            write_through(folder)?;
        }
        Ok(aside)
    }

    /// Opening would make a new one.
    fn must_exist(&self) -> Result<(), TillError> {
        if self.book.exists() {
            Ok(())
        } else {
            Err(TillError::not_found("book"))
        }
    }
}
