//! Sales found by what somebody remembers of them: a code, a reference, the end of a phone number, an amount, a person,
//! a time of the day.
//!
//! Each word may mean several things, and a sale must fit every word. The word that fits the fewest sales brings the
//! candidates from an index, the newest first; the other words are asked of each. At most [`LOOKED_AT`] candidates are
//! looked at, so that no search walks the book; whoever meets that end is told, and chooses a shorter time.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use rusqlite::Connection;

use crate::clock::day_start;
use crate::error::TillError;
use crate::matching::ends_alike;
use crate::money::Money;
use crate::msisdn::Msisdn;
use crate::receipt_number::ReceiptNumber;
use crate::reference::Reference;
use crate::store::find::{self, By, Candidate};
use crate::store::sale::SaleRow;
use crate::store::tender::{TenderKind, TenderRow};
use crate::store::{money_in, person, push, sale, tender};

/// Most candidates of one meaning that are looked at.
const LOOKED_AT: u32 = 400;
/// Half of the time around a clock time that is typed.
const AROUND: TimeDelta = TimeDelta::minutes(10);
/// The fewest characters of a code that are searched for: the first three are only its date.
const FEWEST: usize = 4;

/// What is searched for, where, and how much of it is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// As it was typed.
    pub words: &'a str,
    /// Only from the first moment on and before the second.
    pub within: (DateTime<Utc>, DateTime<Utc>),
    /// The day that a clock time is of.
    pub day: NaiveDate,
    /// Most sales that are wanted.
    pub most: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Sales, the newest first.
    pub sales: Vec<SaleRow>,
    /// Payments that fit and pay no sale, the newest first.
    pub payments: Vec<ReceiptNumber>,
    /// There may be more.
    pub more: bool,
}

/// What a word may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meaning {
    Code(String),
    Reference(Reference),
    Time(DateTime<Utc>),
    Digits(String),
    Amount(Money),
    Person(String),
}

/// Searches.
///
/// # Errors
/// The disk's trouble.
pub fn search(conn: &Connection, search: Search<'_>) -> Result<Hits, TillError> {
    let mut words = meanings(conn, search.words, search.day)?;
    if words.is_empty() || words.iter().any(Vec::is_empty) {
        return Ok(Hits::default());
    }
    words.sort_by_key(|means| means.iter().map(Meaning::breadth).max());
    let (first, others) = words.split_at(1);
    let most = u32::try_from(search.most).unwrap_or(u32::MAX);
    let look_at = if others.is_empty() {
        most.saturating_add(1).min(LOOKED_AT)
    } else {
        LOOKED_AT
    };
    let mut hits = Hits::default();
    let mut sales: BTreeMap<u32, SaleRow> = BTreeMap::new();
    for meaning in first.iter().flatten() {
        for candidates in find::by(conn, &meaning.by(), search.within, look_at)? {
            hits.more |= candidates.len() >= look_at as usize && look_at == LOOKED_AT;
            let mut fitting = BTreeSet::new();
            for candidate in candidates {
                // They come the newest first: an older one of this list would not be shown.
                if fitting.len() > search.most {
                    break;
                }
                match candidate {
                    Candidate::Sale(id) => {
                        let row = sale::get(conn, &id)?;
                        if sales.contains_key(&row.number) || fits(conn, &row, meaning, others)? {
                            fitting.insert(row.number);
                            sales.insert(row.number, row);
                        }
                    }
                    Candidate::Payment(receipt) if others.is_empty() && !hits.payments.contains(&receipt) => {
                        hits.payments.push(receipt);
                    }
                    Candidate::Payment(_) => {}
                }
            }
        }
    }
    hits.sales = sales.into_values().collect();
    hits.sales
        .sort_by_key(|sale| std::cmp::Reverse((sale.opened_at, sale.number)));
    hits.more |= hits.sales.len() > search.most;
    hits.sales.truncate(search.most);
    Ok(hits)
}

/// Every word with all that it may mean. A text that is one thing as a whole (a phone number with its blanks, a
/// person's two names) is one word.
fn meanings(conn: &Connection, text: &str, day: NaiveDate) -> Result<Vec<Vec<Meaning>>, TillError> {
    let people = person::ever(conn)?;
    let mean = |word: &str| {
        let mut all = of_word(word, day);
        let lower = word.to_lowercase();
        let named = people
            .iter()
            .filter(|person| person.name.to_lowercase().contains(&lower))
            .map(|person| Meaning::Person(person.id.clone()));
        all.extend(named);
        all
    };
    let whole = mean(text.trim());
    if !whole.is_empty() {
        return Ok(vec![whole]);
    }
    Ok(text.split_whitespace().map(mean).collect())
}

