//! At the counter: a customer of the shop's list takes something now and pays later, or pays off what is owed.

use till::engine::CreditInput;
use till::people::Act;
use till::view::{SaleStatus, SaleView};
use till::{Code, TillError};

use crate::TortureError;
use crate::cashier::kes;
use crate::customer::{Debt, Errand, Visit};
use crate::day::Day;
use crate::report::Fault;
use crate::staff::MANAGER;
use crate::unsure::What;
use crate::unsure_debt::DebtWhat;

impl Day {
    /// Some who come in stand in the shop's list: they want credit, or pay what they owe.
    pub(crate) fn may_owe(&mut self, visit: &mut Visit) -> Result<(), TortureError> {
        if self.staff.is_empty() || !self.dice.happens(140) {
            return Ok(());
        }
        let Some(staff) = self.staff.get(visit.counter) else {
            return Ok(());
        };
        let here = staff.notebook.here();
        let Some(page) = self.dice.pick(&here).cloned() else {
            return Ok(());
        };
        let free = self.free_debt(visit.counter, page.who)?;
        (visit.person, visit.payer) = (page.who, page.who);
        visit.wrong_phone = None;
        if free > 0 && self.dice.happens(500) {
            visit.debt = Some(Debt::PaysOff);
            visit.shillings = match self.dice.below(20) {
                0..9 => free,
                9..19 => self.dice.within(1, free),
                _ => free + 1,
            };
            visit.gives = if visit.errand == Errand::WrongAmount {
                (visit.shillings + self.dice.within(-1, 1) * 10 + 5).max(1)
            } else {
                visit.shillings
            };
        } else {
            visit.debt = Some(Debt::OnCredit);
        }
        Ok(())
    }

    /// A payment of the debt begins: what is paid then is paid like a sale. The visit with its sale, if the till lets
    /// it begin.
    pub(crate) fn begins_pay_off(
        &mut self,
        index: usize,
        visit: &Visit,
    ) -> Result<Option<Visit>, TortureError> {
        let Some(page) = self.page(visit.counter, visit.person) else {
            return Ok(None);
        };
        let (amount, free) = (visit.shillings, self.free_debt(visit.counter, visit.person)?);
        let what = What::Debt(DebtWhat::Begun {
            visit: index,
            who: page.who,
        });
        self.power_may_go(visit.counter);
        let begun = self.risks(visit.counter, Act::PayOff, what, |engine, now| {
            engine.pay_off(&page.id, kes(amount), now)
        })?;
        match begun {
            Some(Ok(sale)) => {
                if amount > free {
                    let words = format!("{amount} of {}'s debt is being paid, of {free}", page.name);
                    self.fault(Fault::Wrong, words);
                }
                self.began_pay_off(visit.counter, page.who, &sale);
                self.took(index, Some(Ok(sale)))?;
                return Ok(self.visits.get(index).cloned());
            }
            Some(Err(error)) => {
                let beyond = error.code == Code::AmountInvalid && amount > free;
                // Erased between the visit's beginning and now.
                let gone = error.code == Code::NotFound && page.erased;
                if !beyond && !gone && !error.code.is_of_the_disk() {
                    let words = format!("a debt of {free} cannot be paid off by {amount}: {error}");
                    self.fault(Fault::Wrong, words);
                }
                if !error.code.is_of_the_disk() {
                    self.end_visit(index);
                }
            }
            None => {}
        }
        Ok(None)
    }

    pub(crate) fn began_pay_off(&mut self, counter: usize, who: usize, sale: &SaleView) {
        self.report.act("payments of debts begun", 1);
        if !sale.pays_off {
            let words = format!("sale {} is to pay a debt off and says that it is a sale", sale.id);
            self.fault(Fault::Wrong, words);
        }
        if let Some(staff) = self.staff(counter) {
            staff.notebook.pay_offs.insert(sale.id.clone(), who);
        }
    }

