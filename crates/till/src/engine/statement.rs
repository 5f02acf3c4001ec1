//! A statement of the shop's M-PESA account, brought by a person: it proves payments as far back as it goes,
//! takes back what was reversed, and ends prompts that no other witness reaches any more.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::Serialize;
use ts_rs::TS;

use super::own_reference::Place;
use super::{Announcement, Effect, Engine, book, claims};
use crate::clock::Now;
use crate::error::TillError;
use crate::matching::{self, Arrival, Claim, Verdict};
use crate::money::Money;
use crate::people::Act;
use crate::push::{Event, Push};
use crate::receipt_number::ReceiptNumber;
use crate::statement::{Payment, Reversal, Statement};
use crate::store::money_in::{self, Grade, MoneyIn};
use crate::store::{push as push_table, sale, tender};
use crate::view::Why;

/// What a statement changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, TS)]
pub struct StatementReport {
    /// Customers' payments in it.
    pub payments: usize,
    /// Of these, what pays a sale of this book already.
    pub known: usize,
    /// Payments that pay or prove a sale only now.
    pub found: usize,
    /// Payments that may be for one of several sales; a person must say which.
    pub questions: usize,
    /// Payments that no sale of this book asked for.
    pub elsewhere: usize,
    /// Sales whose payment was taken back.
    pub reversed: usize,
    /// Prompts that it proves unpaid.
    pub dead: usize,
    /// It shows every payment of its time that this book knows from Safaricom, so what it lacks was not paid.
    pub whole: bool,
    /// Typed codes of its time that it does not show. Empty unless `whole`.
    pub missing_codes: Vec<MissingCode>,
}

/// A typed code that Safaricom does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct MissingCode {
    /// As typed.
    pub receipt: ReceiptNumber,
    /// Of the sale that it was typed for.
    pub reference: String,
    /// What it was to pay.
    pub amount: Money,
}

/// A statement that is being taken.
#[derive(Debug)]
pub struct StatementTaking {
    statement: Statement,
    taken: usize,
    report: StatementReport,
}

impl StatementTaking {
    /// How many of its payments are taken.
    #[must_use]
    pub fn taken(&self) -> u64 {
        self.taken.try_into().unwrap_or(u64::MAX)
    }

    /// How many it has.
    #[must_use]
    pub fn all(&self) -> u64 {
        self.statement.payments.len().try_into().unwrap_or(u64::MAX)
    }
}

impl Engine {
    /// Takes everything that a statement says. Reading the same one twice changes nothing the second time.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble; what was taken until then stays, and the statement can be read again.
    pub fn take_statement(
        &mut self,
        statement: &Statement,
        now: Now,
    ) -> Result<(StatementReport, Vec<Effect>), TillError> {
        let mut taking = self.begin_statement(statement.clone(), now)?;
        let ((), mut effects) = self.take_some(&mut taking, usize::MAX, now)?;
        let (report, last) = self.end_statement(taking, now)?;
        effects.extend(last);
        Ok((report, effects))
    }

