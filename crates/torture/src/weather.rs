//! The mishaps of a day: what Safaricom, the network, the disk and the clocks do.

use daraja_sim::world::{Endpoint, Faults, InFlight, Percent, PullZone};

use crate::dice::Dice;

/// One thing that begins, or ends, at a moment.
#[derive(Debug, Clone)]
pub(crate) enum Mishap {
    /// Safaricom behaves like this from now on.
    Safaricom(Box<Faults>),
    /// The internet is gone, or back.
    Cut(bool),
    /// So many requests and answers in a thousand are lost.
    Loses(u64, u64),
    /// A counter's disk is full, or has room again.
    DiskFull(usize, bool),
    /// A counter's clock is set to this much ahead of the truth, milliseconds.
    Clock(usize, i64),
    /// A counter's power goes at its so-manyth commit from now, before or after it.
    PowerAtCommit(usize, u64, bool),
    /// A counter's power goes now.
    Power(usize),
    /// The relay is in trouble, or out of it.
    Relay(RelayTrouble),
    /// Somebody posts to the relay what never happened.
    Forged,
}

/// What a relay does that it should not.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RelayTrouble {
    /// It takes nothing and answers nobody, or does again.
    Down(bool),
    /// What it hands out comes so much later, milliseconds.
    Slow(i64),
    /// It is flooded, or not any more.
    Flood(bool),
    /// Its owner copies it.
    BackUp,
    /// Its owner puts that copy back.
    Restore,
    /// It keeps its newest so many events only.
    Drops(usize),
}

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long the query may name a failure for a payment: shorter than the second opinion waits, because a
/// query that lies for ever cannot be told from the truth.
const LIES_MS: u64 = 12_000;

/// All of a day's mishaps, with the minute they begin at.
pub(crate) fn plan(
    dice: &mut Dice,
    from_ms: i64,
    to_ms: i64,
    counters: usize,
    relay: bool,
) -> Vec<(i64, Mishap)> {
    let mut plan = Vec::new();
    let zone = [
        PullZone::EatMarkedZ,
        PullZone::UtcMarkedZ,
        PullZone::EatMarkedOffset,
        PullZone::EatUnmarked,
    ];
    let zone = dice.pick(&zone).copied().unwrap_or_default();
    let mut at_ms = from_ms;
    while at_ms < to_ms {
        plan.push((at_ms, Mishap::Safaricom(Box::new(faults(dice, zone)))));
        at_ms = at_ms.saturating_add(dice.within(20 * MINUTE_MS, 2 * HOUR_MS));
    }
    // After closing Safaricom is as it is on a quiet night, and Pull comes to an end.
    let night = Faults {
        pull_zone: zone,
        pull_lag_ms: 30_000,
        ..Faults::default()
    };
    plan.push((to_ms, Mishap::Safaricom(Box::new(night))));
    for _ in 0..dice.within(1, 4) {
        let begins = dice.within(from_ms, to_ms);
        plan.push((begins, Mishap::Cut(true)));
        plan.push((begins + dice.within(20_000, 15 * MINUTE_MS), Mishap::Cut(false)));
    }
    plan.push((from_ms, Mishap::Loses(3, 8)));
    for _ in 0..2 {
        let begins = dice.within(from_ms, to_ms);
        plan.push((begins, Mishap::Loses(60, 120)));
        plan.push((
            begins + dice.within(MINUTE_MS, 10 * MINUTE_MS),
            Mishap::Loses(3, 8),
        ));
    }
    for counter in 0..counters {
        of_counter(&mut plan, dice, from_ms, to_ms, counter);
    }
    if relay {
        of_relay(&mut plan, dice, from_ms, to_ms);
    }
    plan.push((to_ms, Mishap::Cut(false)));
    plan.push((to_ms, Mishap::Loses(0, 0)));
    plan
}

