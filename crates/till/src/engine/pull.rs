//! Safaricom's own list of payments: when to read it, and what a whole reading of it proves.
//!
//! A reading asks for one fixed stretch of time, page by page. Each page begins with the last row of the one
//! before, so that a page which brings only known rows is the end, said by Safaricom and not guessed. Two
//! readings must agree before the stretch counts as seen. *Nothing found* and errors prove nothing.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};

use super::gate::doubled;
use super::{Effect, Engine};
use crate::clock::{Mono, Now};
use crate::error::TillError;
use crate::first_name::FirstName;
use crate::money::Money;
use crate::push::Event;
use crate::receipt_number::ReceiptNumber;
use crate::store::money_in::{self, Grade, MoneyIn};
use crate::store::pull_cover;
use crate::store::setting;
use crate::view::{PullView, Why};

/// Where the learned zone of Pull's dates is kept.
const ZONE_SETTING: &str = "pull_zone_ms";

/// East Africa Time minus UTC.
const EAST_AFRICA_MS: i64 = 3 * 3_600_000;

/// One page, as it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PullPage {
    /// Rows from this moment on, by Safaricom's clock.
    pub from: DateTime<Utc>,
    /// Rows up to this moment, the same for every page of a reading.
    pub to: DateTime<Utc>,
    /// How many rows to pass over.
    pub offset: u32,
}

/// What asking for a page brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// About the payments.
    pub word: PullWord,
    /// Safaricom said: too often.
    pub rate_limited: bool,
    /// Did anything answer at all?
    pub online: bool,
}

/// What Safaricom said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullWord {
    /// Rows, and how many more could not be read.
    Page {
        /// In Safaricom's order.
        rows: Vec<PulledRow>,
        /// Rows that made no sense: a reading with such rows proves nothing.
        unreadable: u32,
    },
    /// "No records" in one of its spellings; seen also while there were records, so it proves nothing.
    NothingFound,
    /// Pull is not switched on for this short code.
    NotOffered,
    /// No usable answer.
    NoAnswer,
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PulledRow {
    /// The receipt number.
    pub receipt: ReceiptNumber,
    /// How much.
    pub amount: Money,
    /// Visible last digits of the payer's phone; empty when none are.
    pub digits: String,
    /// What the payer gave as account; empty for tills.
    pub reference: String,
    /// The payer's first name, when it was told.
    pub first_name: Option<FirstName>,
    /// When, as printed.
    pub told_at: ToldAt,
    /// Money that came in; the rest (settlements to the bank) only takes up room in the list.
    pub money_in: bool,
}

/// A time as Pull prints it. Its zone mark may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToldAt {
    /// What the digits say.
    pub wall: NaiveDateTime,
    /// An offset in figures, seconds ahead of UTC; "Z" and nothing at all are no offset.
    pub offset_s: Option<i32>,
}

/// How far Pull has been read.
#[derive(Debug, Default)]
pub(super) struct Puller {
    /// The short code has Pull.
    pub(super) on: bool,
    reading: Option<Reading>,
    /// A page is on its way.
    asking: bool,
    next_at: Mono,
    ended_at: Mono,
    failures: u32,
    /// Somebody asked for it, or Keshia just started.
    wanted: bool,
    /// What is to be subtracted from a printed time without an offset; learned from our own payments.
    zone_ms: Option<i64>,
    /// Safaricom reads the dates of our questions as East African ones, which is what they are: then a
    /// stretch needs no hours to spare.
    reads_our_dates: bool,
    /// Payments that Pull has shown in this run, so that a row is looked up once.
    shown: BTreeSet<ReceiptNumber>,
    read_at: Option<DateTime<Utc>>,
}

/// One reading of one stretch.
#[derive(Debug, Clone)]
struct Reading {
    page: PullPage,
    begun: Mono,
    /// What this pass has shown.
    rows: BTreeSet<ReceiptNumber>,
    /// What the pass before showed, when it came to a clean end.
    before: Option<BTreeSet<ReceiptNumber>>,
    passes: u32,
    clean: bool,
    newest: Option<ToldAt>,
}

