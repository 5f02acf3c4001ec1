//! The power went while something was written about a debt, or about who may owe: was it written?

use crate::TortureError;
use crate::day::Day;

/// What was being written. `who`: which of the people in front of the counter.
#[derive(Debug, Clone)]
pub(crate) enum DebtWhat {
    /// Credit for a sale that has begun, or for a new one.
    Given {
        visit: usize,
        sale_id: Option<String>,
        who: usize,
        amount: i64,
    },
    /// A payment of the debt that begins.
    Begun {
        visit: usize,
        who: usize,
    },
    WrittenOff {
        who: usize,
        amount: i64,
    },
    /// Somebody new in the list.
    Added {
        who: usize,
        name: String,
    },
    Limit {
        who: usize,
    },
    Erased {
        who: usize,
    },
}

impl Day {
    /// Whoever is back looks into the book.
    pub(crate) fn finds_debt(&mut self, counter: usize, what: DebtWhat) -> Result<(), TortureError> {
        match what {
            DebtWhat::Given {
                visit,
                sale_id,
                who,
                amount,
            } => self.finds_credit(counter, (visit, who), sale_id, amount),
            DebtWhat::Begun { visit, who } => {
                let newest =
                    "SELECT id FROM sale WHERE number = (SELECT MAX(number) FROM sale) AND kind = 'pay_off'";
                let Some(sale_id) = self.text(counter, newest)? else {
                    return Ok(());
                };
                if self.visit_of_sale.contains_key(&sale_id) {
                    return Ok(());
                }
                let sale = self.with_engine(counter, |engine, now| {
                    Ok((engine.sale(&sale_id, now)?, Vec::new()))
                })?;
                if let Some(Ok(sale)) = &sale {
                    self.began_pay_off(counter, who, sale);
                }
                self.took(visit, sale)
            }
            DebtWhat::WrittenOff { who, amount } => {
                let Some(page) = self.page(counter, who) else {
                    return Ok(());
                };
                let times = "SELECT COUNT(*) FROM act WHERE act = 'write_off' AND about = ?1";
                if self.number(counter, times, &page.id)?.unsigned_abs() > page.write_offs
                    && let Some(staff) = self.staff(counter)
                {
                    staff.notebook.wrote_off(who, amount);
                }
                Ok(())
            }
            DebtWhat::Added { who, name } => self.finds_customer(counter, who, name),
            DebtWhat::Limit { who } => {
                let Some(page) = self.page(counter, who).filter(|page| !page.erased) else {
                    return Ok(());
                };
                let limit = "SELECT most_owed / 100 FROM customer WHERE id = ?1";
                let limit = self.number(counter, limit, &page.id)?;
                self.limit_is(counter, who, limit);
                Ok(())
            }
            DebtWhat::Erased { who } => {
                let Some(page) = self.page(counter, who) else {
                    return Ok(());
                };
                let there = "SELECT COUNT(*) FROM customer WHERE id = ?1";
                if self.number(counter, there, &page.id)? == 0 {
                    self.was_erased(counter, &page)?;
                }
                Ok(())
            }
        }
    }

    /// Was the credit of this sale, or of a new one, written?
    fn finds_credit(
        &mut self,
        counter: usize,
        (visit, who): (usize, usize),
        sale_id: Option<String>,
        amount: i64,
    ) -> Result<(), TortureError> {
        let newest = "SELECT s.id FROM sale s JOIN tender t ON t.sale_id = s.id AND t.kind = 'credit'
             WHERE s.number = (SELECT MAX(number) FROM sale)";
        let looked_at = match sale_id {
            Some(sale_id) => Some(sale_id),
            None => self
                .text(counter, newest)?
                .filter(|sale_id| !self.visit_of_sale.contains_key(sale_id)),
        };
        let Some(sale_id) = looked_at else { return Ok(()) };
        let written =
            "SELECT COALESCE(SUM(amount), 0) / 100 FROM tender WHERE sale_id = ?1 AND kind = 'credit'";
        let written = self.number(counter, written, &sale_id)?;
        let known = self
            .staff(counter)
            .and_then(|staff| staff.notebook.promises.get(&sale_id))
            .map_or(0, |promise| promise.given);
        if written <= known {
            return Ok(());
        }
        self.report
            .act("credit that was written just when the power went", 1);
        let sale = self.with_engine(counter, |engine, now| {
            Ok((engine.sale(&sale_id, now)?, Vec::new()))
        })?;
        if let Some(Ok(sale)) = &sale {
            self.gave_credit(counter, who, sale, amount);
        }
        self.took(visit, sale)
    }

    fn finds_customer(&mut self, counter: usize, who: usize, name: String) -> Result<(), TortureError> {
        let Some(phone) = self.people.get(who).map(|person| person.msisdn.clone()) else {
            return Ok(());
        };
        let id = format!("SELECT id FROM customer WHERE phone = '{phone}'");
        let Some(id) = self.text(counter, &id)? else {
            return Ok(());
        };
        let limit = self.number(counter, "SELECT most_owed / 100 FROM customer WHERE id = ?1", &id)?;
        if let Some(staff) = self.staff(counter)
            && staff.notebook.page(who).is_none()
        {
            staff.notebook.begins(who, id, name, limit);
        }
        Ok(())
    }
}
