//! Time passed: deadlines, clock steps, questions that are due, answers the disk had refused.

use super::{Effect, Engine};
use crate::clock::{Mono, Now};
use crate::error::TillError;
use crate::push::Event;

/// How soon a refused write is tried again.
const REWRITE_AFTER_MS: u64 = 2_000;

impl Engine {
    /// To be called whenever [`Self::next_wake`] has come; calling it more often does no harm.
    ///
    /// # Errors
    /// The disk's trouble. Nothing is forgotten: the next tick tries again.
    pub fn tick(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = self.write_kept(now)?;
        if self.clock_stepped(now) {
            for id in self.watched_ids() {
                effects.extend(self.apply(&id, Event::ClockStepped, now)?);
            }
        }
        self.last_tick = now;
        for id in self.watched_ids() {
            effects.extend(self.apply(&id, Event::Ticked, now)?);
        }
        effects.extend(self.tell_questions(now)?);
        effects.extend(self.next_question(now));
        Ok(effects)
    }

    /// When the engine wants to be ticked next; `None` when nothing is open.
    #[must_use]
    pub fn next_wake(&self, now: Now) -> Option<Mono> {
        let deadline = self
            .watches
            .values()
            .filter(|watch| watch.push.state.blocks() && !watch.question_told)
            .map(|watch| watch.push.waiting_since.plus_ms(self.policy.deadline_ms))
            .filter(|at| *at > now.mono);
        let rewrite = (!self.unwritten.is_empty()).then(|| now.mono.plus_ms(REWRITE_AFTER_MS));
        deadline.chain(self.next_question_at()).chain(rewrite).min()
    }

    /// Somebody (or a dead battery) set the wall clock since the last tick.
    fn clock_stepped(&self, now: Now) -> bool {
        let wall_ms = (now.utc - self.last_tick.utc).num_milliseconds();
        let waited_ms = i64::try_from(now.mono.since_ms(self.last_tick.mono)).unwrap_or(i64::MAX);
        wall_ms.abs_diff(waited_ms) >= self.policy.clock_step_ms
    }

    /// From now on the customer may be asked about these: the screens must know, though nothing happened
    /// but time.
    fn tell_questions(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut sales = Vec::new();
        for watch in self.watches.values_mut() {
            if !watch.question_told && watch.push.may_ask_customer(now.mono, &self.policy) {
                watch.question_told = true;
                sales.push(watch.push.sale_id.clone());
            }
        }
        let mut effects = Vec::new();
        for sale_id in sales {
            effects.extend(self.announce(&sale_id, now)?);
        }
        Ok(effects)
    }

    fn watched_ids(&self) -> Vec<String> {
        self.watches.keys().cloned().collect()
    }

    fn write_kept(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        while let Some((push_id, event)) = self.unwritten.front().cloned() {
            effects.extend(self.apply(&push_id, event, now)?);
            self.unwritten.pop_front();
        }
        Ok(effects)
    }
}
