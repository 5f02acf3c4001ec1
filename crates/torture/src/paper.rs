//! What is sold while a counter is off stands on paper, and is written in later.

use chrono::TimeDelta;
use till::Code;
use till::engine::{PaperPaid, PaperSale};
use till::people::Act;
use till::view::{ReadFrom, SaleView};

use crate::TortureError;
use crate::cashier::kes;
use crate::customer::{Errand, Visit};
use crate::day::Day;
use crate::drawer::{Whose, cash_of};
use crate::event::{Chore, Event};
use crate::report::Fault;
use crate::unsure::What;

/// One line of the paper.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    visit: usize,
    shillings: i64,
    /// M-PESA's code, for what was not paid in cash.
    code: Option<String>,
    sold_ms: i64,
}

impl Day {
    /// The screen is dark, and the customer has notes, or pays the till by hand. Whether it stands on paper now.
    pub(crate) fn sells_on_paper(&mut self, index: usize, visit: &Visit) -> bool {
        let fits = [Errand::Cash, Errand::ToTill].contains(&visit.errand)
            && visit.sale_id.is_none()
            && visit.debt.is_none();
        if !fits || self.staff(visit.counter).is_none() || !self.dice.happens(400) {
            return false;
        }
        if visit.errand == Errand::ToTill {
            self.pays_by_hand(index, visit, "");
        }
        let code = self.visits.get(index).and_then(|visit| visit.own_receipt.clone());
        if code.is_none() && visit.errand == Errand::ToTill {
            return false;
        }
        let line = Line {
            visit: index,
            shillings: visit.shillings,
            code,
            sold_ms: self.now_ms,
        };
        let writes_ms = self.now_ms.saturating_add(self.dice.within(300_000, 3_600_000));
        if let Some(staff) = self.staff(visit.counter) {
            staff.cash.papers.push(line);
        }
        if let Some(visit) = self.visits.get_mut(index) {
            visit.over = true;
        }
        self.report.act("sales on paper", 1);
        self.heap
            .push(writes_ms, Event::Chore(visit.counter, Chore::WritesIn));
        true
    }

    /// The manager writes the paper in, or the cashier does with the manager's leave.
    pub(crate) fn writes_in(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.stands_at(counter)? {
            return Ok(());
        }
        while let Some(line) = self
            .staff(counter)
            .and_then(|staff| staff.cash.papers.first().cloned())
        {
            let whose = self.whose(counter);
            let ago = TimeDelta::milliseconds(self.now_ms.saturating_sub(line.sold_ms).min(86_400_000));
            let done = self.risks(counter, Act::FromPaper, What::WrittenIn, |engine, now| {
                let paid = match &line.code {
                    Some(code) => PaperPaid::Code {
                        code: code.clone(),
                        read_from: ReadFrom::ShopPhone,
                    },
                    None => PaperPaid::Cash,
                };
                let sale = PaperSale {
                    amount: kes(line.shillings),
                    at: now.utc - ago,
                    paid,
                };
                engine.write_in(&sale, now)
            })?;
            match done {
                Some(Ok(sale)) => self.written_in(counter, whose, &sale)?,
                // Its card was given to another sale meanwhile.
                Some(Err(error)) if error.code == Code::CodeUsed => {
                    if let Some(staff) = self.staff(counter) {
                        staff.cash.papers.remove(0);
                    }
                }
                Some(Err(error)) => {
                    let expected = error.code.is_of_the_disk()
                        || [Code::NotPermitted, Code::Locked].contains(&error.code);
                    if !expected {
                        self.fault(Fault::Wrong, format!("a sale cannot be written in: {error}"));
                    }
                    break;
                }
                None => break,
            }
        }
        let left = self
            .staff(counter)
            .is_some_and(|staff| !staff.cash.papers.is_empty());
        if left {
            let later_ms = self.now_ms.saturating_add(120_000);
            self.heap.push(later_ms, Event::Chore(counter, Chore::WritesIn));
        }
        self.drawers_agree(counter)
    }

    fn written_in(&mut self, counter: usize, whose: Whose, sale: &SaleView) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        let Some(staff) = self.staff(counter) else {
            return Ok(());
        };
        let line = staff.cash.papers.remove(0);
        staff.cash.written_in.insert(sale.id.clone());
        if line.code.is_none() {
            staff.came(whose, &sale.id, line.shillings, now_ms);
            self.auditor.took_cash(sale);
        }
        if cash_of(sale) != if line.code.is_none() { line.shillings } else { 0 } {
            self.fault(
                Fault::Wrong,
                format!("sale {} is not what stood on the paper", sale.id),
            );
        }
        self.report.act("sales written in from paper", 1);
        self.took(line.visit, Some(Ok(sale.clone())))
    }

    /// Was the first line of the paper written before the power went?
    pub(crate) fn finds_paper(&mut self, counter: usize, whose: Whose) -> Result<(), TortureError> {
        let newest = "SELECT id FROM sale WHERE number = (SELECT MAX(number) FROM sale) AND from_paper = 1";
        let Some(sale_id) = self.text(counter, newest)? else {
            return Ok(());
        };
        if self
            .staff(counter)
            .is_none_or(|staff| staff.cash.written_in.contains(&sale_id) || staff.cash.papers.is_empty())
        {
            return Ok(());
        }
        let sale = self.with_engine(counter, |engine, now| {
            Ok((engine.sale(&sale_id, now)?, Vec::new()))
        })?;
        if let Some(Ok(sale)) = sale {
            self.written_in(counter, whose, &sale)?;
        }
        Ok(())
    }
}
