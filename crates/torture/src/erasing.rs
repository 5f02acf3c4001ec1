//! A customer asks for all that the shop keeps about them, or that it be erased: only who owes nothing is, nothing that
//! names them is left, and what was earned stays.

use till::engine::Engine;
use till::people::Act;
use till::{Code, Msisdn, Now};

use crate::TortureError;
use crate::counter::Counter;
use crate::day::Day;
use crate::line::lock;
use crate::notebook::Page;
use crate::report::Fault;
use crate::staff::OWNER;
use crate::unsure::What;
use crate::unsure_debt::DebtWhat;

/// Every column of words in the file.
const WORDS: &str = "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c
     WHERE m.type = 'table' AND c.type = 'TEXT'";

impl Day {
    /// The owner answers somebody who asks.
    pub(crate) fn forgets(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.signs_in(counter, OWNER)? {
            return Ok(());
        }
        let mut here = self.here(counter);
        if self.dice.happens(650) {
            here.retain(|page| page.owes() <= 0);
        }
        let Some(page) = self.dice.pick(&here).cloned() else {
            return Ok(());
        };
        if !self.says_passphrase(counter, &page)? {
            return Ok(());
        }
        let text = self.does(counter, Act::PersonalData, |engine, now| {
            Ok((engine.personal_data(&page.id, now)?, Vec::new()))
        })?;
        let phone = self
            .people
            .get(page.who)
            .and_then(|one| Msisdn::parse(&one.msisdn).ok());
        if let Some(Ok(text)) = text {
            self.report.act("customers told what is kept about them", 1);
            let owed = format!("KSh {}", crate::cashier::kes(self.owes(counter, page.who)?));
            let local = phone.as_ref().map(Msisdn::local).unwrap_or_default();
            if ![&page.name, &local, &owed]
                .iter()
                .all(|word| text.contains(word.as_str()))
            {
                let words = format!("what is kept about {} lacks {local} or {owed}", page.name);
                self.fault(Fault::Wrong, words);
            }
        }
        self.erases(counter, &page)
    }

    /// Not without the passphrase.
    fn says_passphrase(&mut self, counter: usize, page: &Page) -> Result<bool, TortureError> {
        let mut erases =
            |engine: &mut Engine, now: Now| engine.erase_customer(&page.id, now).map(|()| ((), Vec::new()));
        let may = |day: &Self| {
            let staff = day.staff.get(counter);
            staff.is_some_and(|staff| staff.may(Act::PersonalData, day.now_ms) == Some(true))
        };
        if !may(self) {
            let early = self.tries(counter, Act::PersonalData, &mut erases)?;
            if !matches!(&early, Some(Err(error)) if error.code == Code::PassphraseNeeded) {
                return Ok(false);
            }
            self.gives_passphrase(counter)?;
        }
        Ok(may(self))
    }

    fn erases(&mut self, counter: usize, page: &Page) -> Result<(), TortureError> {
        let owes = self.owes(counter, page.who)?;
        let under_way = self.under_way(counter, &page.id)?;
        let phone = self
            .people
            .get(page.who)
            .map(|one| one.msisdn.clone())
            .unwrap_or_default();
        let may_be_alive = "SELECT COUNT(*) FROM push WHERE msisdn = ?1
             AND state IN ('intended', 'sending', 'prompted', 'unknown', 'failed_provisional')";
        let may_be_alive = self.number(counter, may_be_alive, &phone)? > 0;
        let what = What::Debt(DebtWhat::Erased { who: page.who });
        self.power_may_go(counter);
        let done = self.risks(counter, Act::PersonalData, what, |engine, now| {
            engine.erase_customer(&page.id, now).map(|()| ((), Vec::new()))
        })?;
        match done {
            Some(Ok(())) => {
                if owes != 0 || under_way != 0 {
                    let words = format!("{} owes {owes} ({under_way} under way) and is erased", page.name);
                    self.fault(Fault::Wrong, words);
                }
                if self.is_asked_now(counter, &phone)? {
                    let words = format!("{} is erased while a prompt is on that phone", page.name);
                    self.fault(Fault::Wrong, words);
                }
                self.was_erased(counter, page)?;
            }
            Some(Err(error)) => {
                let must_not = owes != 0 || under_way != 0 || may_be_alive;
                self.report.act(
                    "erasures that were refused",
                    usize::from(error.code == Code::NotAllowed),
                );
                self.refused(&error, error.code == Code::NotAllowed && must_not, "be erased");
            }
            None => {}
        }
        self.debts_agree(counter)
    }

    /// Is a prompt of this counter on this phone at this moment, in truth?
    fn is_asked_now(&self, counter: usize, phone: &str) -> Result<bool, TortureError> {
        let Some(book) = self.counters.get(counter).and_then(Counter::book) else {
            return Ok(false);
        };
        let outside = lock(&self.outside);
        let live = outside.world.live_push(phone);
        let sale = live.map(|push| crate::audit::sale_of(book, crate::audit::id_of(&push.callback_url)));
        Ok(sale.transpose()?.flatten().is_some())
    }

    /// Nothing that names the customer is left, and the entries are as they were.
    pub(crate) fn was_erased(&mut self, counter: usize, page: &Page) -> Result<(), TortureError> {
        self.report.act("customers erased", 1);
        if let Some(page) = self
            .staff(counter)
            .and_then(|staff| staff.notebook.page_mut(page.who))
        {
            page.erased = true;
        }
        let phone = self
            .people
            .get(page.who)
            .map(|one| one.msisdn.clone())
            .unwrap_or_default();
        for words in self.traces(counter, page, &phone)? {
            self.fault(Fault::Wrong, words);
        }
        self.debts_agree(counter)
    }

    fn traces(&self, counter: usize, page: &Page, phone: &str) -> Result<Vec<String>, TortureError> {
        let mut faults = Vec::new();
        for (table, column) in self.columns(counter)? {
            let sql = format!("SELECT COUNT(*) FROM {table} WHERE instr({column}, ?1) > 0");
            // What of phones may stay is looked at below.
            let kept =
                [("push", "msisdn"), ("money_in", "phone")].contains(&(table.as_str(), column.as_str()));
            for word in [page.name.as_str(), phone] {
                if !kept && self.number(counter, &sql, word)? > 0 {
                    faults.push(format!("{word} is erased and still stands in {table}.{column}"));
                }
            }
        }
        // Of prompts that are over for certain, and of payments that pay something.
        let prompts =
            "SELECT COUNT(*) FROM push WHERE msisdn = ?1 AND (state IN ('not_sent', 'refused', 'paid')
             OR state = 'failed' AND told_by IS NOT 'person')";
        let payments = "SELECT COUNT(*) FROM money_in WHERE phone = ?1 AND tender_id IS NOT NULL";
        if self.number(counter, prompts, phone)? > 0 {
            faults.push(format!("{phone} is erased and stands whole with a prompt"));
        }
        if self.number(counter, payments, phone)? > 0 {
            faults.push(format!("{phone} is erased and stands whole with a payment"));
        }
        Ok(faults)
    }

    fn columns(&self, counter: usize) -> Result<Vec<(String, String)>, TortureError> {
        let Some(book) = self.counters.get(counter).and_then(Counter::book) else {
            return Ok(Vec::new());
        };
        let mut statement = book.prepare(WORDS)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
