//! Table `sale`.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::reference::Incarnation;
use crate::store::extent::Extent;
use crate::store::posting::Account;
use crate::store::{at, ms, odd};
use crate::view::{SaleName, SaleState};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleRow {
    /// Random.
    pub id: String,
    /// Counts up from 1 on this counter.
    pub number: u32,
    /// What the customer reads.
    pub reference: String,
    /// What is owed.
    pub amount: Money,
    /// Its life.
    pub state: SaleState,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// When anything last changed.
    pub changed_at: DateTime<Utc>,
    /// The PC's date was in doubt when it began.
    pub time_unsure: bool,
    /// What the money is for.
    pub kind: SaleKind,
    /// Written in later, from paper.
    pub from_paper: bool,
    /// Who began it: taken from the desk when it is written.
    pub person_id: Option<String>,
}

/// What the money of a sale is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaleKind {
    /// Something was sold.
    Sale {
        /// Who owes a part of it.
        debtor: Option<String>,
    },
    /// A customer pays off a debt, by the same ways of paying.
    PayOff {
        /// Whose.
        customer_id: String,
    },
}

impl SaleKind {
    const fn word(&self) -> &'static str {
        match self {
            Self::Sale { .. } => "sale",
            Self::PayOff { .. } => "pay_off",
        }
    }

    /// Whose debt it touches.
    #[must_use]
    pub fn customer(&self) -> Option<&str> {
        match self {
            Self::Sale { debtor } => debtor.as_deref(),
            Self::PayOff { customer_id } => Some(customer_id),
        }
    }

    /// The account that a payment of it is credited to.
    #[must_use]
    pub const fn income(&self) -> Account {
        match self {
            Self::Sale { .. } => Account::Sales,
            Self::PayOff { .. } => Account::Credit,
        }
    }
}

const COLUMNS: &str = "id, number, reference, amount, state, opened_at, changed_at, time_unsure, kind, customer_id, from_paper, person_id";

fn raw(row: &Row<'_>) -> rusqlite::Result<Result<SaleRow, TillError>> {
    let state: String = row.get(4)?;
    let state = match state.as_str() {
        "open" => SaleState::Open,
        "settled" => SaleState::Settled,
        "voided" => SaleState::Voided,
        other => return Ok(Err(odd("sale.state", other))),
    };
    let kind: String = row.get(8)?;
    let customer: Option<String> = row.get(9)?;
    let kind = match (kind.as_str(), customer) {
        ("sale", debtor) => SaleKind::Sale { debtor },
        ("pay_off", Some(customer_id)) => SaleKind::PayOff { customer_id },
        (other, _) => return Ok(Err(odd("sale.kind", other))),
    };
    Ok(Ok(SaleRow {
        id: row.get(0)?,
        number: row.get(1)?,
        reference: row.get(2)?,
        amount: row.get(3)?,
        state,
        opened_at: at(row.get(5)?),
        changed_at: at(row.get(6)?),
        time_unsure: row.get(7)?,
        kind,
        from_paper: row.get(10)?,
        person_id: row.get(11)?,
    }))
}

const fn word(state: SaleState) -> &'static str {
    match state {
        SaleState::Open => "open",
        SaleState::Settled => "settled",
        SaleState::Voided => "voided",
    }
}

/// The number the next sale gets.
pub(crate) fn next_number(conn: &Connection) -> Result<u32, TillError> {
    Ok(conn
        .prepare_cached("SELECT COALESCE(MAX(number), 0) + 1 FROM sale")?
        .query_row([], |row| row.get(0))?)
}

/// Every incarnation that a reference in this book has.
///
/// # Errors
/// The disk's trouble.
pub fn incarnations(conn: &Connection) -> Result<Vec<Incarnation>, TillError> {
    let mut statement = conn.prepare(
        "SELECT DISTINCT substr(reference, 2, CASE substr(reference, 2, 1) WHEN '0' THEN 4 ELSE 1 END) FROM sale",
    )?;
    let texts = statement.query_map([], |row| row.get::<_, String>(0))?;
    Ok(texts
        .collect::<Result<Vec<_>, _>>()?
        .iter()
        .filter_map(|text| Incarnation::parse(text))
        .collect())
}

