//! The book: one SQLite file, one writer, one file of code per table.
//!
//! WAL with `synchronous=FULL`: a commit that returned survives a power cut. Tables are STRICT,
//! foreign keys are enforced, witnesses and postings are append-only and hash-chained. Nothing here
//! decides anything about money; that is the engine's work.

pub mod act;
pub mod chain;
pub mod counter_claim;
pub mod customer;
pub mod debt;
pub mod desk;
pub mod draft;
pub mod extent;
pub mod find;
pub mod matter;
pub mod migration;
pub mod money_in;
pub mod payer_name;
pub mod person;
pub mod person_word;
pub mod posting;
pub mod posting_sum;
pub mod print_job;
pub mod pull_cover;
pub mod push;
pub mod reason;
pub mod refund;
pub mod sale;
pub mod sale_tax;
pub mod setting;
pub mod shift;
pub mod tender;
pub mod told_result;
pub mod witness;
pub mod z;

use std::path::Path;

use chrono::{DateTime, TimeZone, Utc};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Code, TillError};

/// The open file.
#[derive(Debug)]
pub struct Store {
    conn: Connection,
}

impl Store {
    /// Opens (and creates, and migrates) the file.
    ///
    /// # Errors
    /// The disk's trouble in words; [`Code::DatabaseNewer`] when a newer Keshia wrote the file;
    /// [`Code::DatabaseCorrupt`] when its pages do not agree with each other, in a file of [`CHECKED_AT_START`] or less.
    pub fn open(path: &Path) -> Result<Self, TillError> {
        let existed = path.exists();
        let conn = Connection::open(path)?;
        // SQLite throws the log of a damaged file away when it closes it. It may be worth something.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        let mut store = Self::prepare(conn)?;
        if existed && !is_checked_later(path) {
            check_pages(&store.conn)?;
        }
        store
            .conn
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        migration::run(&mut store.conn, existed.then_some(path), migration::MIGRATIONS)?;
        Ok(store)
    }

    /// A book in memory, for tests and for whole days in a second.
    ///
    /// # Errors
    /// SQLite's own trouble.
    pub fn in_memory() -> Result<Self, TillError> {
        let mut store = Self::prepare(Connection::open_in_memory()?)?;
        migration::run(&mut store.conn, None, migration::MIGRATIONS)?;
        Ok(store)
    }

    /// A copy on its way to become the book: proved and of this program's form already.
    pub(crate) fn open_copy(path: &Path) -> Result<Self, TillError> {
        Self::prepare(Connection::open(path)?)
    }

    /// Leaves one plain file, without a log beside it.
    pub(crate) fn close_as_one_file(self) -> Result<(), TillError> {
        self.conn.pragma_update(None, "journal_mode", "DELETE")?;
        self.conn.close().map_err(|(_, error)| error.into())
    }

    fn prepare(conn: Connection) -> Result<Self, TillError> {
        // Every statement of the till stays prepared; the library's own limit of 16 would prepare most anew.
        conn.set_prepared_statement_cache_capacity(128);
        // Without it SQLite prepares a statement anew for each value that is bound next to a partial index.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        // At most 16 MB, taken page by page: the inner pages of a long book's indexes stay in memory.
        conn.pragma_update(None, "cache_size", -16_384)?;
        conn.busy_timeout(std::time::Duration::from_secs(2))?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "foreign_keys", "ON")?;
        Ok(Self { conn })
    }

    /// Runs `work` in one transaction: all of it is committed, or none.
    ///
    /// # Errors
    /// Whatever `work` returns, or the disk's trouble at the commit.
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, TillError>,
    ) -> Result<T, TillError> {
        let tx = self
            .conn
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&tx)?;
        tx.commit()?;
        Ok(value)
    }

    /// As [`Self::write`], for what must not be found in the file afterwards: what is erased is overwritten, and the
    /// log that still holds it is emptied.
    ///
    /// # Errors
    /// Whatever `work` returns, or the disk's trouble.
    pub fn erase<T>(
        &mut self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, TillError>,
    ) -> Result<T, TillError> {
        self.conn.pragma_update(None, "secure_delete", "ON")?;
        let erased = self.write(work);
        self.conn.pragma_update(None, "secure_delete", "OFF")?;
        let erased = erased?;
        // Somebody who reads keeps the log's pages a while; the next checkpoint takes them.
        self.conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(erased)
    }

    /// Reads several things as they stood at one moment, and takes the file's lock only once for all.
    ///
    /// # Errors
    /// Whatever `look` returns, or the disk's trouble.
    pub fn snapshot<T>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, TillError>,
    ) -> Result<T, TillError> {
        let tx = self.conn.unchecked_transaction()?;
        let value = look(&tx)?;
        tx.commit()?;
        Ok(value)
    }

    /// The connection itself, for hooks and limits of whoever puts the book to the test.
    pub const fn connection(&mut self) -> &mut Connection {
        &mut self.conn
    }

    /// For reading.
    #[must_use]
    pub fn read(&self) -> &Connection {
        &self.conn
    }
}

/// Up to this size all pages are checked before the till opens, bytes: it takes about a tenth of a second there, and
/// 20 s with a million sales that the system has not in its memory (`cargo bench -p till --bench million`).
pub const CHECKED_AT_START: u64 = 64 * 1024 * 1024;

/// Is this book so long that [`Store::open`] leaves the check of its pages to whoever keeps house beside the engine?
/// A damaged page that is read before that is refused by SQLite itself.
#[must_use]
pub fn is_checked_later(path: &Path) -> bool {
    path.metadata().is_ok_and(|file| file.len() > CHECKED_AT_START)
}

/// Do all pages of the open file agree with each other?
///
/// # Errors
/// [`Code::DatabaseCorrupt`] when they do not.
pub(crate) fn check_pages(conn: &Connection) -> Result<(), TillError> {
    let word: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if word == "ok" {
        Ok(())
    } else {
        Err(TillError::new(
            Code::DatabaseCorrupt,
            "Keshia's file is damaged. Do not delete it: `keshiactl backups` lists its copies, and `keshiactl restore FILE` brings one back and keeps the damaged file for help.",
        ))
    }
}

/// UTC milliseconds, as stored.
pub(crate) fn ms(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

/// A stored time.
pub(crate) fn at(ms: i64) -> DateTime<Utc> {
    Utc.timestamp_millis_opt(ms).single().unwrap_or_default()
}

/// A stored word that this program does not know: the file was touched by something else.
pub(crate) fn odd(column: &str, word: &str) -> TillError {
    TillError::new(
        Code::DatabaseCorrupt,
        format!("Keshia's file holds an unknown word in {column}: {word}."),
    )
}
