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
mod code;
mod day;
mod limiter;
mod look;
mod note;
mod open_sale;
mod settings;
mod start_push;
mod tick;
mod to_till;
mod void;

use std::collections::{BTreeMap, VecDeque};

use crate::clock::{Mono, Now};
use crate::error::TillError;
use crate::ids::IdSource;
use crate::money::MpesaAmount;
use crate::msisdn::Msisdn;
use crate::policy::Policy;
use crate::push::{self, Event, Push};
use crate::reference::{CounterChar, Incarnation};
use crate::store::{self, Store};
use crate::view::{LinkView, PaymentEnded, SaleView};
use limiter::Limiter;

pub use answers::Asked;
pub use code::CodeInput;
pub use start_push::PushInput;

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
}

/// What the engine must know about this counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The counter's letter in references.
    pub letter: CounterChar,
    /// The incarnation character in references: raised by a restore or a move.
    pub incarnation: Incarnation,
    /// Can prompts be sent (are there keys)?
    pub connected: bool,
}

/// A push the engine keeps an eye on, with its timing on the waiting clock.
#[derive(Debug, Clone)]
struct Watch {
    push: Push,
    next_ask_at: Mono,
    asking: bool,
    urgent: bool,
    /// The screens know that the customer may be asked now.
    question_told: bool,
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
    link: LinkView,
    counter_sale: Option<String>,
    /// Answers that a full or broken disk refused; they are tried again at every tick.
    unwritten: VecDeque<(String, Event)>,
    last_tick: Now,
}

impl Engine {
    /// Takes up the book where it was left: what was only intended was never sent, what was being
    /// sent is unknown, and every open push gets a fresh deadline.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn open(
        store: Store,
        policy: Policy,
        counter: Counter,
        ids: IdSource,
        now: Now,
    ) -> Result<Self, TillError> {
        let alive = store::push::alive(store.read())?;
        let counter_sale = store::draft::get(store.read())?.and_then(|draft| draft.sale_id);
        let mut engine = Self {
            store,
            policy,
            counter,
            ids,
            watches: BTreeMap::new(),
            limiter: Limiter::new(&policy),
            link: LinkView {
                online: None,
                clock_skew_s: None,
            },
            counter_sale,
            unwritten: VecDeque::new(),
            last_tick: now,
        };
        for push in alive {
            let id = push.id.clone();
            engine.watches.insert(
                id.clone(),
                Watch {
                    push,
                    next_ask_at: now.mono,
                    asking: false,
                    urgent: false,
                    question_told: false,
                },
            );
            engine.apply(&id, Event::Restarted, now)?;
        }
        Ok(engine)
    }

    /// For reading the book beside the engine's own questions.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The numbers in force.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Keys came or went.
    pub fn set_connected(&mut self, connected: bool) {
        self.counter.connected = connected;
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
        let before = self.push(push_id)?;
        let mut after = before.clone();
        let told = note::of(&event);
        let machine_effects = push::step(&mut after, event, now, &self.policy);
        let changed = after.state != before.state
            || after.receipt != before.receipt
            || after.checkout_request_id != before.checkout_request_id;
        if changed || !machine_effects.is_empty() {
            let ids = &mut self.ids;
            self.store.write(|tx| {
                store::push::update(tx, &after)?;
                if let Some(told) = &told {
                    note::write(tx, told, &after, now)?;
                }
                book::carry_out(tx, ids, &machine_effects, &after, now)
            })?;
        }
        self.keep(after, now);
        let mut effects = Vec::new();
        if machine_effects.contains(&push::Effect::AskTwins) {
            self.ask_twins(push_id, now);
        }
        if changed || !machine_effects.is_empty() {
            effects.extend(self.announce(&before.sale_id, now)?);
        }
        for effect in machine_effects {
            if let push::Effect::Tell(outcome) = effect {
                let sale = self.sale(&before.sale_id, now)?;
                let ended = PaymentEnded {
                    sale,
                    push_id: push_id.to_owned(),
                    outcome,
                };
                effects.push(Effect::Announce(Announcement::PaymentEnded(Box::new(ended))));
            }
        }
        Ok(effects)
    }

    /// As [`Self::apply`], for answers from outside: what the disk refuses is kept and written later,
    /// because nobody will say it a second time.
    fn apply_kept(&mut self, push_id: &str, event: Event, now: Now) -> Result<Vec<Effect>, TillError> {
        let result = self.apply(push_id, event.clone(), now);
        if result.as_ref().is_err_and(|error| error.code.is_of_the_disk()) {
            self.unwritten.push_back((push_id.to_owned(), event));
        }
        result
    }

    fn keep(&mut self, push: Push, now: Now) {
        if push.state.watched() || push.state.blocks() {
            let id = push.id.clone();
            match self.watches.get_mut(&id) {
                Some(watch) => {
                    watch.question_told &= watch.push.state == push.state;
                    watch.push = push;
                }
                None => {
                    self.watches.insert(
                        id,
                        Watch {
                            push,
                            next_ask_at: now.mono,
                            asking: false,
                            urgent: false,
                            question_told: false,
                        },
                    );
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
