//! Table `posting`: double entry, append-only and chained.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::TillError;
use crate::money::Money;
use crate::store::desk::DeskRow;
use crate::store::extent::Extent;
use crate::store::{at, ms, odd};
use crate::store::{chain, desk};

/// The shop's accounts, as far as a sale needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Notes and coins in the drawer.
    Cash,
    /// M-Pesa with a receipt number from Safaricom.
    MpesaProved,
    /// M-Pesa somebody told of, without such a number: paid by query, or a typed code.
    MpesaNotProved,
    /// What was sold.
    Sales,
    /// What customers paid twice and must get back.
    RefundDue,
    /// M-Pesa that was taken back after the sale, and that the shop has not got again.
    Reversed,
    /// What customers took on credit and still owe.
    Credit,
    /// What customers owed and will not pay.
    WrittenOff,
    /// What was sold and taken back after it was paid.
    Refunds,
    /// What the shop sent back from its own phone: it left no drawer of this counter.
    SentBack,
    /// The owner's own cash in the drawer: put in at the opening, taken out at the close.
    Float,
    /// Cash that came into the drawer and was no sale.
    PaidIn,
    /// Cash that was paid out of the drawer, with its reason.
    PaidOut,
    /// What a count found short, or over, as a debit or a credit.
    OverShort,
}

impl Account {
    const ALL: [Self; 14] = [
        Self::Cash,
        Self::MpesaProved,
        Self::MpesaNotProved,
        Self::Sales,
        Self::RefundDue,
        Self::Reversed,
        Self::Credit,
        Self::WrittenOff,
        Self::Refunds,
        Self::SentBack,
        Self::Float,
        Self::PaidIn,
        Self::PaidOut,
        Self::OverShort,
    ];

    /// The account that a stored word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|account| account.word() == word)
    }

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::MpesaProved => "mpesa_proved",
            Self::MpesaNotProved => "mpesa_not_proved",
            Self::Sales => "sales",
            Self::RefundDue => "refund_due",
            Self::Reversed => "reversed",
            Self::Credit => "credit",
            Self::WrittenOff => "written_off",
            Self::Refunds => "refunds",
            Self::SentBack => "sent_back",
            Self::Float => "float",
            Self::PaidIn => "paid_in",
            Self::PaidOut => "paid_out",
            Self::OverShort => "over_short",
        }
    }
}

/// One entry: `debit` grows by `amount`, `credit` pays for it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// Random; both lines share it.
    pub id: &'a str,
    /// The account that receives.
    pub debit: Account,
    /// The account that gives.
    pub credit: Account,
    /// How much; above zero.
    pub amount: Money,
    /// For which sale; none for floats, cash that was no sale, and counts.
    pub sale_id: Option<&'a str>,
    /// By which tender.
    pub tender_id: Option<&'a str>,
    /// Whose hand it was.
    pub hand: Hand<'a>,
}

/// Whose hand moved the money, and in which shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand<'a> {
    /// Whoever took the tender: what comes to light about it later is still that person's.
    OfTender,
    /// Whoever is at the counter now.
    AtDesk,
    /// Whoever is at the counter now, in the drawer of this shift.
    InShift(&'a str),
}

pub(crate) fn append(tx: &Transaction<'_>, entry: &Entry<'_>, now: DateTime<Utc>) -> Result<(), TillError> {
    if entry.amount.is_zero() {
        return Ok(());
    }
    let by = match (entry.hand, entry.tender_id) {
        (Hand::OfTender, Some(tender)) => desk::of_tender(tx, tender)?,
        (Hand::OfTender, None) | (Hand::AtDesk, _) => desk::get(tx)?,
        (Hand::InShift(shift), _) => DeskRow {
            shift_id: Some(shift.to_owned()),
            ..desk::get(tx)?
        },
    };
    for (account, debit, credit) in [
        (entry.debit, entry.amount, Money::ZERO),
        (entry.credit, Money::ZERO, entry.amount),
    ] {
        let place = chain::next(tx)?;
        let fields = [
            entry.id.to_owned(),
            ms(now).to_string(),
            account.word().to_owned(),
            debit.cents().to_string(),
            credit.cents().to_string(),
            entry.sale_id.unwrap_or_default().to_owned(),
            entry.tender_id.unwrap_or_default().to_owned(),
            by.person_id.clone().unwrap_or_default(),
            by.shift_id.clone().unwrap_or_default(),
        ];
        let hash = chain::hash(&place.previous, &fields.each_ref().map(String::as_str));
        tx.prepare_cached(
            "INSERT INTO posting (seq, entry, at, account, debit, credit, sale_id, tender_id, person_id, shift_id, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            place.seq,
            entry.id,
            ms(now),
            account.word(),
            debit,
            credit,
            entry.sale_id,
            entry.tender_id,
            by.person_id,
            by.shift_id,
            hash
        ])?;
    }
    Ok(())
}

/// Debits minus credits of one account for one tender.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn of_tender(
    conn: &Connection,
    account: Account,
    sale_id: &str,
    tender_id: &str,
) -> Result<Money, TillError> {
    let cents: i64 = conn
        .prepare_cached(
            "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE sale_id = ?1 AND tender_id = ?2 AND account = ?3",
        )?
        .query_row(params![sale_id, tender_id, account.word()], |row| row.get(0))?;
    Money::from_cents(cents).ok_or_else(|| TillError::internal("a balance out of bounds"))
}