fn of_word(word: &str, day: NaiveDate) -> Vec<Meaning> {
    let mut all = Vec::new();
    let word = ["KSh", "ksh", "KSH", "Ksh"]
        .iter()
        .find_map(|sign| word.strip_prefix(sign))
        .unwrap_or(word)
        .trim();
    if let Ok(reference) = Reference::parse(word) {
        all.push(Meaning::Reference(reference));
    }
    let is_code = word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && word.bytes().any(|byte| byte.is_ascii_alphabetic());
    if is_code && (FEWEST..=10).contains(&word.len()) {
        all.push(Meaning::Code(word.to_ascii_uppercase()));
    }
    if let Ok(time) = NaiveTime::parse_from_str(word, "%H:%M") {
        let since_midnight = time - NaiveTime::MIN;
        all.push(Meaning::Time(day_start(day) + since_midnight));
    }
    if let Ok(phone) = Msisdn::parse(word) {
        all.push(Meaning::Digits(phone.as_str().to_owned()));
    } else if (3..=9).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit()) {
        all.push(Meaning::Digits(word.to_owned()));
    }
    if let Ok(amount) = Money::parse(word)
        && !amount.is_zero()
    {
        all.push(Meaning::Amount(amount));
    }
    all
}

impl Meaning {
    /// Whose candidates are fewer comes first.
    const fn breadth(&self) -> u8 {
        match self {
            Self::Code(_) | Self::Reference(_) => 0,
            Self::Time(_) => 1,
            Self::Digits(_) => 2,
            Self::Amount(_) => 3,
            Self::Person(_) => 4,
        }
    }

    fn by(&self) -> By<'_> {
        match self {
            Self::Code(front) => By::Code(front),
            Self::Reference(reference) => By::Reference(reference),
            Self::Time(at) => By::Time(*at - AROUND, *at + AROUND),
            Self::Digits(digits) => By::Digits(digits),
            Self::Amount(amount) => By::Amount(*amount),
            Self::Person(id) => By::Person(id),
        }
    }

    fn fits(&self, row: &SaleRow, parts: &[Part]) -> bool {
        match self {
            Self::Code(front) => parts.iter().any(|part| {
                part.receipt
                    .as_ref()
                    .is_some_and(|code| code.as_str().starts_with(front))
            }),
            Self::Reference(reference) => row.reference == reference.as_str(),
            Self::Time(at) => (row.opened_at - *at).abs() <= AROUND,
            Self::Digits(digits) => parts
                .iter()
                .flat_map(|part| &part.digits)
                .any(|seen| ends_alike(seen, digits)),
            Self::Amount(amount) => row.amount == *amount || parts.iter().any(|part| part.amount == *amount),
            Self::Person(id) => {
                row.person_id.as_ref() == Some(id)
                    || parts.iter().any(|part| part.person_id.as_ref() == Some(id))
            }
        }
    }
}

/// What is compared of one part of a sale.
struct Part {
    amount: Money,
    person_id: Option<String>,
    receipt: Option<ReceiptNumber>,
    digits: Vec<String>,
}

/// The index brought what ends in the same three digits; the whole is compared here. Then each other word must fit.
fn fits(
    conn: &Connection,
    row: &SaleRow,
    meaning: &Meaning,
    others: &[Vec<Meaning>],
) -> Result<bool, TillError> {
    let more_digits = matches!(meaning, Meaning::Digits(digits) if digits.len() > 3);
    if others.is_empty() && !more_digits {
        return Ok(true);
    }
    let parts: Vec<Part> = tender::of_sale(conn, &row.id)?
        .into_iter()
        .map(|part| read(conn, part))
        .collect::<Result<_, _>>()?;
    let all_others = others
        .iter()
        .all(|means| means.iter().any(|other| other.fits(row, &parts)));
    Ok(all_others && (!more_digits || meaning.fits(row, &parts)))
}

fn read(conn: &Connection, part: TenderRow) -> Result<Part, TillError> {
    let paid = money_in::of_tender(conn, &part.id)?;
    let mut digits = Vec::new();
    let mut receipt = None;
    match part.kind {
        TenderKind::Push => {
            let push = push::of_tender(conn, &part.id)?;
            digits.push(push.msisdn.digits().to_owned());
            receipt = push.receipt;
        }
        TenderKind::ToTill { digits: asked, .. } => digits.extend(asked),
        TenderKind::Code { receipt: typed, .. } => receipt = Some(typed),
        TenderKind::Cash { .. } | TenderKind::Credit { .. } => {}
    }
    if let Some((code, row)) = paid {
        digits.extend(row.digits);
        receipt.get_or_insert(code);
    }
    Ok(Part {
        amount: part.amount,
        person_id: part.person_id,
        receipt,
        digits,
    })
}
