//! What will happen by itself, and the passing of time.

use serde::{Deserialize, Serialize};

use super::World;
use super::customers::PhoneAnswer;
use super::stk_push::Ending;
use super::wire::Delivery;

/// Something that will happen by itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Due {
    pub(super) at_ms: i64,
    event: Event,
}

/// What can happen by itself. Pushes and attempts are named by their sequence number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Event {
    /// The customer of this push answers.
    Answered(u64, PhoneAnswer),
    /// Nobody answered: the prompt closes.
    Expired(u64),
    /// The push is reported as unanswered although its prompt is still there.
    Misreported(u64),
    /// The push ends without ever having reached the phone.
    Stillborn(u64, Ending),
    /// A customer's own payment reaches M-PESA.
    Arrived(u64),
    /// The shop did not say in time whether it accepts a payment.
    ValidationOver(u64),
    /// A call to the shop is due.
    Send(Delivery),
}

impl Event {
    /// Everything else has happened once time has passed it by.
    fn into_delivery(self) -> Option<Delivery> {
        match self {
            Self::Send(delivery) => Some(delivery),
            Self::Answered(..)
            | Self::Expired(_)
            | Self::Misreported(_)
            | Self::Stillborn(..)
            | Self::Arrived(_)
            | Self::ValidationOver(_) => None,
        }
    }
}

impl World {
    /// Lets time pass up to `now_ms` and takes out the calls to the shop that fell due, oldest
    /// first. Each is to be attempted once and its end told to [`World::delivered`]. Who does not care
    /// for them calls this all the same: what nobody takes out is looked at again and again.
    pub fn pass(&mut self, now_ms: i64) -> Vec<Delivery> {
        self.settle(now_ms);
        let now = self.state.now_ms;
        let agenda = &mut self.state.agenda;
        let count = agenda.partition_point(|entry| entry.at_ms <= now);
        let due: Vec<Delivery> = agenda
            .drain(..count)
            .filter_map(|entry| entry.event.into_delivery())
            .collect();
        if !due.is_empty() {
            self.touch();
        }
        due
    }

    /// When something is next due, in milliseconds since 1970 UTC.
    #[must_use]
    pub fn next_due(&self) -> Option<i64> {
        self.state.agenda.front().map(|due| due.at_ms)
    }

    /// Runs what is due, each at its own time. Calls to the shop wait for [`World::pass`].
    pub(super) fn settle(&mut self, now_ms: i64) {
        let until = now_ms.max(self.state.now_ms);
        while let Some(index) = self.next_event(until) {
            let Some(due) = self.state.agenda.remove(index) else {
                break;
            };
            self.state.now_ms = due.at_ms.max(self.state.now_ms);
            self.touch();
            match due.event {
                Event::Answered(push, answer) => self.prompt_answered(push, answer),
                Event::Expired(push) => self.prompt_expired(push),
                Event::Misreported(push) => self.prompt_misreported(push),
                Event::Stillborn(push, ending) => self.end_push(push, ending),
                Event::Arrived(attempt) => self.attempt_arrived(attempt),
                Event::ValidationOver(attempt) => self.validation_over(attempt),
                Event::Send(_) => {}
            }
        }
        self.state.now_ms = until;
    }

    fn next_event(&self, until: i64) -> Option<usize> {
        let due = |entry: &Due| entry.at_ms <= until && !matches!(entry.event, Event::Send(_));
        self.state
            .agenda
            .iter()
            .take_while(|entry| entry.at_ms <= until)
            .position(due)
    }

    /// Puts an event on the agenda, after those of the same time.
    pub(super) fn schedule(&mut self, at_ms: i64, event: Event) {
        let index = self.state.agenda.partition_point(|due| due.at_ms <= at_ms);
        self.state.agenda.insert(index, Due { at_ms, event });
        self.touch();
    }
}
