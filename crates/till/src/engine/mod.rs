//! The engine: a step function over the store. Events in, effects out.
//!
//! Every method takes the moment it happens at and returns only after its commit, with the effects
//! that may now be carried out. The engine has no thread, no socket and no clock, so the same code
//! runs in a shop and in a thousand simulated days.
//!
//! One file per thing the till does.

mod answers;
mod ask;
mod book;
mod cash;
mod claims;
mod clock_doubt;
mod close;
mod close_paper;
mod code;
mod counters;
mod credit;
mod customers;
mod desk;
mod drawer;
mod export;
mod from_paper;
mod gate;
mod holes;
mod judge;
mod limiter;
mod link;
mod look;
mod money_in;
mod names;
mod note;
mod open_sale;
mod own_reference;
mod pay_sale;
mod personal_data;
mod place;
mod printing;
mod proof;
mod pull;
mod refund;
mod relay;
mod report;
mod sale_of_money;
mod set_up_test;
mod settings;
mod shift;
mod shown_code;
mod staff;
mod start_push;
mod statement;
mod statement_paper;
mod tick;
mod to_till;
mod void;
mod waited;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use crate::clock::{Mono, Now};
use crate::error::TillError;
use crate::ids::IdSource;
use crate::money::MpesaAmount;
use crate::msisdn::Msisdn;
use crate::policy::Policy;
use crate::push::{self, Event, Push};
use crate::receipt_number::ReceiptNumber;
use crate::reference::{CounterChar, Incarnation};
use crate::store::person_word::{self, PersonWordRow};
use crate::store::{self, Store};
use crate::view::{DeskView, LinkView, PaymentEnded, PrinterView, RelayView, SaleView};
use desk::{Acted, Desk};
use gate::{Gate, Weather};
use limiter::Limiter;
use money_in::Evidence;
use pull::Puller;

pub use answers::{Asked, CalledBack};
pub use code::CodeInput;
pub use counters::Sharing;
pub use credit::CreditInput;
pub use customers::CustomerInput;
pub use from_paper::{PaperPaid, PaperSale};
pub use printing::{NextPrint, PrintOrder};
pub use pull::{PullPage, PullWord, Pulled, PulledRow, ToldAt};
pub use refund::{RefundInput, RefundWay};
pub use relay::{AfterRestore, C2bPaid, RelayEvent, RelayPlace, RelayWord};
pub use staff::{AUTO_LOCK_MINUTES, Recovered};
pub use start_push::{PushInput, RegularInput};
pub use statement::{MissingCode, StatementReport, StatementTaking};

/// What the driver must carry out, in this order, after the method returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Make sure that Safaricom will let us in (nothing of the push leaves), then begin sending.
    Prepare {
        /// Which push.
        push_id: String,
    },
    /// Send the push: once, never repeated by anybody.
    Send(PushOrder),
    /// Ask Safaricom about a push.
    Ask {
        /// Which push.
        push_id: String,
        /// Safaricom's id of it.
        checkout_request_id: String,
    },
    /// Read one page of Safaricom's list of payments.
    Pull(PullPage),
    /// Find out whether the internet is back.
    Probe,
    /// Ask the relay for these payments, before another counter books them.
    Claim(Vec<ReceiptNumber>),
    /// Tell the screens.
    Announce(Announcement),
}

/// What goes to Safaricom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushOrder {
    /// Our id.
    pub push_id: String,
    /// Who is asked.
    pub msisdn: Msisdn,
    /// For how much.
    pub amount: MpesaAmount,
    /// What the customer reads.
    pub reference: String,
    /// Where Safaricom is to call back: a path that names the push and cannot be guessed.
    pub callback_path: String,
}