impl Puller {
    pub(super) fn new(on: bool, zone_ms: Option<i64>) -> Self {
        Self {
            on,
            wanted: on,
            zone_ms,
            ..Self::default()
        }
    }

    pub(super) const fn set_on(&mut self, on: bool) {
        self.wanted = on && !self.on || self.wanted;
        self.on = on;
    }

    /// A row that our dates would have left out if they were read as UTC shows that they are not.
    fn learn_how_dates_are_read(&mut self, rows: &[PulledRow]) {
        let Some(reading) = &self.reading else { return };
        let left_out = reading.page.from + TimeDelta::milliseconds(EAST_AFRICA_MS) - TimeDelta::minutes(1);
        let shows = |row: &PulledRow| self.meant(row.told_at).1 < left_out;
        self.reads_our_dates |= rows.iter().any(shows);
    }

    /// The earliest and the latest moment that a printed time can mean.
    pub(super) fn meant(&self, told: ToldAt) -> (DateTime<Utc>, DateTime<Utc>) {
        let wall = told.wall.and_utc();
        let minus = |ms: i64| wall - TimeDelta::milliseconds(ms);
        match (told.offset_s, self.zone_ms) {
            (Some(offset_s), _) => {
                let meant = minus(i64::from(offset_s).saturating_mul(1000));
                (meant, meant)
            }
            (None, Some(zone_ms)) => (minus(zone_ms), minus(zone_ms)),
            (None, None) => (minus(EAST_AFRICA_MS), wall),
        }
    }
}

impl Engine {
    /// Reads the list as soon as it may be read: somebody wants to know.
    pub fn pull_now(&mut self, now: Now) -> Vec<Effect> {
        self.puller.wanted = true;
        self.puller.next_at = self.puller.next_at.min(now.mono);
        self.next_page(now)
    }

    /// Something young is open now: a pause that was meant for old things ends sooner.
    pub(super) fn puller_soon(&mut self, now: Now) {
        let soon = now.mono.plus_ms(self.policy.pull_pauses_ms[0]);
        self.puller.next_at = self.puller.next_at.min(soon);
    }

