//! The people behind the counter: who stands there, what each may do, and who allows what to whom.
//!
//! What is kept here is the truth: whose PIN was typed last, and which leave was really given. The auditor holds
//! the book against it.

use std::collections::BTreeMap;

use till::engine::Engine;
use till::people::{Act, Role};
use till::view::DeskView;
use till::{Code, Now};

use crate::TortureError;
use crate::counter::Counter;
use crate::customers::Entry;
use crate::day::Day;
use crate::drawer::{Cash, Whose};
use crate::leave::Leave;
use crate::notebook::{Notebook, Way};
use crate::printer::Printer;
use crate::report::Fault;
use crate::table;
use crate::unsure::Unsure;

/// Who works at each counter: PIN, role, and the name on the tile. The owner comes first, the cashiers last.
const WORKERS: [(&str, &str, Role); 4] = [
    ("Njeri", "4071", Role::Owner),
    ("Otieno", "5093", Role::Manager),
    ("Achieng", "2718", Role::Cashier),
    ("Kamau", "8264", Role::Cashier),
];
pub(crate) const OWNER: usize = 0;
pub(crate) const MANAGER: usize = 1;
/// The first of the cashiers.
pub(crate) const CASHIER: usize = 2;
const PASSPHRASE: &str = "mango tree by the well";
/// What a passphrase opened is open for so long, milliseconds.
const PASSPHRASE_MS: i64 = 600_000;

/// Somebody who works at a counter.
#[derive(Debug, Clone)]
pub(crate) struct Worker {
    pub(crate) id: String,
    pub(crate) pin: &'static str,
    pub(crate) role: Role,
}

/// One counter's people, and all that they know and the book does not.
#[derive(Debug)]
pub(crate) struct Staff {
    pub(crate) workers: Vec<Worker>,
    /// Whose PIN opened the counter; nobody's while it is locked.
    pub(crate) at: Option<usize>,
    /// Whose PIN is being typed.
    signing: Option<usize>,
    /// Who serves now.
    pub(crate) on_duty: usize,
    pub(crate) leave: Option<Leave>,
    /// The owner's passphrase counts until then.
    passphrase_until_ms: i64,
    /// How often each person allowed each act.
    pub(crate) leaves: BTreeMap<(&'static str, String), u64>,
    pub(crate) cash: Cash,
    /// What customers owe.
    pub(crate) notebook: Notebook,
    /// What was done just when the power went: was it written?
    pub(crate) unsure: Option<Unsure>,
    pub(crate) printer: Printer,
}

impl Staff {
    pub(crate) fn worker(&self, who: usize) -> Option<&Worker> {
        self.workers.get(who)
    }

    /// A customer gave so much cash for a sale, or for a debt.
    pub(crate) fn came(&mut self, whose: Whose, sale_id: &str, net: i64, now_ms: i64) {
        self.cash.came(whose, sale_id, net, now_ms);
        self.notebook.cash(sale_id, net);
    }

    /// So much went back of a sale: in notes, from the shop's phone, or off the debt.
    pub(crate) fn went_back(
        &mut self,
        whose: Whose,
        sale_id: &str,
        (amount, way): (i64, Way),
        code: Option<String>,
    ) {
        let (sum, times) = self.cash.back.entry(sale_id.to_owned()).or_default();
        *sum += amount;
        *times += 1;
        match (way, code) {
            (Way::Cash { .. }, _) => self.cash.moves(whose, -amount),
            (Way::Phone { .. }, Some(code)) => self.cash.sent.push((code, amount)),
            (Way::Phone { .. } | Way::Debt { .. }, _) => {}
        }
        self.notebook.went_back(sale_id, amount, way);
    }

    /// Whether whoever stands there may do this, by the auditor's own table; `None` when nobody can say.
    pub(crate) fn may(&self, act: Act, now_ms: i64) -> Option<bool> {
        let Some(worker) = self.at.and_then(|at| self.worker(at)) else {
            return Some(false);
        };
        let leave = self
            .leave
            .as_ref()
            .filter(|leave| leave.act == act && now_ms < leave.until_ms);
        let with_passphrase = !table::needs_passphrase(act.word()) || now_ms < self.passphrase_until_ms;
        match leave {
            _ if table::may(worker.role, act.word()) => Some(with_passphrase),
            Some(leave) => (!leave.doubtful).then_some(true),
            None => Some(false),
        }
    }
}

impl Day {
    pub(crate) fn staff(&mut self, counter: usize) -> Option<&mut Staff> {
        self.staff.get_mut(counter)
    }