/// What the screens are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announcement {
    /// A sale changed.
    SaleChanged(Box<SaleView>),
    /// A payment ended.
    PaymentEnded(Box<PaymentEnded>),
    /// The connection changed.
    LinkChanged(LinkView),
    /// Something on the roll changed that is no sale.
    RollChanged,
    /// Somebody else is at the counter, or nobody.
    DeskChanged(Box<DeskView>),
    /// The printer took something, or did not.
    PrinterChanged(PrinterView),
}

/// What the engine must know about this counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The counter's letter in references.
    pub letter: CounterChar,
    /// The incarnation in references: another one after a restore or a move.
    pub incarnation: Incarnation,
    /// Can prompts be sent (are there keys)?
    pub connected: bool,
    /// Is Pull Transactions switched on for this short code?
    pub pull: bool,
    /// Do other counters take payments on this short code?
    pub sharing: Sharing,
    /// The numbers that customers of this shop pay to; empty when none is known.
    pub numbers: Vec<String>,
}

/// A push the engine keeps an eye on, with its timing on the waiting clock.
#[derive(Debug, Clone)]
struct Watch {
    push: Push,
    next_ask_at: Mono,
    asking: bool,
    urgent: bool,
    /// Questions in a row that got no answer.
    silences: u32,
    /// The screens know that the customer may be asked now.
    question_told: bool,
}

/// When a push was told to be paid, by Safaricom's clock and no earlier than that; `None` when the PC's clock
/// was set since it was sent, or Safaricom's is not known: then nothing is certain.
fn told_paid_at(push: &Push, now: Now) -> Option<DateTime<Utc>> {
    let waited_ms = i64::try_from(push.waited_ms(now.mono)).ok()?;
    let by_wall_ms = (now.utc - push.sent_at?).num_milliseconds();
    let unset = by_wall_ms.abs_diff(waited_ms) < 2_000;
    // Safaricom prints whole seconds, and its clock is known to a second.
    let slack = TimeDelta::seconds(3);
    (unset && push.skew_ms.is_some())
        .then(|| push.sent_at_safaricom() + TimeDelta::milliseconds(by_wall_ms) + slack)
}

/// What is written in the same transaction as an event.
#[derive(Debug, Clone, Copy, Default)]
struct Beside<'a> {
    /// The payment that a witness told of: it enters by the one door.
    evidence: Option<&'a Evidence>,
    /// What a person said.
    word: Option<&'a PersonWordRow>,
    /// That a person was allowed to do it.
    acted: Option<&'a Acted>,
}

impl Watch {
    fn new(push: Push, now: Now) -> Self {
        Self {
            push,
            next_ask_at: now.mono,
            asking: false,
            urgent: false,
            silences: 0,
            question_told: false,
        }
    }
}

/// The till's one mind.
#[derive(Debug)]
pub struct Engine {
    store: Store,
    policy: Policy,
    counter: Counter,
    ids: IdSource,
    watches: BTreeMap<String, Watch>,
    limiter: Limiter,
    gate: Gate,
    weather: Weather,
    puller: Puller,
    /// The PC's clock minus Safaricom's at the last tick, milliseconds.
    skew_ms: Option<i64>,
    /// The book's newest row, when the PC's clock is behind it.
    clock_behind: Option<DateTime<Utc>>,
    counter_sale: Option<String>,
    /// Sales that wait for a payment to the till.
    till_waiters: BTreeSet<String>,
    /// When a sale last began to wait for the till, or a code was typed.
    till_waited_since: Option<Mono>,
    /// Tenders with a typed code that M-PESA has not confirmed.
    codes: BTreeSet<String>,
    /// Answers that a full or broken disk refused; they are tried again at every tick.
    unwritten: VecDeque<(String, Event, Option<Evidence>)>,
    /// When Safaricom was asked for nothing but its clock.
    clock_asked_at: Option<Mono>,
    /// The relay as it was last seen.
    relay: Option<RelayView>,
    /// Payments of which the relay has said in this run whether another counter has them.
    looked_up: BTreeSet<ReceiptNumber>,
    /// When a tick last failed: the next waits a little.
    refused_at: Option<Mono>,
    last_tick: Now,
    /// When somebody last did something at the counter, as of the tick before it.
    used_at: Option<Mono>,