    /// Begins to take a statement: [`Self::take_some`] of it, again and again, and then [`Self::end_statement`]. The shop
    /// sells in between.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn begin_statement(&mut self, statement: Statement, now: Now) -> Result<StatementTaking, TillError> {
        self.acted(Act::TakeStatement, None, now)?;
        let report = StatementReport {
            payments: statement.payments.len(),
            // Before its own payments are among those that are known.
            whole: self.is_whole(&statement)?,
            ..StatementReport::default()
        };
        Ok(StatementTaking {
            statement,
            taken: 0,
            report,
        })
    }

    /// Takes the next payments of a statement, at most so many.
    ///
    /// # Errors
    /// The disk's trouble; what was taken until then stays, and the statement can be read again.
    pub fn take_some(
        &mut self,
        taking: &mut StatementTaking,
        most: usize,
        now: Now,
    ) -> Result<((), Vec<Effect>), TillError> {
        let StatementTaking {
            statement,
            taken,
            report,
        } = taking;
        let mut effects = Vec::new();
        let mut claims = self.claims_of(statement, now)?;
        for payment in statement.payments.iter().skip(*taken).take(most) {
            let news = self.take_payment(payment, &claims, report, now)?;
            *taken += 1;
            if !news.is_empty() {
                claims = self.claims_of(statement, now)?;
            }
            effects.extend(news);
        }
        Ok(((), without_endings(effects)))
    }

    /// The end of a statement whose payments are all taken: what was reversed, and what it shows by not having it.
    ///
    /// # Errors
    /// The disk's trouble; what was taken until then stays, and the statement can be read again.
    pub fn end_statement(
        &mut self,
        taking: StatementTaking,
        now: Now,
    ) -> Result<(StatementReport, Vec<Effect>), TillError> {
        let StatementTaking {
            statement,
            mut report,
            ..
        } = taking;
        let mut effects = Vec::new();
        for reversal in &statement.reversals {
            effects.extend(self.take_reversal(reversal, &mut report, now)?);
        }
        effects.extend(self.confirm_sent_back(&statement.sent, now)?);
        if report.whole {
            for (tender_id, money) in self.paid_with(statement.span, now)? {
                report.found += 1;
                effects.extend(self.pay_tender(&tender_id, &money, Why::Digits, now)?);
            }
            effects.extend(self.end_unpaid(&statement, &mut report, now)?);
            report.missing_codes = self.missing_codes(&statement)?;
        }
        effects.extend(self.decide_codes(statement.span, report.whole, now)?);
        Ok((report, without_endings(effects)))
    }

    fn take_payment(
        &mut self,
        payment: &Payment,
        claims: &[Claim],
        report: &mut StatementReport,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let money = MoneyIn {
            receipt: payment.receipt.clone(),
            amount: payment.amount,
            short_code: None,
            digits: (!payment.digits.is_empty()).then(|| payment.digits.clone()),
            reference: (!payment.reference.is_empty()).then(|| payment.reference.clone()),
            paid_at: Some(payment.at),
            // What was paid so long ago has its receipt, and needs no name to be known by.
            first_name: None,
            grade: Grade::Statement,
        };
        let known = money_in::get(self.store.read(), &payment.receipt)?;
        if let Some(row) = known.as_ref().filter(|row| row.tender_id.is_some()) {
            let proved = row.is_from_safaricom();
            let effects = self.receive(&money, (payment.at, payment.at), now)?;
            if proved || effects.is_empty() {
                report.known += 1;
            } else {
                report.found += 1;
            }
            return Ok(effects);
        }
        let arrival = arrival_of(payment);
        match self.place_of(&arrival, claims)? {
            Place::Tender { tender_id, why } => {
                report.found += 1;
                return self.pay_tender(&tender_id, &money, why, now);
            }
            Place::Sale { sale_id } => {
                report.found += 1;
                return self.pay_sale(&sale_id, &money, Why::Reference, now);
            }
            Place::Nowhere => {}
        }
        let asks = match self.verdict(&arrival, claims) {
            Verdict::Attach { .. } => true,
            Verdict::Offer { tender_ids } => !tender_ids.is_empty(),
        };
        if asks {
            report.questions += 1;
        } else {
            report.elsewhere += 1;
        }
        if known.map_or(asks, |row| row.grade < Grade::Statement as u8) {
            self.store.write(|tx| money_in::record(tx, &money, now.utc))?;
        }
        Ok(Vec::new())
    }

    /// A payment was taken back after the sale: the book says so once, and somebody must look.
    fn take_reversal(
        &mut self,
        reversal: &Reversal,
        report: &mut StatementReport,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let Some(of) = &reversal.of else {
            return Ok(Vec::new());
        };
        let Some(tender_id) = money_in::get(self.store.read(), of)?.and_then(|row| row.tender_id) else {
            return Ok(Vec::new());
        };
        let reversed = tender::get(self.store.read(), &tender_id)?;
        let ids = &mut self.ids;
        let news = self
            .store
            .write(|tx| book::reverse(tx, ids, &reversed, reversal.amount, now))?;
        if !news {
            return Ok(Vec::new());
        }
        report.reversed += 1;
        self.announce(&reversed.sale_id, now)
    }

    /// Whether the statement is this shop's and shows what Safaricom told otherwise, by a receipt number or by
    /// calling a prompt paid: another shop's statement proves nothing by what it lacks.
    fn is_whole(&self, statement: &Statement) -> Result<bool, TillError> {
        let told = money_in::told_within(self.store.read(), statement.span)?;
        let shown = shown(statement);
        let paid: Vec<Claim> = self
            .pushes_of(statement)?
            .iter()
            .filter(|push| push.lacks_receipt() && push.skew_ms.is_some())
            .map(|push| claims::of_push(push, &self.policy))
            .filter(|claim| claim.lies_in(statement.span))
            .collect();
        let pays = |claim: &Claim| {
            statement
                .payments
                .iter()
                .any(|payment| matching::can_have_paid(&arrival_of(payment), claim))
        };
        Ok(!(told.is_empty() && paid.is_empty())
            && told.iter().all(|receipt| shown.contains(receipt))
            && paid.iter().all(pays))
    }

    /// Prompts whose whole time it shows, and no payment that could be theirs.
    fn end_unpaid(
        &mut self,
        statement: &Statement,
        report: &mut StatementReport,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let mut unclaimed = self.unclaimed(now)?;
        for payment in &statement.payments {
            let known = money_in::get(self.store.read(), &payment.receipt)?;
            if known.is_none_or(|row| row.tender_id.is_none()) {
                unclaimed.push(arrival_of(payment));
            }
        }
        let mut effects = Vec::new();
        for push in self.pushes_of(statement)? {
            if push.lacks_receipt() {
                continue;
            }
            let claim = claims::of_push(&push, &self.policy);
            let seen = push.skew_ms.is_some() && claim.lies_in(statement.span);
            if seen
                && !unclaimed
                    .iter()
                    .any(|arrival| matching::could_be(arrival, &claim))
            {
                let ended = self.apply(&push.id, Event::NotInStatement, now)?;
                report.dead += usize::from(!ended.is_empty());
                effects.extend(ended);
            }
        }
        Ok(effects)
    }

    fn missing_codes(&self, statement: &Statement) -> Result<Vec<MissingCode>, TillError> {
        let conn = self.store.read();
        let shown = shown(statement);
        // A code may have been typed long after its payment, but never before.
        let (from, to) = (statement.span.0 + TimeDelta::hours(1), statement.span.1);
        let mut missing = Vec::new();
        for tender_id in tender::not_confirmed(conn, from)? {
            let typed = tender::get(conn, &tender_id)?;
            if let Some((receipt, row)) = money_in::of_tender(conn, &tender_id)?
                && typed.opened_at <= to
                && !row.is_from_safaricom()
                && !shown.contains(&receipt)
            {
                let reference = sale::get(conn, &typed.sale_id)?.reference;
                missing.push(MissingCode {
                    receipt,
                    reference,
                    amount: typed.amount,
                });
            }
        }
        Ok(missing)
    }

    /// What the payments of a statement may be for: also what is older than Safaricom's list reaches.
    fn claims_of(&self, statement: &Statement, now: Now) -> Result<Vec<Claim>, TillError> {
        let since = statement.span.0 - TimeDelta::days(1);
        self.claims_since(since.min(self.reachable_since(now)))
    }

    /// Prompts of its time that may have been paid and have no receipt number.
    fn pushes_of(&self, statement: &Statement) -> Result<Vec<Push>, TillError> {
        let since = statement.span.0 - TimeDelta::days(1);
        let over = push_table::over_without_receipt(self.store.read(), since)?;
        let watched = self.watches.values().map(|watch| watch.push.clone());
        Ok(watched
            .chain(
                over.into_iter()
                    .filter(|push| !self.watches.contains_key(&push.id)),
            )
            .filter(Push::reserves)
            .collect())
    }
}

/// A month of old payments is told by the report, and not each with its sound and notice.
fn without_endings(mut effects: Vec<Effect>) -> Vec<Effect> {
    effects.retain(|effect| !matches!(effect, Effect::Announce(Announcement::PaymentEnded(_))));
    effects
}

fn shown(statement: &Statement) -> BTreeSet<&ReceiptNumber> {
    statement
        .payments
        .iter()
        .map(|payment| &payment.receipt)
        .collect()
}

fn arrival_of(payment: &Payment) -> Arrival {
    Arrival {
        amount: payment.amount,
        reference: payment.reference.clone(),
        digits: payment.digits.clone(),
        paid: (payment.at, payment.at),
    }
}
