//! Sales found by what somebody remembers of them: a code, a reference, the end of a phone number, an amount, a person,
//! a time of the day.
//!
//! Each word may mean several things, and a sale must fit every word. The word that fits the fewest sales brings the
//! candidates from indexes, the newest first; the other words are asked of each. At most [`LOOKED_AT`] candidates are
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
use crate::store::find::{self, By, Candidate, Trace};
use crate::store::sale::SaleRow;
use crate::store::{person, sale};

/// Most candidates that are looked at for one search: in a book of a million sales each is several pages of the file.
const LOOKED_AT: u32 = 150;
/// How often one sale of one payment comes at most: by its prompt, by the payment, by what was asked.
const WAYS: u32 = 3;
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
    words.sort_by_key(|means| means.iter().map(Meaning::breadth).max());
    let words: Vec<&[Meaning]> = words.iter().map(Vec::as_slice).collect();
    let Some((first, others)) = words.split_first() else {
        return Ok(Hits::default());
    };
    if words.iter().any(|means| means.is_empty()) {
        return Ok(Hits::default());
    }
    let mut walk = Walk {
        conn,
        search,
        is_of_one_word: others.is_empty(),
        sales: BTreeMap::new(),
        hits: Hits::default(),
    };
    for by in digits_of_amounts(&words) {
        walk.along(&by, LOOKED_AT, &words)?;
    }
    let each = if others.is_empty() {
        // Nothing more is asked of them: a page is full after as many as tell of one sale.
        u32::try_from(search.most + 1)
            .unwrap_or(u32::MAX)
            .saturating_mul(WAYS)
    } else {
        LOOKED_AT / u32::try_from(first.len()).unwrap_or(LOOKED_AT)
    };
    for meaning in *first {
        let mut left = others.to_vec();
        if meaning.says_more_than_its_index() {
            left.push(std::slice::from_ref(meaning));
        }
        walk.along(&meaning.by(), each, &left)?;
    }
    Ok(walk.end())
}

/// What customers remember most, an amount and the end of their phone: an index has both, so that the whole book is
/// searched for them.
fn digits_of_amounts<'a>(words: &[&'a [Meaning]]) -> Vec<By<'a>> {
    let mut all = Vec::new();
    for (place, means) in words.iter().enumerate() {
        let beside = words.iter().enumerate().filter(|(other, _)| *other != place);
        let beside: Vec<&Meaning> = beside.flat_map(|(_, means)| *means).collect();
        for meaning in *means {
            let Meaning::Digits(digits) = meaning else {
                continue;
            };
            all.extend(beside.iter().filter_map(|other| match other {
                Meaning::Amount(amount) => Some(By::Digits(digits, Some(*amount))),
                Meaning::Code(_)
                | Meaning::Reference(_)
                | Meaning::Time(_)
                | Meaning::Digits(_)
                | Meaning::Person(_) => None,
            }));
        }
    }
    all
}

/// One search under way.
struct Walk<'a> {
    conn: &'a Connection,
    search: Search<'a>,
    is_of_one_word: bool,
    /// By their numbers.
    sales: BTreeMap<u32, SaleRow>,
    hits: Hits,
}

impl Walk<'_> {
    /// Looks at so many candidates of one index whether they fit these words too.
    fn along(&mut self, by: &By<'_>, most: u32, words: &[&[Meaning]]) -> Result<(), TillError> {
        let (conn, search) = (self.conn, self.search);
        let mut looked_at = BTreeSet::new();
        let mut fitting = 0;
        let may_be_more = find::by(conn, by, search.within, most, &mut |candidate| {
            match candidate {
                Candidate::Sale(id) => {
                    if looked_at.insert(id.clone()) {
                        let row = sale::get(conn, &id)?;
                        if self.sales.contains_key(&row.number) || fits(conn, &row, words)? {
                            fitting += 1;
                            self.sales.insert(row.number, row);
                        }
                    }
                }
                Candidate::Payment(receipt) => {
                    if self.is_of_one_word && !self.hits.payments.contains(&receipt) {
                        self.hits.payments.push(receipt);
                    }
                }
            }
            // They come the newest first: an older one of this index would not be shown.
            Ok(fitting <= search.most)
        })?;
        self.hits.more |= may_be_more;
        Ok(())
    }

    fn end(self) -> Hits {
        let mut hits = self.hits;
        hits.sales = self.sales.into_values().collect();
        hits.sales
            .sort_by_key(|sale| std::cmp::Reverse((sale.opened_at, sale.number)));
        hits.more |= hits.sales.len() > self.search.most;
        hits.sales.truncate(self.search.most);
        hits
    }
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
            Self::Digits(digits) => By::Digits(digits, None),
            Self::Amount(amount) => By::Amount(*amount),
            Self::Person(id) => By::Person(id),
        }
    }

    fn fits(&self, row: &SaleRow, parts: &[Trace]) -> bool {
        match self {
            Self::Code(front) => parts
                .iter()
                .flat_map(|part| &part.codes)
                .any(|code| code.as_str().starts_with(front)),
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

    /// The index of digits has the last three.
    const fn says_more_than_its_index(&self) -> bool {
        match self {
            Self::Digits(digits) => digits.len() > 3,
            Self::Code(_) | Self::Reference(_) | Self::Time(_) | Self::Amount(_) | Self::Person(_) => false,
        }
    }

    /// Whether prompts and payments know of it what the parts alone do not.
    const fn is_of_payments(&self) -> bool {
        match self {
            Self::Code(_) | Self::Digits(_) => true,
            Self::Reference(_) | Self::Time(_) | Self::Amount(_) | Self::Person(_) => false,
        }
    }
}

/// Each table more is asked only where the ones before it left a word open: a long book is slow to leaf through.
fn fits(conn: &Connection, row: &SaleRow, words: &[&[Meaning]]) -> Result<bool, TillError> {
    let mut words = words.to_vec();
    leave_open(&mut words, row, &[]);
    if !words.is_empty() {
        leave_open(&mut words, row, &find::parts(conn, &row.id)?);
    }
    let may_still_fit = words
        .iter()
        .all(|means| means.iter().any(Meaning::is_of_payments));
    if !words.is_empty() && may_still_fit {
        leave_open(&mut words, row, &find::paid_parts(conn, &row.id)?);
    }
    Ok(words.is_empty())
}

/// Keeps the words that nothing of these parts fits.
fn leave_open(words: &mut Vec<&[Meaning]>, row: &SaleRow, parts: &[Trace]) {
    words.retain(|means| !means.iter().any(|meaning| meaning.fits(row, parts)));
}
