//! Mishaps carried out, keys pressed without sense, and the close of the day.

use till::view::{SaleState, SaleView};
use till::{Money, Msisdn};

use crate::TortureError;
use crate::counter::Counter;
use crate::day::Day;
use crate::event::Event;
use crate::line::lock;
use crate::weather::{Mishap, RelayTrouble};

impl Day {
    pub(crate) fn mishap(&mut self, mishap: Mishap) -> Result<(), TortureError> {
        match mishap {
            Mishap::Safaricom(faults) => lock(&self.outside).world.set_faults(*faults),
            Mishap::Cut(cut) => {
                if cut {
                    self.report.mishap("internet gone");
                }
                lock(&self.outside).cut = cut;
            }
            Mishap::Loses(requests, answers) => {
                let mut outside = lock(&self.outside);
                outside.lose_request = requests;
                outside.lose_answer = answers;
            }
            Mishap::DiskFull(counter, full) => {
                if full {
                    self.report.mishap("disk full");
                }
                if let Some(book) = self.counters.get(counter).and_then(Counter::book) {
                    let pages: i64 =
                        book.query_row("SELECT page_count FROM pragma_page_count", [], |row| row.get(0))?;
                    let limit = if full { pages } else { 1_000_000 };
                    book.pragma_update(None, "max_page_count", limit)?;
                }
            }
            Mishap::Clock(counter, ahead_ms) => {
                if ahead_ms != 0 {
                    self.report.mishap("clock set wrong");
                }
                if let Some(counter) = self.counters.get(counter) {
                    *counter
                        .offset
                        .lock()
                        .unwrap_or_else(std::sync::PoisonError::into_inner) = ahead_ms;
                }
            }
            Mishap::PowerAtCommit(counter, commits, before) => {
                self.report.mishap("power gone at a write");
                if let Some(counter) = self.counters.get(counter) {
                    counter.power.fail_at(commits, before);
                }
            }
            Mishap::Power(counter) => {
                self.report.mishap("power gone");
                self.power_went(counter)?;
            }
            Mishap::Forged => self.forges(),
            Mishap::Relay(trouble) => self.relay_trouble(trouble)?,
        }
        Ok(())
    }

    fn relay_trouble(&mut self, trouble: RelayTrouble) -> Result<(), TortureError> {
        let Some(relay) = self.relay.as_mut() else {
            return Ok(());
        };
        match trouble {
            RelayTrouble::Down(down) => {
                relay.down = down;
                if down {
                    self.report.mishap("relay down");
                }
            }
            RelayTrouble::Slow(ms) => relay.slow_ms = ms,
            RelayTrouble::Flood(flood) => relay.flood = flood,
            RelayTrouble::BackUp => relay.back_up(),
            RelayTrouble::Restore => {
                relay.restore(&mut self.dice)?;
                self.report.mishap("older copy of the relay put back");
                self.relay_has_news();
            }
            RelayTrouble::Drops(kept) => {
                relay.drops_all_but(kept);
                self.report.mishap("relay's log cut short");
            }
        }
        Ok(())
    }

    /// The power is gone; in a while somebody switches the counter on again.
    pub(crate) fn power_went(&mut self, counter: usize) -> Result<(), TortureError> {
        let Some(one) = self.counters.get_mut(counter) else {
            return Ok(());
        };
        if one.engine().is_none() && !one.power.is_gone() {
            return Ok(());
        }
        one.stop();
        let later = self.now_ms.saturating_add(self.dice.within(15_000, 180_000));
        self.heap.push(later, Event::Start(counter));
        Ok(())
    }

