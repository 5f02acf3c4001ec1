//! What is to be printed: written down with the sale it is about, made from the book when the printer is free.
//!
//! A slip's task is committed with the settlement, so no receipt is of a sale that was not written, and a crash
//! loses none. *Sending* is committed before a byte leaves: a crash there is *perhaps printed*, and such a slip
//! is not printed again by itself.

use chrono::{DateTime, TimeDelta, Utc};
use receipts::{Document, Printed, PrinterPlace, escpos};
use rusqlite::Transaction;

use super::{Announcement, Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::people::Act;
use crate::receipt::{self, Mark, Printing, SaleTax, Slip, VatKind};
use crate::store::posting::Account;
use crate::store::print_job::{self, JobState, Task};
use crate::store::sale::SaleRow;
use crate::store::{sale, sale_tax, setting};
use crate::view::{PrinterView, SaleState};

/// What goes to the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintOrder {
    /// Which task.
    pub seq: i64,
    /// Where to.
    pub place: PrinterPlace,
    /// What.
    pub bytes: Vec<u8>,
}

/// What the printer is to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextPrint {
    /// This, now.
    Order(PrintOrder),
    /// Nothing.
    Nothing,
}

/// A number of a tax invoice is no longer than this; KRA's control unit numbers have 19 digits.
const INVOICE_CHARACTERS: usize = 40;

