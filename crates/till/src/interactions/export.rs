//! The log as a file that can be sent to Safaricom's support.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use serde::Serialize;

use super::Interactions;
use crate::clock::east_africa;
use crate::error::TillError;
use crate::files::io_trouble;
use crate::shop::{PayEnvironment, ReceiverNumbers, Shop};
use crate::store::at;

/// The folder of exports.
const FOLDER: &str = "exports";

/// First line of an export: which Keshia, and what kind of number the shop has. No key and no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportHeader {
    keshia: String,
    exported_at: DateTime<Utc>,
    environment: Option<PayEnvironment>,
    short_code_kind: Option<&'static str>,
    note: &'static str,
}

#[derive(Serialize)]
struct Line {
    at: DateTime<Utc>,
    duration_ms: i64,
    host: String,
    method: String,
    path: String,
    status: Option<u16>,
    code: Option<String>,
    failure: Option<String>,
    request: String,
    reply: String,
    bytes_out: i64,
    bytes_in: i64,
}

impl ExportHeader {
    /// Of this shop (when its book can be read), at this moment; `version` is the program's.
    #[must_use]
    pub fn of(shop: Option<&Shop>, version: &str, now: DateTime<Utc>) -> Self {
        let connection = shop.and_then(|shop| shop.connection.as_ref());
        Self {
            keshia: version.to_owned(),
            exported_at: now,
            environment: connection.map(|connection| connection.environment),
            short_code_kind: connection.map(|connection| match connection.receiver {
                ReceiverNumbers::Paybill { .. } => "paybill",
                ReceiverNumbers::Till { .. } => "till",
            }),
            note: "Keys, passwords, tokens and names are left out; of a phone the last three digits are kept.",
        }
    }
}

pub(super) fn write(conn: &Connection, to: &mut dyn Write, header: &ExportHeader) -> Result<(), TillError> {
    line(to, header)?;
    let mut statement = conn.prepare(
        "SELECT at, duration_ms, host, method, path, status, code, failure, request, reply, bytes_out, bytes_in
         FROM interaction ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let one = Line {
            at: at(row.get(0)?),
            duration_ms: row.get(1)?,
            host: row.get(2)?,
            method: row.get(3)?,
            path: row.get(4)?,
            status: row.get(5)?,
            code: row.get(6)?,
            failure: row.get(7)?,
            request: row.get(8)?,
            reply: row.get(9)?,
            bytes_out: row.get(10)?,
            bytes_in: row.get(11)?,
        };
        line(to, &one)?;
    }
    Ok(())
}

fn line(to: &mut dyn Write, value: &impl Serialize) -> Result<(), TillError> {
    let text = serde_json::to_string(value).map_err(TillError::internal)?;
    writeln!(to, "{text}").map_err(|error| io_trouble(std::path::Path::new(FOLDER), &error))
}

pub(super) fn beside(log: &Interactions, header: &ExportHeader) -> Result<PathBuf, TillError> {
    let folder = log.path().with_file_name(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|error| io_trouble(&folder, &error))?;
    let time = header
        .exported_at
        .with_timezone(&east_africa())
        .format("%Y%m%d-%H%M%S");
    let path = folder.join(format!("keshia-safaricom-{time}.jsonl"));
    let trouble = |error: &std::io::Error| io_trouble(&path, error);
    let mut file = BufWriter::new(File::create(&path).map_err(|error| trouble(&error))?);
    log.export(&mut file, header)?;
    file.flush().map_err(|error| trouble(&error))?;
    Ok(path)
}
