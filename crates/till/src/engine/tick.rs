//! Time passed: deadlines, clock steps, questions that are due, answers the disk had refused.

use super::{Beside, Effect, Engine};
use crate::clock::{Mono, Now};
use crate::error::TillError;
use crate::push::{Event, Push};

/// How soon a refused write is tried again.
const REWRITE_AFTER_MS: u64 = 2_000;

impl Engine {
    /// To be called whenever [`Self::next_wake`] has come; calling it more often does no harm.
    ///
    /// # Errors
    /// The disk's trouble. Nothing is forgotten: the next tick tries again.
    pub fn tick(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let ticked = self.pass_time(now);
        self.refused_at = ticked.is_err().then_some(now.mono);
        ticked
    }

    fn pass_time(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        self.forget_names(now)?;
        let mut effects = self.write_kept(now)?;
        let step_ms = self.clock_step_ms(now);
        // Safaricom's clock did not step.
        self.skew_ms = self.skew_at(now);
        let before = std::mem::replace(&mut self.last_tick, now);
        if step_ms.unsigned_abs() >= self.policy.clock_step_ms {
            self.doubt_clock(now)?;
            effects.push(self.link_changed(now));
            for id in self.open_ids() {
                effects.extend(self.apply(&id, Event::ClockStepped, now)?);
            }
        }
        let was_slow = self.weather.slow(before.mono, &self.policy);
        for id in self.open_ids() {
            effects.extend(self.apply(&id, Event::Ticked, now)?);
        }
        effects.extend(self.lock_when_left(now)?);
        effects.extend(self.let_go_of_the_unreachable(now)?);
        effects.extend(self.tell_questions(now)?);
        if was_slow != self.weather.slow(now.mono, &self.policy) {
            effects.push(self.link_changed(now));
        }
        effects.extend(self.next_question(now));
        effects.extend(self.next_page(now));
        effects.extend(self.next_probe(now));
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
        // While the disk refuses, nothing is gained by trying at once, and a till that spins is no help.
        let rewrite = self.refused_at.map(|at| at.plus_ms(REWRITE_AFTER_MS));
        let kept = (!self.unwritten.is_empty()).then(|| now.mono.plus_ms(REWRITE_AFTER_MS));
        deadline
            .chain(self.next_question_at())
            .chain(self.next_page_at(now))
            .chain(self.gate.probe_at())
            .chain(self.weather.clears_at(now.mono, &self.policy))
            .chain(kept)
            .min()
            .max(rewrite)
    }

    /// Without internet somebody must find out that it is back, also when nothing else is to be asked; and what
    /// Safaricom's clock says, when a prompt may be beyond every witness and nothing else has asked since the start.
    fn next_probe(&mut self, now: Now) -> Vec<Effect> {
        let offline = self.gate.probe_at().is_some_and(|at| at <= now.mono);
        let wants_clock = self.gate.probe_at().is_none()
            && self.skew_ms.is_none()
            && self
                .clock_asked_at
                .is_none_or(|at| now.mono.since_ms(at) >= self.policy.offline_probe_ms.1)
            && self
                .watches
                .values()
                .any(|watch| self.seems_old(&watch.push, now));
        if !self.counter.connected || !(offline || wants_clock) {
            return Vec::new();
        }
        self.clock_asked_at = Some(now.mono);
        self.gate.probing(now.mono, &self.policy);
        vec![Effect::Probe]
    }

    /// What Safaricom's list cannot reach any more waits for a statement, not for us.
    fn let_go_of_the_unreachable(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let out: Vec<Push> = self
            .watches
            .values()
            .filter(|watch| self.out_of_reach(&watch.push, now))
            .map(|watch| watch.push.clone())
            .collect();
        let mut effects = Vec::new();
        for push in out {
            if push.lacks_receipt() {
                self.watches.remove(&push.id);
            } else {
                effects.extend(self.apply(&push.id, Event::OutOfReach, now)?);
            }
        }
        Ok(effects)
    }

    /// By how much somebody (or a dead battery) set the wall clock since the last tick.
    pub(super) fn clock_step_ms(&self, now: Now) -> i64 {
        let wall_ms = (now.utc - self.last_tick.utc).num_milliseconds();
        let waited_ms = i64::try_from(now.mono.since_ms(self.last_tick.mono)).unwrap_or(i64::MAX);
        wall_ms.saturating_sub(waited_ms)
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

    /// Pushes to which time can do something.
    fn open_ids(&self) -> Vec<String> {
        self.watches
            .values()
            .filter(|watch| watch.push.state.watched() || watch.push.state.blocks())
            .map(|watch| watch.push.id.clone())
            .collect()
    }

    fn write_kept(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        while let Some((push_id, event, evidence)) = self.unwritten.front().cloned() {
            let beside = Beside {
                evidence: evidence.as_ref(),
                ..Beside::default()
            };
            effects.extend(self.apply_with(&push_id, event, beside, now)?);
            self.unwritten.pop_front();
        }
        Ok(effects)
    }
}
