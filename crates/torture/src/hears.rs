//! What passes through the relay: Safaricom's posts, to each counter in order, and who has which payment.

use daraja_sim::world::Delivered;
use relay_wire::{Cursor, Inbound};
use till::ReceiptNumber;
use till::driver::relay::read;
use till::engine::RelayEvent;

use crate::TortureError;
use crate::day::Day;
use crate::event::{Back, Event};
use crate::line::lock;
use crate::relay::Page;
use crate::report::Fault;

/// Between two questions about what is still claimed, milliseconds: the driver's heartbeat.
const BEAT_MS: i64 = 20_000;
/// So many payments a counter asks for at once.
const MOST_CLAIMS: usize = 500;

impl Day {
    /// Puts Safaricom's next posts on the heap.
    pub(crate) fn notice_deliveries(&mut self) {
        let due = lock(&self.outside).world.next_due();
        if let Some(due) = due
            && due < self.deliveries_at
        {
            self.deliveries_at = due;
            self.heap.push(due.max(self.now_ms), Event::Deliveries);
        }
    }

    /// What Safaricom posts now: to the relay, or to nobody.
    pub(crate) fn deliver(&mut self) {
        self.deliveries_at = i64::MAX;
        let now_ms = self.now_ms;
        let deliveries = lock(&self.outside).world.pass(now_ms);
        for delivery in deliveries {
            let end = match self.relay.as_mut() {
                Some(relay) => relay.takes(&delivery, now_ms),
                None => Delivered::Failed,
            };
            lock(&self.outside).world.delivered(&delivery, &end, now_ms);
            match (&self.relay, end) {
                (Some(_), Delivered::Answered { .. }) => {
                    self.report.act("posts that the relay took", 1);
                    self.relay_has_news();
                }
                (Some(_), Delivered::Failed) => self.report.mishap("post lost while the relay was down"),
                (None, _) => {}
            }
        }
    }

    /// A counter is about to look at the relay's log.
    pub(crate) fn hears_in(&mut self, counter: usize, in_ms: i64) {
        let at_ms = self.now_ms.saturating_add(in_ms);
        if let Some(one) = self.counters.get_mut(counter)
            && at_ms < one.hears_ms
        {
            one.hears_ms = at_ms;
            self.heap.push(at_ms, Event::Hears(counter));
        }
    }

    /// Something new stands in the log: whoever waits for it gets it at once.
    pub(crate) fn relay_has_news(&mut self) {
        for counter in 0..self.counters.len() {
            let soon = self.dice.within(30, 400);
            let slow_ms = self.relay.as_ref().map_or(0, |relay| relay.slow_ms);
            self.hears_in(counter, soon.saturating_add(slow_ms));
        }
    }

