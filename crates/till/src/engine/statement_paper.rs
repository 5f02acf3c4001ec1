//! A customer's statement: on the screen, in a file, on paper.

use receipts::Document;

use super::printing::{again, mark_of, under_way};
use super::{Effect, Engine};
use crate::clock::Now;
use crate::error::TillError;
use crate::people::Act;
use crate::receipt::{self, StatementSlip};
use crate::store::debt;
use crate::store::print_job::{self, Task};

impl Engine {
    /// The statement of what a customer owes, marked by what came out before. `play` says that its money is not real.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`], those of [`Self::may`], or the disk's trouble.
    pub fn statement_paper(
        &mut self,
        customer_id: &str,
        play: bool,
        now: Now,
    ) -> Result<Document, TillError> {
        self.looks(Act::SeeCustomers, now)?;
        let upto = debt::newest_seq(self.store.read(), customer_id)?;
        self.statement_slip(customer_id, upto, play)
    }

    /// Asks for that statement to be printed; one that waits already is not asked for twice.
    ///
    /// # Errors
    /// [`crate::Code::NoPrinter`], and those of [`Self::statement_paper`].
    pub fn print_statement(
        &mut self,
        customer_id: &str,
        play: bool,
        now: Now,
    ) -> Result<((), Vec<Effect>), TillError> {
        self.statement_paper(customer_id, play, now)?;
        self.needs_printer()?;
        let task = Task::Statement {
            customer_id: customer_id.to_owned(),
            upto: debt::newest_seq(self.store.read(), customer_id)?,
        };
        if !under_way(&print_job::states_of(self.store.read(), &task)?) {
            self.store.write(|tx| again(tx, &task, now))?;
        }
        Ok(((), self.printer_changed()?))
    }

    /// The statement up to an entry, for whoever was allowed to ask for it. What was written since then is in the next
    /// one: a slip says what it said when it was asked for.
    pub(super) fn statement_slip(
        &self,
        customer_id: &str,
        upto: i64,
        play: bool,
    ) -> Result<Document, TillError> {
        let mut story = self.story_of(customer_id)?;
        let entries = debt::count_upto(self.store.read(), customer_id, upto)?;
        story.lines.truncate(entries);
        let task = Task::Statement {
            customer_id: customer_id.to_owned(),
            upto,
        };
        let mark = mark_of(&print_job::states_of(self.store.read(), &task)?);
        Ok(receipt::statement_slip(
            &story,
            StatementSlip {
                shop_name: &self.shop_name()?,
                counter: self.letter(),
                printing: &self.printing()?,
                mark,
                play,
            },
        ))
    }
}
