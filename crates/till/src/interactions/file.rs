//! The log's own file: one table of requests, one of counted days.

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use daraja::{Exchange, ExchangeOutcome, TransportFailure};
use rusqlite::{Connection, OpenFlags, Transaction, params};

use crate::clock::shop_day;
use crate::driver::safaricom::not_sent_reason;
use crate::error::{Code, TillError};
use crate::policy::{LOG_KEPT_BYTES, LOG_KEPT_DAYS, LOG_KEPT_ROWS, USAGE_KEPT_DAYS};

/// Form of the file; a file of another form is begun anew.
const VERSION: u32 = 1;

const TABLES: &str = "
CREATE TABLE interaction (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    host        TEXT NOT NULL,
    method      TEXT NOT NULL,
    path        TEXT NOT NULL,
    status      INTEGER,
    code        TEXT,
    failure     TEXT,
    request     TEXT NOT NULL,
    reply       TEXT NOT NULL,
    bytes_out   INTEGER NOT NULL,
    bytes_in    INTEGER NOT NULL
) STRICT;
CREATE INDEX interaction_by_time ON interaction (at);
CREATE TABLE usage (
    day       TEXT PRIMARY KEY,
    requests  INTEGER NOT NULL,
    bytes_out INTEGER NOT NULL,
    bytes_in  INTEGER NOT NULL,
    not_kept  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
PRAGMA user_version = 1;";

/// One request on its way into the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) at: DateTime<Utc>,
    duration_ms: i64,
    host: String,
    method: &'static str,
    path: &'static str,
    status: Option<u16>,
    code: Option<String>,
    failure: Option<String>,
    request: String,
    reply: String,
    bytes_out: i64,
    bytes_in: i64,
}

/// What rows that were not kept cost of the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct NotKept {
    pub(super) requests: i64,
    pub(super) bytes_out: i64,
    pub(super) bytes_in: i64,
    /// When the last of them ended.
    pub(super) at: Option<DateTime<Utc>>,
}

impl NotKept {
    pub(super) fn add(&mut self, other: Self) {
        self.requests += other.requests;
        self.bytes_out += other.bytes_out;
        self.bytes_in += other.bytes_in;
        self.at = other.at.or(self.at);
    }
}

impl Row {
    /// What it cost.
    pub(super) fn cost(&self) -> NotKept {
        NotKept {
            requests: 1,
            bytes_out: self.bytes_out,
            bytes_in: self.bytes_in,
            at: Some(self.at),
        }
    }

    pub(super) fn of(exchange: &Exchange<'_>) -> Self {
        let (status, code, failure) = match &exchange.outcome {
            ExchangeOutcome::Answered { status, code } => (Some(*status), code.clone(), None),
            ExchangeOutcome::Failed(failure) => (None, None, Some(word(failure))),
        };
        let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
        Self {
            at: exchange.at,
            duration_ms: i64::try_from(exchange.duration.as_millis()).unwrap_or(i64::MAX),
            host: exchange.host.to_owned(),
            method: exchange.method.as_str(),
            path: exchange.path,
            status,
            code,
            failure,
            request: exchange.request_body.clone(),
            reply: exchange.reply_body.clone(),
            bytes_out: whole(exchange.bytes_out),
            bytes_in: whole(exchange.bytes_in),
        }
    }
}

fn word(failure: &TransportFailure) -> String {
    match failure {
        TransportFailure::NeverLeft(not_sent) => not_sent_reason(not_sent).as_str(),
        TransportFailure::Timeout => "timeout".to_owned(),
        TransportFailure::Lost => "connection_lost".to_owned(),
    }
}

/// Opens the file for writing.
pub(super) fn open(path: &Path) -> Result<Connection, TillError> {
    match open_as_it_is(path) {
        Err(error) if error.code == Code::DatabaseCorrupt => {
            tracing::warn!("the log of requests is damaged or of another form and is begun anew");
            remove(path)?;
            open_as_it_is(path)
        }
        result => result,
    }
}