/// Debits minus credits of one account in one shift.
///
/// # Errors
/// The disk's trouble.
pub fn of_shift(conn: &Connection, account: Account, shift_id: &str) -> Result<Money, TillError> {
    one(
        conn,
        "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE account = ?1 AND shift_id = ?2",
        account,
        shift_id,
    )
}

/// Cash that came in, minus cash that went out, while no shift was open, over a stretch of the book.
///
/// # Errors
/// The disk's trouble.
pub fn cash_outside_shifts(conn: &Connection, extent: Extent) -> Result<Money, TillError> {
    let cents: i64 = conn
        .prepare_cached(&format!(
            "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting
             WHERE account = 'cash' AND shift_id IS NULL AND {}",
            extent.sql()
        ))?
        .query_row(extent.ends(), |row| row.get(0))?;
    Money::from_cents(cents).ok_or_else(|| TillError::internal("a sum out of bounds"))
}

/// Debits minus credits of one account for one sale.
///
/// # Errors
/// The disk's trouble.
pub fn of_sale(conn: &Connection, account: Account, sale_id: &str) -> Result<Money, TillError> {
    one(
        conn,
        "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE account = ?1 AND sale_id = ?2",
        account,
        sale_id,
    )
}

fn one(conn: &Connection, sql: &str, account: Account, id: &str) -> Result<Money, TillError> {
    let cents: i64 = conn
        .prepare_cached(sql)?
        .query_row(params![account.word(), id], |row| row.get(0))?;
    Money::from_cents(cents).ok_or_else(|| TillError::internal("a balance out of bounds"))
}

/// What one account received and gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Cents received.
    pub debit: i64,
    /// Cents given.
    pub credit: i64,
}

impl Sums {
    /// What it received and kept.
    ///
    /// # Errors
    /// A sum out of bounds.
    pub fn balance(self) -> Result<Money, TillError> {
        self.debit
            .checked_sub(self.credit)
            .and_then(Money::from_cents)
            .ok_or_else(|| TillError::internal("a balance out of bounds"))
    }
}

/// What is owed to customers and not given back, at the end of a stretch of the chain.
///
/// # Errors
/// The disk's trouble.
pub fn owed_after(conn: &Connection, to_seq: i64) -> Result<Money, TillError> {
    // The sign keeps SQLite from walking the rows by their places: the index has only those that matter.
    owed(conn, "+seq <= ?1", to_seq)
}

/// As [`owed_after`], at a moment.
///
/// # Errors
/// The disk's trouble.
pub fn owed_at(conn: &Connection, to: DateTime<Utc>) -> Result<Money, TillError> {
    owed(conn, "at < ?1", ms(to))
}

fn owed(conn: &Connection, until: &str, to: i64) -> Result<Money, TillError> {
    let cents: i64 = conn
        .prepare_cached(&format!(
            "SELECT COALESCE(SUM(credit) - SUM(debit), 0) FROM posting WHERE account = 'refund_due' AND {until}"
        ))?
        .query_row([to], |row| row.get(0))?;
    Money::from_cents(cents).ok_or_else(|| TillError::internal("a balance out of bounds"))
}

/// When the first entry after a place of the chain was written; `None` when there is none.
///
/// # Errors
/// The disk's trouble.
pub fn first_after(conn: &Connection, seq: i64) -> Result<Option<DateTime<Utc>>, TillError> {
    let at: Option<i64> = conn
        .prepare_cached("SELECT at FROM posting WHERE seq > ?1 ORDER BY seq LIMIT 1")?
        .query_row([seq], |row| row.get(0))
        .optional()?;
    Ok(at.map(crate::store::at))
}

/// One line of the book, with what a person calls its sale, its hand and its shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its place in the chain.
    pub seq: i64,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// Whose account.
    pub account: Account,
    /// What the account received.
    pub debit: Money,
    /// What it gave.
    pub credit: Money,
    /// What the customer of its sale reads.
    pub reference: Option<String>,
    /// The name of whose hand it was.
    pub person: Option<String>,
    /// The number of the shift.
    pub shift: Option<u32>,
}

/// How many lines a stretch has.
///
/// # Errors
/// The disk's trouble.
pub fn count_in(conn: &Connection, extent: Extent) -> Result<u64, TillError> {
    let count: i64 = conn
        .prepare_cached(&format!("SELECT COUNT(*) FROM posting WHERE {}", extent.sql()))?
        .query_row(extent.ends(), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Hands over the lines of a stretch in their order, until `each` says `false`.
///
/// # Errors
/// The disk's trouble, or what `each` returns.
pub fn each_in(
    conn: &Connection,
    extent: Extent,
    each: &mut dyn FnMut(EntryRow) -> Result<bool, TillError>,
) -> Result<(), TillError> {
    let sql = format!(
        "SELECT p.seq, p.at, p.account, p.debit, p.credit, sale.reference, person.name, shift.number
         FROM (SELECT * FROM posting WHERE {}) p
         LEFT JOIN sale ON sale.id = p.sale_id LEFT JOIN person ON person.id = p.person_id
         LEFT JOIN shift ON shift.id = p.shift_id ORDER BY p.seq",
        extent.sql()
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(extent.ends())?;
    while let Some(row) = rows.next()? {
        let account: String = row.get(2)?;
        let entry = EntryRow {
            seq: row.get(0)?,
            at: at(row.get(1)?),
            account: Account::parse(&account).ok_or_else(|| odd("posting.account", &account))?,
            debit: row.get(3)?,
            credit: row.get(4)?,
            reference: row.get(5)?,
            person: row.get(6)?,
            shift: row.get(7)?,
        };
        if !each(entry)? {
            break;
        }
    }
    Ok(())
}
