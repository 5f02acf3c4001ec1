//! One limiter for all questions to Safaricom, which learns from its refusals.

use crate::clock::Mono;
use crate::policy::Policy;

/// Spaces questions; after a 429 it keeps a slower pace for an hour.
#[derive(Debug, Clone)]
pub(super) struct Limiter {
    spacing_ms: u64,
    spacing_slow_ms: u64,
    slow_for_ms: u64,
    old_share: u32,
    next_at: Mono,
    slow_until: Mono,
    turn: u32,
}

/// A push that would like to be asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate<'a> {
    pub push_id: &'a str,
    /// Somebody asked just now, or a twin's result made it matter.
    pub urgent: bool,
    /// Its sale is on the counter, with a customer waiting.
    pub on_counter: bool,
    /// Unknown for so long that nobody waits for it.
    pub old: bool,
    /// When it was made, for "the newest first".
    pub created_ms: i64,
}

impl Limiter {
    pub(super) fn new(policy: &Policy) -> Self {
        Self {
            spacing_ms: policy.query_spacing_ms,
            spacing_slow_ms: policy.query_spacing_slow_ms,
            slow_for_ms: policy.slow_for_ms,
            old_share: policy.old_unknown_share,
            next_at: Mono::default(),
            slow_until: Mono::default(),
            turn: 0,
        }
    }

    /// From when the next question may leave.
    pub(super) fn next_at(&self) -> Mono {
        self.next_at
    }

    /// Whose turn it is now, if the pace allows one.
    pub(super) fn choose<'a>(&mut self, candidates: &[Candidate<'a>], now: Mono) -> Option<&'a str> {
        if now < self.next_at {
            return None;
        }
        let old_turn = self.turn % self.old_share == self.old_share.saturating_sub(1);
        let rank = |candidate: &Candidate<'_>| {
            let last = candidate.old && !old_turn;
            let first = candidate.on_counter && !candidate.old || candidate.old && old_turn;
            (!candidate.urgent, last, !first, -candidate.created_ms)
        };
        let chosen = candidates.iter().min_by_key(|candidate| rank(candidate))?;
        self.turn = self.turn.wrapping_add(1);
        let spacing = if now < self.slow_until {
            self.spacing_slow_ms
        } else {
            self.spacing_ms
        };
        self.next_at = now.plus_ms(spacing);
        Some(chosen.push_id)
    }

    /// Safaricom said: too many.
    pub(super) fn slow_down(&mut self, now: Mono) {
        self.slow_until = now.plus_ms(self.slow_for_ms);
        self.next_at = self.next_at.max(now.plus_ms(self.spacing_slow_ms));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(push_id: &str, on_counter: bool, old: bool, created_ms: i64) -> Candidate<'_> {
        Candidate {
            push_id,
            urgent: false,
            on_counter,
            old,
            created_ms,
        }
    }

    #[test]
    fn the_counter_first_then_the_newest() {
        let mut limiter = Limiter::new(&Policy::live());
        let all = [
            candidate("a", false, false, 3),
            candidate("b", true, false, 1),
            candidate("c", false, false, 2),
        ];
        assert_eq!(
            limiter.choose(&all, Mono(0)),
            Some("b"),
            "a customer stands at the counter"
        );
        assert_eq!(
            limiter.choose(&all, Mono(5_999)),
            None,
            "one question in six seconds"
        );
        assert_eq!(
            limiter.choose(&[all[0], all[2]], Mono(6_000)),
            Some("a"),
            "then the newest"
        );
    }

    #[test]
    fn old_unknowns_get_one_question_in_five() {
        let mut limiter = Limiter::new(&Policy::live());
        let all = [
            candidate("old", false, true, 1),
            candidate("new", false, false, 2),
        ];
        let turns: Vec<_> = (0..10_u64)
            .filter_map(|turn| limiter.choose(&all, Mono(turn * 6_000)))
            .collect();
        assert_eq!(
            turns.iter().filter(|id| **id == "old").count(),
            2,
            "two of ten: {turns:?}"
        );
    }

    #[test]
    fn a_refusal_slows_all_questions_for_an_hour() {
        let mut limiter = Limiter::new(&Policy::live());
        let all = [candidate("a", false, false, 1)];
        assert!(limiter.choose(&all, Mono(0)).is_some(), "the first may go");
        limiter.slow_down(Mono(100));
        assert_eq!(
            limiter.choose(&all, Mono(6_000)),
            None,
            "six seconds were too fast"
        );
        assert!(limiter.choose(&all, Mono(12_100)).is_some(), "twelve are not");
        assert_eq!(limiter.choose(&all, Mono(18_200)), None, "and the pace is kept");
        assert!(limiter.choose(&all, Mono(3_700_000)).is_some(), "for an hour");
        assert!(
            limiter.choose(&all, Mono(3_706_000)).is_some(),
            "then the usual pace returns"
        );
    }
}
