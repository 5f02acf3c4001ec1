//! Shifts begin and end: what is put into a drawer, and what somebody counts who is not told what should be in it.

use std::collections::BTreeMap;

use till::Code;
use till::people::Act;

use crate::TortureError;
use crate::cashier::kes;
use crate::day::Day;
use crate::dice::Dice;
use crate::drawer::{Drawer, Whose};
use crate::report::Fault;
use crate::unsure::{Unsure, What};

/// Kenya's notes and coins, shillings, the largest first.
const WORTHS: [i64; 10] = [1_000, 500, 200, 100, 50, 40, 20, 10, 5, 1];
/// By what people who count go wrong, shillings.
const SLIPS: [i64; 8] = [-1_000, -200, -50, -5, 1, 20, 100, 500];

/// Notes and coins of so many shillings, by worth.
fn pieces(mut shillings: i64) -> BTreeMap<i64, u32> {
    let mut pieces = BTreeMap::new();
    for worth in WORTHS {
        let of_it = u32::try_from(shillings / worth).unwrap_or(0);
        if of_it > 0 {
            pieces.insert(worth, of_it);
        }
        shillings %= worth;
    }
    pieces
}

/// What a person counts who is honest and not always right.
fn counts_wrong(dice: &mut Dice, cash: i64) -> i64 {
    let slip = if dice.happens(300) {
        dice.pick(&SLIPS).copied().unwrap_or(0)
    } else {
        0
    };
    (cash + slip).max(0)
}

impl Day {
    /// A shift begins with what is put into the drawer.
    pub(crate) fn opens_drawer(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.stands_at(counter)? {
            return Ok(());
        }
        let whose = self.whose(counter);
        let open = |staff: &mut crate::staff::Staff| staff.cash.drawers.contains_key(&whose);
        if self.staff(counter).is_none_or(open) {
            return Ok(());
        }
        let float = self.dice.within(0, 60) * 50;
        let opened = self.risks(counter, Act::OpenShift, What::Opened { float }, |engine, now| {
            engine.open_shift(kes(float), now)
        })?;
        match opened {
            Some(Ok(view)) => {
                self.report.act("shifts", 1);
                let shift_id = view.here.map(|shift| shift.id).unwrap_or_default();
                self.opened(counter, whose, shift_id, float);
            }
            Some(Err(error)) if !error.code.is_of_the_disk() => {
                self.fault(Fault::Wrong, format!("a drawer cannot be opened: {error}"));
            }
            Some(Err(_)) | None => {}
        }
        Ok(())
    }

    pub(crate) fn opened(&mut self, counter: usize, whose: Whose, shift_id: String, float: i64) {
        if let Some(staff) = self.staff(counter) {
            let drawer = Drawer {
                shift_id,
                cash: float,
                off: 0,
            };
            staff.cash.drawers.insert(whose, drawer);
        }
    }

    /// Somebody counts a drawer without being told what should be in it. Whether its shift is over.
    pub(crate) fn counts(&mut self, counter: usize, whose: Whose) -> Result<bool, TortureError> {
        self.drawers_agree(counter)?;
        let Some(staff) = self.staff(counter) else {
            return Ok(true);
        };
        let Some(drawer) = staff.cash.drawers.get(&whose).cloned() else {
            return Ok(true);
        };
        let own = whose.is_none() || whose == staff.at;
        let act = if own {
            Act::CloseShift
        } else {
            Act::CloseOthersShift
        };
        self.is_blind(counter)?;
        let counted = counts_wrong(&mut self.dice, drawer.cash);
        let pieces = pieces(counted);
        // `risks` keeps whose drawer cash goes into; a count is of this one.
        let done = {
            if let Some(staff) = self.staff(counter) {
                staff.unsure = Some(Unsure {
                    whose,
                    what: What::Counted { counted },
                });
            }
            self.does(counter, act, |engine, now| {
                engine.close_shift(&drawer.shift_id, &pieces, now)
            })?
        };
        let Some(done) = done else { return Ok(false) };
        if let Some(staff) = self.staff(counter) {
            staff.unsure = None;
        }
        match done {
            Ok(view) => {
                self.report.act("drawers counted", 1);
                if view.counted != Some(kes(counted)) {
                    let words = format!("{counted} was counted and {:?} is shown", view.counted);
                    self.fault(Fault::Wrong, words);
                }
                if let Some(staff) = self.staff(counter) {
                    staff.cash.counted(whose, counted);
                }
                Ok(true)
            }
            Err(error) => {
                let expected =
                    error.code.is_of_the_disk() || [Code::NotPermitted, Code::Locked].contains(&error.code);
                if !expected {
                    self.fault(Fault::Wrong, format!("a drawer cannot be counted: {error}"));
                }
                Ok(false)
            }
        }
    }

    /// Whoever may not see the day is not told what should be in a drawer.
    fn is_blind(&mut self, counter: usize) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        let sees = self
            .staff(counter)
            .is_none_or(|staff| staff.may(Act::SeeDay, now_ms) != Some(false));
        let drawer = self.with_engine(counter, |engine, now| Ok((engine.drawer(now)?, Vec::new())))?;
        if let Some(Ok(drawer)) = drawer
            && !sees
            && drawer.open.iter().any(|shift| shift.expected.is_some())
        {
            let words = "whoever counts is told what should be there".to_owned();
            self.fault(Fault::Wrong, words);
        }
        Ok(())
    }
}
