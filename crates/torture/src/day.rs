//! One day: the heap of what happens, and what carries it out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use daraja_sim::world::{Faults, Settings, World};
use till::engine::Announcement;
use till::view::SaleView;

use crate::TortureError;
use crate::audit::Auditor;
use crate::closes::Close;
use crate::counter::Counter;
use crate::customer::{AMOUNTS, Person, Visit, people};
use crate::dice::Dice;
use crate::event::Event;
use crate::heap::Heap;
use crate::line::{Outside, Shared, ShopKind, lock};
use crate::relay::Relay;
use crate::report::{DayReport, Fault};
use crate::staff::Staff;
use crate::weather;

/// What kind of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// The first day's seed; the next days count up from it.
    pub seed: u64,
    /// One counter, or two on the same short code.
    pub counters: usize,
    /// Is Pull Transactions switched on?
    pub pull: bool,
    /// Does a relay bring what Safaricom posts, and settle between counters?
    pub relay: bool,
    /// Customers a day.
    pub sales: u32,
    /// Does the till tell people apart, with drawers, refunds, a printer and the closes of the day?
    pub people: bool,
    /// Tells the day's story on standard error, line by line.
    pub story: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: 1,
            counters: 1,
            pull: true,
            relay: true,
            sales: 500,
            people: false,
            story: false,
        }
    }
}

/// 24 November 2026, 7 in the morning in Nairobi.
pub(crate) const OPENS_MS: i64 = 1_795_492_800_000;
pub(crate) const HOUR_MS: i64 = 3_600_000;
/// The shop closes after 14 hours.
pub(crate) const CLOSES_MS: i64 = OPENS_MS + 14 * HOUR_MS;
/// What Safaricom's list reaches is over by then.
pub(crate) const BRINGS_STATEMENT_MS: i64 = CLOSES_MS + 48 * HOUR_MS + HOUR_MS * 3 / 4;
/// Two days and an hour later nothing may be open any more.
const ENDS_MS: i64 = CLOSES_MS + 49 * HOUR_MS;

/// Everything of one day.
pub(crate) struct Day {
    pub(crate) options: Options,
    pub(crate) dice: Dice,
    pub(crate) now_ms: i64,
    pub(crate) heap: Heap<Event>,
    pub(crate) outside: Shared,
    pub(crate) relay: Option<Relay>,
    pub(crate) counters: Vec<Counter>,
    pub(crate) people: Vec<Person>,
    pub(crate) visits: Vec<Visit>,
    /// Which visit a sale is for.
    pub(crate) visit_of_sale: BTreeMap<String, usize>,
    pub(crate) auditor: Auditor,
    pub(crate) report: DayReport,
    pub(crate) skews: Vec<Option<i64>>,
    /// Codes of payments that somebody made up.
    pub(crate) forged: Vec<String>,
    /// The people of each counter; none in a shop that tells nobody apart.
    pub(crate) staff: Vec<Staff>,
    /// Closes that a screen showed.
    pub(crate) closes: Vec<Close>,
    prompts_seen: u64,
    /// When Safaricom next posts something.
    pub(crate) deliveries_at: i64,
}

/// Runs one day and reads the book.
///
/// # Errors
/// [`TortureError`] when the harness itself cannot go on.
pub fn run_day(options: Options) -> Result<DayReport, TortureError> {
    let mut day = Day::new(options)?;
    while let Some((at_ms, event)) = day.heap.pop() {
        if at_ms > ENDS_MS {
            break;
        }
        day.now_ms = at_ms.max(day.now_ms);
        lock(&day.outside).now_ms = day.now_ms;
        day.happen(event)?;
    }
    day.close()
}

