//! The owner, two days later: every other day she exports the statement and gives it to the till.

use std::fmt::Write as _;

use till::clock::east_africa;
use till::statement;

use crate::TortureError;
use crate::counter::Counter;
use crate::day::{Day, Options};
use crate::event::Event;

use crate::line::{lock, utc};
use crate::staff::{MANAGER, OWNER};

impl Options {
    /// Whether the owner of this day's shop brings the statement.
    pub(crate) const fn statement(&self) -> bool {
        self.seed.is_multiple_of(2)
    }
}

impl Day {
    /// She chooses the file, and the till takes it; when the power goes meanwhile, once more after it is back.
    pub(crate) fn brings_statement(&mut self, counter: usize) -> Result<(), TortureError> {
        if self.options.people && !self.signs_in(counter, OWNER)? && !self.signs_in(counter, MANAGER)? {
            let later_ms = self.now_ms.saturating_add(60_000);
            self.heap.push(later_ms, Event::Statement(counter));
            return Ok(());
        }
        let file = self.statement_file(counter);
        let read = statement::read(file.as_bytes());
        self.tell(counter, || format!("Statement of {} lines", file.lines().count()));
        let statement =
            read.map_err(|error| TortureError::Harness(format!("the statement cannot be read: {error}")))?;
        self.tell_engine(counter, |engine, now| {
            engine.take_statement(&statement, now).map(|(_, effects)| effects)
        })?;
        if self.counters.get(counter).is_some_and(Counter::is_off) {
            let later_ms = self.now_ms.saturating_add(60_000);
            self.heap.push(later_ms, Event::Statement(counter));
        }
        Ok(())
    }

    /// As the organisation portal writes it, the newest payment on top, of each phone the first four digits and
    /// the last three.
    fn statement_file(&self, counter: usize) -> String {
        let mut file = String::from(
            "Organization Name:,DUKA\n\nReceipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,\
             Other Party Info,A/C No.\n",
        );
        let at = |ms: i64| utc(ms).with_timezone(&east_africa()).format("%d-%m-%Y %H:%M:%S");
        // Something happens on the account after the last sale too: otherwise it ends before the last prompt's time.
        let _ = writeln!(file, "UKQ0CHARGE,{},Charge,Completed,,-5.00,,", at(self.now_ms));
        for payment in lock(&self.outside).world.payments().iter().rev() {
            let phone = &payment.msisdn;
            let (first, last) = (phone.get(..4).unwrap_or(""), phone.get(9..).unwrap_or(""));
            let _ = writeln!(
                file,
                "{},{},Payment from {first}*****{last},Completed,\"{}.00\",,{first}*****{last} - CUSTOMER,{}",
                payment.receipt,
                at(payment.at_ms),
                payment.amount,
                payment.bill_ref,
            );
        }
        // What the shop's phone sent back.
        for (code, amount) in self.staff.get(counter).iter().flat_map(|staff| &staff.cash.sent) {
            let when = at(self.now_ms.saturating_sub(50 * 3_600_000));
            let _ = writeln!(
                file,
                "{code},{when},Customer Transfer to 254712345678,Completed,,-{amount}.00,254712345678 - CUSTOMER,"
            );
        }
        let opened = self.now_ms.saturating_sub(72 * 3_600_000);
        let _ = writeln!(file, "UKN0CHARGE,{},Charge,Completed,,-5.00,,", at(opened));
        file
    }
}
