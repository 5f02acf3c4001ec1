//! The day in short.

use chrono::{Days, NaiveDate, TimeDelta};

use super::Engine;
use crate::clock::day_start;
use crate::error::TillError;
use crate::money::Money;
use crate::store::posting::{self, Account};
use crate::store::pull_cover::{self, Stretch};
use crate::store::{matter, person_word, push, sale};
use crate::view::{DayView, PersonWordView, Span};

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
            reversed: balance(Account::Reversed)?,
            to_look_at: self.to_look_at(from)?,
            matters: matter::count_open(conn)?,
            words: self.words((from, to))?,
            holes: self.holes((from, to))?,
        })
    }

    fn words(&self, (from, to): Stretch) -> Result<Vec<PersonWordView>, TillError> {
        person_word::between(self.store.read(), from, to)?
            .into_iter()
            .map(|word| {
                let push = self.push(&word.push_id)?;
                Ok(PersonWordView {
                    at: word.at,
                    reference: push.reference,
                    amount: push.amount.money(),
                    direction: word.direction,
                    reason: word.reason,
                })
            })
            .collect()
    }

    /// What of the time in which prompts were out nobody has seen whole. Empty without Pull: then the shop
    /// knows that it sees nothing of the kind.
    fn holes(&self, day: Stretch) -> Result<Vec<Span>, TillError> {
        if !self.puller.on {
            return Ok(Vec::new());
        }
        let conn = self.store.read();
        let Some((first, last)) = push::sent_between(conn, day)? else {
            return Ok(Vec::new());
        };
        let deadline = TimeDelta::milliseconds(i64::try_from(self.policy.deadline_ms).unwrap_or(0));
        let out = (first, last + deadline);
        Ok(pull_cover::holes(out, &pull_cover::within(conn, out)?)
            .into_iter()
            .map(|(from, to)| Span { from, to })
            .collect())
    }
}