    /// The zone that was learned in an earlier run.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn stored_zone(store: &crate::store::Store) -> Result<Option<i64>, TillError> {
        setting::get(store.read(), ZONE_SETTING)
    }

    /// Does anything wait for what only the list can tell?
    fn something_is_open(&self) -> bool {
        !self.till_waiters.is_empty()
            || !self.codes.is_empty()
            || self.watches.values().any(|watch| watch.push.reserves())
    }

    /// Does the customer at the counter wait for it?
    fn counter_waits(&self) -> bool {
        self.counter_sale.as_deref().is_some_and(|sale| {
            self.till_waiters.contains(sale)
                || self.watches.values().any(|watch| {
                    watch.push.sale_id == sale
                        && watch.push.state.watched()
                        && watch.push.checkout_request_id.is_none()
                })
        })
    }

    /// From when the next page may leave; `None` when nobody needs one.
    pub(super) fn next_page_at(&self, now: Now) -> Option<Mono> {
        let puller = &self.puller;
        if !puller.on || !self.counter.connected || puller.asking {
            return None;
        }
        let open = puller.wanted || puller.reading.is_some() || self.something_is_open();
        let pace = if !open {
            self.idle_page_at(now)?
        } else if self.counter_waits() {
            let soon = puller.ended_at.plus_ms(self.policy.pull_spacing_counter_ms);
            if puller.failures == 0 {
                puller.next_at.min(soon)
            } else {
                puller.next_at
            }
        } else {
            puller.next_at
        };
        let gate = if self.counter_waits() || puller.wanted {
            self.gate.open_for_counter_at()
        } else {
            self.gate.open_at(now.mono, &self.policy)
        };
        Some(pace.max(gate))
    }

    /// Money may come before its sale is written: while somebody sells, the list is read now and then.
    fn idle_page_at(&self, now: Now) -> Option<Mono> {
        let [every, quiet] = self.policy.pull_idle_ms;
        if self.used_at.is_none_or(|at| now.mono.since_ms(at) >= quiet) {
            return None;
        }
        let idle = self.puller.ended_at.plus_ms(every);
        Some(if self.puller.failures == 0 {
            idle
        } else {
            idle.max(self.puller.next_at)
        })
    }

    /// The page that may leave now, if any.
    pub(super) fn next_page(&mut self, now: Now) -> Vec<Effect> {
        if self.next_page_at(now).is_none_or(|at| at > now.mono) {
            return Vec::new();
        }
        if self.puller.reading.is_none() {
            self.puller.reading = Some(self.begin_reading(now));
            // What has begun goes on at once: the pause was for the time before it.
            self.puller.next_at = self.puller.next_at.min(now.mono);
        }
        if !self.counter_waits() {
            self.gate.spend(now.mono);
        }
        let puller = &mut self.puller;
        puller.asking = true;
        puller.wanted = false;
        puller
            .reading
            .as_ref()
            .map(|reading| Effect::Pull(reading.page))
            .into_iter()
            .collect()
    }

    /// The stretch from before the oldest open push (or the end of what was seen) until now, within the two
    /// days that Pull reaches back.
    fn begin_reading(&self, now: Now) -> Reading {
        let to = self.safaricom_now(now);
        let [sure_ms, unsure_ms] = self.policy.pull_back_ms;
        let back_ms = if self.puller.reads_our_dates {
            sure_ms
        } else {
            unsure_ms
        };
        let back = TimeDelta::milliseconds(i64::try_from(back_ms).unwrap_or(0));
        let reach = TimeDelta::milliseconds(i64::try_from(self.policy.reach_ms).unwrap_or(0));
        let seen_to = pull_cover::newest_end(self.store.read()).ok().flatten();
        let oldest = self
            .watches
            .values()
            .filter(|watch| watch.push.reserves())
            .map(|watch| watch.push.sent_at_safaricom())
            .chain(seen_to)
            .min()
            .unwrap_or(to);
        // A minute less than its reach: the answer is dated later than the question.
        let earliest = to - reach + TimeDelta::minutes(1);
        Reading {
            page: PullPage {
                from: (oldest - back).clamp(earliest, to),
                to,
                offset: 0,
            },
            begun: now.mono,
            rows: BTreeSet::new(),
            before: None,
            passes: 1,
            clean: true,
            newest: None,
        }
    }

    /// A page came, or did not.
    ///
    /// # Errors
    /// The disk's trouble; then the stretch is read again, and nothing counts as seen.
    pub fn pulled(&mut self, page: PullPage, pulled: Pulled, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = self.heard(pulled.online, now);
        self.puller.asking = false;
        if self
            .puller
            .reading
            .as_ref()
            .is_none_or(|reading| reading.page != page)
        {
            return Ok(effects);
        }
        match pulled.word {
            PullWord::Page { rows, unreadable } => match self.take_page(&rows, unreadable, now) {
                Ok(more) => effects.extend(more),
                Err(error) => {
                    self.give_up_reading(now);
                    return Err(error);
                }
            },
            // At the end of a list it may mean "no more", or anything else.
            PullWord::NothingFound => {
                let nothing_at_all = page.offset == 0;
                self.end_pass(false, now)?;
                if nothing_at_all {
                    self.end_reading(now);
                }
            }
            PullWord::NotOffered => {
                self.puller.on = false;
                self.end_reading(now);
                effects.push(self.link_changed(now));
            }
            PullWord::NoAnswer => self.give_up_reading(now),
        }
        if pulled.rate_limited {
            self.puller.failures = self.puller.failures.saturating_add(1);
            self.puller.next_at = now.mono.plus_ms(doubled(
                (self.policy.pull_pauses_ms[0], self.policy.pull_backoff_max_ms),
                self.puller.failures,
            ));
        }
        effects.extend(self.next_page(now));
        Ok(effects)
    }

    fn take_page(&mut self, rows: &[PulledRow], unreadable: u32, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        for row in rows.iter().filter(|row| row.money_in) {
            if !self.puller.shown.contains(&row.receipt) {
                effects.extend(self.take_row(row, now)?);
                self.puller.shown.insert(row.receipt.clone());
            }
        }
        self.puller.learn_how_dates_are_read(rows);
        let Some(reading) = &mut self.puller.reading else {
            return Ok(effects);
        };
        let listed = u32::try_from(rows.len())
            .unwrap_or(u32::MAX)
            .saturating_add(unreadable);
        let mut news = unreadable > 0;
        for row in rows {
            news |= reading.rows.insert(row.receipt.clone());
            if reading.newest.is_none_or(|newest| row.told_at.wall > newest.wall) {
                reading.newest = Some(row.told_at);
            }
        }
        reading.clean &= unreadable == 0;
        if listed == 0 || !news {
            // Nothing new: the end, which is certain only when the row before was shown again.
            let clean = listed > 0;
            effects.extend(self.end_pass(clean, now)?);
        } else {
            reading.page.offset = reading.page.offset.saturating_add(listed).saturating_sub(1);
        }
        Ok(effects)
    }

    fn take_row(&mut self, row: &PulledRow, now: Now) -> Result<Vec<Effect>, TillError> {
        let paid = self.puller.meant(row.told_at);
        let money = MoneyIn {
            receipt: row.receipt.clone(),
            amount: row.amount,
            short_code: None,
            digits: (!row.digits.is_empty()).then(|| row.digits.clone()),
            reference: (!row.reference.is_empty()).then(|| row.reference.clone()),
            paid_at: (paid.0 == paid.1).then_some(paid.0),
            first_name: row.first_name.clone(),
            grade: Grade::Pull,
        };
        let effects = self.receive(&money, paid, now)?;
        self.learn_zone(row)?;
        Ok(effects)
    }

    /// A payment that certainly is one of our pushes tells how Pull's dates are to be read.
    fn learn_zone(&mut self, row: &PulledRow) -> Result<(), TillError> {
        if row.told_at.offset_s.is_some() {
            return Ok(());
        }
        let Some(push) = self.push_of_receipt(&row.receipt)? else {
            return Ok(());
        };
        if push.skew_ms.is_none() {
            return Ok(());
        }
        let sent = push.sent_at_safaricom();
        let slack = TimeDelta::milliseconds(i64::try_from(self.policy.late_payment_ms).unwrap_or(0));
        let ends = sent + TimeDelta::milliseconds(i64::try_from(self.policy.deadline_ms).unwrap_or(0));
        let fits = |zone_ms: &i64| {
            let meant = row.told_at.wall.and_utc() - TimeDelta::milliseconds(*zone_ms);
            (sent - slack..=ends + slack).contains(&meant)
        };
        let learned = [0, EAST_AFRICA_MS].into_iter().find(fits);
        if learned.is_some() && learned != self.puller.zone_ms {
            // Two answers that disagree are worse than none: then both readings of a date stay possible.
            let zone_ms = learned.filter(|_| self.puller.zone_ms.is_none());
            self.store.write(|tx| setting::put(tx, ZONE_SETTING, &zone_ms))?;
            self.puller.zone_ms = zone_ms;
        }
        Ok(())
    }

    /// A pass over the stretch is over. Two clean ones that agree make it seen.
    fn end_pass(&mut self, clean: bool, now: Now) -> Result<Vec<Effect>, TillError> {
        let Some(mut reading) = self.puller.reading.take() else {
            return Ok(Vec::new());
        };
        let clean = clean && reading.clean;
        if clean && reading.before.as_ref() == Some(&reading.rows) {
            self.end_reading(now);
            return self.seen(&reading, now);
        }
        if reading.passes >= self.policy.pull_reads_max {
            self.end_reading(now);
            return Ok(Vec::new());
        }
        let rows = std::mem::take(&mut reading.rows);
        self.puller.reading = Some(Reading {
            page: PullPage {
                offset: 0,
                ..reading.page
            },
            before: clean.then_some(rows),
            passes: reading.passes.saturating_add(1),
            clean: true,
            newest: None,
            ..reading
        });
        Ok(Vec::new())
    }

    fn end_reading(&mut self, now: Now) {
        self.puller.reading = None;
        self.puller.failures = 0;
        self.puller.ended_at = now.mono;
        self.puller.next_at = now.mono.plus_ms(self.pull_pause_ms(now));
    }

    /// What has been open for long may be asked about less often.
    fn pull_pause_ms(&self, now: Now) -> u64 {
        let youngest_ms = self
            .watches
            .values()
            .filter(|watch| watch.push.reserves() || watch.push.state.blocks())
            .map(|watch| watch.push.waited_ms(now.mono))
            .chain(self.till_waited_since.map(|since| now.mono.since_ms(since)))
            .min();
        let [few, more, most] = self.policy.pull_pauses_ms;
        match youngest_ms {
            Some(0..1_200_000) => few,
            Some(1_200_000..3_600_000) => more,
            Some(3_600_000..) | None => most,
        }
    }

    fn give_up_reading(&mut self, now: Now) {
        self.puller.reading = None;
        let pause = doubled(
            (
                self.policy.pull_spacing_counter_ms,
                self.policy.pull_backoff_max_ms,
            ),
            self.puller.failures,
        );
        self.puller.failures = self.puller.failures.saturating_add(1);
        self.puller.next_at = now.mono.plus_ms(pause);
    }

    /// The stretch was seen whole, as far as its youngest row; what has no payment in it may be proved dead.
    fn seen(&mut self, reading: &Reading, now: Now) -> Result<Vec<Effect>, TillError> {
        self.puller.read_at = Some(now.utc);
        let Some(newest) = reading.newest else {
            return Ok(vec![self.link_changed(now)]);
        };
        let slack = TimeDelta::milliseconds(i64::try_from(self.policy.pull_order_slack_ms).unwrap_or(0));
        // The dates of the question may be read three hours later than they were meant.
        let late_ms = if self.puller.reads_our_dates {
            0
        } else {
            EAST_AFRICA_MS
        };
        let from = reading.page.from + TimeDelta::milliseconds(late_ms);
        let to = (self.puller.meant(newest).0 - slack).min(reading.page.to);
        if from >= to || !self.shows_what_others_told(reading, (from, to))? {
            return Ok(vec![self.link_changed(now)]);
        }
        self.store.write(|tx| pull_cover::add(tx, (from, to), now.utc))?;
        let mut effects = vec![self.link_changed(now)];
        for push_id in self.dead_by((from, to), reading.begun, now)? {
            effects.extend(self.apply(&push_id, Event::ProvedDead, now)?);
        }
        for (tender_id, money) in self.paid_with((from, to), now)? {
            effects.extend(self.pay_tender(&tender_id, &money, Why::Digits, now)?);
        }
        effects.extend(self.decide_codes((from, to), true, now)?);
        Ok(effects)
    }

    /// A list without a payment that a callback or a confirmation told of is not whole.
    fn shows_what_others_told(
        &self,
        reading: &Reading,
        stretch: pull_cover::Stretch,
    ) -> Result<bool, TillError> {
        let told = money_in::told_but_not_pulled(self.store.read(), stretch)?;
        Ok(told.iter().all(|receipt| reading.rows.contains(receipt)))
    }

    /// What the screens see of it.
    pub(super) fn pull_view(&self) -> PullView {
        PullView {
            on: self.puller.on,
            read_at: self.puller.read_at,
            seen_to: pull_cover::newest_end(self.store.read()).ok().flatten(),
        }
    }
}
