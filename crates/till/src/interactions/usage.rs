//! What a day cost of the network.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::error::TillError;

/// One day of the shop. Bytes are what [`daraja::Exchange::bytes_in`] says: bodies counted, the rest
/// estimated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Usage {
    /// Requests that ended.
    pub requests: u64,
    /// Bytes to Safaricom.
    pub bytes_out: u64,
    /// Bytes from Safaricom.
    pub bytes_in: u64,
    /// Of the requests, those that the log does not hold because its disk was too slow or refused.
    pub not_kept: u64,
}

pub(super) fn of(conn: &Connection, day: NaiveDate) -> Result<Usage, TillError> {
    let number = |row: &rusqlite::Row<'_>, index| -> rusqlite::Result<u64> {
        Ok(u64::try_from(row.get::<_, i64>(index)?).unwrap_or_default())
    };
    Ok(conn
        .query_row(
            "SELECT requests, bytes_out, bytes_in, not_kept FROM usage WHERE day = ?1",
            [day.to_string()],
            |row| {
                Ok(Usage {
                    requests: number(row, 0)?,
                    bytes_out: number(row, 1)?,
                    bytes_in: number(row, 2)?,
                    not_kept: number(row, 3)?,
                })
            },
        )
        .optional()?
        .unwrap_or_default())
}