    pub(crate) fn start(&mut self, counter: usize) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        if let Some(one) = self.counters.get_mut(counter)
            && one.is_off()
        {
            one.start(&self.outside, now_ms)?;
            self.auditor.started(one, counter, &mut self.report)?;
            self.forget_skew(counter);
            self.nobody_is_here(counter);
            if self.options.people {
                self.finds_out(counter)?;
                self.printing_restarts(counter)?;
            }
            if self.relay.is_some() {
                self.hears_in(counter, 500);
                self.beat_in(counter, 2_000);
            }
        }
        self.wake(counter);
        Ok(())
    }

    /// A key that makes no sense now. The engine refuses it or nothing comes of it.
    pub(crate) fn fumble(&mut self, counter: usize) -> Result<(), TortureError> {
        self.report.mishap("key pressed without sense");
        let roll = self.with_engine(counter, |engine, now| Ok((engine.roll(now)?.sales, Vec::new())))?;
        let Some(Ok(sales)) = roll else { return Ok(()) };
        let Some(sale) = self.dice.pick(&sales).cloned() else {
            return Ok(());
        };
        let which = self.dice.below(9);
        self.press(counter, &sale, which)
    }

    fn press(&mut self, counter: usize, sale: &SaleView, which: u64) -> Result<(), TortureError> {
        let id = sale.id.clone();
        let push = crate::cashier::newest_push(sale).map(|push| push.push_id.clone());
        let phone = self.dice.pick(&self.people).map(|person| person.msisdn.clone());
        let amount = Money::from_shillings(100).unwrap_or(Money::ZERO);
        let pressed = match (which, push) {
            (0, Some(push)) => self.with_engine(counter, |engine, now| {
                let (sale, effects) = engine.ask_now(&push, now)?;
                Ok((Some(sale), effects))
            })?,
            (1, _) => self
                .gives_up(counter, &id, "pressed by mistake", false)?
                .map(|given_up| given_up.map(Some)),
            (2, _) => self.with_engine(counter, |engine, now| Ok((None, engine.pull_now(now))))?,
            (3, _) => self.with_engine(counter, |engine, now| {
                let (taken, effects) = engine.take_cash(Some(&id), amount, Money::ZERO, now)?;
                Ok((Some(taken.sale), effects))
            })?,
            (4, _) => {
                let input = till::engine::PushInput {
                    sale_id: Some(id),
                    amount,
                    msisdn: match phone.as_deref().map(Msisdn::parse) {
                        Some(Ok(msisdn)) => msisdn,
                        Some(Err(_)) | None => return Ok(()),
                    },
                    intent: till::push::PushIntent::Ordinary,
                    reference: None,
                };
                // Where a prompt is alive, or the sale is over: it must be refused.
                let alive = crate::cashier::newest_push(sale).is_some_and(|push| push.blocks);
                if sale.state == SaleState::Open && !alive {
                    return Ok(());
                }
                self.with_engine(counter, |engine, now| {
                    let (sale, effects) = engine.start_push(input, now)?;
                    Ok((Some(sale), effects))
                })?
            }
            (5, _) => self.with_engine(counter, |engine, now| {
                let (sale, effects) = engine.wait_for_till(Some(&id), amount, Some("12"), now)?;
                Ok((Some(sale), effects))
            })?,
            (6, _) => self.with_engine(counter, |engine, now| Ok((None, engine.confirm_clock(now)?)))?,
            (7, Some(push)) => {
                // Too early, or about a push that is over: refused. In time it is a person's word, which
                // only the customer can give here.
                let early = sale.state != SaleState::Open;
                if !early {
                    return Ok(());
                }
                self.with_engine(counter, |engine, now| {
                    let (sale, effects) = engine.judge(&push, false, "pressed by mistake", now)?;
                    Ok((Some(sale), effects))
                })?
            }
            _ => self.with_engine(counter, |engine, now| {
                let day = till::clock::shop_day(now.utc);
                engine.report(till::view::Period::Day { day }, now)?;
                Ok((None, Vec::new()))
            })?,
        };
        if let Some(Ok(Some(sale))) = pressed
            && sale.state == SaleState::Voided
            && let Some(visit) = self.visit_of_sale.get(&sale.id).copied()
            && let Some(visit) = self.visits.get_mut(visit)
        {
            visit.over = true;
        }
        Ok(())
    }

    /// The close: what can be given up is given up.
    pub(crate) fn closes(&mut self, counter: usize) -> Result<(), TortureError> {
        if self
            .counters
            .get_mut(counter)
            .is_some_and(|one| one.engine().is_none())
        {
            let later = self.now_ms.saturating_add(60_000);
            self.heap.push(later, Event::Closes(counter));
            return Ok(());
        }
        let _ = self.stands_at(counter)?;
        let roll = self.with_engine(counter, |engine, now| Ok((engine.roll(now)?.sales, Vec::new())))?;
        let Some(Ok(sales)) = roll else { return Ok(()) };
        for sale in sales.iter().filter(|sale| sale.can_void) {
            self.gives_up(counter, &sale.id, "left the shop", true)?;
        }
        Ok(())
    }
}
