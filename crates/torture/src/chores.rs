//! What the people behind the counter do besides selling, and when.

use till::engine::{PaperPaid, PaperSale, RefundInput, RefundWay};
use till::people::{Act, Role};
use till::statement::Statement;
use till::{Code, Now};

use crate::TortureError;
use crate::cashier::kes;
use crate::counter::Counter;
use crate::day::{BRINGS_STATEMENT_MS, CLOSES_MS, Chore, Day, Event, HOUR_MS, OPENS_MS};
use crate::staff::CASHIER;

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

    /// A cashier, or nobody, tries what needs somebody else: nothing may come of it.
    fn tries_what_nobody_may(&mut self, counter: usize) -> Result<(), TortureError> {
        if self.dice.happens(250) {
            self.locks(counter)?;
            self.report.act("tries at a locked counter", 1);
            self.tries(counter, Act::Sell, &mut |engine, now| {
                engine.take_cash(None, kes(100), kes(100), now)
            })?;
            self.tries(counter, Act::PayOut, &mut |engine, now| {
                engine.pay_out(kes(100), "for me", now)
            })?;
            return Ok(());
        }
        let who = CASHIER + usize::from(self.dice.happens(500));
        // Whatever was allowed before is over with another person.
        if !self.signs_in(counter, crate::staff::MANAGER)? || !self.signs_in(counter, who)? {
            return Ok(());
        }
        let sale_id = self.text(counter, "SELECT id FROM sale WHERE state = 'settled' LIMIT 1")?;
        let colleague = self
            .staff(counter)
            .and_then(|staff| staff.worker(CASHIER))
            .map(|worker| worker.id.clone())
            .unwrap_or_default();
        let which = self.dice.below(13);
        self.report.act("tries of what only others may", 1);
        let act = act_of(which);
        let mut tried = |engine: &mut till::engine::Engine, now: Now| {
            match which {
                0 => {
                    let input = RefundInput {
                        sale_id: sale_id.clone().unwrap_or_default(),
                        amount: kes(1),
                        way: RefundWay::Cash,
                        owed: false,
                        reason: "for me".into(),
                    };
                    engine.refund(&input, now).map(|_| ())
                }
                1 => engine.close_day(Some("for me"), now).map(|_| ()),
                2 => engine.x_report(now).map(|_| ()),
                3 => engine.before_close(now).map(|_| ()),
                4 => {
                    let line = PaperSale {
                        amount: kes(50),
                        at: now.utc,
                        paid: PaperPaid::Cash,
                    };
                    engine.write_in(&line, now).map(|_| ())
                }
                5 => engine.set_own_drawers(true, now),
                6 => engine
                    .save_printing(&till::receipt::Printing::default(), now)
                    .map(|_| ()),
                7 => engine.add_person("Friend", Role::Owner, "7351", now).map(|_| ()),
                8 => engine.set_auto_lock(0, now).map(|_| ()),
                9 => engine.new_recovery_code(now).map(|_| ()),
                10 => engine.take_statement(&nothing(now), now).map(|_| ()),
                11 => engine.reset_pin(&colleague, "7351", now).map(|_| ()),
                _ => engine.let_go(&colleague, now).map(|_| ()),
            }
            .map(|()| ((), Vec::new()))
        };
        let done = self.tries(counter, act, &mut tried)?;
        if matches!(done, Some(Err(error)) if error.code == Code::NotPermitted) {
            self.report.act("tries that were refused", 1);
        }
        Ok(())
    }
}

const fn act_of(which: u64) -> Act {
    match which {
        0 => Act::Refund,
        1 | 3 => Act::CloseDay,
        2 => Act::SeeDay,
        4 => Act::FromPaper,
        5 | 6 => Act::Settings,
        10 => Act::TakeStatement,
        _ => Act::People,
    }
}

const fn nothing(now: Now) -> Statement {
    Statement {
        payments: Vec::new(),
        reversals: Vec::new(),
        sent: Vec::new(),
        span: (now.utc, now.utc),
        others: 0,
        unreadable: Vec::new(),
    }
}
