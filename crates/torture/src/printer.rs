//! The printer of one counter: it prints, or is slow, dead, or stops in the middle, and what came out lies here.

use std::collections::BTreeMap;

use receipts::{Printed, PrinterPlace, Trouble};
use till::engine::{NextPrint, PrintOrder};
use till::people::Act;
use till::receipt::Printing;
use till::view::{SaleState, SaleView};

use crate::TortureError;
use crate::counter::Counter;
use crate::day::Day;
use crate::dice::Dice;
use crate::event::Event;
use crate::report::Fault;

/// What certainly did not leave is tried again after this, milliseconds, as the driver does.
const AGAIN_MS: i64 = 5_000;
/// No slip prints by itself later than this after somebody wanted it: two minutes, and what a small step of the
/// PC's clock adds.
const LATEST_MS: i64 = 165_000;
/// The same for the drawer: fifteen seconds and a step of the clock.
const DRAWER_LATEST_MS: i64 = 60_000;

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mood {
    Prints,
    Slow,
    Dead,
    StopsInTheMiddle,
}

/// How a slip was marked that came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Original,
    PerhapsCopy,
    Copy,
}

/// One counter's printer.
#[derive(Debug)]
pub(crate) struct Printer {
    there: bool,
    mood: Mood,
    /// Holds something, in this life of the counter.
    busy: Option<u32>,
    /// When it is next given something.
    next_ms: i64,
    /// Slips that came out, by sale.
    out: BTreeMap<String, Vec<Mark>>,
    /// Since when each slip was wanted.
    wanted: BTreeMap<String, i64>,
    /// When the late ones were last wanted.
    late_ms: i64,
}

impl Printer {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        Self {
            there: dice.happens(700),
            mood: Mood::Prints,
            busy: None,
            next_ms: i64::MAX,
            out: BTreeMap::new(),
            wanted: BTreeMap::new(),
            late_ms: 0,
        }
    }

    /// What the owner says of it to the till; nothing in a shop without one.
    pub(crate) fn settings(&self) -> Option<Printing> {
        self.there.then(|| Printing {
            place: Some(PrinterPlace::Network {
                address: "192.0.2.7".into(),
            }),
            automatic: true,
            drawer: true,
            ..Printing::default()
        })
    }

    /// What becomes of the bytes: after so long, whether paper came out, and what the till can know of it.
    fn takes(&self, dice: &mut Dice) -> (i64, bool, Printed) {
        match self.mood {
            Mood::Prints => (dice.within(500, 3_000), true, Printed::Yes),
            Mood::Slow => (dice.within(15_000, 39_000), true, Printed::Yes),
            Mood::Dead => (dice.within(1_000, 5_000), false, Printed::No(Trouble::Absent)),
            Mood::StopsInTheMiddle => (
                dice.within(2_000, 10_000),
                dice.happens(500),
                Printed::Perhaps(Trouble::Silent),
            ),
        }
    }
}

/// Whether a slip says so: an M-PESA code of ten characters may end in the same four letters.
fn says_copy(text: &str) -> bool {
    text.split(|one: char| !one.is_ascii_alphanumeric())
        .any(|word| word.ends_with("COPY") && word.len() < 10)
}

impl Day {
    pub(crate) fn printer_changes(&mut self, counter: usize) {
        let moods = [
            Mood::Prints,
            Mood::Prints,
            Mood::Slow,
            Mood::Dead,
            Mood::StopsInTheMiddle,
        ];
        let mood = self.dice.pick(&moods).copied().unwrap_or(Mood::Prints);
        if let Some(staff) = self.staff(counter) {
            staff.printer.mood = mood;
        }
        if mood != Mood::Prints {
            self.report.mishap("printer in trouble");
        }
    }