    /// The cashier takes the customer's word for what is left. Whether the till took it.
    pub(crate) fn gives_credit(
        &mut self,
        index: usize,
        visit: &Visit,
        sale: Option<&SaleView>,
    ) -> Result<bool, TortureError> {
        let Some(page) = self.page(visit.counter, visit.person).filter(|page| !page.erased) else {
            return Ok(false);
        };
        let left = sale.map_or(visit.shillings, |sale| sale.left.shillings());
        let part = match self.dice.below(20) {
            0..12 => None,
            12..19 => Some(self.dice.within(1, left)),
            _ => Some(left + 1),
        };
        let amount = part.unwrap_or(left);
        let room = (page.limit - self.owes(visit.counter, page.who)?).max(0);
        let beyond = amount > room;
        let mut input = CreditInput {
            sale_id: sale.map(|sale| sale.id.clone()),
            amount: kes(visit.shillings),
            customer_id: page.id.clone(),
            part: part.map(kes),
            reason: (beyond && self.dice.happens(500)).then(|| format!("{} pays on Friday", page.name)),
        };
        let helped = self.dice.happens(600);
        let mut given = self.says_credit(visit, index, (page.who, amount), &input, (beyond, helped))?;
        let own = self.stands_above_cashiers(visit.counter);
        // A manager too must say why.
        let unsaid = beyond && own && input.reason.is_none() && amount <= left;
        match &given {
            Some(Ok(_)) if unsaid => {
                let words = format!("{} owes beyond the limit, and nobody said why", page.name);
                self.fault(Fault::Wrong, words);
            }
            Some(Err(error)) if unsaid && error.code == Code::NotAllowed => {
                self.report.act("credit beyond a limit that was refused", 1);
                input.reason = Some(format!("{} pays on Friday", page.name));
                given = self.says_credit(visit, index, (page.who, amount), &input, (beyond, helped))?;
            }
            Some(_) | None => {}
        }
        self.was_credit_given(index, given, (amount, left, beyond))
    }

    /// The key itself, by whoever may press it.
    fn says_credit(
        &mut self,
        visit: &Visit,
        index: usize,
        (who, amount): (usize, i64),
        input: &CreditInput,
        (beyond, helped): (bool, bool),
    ) -> Result<Option<Result<SaleView, TillError>>, TortureError> {
        let act = if beyond {
            Act::CreditBeyondLimit
        } else {
            Act::GiveCredit
        };
        let what = What::Debt(DebtWhat::Given {
            visit: index,
            sale_id: input.sale_id.clone(),
            who,
            amount,
        });
        self.power_may_go(visit.counter);
        let given = self.risks_as(visit.counter, (act, helped), what, |engine, now| {
            engine.give_credit(input, now)
        })?;
        if let Some(Ok(sale)) = &given {
            self.gave_credit(visit.counter, who, sale, amount);
            self.report
                .act("credit beyond a limit with leave", usize::from(beyond));
        }
        Ok(given)
    }

    fn was_credit_given(
        &mut self,
        index: usize,
        given: Option<Result<SaleView, TillError>>,
        (amount, left, beyond): (i64, i64, bool),
    ) -> Result<bool, TortureError> {
        match given {
            Some(Ok(sale)) => {
                if amount > left {
                    let words = format!("{amount} of sale {} is on credit, {left} was left", sale.id);
                    self.fault(Fault::Wrong, words);
                }
                self.took(index, Some(Ok(sale)))?;
                Ok(true)
            }
            Some(Err(error)) => {
                let refused = beyond && error.code == Code::NotPermitted;
                self.report
                    .act("credit beyond a limit that was refused", usize::from(refused));
                let expected = error.code.is_of_the_disk()
                    || refused
                    || error.code == Code::AmountInvalid && amount > left;
                if !expected {
                    self.fault(Fault::Wrong, format!("credit cannot be given: {error}"));
                }
                Ok(false)
            }
            None => Ok(false),
        }
    }

    pub(crate) fn gave_credit(&mut self, counter: usize, who: usize, sale: &SaleView, amount: i64) {
        self.report.act("sales on credit", 1);
        if matches!(sale.status, SaleStatus::Paid | SaleStatus::PaidCash) {
            let words = format!("sale {} is on credit and is shown as {:?}", sale.id, sale.status);
            self.fault(Fault::Wrong, words);
        }
        if let Some(staff) = self.staff(counter) {
            staff.notebook.gave(who, &sale.id, amount);
        }
    }

    /// Of so few keys the weather's power cuts would meet hardly one.
    pub(crate) fn power_may_go(&mut self, counter: usize) {
        if !self.dice.happens(25) {
            return;
        }
        let commits = self.dice.below(2).saturating_add(1);
        let before = self.dice.happens(500);
        self.report.mishap("power gone at a debt");
        if let Some(one) = self.counters.get(counter) {
            one.power.fail_at(commits, before);
        }
    }

    pub(crate) fn page(&self, counter: usize, who: usize) -> Option<crate::notebook::Page> {
        self.staff
            .get(counter)
            .and_then(|staff| staff.notebook.page(who))
            .cloned()
    }

    fn stands_above_cashiers(&self, counter: usize) -> bool {
        self.staff
            .get(counter)
            .and_then(|staff| staff.at)
            .is_some_and(|at| at <= MANAGER)
    }
}