impl Engine {
    /// The settings of receipts and their printer.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn printing(&self) -> Result<Printing, TillError> {
        Printing::load(self.store.read())
    }

    /// Writes them.
    ///
    /// # Errors
    /// Those of [`Engine::may`], or the disk's trouble.
    pub fn save_printing(&mut self, printing: &Printing, now: Now) -> Result<Vec<Effect>, TillError> {
        let permit = self.permit(Act::Settings, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            setting::put(tx, receipt::KEY, printing)?;
            permit.write(tx, ids, (None, None), None, now)
        })?;
        self.printer_trouble = None;
        self.printer_changed()
    }

    /// The printer, as the counter shows it.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn printer(&self) -> Result<PrinterView, TillError> {
        let conn = self.store.read();
        Ok(PrinterView {
            set: self.printing()?.place.is_some(),
            trouble: self.printer_trouble,
            waiting: print_job::count(conn, JobState::Waiting)?,
            not_printed: print_job::count(conn, JobState::TooOld)?,
        })
    }

    /// The receipt of a sale, marked by what came out before. `play` says that its money is not real.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::NotAllowed`] for a sale that is not paid, or the disk's trouble.
    pub fn receipt(&self, sale_id: &str, play: bool, now: Now) -> Result<Document, TillError> {
        let view = self.sale(sale_id, now)?;
        if view.state != SaleState::Settled {
            return Err(not_paid());
        }
        let conn = self.store.read();
        let printing = Printing::load(conn)?;
        let tax = sale_tax::get(conn, sale_id)?;
        let task = Task::Receipt {
            sale_id: sale_id.to_owned(),
        };
        let states = print_job::states_of(conn, &task)?;
        let facts = Slip {
            shop_name: &self.shop_name()?,
            counter: self.letter(),
            printing: &printing,
            tax: tax.as_ref(),
            mark: mark_of(&states),
            play,
        };
        Ok(receipt::slip(&view, facts))
    }

    /// A slip that shows whether the printer is set up well, by settings that need not be kept yet.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn test_slip(&self, printing: &Printing, play: bool, now: Now) -> Result<Document, TillError> {
        let facts = Slip {
            shop_name: &self.shop_name()?,
            counter: self.letter(),
            printing,
            tax: None,
            mark: Mark::Original,
            play,
        };
        Ok(receipt::test_slip(facts, now))
    }

    /// Asks for a sale's receipt to be printed; one that waits already is not asked for twice.
    ///
    /// # Errors
    /// [`Code::NoPrinter`], [`Code::NotFound`], [`Code::NotAllowed`] for a sale that is not paid, or the disk's
    /// trouble.
    pub fn print_receipt(&mut self, sale_id: &str, now: Now) -> Result<((), Vec<Effect>), TillError> {
        self.needs_printer()?;
        if sale::get(self.store.read(), sale_id)?.state != SaleState::Settled {
            return Err(not_paid());
        }
        let task = Task::Receipt {
            sale_id: sale_id.to_owned(),
        };
        let states = print_job::states_of(self.store.read(), &task)?;
        let copy = mark_of(&states) != Mark::Original;
        self.may(if copy { Act::PrintCopy } else { Act::Sell }, now)?;
        if !under_way(&states) {
            let permit = copy.then(|| self.permit(Act::PrintCopy, now)).transpose()?;
            let ids = &mut self.ids;
            self.store.write(|tx| {
                if let Some(permit) = permit {
                    permit.write(tx, ids, (Some(sale_id), None), None, now)?;
                }
                again(tx, &task, now)
            })?;
        }
        Ok(((), self.printer_changed()?))
    }

    /// Asks for a report, or anything else, to be printed.
    ///
    /// # Errors
    /// [`Code::NoPrinter`], those of [`Engine::may`], or the disk's trouble.
    pub fn print_paper(&mut self, paper: Document, now: Now) -> Result<((), Vec<Effect>), TillError> {
        self.may(Act::Sell, now)?;
        self.needs_printer()?;
        self.store
            .write(|tx| print_job::insert(tx, &Task::Paper(paper), now.utc))?;
        Ok(((), self.printer_changed()?))
    }

    /// Prints what waited too long; or, when nobody wants it any more, forgets it.
    ///
    /// # Errors
    /// [`Code::NoPrinter`], those of [`Engine::may`], or the disk's trouble.
    pub fn print_late(&mut self, wanted: bool, now: Now) -> Result<((), Vec<Effect>), TillError> {
        self.may(Act::Sell, now)?;
        let to = if wanted {
            self.needs_printer()?;
            JobState::Waiting
        } else {
            JobState::GivenUp
        };
        self.store
            .write(|tx| print_job::turn(tx, JobState::TooOld, to, now.utc))?;
        Ok(((), self.printer_changed()?))
    }

    /// Says how one sale is taxed, with the number of a tax invoice that was made elsewhere.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] where VAT is off, [`Code::NumberInvalid`] for a number that is none,
    /// [`Code::NotFound`], or the disk's trouble.
    pub fn set_tax(
        &mut self,
        sale_id: &str,
        kind: VatKind,
        tax_invoice: Option<&str>,
        now: Now,
    ) -> Result<SaleTax, TillError> {
        self.may(Act::Sell, now)?;
        if self.printing()?.vat.is_none() && sale_tax::get(self.store.read(), sale_id)?.is_none() {
            return Err(TillError::new(
                Code::NotAllowed,
                "VAT is off: switch it on in the settings first.",
            ));
        }
        let number = tax_invoice.map(str::trim).filter(|number| !number.is_empty());
        if number.is_some_and(|number| {
            number.chars().count() > INVOICE_CHARACTERS || number.chars().any(char::is_control)
        }) {
            return Err(TillError::new(
                Code::NumberInvalid,
                format!("A tax invoice number has at most {INVOICE_CHARACTERS} characters."),
            ));
        }
        self.store.write(|tx| {
            let tax = SaleTax::of(sale::get(tx, sale_id)?.amount, kind, number.map(str::to_owned));
            sale_tax::put(tx, sale_id, &tax)?;
            Ok(tax)
        })
    }

    /// The tax of one sale; none while VAT was off.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn tax(&self, sale_id: &str) -> Result<Option<SaleTax>, TillError> {
        sale_tax::get(self.store.read(), sale_id)
    }

    /// After a start: what was being sent has perhaps been printed.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn printing_restarts(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        if print_job::count(self.store.read(), JobState::Sending)? > 0 {
            self.store
                .write(|tx| print_job::turn(tx, JobState::Sending, JobState::Perhaps, now.utc))?;
        }
        self.printer_changed()
    }

    /// What the printer is to do now; that it is being done is committed before this returns.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn next_print(&mut self, play: bool, now: Now) -> Result<(NextPrint, Vec<Effect>), TillError> {
        let aged = self.age(now)?;
        let effects = if aged { self.printer_changed()? } else { Vec::new() };
        let printing = self.printing()?;
        let (Some(job), Some(place)) = (print_job::next(self.store.read())?, printing.place.clone()) else {
            return Ok((NextPrint::Nothing, effects));
        };
        let made = match &job.task {
            Task::Receipt { sale_id } => self.receipt(sale_id, play, now),
            Task::Close { number } => self.close_slip(*number, play),
            Task::Statement { customer_id, upto } => self.statement_slip(customer_id, *upto, play),
            Task::Paper(paper) => Ok(paper.clone()),
            Task::Drawer => Ok(Document::new()),
        };
        let bytes = match (&job.task, made) {
            (Task::Drawer, _) => Ok(escpos::kick().to_vec()),
            (
                Task::Receipt { .. } | Task::Close { .. } | Task::Statement { .. } | Task::Paper(_),
                Ok(paper),
            ) => escpos::render(&paper, printing.roll, printing.code_page).map_err(TillError::internal),
            (
                Task::Receipt { .. } | Task::Close { .. } | Task::Statement { .. } | Task::Paper(_),
                Err(error),
            ) => Err(error),
        };
        if let Err(error) = &bytes
            && error.code.is_of_the_disk()
        {
            return Err(error.clone());
        }
        // What cannot be made now never can: nobody may wait behind it.
        let state = if bytes.is_ok() {
            JobState::Sending
        } else {
            JobState::GivenUp
        };
        self.store.write(|tx| print_job::mark(tx, job.seq, state))?;
        let order = PrintOrder {
            seq: job.seq,
            place,
            bytes: bytes?,
        };
        Ok((NextPrint::Order(order), effects))
    }

    /// What became of it. What certainly did not leave waits on, until it is too old.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn print_ended(&mut self, seq: i64, printed: Printed) -> Result<Vec<Effect>, TillError> {
        let (state, trouble) = match printed {
            Printed::Yes => (JobState::Printed, None),
            Printed::No(trouble) => (JobState::Waiting, Some(trouble)),
            Printed::Perhaps(trouble) => (JobState::Perhaps, Some(trouble)),
        };
        self.printer_trouble = trouble;
        self.store.write(|tx| print_job::mark(tx, seq, state))?;
        self.printer_changed()
    }

    /// What waited too long is not printed by itself any more; a drawer that is asked for late stays shut.
    fn age(&mut self, now: Now) -> Result<bool, TillError> {
        let slips = around(now, self.policy.print_within_ms);
        let drawer = around(now, self.policy.drawer_within_ms);
        let conn = self.store.read();
        if !print_job::has_outside(conn, false, slips)? && !print_job::has_outside(conn, true, drawer)? {
            return Ok(false);
        }
        self.store.write(|tx| {
            print_job::mark_outside(tx, false, slips, JobState::TooOld)?;
            print_job::mark_outside(tx, true, drawer, JobState::GivenUp)
        })?;
        Ok(true)
    }

    pub(super) fn needs_printer(&self) -> Result<(), TillError> {
        if self.printing()?.place.is_some() {
            return Ok(());
        }
        Err(TillError::new(
            Code::NoPrinter,
            "No printer is set up: choose one in the settings.",
        ))
    }

    pub(super) fn printer_changed(&self) -> Result<Vec<Effect>, TillError> {
        Ok(vec![Effect::Announce(Announcement::PrinterChanged(
            self.printer()?,
        ))])
    }
}