    /// A sale is shown: when it is paid now, its slip is wanted, and there may be work.
    pub(crate) fn slip_wanted(&mut self, counter: usize, sale: &SaleView) {
        let now_ms = self.now_ms;
        let Some(staff) = self.staff(counter) else { return };
        if sale.state == SaleState::Settled {
            staff.printer.wanted.entry(sale.id.clone()).or_insert(now_ms);
        }
        self.prints_in(counter, 100);
    }

    pub(crate) fn prints_in(&mut self, counter: usize, in_ms: i64) {
        let at_ms = self.now_ms.saturating_add(in_ms);
        let Some(staff) = self.staff(counter) else { return };
        if staff.printer.there && at_ms < staff.printer.next_ms {
            staff.printer.next_ms = at_ms;
            self.heap.push(at_ms, Event::Prints(counter));
        }
    }

    /// The counter has just been switched on: what was on its way to the printer has perhaps been printed.
    pub(crate) fn printing_restarts(&mut self, counter: usize) -> Result<(), TortureError> {
        self.tell_engine(counter, till::engine::Engine::printing_restarts)?;
        self.prints_in(counter, 1_000);
        Ok(())
    }

    /// The printer is given the next slip.
    pub(crate) fn prints(&mut self, counter: usize) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        let life = self.counters.get(counter).map_or(0, |one| one.life);
        match self.staff(counter) {
            Some(staff) if staff.printer.next_ms <= now_ms => {
                staff.printer.next_ms = i64::MAX;
                if staff.printer.busy == Some(life) {
                    return Ok(());
                }
            }
            Some(_) | None => return Ok(()),
        }
        let next = self.with_engine(counter, |engine, now| engine.next_print(false, now))?;
        let order = match next {
            Some(Ok(NextPrint::Order(order))) => order,
            Some(Ok(NextPrint::Nothing)) | None => return Ok(()),
            Some(Err(error)) => {
                if !error.code.is_of_the_disk() {
                    self.fault(Fault::Wrong, format!("a slip cannot be made: {error}"));
                }
                self.prints_in(counter, AGAIN_MS);
                return Ok(());
            }
        };
        let Some(staff) = self.staff.get_mut(counter) else {
            return Ok(());
        };
        staff.printer.busy = Some(life);
        let (took_ms, came_out, printed) = staff.printer.takes(&mut self.dice);
        if came_out {
            self.slip_came_out(counter, &order)?;
        }
        let at_ms = now_ms.saturating_add(took_ms);
        self.heap
            .push(at_ms, Event::Printed(counter, life, order.seq, printed));
        Ok(())
    }

    /// The till hears what became of it.
    pub(crate) fn printed(
        &mut self,
        counter: usize,
        life: u32,
        seq: i64,
        printed: Printed,
    ) -> Result<(), TortureError> {
        if self.counters.get(counter).is_none_or(|one| one.life != life) {
            return Ok(());
        }
        let kept = self.with_engine(counter, |engine, _| Ok(((), engine.print_ended(seq, printed)?)))?;
        if let Some(staff) = self.staff(counter) {
            staff.printer.busy = None;
        }
        let again = matches!(printed, Printed::No(_)) || !matches!(kept, Some(Ok(())));
        self.prints_in(counter, if again { AGAIN_MS } else { 50 });
        Ok(())
    }

    /// Paper lies on the counter: is it right, and the first of its sale?
    fn slip_came_out(&mut self, counter: usize, order: &PrintOrder) -> Result<(), TortureError> {
        let now_ms = self.now_ms;
        let Some(book) = self.counters.get(counter).and_then(Counter::book) else {
            return Ok(());
        };
        let (kind, sale): (String, Option<(String, String, String)>) = book.query_row(
            "SELECT j.kind, s.id, s.reference, s.state FROM print_job j LEFT JOIN sale s ON s.id = j.sale_id WHERE j.seq = ?1",
            [order.seq],
            |row| {
                let id: Option<String> = row.get(1)?;
                let rest = (row.get::<_, Option<String>>(2)?, row.get::<_, Option<String>>(3)?);
                Ok((row.get(0)?, id.zip(rest.0).zip(rest.1).map(|((id, reference), state)| (id, reference, state))))
            },
        )?;
        let Some((sale_id, reference, state)) = sale else {
            let taken_ms = self.staff(counter).map_or(0, |staff| staff.cash.taken_ms);
            if kind == "drawer" && now_ms - taken_ms > DRAWER_LATEST_MS {
                self.fault(Fault::Wrong, "a drawer opened long after cash was taken".into());
            }
            return Ok(());
        };
        let text = String::from_utf8_lossy(&order.bytes);
        let mark = if text.contains("PERHAPS A COPY") {
            Mark::PerhapsCopy
        } else if says_copy(&text) {
            Mark::Copy
        } else {
            Mark::Original
        };
        let fits = text.contains(&reference) && state == "settled";
        self.report.act("slips", 1);
        let Some(staff) = self.staff(counter) else {
            return Ok(());
        };
        let before = staff.printer.out.entry(sale_id.clone()).or_default();
        let first = before.is_empty();
        before.push(mark);
        let wanted_ms = staff
            .printer
            .wanted
            .get(&sale_id)
            .copied()
            .map(|at| at.max(staff.printer.late_ms));
        let mut faults = Vec::new();
        if !fits {
            faults.push(format!("a slip is not of the paid sale {sale_id} ({state})"));
        }
        if !first && mark == Mark::Original {
            faults.push(format!(
                "a second slip of sale {sale_id} does not say that it is a copy"
            ));
        }
        if first && mark == Mark::Copy {
            faults.push(format!("the first slip of sale {sale_id} says that it is a copy"));
        }
        if wanted_ms.is_some_and(|wanted_ms| now_ms - wanted_ms > LATEST_MS) {
            faults.push(format!(
                "the slip of sale {sale_id} was printed long after it was wanted"
            ));
        }
        for words in faults {
            self.fault(Fault::Wrong, words);
        }
        Ok(())
    }

    /// A customer wants the slip again, or never got one.
    pub(crate) fn prints_again(&mut self, counter: usize) -> Result<(), TortureError> {
        let there = self.staff(counter).is_some_and(|staff| staff.printer.there);
        if !there || !self.stands_at(counter)? {
            return Ok(());
        }
        let roll = self.with_engine(counter, |engine, now| Ok((engine.roll(now)?.sales, Vec::new())))?;
        let Some(Ok(mut sales)) = roll else { return Ok(()) };
        sales.retain(|sale| sale.state == SaleState::Settled);
        let Some(sale_id) = self.dice.pick(&sales).map(|sale| sale.id.clone()) else {
            return Ok(());
        };
        let asked = self.does(counter, Act::PrintCopy, |engine, now| {
            engine.print_receipt(&sale_id, now)
        })?;
        let now_ms = self.now_ms;
        // When the power went meanwhile it may have been written.
        if matches!(asked, Some(Ok(())) | None)
            && let Some(staff) = self.staff(counter)
        {
            staff.printer.wanted.insert(sale_id, now_ms);
        }
        self.prints_in(counter, 50);
        Ok(())
    }

    /// *3 not printed*: they are wanted, or not any more.
    pub(crate) fn prints_late(&mut self, counter: usize) -> Result<(), TortureError> {
        let there = self.staff(counter).is_some_and(|staff| staff.printer.there);
        if !there || !self.stands_at(counter)? {
            return Ok(());
        }
        let wanted = self.dice.happens(700);
        let asked = self.does(counter, Act::Sell, |engine, now| engine.print_late(wanted, now))?;
        let now_ms = self.now_ms;
        if wanted
            && matches!(asked, Some(Ok(())) | None)
            && let Some(staff) = self.staff(counter)
        {
            staff.printer.late_ms = now_ms;
        }
        self.prints_in(counter, 50);
        Ok(())
    }
}
