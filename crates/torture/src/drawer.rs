//! Notes and coins: what customers gave, what went back, and what lies in each drawer. They are counted here apart
//! from the book, and the auditor holds both against each other.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension as _};
use till::engine::{Effect, Engine};
use till::people::Act;
use till::view::{SaleState, SaleView, TenderKindView};
use till::{Now, TillError};

use crate::TortureError;
use crate::cashier::kes;
use crate::counter::Counter;
use crate::day::Day;
use crate::report::Fault;
use crate::unsure::{Unsure, What};

/// Whose drawer: one person's, or everybody's.
pub(crate) type Whose = Option<usize>;

/// One counter's cash. Shillings everywhere.
#[derive(Debug)]
pub(crate) struct Cash {
    own_drawers: bool,
    /// Drawers of open shifts.
    pub(crate) drawers: BTreeMap<Whose, Drawer>,
    /// What was taken where no drawer was open: in somebody's pocket.
    pub(crate) loose: i64,
    /// What each sale's customer has given and not got back while it was open.
    pub(crate) of_sale: BTreeMap<String, i64>,
    /// Shifts that ended.
    pub(crate) counts: Vec<Count>,
    /// How often cash was paid in, and paid out.
    pub(crate) moved: [u64; 2],
    /// Sold on paper and not written in yet.
    pub(crate) papers: Vec<crate::paper::Line>,
    /// Sales that were written in from paper.
    pub(crate) written_in: BTreeSet<String>,
    /// What went back of each sale, by refunds, and how often.
    pub(crate) back: BTreeMap<String, (i64, u64)>,
    /// Sent from the shop's own phone: code and amount.
    pub(crate) sent: Vec<(String, i64)>,
    /// When cash was last taken.
    pub(crate) taken_ms: i64,
}

/// A drawer of an open shift.
#[derive(Debug, Clone)]
pub(crate) struct Drawer {
    pub(crate) shift_id: String,
    /// What lies in it.
    pub(crate) cash: i64,
    /// How much of that is there, or missing, by wrong change.
    pub(crate) off: i64,
}

/// A drawer that was counted.
#[derive(Debug, Clone)]
pub(crate) struct Count {
    pub(crate) shift_id: String,
    /// What would have lain in it if nobody had given wrong change.
    pub(crate) should: i64,
    /// What was typed.
    pub(crate) counted: i64,
}

impl Cash {
    pub(crate) const fn new(own_drawers: bool) -> Self {
        Self {
            own_drawers,
            drawers: BTreeMap::new(),
            loose: 0,
            of_sale: BTreeMap::new(),
            counts: Vec::new(),
            moved: [0, 0],
            papers: Vec::new(),
            written_in: BTreeSet::new(),
            back: BTreeMap::new(),
            sent: Vec::new(),
            taken_ms: 0,
        }
    }

    /// Whose drawer somebody's cash goes into.
    pub(crate) fn whose(&self, at: Option<usize>) -> Whose {
        at.filter(|_| self.own_drawers)
    }

    pub(crate) fn moves(&mut self, whose: Whose, shillings: i64) {
        match self.drawers.get_mut(&whose) {
            Some(drawer) => drawer.cash += shillings,
            None => self.loose += shillings,
        }
    }

    /// So much lies ready to be given out.
    pub(crate) fn has(&self, whose: Whose, shillings: i64) -> bool {
        self.drawers
            .get(&whose)
            .is_none_or(|drawer| drawer.cash >= shillings)
    }

    /// A customer gave so much for a sale.
    pub(crate) fn came(&mut self, whose: Whose, sale_id: &str, net: i64, now_ms: i64) {
        self.moves(whose, net);
        *self.of_sale.entry(sale_id.to_owned()).or_default() += net;
        self.taken_ms = now_ms;
    }

    pub(crate) fn counted(&mut self, whose: Whose, counted: i64) {
        if let Some(drawer) = self.drawers.remove(&whose) {
            self.counts.push(Count {
                should: drawer.cash - drawer.off,
                shift_id: drawer.shift_id,
                counted,
            });
        }
    }
}

/// The cash that a sale's lines show, shillings.
pub(crate) fn cash_of(sale: &SaleView) -> i64 {
    sale.tenders
        .iter()
        .filter(|tender| matches!(tender.kind, TenderKindView::Cash { .. }))
        .map(|tender| tender.amount.shillings())
        .sum()
}

