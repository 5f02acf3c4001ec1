//! The power went while somebody had cash in the hand: was it written? Whoever is back looks into the book.

use crate::TortureError;
use crate::day::Day;
use crate::drawer::Whose;
use crate::notebook::Way;
use crate::unsure_debt::DebtWhat;

/// What was being written when the power went.
#[derive(Debug, Clone)]
pub(crate) struct Unsure {
    pub(crate) whose: Whose,
    pub(crate) what: What,
}

/// See [`Unsure`].
#[derive(Debug, Clone)]
pub(crate) enum What {
    Cash {
        visit: usize,
        sale_id: Option<String>,
        net: i64,
    },
    Moved {
        out: bool,
        amount: i64,
    },
    Void {
        sale_id: String,
        back: i64,
        /// What of a promise comes off the debt.
        off: i64,
    },
    Refund {
        sale_id: String,
        amount: i64,
        code: Option<String>,
        way: Way,
    },
    Opened {
        float: i64,
    },
    Counted {
        counted: i64,
    },
    WrittenIn,
    Debt(DebtWhat),
}

impl Day {
    /// After a start: whoever had cash in the hand when the power went looks whether it was written.
    pub(crate) fn finds_out(&mut self, counter: usize) -> Result<(), TortureError> {
        let Some(Unsure { whose, what }) = self.staff(counter).and_then(|staff| staff.unsure.take()) else {
            return Ok(());
        };
        match what {
            What::Cash { visit, sale_id, net } => self.finds_cash(counter, whose, visit, sale_id, net)?,
            What::Moved { out, amount } => {
                let act = if out { "pay_out" } else { "pay_in" };
                let times = self.number(counter, "SELECT COUNT(*) FROM act WHERE act = ?1", act)?;
                let known = self
                    .staff(counter)
                    .map_or(0, |staff| staff.cash.moved[usize::from(out)]);
                if times.unsigned_abs() > known {
                    self.paid(counter, whose, out, amount);
                }
            }
            What::Void { sale_id, back, off } => {
                let voided = "SELECT COUNT(*) FROM sale WHERE id = ?1 AND state = 'voided'";
                if self.number(counter, voided, &sale_id)? > 0 {
                    self.gave_up(counter, whose, &sale_id, (back, off));
                }
            }
            What::Refund {
                sale_id,
                amount,
                code,
                way,
            } => {
                let times = self.number(
                    counter,
                    "SELECT COUNT(*) FROM refund WHERE sale_id = ?1",
                    &sale_id,
                )?;
                if let Some(staff) = self.staff(counter)
                    && times.unsigned_abs() > staff.cash.back.get(&sale_id).map_or(0, |(_, times)| *times)
                {
                    staff.went_back(whose, &sale_id, (amount, way), code);
                }
            }
            What::Opened { float } => {
                let open = "SELECT id FROM shift WHERE closed_at IS NULL ORDER BY number DESC LIMIT 1";
                let newest = self.text(counter, open)?;
                let known = self.staff(counter).is_none_or(|staff| {
                    let mut drawers = staff.cash.drawers.values();
                    drawers.any(|drawer| Some(&drawer.shift_id) == newest.as_ref())
                });
                if let Some(shift_id) = newest
                    && !known
                {
                    self.opened(counter, whose, shift_id, float);
                }
            }
            What::Counted { counted } => {
                let shift_id = self
                    .staff(counter)
                    .and_then(|staff| staff.cash.drawers.get(&whose))
                    .map(|drawer| drawer.shift_id.clone())
                    .unwrap_or_default();
                let ended = "SELECT COUNT(*) FROM shift WHERE id = ?1 AND closed_at IS NOT NULL";
                if self.number(counter, ended, &shift_id)? > 0
                    && let Some(staff) = self.staff(counter)
                {
                    staff.cash.counted(whose, counted);
                }
            }
            What::WrittenIn => self.finds_paper(counter, whose)?,
            What::Debt(what) => self.finds_debt(counter, what)?,
        }
        self.debts_agree(counter)?;
        self.drawers_agree(counter)
    }

    /// Was the cash of this sale, or of a new one, written?
    fn finds_cash(
        &mut self,
        counter: usize,
        whose: Whose,
        visit: usize,
        sale_id: Option<String>,
        net: i64,
    ) -> Result<(), TortureError> {
        let newest = "SELECT s.id FROM sale s JOIN tender t ON t.sale_id = s.id AND t.kind = 'cash'
             WHERE s.number = (SELECT MAX(number) FROM sale) AND s.from_paper = 0";
        let new_one = sale_id.is_none();
        let looked_at = match sale_id {
            Some(sale_id) => Some(sale_id),
            None => self
                .text(counter, newest)?
                .filter(|sale_id| !self.visit_of_sale.contains_key(sale_id)),
        };
        let Some(sale_id) = looked_at else { return Ok(()) };
        let written = self.number(
            counter,
            "SELECT COALESCE(SUM(amount), 0) / 100 FROM tender WHERE sale_id = ?1 AND kind = 'cash'",
            &sale_id,
        )?;
        let now_ms = self.now_ms;
        let known = self
            .staff(counter)
            .map_or(0, |staff| staff.cash.of_sale.get(&sale_id).copied().unwrap_or(0));
        if written <= known {
            return Ok(());
        }
        if let Some(staff) = self.staff(counter) {
            staff.came(whose, &sale_id, net, now_ms);
        }
        self.report
            .act("cash that was written just when the power went", 1);
        if new_one {
            let sale = self.with_engine(counter, |engine, now| {
                Ok((engine.sale(&sale_id, now)?, Vec::new()))
            })?;
            self.took(visit, sale)?;
        }
        Ok(())
    }
}
