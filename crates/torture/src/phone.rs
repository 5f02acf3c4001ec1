//! What the owners of phones do.

use daraja_sim::world::PhoneAnswer;

use crate::customer::{Errand, Temper, strangers_temper, temper};
use crate::day::Day;
use crate::event::Event;
use crate::line::lock;

impl Day {
    /// A phone lights up.
    pub(crate) fn prompted(&mut self, seq: u64, msisdn: String, url: &str) {
        self.report.pushes += 1;
        let mine = self.visit_of_prompt(url);
        let own = mine
            .and_then(|visit| self.visits.get(visit))
            .and_then(|visit| self.people.get(visit.person))
            .is_some_and(|person| person.msisdn == msisdn);
        let temper = if own {
            temper(&mut self.dice)
        } else {
            strangers_temper(&mut self.dice)
        };
        let after_ms = match temper {
            Temper::Pays(ms) | Temper::Ends(_, ms) => ms,
            Temper::Ignores => return,
        };
        self.heap.push(
            self.now_ms.saturating_add(after_ms),
            Event::Phone(msisdn, seq, temper),
        );
    }

    /// The owner of a phone touches it.
    pub(crate) fn at_the_phone(&mut self, msisdn: &str, seq: u64, temper: Temper) {
        let live = lock(&self.outside)
            .world
            .live_push(msisdn)
            .filter(|push| push.seq == seq)
            .map(|push| push.callback_url.clone());
        let Some(url) = live else { return };
        let visit = self.visit_of_prompt(&url);
        let stopped = visit
            .and_then(|visit| self.visits.get(visit))
            .is_some_and(|visit| visit.told_to_stop || visit.paid_shown && visit.errand != Errand::Prompt);
        let answer = match temper {
            Temper::Pays(_) if stopped => PhoneAnswer::Cancel,
            Temper::Pays(_) => PhoneAnswer::Pin,
            Temper::Ends(answer, _) => answer,
            Temper::Ignores => return,
        };
        let done = lock(&self.outside).world.answer(msisdn, answer, self.now_ms);
        if done.is_ok()
            && answer == PhoneAnswer::Pin
            && let Some(visit) = visit.and_then(|visit| self.visits.get_mut(visit))
            && visit.pin_ms.is_none()
            && !visit.paid_shown
        {
            visit.pin_ms = Some(self.now_ms);
        }
    }
}
