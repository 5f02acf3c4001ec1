//! The connection as last heard, and what may leave because of it: background traffic stops while there is
//! no internet, is counted, and resumes at once.

use std::collections::VecDeque;

use crate::clock::Mono;
use crate::policy::Policy;

const HOUR_MS: u64 = 3_600_000;

/// One gate for everything that nobody at the counter waits for.
#[derive(Debug, Clone, Default)]
pub(super) struct Gate {
    online: Option<bool>,
    failures: u32,
    probe_at: Mono,
    hour_began: Mono,
    used_this_hour: u32,
}

impl Gate {
    /// As last heard; `None` before anything was sent.
    pub(super) const fn online(&self) -> Option<bool> {
        self.online
    }

    /// Something was tried. Returns whether the state changed.
    pub(super) fn heard(&mut self, online: bool, now: Mono, policy: &Policy) -> bool {
        let changed = self.online != Some(online);
        self.online = Some(online);
        if online {
            self.failures = 0;
        } else {
            self.probe_at = now.plus_ms(doubled(policy.offline_probe_ms, self.failures));
            self.failures = self.failures.saturating_add(1);
        }
        changed
    }

    /// From when a request that nobody waits for may leave.
    pub(super) fn open_at(&self, now: Mono, policy: &Policy) -> Mono {
        let network = match self.online {
            Some(false) => self.probe_at,
            Some(true) | None => Mono::default(),
        };
        let budget = if self.used(now) < policy.background_per_hour {
            Mono::default()
        } else {
            self.hour_began.plus_ms(HOUR_MS)
        };
        network.max(budget)
    }

    /// From when a request that somebody waits for may leave: the budget does not hold it.
    pub(super) fn open_for_counter_at(&self) -> Mono {
        match self.online {
            Some(false) => self.probe_at,
            Some(true) | None => Mono::default(),
        }
    }

    /// When to find out whether the internet is back, if it is away.
    pub(super) fn probe_at(&self) -> Option<Mono> {
        (self.online == Some(false)).then_some(self.probe_at)
    }

    /// A probe leaves; the next waits for its end.
    pub(super) fn probing(&mut self, now: Mono, policy: &Policy) {
        self.probe_at = now.plus_ms(policy.offline_probe_ms.1);
    }

    /// Counts a request that nobody waits for.
    pub(super) fn spend(&mut self, now: Mono) {
        if now.since_ms(self.hour_began) >= HOUR_MS {
            self.hour_began = now;
            self.used_this_hour = 0;
        }
        self.used_this_hour = self.used_this_hour.saturating_add(1);
    }

    fn used(&self, now: Mono) -> u32 {
        if now.since_ms(self.hour_began) >= HOUR_MS {
            0
        } else {
            self.used_this_hour
        }
    }
}

/// The first pause, doubled for each failure, up to the longest.
pub(super) fn doubled((first_ms, longest_ms): (u64, u64), failures: u32) -> u64 {
    first_ms
        .saturating_mul(1_u64.checked_shl(failures.min(32)).unwrap_or(u64::MAX))
        .min(longest_ms)
}

/// How the last prompts went: many without an answer from the phone mean that prompts are slow today.
#[derive(Debug, Clone, Default)]
pub(super) struct Weather {
    last: VecDeque<(Mono, String, bool)>,
}

impl Weather {
    /// A prompt was answered by its customer, or was not; a later word about the same prompt replaces the
    /// earlier one. Returns whether the forecast changed.
    pub(super) fn saw(&mut self, push_id: &str, answered: bool, now: Mono, policy: &Policy) -> bool {
        let before = self.slow(now, policy);
        self.last.retain(|(_, other, _)| other != push_id);
        self.last.push_back((now, push_id.to_owned(), answered));
        while self.last.len() > policy.slow_prompts.1 {
            self.last.pop_front();
        }
        before != self.slow(now, policy)
    }

    /// Are prompts slow?
    pub(super) fn slow(&self, now: Mono, policy: &Policy) -> bool {
        let unanswered = self
            .last
            .iter()
            .filter(|(at, _, answered)| !answered && now.since_ms(*at) < policy.slow_memory_ms)
            .count();
        unanswered >= policy.slow_prompts.0
    }

    /// When a slow spell is forgotten, if there is one.
    pub(super) fn clears_at(&self, now: Mono, policy: &Policy) -> Option<Mono> {
        self.slow(now, policy)
            .then(|| {
                self.last
                    .iter()
                    .filter(|(_, _, answered)| !answered)
                    .map(|(at, _, _)| at.plus_ms(policy.slow_memory_ms))
                    .filter(|at| *at > now)
                    .min()
            })
            .flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offline_holds_traffic_back_and_online_lets_it_go_at_once() {
        let policy = Policy::live();
        let mut gate = Gate::default();
        assert_eq!(gate.open_at(Mono(0), &policy), Mono(0), "nothing was heard: try");
        gate.heard(false, Mono(0), &policy);
        assert_eq!(
            gate.open_at(Mono(0), &policy),
            Mono(5_000),
            "the first probe soon"
        );
        for turn in 1..10_u64 {
            gate.heard(false, Mono(turn * 60_000), &policy);
        }
        assert_eq!(
            gate.open_at(Mono(540_000), &policy),
            Mono(600_000),
            "never longer than a minute"
        );
        assert!(gate.heard(true, Mono(550_000), &policy), "the screen hears of it");
        assert!(
            gate.open_at(Mono(550_000), &policy) <= Mono(550_000),
            "and everything goes on at once"
        );
    }

    #[test]
    fn the_budget_holds_only_what_nobody_waits_for() {
        let policy = Policy::live();
        let mut gate = Gate::default();
        for _ in 0..policy.background_per_hour {
            gate.spend(Mono(1));
        }
        assert_eq!(
            gate.open_at(Mono(2), &policy),
            Mono(HOUR_MS),
            "used up for this hour"
        );
        assert_eq!(
            gate.open_for_counter_at(),
            Mono(0),
            "a customer at the counter is not made to wait for a budget"
        );
        assert!(
            gate.open_at(Mono(HOUR_MS + 1), &policy) <= Mono(HOUR_MS + 1),
            "a new hour, a new budget"
        );
    }

    #[test]
    fn three_of_five_without_an_answer_are_slow() {
        let policy = Policy::live();
        let mut weather = Weather::default();
        for (turn, answered) in [false, true, false, true].into_iter().enumerate() {
            weather.saw(&turn.to_string(), answered, Mono(turn as u64), &policy);
        }
        assert!(!weather.slow(Mono(5), &policy), "two of four");
        assert!(
            weather.saw("e", false, Mono(5), &policy),
            "the third changes the forecast"
        );
        assert!(weather.slow(Mono(6), &policy), "three of five");
        weather.saw("f", true, Mono(7), &policy);
        assert!(
            !weather.slow(Mono(8), &policy),
            "the oldest is forgotten: two of five"
        );
        weather.saw("g", false, Mono(9), &policy);
        let clears_at = weather.clears_at(Mono(9), &policy);
        assert_eq!(clears_at, Some(Mono(2 + 900_000)), "and time clears it");
        assert!(
            !weather.slow(Mono(2 + 900_000), &policy),
            "a quarter of an hour later"
        );
    }
}