    /// Before the first customer: the owner makes the people, and says how the shop counts and prints.
    pub(crate) fn hires(&mut self, counter: usize) -> Result<(), TortureError> {
        let own_drawers = self.dice.happens(400);
        let printer = Printer::new(&mut self.dice);
        let place = printer.settings();
        let mut list: Vec<Entry> = Vec::new();
        for _ in 0..self.dice.within(6, 14) {
            let known: Vec<usize> = list.iter().map(|entry| entry.who).collect();
            list.extend(self.somebody_new(&known));
        }
        let made = self.with_engine(counter, |engine, now| {
            let [owner, rest @ ..] = WORKERS;
            let (mut view, _) = engine.make_owner(owner.0, owner.1, PASSPHRASE, now)?;
            for (name, pin, role) in rest {
                view = engine.add_person(name, role, pin, now)?.0;
            }
            engine.set_own_drawers(own_drawers, now)?;
            if let Some(printing) = &place {
                engine.save_printing(printing, now)?;
            }
            let ids = list
                .iter()
                .map(|entry| entry.is_added(engine, now))
                .collect::<Result<Vec<_>, _>>()?;
            engine.lock(now)?;
            Ok(((view, ids), Vec::new()))
        })?;
        let Some(Ok((view, ids))) = made else {
            return Err(TortureError::Harness(format!("nobody works here: {made:?}")));
        };
        let mut notebook = Notebook::default();
        for (entry, id) in list.into_iter().zip(ids) {
            notebook.begins(entry.who, id, entry.name, entry.limit);
        }
        let workers = WORKERS
            .iter()
            .map(|(name, pin, role)| Worker {
                id: id_of(&view, name),
                pin,
                role: *role,
            })
            .collect();
        self.staff.push(Staff {
            workers,
            at: None,
            signing: None,
            on_duty: CASHIER,
            leave: None,
            passphrase_until_ms: 0,
            leaves: BTreeMap::new(),
            cash: Cash::new(own_drawers),
            notebook,
            unsure: None,
            printer,
        });
        Ok(())
    }

    /// The screen says who is at the counter: only somebody whose PIN was typed, or nobody.
    pub(crate) fn desk_shown(&mut self, counter: usize, view: &DeskView) {
        let Some(staff) = self.staff.get_mut(counter) else {
            return;
        };
        let Some(person) = &view.person else {
            staff.at = None;
            staff.leave = None;
            staff.passphrase_until_ms = 0;
            return;
        };
        let known = [staff.at, staff.signing]
            .into_iter()
            .flatten()
            .filter_map(|who| staff.worker(who))
            .any(|worker| worker.id == person.id);
        if !known {
            let words = format!("{} is at the counter, and nobody typed that PIN", person.name);
            self.fault(Fault::Wrong, words);
        }
    }

    /// The counter was switched on again: it is locked, and what was given leave for is not any more.
    pub(crate) fn nobody_is_here(&mut self, counter: usize) {
        if let Some(staff) = self.staff(counter) {
            staff.at = None;
            staff.signing = None;
            staff.leave = None;
            staff.passphrase_until_ms = 0;
        }
    }

    /// Somebody types the PIN. Whether that person is at the counter now.
    pub(crate) fn signs_in(&mut self, counter: usize, who: usize) -> Result<bool, TortureError> {
        let Some(worker) = self.staff(counter).and_then(|staff| staff.worker(who)).cloned() else {
            return Ok(false);
        };
        if let Some(staff) = self.staff(counter) {
            staff.signing = Some(who);
        }
        let signed = self.with_engine(counter, |engine, now| engine.sign_in(&worker.id, worker.pin, now))?;
        let now_here = match &signed {
            Some(Ok(view)) => view.person.as_ref().is_some_and(|one| one.id == worker.id),
            Some(Err(_)) | None => false,
        };
        if let Some(staff) = self.staff(counter) {
            staff.signing = None;
            if now_here {
                if staff.at != Some(who) {
                    staff.leave = None;
                    staff.passphrase_until_ms = 0;
                }
                staff.at = Some(who);
            }
        }
        match signed {
            Some(Ok(_)) if !now_here => {
                self.fault(Fault::Wrong, format!("{} signed in and is not there", worker.id));
            }
            Some(Err(error)) if !error.code.is_of_the_disk() && error.code != Code::PinSlow => {
                self.fault(
                    Fault::Wrong,
                    format!("the right PIN does not open the counter: {error}"),
                );
            }
            Some(Ok(_) | Err(_)) | None => {}
        }
        Ok(now_here)
    }