impl Day {
    fn new(options: Options) -> Result<Self, TortureError> {
        let mut dice = Dice::new(options.seed);
        let world = World::new(Settings::default(), Faults::default(), dice.seed());
        let outside = Arc::new(Mutex::new(Outside {
            world,
            now_ms: OPENS_MS,
            cut: false,
            lose_request: 0,
            lose_answer: 0,
            took_ms: 0,
            dice: Dice::new(dice.seed()),
            lost_answers: 0,
        }));
        // Two counters on one till cannot tell whose payment is whose without a relay's claims.
        let kind = if options.counters > 1 && !options.relay || dice.happens(500) {
            ShopKind::Paybill
        } else {
            ShopKind::Till
        };
        let counters = ('A'..='Z')
            .take(options.counters.clamp(1, 2))
            .map(|letter| Counter::new(letter, dice.seed(), &outside, kind, options))
            .collect::<Result<Vec<_>, _>>()?;
        let people = people(&mut dice);
        let relay = if options.relay {
            crate::line::register(&outside, kind, dice.happens(700))?;
            Some(Relay::new(&mut dice)?)
        } else {
            None
        };
        let mut day = Self {
            options,
            relay,
            now_ms: OPENS_MS,
            heap: Heap::new(),
            skews: vec![None; counters.len()],
            auditor: Auditor::new(counters.len(), options, kind),
            counters,
            people,
            visits: Vec::new(),
            visit_of_sale: BTreeMap::new(),
            report: DayReport {
                seed: options.seed,
                bound_ms: 15 * 60_000,
                ..DayReport::default()
            },
            forged: Vec::new(),
            staff: Vec::new(),
            closes: Vec::new(),
            prompts_seen: 0,
            deliveries_at: i64::MAX,
            outside,
            dice,
        };
        if options.people {
            for counter in 0..day.counters.len() {
                day.hires(counter)?;
                day.plan_chores(counter);
            }
        }
        day.plan();
        Ok(day)
    }

    fn plan(&mut self) {
        for (at_ms, mishap) in weather::plan(
            &mut self.dice,
            OPENS_MS,
            CLOSES_MS,
            self.counters.len(),
            self.options.relay,
        ) {
            self.heap.push(at_ms, Event::Mishap(mishap));
        }
        for _ in 0..self.options.sales {
            let at_ms = self.dice.within(OPENS_MS, CLOSES_MS - 30 * 60_000);
            self.heap.push(at_ms, Event::Arrives);
        }
        for _ in 0..self.options.sales / 50 {
            let at_ms = self.dice.within(OPENS_MS, CLOSES_MS);
            let shillings = AMOUNTS.get(usize::try_from(self.dice.below(10)).unwrap_or(0));
            self.heap
                .push(at_ms, Event::Stranger(shillings.copied().unwrap_or(100)));
        }
        for _ in 0..self.options.sales / 8 {
            let at_ms = self.dice.within(OPENS_MS, CLOSES_MS);
            let counter = usize::try_from(self.dice.below(self.counters.len() as u64)).unwrap_or(0);
            self.heap.push(at_ms, Event::Fumble(counter));
        }
        for counter in 0..self.counters.len() {
            self.heap.push(CLOSES_MS + HOUR_MS / 2, Event::Closes(counter));
            if self.options.statement() {
                self.heap.push(BRINGS_STATEMENT_MS, Event::Statement(counter));
            }
            self.wake(counter);
            if self.relay.is_some() {
                self.hears_in(counter, 1_000);
            }
        }
    }

    fn happen(&mut self, event: Event) -> Result<(), TortureError> {
        match event {
            Event::Arrives => self.arrives()?,
            Event::Tend(visit) => self.tend(visit)?,
            Event::Fumble(counter) => self.fumble(counter)?,
            Event::Wake(counter) => self.tick(counter)?,
            Event::Leaves(counter, life, carry) => self.leaves(counter, life, carry)?,
            Event::Back(counter, life, back) => self.back(counter, life, *back)?,
            Event::Phone(msisdn, seq, temper) => self.at_the_phone(&msisdn, seq, temper),
            Event::Deliveries => self.deliver(),
            Event::Hears(counter) => self.hears(counter)?,
            Event::Beat(counter) => self.beat(counter)?,
            Event::Stranger(shillings) => self.stranger_pays(shillings),
            Event::Twin(visit) => self.twin_arrives(visit),
            Event::Mishap(mishap) => self.mishap(mishap)?,
            Event::Start(counter) => self.start(counter)?,
            Event::Closes(counter) => self.closes(counter)?,
            Event::Statement(counter) => self.brings_statement(counter)?,
            Event::Chore(counter, chore) => self.does_chore(counter, chore)?,
            Event::Prints(counter) => self.prints(counter)?,
            Event::Printed(counter, life, seq, printed) => self.printed(counter, life, seq, printed)?,
        }
        self.notice_prompts();
        self.notice_deliveries();
        Ok(())
    }

    pub(crate) fn announced(
        &mut self,
        counter: usize,
        announcement: Announcement,
    ) -> Result<(), TortureError> {
        match announcement {
            Announcement::SaleChanged(sale) => self.sale_shown(counter, &sale),
            Announcement::PaymentEnded(ended) => {
                self.sale_shown(counter, &ended.sale)?;
                // The cashier hears it.
                if let Some(visit) = self.visit_of_sale.get(&ended.sale.id).copied() {
                    let soon = self.dice.within(1_000, 6_000);
                    self.tend_in(visit, soon);
                }
                Ok(())
            }
            Announcement::DeskChanged(view) => {
                self.desk_shown(counter, &view);
                Ok(())
            }
            Announcement::LinkChanged(_) | Announcement::RollChanged | Announcement::PrinterChanged(_) => {
                Ok(())
            }
        }
    }