pub(crate) fn insert(tx: &Transaction<'_>, sale: &SaleRow) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO sale (id, number, reference, amount, state, opened_at, changed_at, time_unsure, kind, customer_id, from_paper, person_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, (SELECT person_id FROM desk WHERE id = 1))",
    )?
    .execute(params![
        sale.id,
        sale.number,
        sale.reference,
        sale.amount,
        word(sale.state),
        ms(sale.opened_at),
        ms(sale.changed_at),
        sale.time_unsure,
        sale.kind.word(),
        sale.kind.customer(),
        sale.from_paper
    ])?;
    Ok(())
}

/// The youngest time written beside a sale: a clock that is behind it is wrong, or was.
///
/// # Errors
/// The disk's trouble.
pub fn newest_time(conn: &Connection) -> Result<Option<DateTime<Utc>>, TillError> {
    let newest: Option<i64> = conn
        .prepare_cached("SELECT opened_at FROM sale WHERE time_unsure = 0 ORDER BY opened_at DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(newest.map(at))
}

/// A person says that this moment is right: whatever was written later was written with a wrong clock.
pub(crate) fn doubt_later_than(tx: &Transaction<'_>, now: DateTime<Utc>) -> Result<(), TillError> {
    tx.execute("UPDATE sale SET time_unsure = 1 WHERE opened_at > ?1", [ms(now)])?;
    Ok(())
}

pub(crate) fn touch(
    tx: &Transaction<'_>,
    id: &str,
    state: SaleState,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE sale SET state = ?2, changed_at = ?3 WHERE id = ?1")?
        .execute(params![id, word(state), ms(now)])?;
    Ok(())
}

/// Somebody owes a part of this sale from now on.
pub(crate) fn put_debtor(tx: &Transaction<'_>, id: &str, customer_id: &str) -> Result<(), TillError> {
    tx.prepare_cached("UPDATE sale SET customer_id = ?2 WHERE id = ?1 AND kind = 'sale'")?
        .execute(params![id, customer_id])?;
    Ok(())
}

pub(crate) fn void(
    tx: &Transaction<'_>,
    id: &str,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.execute(
        "UPDATE sale SET state = 'voided', void_reason = ?2, changed_at = ?3 WHERE id = ?1",
        params![id, reason, ms(now)],
    )?;
    Ok(())
}

/// One sale.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<SaleRow, TillError> {
    let found = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM sale WHERE id = ?1"))?
        .query_row([id], raw)
        .optional()?;
    found.unwrap_or_else(|| Err(TillError::not_found("sale")))
}

/// The sale that a customer reads this reference of.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn by_reference(conn: &Connection, reference: &str) -> Result<SaleRow, TillError> {
    let found = conn
        .prepare_cached(&format!("SELECT {COLUMNS} FROM sale WHERE reference = ?1"))?
        .query_row([reference], raw)
        .optional()?;
    found.unwrap_or_else(|| Err(TillError::not_found("sale")))
}

/// Today's sales and every older open one or one with an open matter, newest first, at most `limit`.
///
/// # Errors
/// The disk's trouble.
pub fn roll(conn: &Connection, day_start: DateTime<Utc>, limit: u32) -> Result<Vec<SaleRow>, TillError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM sale WHERE opened_at >= ?1
         UNION SELECT {COLUMNS} FROM sale WHERE state = 'open'
         UNION SELECT {COLUMNS} FROM sale WHERE id IN (SELECT sale_id FROM matter WHERE closed_at IS NULL)
         ORDER BY opened_at DESC, number DESC LIMIT ?2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![ms(day_start), limit], raw)?;
    rows.map(|row| row?).collect()
}

