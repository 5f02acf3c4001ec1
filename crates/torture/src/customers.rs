//! The shop's list of customers: who is brought in, changed and looked at, and whose debt is given up.

use till::engine::{CustomerInput, Engine};
use till::people::Act;
use till::view::KnownCustomer;
use till::{Code, Msisdn, Now, TillError};

use crate::TortureError;
use crate::cashier::kes;
use crate::day::Day;
use crate::notebook::Page;
use crate::report::Fault;
use crate::unsure::What;
use crate::unsure_debt::DebtWhat;

/// How much customers may owe at once.
const LIMITS: [i64; 6] = [0, 300, 1_000, 2_000, 5_000, 20_000];

/// Somebody who is to stand in the list.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) who: usize,
    pub(crate) name: String,
    pub(crate) limit: i64,
    phone: Msisdn,
}

impl Entry {
    fn input(&self) -> CustomerInput {
        CustomerInput {
            name: self.name.clone(),
            phone: Some(self.phone.clone()),
            limit: kes(self.limit),
        }
    }

    /// As the owner brings somebody in before the first day.
    pub(crate) fn is_added(&self, engine: &mut Engine, now: Now) -> Result<String, TillError> {
        engine
            .add_customer(&self.input(), true, now)
            .map(|known| known.id)
    }
}

impl Day {
    /// Somebody of the town who does not stand in this counter's list yet.
    pub(crate) fn somebody_new(&mut self, not: &[usize]) -> Option<Entry> {
        let who = usize::try_from(self.dice.below(self.people.len() as u64)).unwrap_or(0);
        let limit = self.dice.pick(&LIMITS).copied().unwrap_or(0);
        let phone = self
            .people
            .get(who)
            .and_then(|one| Msisdn::parse(&one.msisdn).ok())?;
        (!not.contains(&who)).then(|| Entry {
            who,
            // A name that is in nobody else's, so that it can be looked for.
            name: format!("Wafula {:03}", 200 + who),
            limit,
            phone,
        })
    }

    /// Somebody agrees to stand in the list, or was not asked.
    pub(crate) fn adds_customer(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.stands_at(counter)? {
            return Ok(());
        }
        let known: Vec<usize> = self
            .staff(counter)
            .map(|staff| staff.notebook.pages.iter().map(|page| page.who).collect())
            .unwrap_or_default();
        let Some(entry) = self.somebody_new(&known) else {
            return Ok(());
        };
        let here = self.here(counter);
        let taken = self.dice.pick(&here).filter(|_| self.dice.happens(100)).cloned();
        let mut input = entry.input();
        if let Some(other) = &taken {
            input.phone = self
                .people
                .get(other.who)
                .and_then(|one| Msisdn::parse(&one.msisdn).ok());
        }
        let agreed = self.dice.happens(900);
        let what = What::Debt(DebtWhat::Added {
            who: entry.who,
            name: entry.name.clone(),
        });
        self.power_may_go(counter);
        let added = self.risks(counter, Act::ChangeCustomer, what, |engine, now| {
            Ok((engine.add_customer(&input, agreed, now)?, Vec::new()))
        })?;
        let may = agreed && taken.is_none();
        match added {
            Some(Ok(known)) => {
                if !may {
                    let words = format!("{} stands in the list and must not", entry.name);
                    self.fault(Fault::Wrong, words);
                }
                self.report.act("customers brought into the list", 1);
                if let Some(staff) = self.staff(counter) {
                    staff
                        .notebook
                        .begins(entry.who, known.id, entry.name, entry.limit);
                }
            }
            Some(Err(error)) => self.refused(&error, error.code == Code::NotAllowed && !may, "be brought in"),
            None => {}
        }
        Ok(())
    }

    /// A customer may owe more from now on, or less.
    pub(crate) fn changes_customer(&mut self, counter: usize) -> Result<(), TortureError> {
        let Some(page) = self.somebody_here(counter)? else {
            return Ok(());
        };
        let limit = self.dice.pick(&LIMITS).copied().unwrap_or(0);
        let input = CustomerInput {
            name: page.name.clone(),
            phone: None,
            limit: kes(limit),
        };
        let what = What::Debt(DebtWhat::Limit { who: page.who });
        self.power_may_go(counter);
        let changed = self.risks(counter, Act::ChangeCustomer, what, |engine, now| {
            Ok((engine.change_customer(&page.id, &input, now)?, Vec::new()))
        })?;
        match changed {
            Some(Ok(_)) => self.limit_is(counter, page.who, limit),
            Some(Err(error)) => self.refused(&error, false, "be changed"),
            None => {}
        }
        Ok(())
    }

    pub(crate) fn limit_is(&mut self, counter: usize, who: usize, limit: i64) {
        if let Some(page) = self.staff(counter).and_then(|staff| staff.notebook.page_mut(who)) {
            page.limit = limit;
        }
    }

