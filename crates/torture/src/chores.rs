//! What the people behind the counter do besides selling, and when.

use crate::TortureError;
use crate::counter::Counter;
use crate::day::{BRINGS_STATEMENT_MS, CLOSES_MS, Day, HOUR_MS, OPENS_MS};
use crate::event::{Chore, Event};

impl Day {
    /// All that will be done at a counter on this day, besides selling.
    pub(crate) fn plan_chores(&mut self, counter: usize) {
        // Some shops never count a drawer.
        if self.dice.happens(850) {
            self.chore(counter, OPENS_MS, Chore::Opens);
        }
        for (chore, times) in [
            (Chore::ChangesOver, 16),
            (Chore::Locks, 8),
            (Chore::Guesses, 3),
            (Chore::PaysOut, 4),
            (Chore::PaysIn, 2),
            (Chore::Refunds, 14),
            (Chore::Looks, 3),
            (Chore::MayNot, 14),
            (Chore::OwnerComesBy, 1),
            (Chore::AddsCustomer, 4),
            (Chore::ChangesCustomer, 4),
            (Chore::SeesCustomers, 6),
            (Chore::WritesOff, 7),
            (Chore::Forgets, 2),
            (Chore::PrintsAgain, 8),
            (Chore::PrintsLate, 4),
            (Chore::PrinterChanges, 8),
        ] {
            for _ in 0..self.dice.within(0, times) {
                let at_ms = self.dice.within(OPENS_MS, CLOSES_MS);
                self.chore(counter, at_ms, chore);
            }
        }
        for _ in 0..self.dice.within(0, 2) {
            let at_ms = self.dice.within(OPENS_MS + 3 * HOUR_MS, CLOSES_MS - HOUR_MS);
            self.chore(counter, at_ms, Chore::Counts);
        }
        if self.dice.happens(500) {
            let at_ms = self.dice.within(OPENS_MS + 4 * HOUR_MS, CLOSES_MS - 2 * HOUR_MS);
            self.chore(counter, at_ms, Chore::ClosesDay);
            self.chore(counter, at_ms + HOUR_MS / 4, Chore::Opens);
        }
        // Who owes nothing in the evening may want to be forgotten.
        for _ in 0..self.dice.within(0, 4) {
            let at_ms = self.dice.within(CLOSES_MS, CLOSES_MS + 36 * HOUR_MS);
            self.chore(counter, at_ms, Chore::Forgets);
        }
        // In the evening; or it is forgotten, and done next morning.
        let evening_ms = CLOSES_MS + HOUR_MS * 2 / 3;
        let at_ms = if self.dice.happens(750) {
            evening_ms
        } else {
            CLOSES_MS + 10 * HOUR_MS
        };
        self.chore(counter, at_ms, Chore::ClosesDay);
        if self.dice.happens(500) {
            self.chore(counter, CLOSES_MS + 34 * HOUR_MS, Chore::ClosesDay);
        }
        self.chore(counter, BRINGS_STATEMENT_MS + HOUR_MS / 8, Chore::ClosesDay);
    }

    fn chore(&mut self, counter: usize, at_ms: i64, chore: Chore) {
        self.heap.push(at_ms, Event::Chore(counter, chore));
    }

    /// Somebody does it, when the counter is on.
    pub(crate) fn does_chore(&mut self, counter: usize, chore: Chore) -> Result<(), TortureError> {
        if !self.counters.get_mut(counter).is_some_and(Counter::works) {
            let later_ms = self.now_ms.saturating_add(60_000);
            self.chore(counter, later_ms, chore);
            return Ok(());
        }
        match chore {
            Chore::Opens => self.opens_drawer(counter),
            Chore::ChangesOver => {
                self.changes_over(counter)?;
                // With drawers of their own, whoever comes opens one.
                if self
                    .staff(counter)
                    .is_some_and(|staff| !staff.cash.drawers.is_empty())
                    && self.dice.happens(900)
                {
                    self.opens_drawer(counter)?;
                }
                Ok(())
            }
            Chore::Locks => self.locks(counter),
            Chore::Guesses => self.guesses(counter),
            Chore::PaysOut | Chore::PaysIn => {
                let amount = self.dice.within(1, 20) * 50;
                if self.stands_at(counter)? {
                    self.moves_cash(counter, matches!(chore, Chore::PaysOut), amount)?;
                }
                self.drawers_agree(counter)
            }
            Chore::Refunds => self.refunds(counter),
            Chore::Looks => self.looks_at_the_day(counter),
            Chore::Counts => self.counts_at_noon(counter),
            Chore::ClosesDay => {
                // A day in which no cash moved closes as the one before.
                if self.dice.happens(600) && self.stands_at(counter)? {
                    self.moves_cash(counter, false, 50)?;
                }
                self.closes_day(counter)
            }
            Chore::WritesIn => self.writes_in(counter),
            Chore::MayNot => self.tries_what_nobody_may(counter),
            Chore::OwnerComesBy => self.owner_comes_by(counter),
            Chore::AddsCustomer => self.adds_customer(counter),
            Chore::ChangesCustomer => self.changes_customer(counter),
            Chore::SeesCustomers => self.sees_customers(counter),
            Chore::WritesOff => self.writes_off(counter),
            Chore::Forgets => self.forgets(counter),
            Chore::PrintsAgain => self.prints_again(counter),
            Chore::PrintsLate => self.prints_late(counter),
            Chore::PrinterChanges => {
                self.printer_changes(counter);
                Ok(())
            }
        }
    }

    /// Whoever goes home counts the drawer, and the next begins with a new one.
    fn counts_at_noon(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.stands_at(counter)? {
            return Ok(());
        }
        let whose = self.whose(counter);
        if self.counts(counter, whose)? && self.dice.happens(900) {
            self.opens_drawer(counter)?;
        }
        Ok(())
    }
}
