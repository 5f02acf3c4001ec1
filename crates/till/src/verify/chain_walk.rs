//! The chain, row by row, as it stands in the file.

use std::collections::VecDeque;

use rusqlite::{Connection, Row};

use super::{Table, Trouble, Walk};
use crate::error::TillError;
use crate::store::chain;

/// Rows read from one table at a time.
const PAGE: i64 = 2_000;

const WITNESS: &str = "SELECT seq, hash, at, told_by, push_id, receipt, amount, word
     FROM witness WHERE seq > ?1 AND seq < ?2 ORDER BY seq LIMIT ?3";
const POSTING: &str =
    "SELECT seq, hash, entry, at, account, debit, credit, sale_id, tender_id, person_id, shift_id
     FROM posting WHERE seq > ?1 AND seq < ?2 ORDER BY seq LIMIT ?3";
const ACT: &str = "SELECT seq, hash, at, act, person_id, allowed_by, about, amount, reason_id
     FROM act WHERE seq > ?1 AND seq < ?2 ORDER BY seq LIMIT ?3";
/// Fields that an entry had before it named a person and a shift.
const OLD_POSTING_FIELDS: usize = 7;

/// One row of a chained table.
struct Link {
    seq: i64,
    hash: String,
    fields: Vec<String>,
}

/// One table in the order of its places.
struct Reader<'c> {
    conn: &'c Connection,
    table: Table,
    after: i64,
    below: i64,
    page: VecDeque<Link>,
}

impl<'c> Reader<'c> {
    fn new(conn: &'c Connection, table: Table, from: i64, below: i64) -> Self {
        Self {
            conn,
            table,
            after: from.saturating_sub(1),
            below,
            page: VecDeque::new(),
        }
    }

    fn peek(&mut self) -> Result<Option<&Link>, TillError> {
        if self.page.is_empty() {
            let sql = match self.table {
                Table::Witness => WITNESS,
                Table::Posting => POSTING,
                Table::Act => ACT,
            };
            let mut statement = self.conn.prepare_cached(sql)?;
            let rows = statement.query_map([self.after, self.below, PAGE], link)?;
            self.page = rows.collect::<Result<_, _>>()?;
            if let Some(last) = self.page.back() {
                self.after = last.seq;
            }
        }
        Ok(self.page.front())
    }
}

fn link(row: &Row<'_>) -> rusqlite::Result<Link> {
    let fields = (2..row.as_ref().column_count())
        .map(|column| {
            Ok(match row.get_ref(column)? {
                rusqlite::types::ValueRef::Null => String::new(),
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                // No column of a STRICT table here can hold these.
                rusqlite::types::ValueRef::Real(_) | rusqlite::types::ValueRef::Blob(_) => "?".to_owned(),
            })
        })
        .collect::<rusqlite::Result<_>>()?;
    Ok(Link {
        seq: row.get(0)?,
        hash: row.get(1)?,
        fields,
    })
}

/// Walks everything: the two chains of an older book, then the one chain. `false` when somebody cancelled.
pub(super) fn all(conn: &Connection, walk: &mut Walk<'_>) -> Result<bool, TillError> {
    let from = chain::from(conn)?;
    for table in [Table::Witness, Table::Posting] {
        if !old(&mut Reader::new(conn, table, i64::MIN, from), walk)? {
            return Ok(false);
        }
    }
    one(conn, from, walk)
}

/// The chain that one table had of its own.
fn old(reader: &mut Reader<'_>, walk: &mut Walk<'_>) -> Result<bool, TillError> {
    let table = reader.table;
    let mut expected = 1;
    let mut previous = Some(String::new());
    while reader.peek()?.is_some() {
        let Some(mut row) = reader.page.pop_front() else {
            break;
        };
        if row.seq > expected {
            walk.trouble(Trouble::Missing {
                from: expected,
                to: row.seq - 1,
            });
            previous = None;
        }
        let named = table == Table::Posting
            && row
                .fields
                .drain(OLD_POSTING_FIELDS..)
                .any(|field| !field.is_empty());
        check(table, &row, previous.as_deref(), named, walk);
        expected = row.seq.saturating_add(1);
        previous = Some(row.hash);
        if !walk.step() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The one chain through the three tables.
fn one(conn: &Connection, from: i64, walk: &mut Walk<'_>) -> Result<bool, TillError> {
    let mut readers =
        [Table::Witness, Table::Posting, Table::Act].map(|table| Reader::new(conn, table, from, i64::MAX));
    let mut expected = from;
    let mut previous = Some(if from > 1 {
        chain::two_chains(conn)?
    } else {
        String::new()
    });
    loop {
        let mut first: Option<(usize, i64)> = None;
        for (index, reader) in readers.iter_mut().enumerate() {
            if let Some(row) = reader.peek()?
                && first.is_none_or(|(_, seq)| row.seq < seq)
            {
                first = Some((index, row.seq));
            }
        }
        let next = first.and_then(|(index, _)| readers.get_mut(index));
        let Some((table, row)) = next.and_then(|reader| Some((reader.table, reader.page.pop_front()?)))
        else {
            return Ok(true);
        };
        if row.seq < expected {
            // Another row has this place already; which of the two is right, the next row says.
            walk.trouble(Trouble::Inserted { table, seq: row.seq });
            continue;
        }
        if row.seq > expected {
            walk.trouble(Trouble::Missing {
                from: expected,
                to: row.seq - 1,
            });
            previous = None;
        }
        check(table, &row, previous.as_deref(), false, walk);
        walk.reached(row.seq, &row.hash);
        expected = row.seq.saturating_add(1);
        previous = Some(row.hash);
        if !walk.step() {
            return Ok(false);
        }
    }
}

/// After a gap nobody knows what a row continued; the gap is told already.
fn check(table: Table, row: &Link, previous: Option<&str>, more: bool, walk: &mut Walk<'_>) {
    let Some(previous) = previous else { return };
    let fields: Vec<&str> = row.fields.iter().map(String::as_str).collect();
    if more || chain::hash(previous, &fields) != row.hash {
        walk.trouble(Trouble::Changed { table, seq: row.seq });
    }
}