    /// A counter reads one page of the log, event by event, each committed before the next.
    pub(crate) fn hears(&mut self, counter: usize) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        match self.counters.get_mut(counter) {
            // An earlier look took its place.
            Some(one) if one.hears_ms > now_ms => return Ok(()),
            Some(one) => one.hears_ms = i64::MAX,
            None => return Ok(()),
        }
        if !self.relay_answers() {
            let pause = self.dice.within(1_000, 30_000);
            self.hears_in(counter, pause);
            return Ok(());
        }
        // A counter that is off looks when it starts.
        let place = self.with_engine(counter, |engine, _| Ok((engine.relay_place()?, Vec::new())))?;
        let Some(Ok(place)) = place else { return Ok(()) };
        if let Some(one) = self.counters.get_mut(counter)
            && place.stumbled > std::mem::replace(&mut one.stumbled, place.stumbled)
        {
            let words = format!("the engine stumbled over event {:?} of the relay", place.cursor);
            self.fault(Fault::Wrong, words);
        }
        let Some(page) = self.relay.as_ref().and_then(|relay| relay.after(place.cursor)) else {
            return self.looks_up(counter);
        };
        let went_on = match page {
            Page::GoesOnAt(from, missed) => self.goes_on_at(counter, from, missed)?,
            Page::Events(events) => self.hears_all(counter, events)?,
        };
        let pause = if went_on { self.dice.within(30, 200) } else { 5_000 };
        self.hears_in(counter, pause);
        Ok(())
    }

    /// A counter asks which of its cards are another counter's, as the driver does after each page: they are none then.
    pub(crate) fn looks_up(&mut self, counter: usize) -> Result<(), TortureError> {
        if !self.relay_answers() {
            return Ok(());
        }
        let cards = self.with_engine(counter, |engine, now| {
            Ok((engine.cards_to_look_up(now)?, Vec::new()))
        })?;
        let Some(Ok(mut cards)) = cards else { return Ok(()) };
        cards.truncate(MOST_CLAIMS);
        if cards.is_empty() {
            return Ok(());
        }
        let held = self
            .relay
            .as_ref()
            .map(|relay| relay.holders(&cards))
            .unwrap_or_default();
        self.report.act("cards of another counter", held.len());
        let done = self.with_engine(counter, |engine, now| {
            Ok(((), engine.cards_looked_up(&cards, &held, now)?))
        })?;
        self.went_on(done);
        Ok(())
    }

    fn goes_on_at(&mut self, counter: usize, from: Cursor, missed: u64) -> Result<bool, TortureError> {
        self.tell(counter, || {
            format!("the relay goes on at {from}, {missed} are gone")
        });
        let done = self.with_engine(counter, |engine, now| {
            Ok(((), engine.relay_goes_on_at(from, missed, now)?))
        })?;
        self.beat_in(counter, 1_000);
        Ok(self.went_on(done))
    }

    fn hears_all(&mut self, counter: usize, events: Vec<(Cursor, Inbound)>) -> Result<bool, TortureError> {
        for (at, event) in events {
            let word = read(Some(event));
            self.tell(counter, || format!("relay {}: {word:?}", at.seq));
            let done = self.with_engine(counter, |engine, now| {
                Ok(((), engine.relay_heard(RelayEvent { at, word }, now)?))
            })?;
            if !self.went_on(done) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the counter took what it was told; else it comes again.
    fn went_on(&mut self, done: Option<Result<(), till::TillError>>) -> bool {
        match done {
            Some(Ok(())) => true,
            Some(Err(error)) if error.code.is_of_the_disk() => false,
            Some(Err(error)) => {
                self.fault(
                    Fault::Wrong,
                    format!("the engine stumbled over the relay: {error}"),
                );
                false
            }
            None => false,
        }
    }

    fn relay_answers(&self) -> bool {
        !lock(&self.outside).cut && self.relay.as_ref().is_some_and(|relay| !relay.down)
    }

    /// A counter asks for payments. Without an answer it asks again at its next beat.
    pub(crate) fn asks_for(
        &mut self,
        counter: usize,
        receipts: &[ReceiptNumber],
    ) -> Result<(), TortureError> {
        self.beat_in(counter, BEAT_MS);
        if !self.relay_answers() {
            return Ok(());
        }
        let Some(one) = self.counters.get(counter) else {
            return Ok(());
        };
        let (letter, life) = (one.letter, one.life);
        let Some(answers) = self.relay.as_mut().map(|relay| relay.claims(receipts, letter)) else {
            return Ok(());
        };
        self.report.act("claims answered", answers.len());
        let lost = answers.iter().filter(|(_, holder)| *holder != letter).count();
        self.report.act("claims that another counter had won", lost);
        if self.dice.happens(30) {
            self.report.mishap("relay's answer to a claim lost");
            return Ok(());
        }
        let slow_ms = self.relay.as_ref().map_or(0, |relay| relay.slow_ms);
        let at_ms = self.now_ms.saturating_add(self.dice.within(40, 900) + slow_ms);
        let back = Box::new(Back::Claimed(answers));
        self.heap.push(at_ms, Event::Back(counter, life, back));
        Ok(())
    }

    /// A counter's next beat, when one is needed.
    pub(crate) fn beat_in(&mut self, counter: usize, in_ms: i64) {
        let at_ms = self.now_ms.saturating_add(in_ms);
        if self.relay.is_some()
            && let Some(one) = self.counters.get_mut(counter)
            && at_ms < one.beats_ms
        {
            one.beats_ms = at_ms;
            self.heap.push(at_ms, Event::Beat(counter));
        }
    }

    /// What the relay has not answered yet is asked again.
    pub(crate) fn beat(&mut self, counter: usize) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        match self.counters.get_mut(counter) {
            Some(one) if one.beats_ms > now_ms => return Ok(()),
            Some(one) => one.beats_ms = i64::MAX,
            None => return Ok(()),
        }
        let open = self.with_engine(counter, |engine, _| Ok((engine.open_claims()?, Vec::new())))?;
        let Some(Ok(open)) = open else { return Ok(()) };
        for some in open.chunks(MOST_CLAIMS) {
            self.asks_for(counter, some)?;
        }
        Ok(())
    }
}
