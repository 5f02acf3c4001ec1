//! A period added up.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{Added, Found, find};
use crate::clock::{Now, day_start, shop_day};
use crate::error::TillError;
use crate::money::Money;
use crate::store::extent::Extent;
use crate::store::posting::{self, Account};
use crate::store::{act, person, person_word, push, sale, shift};
use crate::view::{DayReport, DrawerCount, OpenView, Period, PersonWordView, Span};

/// What only the engine knows.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// What needs looking at.
    pub open: OpenView,
    /// What of the time nobody has seen whole.
    pub holes: Vec<Span>,
}

/// Adds a period up.
///
/// # Errors
/// [`crate::Code::NotFound`] for a close that there is not, or the disk's trouble.
pub fn day(conn: &Connection, period: Period, beside: Beside, now: Now) -> Result<DayReport, TillError> {
    let found = find(conn, period)?;
    let daily = matches!(period, Period::Week { .. } | Period::Month { .. });
    let added = Added::of(conn, found.extent, &|hour| {
        if daily { day_of(hour) } else { hour }
    })?;
    let goes_on = now.utc >= found.from && found.to.is_none_or(|to| now.utc < to);
    let to = found.to.unwrap_or(now.utc);
    Ok(DayReport {
        period,
        from: found.from,
        to: if goes_on { now.utc } else { to },
        goes_on,
        sales: sold(conn, found.extent)?,
        voided: act::voids_in(conn, found.extent)?,
        refunds: act::refunds_in(conn, found.extent)?,
        accounts: added.accounts()?,
        owed: match found.extent {
            Extent::Times(_, to) => posting::owed_at(conn, to)?,
            Extent::Rows(_, to) => posting::owed_after(conn, to)?,
        },
        in_drawers: if goes_on { in_drawers(conn)? } else { None },
        ways: added.ways()?,
        people: added.people(|id| person::name(conn, id))?,
        bars: added.bars()?,
        daily,
        counts: counts(conn, found)?,
        open: beside.open,
        words: words(conn, (found.from, to))?,
        holes: so_far(beside.holes, now.utc),
    })
}

/// A prompt that is out may still be paid, but nobody has missed what is to come.
fn so_far(holes: Vec<Span>, now: DateTime<Utc>) -> Vec<Span> {
    let begun = holes.into_iter().filter(|hole| hole.from < now);
    begun
        .map(|hole| Span {
            to: hole.to.min(now),
            ..hole
        })
        .collect()
}

fn sold(conn: &Connection, extent: Extent) -> Result<u32, TillError> {
    match extent {
        Extent::Times(from, to) => sale::settled_between(conn, from, to),
        Extent::Rows(from, to) => sale::settled_in(conn, (from, to)),
    }
}

/// The first moment of the shop day that has this hour.
fn day_of(hour: DateTime<Utc>) -> DateTime<Utc> {
    day_start(shop_day(hour))
}

fn in_drawers(conn: &Connection) -> Result<Option<Money>, TillError> {
    let open = shift::open(conn)?;
    if open.is_empty() {
        return Ok(None);
    }
    let each: Vec<Money> = open
        .iter()
        .map(|row| posting::of_shift(conn, Account::Cash, &row.id))
        .collect::<Result<_, _>>()?;
    Money::sum(each)
        .map(Some)
        .ok_or_else(|| TillError::internal("a sum out of bounds"))
}

fn counts(conn: &Connection, found: Found) -> Result<Vec<DrawerCount>, TillError> {
    let mut counts = Vec::new();
    for row in shift::ended_in(conn, found.extent)? {
        let Some(end) = row.end else { continue };
        counts.push(DrawerCount {
            number: row.number,
            person: person::name(conn, row.person_id.as_deref())?,
            at: end.at,
            expected: end.expected,
            counted: end.counted,
            off: end
                .counted
                .checked_sub(end.expected)
                .ok_or_else(|| TillError::internal("a sum out of bounds"))?,
        });
    }
    Ok(counts)
}

fn words(
    conn: &Connection,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<PersonWordView>, TillError> {
    person_word::between(conn, from, to)?
        .into_iter()
        .map(|word| {
            let push = push::get(conn, &word.push_id)?;
            Ok(PersonWordView {
                at: word.at,
                reference: push.reference,
                amount: push.amount.money(),
                direction: word.direction,
                reason: word.reason,
            })
        })
        .collect()
}
