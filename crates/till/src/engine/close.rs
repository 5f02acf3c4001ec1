//! The day is added up (X) and closed (Z): book, Safaricom and counted cash beside each other, what is not known
//! signed and carried, and the whole chained.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use super::{Announcement, Effect, Engine, close_paper};
use crate::clock::{Now, shop_day};
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::people::Act;
use crate::push::{Push, State};
use crate::report::Added;
use crate::store::extent::Extent;
use crate::store::posting;
use crate::store::witness::{self, Witness};
use crate::store::z::{self, CarriedRow, ZRow};
use crate::store::{
    act, chain, desk, matter, money_in, payer_name, push, reason, refund, sale, shift, tender,
};
use crate::view::{CarriedKind, CarriedView, ClosingDayView, ShiftTotals, ThreeWayView, ZReport, ZView};

/// A stretch of the chain and its times.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    from_seq: i64,
    to_seq: i64,
    from_at: DateTime<Utc>,
}

impl Stretch {
    const fn seqs(self) -> (i64, i64) {
        (self.from_seq, self.to_seq)
    }

    const fn extent(self) -> Extent {
        Extent::Rows(self.from_seq, self.to_seq)
    }
}

impl Engine {
    /// The open day added up, as often as somebody wants to know.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn x_report(&self, now: Now) -> Result<ZReport, TillError> {
        self.may(Act::SeeDay, now)?;
        self.add_up(self.open_stretch()?, now)
    }

    /// What stands before a close: whose drawers are not counted, and what is not known. Safaricom is asked about each
    /// of them once more.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn before_close(&mut self, now: Now) -> Result<(ClosingDayView, Vec<Effect>), TillError> {
        self.may(Act::CloseDay, now)?;
        let mut effects = self.pull_now(now);
        let askable: Vec<String> = self
            .watches
            .values()
            .filter(|watch| watch.push.state.watched() && watch.push.checkout_request_id.is_some())
            .map(|watch| watch.push.id.clone())
            .collect();
        for push_id in askable {
            effects.extend(self.ask_now(&push_id, now)?.1);
        }
        Ok((self.closing_day(now)?, effects))
    }

    /// The open day: since when, whether its close was forgotten, and what stands before it.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn closing_day(&self, now: Now) -> Result<ClosingDayView, TillError> {
        let conn = self.store.read();
        let last = z::newest(conn)?;
        let since = posting::first_after(conn, last.as_ref().map_or(0, |z| z.rows))?;
        let told = self.may(Act::SeeDay, now).is_ok();
        Ok(ClosingDayView {
            since,
            forgotten: since.is_some_and(|since| shop_day(since) < shop_day(now.utc)),
            open_shifts: shift::open(conn)?
                .into_iter()
                .map(|row| self.shift_view(row, told))
                .collect::<Result<_, _>>()?,
            not_known: self.not_known(now)?,
            last: last.map(|row| self.z_view(row)).transpose()?,
        })
    }

    /// Closes the day. What is not known needs the closing person's words and is carried. Closing a day in which
    /// nothing happened brings back the last close, so that a second key, or a crash, closes nothing twice.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] while a shift is open, or without words for what is not known; those of [`Self::may`]; or
    /// the disk's trouble. Nothing was written then.
    pub fn close_day(&mut self, words: Option<&str>, now: Now) -> Result<(ZView, Vec<Effect>), TillError> {
        self.may(Act::CloseDay, now)?;
        let conn = self.store.read();
        let last = z::newest(conn)?;
        let stretch = self.open_stretch()?;
        if posting::first_after(conn, stretch.from_seq - 1)?.is_none()
            && let Some(last) = last
        {
            return Ok((self.z_view(last)?, Vec::new()));
        }
        if !shift::open(conn)?.is_empty() {
            return Err(TillError::new(
                Code::NotAllowed,
                "A drawer is not counted yet: end every shift, then close the day.",
            ));
        }
        let report = self.add_up(stretch, now)?;
        let words = words.map(reason::said).transpose()?;
        if !report.carried.is_empty() && words.is_none() {
            return Err(TillError::new(
                Code::NotAllowed,
                "Some money is not known yet. Say in a few words that you have seen it; it is carried to the next day.",
            ));
        }
        let first = posting::first_after(conn, stretch.from_seq - 1)?.unwrap_or(now.utc);
        let number = last.as_ref().map_or(1, |z| z.number + 1);
        let solved = self.solved(&report.carried)?;
        let text = serde_json::to_string(&report).map_err(TillError::internal)?;
        let permit = self.permit(Act::CloseDay, now)?;
        let ids = &mut self.ids;
        let row = self.store.write(|tx| {
            let id = ids.next_id();
            permit.write(tx, ids, (Some(&id), Some(report.accounts.sales)), words, now)?;
            let sealed = Witness {
                told_by: "z",
                push_id: None,
                receipt: None,
                amount: Some(report.accounts.sales),
                word: &z::seal(number, &text),
            };
            witness::append(tx, &sealed, now.utc)?;
            let head = chain::newest(tx)?.ok_or_else(|| TillError::internal("an empty chain"))?;
            let row = ZRow {
                number,
                id,
                day: shop_day(first),
                from_seq: stretch.from_seq,
                to_seq: stretch.to_seq,
                from_at: stretch.from_at,
                closed_at: now.utc,
                person_id: desk::get(tx)?.person_id,
                report: text,
                rows: i64::try_from(head.rows).map_err(TillError::internal)?,
                head: head.head,
            };
            z::insert(tx, &row)?;
            for id in &solved {
                z::solve(tx, id, now.utc)?;
            }
            for carried in &report.carried {
                let row = CarriedRow {
                    id: ids.next_id(),
                    z_number: number,
                    kind: carried.kind.word().to_owned(),
                    about: carried.about.clone(),
                    amount: carried.amount,
                    solved_at: None,
                };
                z::carry(tx, &row)?;
            }
            payer_name::erase_all(tx)?;
            close_paper::day_closed(tx, number, now)?;
            push::forget_phones(tx)?;
            Ok(row)
        })?;
        let mut effects = self.printer_changed()?;
        effects.push(Effect::Announce(Announcement::RollChanged));
        Ok((self.z_view(row)?, effects))
    }

    /// One close, as it was printed.
    ///
    /// # Errors
    /// [`Code::NotFound`], those of [`Self::may`], or the disk's trouble.
    pub fn z(&self, number: u32, now: Now) -> Result<ZView, TillError> {
        self.may(Act::SeeDay, now)?;
        self.z_view(z::get(self.store.read(), number)?)
    }

    /// The newest closes, the newest first.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn closes(&self, limit: u32, now: Now) -> Result<Vec<ZView>, TillError> {
        self.may(Act::SeeDay, now)?;
        z::last(self.store.read(), limit)?
            .into_iter()
            .map(|row| self.z_view(row))
            .collect()
    }

    pub(super) fn z_view(&self, row: ZRow) -> Result<ZView, TillError> {
        Ok(ZView {
            person: self.name_of(row.person_id.as_deref())?,
            report: serde_json::from_str(&row.report).map_err(TillError::internal)?,
            number: row.number,
            day: row.day,
            closed_at: row.closed_at,
            rows: row.rows,
            head: row.head,
        })
    }

    fn open_stretch(&self) -> Result<Stretch, TillError> {
        let conn = self.store.read();
        let last = z::newest(conn)?;
        let end = chain::newest(conn)?.map_or(0, |link| link.rows);
        Ok(Stretch {
            from_seq: last.as_ref().map_or(1, |z| z.rows + 1),
            to_seq: i64::try_from(end).map_err(TillError::internal)?,
            from_at: last.map_or_else(DateTime::<Utc>::default, |z| z.closed_at),
        })
    }

    fn add_up(&self, stretch: Stretch, now: Now) -> Result<ZReport, TillError> {
        let conn = self.store.read();
        let added = Added::of(conn, stretch.extent(), &|hour| hour)?;
        let accounts = added.accounts()?;
        let known: Vec<CarriedRow> = z::carried(conn)?;
        let carried = self.not_known(now)?;
        let solved = known
            .iter()
            .filter(|row| !carried.iter().any(|open| is_of(open, row)))
            .filter_map(|row| {
                Some(CarriedView {
                    kind: CarriedKind::parse(&row.kind)?,
                    about: row.about.clone(),
                    amount: row.amount,
                    since_z: Some(row.z_number),
                })
            })
            .collect();
        Ok(ZReport {
            from_at: stretch.from_at,
            to_at: now.utc,
            sales: sale::settled_in(conn, stretch.seqs())?,
            voided: act::voids_in(conn, stretch.extent())?,
            refunds: act::refunds_in(conn, stretch.extent())?,
            people: added.person_totals()?,
            shifts: shift::ended_in(conn, stretch.extent())?
                .into_iter()
                .filter_map(|row| {
                    let end = row.end?;
                    Some(ShiftTotals {
                        number: row.number,
                        person_id: row.person_id,
                        float: row.float,
                        expected: end.expected,
                        counted: end.counted,
                    })
                })
                .collect(),
            outside_shifts: posting::cash_outside_shifts(conn, stretch.extent())?,
            three_way: three_way(conn, stretch, accounts.mpesa_proved)?,
            accounts,
            carried,
            solved,
        })
    }

    /// The ids of what was carried and is known now.
    fn solved(&self, open: &[CarriedView]) -> Result<Vec<String>, TillError> {
        Ok(z::carried(self.store.read())?
            .into_iter()
            .filter(|row| !open.iter().any(|one| is_of(one, row)))
            .map(|row| row.id)
            .collect())
    }

    /// All money of which somebody must still say what it is.
    pub(super) fn not_known(&self, now: Now) -> Result<Vec<CarriedView>, TillError> {
        let conn = self.store.read();
        let since: BTreeMap<(String, String), u32> = z::carried(conn)?
            .into_iter()
            .map(|row| ((row.kind, row.about), row.z_number))
            .collect();
        let mut open = Vec::new();
        let mut add = |kind: CarriedKind, about: String, amount: Money| {
            let since_z = since.get(&(kind.word().to_owned(), about.clone())).copied();
            open.push(CarriedView {
                kind,
                about,
                amount,
                since_z,
            });
        };
        let mut pushes: BTreeMap<String, Push> = self
            .watches
            .values()
            .map(|watch| (watch.push.id.clone(), watch.push.clone()))
            .collect();
        for push in push::never_known(conn)? {
            pushes.entry(push.id.clone()).or_insert(push);
        }
        for push in pushes.values() {
            if let Some(kind) = kind_of(push) {
                add(kind, push.id.clone(), push.amount.money());
            }
        }
        for (tender_id, amount) in tender::unconfirmed(conn)? {
            add(CarriedKind::Code, tender_id, amount);
        }
        for (receipt, amount) in self.never_placed(now)? {
            add(CarriedKind::MoneyIn, receipt.as_str().to_owned(), amount);
        }
        for (id, amount) in refund::unconfirmed(conn)? {
            add(CarriedKind::SentBack, id, amount);
        }
        for (id, amount) in matter::open_all(conn)? {
            add(CarriedKind::Matter, id, amount);
        }
        Ok(open)
    }
}

