//! Whom to ask about, and when.

use super::gate::doubled;
use super::limiter::Candidate;
use super::{Effect, Engine, Watch};
use crate::clock::{Mono, Now};
use crate::error::{Code, TillError};
use crate::push::{EndKind, Firmness, State};
use crate::view::SaleView;

impl Engine {
    /// Puts one push at the head of the line: somebody wants to know now.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] when there is nothing to ask about, or the disk's trouble.
    pub fn ask_now(&mut self, push_id: &str, now: Now) -> Result<(SaleView, Vec<Effect>), TillError> {
        let push = self.push(push_id)?;
        match self
            .watches
            .get_mut(push_id)
            .filter(|watch| watch.push.checkout_request_id.is_some())
        {
            Some(watch) => watch.ask_first(now.mono),
            None => {
                return Err(TillError::new(
                    Code::NotAllowed,
                    "Safaricom cannot be asked about this prompt: it is over, or its answer was lost. Ask the customer for the M-PESA message.",
                ));
            }
        }
        let effects = self.next_question(now);
        Ok((self.sale(&push.sale_id, now)?, effects))
    }

    /// The question that may leave now, if any.
    pub(super) fn next_question(&mut self, now: Now) -> Vec<Effect> {
        if self.gate.open_for_counter_at() > now.mono {
            return Vec::new();
        }
        let budget_left = self.gate.open_at(now.mono, &self.policy) <= now.mono;
        let counter_sale = self.counter_sale.as_deref();
        let candidates: Vec<Candidate<'_>> = self
            .watches
            .values()
            .filter(|watch| watch.wants_question() && watch.next_ask_at <= now.mono)
            .filter(|watch| budget_left || watch.urgent || !watch.is_old(now.mono, self.policy.old_after_ms))
            .map(|watch| Candidate {
                push_id: &watch.push.id,
                urgent: watch.urgent,
                on_counter: counter_sale == Some(watch.push.sale_id.as_str()),
                old: watch.is_old(now.mono, self.policy.old_after_ms),
                due_at: watch.next_ask_at,
            })
            .collect();
        let Some(chosen) = self.limiter.choose(&candidates, now.mono).map(str::to_owned) else {
            return Vec::new();
        };
        let Some(watch) = self.watches.get_mut(&chosen) else {
            return Vec::new();
        };
        if watch.is_old(now.mono, self.policy.old_after_ms) && !watch.urgent {
            self.gate.spend(now.mono);
        }
        watch.asking = true;
        watch.urgent = false;
        let checkout_request_id = watch.push.checkout_request_id.clone().unwrap_or_default();
        vec![Effect::Ask {
            push_id: chosen,
            checkout_request_id,
        }]
    }

    /// When the next question could leave.
    pub(super) fn next_question_at(&self) -> Option<Mono> {
        self.watches
            .values()
            .filter(|watch| watch.wants_question())
            .map(|watch| watch.next_ask_at.max(self.limiter.next_at()))
            .map(|at| at.max(self.gate.open_for_counter_at()))
            .min()
    }

    /// After an answer: when to ask about this push again.
    pub(super) fn plan_next_question(&mut self, push_id: &str, now: Now) {
        let policy = self.policy;
        let Some(watch) = self.watches.get_mut(push_id) else {
            return;
        };
        let waited_ms = watch.push.waited_ms(now.mono);
        let silence_ms = match watch.silences {
            0 => 0,
            silences => doubled(policy.no_answer_ms, silences.saturating_sub(1)),
        };
        let [young, middle, old] = policy.old_spacing_ms;
        let by_age = if waited_ms < policy.old_after_ms {
            policy.query_spacing_ms
        } else if waited_ms < 600_000 {
            young
        } else if waited_ms < 3_600_000 {
            middle
        } else {
            old
        }
        .max(silence_ms);
        watch.next_ask_at = match &watch.push.state {
            State::Failed {
                firmness:
                    Firmness::Provisional {
                        first_at,
                        kind: EndKind::Act,
                    },
                ..
            } => first_at
                .plus_ms(policy.second_opinion_ms)
                .max(now.mono.plus_ms(by_age)),
            State::Failed { .. }
            | State::Intended
            | State::Sending
            | State::Prompted
            | State::Unknown { .. }
            | State::AwaitsStatement
            | State::NotSent(_)
            | State::Refused(_)
            | State::Paid { .. } => now.mono.plus_ms(by_age),
        };
    }

    /// Result code 17, or a phone that is locked: one of its other pushes may be alive or was paid.
    pub(super) fn ask_twins(&mut self, push_id: &str, now: Now) {
        let Some(mine) = self.watches.get(push_id).map(|watch| watch.push.clone()) else {
            return;
        };
        for watch in self.watches.values_mut() {
            if watch.push.id != mine.id && watch.push.msisdn == mine.msisdn {
                watch.ask_first(now.mono);
            }
        }
    }
}

impl Watch {
    fn wants_question(&self) -> bool {
        !self.asking && self.push.state.watched() && self.push.checkout_request_id.is_some()
    }

    pub(super) fn ask_first(&mut self, now: Mono) {
        self.next_ask_at = now;
        self.urgent = true;
    }

    fn is_old(&self, now: Mono, old_after_ms: u64) -> bool {
        self.push.waited_ms(now) >= old_after_ms
    }
}
