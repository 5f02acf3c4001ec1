//! The embedded engine: one SQLite file, one machine.
//!
//! WAL with `synchronous=FULL`: a commit that returned survives a power cut. One thread writes, in the order of
//! asking; readers have connections of their own and never wait for it. Another process (the operator's command
//! line) may write beside it; SQLite's own lock keeps them apart.

mod claim;
mod counter;
mod day;
mod event;
mod life;
mod migration;
mod pairing;
mod places;
mod readers;
mod shop;
mod sweep;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use relay_wire::{ClaimKey, Epoch, TokenHash};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, Transaction};

use super::{
    Appended, Counter, EventLog, Heard, LogError, NewCounter, NewEvent, Page, Paired, PairingCode,
    PastAnchor, Retention, Shop, StoredDay, Take,
};
pub(super) use life::begin as begin_life;
pub(super) use migration::{known as known_form, mark_moved};
use readers::Readers;
pub(super) use shop::NEWEST;
use writer::Writer;

/// How long one process waits for another's transaction.
const BUSY: Duration = Duration::from_secs(4);
/// SQLite's log is folded into the file after so many pages, 16 MB: the pages of busy shops are written again with
/// each commit, and folded once for all of them. With SQLite's own 1,000 a busy relay keeps a sixth fewer events.
const FOLD_EVERY: u32 = 4_000;

/// An open file. Dropping it waits for the transaction under way and closes the file.
#[derive(Debug)]
pub struct SqliteLog {
    path: PathBuf,
    // Closed first, so that the writer is the last and folds SQLite's log into the file.
    readers: Readers,
    writer: Writer,
}

impl SqliteLog {
    /// Opens (and creates, and migrates) the file.
    ///
    /// # Errors
    /// The disk's trouble; [`LogError::Unusable`] when a newer relay or another program wrote the file.
    pub fn open(path: &Path) -> Result<Self, LogError> {
        let mut conn = Connection::open(path)?;
        // SQLite throws the log of a damaged file away when it closes it. It may be worth something.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        prepare(&conn)?;
        migration::run(&mut conn)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(Self {
            path: path.to_owned(),
            readers: Readers::new(path),
            writer: Writer::start(conn)?,
        })
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs `work` in one transaction on the writer's thread.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        self.writer.write(work).await
    }

    /// Runs `look` on a connection that only reads, at one moment of the file.
    pub(crate) async fn read_with<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        self.readers.read(look).await
    }
}

/// Every connection to a log's file.
fn prepare(conn: &Connection) -> Result<(), LogError> {
    conn.busy_timeout(BUSY)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    conn.pragma_update(None, "foreign_keys", "ON")?;
    // 16 MB: the inner pages of the events' index stay in memory with ten thousand shops.
    conn.pragma_update(None, "cache_size", -16_384)?;
    // After a long reader SQLite's log is cut to this again, bytes.
    conn.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    conn.pragma_update(None, "wal_autocheckpoint", FOLD_EVERY)?;
    conn.set_prepared_statement_cache_capacity(64);
    Ok(())
}

impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation) => Self::Refused(text),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Unusable(text),
            Some(_) | None => Self::Unavailable(text),
        }
    }
}

#[async_trait]
impl EventLog for SqliteLog {
    async fn epoch(&self, _shop_id: &str) -> Result<Epoch, LogError> {
        self.read_with(life::epoch).await
    }

    async fn new_epoch(&self, _shop_id: &str) -> Result<Epoch, LogError> {
        self.write(life::begin).await
    }

    async fn add_shop(&self, shop: &Shop) -> Result<(), LogError> {
        let shop = shop.clone();
        self.write(move |tx| shop::insert(tx, &shop)).await
    }

    async fn shops(&self) -> Result<Vec<Shop>, LogError> {
        self.read_with(shop::all).await
    }

    async fn shop(&self, id: &str) -> Result<Option<Shop>, LogError> {
        let id = id.to_owned();
        self.read_with(move |conn| shop::by_id(conn, &id)).await
    }

    async fn shop_of_hook(&self, hook: &TokenHash) -> Result<Option<Shop>, LogError> {
        let hook = *hook;
        self.read_with(move |conn| shop::by_hook(conn, &hook)).await
    }

    async fn add_pairing(&self, code: &PairingCode) -> Result<(), LogError> {
        let code = code.clone();
        self.write(move |tx| pairing::insert(tx, &code)).await
    }