    fn sale_shown(&mut self, counter: usize, sale: &SaleView) -> Result<(), TortureError> {
        self.tell(counter, || crate::report::line_of(sale));
        self.slip_wanted(counter, sale);
        let Some(book) = self.counters.get(counter).and_then(Counter::book) else {
            return Ok(());
        };
        self.auditor
            .shown(&self.outside, book, counter, sale, &mut self.report)?;
        if let Some(words) = self.not_won(counter, sale) {
            self.fault(Fault::Wrong, words);
        }
        let paid = sale.state == till::view::SaleState::Settled;
        if let Some(visit) = self
            .visit_of_sale
            .get(&sale.id)
            .and_then(|visit| self.visits.get_mut(*visit))
            && paid
            && !visit.paid_shown
        {
            visit.paid_shown = true;
            if let Some(pin_ms) = visit.pin_ms {
                self.report.waits_ms.push(self.now_ms.saturating_sub(pin_ms));
            }
        }
        Ok(())
    }

    /// One line of the story.
    pub(crate) fn tell(&self, counter: usize, words: impl FnOnce() -> String) {
        if self.options.story {
            let at = crate::line::utc(self.now_ms + 3 * HOUR_MS).format("%d %H:%M:%S%.3f");
            eprintln!("{at} {} {}", ['A', 'B'][counter.min(1)], words());
        }
    }

    pub(crate) fn tend_in(&mut self, visit: usize, in_ms: i64) {
        self.heap
            .push(self.now_ms.saturating_add(in_ms), Event::Tend(visit));
    }

    pub(crate) fn fault(&mut self, fault: Fault, words: String) {
        self.tell(0, || format!("!!! {fault:?}: {words}"));
        self.report.faults.push((fault, words));
    }

    /// New prompts on phones: their owners will do something.
    fn notice_prompts(&mut self) {
        let fresh: Vec<(u64, String, String)> = {
            let outside = lock(&self.outside);
            outside
                .world
                .pushes()
                .iter()
                .rev()
                .take_while(|push| push.seq > self.prompts_seen)
                .filter(|push| push.prompted)
                .map(|push| (push.seq, push.msisdn.clone(), push.callback_url.clone()))
                .collect()
        };
        let newest = lock(&self.outside)
            .world
            .pushes()
            .last()
            .map_or(0, |push| push.seq);
        self.prompts_seen = self.prompts_seen.max(newest);
        for (seq, msisdn, url) in fresh.into_iter().rev() {
            self.prompted(seq, msisdn, &url);
        }
    }

    fn close(mut self) -> Result<DayReport, TortureError> {
        for counter in 0..self.counters.len() {
            self.drawers_agree(counter)?;
            self.debts_agree(counter)?;
        }
        let books: Vec<&rusqlite::Connection> = self.counters.iter().filter_map(Counter::book).collect();
        for staff in &self.staff {
            self.auditor.owed_back(&staff.notebook);
        }
        for book in &books {
            self.auditor.reads(&self.outside, book, &mut self.report)?;
        }
        for (counter, (book, staff)) in books.iter().zip(&self.staff).enumerate() {
            let shown: Vec<_> = self
                .closes
                .iter()
                .filter(|close| close.counter == counter)
                .collect();
            crate::behind::reads(book, staff, &mut self.report)?;
            self.auditor
                .reads_debts(&self.outside, book, &staff.notebook, &mut self.report)?;
            crate::closes::reads(book, &shown, &mut self.report)?;
        }
        self.auditor
            .adds_up(&self.outside, &books, self.relay.as_ref(), &mut self.report)?;
        let outside = lock(&self.outside);
        self.report.payments = outside.world.payments().len() as u64;
        self.report
            .mishaps
            .insert("answer lost after Safaricom acted", outside.lost_answers);
        self.report.commits = self
            .counters
            .iter()
            .map(|counter| counter.commits.load(std::sync::atomic::Ordering::Relaxed))
            .sum();
        self.report.willing = self.visits.iter().filter(|visit| visit.pin_ms.is_some()).count() as u64;
        Ok(self.report.clone())
    }
}