fn is_of(open: &CarriedView, row: &CarriedRow) -> bool {
    open.kind.word() == row.kind && open.about == row.about
}

/// What is not known of a push; nothing for one that is over, with its receipt number when it was paid.
fn kind_of(push: &Push) -> Option<CarriedKind> {
    match &push.state {
        State::Intended
        | State::Sending
        | State::Prompted
        | State::Unknown { .. }
        | State::AwaitsStatement => Some(CarriedKind::Push),
        state @ State::Failed { .. } if state.blocks() => Some(CarriedKind::Push),
        State::Paid { .. } if push.receipt.is_none() => Some(CarriedKind::NoReceipt),
        State::Paid { .. } | State::Failed { .. } | State::NotSent(_) | State::Refused(_) => None,
    }
}

/// What Safaricom itself showed of the time, beside what the book has as proved.
fn three_way(conn: &Connection, stretch: Stretch, booked: Money) -> Result<ThreeWayView, TillError> {
    let seen = money_in::seen_in(conn, stretch.seqs())?;
    Ok(ThreeWayView {
        booked,
        safaricom: seen.all,
        not_in_book: seen.unplaced,
        off: booked
            .checked_sub(seen.all)
            .ok_or_else(|| TillError::internal("a sum out of bounds"))?,
        counted: Money::sum(
            shift::ended_in(conn, stretch.extent())?
                .into_iter()
                .filter_map(|row| row.end.map(|end| end.counted)),
        )
        .ok_or_else(|| TillError::internal("a sum out of bounds"))?,
    })
}
