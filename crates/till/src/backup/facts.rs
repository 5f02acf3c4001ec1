//! What a book says of itself, so that it and its copy can be compared.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension};

use crate::error::TillError;
use crate::store::at;

/// A book at one moment. Two books with the same facts hold the same money: the chains' heads cover
/// every witness, every posting and every act before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Version of the file's form.
    pub version: u32,
    /// How many sales it holds.
    pub sales: u64,
    /// When its newest sale began.
    pub newest_sale: Option<DateTime<Utc>>,
    /// Last hash of the witnesses; empty before the first.
    pub witness_head: String,
    /// Last hash of the postings; empty before the first.
    pub posting_head: String,
    /// Last hash of what persons did; empty before the first, and in a form that had no such table.
    pub act_head: String,
    /// Rows of each table.
    pub rows: BTreeMap<String, u64>,
}

impl Facts {
    /// Reads them; the caller holds the moment (a transaction, or a file that nobody writes).
    ///
    /// # Errors
    /// The disk's trouble; a file without a book's tables.
    pub(super) fn of(conn: &Connection) -> Result<Self, TillError> {
        let newest: Option<i64> = conn
            .query_row(
                "SELECT opened_at FROM sale ORDER BY opened_at DESC LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?;
        let rows = rows(conn)?;
        Ok(Self {
            version: version(conn)?,
            sales: rows.get("sale").copied().unwrap_or_default(),
            newest_sale: newest.map(at),
            witness_head: last_hash(conn, "SELECT hash FROM witness ORDER BY seq DESC LIMIT 1")?,
            posting_head: last_hash(conn, "SELECT hash FROM posting ORDER BY seq DESC LIMIT 1")?,
            act_head: if rows.contains_key("act") {
                last_hash(conn, "SELECT hash FROM act ORDER BY seq DESC LIMIT 1")?
            } else {
                String::new()
            },
            rows,
        })
    }
}

fn last_hash(conn: &Connection, sql: &str) -> Result<String, TillError> {
    Ok(conn
        .query_row(sql, [], |row| row.get(0))
        .optional()?
        .unwrap_or_default())
}

/// Version of a file's form; 0 for a file that holds nothing yet.
pub(super) fn version(conn: &Connection) -> Result<u32, TillError> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn rows(conn: &Connection) -> Result<BTreeMap<String, u64>, TillError> {
    let mut statement =
        conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")?;
    let names = statement
        .query_map([], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    names
        .into_iter()
        .map(|name| {
            let quoted = name.replace('"', "\"\"");
            let sql = format!("SELECT COUNT(*) FROM \"{quoted}\"");
            let count = conn.query_row(&sql, [], |row| row.get::<_, i64>(0))?;
            Ok((name, u64::try_from(count).unwrap_or_default()))
        })
        .collect()
}
