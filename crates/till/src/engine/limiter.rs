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
    /// Since when its next question is due.
    pub due_at: Mono,
}

/// A question that has been due for so many turns goes before the counter's: with several prompts out, the
/// customers who left the counter are still waiting for their *Paid*.
const TURNS_OF_PATIENCE: u64 = 3;

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
        let patient_ms = self.spacing_ms.saturating_mul(TURNS_OF_PATIENCE);
        let rank = |candidate: &Candidate<'_>| {
            let last = candidate.old && !old_turn;
            let their_turn = candidate.old && old_turn;
            let patient = now.since_ms(candidate.due_at) < patient_ms;
            (
                !candidate.urgent,
                last,
                !their_turn,
                patient,
                !candidate.on_counter,
                candidate.due_at,
            )
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

    fn candidate(push_id: &str, on_counter: bool, old: bool, due_ms: u64) -> Candidate<'_> {
        Candidate {
            push_id,
            urgent: false,
            on_counter,
            old,
            due_at: Mono(due_ms),
        }
    }

    #[test]
    fn the_counter_first_then_who_waits_longest() {
        let mut limiter = Limiter::new(&Policy::live());
        let all = [
            candidate("a", false, false, 1),
            candidate("b", true, false, 3),
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
            "then the one that waits longest"
        );
    }

    #[test]
    fn nobody_is_forgotten_beside_a_busy_counter() {
        let mut limiter = Limiter::new(&Policy::live());
        let mut due = [0_u64; 4];
        let mut asked = [0; 4];
        for turn in 0..25_u64 {
            let now = turn * 6_000;
            let all: Vec<_> = ["counter", "b", "c", "d"]
                .iter()
                .enumerate()
                .filter(|(n, _)| due[*n] <= now)
                .map(|(n, id)| candidate(id, n == 0, false, due[n]))
                .collect();
            if let Some(id) = limiter.choose(&all, Mono(now)) {
                let n = ["counter", "b", "c", "d"]
                    .iter()
                    .position(|other| *other == id)
                    .unwrap_or(0);
                asked[n] += 1;
                due[n] = now + 6_300;
            }
        }
        assert!(
            asked.iter().all(|times| *times >= 4),
            "in 150 s each of four prompts is asked about: {asked:?}"
        );
        assert!(
            asked[0] >= asked[1],
            "and the counter's not less than others: {asked:?}"
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