/// COPY only if one did come out.
pub(super) fn mark_of(states: &[JobState]) -> Mark {
    if states.contains(&JobState::Printed) {
        Mark::Copy
    } else if states.contains(&JobState::Perhaps) {
        Mark::PerhapsCopy
    } else {
        Mark::Original
    }
}

/// It waits already, or is being printed.
pub(super) fn under_way(states: &[JobState]) -> bool {
    states
        .iter()
        .any(|state| matches!(state, JobState::Waiting | JobState::Sending))
}

/// Asks for a slip once more: the one that waited too long, if there is one.
pub(super) fn again(tx: &Transaction<'_>, task: &Task, now: Now) -> Result<(), TillError> {
    if print_job::revive(tx, task, now.utc)? > 0 {
        return Ok(());
    }
    print_job::insert(tx, task, now.utc)
}

fn around(now: Now, ms: u64) -> (DateTime<Utc>, DateTime<Utc>) {
    let span = TimeDelta::milliseconds(i64::try_from(ms).unwrap_or(0));
    (now.utc - span, now.utc + span)
}

fn not_paid() -> TillError {
    TillError::new(
        Code::NotAllowed,
        "The sale is not paid, so there is no receipt of it.",
    )
}

/// In the transaction that settles a sale: its tax as it is now, and its receipt where that is printed by itself.
/// Of a sale that is written in from paper the customer is gone.
pub(super) fn sale_settled(tx: &Transaction<'_>, sale: &SaleRow, now: Now) -> Result<(), TillError> {
    let Some(printing) = setting::get::<Printing>(tx, receipt::KEY)? else {
        return Ok(());
    };
    // The tax of a debt was in the sale that made it.
    if let Some(kind) = printing.vat
        && sale.kind.income() == Account::Sales
        && sale_tax::get(tx, &sale.id)?.is_none()
    {
        sale_tax::put(tx, &sale.id, &SaleTax::of(sale.amount, kind, None))?;
    }
    if printing.automatic && printing.place.is_some() && !sale.from_paper {
        let sale_id = sale.id.clone();
        print_job::insert(tx, &Task::Receipt { sale_id }, now.utc)?;
    }
    Ok(())
}

/// In the transaction that takes cash: the drawer is to open, where the printer does that.
pub(super) fn cash_taken(tx: &Transaction<'_>, sale: &SaleRow, now: Now) -> Result<(), TillError> {
    match setting::get::<Printing>(tx, receipt::KEY)? {
        Some(printing) if printing.drawer && printing.place.is_some() && !sale.from_paper => {
            print_job::insert(tx, &Task::Drawer, now.utc)
        }
        Some(_) | None => Ok(()),
    }
}