    async fn pair(&self, code: &TokenHash, counter: &NewCounter, now_ms: i64) -> Result<Paired, LogError> {
        let (code, counter) = (*code, counter.clone());
        self.write(move |tx| pairing::pair(tx, &code, &counter, now_ms))
            .await
    }

    async fn counter_of_token(&self, token: &TokenHash) -> Result<Option<Counter>, LogError> {
        let token = *token;
        self.read_with(move |conn| counter::by_token(conn, &token)).await
    }

    async fn counters(&self, shop_id: &str) -> Result<Vec<Counter>, LogError> {
        let shop_id = shop_id.to_owned();
        self.read_with(move |conn| counter::of_shop(conn, &shop_id)).await
    }

    async fn revoke(&self, counter_id: &str) -> Result<bool, LogError> {
        let id = counter_id.to_owned();
        self.write(move |tx| counter::revoke(tx, &id)).await
    }

    async fn heard(&self, counter: &Counter, heard: &Heard) -> Result<(), LogError> {
        let (id, heard) = (counter.id.clone(), heard.clone());
        self.write(move |tx| counter::heard(tx, &id, &heard)).await
    }

    async fn past_anchors(&self, counter: &Counter) -> Result<Vec<PastAnchor>, LogError> {
        let id = counter.id.clone();
        self.read_with(move |conn| counter::past_anchors(conn, &id)).await
    }

    async fn append(&self, batch: &[NewEvent]) -> Vec<Result<Appended, LogError>> {
        let events = batch.to_vec();
        let kept = self.append_taken(Box::new(move || events)).await;
        if kept.len() != batch.len() {
            return vec![Err(writer::gone()); batch.len()];
        }
        kept.into_iter().map(|(_, answer)| answer).collect()
    }

    // The next commit stands in the writer's line, so that the disk does not wait for answers to be sent.
    fn commits_at_once(&self) -> usize {
        2
    }

    async fn append_taken(&self, take: Take) -> Vec<(NewEvent, Result<Appended, LogError>)> {
        self.writer.append(take).await
    }

    async fn read(&self, shop_id: &str, after: u64, limit: u32) -> Result<Page, LogError> {
        let shop_id = shop_id.to_owned();
        self.read_with(move |conn| event::page(conn, &shop_id, after, limit))
            .await
    }

    async fn changed_elsewhere(&self) -> Vec<String> {
        std::future::pending().await
    }

    async fn sweep(&self, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
        sweep::sweep(self, keep, now_ms).await
    }

    async fn claim(&self, counter: &Counter, keys: &[ClaimKey]) -> Result<Vec<char>, LogError> {
        let (counter, keys) = (counter.clone(), keys.to_vec());
        self.write(move |tx| claim::claim(tx, &counter, &keys)).await
    }

    async fn holders(&self, shop_id: &str, keys: &[ClaimKey]) -> Result<Vec<Option<char>>, LogError> {
        let (shop_id, keys) = (shop_id.to_owned(), keys.to_vec());
        self.read_with(move |conn| claim::holders(conn, &shop_id, &keys))
            .await
    }

    async fn put_day(&self, day: &StoredDay) -> Result<(), LogError> {
        let day = day.clone();
        self.write(move |tx| day::put(tx, &day)).await
    }

    async fn day(&self, id: &TokenHash) -> Result<Option<StoredDay>, LogError> {
        let id = *id;
        self.read_with(move |conn| day::by_id(conn, &id)).await
    }

    async fn drop_day(&self, shop_id: &str) -> Result<(), LogError> {
        let shop_id = shop_id.to_owned();
        self.write(move |tx| day::delete(tx, &shop_id)).await
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_commit_is_written_through() {
        let folder = tempfile::tempdir().unwrap();
        let log = SqliteLog::open(&folder.path().join("relay.db")).unwrap();
        let look = |conn: &Connection| {
            let number = |name| conn.query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0));
            let mode: String = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
            Ok((mode, number("synchronous")?, number("foreign_keys")?))
        };
        let wanted = Ok(("wal".to_owned(), 2, 1));
        assert_eq!(
            log.write(move |tx| look(tx)).await,
            wanted,
            "WAL, FULL, keys enforced: writer"
        );
        assert_eq!(log.read_with(look).await, wanted, "and readers");
    }
}