/// The sale that a tender belongs to.
///
/// # Errors
/// The disk's trouble.
pub fn name_of_tender(conn: &Connection, tender_id: &str) -> Result<SaleName, TillError> {
    let sql = "SELECT s.reference, s.amount, s.opened_at FROM sale s JOIN tender t ON t.sale_id = s.id WHERE t.id = ?1";
    Ok(conn.prepare_cached(sql)?.query_row([tender_id], |row| {
        Ok(SaleName {
            reference: row.get(0)?,
            amount: row.get(1)?,
            opened_at: at(row.get(2)?),
        })
    })?)
}

/// How many sales that began between two moments are settled; debts that were paid off are none.
///
/// # Errors
/// The disk's trouble.
pub fn settled_between(conn: &Connection, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<u32, TillError> {
    Ok(conn
        .prepare_cached(
            "SELECT COUNT(*) FROM sale WHERE opened_at >= ?1 AND opened_at < ?2 AND state = 'settled' AND kind = 'sale'",
        )?
        .query_row(params![ms(from), ms(to)], |row| row.get(0))?)
}

/// Is this a reference of this book? When the disk does not answer, no.
pub(crate) fn has(conn: &Connection, reference: &crate::reference::Reference) -> bool {
    conn.prepare_cached("SELECT 1 FROM sale WHERE reference = ?1")
        .and_then(|mut statement| statement.exists([reference]))
        .unwrap_or(false)
}

/// How many sales took money over a stretch of the chain that was not given back by giving them up.
///
/// # Errors
/// The disk's trouble.
pub fn settled_in(conn: &Connection, (from_seq, to_seq): (i64, i64)) -> Result<u32, TillError> {
    Ok(conn
        .prepare_cached(
            "SELECT COUNT(*) FROM (SELECT 1 FROM posting WHERE seq BETWEEN ?1 AND ?2 AND account = 'sales'
                 GROUP BY sale_id HAVING SUM(credit) > SUM(debit))",
        )?
        .query_row([from_seq, to_seq], |row| row.get(0))?)
}

/// Hands over the sales of a stretch of the book, the oldest first, until `each` says `false`: those that began in a
/// stretch of time, or of which money moved in a stretch of the chain.
///
/// # Errors
/// The disk's trouble, or what `each` returns.
pub fn each_in(
    conn: &Connection,
    extent: Extent,
    each: &mut dyn FnMut(SaleRow) -> Result<bool, TillError>,
) -> Result<(), TillError> {
    let which = match extent {
        Extent::Times(..) => "opened_at >= ?1 AND opened_at < ?2",
        Extent::Rows(..) => "id IN (SELECT sale_id FROM posting WHERE seq >= ?1 AND seq <= ?2)",
    };
    let sql = format!("SELECT {COLUMNS} FROM sale WHERE {which} ORDER BY opened_at, number");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(extent.ends())?;
    while let Some(row) = rows.next()? {
        if !each(raw(row)??)? {
            break;
        }
    }
    Ok(())
}

/// The newest sales of a stretch of the book, the newest first; with `before`, those that began before that one.
///
/// # Errors
/// The disk's trouble.
pub fn newest_in(
    conn: &Connection,
    extent: Extent,
    before: Option<&SaleRow>,
    most: u32,
) -> Result<Vec<SaleRow>, TillError> {
    let which = match extent {
        Extent::Times(..) => "opened_at >= ?1 AND opened_at < ?2",
        Extent::Rows(..) => "id IN (SELECT sale_id FROM posting WHERE seq >= ?1 AND seq <= ?2)",
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM sale WHERE {which} AND (opened_at, number) < (?3, ?4)
         ORDER BY opened_at DESC, number DESC LIMIT ?5"
    );
    let [first, last] = extent.ends();
    let (at, number) = before.map_or((i64::MAX, u32::MAX), |row| (ms(row.opened_at), row.number));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(params![first, last, at, number, most], raw)?;
    rows.map(|row| row?).collect()
}
