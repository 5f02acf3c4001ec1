//! The day is looked at (X), and closed (Z): in the evening, at noon, or the next morning.

use till::Code;
use till::people::Act;
use till::view::ZView;

use crate::TortureError;
use crate::closes::Close;
use crate::counter::Counter;
use crate::day::Day;
use crate::event::{Chore, Event};
use crate::report::Fault;
use crate::staff::{MANAGER, OWNER};

impl Day {
    /// Somebody wants to know what was taken until now.
    pub(crate) fn looks_at_the_day(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.stands_at(counter)? {
            return Ok(());
        }
        let seen = self.looks(counter, Act::SeeDay, |engine, now| {
            Ok((engine.x_report(now)?, Vec::new()))
        })?;
        if let (Some(Ok(report)), Some(book)) = (&seen, self.counters.get(counter).and_then(Counter::book)) {
            self.report.act("looks at the open day", 1);
            for words in crate::closes::open_day_differs(book, report)? {
                self.fault(Fault::Wrong, words);
            }
        }
        self.drawers_agree(counter)
    }

    /// Counts every drawer and closes the day; what does not work now is tried again soon.
    pub(crate) fn closes_day(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.closed_day(counter)? {
            let later_ms = self.now_ms.saturating_add(self.dice.within(30_000, 120_000));
            self.heap.push(later_ms, Event::Chore(counter, Chore::ClosesDay));
        }
        Ok(())
    }

    fn closed_day(&mut self, counter: usize) -> Result<bool, TortureError> {
        if !self.counters.get_mut(counter).is_some_and(Counter::works) {
            return Ok(false);
        }
        let by_cashier = self.dice.happens(200) && self.stands_at(counter)?;
        if !by_cashier && !self.signs_in(counter, MANAGER)? && !self.signs_in(counter, OWNER)? {
            return Ok(false);
        }
        if self.dice.happens(350) {
            let commits = self.dice.below(5).saturating_add(1);
            let before = self.dice.happens(500);
            self.report.mishap("power gone at a close");
            if let Some(one) = self.counters.get(counter) {
                one.power.fail_at(commits, before);
            }
        }
        let drawers: Vec<_> = match self.staff(counter) {
            Some(staff) => staff.cash.drawers.keys().copied().collect(),
            None => Vec::new(),
        };
        for whose in drawers {
            if !self.counts(counter, whose)? {
                return Ok(false);
            }
        }
        self.looks_up(counter)?;
        let asked = self.looks(counter, Act::CloseDay, |engine, now| engine.before_close(now))?;
        let Some(Ok(before)) = asked else { return Ok(false) };
        if !before.open_shifts.is_empty() {
            let words = format!("{} drawers are open that nobody opened", before.open_shifts.len());
            self.fault(Fault::Wrong, words);
        }
        if !before.not_known.is_empty() && self.dice.happens(200) {
            let silent = self.does(counter, Act::CloseDay, |engine, now| engine.close_day(None, now))?;
            if let Some(Ok(view)) = silent {
                // One that was written just when the power went, and signed then, is shown once more.
                if self.is_fresh(counter, &view) && !view.report.carried.is_empty() {
                    let words = format!("close {} carries what nobody signed", view.number);
                    self.fault(Fault::Wrong, words);
                }
                self.was_closed(counter, &view)?;
            }
        }
        let closed = self.does(counter, Act::CloseDay, |engine, now| {
            engine.close_day(Some("seen"), now)
        })?;
        let view = match closed {
            Some(Ok(view)) => view,
            Some(Err(error)) => {
                let expected =
                    error.code.is_of_the_disk() || [Code::NotPermitted, Code::Locked].contains(&error.code);
                if !expected {
                    self.fault(Fault::Wrong, format!("the day cannot be closed: {error}"));
                }
                return Ok(false);
            }
            None => return Ok(false),
        };
        self.was_closed(counter, &view)?;
        if self.dice.happens(500) {
            let again = self.does(counter, Act::CloseDay, |engine, now| {
                engine.close_day(Some("seen twice"), now)
            })?;
            if let Some(Ok(again)) = again
                && again != view
            {
                let words = format!(
                    "a second key closed the day again: {} and {}",
                    view.number, again.number
                );
                self.fault(Fault::Wrong, words);
            }
        }
        self.drawers_agree(counter)?;
        Ok(true)
    }

    fn closes_known(&self, counter: usize) -> impl Iterator<Item = &Close> {
        self.closes.iter().filter(move |close| close.counter == counter)
    }

    /// Whether it was made at this moment.
    fn is_fresh(&self, counter: usize, view: &ZView) -> bool {
        self.counters
            .get(counter)
            .is_some_and(|one| one.now(self.now_ms).utc == view.closed_at)
    }

    /// The screen shows a close: it is looked at while the book is as it was then.
    fn was_closed(&mut self, counter: usize, view: &ZView) -> Result<(), TortureError> {
        let known = self
            .closes_known(counter)
            .find(|close| close.number == view.number);
        if let Some(known) = known {
            if known.head != view.head {
                let words = format!("close {} is shown with another head than before", view.number);
                self.fault(Fault::Wrong, words);
            }
            return Ok(());
        }
        self.report.act("days closed", 1);
        self.report
            .act("matters carried by a close", view.report.carried.len());
        self.report
            .act("carried matters that were solved", view.report.solved.len());
        self.closes.push(Close {
            counter,
            number: view.number,
            head: view.head.clone(),
            rows: view.rows,
        });
        let fresh = self.is_fresh(counter, view);
        let Some(book) = self.counters.get(counter).and_then(Counter::book) else {
            return Ok(());
        };
        // A close of before the power went is looked at when the day is over.
        if fresh {
            let two = self.options.counters > 1;
            for words in crate::closes::carries_wrongly(book, &view.report, two)? {
                self.fault(Fault::Wrong, words);
            }
        }
        Ok(())
    }
}