    /// Whoever serves is at the counter, or signs in now. In a shop without people everybody is.
    pub(crate) fn stands_at(&mut self, counter: usize) -> Result<bool, TortureError> {
        let Some(staff) = self.staff(counter) else {
            return Ok(true);
        };
        if staff.at.is_some() {
            return Ok(true);
        }
        let serves = staff.on_duty;
        // Somebody whose PIN must wait lets another one serve.
        for who in [serves, CASHIER, CASHIER + 1, MANAGER] {
            if self.signs_in(counter, who)? {
                if let Some(staff) = self.staff(counter) {
                    staff.on_duty = if who == MANAGER { serves } else { who };
                }
                return Ok(true);
            }
            if self
                .counters
                .get_mut(counter)
                .is_none_or(|one| one.engine().is_none())
            {
                return Ok(false);
            }
        }
        Ok(false)
    }

    /// Another person takes over, in the middle of whatever is on the screen.
    pub(crate) fn changes_over(&mut self, counter: usize) -> Result<(), TortureError> {
        let other = match self.dice.below(10) {
            0 => OWNER,
            1 | 2 => MANAGER,
            _ => CASHIER + usize::from(self.dice.happens(500)),
        };
        if self.signs_in(counter, other)? {
            self.report.act("people who took the counter over", 1);
            if let Some(staff) = self.staff(counter) {
                staff.on_duty = other;
            }
        }
        Ok(())
    }

    /// The owner comes by and gives somebody another PIN, which needs the passphrase.
    pub(crate) fn owner_comes_by(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.signs_in(counter, OWNER)? {
            return Ok(());
        }
        let Some(worker) = self
            .staff(counter)
            .and_then(|staff| staff.worker(CASHIER + 1))
            .cloned()
        else {
            return Ok(());
        };
        let mut resets = |engine: &mut Engine, now: Now| engine.reset_pin(&worker.id, worker.pin, now);
        let early = self.tries(counter, Act::People, &mut resets)?;
        if matches!(&early, Some(Err(error)) if error.code == Code::PassphraseNeeded)
            && self.gives_passphrase(counter)?
        {
            self.tries(counter, Act::People, &mut resets)?;
        }
        Ok(())
    }

    /// The owner types the passphrase. Whether it counts now.
    pub(crate) fn gives_passphrase(&mut self, counter: usize) -> Result<bool, TortureError> {
        let given = self.with_engine(counter, |engine, now| engine.give_passphrase(PASSPHRASE, now))?;
        let until_ms = self.now_ms.saturating_add(PASSPHRASE_MS);
        if matches!(given, Some(Ok(_)))
            && let Some(staff) = self.staff(counter)
        {
            staff.passphrase_until_ms = until_ms;
            return Ok(true);
        }
        Ok(false)
    }

    /// Whoever goes away for a moment locks the counter.
    pub(crate) fn locks(&mut self, counter: usize) -> Result<(), TortureError> {
        let locked = self.with_engine(counter, |engine, now| engine.lock(now))?;
        if matches!(&locked, Some(Ok(view)) if !view.locked) {
            self.fault(Fault::Wrong, "a counter that was locked is open".into());
        }
        Ok(())
    }

    /// Somebody tries a PIN that is not right, some times.
    pub(crate) fn guesses(&mut self, counter: usize) -> Result<(), TortureError> {
        let who = usize::try_from(self.dice.below(4)).unwrap_or(OWNER);
        let Some(worker) = self.staff(counter).and_then(|staff| staff.worker(who)).cloned() else {
            return Ok(());
        };
        for _ in 0..self.dice.within(1, 4) {
            let guess = format!("{:04}", 9_000 + self.dice.below(1_000));
            let guessed = self.with_engine(counter, |engine, now| engine.sign_in(&worker.id, &guess, now))?;
            self.report.act("wrong PINs", 1);
            if matches!(guessed, Some(Ok(_))) {
                self.fault(Fault::Wrong, format!("the PIN {guess} opened the counter"));
            }
        }
        Ok(())
    }
}

fn id_of(view: &DeskView, name: &str) -> String {
    view.people
        .iter()
        .find(|person| person.name == name)
        .map(|person| person.id.clone())
        .unwrap_or_default()
}

impl Counter {
    /// Whether somebody can work with it now.
    pub(crate) fn works(&mut self) -> bool {
        self.engine().is_some()
    }
}