    /// The day whose payers' names are kept.
    names_of: Option<NaiveDate>,
    desk: Desk,
    /// When the sale was made that is being written in from paper.
    paper_at: Option<DateTime<Utc>>,
    /// What keeps the printer from printing, as it was last seen.
    printer_trouble: Option<receipts::Trouble>,
}

impl Engine {
    /// Takes up the book where it was left: what was only intended was never sent, what was being
    /// sent is unknown, and every open push gets a fresh deadline.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn open(
        mut store: Store,
        policy: Policy,
        counter: Counter,
        ids: IdSource,
        now: Now,
    ) -> Result<Self, TillError> {
        let desk = Desk::open(&mut store, now)?;
        let mut alive = store::push::alive(store.read())?;
        let reach = TimeDelta::milliseconds(i64::try_from(policy.reach_ms).unwrap_or(0));
        let over = store::push::over_without_receipt(store.read(), now.utc - reach)?;
        alive.extend(over.into_iter().filter(Push::lacks_receipt));
        let counter_sale = store::draft::get(store.read())?.and_then(|draft| draft.sale_id);
        let puller = Puller::new(counter.pull, Self::stored_zone(&store)?);
        let mut engine = Self {
            store,
            policy,
            counter,
            ids,
            watches: BTreeMap::new(),
            limiter: Limiter::new(&policy),
            gate: Gate::default(),
            weather: Weather::default(),
            puller,
            skew_ms: None,
            clock_behind: None,
            counter_sale,
            till_waiters: BTreeSet::new(),
            till_waited_since: None,
            codes: BTreeSet::new(),
            unwritten: VecDeque::new(),
            clock_asked_at: None,
            relay: None,
            looked_up: BTreeSet::new(),
            refused_at: None,
            last_tick: now,
            used_at: None,
            names_of: None,
            desk,
            paper_at: None,
            printer_trouble: None,
        };
        engine.recall_what_is_awaited(now)?;
        engine.doubt_clock(now)?;
        for push in alive {
            let id = push.id.clone();
            engine.watches.insert(id.clone(), Watch::new(push, now));
            engine.apply(&id, Event::Restarted, now)?;
        }
        // The screens ask when they are ready; nothing is to be carried out but to tell them.
        engine.book_what_was_won(now)?;
        Ok(engine)
    }

    /// For reading the book beside the engine's own questions.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Lets go of the book: whoever opens another engine over it sees what was committed, and nothing else.
    #[must_use]
    pub fn into_store(self) -> Store {
        self.store
    }

    /// The numbers in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Keys or Pull came or went.
    pub fn set_line(&mut self, connected: bool, pull: bool) {
        self.counter.connected = connected;
        self.counter.pull = pull;
        self.puller.set_on(pull);
    }

    /// The PC's clock minus Safaricom's now: a clock that was set since the last tick is noticed at once.
    fn skew_at(&self, now: Now) -> Option<i64> {
        self.skew_ms
            .map(|skew_ms| skew_ms.saturating_add(self.clock_step_ms(now)))
    }

    /// This moment by Safaricom's clock, as far as the difference is known.
    fn safaricom_now(&self, now: Now) -> DateTime<Utc> {
        now.utc - TimeDelta::milliseconds(self.skew_at(now).unwrap_or(0))
    }

    /// The push as the engine knows it now: watched, or as it was written.
    fn push(&self, id: &str) -> Result<Push, TillError> {
        match self.watches.get(id) {
            Some(watch) => Ok(watch.push.clone()),
            None => store::push::get(self.store.read(), id),
        }
    }

    /// Applies one event to one push: the machine decides, one transaction writes it with its
    /// witness and its bookings, then the screens may know.
    fn apply(&mut self, push_id: &str, event: Event, now: Now) -> Result<Vec<Effect>, TillError> {
        self.apply_with(push_id, event, Beside::default(), now)
    }

    /// As [`Self::apply`], with what belongs into the same transaction.
    fn apply_with(
        &mut self,
        push_id: &str,
        event: Event,
        beside: Beside<'_>,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let before = self.push(push_id)?;
        let mut after = before.clone();
        if event == Event::SendBegun {
            after.skew_ms = self.skew_at(now);
        }
        let told = note::of(&event);
        let machine_effects = push::step(&mut after, event, now, &self.policy);
        if after.lacks_receipt() && !before.lacks_receipt() {
            after.paid_until = told_paid_at(&after, now);
        }
        let changed = after.state != before.state
            || after.receipt != before.receipt
            || after.checkout_request_id != before.checkout_request_id;
        if changed || !machine_effects.is_empty() {
            let ids = &mut self.ids;
            self.store.write(|tx| {
                if let Some(word) = beside.word {
                    person_word::insert(tx, word)?;
                }
                if let Some(acted) = beside.acted {
                    acted.write(tx, ids)?;
                }
                store::push::update(tx, &after)?;
                if let Some(told) = &told {
                    note::write(tx, told, &after, now)?;
                }
                book::carry_out(tx, ids, &machine_effects, &after, beside.evidence, now)
            })?;
        }
        let mut effects = Vec::new();
        if after.state != before.state {
            effects.extend(self.watch_weather(&after, now));
        }
        self.keep(after, now);
        if machine_effects.contains(&push::Effect::AskTwins) {
            self.ask_twins(push_id, now);
        }
        if changed || !machine_effects.is_empty() {
            if self.till_waiters.contains(&before.sale_id) {
                self.recall_waiter(&before.sale_id)?;
            }
            effects.extend(self.announce(&before.sale_id, now)?);
        }
        for effect in machine_effects {
            if let push::Effect::Tell(outcome) = effect {
                effects.push(self.tell(push_id, &before.sale_id, outcome, now)?);
            }
        }
        Ok(effects)
    }

    fn tell(
        &self,
        push_id: &str,
        sale_id: &str,
        outcome: crate::view::Outcome,
        now: Now,
    ) -> Result<Effect, TillError> {
        let ended = PaymentEnded {
            sale: self.sale(sale_id, now)?,
            push_id: push_id.to_owned(),
            outcome,
        };
        Ok(Effect::Announce(Announcement::PaymentEnded(Box::new(ended))))
    }

    /// As [`Self::apply`], for answers from outside: what the disk refuses is kept and written later,
    /// because nobody will say it a second time.
    fn apply_kept(
        &mut self,
        push_id: &str,
        event: Event,
        evidence: Option<&Evidence>,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let beside = Beside {
            evidence,
            ..Beside::default()
        };
        let result = self.apply_with(push_id, event.clone(), beside, now);
        if result.as_ref().is_err_and(|error| error.code.is_of_the_disk()) {
            self.unwritten
                .push_back((push_id.to_owned(), event, evidence.cloned()));
        }
        result
    }

    fn keep(&mut self, push: Push, now: Now) {
        if push.state.watched() || push.state.blocks() || push.lacks_receipt() {
            let id = push.id.clone();
            match self.watches.get_mut(&id) {
                Some(watch) => {
                    watch.question_told &= watch.push.state == push.state;
                    watch.push = push;
                }
                None => {
                    self.watches.insert(id, Watch::new(push, now));
                }
            }
        } else {
            self.watches.remove(&push.id);
        }
    }

    fn announce(&self, sale_id: &str, now: Now) -> Result<Vec<Effect>, TillError> {
        let sale = self.sale(sale_id, now)?;
        Ok(vec![Effect::Announce(Announcement::SaleChanged(Box::new(sale)))])
    }
}
