//! The day in short.

use chrono::{Days, NaiveDate};

use super::Engine;
use crate::clock::day_start;
use crate::error::TillError;
use crate::money::Money;
use crate::store::posting::{self, Account};
use crate::store::sale;
use crate::view::DayView;

impl Engine {
    /// What the book says of one shop day (East Africa Time).
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn day(&self, day: NaiveDate) -> Result<DayView, TillError> {
        let conn = self.store.read();
        let from = day_start(day);
        let to = day_start(day.checked_add_days(Days::new(1)).unwrap_or(day));
        let balance = |account| posting::balance(conn, account, from, to);
        let negative = |money: Money| Money::ZERO.checked_sub(money).unwrap_or(Money::ZERO);
        Ok(DayView {
            day,
            settled: sale::settled_between(conn, from, to)?,
            taken: negative(balance(Account::Sales)?),
            cash: balance(Account::Cash)?,
            mpesa_proved: balance(Account::MpesaProved)?,
            mpesa_not_proved: balance(Account::MpesaNotProved)?,
            refund_due: negative(balance(Account::RefundDue)?),
            to_look_at: self.to_look_at(from)?,
        })
    }
}
