//! The move from the file to PostgreSQL: everything in one transaction, then the file is closed for good.

use std::error::Error;
use std::path::{Path, PathBuf};

use bytes::BytesMut;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::mpsc;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::restore::alone;
use super::{Contents, prove};
use crate::log::sqlite::{NEWEST, mark_moved};
use crate::log::{LogError, PostgresLog};

/// Rows on their way at one time.
const ROWS: usize = 500;

/// What is moved: each table's insert and its columns in the file, where [`NEWEST`] stands for `newest`. Shops first, because the others belong to them.
/// Not moved: the life, what was committed in it and since when, because a new life begins.
pub(super) const TABLES: &[(&str, &str)] = &[
    (
        "SELECT id, name, hook, key, check_reference, newest, dropped_through FROM shop",
        "INSERT INTO shop (id, name, hook, key, check_reference, newest, dropped_through)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    ),
    (
        "SELECT hash, shop_id, expires_ms FROM pairing",
        "INSERT INTO pairing (hash, shop_id, expires_ms) VALUES ($1, $2, $3)",
    ),
    (
        "SELECT id, shop_id, name, token, letter, revoked, heard_ms, anchor_rows, anchor_head FROM counter",
        "INSERT INTO counter (id, shop_id, name, token, letter, revoked, heard_ms, anchor_rows, anchor_head)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    ),
    (
        "SELECT counter_id, until_ms, rows, head FROM anchor_past",
        "INSERT INTO anchor_past (counter_id, until_ms, rows, head) VALUES ($1, $2, $3, $4)",
    ),
    (
        "SELECT shop_id, seq, received_ms, sealed FROM event",
        "INSERT INTO event (shop_id, seq, received_ms, sealed) VALUES ($1, $2, $3, $4)",
    ),
    (
        "SELECT shop_id, key, letter FROM claim",
        "INSERT INTO claim (shop_id, key, letter) VALUES ($1, $2, $3)",
    ),
    (
        "SELECT shop_id, id, at_ms, sealed FROM day",
        "INSERT INTO day (shop_id, id, at_ms, sealed) VALUES ($1, $2, $3, $4)",
    ),
];

/// Moves the log in the file `book` to an empty database, where a new life begins: every counter reads again from
/// the first event that is kept. Afterwards no relay opens the file any more. The relay must be stopped.
///
/// # Errors
/// [`LogError::Refused`] when the database holds shops already, [`LogError::Unavailable`] while somebody uses the
/// file, [`LogError::Unusable`] for a damaged one, and either side's trouble. The database is empty then, and the
/// file as it was; only when closing it fails at the very end both hold everything, and the error says so.
pub async fn move_to(book: &Path, to: &PostgresLog) -> Result<Contents, LogError> {
    let path = book.to_owned();
    let said = blocking(move || {
        // First, or the check would miss what is still in SQLite's log.
        alone(&path)?;
        prove(&path)
    })
    .await?;
    let (rows, from_file) = mpsc::channel(1);
    let path = book.to_owned();
    let reads = tokio::task::spawn_blocking(move || read(&path, &rows));
    let found = to.fill(from_file).await;
    let read = reads
        .await
        .map_err(|error| LogError::Unavailable(error.to_string()))?;
    let filled = found?;
    read?;
    if filled.contents != said {
        return Err(LogError::Unusable(format!(
            "the file held {said:?}, and {:?} arrived: nothing was kept",
            filled.contents
        )));
    }
    filled.commit().await?;
    let path = book.to_owned();
    blocking(move || mark_moved(&path)).await.map_err(|error| {
        LogError::Unusable(format!(
            "everything was moved, but the file could not be closed for good: take it away by hand ({error})"
        ))
    })?;
    Ok(said)
}

/// Rows of one table.
pub(in crate::log) struct Rows {
    /// How to put one in.
    pub(in crate::log) insert: &'static str,
    /// Each row's values.
    pub(in crate::log) rows: Vec<Vec<Cell>>,
}

/// Reads every table from a connection that only reads, so that the file cannot change by it.
fn read(book: &PathBuf, to: &mpsc::Sender<Rows>) -> Result<(), LogError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(book, flags)?;
    conn.execute_batch("BEGIN")?;
    for (select, insert) in TABLES {
        let mut statement = conn.prepare(&select.replace("newest", NEWEST))?;
        let columns = statement.column_count();
        let mut found = statement.query([])?;
        loop {
            let mut rows = Vec::with_capacity(ROWS);
            while rows.len() < ROWS
                && let Some(row) = found.next()?
            {
                rows.push(
                    (0..columns)
                        .map(|at| row.get(at).map(Cell))
                        .collect::<Result<_, _>>()?,
                );
            }
            if rows.is_empty() {
                break;
            }
            if to.blocking_send(Rows { insert, rows }).is_err() {
                // The database had trouble, which is told there.
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A value of the file as PostgreSQL's column wants it.
#[derive(Debug)]
pub(in crate::log) struct Cell(Value);

impl ToSql for Cell {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match &self.0 {
            Value::Null => Ok(IsNull::Yes),
            Value::Integer(number) if *ty == Type::BOOL => (*number != 0).to_sql(ty, out),
            Value::Integer(number) => number.to_sql(ty, out),
            Value::Text(text) => text.to_sql(ty, out),
            Value::Blob(bytes) => bytes.to_sql(ty, out),
            Value::Real(_) => Err("the log holds no fractions".into()),
        }
    }

    fn accepts(ty: &Type) -> bool {
        [Type::BOOL, Type::INT8, Type::TEXT, Type::BYTEA].contains(ty)
    }

    to_sql_checked!();
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, LogError> + Send + 'static,
) -> Result<T, LogError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| LogError::Unavailable(error.to_string()))?
}
