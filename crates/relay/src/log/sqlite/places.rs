//! Each shop's newest place, as the writer remembers it: looking it up with each commit is a sixth of its work.

use std::collections::HashMap;

use rusqlite::Transaction;

use super::shop;
use crate::log::{LogError, no_such_shop};

/// What the only connection that appends knows of the shops it appended to.
#[derive(Debug, Default)]
pub(super) struct Places {
    newest: HashMap<String, i64>,
    /// What SQLite calls the file's state; other connections change it.
    version: Option<i64>,
}

impl Places {
    /// Begins a transaction: what another connection may have changed is forgotten.
    pub(super) fn begin(&mut self, tx: &Transaction<'_>) -> Result<(), LogError> {
        let version = tx
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get(0))?;
        if self.version.replace(version) != Some(version) {
            self.newest.clear();
        }
        Ok(())
    }

    /// The next place of a shop, which is taken by asking.
    pub(super) fn next(&mut self, tx: &Transaction<'_>, shop_id: &str) -> Result<i64, LogError> {
        if let Some(newest) = self.newest.get_mut(shop_id) {
            *newest += 1;
            return Ok(*newest);
        }
        let (newest, _) = shop::places(tx, shop_id)?.ok_or_else(|| no_such_shop(shop_id))?;
        self.newest.insert(shop_id.to_owned(), newest + 1);
        Ok(newest + 1)
    }

    /// Nothing of the transaction was kept.
    pub(super) fn undo(&mut self) {
        *self = Self::default();
    }
}