    /// The manager gives up what somebody owes.
    pub(crate) fn writes_off(&mut self, counter: usize) -> Result<(), TortureError> {
        let Some(page) = self.somebody_here(counter)? else {
            return Ok(());
        };
        let free = self.free_debt(counter, page.who)?;
        let amount = match self.dice.below(10) {
            0..3 => free,
            3..8 => self.dice.within(1, free.max(1)),
            _ => free + 1,
        };
        let why = if self.dice.happens(850) {
            format!("{} moved away", page.name)
        } else {
            " ".to_owned()
        };
        let what = What::Debt(DebtWhat::WrittenOff {
            who: page.who,
            amount,
        });
        self.power_may_go(counter);
        let done = self.risks(counter, Act::WriteOff, what, |engine, now| {
            Ok((engine.write_off(&page.id, kes(amount), &why, now)?, Vec::new()))
        })?;
        let unsaid = why.trim().is_empty();
        match done {
            Some(Ok(known)) => {
                if unsaid || amount > free {
                    let words = format!(
                        "{amount} of {}'s debt of {free} was written off: {why:?}",
                        page.name
                    );
                    self.fault(Fault::Wrong, words);
                }
                self.report.act("debts written off", 1);
                if let Some(staff) = self.staff(counter) {
                    staff.notebook.wrote_off(page.who, amount);
                }
                self.is_as_noted(counter, &page, &known)?;
            }
            Some(Err(error)) => {
                let not = unsaid && error.code == Code::NotAllowed;
                let beyond = error.code == Code::AmountInvalid && (amount > free || amount == 0);
                self.refused(&error, not || beyond, "be written off");
            }
            None => {}
        }
        self.debts_agree(counter)
    }

    /// Somebody looks at the list, at one customer's statement, or finds who stands at the counter.
    pub(crate) fn sees_customers(&mut self, counter: usize) -> Result<(), TortureError> {
        let Some(page) = self.somebody_here(counter)? else {
            return Ok(());
        };
        let digits = self.digits_of(page.who);
        let found = self.looks(counter, Act::GiveCredit, |engine, now| {
            Ok((engine.find_customers(&digits, now)?, Vec::new()))
        })?;
        if let Some(Ok(found)) = &found {
            match found.as_slice() {
                [known] => self.is_as_noted(counter, &page, known)?,
                others => {
                    let words = format!("{} customers end in {digits}", others.len());
                    self.fault(Fault::Wrong, words);
                }
            }
        }
        if self.dice.happens(300) {
            return self.sees_phone(counter, &page);
        }
        let seen = self.looks(counter, Act::SeeCustomers, |engine, now| {
            Ok((
                (engine.customers(now)?, engine.debt_statement(&page.id, now)?),
                Vec::new(),
            ))
        })?;
        let Some(Ok((list, told))) = seen else {
            return Ok(());
        };
        self.report.act("looks at the list of customers", 1);
        let here = self.here(counter);
        if list.len() != here.len() {
            let words = format!("{} customers are listed and {} are here", list.len(), here.len());
            self.fault(Fault::Wrong, words);
        }
        for page in &here {
            match list.iter().find(|known| known.id == page.id) {
                Some(known) => self.is_as_noted(counter, page, known)?,
                None => self.fault(Fault::Lost, format!("{} is not in the list", page.name)),
            }
        }
        let (mut sum, mut odd) = (0, false);
        for line in &told.lines {
            sum += line.amount.cents();
            odd |= line.balance.cents() != sum;
        }
        if odd || sum != self.owes(counter, page.who)? * 100 {
            let words = format!("the statement of {} comes to {sum} cents", page.name);
            self.fault(Fault::Wrong, words);
        }
        Ok(())
    }

    fn sees_phone(&mut self, counter: usize, page: &Page) -> Result<(), TortureError> {
        let seen = self.does(counter, Act::SeeCustomers, |engine, now| {
            Ok((engine.customer_phone(&page.id, now)?, Vec::new()))
        })?;
        let own = self
            .people
            .get(page.who)
            .and_then(|one| Msisdn::parse(&one.msisdn).ok());
        if let Some(Ok(phone)) = seen
            && own.is_some_and(|own| own.local() != phone)
        {
            self.fault(Fault::Wrong, format!("{} is shown with {phone}", page.name));
        }
        Ok(())
    }

    /// What a screen says of a customer is what the notebook says.
    fn is_as_noted(
        &mut self,
        counter: usize,
        page: &Page,
        known: &KnownCustomer,
    ) -> Result<(), TortureError> {
        let owes = self.owes(counter, page.who)?;
        let under_way = self.under_way(counter, &page.id)?;
        let fits = known.id == page.id
            && known.owed == kes(owes)
            && known.limit == kes(page.limit)
            && known.room == kes((page.limit - owes).max(0))
            && known.under_way == kes(under_way)
            && known.phone_masked == format!("··{}", self.digits_of(page.who));
        if !fits {
            let words = format!("{known:?} is shown of {page:?}, who owes {owes} with {under_way} under way");
            self.fault(Fault::Wrong, words);
        }
        Ok(())
    }

    /// Customers that stand in a counter's list.
    pub(crate) fn here(&self, counter: usize) -> Vec<Page> {
        self.staff
            .get(counter)
            .map(|staff| staff.notebook.here())
            .unwrap_or_default()
    }

    /// One of the list, with somebody at the counter who is asked about that customer: mostly of those who owe.
    pub(crate) fn somebody_here(&mut self, counter: usize) -> Result<Option<Page>, TortureError> {
        if !self.stands_at(counter)? {
            return Ok(None);
        }
        let mut here = self.here(counter);
        if self.dice.happens(700) {
            here.retain(|page| page.owes() > 0);
        }
        Ok(self.dice.pick(&here).cloned())
    }

    fn digits_of(&self, who: usize) -> String {
        let phone = self.people.get(who).map(|one| one.msisdn.as_str());
        phone
            .and_then(|phone| phone.get(9..))
            .unwrap_or_default()
            .to_owned()
    }

    /// The till refused; `expected`: as it must. Whoever may not is judged where the key is pressed.
    pub(crate) fn refused(&mut self, error: &TillError, expected: bool, what: &str) {
        let ordinary =
            error.code.is_of_the_disk() || [Code::NotPermitted, Code::Locked].contains(&error.code);
        if !expected && !ordinary {
            self.fault(
                Fault::Wrong,
                format!("a customer, or a debt, cannot {what}: {error}"),
            );
        }
    }
}