fn of_relay(plan: &mut Vec<(i64, Mishap)>, dice: &mut Dice, from_ms: i64, to_ms: i64) {
    let mut stretch = |dice: &mut Dice, minutes: i64, begins: RelayTrouble, ends: RelayTrouble| {
        let at_ms = dice.within(from_ms, to_ms);
        let until_ms = at_ms.saturating_add(dice.within(20_000, minutes * MINUTE_MS));
        plan.push((at_ms, Mishap::Relay(begins)));
        plan.push((until_ms.min(to_ms), Mishap::Relay(ends)));
    };
    for _ in 0..dice.within(0, 3) {
        stretch(dice, 40, RelayTrouble::Down(true), RelayTrouble::Down(false));
    }
    let slow_ms = dice.within(2_000, 120_000);
    stretch(dice, 60, RelayTrouble::Slow(slow_ms), RelayTrouble::Slow(0));
    if dice.happens(300) {
        stretch(dice, 20, RelayTrouble::Flood(true), RelayTrouble::Flood(false));
    }
    for _ in 0..dice.within(0, 30) {
        plan.push((dice.within(from_ms, to_ms), Mishap::Forged));
    }
    if dice.happens(250) {
        let copied_ms = dice.within(from_ms, to_ms);
        let back_ms = dice.within(copied_ms, (copied_ms + 2 * HOUR_MS).min(to_ms));
        plan.push((copied_ms, Mishap::Relay(RelayTrouble::BackUp)));
        plan.push((back_ms, Mishap::Relay(RelayTrouble::Restore)));
    }
    if dice.happens(300) {
        let kept = usize::try_from(dice.below(4)).unwrap_or(0);
        plan.push((
            dice.within(from_ms, to_ms),
            Mishap::Relay(RelayTrouble::Drops(kept)),
        ));
    }
}

fn of_counter(plan: &mut Vec<(i64, Mishap)>, dice: &mut Dice, from_ms: i64, to_ms: i64, counter: usize) {
    for _ in 0..dice.within(3, 9) {
        let at_ms = dice.within(from_ms, to_ms);
        let commits = dice.below(6).saturating_add(1);
        plan.push((at_ms, Mishap::PowerAtCommit(counter, commits, dice.happens(500))));
    }
    for _ in 0..dice.within(0, 3) {
        plan.push((dice.within(from_ms, to_ms), Mishap::Power(counter)));
    }
    if dice.happens(500) {
        let begins = dice.within(from_ms, to_ms);
        plan.push((begins, Mishap::DiskFull(counter, true)));
        plan.push((
            begins + dice.within(20_000, 5 * MINUTE_MS),
            Mishap::DiskFull(counter, false),
        ));
    }
    if dice.happens(400) {
        let begins = dice.within(from_ms, to_ms);
        let steps = [
            -2 * 24 * HOUR_MS,
            -3 * HOUR_MS,
            -40_000,
            40_000,
            3 * HOUR_MS,
            2 * 24 * HOUR_MS,
        ];
        let step = dice.pick(&steps).copied().unwrap_or(0);
        plan.push((begins, Mishap::Clock(counter, step)));
        plan.push((
            begins + dice.within(MINUTE_MS, 2 * HOUR_MS),
            Mishap::Clock(counter, 0),
        ));
    }
    plan.push((to_ms, Mishap::DiskFull(counter, false)));
    plan.push((to_ms, Mishap::Clock(counter, 0)));
}

fn faults(dice: &mut Dice, pull_zone: PullZone) -> Faults {
    let sometimes =
        |dice: &mut Dice, per_mille, percent| Percent::new(if dice.happens(per_mille) { percent } else { 0 });
    let slow = dice.happens(60);
    let forms = [
        InFlight::StillProcessing,
        InFlight::BeingProcessed,
        InFlight::Empty,
    ];
    Faults {
        // Answers that come too late: to pushes, where it hurts.
        on: if slow { vec![Endpoint::Push] } else { Vec::new() },
        slow_ms: if slow { 35_000 } else { 0 },
        spike_arrest: !slow && dice.happens(250),
        unavailable: sometimes(dice, 200, 10),
        drop_before: sometimes(dice, 200, 5),
        drop_after: sometimes(dice, 200, 8),
        query_noise: sometimes(dice, 600, 20),
        in_flight: dice.pick(&forms).copied().unwrap_or_default(),
        callbacks_lost: sometimes(dice, 500, 30),
        callbacks_late_ms: if dice.happens(200) { 180_000 } else { 0 },
        callbacks_doubled: sometimes(dice, 500, 20),
        callbacks_reordered: dice.happens(400),
        push_busy: sometimes(dice, 200, 5),
        answer_odd: sometimes(dice, 200, 5),
        query_lies: sometimes(dice, 400, 20),
        query_lies_ms: LIES_MS,
        pull_lag_ms: dice.below(240_000),
        pull_shuffle_ms: dice.below(240_000),
        pull_gaps: sometimes(dice, 300, 3),
        pull_down: sometimes(dice, 300, 20),
        pull_empty: sometimes(dice, 300, 20),
        pull_zone,
    }
}
