//! What a counter's driver does: effects out, answers back, and time.

use till::driver::Daraja as _;
use till::engine::Effect;
use till::push::{Answer, QueryWord, Reason};
use till::{Code, TillError};

use crate::TortureError;
use crate::counter::{Counter, ready};
use crate::day::{CLOSES_MS, Day};
use crate::event::{Back, Carry, Event};
use crate::line::lock;
use crate::report::Fault;

impl Day {
    /// Hands work to a counter's engine and carries its effects out, as the driver's thread does. `None`:
    /// the counter is off, or its power went in the middle of it.
    pub(crate) fn with_engine<T>(
        &mut self,
        counter: usize,
        work: impl FnOnce(&mut till::engine::Engine, till::Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<Option<Result<T, TillError>>, TortureError> {
        let now_ms = self.now_ms;
        let Some(one) = self.counters.get_mut(counter) else {
            return Ok(None);
        };
        let now = one.now(now_ms);
        let Some(engine) = one.engine() else {
            return Ok(None);
        };
        let result = work(engine, now);
        if one.power.is_gone() {
            self.power_went(counter)?;
            return Ok(None);
        }
        let result = match result {
            Ok((value, effects)) => {
                self.carry_out(counter, effects)?;
                Ok(value)
            }
            Err(error) => Err(error),
        };
        self.wake(counter);
        Ok(Some(result))
    }

    /// As [`Self::with_engine`], for what comes from outside: trouble of the disk is the engine's to mend.
    pub(crate) fn tell_engine(
        &mut self,
        counter: usize,
        work: impl FnOnce(&mut till::engine::Engine, till::Now) -> Result<Vec<Effect>, TillError>,
    ) -> Result<(), TortureError> {
        let told = self.with_engine(counter, |engine, now| Ok(((), work(engine, now)?)))?;
        match told {
            Some(Err(error)) if !error.code.is_of_the_disk() && error.code != Code::NotFound => {
                self.fault(Fault::Wrong, format!("the engine stumbled: {error}"));
            }
            Some(_) | None => {}
        }
        Ok(())
    }

    pub(crate) fn carry_out(&mut self, counter: usize, effects: Vec<Effect>) -> Result<(), TortureError> {
        let life = self.counters.get(counter).map_or(0, |one| one.life);
        for effect in effects {
            let carry = match effect {
                Effect::Announce(announcement) => {
                    self.announced(counter, announcement)?;
                    continue;
                }
                Effect::Prepare { push_id } => Carry::Prepare(push_id),
                Effect::Send(order) => {
                    if let Some(book) = self.counters.get(counter).and_then(Counter::book) {
                        self.auditor
                            .sends(&self.outside, book, &order, &mut self.report)?;
                    }
                    // The power may go between the commit and the wire.
                    if self.dice.happens(2) {
                        self.report.mishap("power gone before a send");
                        self.power_went(counter)?;
                        return Ok(());
                    }
                    Carry::Send(order)
                }
                Effect::Ask {
                    push_id,
                    checkout_request_id,
                } => Carry::Ask(push_id, checkout_request_id),
                Effect::Pull(page) => Carry::Pull(page),
                Effect::Probe => Carry::Probe,
                Effect::Claim(receipts) => Carry::Claim(receipts),
            };
            let at_ms = self.now_ms.saturating_add(self.dice.within(1, 30));
            self.heap.push(at_ms, Event::Leaves(counter, life, carry));
        }
        Ok(())
    }

    pub(crate) fn leaves(&mut self, counter: usize, life: u32, carry: Carry) -> Result<(), TortureError> {
        let Some(one) = self.counters.get(counter).filter(|one| one.life == life) else {
            return Ok(());
        };
        if one.book().is_none() || one.power.is_gone() {
            return Ok(());
        }
        let back = match carry {
            Carry::Prepare(push_id) => Back::Prepared(push_id, ready(one.port.prepare())?),
            Carry::Send(order) => {
                let push_id = order.push_id.clone();
                Back::Sent(push_id, ready(one.port.push(order))?)
            }
            Carry::Ask(push_id, id) => Back::Asked(push_id, ready(one.port.ask(id))?),
            Carry::Pull(page) => Back::Pulled(page, ready(one.port.pull(page))?),
            Carry::Probe => Back::Probed(ready(one.port.probe())?),
            Carry::Claim(receipts) => return self.asks_for(counter, &receipts),
        };
        let skew_s = one.port.skew_s();
        self.tell(counter, || format!("{back:?}"));
        let took_ms = i64::try_from(lock(&self.outside).took_ms).unwrap_or(0);
        let at_ms = self.now_ms.saturating_add(took_ms);
        if let Some(known) = self.skews.get_mut(counter)
            && *known != skew_s
        {
            *known = skew_s;
            if let Some(skew_s) = skew_s {
                self.heap
                    .push(at_ms, Event::Back(counter, life, Box::new(Back::Skew(skew_s))));
            }
        }
        self.heap.push(at_ms, Event::Back(counter, life, Box::new(back)));
        Ok(())
    }

    pub(crate) fn back(&mut self, counter: usize, life: u32, back: Back) -> Result<(), TortureError> {
        if self.counters.get(counter).is_none_or(|one| one.life != life) {
            return Ok(());
        }
        match back {
            Back::Prepared(push_id, Ok(())) => self.tell_engine(counter, |engine, now| {
                engine
                    .begin_sending(&push_id, now)
                    .or_else(|_| engine.push_answered(&push_id, Answer::NotSent(Reason::StoppedBefore), now))
            }),
            Back::Prepared(push_id, Err(reason)) => self.tell_engine(counter, |engine, now| {
                engine.push_answered(&push_id, Answer::NotSent(reason), now)
            }),
            Back::Sent(push_id, answer) => {
                if matches!(answer, Answer::Unknown(_)) {
                    self.report.unknowns += 1;
                }
                self.tell_engine(counter, |engine, now| engine.push_answered(&push_id, answer, now))
            }
            Back::Asked(push_id, asked) => {
                if asked.word == QueryWord::NoAnswer {
                    self.report.mishap("question without an answer");
                }
                self.tell_engine(counter, |engine, now| engine.query_answered(&push_id, asked, now))
            }
            Back::Pulled(page, pulled) => {
                self.tell_engine(counter, |engine, now| engine.pulled(page, pulled, now))
            }
            Back::Probed(online) => self.tell_engine(counter, |engine, now| Ok(engine.probed(online, now))),
            Back::Claimed(answers) => {
                self.tell(counter, || format!("the relay says who has what: {answers:?}"));
                self.tell_engine(counter, |engine, now| engine.claims_answered(&answers, now))
            }
            Back::Skew(skew_s) => self.tell_engine(counter, |engine, now| Ok(engine.skew_heard(skew_s, now))),
        }
    }

    /// The driver of a counter that starts knows no difference of clocks.
    pub(crate) fn forget_skew(&mut self, counter: usize) {
        if let Some(skew) = self.skews.get_mut(counter) {
            *skew = None;
        }
    }

    pub(crate) fn tick(&mut self, counter: usize) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        match self.counters.get_mut(counter) {
            // An earlier wake took its place.
            Some(one) if one.wake_ms > now_ms => return Ok(()),
            Some(one) => one.wake_ms = i64::MAX,
            None => return Ok(()),
        }
        self.tell_engine(counter, |engine, now| engine.tick(now))
    }

    /// Puts the next wish of a counter's engine to be ticked on the heap.
    pub(crate) fn wake(&mut self, counter: usize) {
        let now_ms = self.now_ms;
        let Some(one) = self.counters.get_mut(counter) else {
            return;
        };
        let now = one.now(now_ms);
        let Some(engine) = one.engine() else { return };
        // Without anything open the driver still looks at the clock.
        let idle_ms = if now_ms < CLOSES_MS { 20_000 } else { 600_000 };
        let wait_ms = engine.next_wake(now).map_or(idle_ms, |at| {
            i64::try_from(at.since_ms(now.mono))
                .unwrap_or(i64::MAX)
                .min(idle_ms)
        });
        let at_ms = now_ms.saturating_add(wait_ms.max(1));
        if at_ms < one.wake_ms {
            one.wake_ms = at_ms;
            self.heap.push(at_ms, Event::Wake(counter));
        }
    }
}