impl Day {
    pub(crate) fn whose(&mut self, counter: usize) -> Whose {
        self.staff(counter).and_then(|staff| staff.cash.whose(staff.at))
    }

    /// Does something of which nobody knows whether it was written when the power goes meanwhile. A manager comes
    /// when one is needed.
    pub(crate) fn risks<T>(
        &mut self,
        counter: usize,
        act: Act,
        what: What,
        work: impl FnMut(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<Option<Result<T, TillError>>, TortureError> {
        self.risks_as(counter, (act, true), what, work)
    }

    /// As [`Self::risks`]; a manager comes if somebody is `helped`.
    pub(crate) fn risks_as<T>(
        &mut self,
        counter: usize,
        (act, helped): (Act, bool),
        what: What,
        mut work: impl FnMut(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<Option<Result<T, TillError>>, TortureError> {
        // At a counter that has just gone off, what was being written before is still to be looked up.
        if !self.counters.get_mut(counter).is_some_and(Counter::works) {
            return Ok(None);
        }
        let whose = self.whose(counter);
        if let Some(staff) = self.staff(counter) {
            staff.unsure = Some(Unsure { whose, what });
        }
        let done = if helped {
            self.does(counter, act, work)?
        } else {
            self.tries(counter, act, &mut work)?
        };
        if done.is_some()
            && let Some(staff) = self.staff(counter)
        {
            staff.unsure = None;
        }
        Ok(done)
    }

    /// Cash was taken for a sale, and the screen said how much goes back.
    pub(crate) fn cash_came(&mut self, counter: usize, sale: &SaleView, (tendered, change): (i64, i64)) {
        if self.staff.is_empty() {
            return;
        }
        let (whose, now_ms) = (self.whose(counter), self.now_ms);
        let wrong_change = if self.dice.happens(5) { 50 } else { 0 };
        let Some(staff) = self.staff(counter) else { return };
        staff.came(whose, &sale.id, tendered - change, now_ms);
        if let Some(drawer) = staff.cash.drawers.get_mut(&whose)
            && drawer.cash >= wrong_change
        {
            drawer.cash -= wrong_change;
            drawer.off -= wrong_change;
        }
    }

    /// A sale is given up. `helped`: a manager comes when one is needed.
    pub(crate) fn gives_up(
        &mut self,
        counter: usize,
        sale_id: &str,
        why: &str,
        helped: bool,
    ) -> Result<Option<Result<SaleView, TillError>>, TortureError> {
        let void = |engine: &mut Engine, now: Now| engine.void_sale(sale_id, why, now);
        let Some(staff) = self.staff(counter) else {
            return self.with_engine(counter, void);
        };
        let back = staff.cash.of_sale.get(sale_id).copied().unwrap_or(0);
        let whose = staff.cash.whose(staff.at);
        if helped && back > 0 && !staff.cash.has(whose, back) {
            self.moves_cash(counter, false, back)?;
        }
        let looked = self.with_engine(counter, |engine, now| {
            Ok((engine.sale(sale_id, now)?, Vec::new()))
        })?;
        let needs = match looked {
            Some(Ok(sale)) => sale.void_needs.unwrap_or(Act::VoidSale),
            Some(Err(error)) => return Ok(Some(Err(error))),
            None => return Ok(None),
        };
        let off = self.comes_off(counter, sale_id)?;
        let what = What::Void {
            sale_id: sale_id.to_owned(),
            back,
            off,
        };
        let done = self.risks_as(counter, (needs, helped), what, void)?;
        if matches!(&done, Some(Ok(sale)) if sale.state == SaleState::Voided) {
            self.gave_up(counter, whose, sale_id, (back, off));
        }
        Ok(done)
    }

    /// What of a sale's promise comes off the debt when the sale is given up now: nothing that was paid off already.
    fn comes_off(&self, counter: usize, sale_id: &str) -> Result<i64, TortureError> {
        let staff = self.staff.get(counter);
        let promise = staff.and_then(|staff| staff.notebook.promises.get(sale_id));
        match promise {
            Some(promise) => Ok(promise.given.min(self.free_debt(counter, promise.who)?)),
            None => Ok(0),
        }
    }

    pub(crate) fn gave_up(&mut self, counter: usize, whose: Whose, sale_id: &str, (back, off): (i64, i64)) {
        self.report
            .act("sales given up with cash given back", usize::from(back > 0));
        self.report
            .act("sales on credit that were given up", usize::from(off > 0));
        if let Some(staff) = self.staff(counter) {
            staff.cash.of_sale.remove(sale_id);
            staff.cash.moves(whose, -back);
            staff.notebook.cash(sale_id, -back);
            staff.notebook.gave_up(sale_id, off);
        }
    }

    /// Cash that is no sale goes out of the drawer, or into it.
    pub(crate) fn moves_cash(&mut self, counter: usize, out: bool, amount: i64) -> Result<(), TortureError> {
        let whose = self.whose(counter);
        let has = self
            .staff(counter)
            .is_some_and(|staff| staff.cash.has(whose, amount));
        if out && !has {
            return Ok(());
        }
        let (act, why) = if out {
            (Act::PayOut, "water")
        } else {
            (Act::PayIn, "change from the owner")
        };
        let done = self.risks(counter, act, What::Moved { out, amount }, |engine, now| {
            if out {
                engine.pay_out(kes(amount), why, now)
            } else {
                engine.pay_in(kes(amount), why, now)
            }
        })?;
        match done {
            Some(Ok(_)) => self.paid(counter, whose, out, amount),
            Some(Err(error)) if !error.code.is_of_the_disk() => {
                self.fault(Fault::Wrong, format!("cash cannot be moved: {error}"));
            }
            Some(Err(_)) | None => {}
        }
        Ok(())
    }

    pub(crate) fn paid(&mut self, counter: usize, whose: Whose, out: bool, amount: i64) {
        self.report.act("cash paid in or out", 1);
        if let Some(staff) = self.staff(counter) {
            if let Some(times) = staff.cash.moved.get_mut(usize::from(out)) {
                *times += 1;
            }
            staff.cash.moves(whose, if out { -amount } else { amount });
        }
    }

    /// One number of a counter's book, by SQL of our own.
    pub(crate) fn number(&self, counter: usize, sql: &str, about: &str) -> Result<i64, TortureError> {
        match self.counters.get(counter).and_then(Counter::book) {
            Some(book) => Ok(book.query_row(sql, [about], |row| row.get(0))?),
            None => Ok(0),
        }
    }

    pub(crate) fn text(&self, counter: usize, sql: &str) -> Result<Option<String>, TortureError> {
        match self.counters.get(counter).and_then(Counter::book) {
            Some(book) => Ok(book.query_row(sql, [], |row| row.get(0)).optional()?),
            None => Ok(None),
        }
    }

    /// What lies in each drawer is what the book says, but for wrong change.
    pub(crate) fn drawers_agree(&mut self, counter: usize) -> Result<(), TortureError> {
        let Some(book) = self.counters.get(counter).and_then(Counter::book) else {
            return Ok(());
        };
        // While the counter is off nobody knows whether what was in the hand is written.
        let Some(staff) = self.staff.get(counter).filter(|staff| staff.unsure.is_none()) else {
            return Ok(());
        };
        let mut faults = Vec::new();
        for (whose, drawer) in &staff.cash.drawers {
            let by_book = in_shift(book, Some(&drawer.shift_id))?;
            if by_book != drawer.cash - drawer.off {
                faults.push(format!(
                    "the drawer of {whose:?} has {} ({} by wrong change) and the book says {by_book}",
                    drawer.cash, drawer.off
                ));
            }
        }
        let loose = in_shift(book, None)?;
        if loose != staff.cash.loose {
            faults.push(format!(
                "outside all drawers there is {} and the book says {loose}",
                staff.cash.loose
            ));
        }
        for words in faults {
            self.fault(Fault::Wrong, words);
        }
        Ok(())
    }
}

/// Cash of one shift, or of none, by the book, shillings.
pub(crate) fn in_shift(book: &Connection, shift_id: Option<&str>) -> rusqlite::Result<i64> {
    book.prepare_cached(
        "SELECT COALESCE(SUM(debit - credit), 0) / 100 FROM posting WHERE account = 'cash' AND shift_id IS ?1",
    )?
    .query_row([shift_id], |row| row.get(0))
}