fn open_as_it_is(path: &Path) -> Result<Connection, TillError> {
    let mut conn = Connection::open(path)?;
    conn.busy_timeout(std::time::Duration::from_secs(2))?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    // A power cut may cost the newest rows of an aid.
    conn.pragma_update(None, "synchronous", "NORMAL")?;
    let version: u32 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version == 0 {
        let tx = conn.transaction()?;
        tx.execute_batch(TABLES)?;
        tx.commit()?;
    } else if version != VERSION {
        return Err(TillError::new(
            Code::DatabaseCorrupt,
            "This log has another form.",
        ));
    }
    Ok(conn)
}

fn remove(path: &Path) -> Result<(), TillError> {
    for what in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(what);
        let file = PathBuf::from(name);
        match std::fs::remove_file(&file) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(crate::files::io_trouble(&file, &error)),
        }
    }
    Ok(())
}

/// Opens the file for reading, beside the thread that writes it.
pub(super) fn reader(path: &Path) -> Result<Connection, TillError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(std::time::Duration::from_secs(2))?;
    Ok(conn)
}

/// Writes rows and counts them, all or none.
pub(super) fn write(conn: &mut Connection, rows: &[Row], not_kept: NotKept) -> Result<(), TillError> {
    let tx = conn.transaction()?;
    for row in rows {
        insert(&tx, row)?;
    }
    count(&tx, not_kept, not_kept.requests)?;
    tx.commit()?;
    Ok(())
}

fn insert(tx: &Transaction<'_>, row: &Row) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO interaction (at, duration_ms, host, method, path, status, code, failure, request, reply, bytes_out, bytes_in)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        row.at.timestamp_millis(),
        row.duration_ms,
        row.host,
        row.method,
        row.path,
        row.status,
        row.code,
        row.failure,
        row.request,
        row.reply,
        row.bytes_out,
        row.bytes_in
    ])?;
    count(tx, row.cost(), 0)
}

/// Adds to the counted day of `cost`.
fn count(tx: &Transaction<'_>, cost: NotKept, not_kept: i64) -> Result<(), TillError> {
    let Some(at) = cost.at else { return Ok(()) };
    tx.prepare_cached(
        "INSERT INTO usage (day, requests, bytes_out, bytes_in, not_kept) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (day) DO UPDATE SET requests = requests + ?2, bytes_out = bytes_out + ?3,
         bytes_in = bytes_in + ?4, not_kept = not_kept + ?5",
    )?
    .execute(params![
        shop_day(at).to_string(),
        cost.requests,
        cost.bytes_out,
        cost.bytes_in,
        not_kept
    ])?;
    Ok(())
}

/// Removes what is too old or too much. `now` is the newest row's time, so that a clock that jumped
/// ahead once does not empty the log when it is set right.
pub(super) fn trim(conn: &mut Connection, now: DateTime<Utc>) -> Result<(), TillError> {
    let tx = conn.transaction()?;
    let oldest = now - TimeDelta::days(LOG_KEPT_DAYS);
    tx.execute(
        "DELETE FROM interaction WHERE at < ?1",
        [oldest.timestamp_millis()],
    )?;
    tx.execute(
        "DELETE FROM interaction WHERE seq <= (SELECT seq FROM interaction ORDER BY seq DESC LIMIT 1 OFFSET ?1)",
        [LOG_KEPT_ROWS],
    )?;
    let used: i64 = tx.query_row(
        "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
        [],
        |row| row.get(0),
    )?;
    if used > LOG_KEPT_BYTES {
        tx.execute(
            "DELETE FROM interaction WHERE seq <= (SELECT (MIN(seq) + MAX(seq)) / 2 FROM interaction)",
            [],
        )?;
    }
    let first_day = shop_day(now - TimeDelta::days(USAGE_KEPT_DAYS)).to_string();
    tx.execute("DELETE FROM usage WHERE day < ?1", [first_day])?;
    tx.commit()?;
    Ok(())
}
