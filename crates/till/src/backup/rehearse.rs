//! The way back, walked to its end without changing anything.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OpenFlags};

use super::{Backups, Facts, not_whole, sealed};
use crate::clock::{Mono, Now, shop_day};
use crate::engine::Engine;
use crate::error::TillError;
use crate::files::{DataDir, FileKind, io_trouble};
use crate::ids::IdSource;
use crate::money::Money;
use crate::policy::Policy;
use crate::recovery_code::{RecoveryCode, RecoveryCodeError};
use crate::shop::Shop;
use crate::store::Store;
use crate::store::posting::Account;
use crate::view::Period;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsal {
    /// The copy.
    pub copy: PathBuf,
    /// When it was taken.
    pub taken_at: DateTime<Utc>,
    /// What it holds.
    pub facts: Facts,
    /// The keys would come back too.
    pub keys: bool,
    /// What the book has that the copy has not; `None` without a book that can be read.
    pub lost: Option<Lost>,
}

/// What would be lost if the copy took the book's place now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    /// Sales that were written since.
    pub sales: u64,
    /// What customers paid since, by the book.
    pub taken: Money,
    /// Whole minutes since the copy was taken.
    pub minutes: i64,
}

/// The folder of one rehearsal; it goes with this value.
struct Room(PathBuf);

impl Backups {
    /// Restores `copy` into a folder of its own, opens it with the engine that sells, adds its sums up once
    /// more, and compares them with what the book said at that time. Leaves nothing behind; the book is only
    /// read, also while Keshia is selling.
    ///
    /// # Errors
    /// Why the copy could not take the book's place: [`crate::Code::DatabaseCorrupt`] also when its sums are
    /// not the book's, [`crate::Code::RecoveryCode`] for a sealed one, [`crate::Code::Stopped`], the disk's trouble.
    pub fn rehearse(
        &self,
        copy: &Path,
        code: Option<&RecoveryCode>,
        now: DateTime<Utc>,
    ) -> Result<Rehearsal, TillError> {
        let room = Room::new(self.book.with_extension("rehearsal"))?;
        let kind = FileKind::Live;
        let place = DataDir::at(&room.0)?;
        let lock = place.lock(kind)?;
        let there = Self {
            book: place.database(kind),
            folder: room.0.join(super::FOLDER),
            stem: self.stem.clone(),
            watch: self.watch.clone(),
        };
        let label = sealed::label(copy)?;
        let (restored, keys) = match (&label, code) {
            (Some(_), Some(code)) => there.restore_sealed(copy, code, now, &lock)?,
            (Some(_), None) => return Err(RecoveryCodeError::Empty.into()),
            (None, _) => (there.restore(copy, now, &lock)?, Vec::new()),
        };
        let sums = opened(&there.book, now)?;
        self.watch.whole(&there.book)?;
        let lost = self.compare(copy, &sums, &restored.facts)?;
        let taken_at = label.map_or_else(|| written_at(copy), |label| Ok(label.at))?;
        Ok(Rehearsal {
            copy: copy.to_owned(),
            taken_at,
            keys: !keys.is_empty(),
            facts: restored.facts,
            lost: lost.map(|(sales, taken)| Lost {
                sales,
                taken,
                minutes: (now - taken_at).num_minutes(),
            }),
        })
    }

    /// Sales and money that the book has since. The copy's sums must be what the book's were.
    fn compare(&self, copy: &Path, sums: &Sums, facts: &Facts) -> Result<Option<(u64, Money)>, TillError> {
        if !self.book.exists() {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // A book that cannot be read is why somebody rehearses.
        let Ok(book) = Connection::open_with_flags(&self.book, flags) else {
            return Ok(None);
        };
        let Ok(then) = Sums::of(&book, Some(sums.postings)) else {
            return Ok(None);
        };
        if Shop::peek(&self.book).map(|shop| shop.file_id) != sums.file_id {
            return Ok(None);
        }
        if then.accounts != sums.accounts {
            return Err(not_whole(
                copy,
                "its sums are not what the book said at that time",
            ));
        }
        let now = Sums::of(&book, None)?;
        Ok(Some((
            now.sales.saturating_sub(facts.sales),
            Money::from_cents(now.sold().saturating_sub(sums.sold())).unwrap_or(Money::ZERO),
        )))
    }
}

/// What each account holds, up to a posting.
struct Sums {
    file_id: Option<String>,
    postings: i64,
    sales: u64,
    accounts: BTreeMap<String, i64>,
}

impl Sums {
    fn of(conn: &Connection, up_to: Option<i64>) -> Result<Self, TillError> {
        let newest = "SELECT COALESCE(MAX(seq), 0) FROM posting";
        let postings = match up_to {
            Some(up_to) => up_to,
            None => conn.query_row(newest, [], |row| row.get(0))?,
        };
        let sales: i64 = conn.query_row("SELECT COUNT(*) FROM sale", [], |row| row.get(0))?;
        let mut statement = conn.prepare(
            "SELECT account, SUM(debit) - SUM(credit) FROM posting WHERE seq <= ?1 GROUP BY account",
        )?;
        let accounts = statement
            .query_map([postings], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(Self {
            file_id: None,
            postings,
            sales: sales.unsigned_abs(),
            accounts,
        })
    }

    /// What was sold, in cents; the account gives, so it stands below zero.
    fn sold(&self) -> i64 {
        self.accounts.get(Account::Sales.word()).map_or(0, |cents| -cents)
    }
}

/// Opens the restored book as the counter would, and adds its sums up.
fn opened(book: &Path, now: DateTime<Utc>) -> Result<Sums, TillError> {
    let store = Store::open(book)?;
    let shop = Shop::load(&store)?.ok_or_else(|| not_whole(book, "it names no shop"))?;
    let mut sums = Sums::of(store.read(), None)?;
    sums.file_id = Some(shop.file_id.clone());
    let moment = Now {
        utc: now,
        mono: Mono::default(),
    };
    let ids = IdSource::from_system().map_err(TillError::internal)?;
    let engine = Engine::open(store, Policy::live(), shop.counter(false)?, ids, moment)?;
    engine.roll(moment)?;
    let day = shop_day(now);
    engine.add_up_period(Period::Day { day }, moment)?;
    Ok(sums)
}

fn written_at(copy: &Path) -> Result<DateTime<Utc>, TillError> {
    let about = std::fs::metadata(copy).and_then(|about| about.modified());
    let at: SystemTime = about.map_err(|error| io_trouble(copy, &error))?;
    Ok(at.into())
}

impl Room {
    fn new(path: PathBuf) -> Result<Self, TillError> {
        // What a rehearsal left that was cut off.
        let room = Self(path);
        room.clear()?;
        Ok(room)
    }

    fn clear(&self) -> Result<(), TillError> {
        match std::fs::remove_dir_all(&self.0) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(io_trouble(&self.0, &error)),
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.clear();
    }
}
