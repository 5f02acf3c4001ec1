//! The slip of a close, or of the open day: on the screen, in a file, on paper.

use std::collections::BTreeMap;

use receipts::Document;
use rusqlite::Transaction;

use super::printing::{again, mark_of, under_way};
use super::{Effect, Engine};
use crate::clock::Now;
use crate::error::TillError;
use crate::people::Act;
use crate::receipt::{self, CloseSlip, Mark, Printing};
use crate::store::print_job::{self, Task};
use crate::store::{person, setting, z};

impl Engine {
    /// The slip of a close; of the open day until now when no number is given. `play` says that its money is not
    /// real.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`], those of [`Self::may`], or the disk's trouble.
    pub fn close_paper(&self, number: Option<u32>, play: bool, now: Now) -> Result<Document, TillError> {
        self.may(Act::SeeDay, now)?;
        match number {
            Some(number) => self.close_slip(number, play),
            None => {
                let report = self.x_report(now)?;
                self.with_close_facts(Mark::Original, play, |facts| receipt::x_slip(&report, facts))
            }
        }
    }

    /// Asks for that slip to be printed; one of a close that waits already is not asked for twice.
    ///
    /// # Errors
    /// [`crate::Code::NoPrinter`], and those of [`Self::close_paper`].
    pub fn print_close(
        &mut self,
        number: Option<u32>,
        play: bool,
        now: Now,
    ) -> Result<((), Vec<Effect>), TillError> {
        let paper = self.close_paper(number, play, now)?;
        self.needs_printer()?;
        let Some(number) = number else {
            return self.print_paper(paper, now);
        };
        let task = Task::Close { number };
        if !under_way(&print_job::states_of(self.store.read(), &task)?) {
            self.store.write(|tx| again(tx, &task, now))?;
        }
        Ok(((), self.printer_changed()?))
    }

    /// The slip of a close, for whoever was allowed to ask for it.
    pub(super) fn close_slip(&self, number: u32, play: bool) -> Result<Document, TillError> {
        let conn = self.store.read();
        let mark = mark_of(&print_job::states_of(conn, &Task::Close { number })?);
        let z = self.z_view(z::get(conn, number)?)?;
        self.with_close_facts(mark, play, |facts| receipt::z_slip(&z, facts))
    }

    fn with_close_facts(
        &self,
        mark: Mark,
        play: bool,
        write: impl FnOnce(CloseSlip<'_>) -> Document,
    ) -> Result<Document, TillError> {
        let names: BTreeMap<String, String> = person::ever(self.store.read())?
            .into_iter()
            .map(|row| (row.id, row.name))
            .collect();
        Ok(write(CloseSlip {
            shop_name: &self.shop_name()?,
            counter: self.letter(),
            printing: &self.printing()?,
            names: &names,
            mark,
            play,
        }))
    }
}

/// In the transaction that closes a day: its slip is to be printed, where there is a printer.
pub(super) fn day_closed(tx: &Transaction<'_>, number: u32, now: Now) -> Result<(), TillError> {
    match setting::get::<Printing>(tx, receipt::KEY)? {
        Some(printing) if printing.place.is_some() => print_job::insert(tx, &Task::Close { number }, now.utc),
        Some(_) | None => Ok(()),
    }
}
