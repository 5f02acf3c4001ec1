//! Entries added up: by account, by person, by way of paying, by bar of a chart.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::error::TillError;
use crate::money::Money;
use crate::store::extent::Extent;
use crate::store::posting::{Account, Sums};
use crate::store::posting_sum::{self, SumRow};
use crate::view::{AccountsView, Bar, PaidBy, PersonDay, PersonTotals, WayTotals};

/// What was added up.
#[derive(Debug, Default)]
pub(crate) struct Added {
    all: Accounts,
    people: BTreeMap<Option<String>, Part>,
    ways: BTreeMap<PaidBy, Part>,
    bars: BTreeMap<DateTime<Utc>, Sold>,
}

type Accounts = BTreeMap<Account, Sums>;

/// One person's, or one way's, part.
#[derive(Debug, Default)]
struct Part {
    accounts: Accounts,
    sold: Sold,
    /// Payments taken for sales, without those that were given back by giving the sale up.
    count: i64,
}

/// What was sold, in cents, by what it was paid with.
#[derive(Debug, Default)]
struct Sold {
    cash: i64,
    mpesa: i64,
    credit: i64,
}

impl Added {
    /// Adds up a stretch of the book; one of time begins and ends with an hour. `bar` says to which bar of the chart
    /// an hour belongs.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(crate) fn of(
        conn: &Connection,
        extent: Extent,
        bar: &dyn Fn(DateTime<Utc>) -> DateTime<Utc>,
    ) -> Result<Self, TillError> {
        let mut added = Self::default();
        posting_sum::of(conn, extent, &mut |row| added.add(row, bar))?;
        Ok(added)
    }

    fn add(&mut self, row: SumRow, bar: &dyn Fn(DateTime<Utc>) -> DateTime<Utc>) -> Result<(), TillError> {
        add(&mut self.all, &row)?;
        if let Some(way) = row.way {
            self.ways.entry(way).or_default().add(&row)?;
            if row.account == Account::Sales {
                self.bars.entry(bar(row.hour)).or_default().add(way, &row)?;
            }
        }
        self.people.entry(row.person_id.clone()).or_default().add(&row)
    }

    /// The accounts.
    ///
    /// # Errors
    /// A sum out of bounds.
    pub(crate) fn accounts(&self) -> Result<AccountsView, TillError> {
        let all = &self.all;
        let written_off = balance(all, Account::WrittenOff)?;
        let credit_given = self.on_credit()?;
        let credit_paid = self.paid_off()?;
        Ok(AccountsView {
            sales: given(all, Account::Sales)?,
            cash: balance(all, Account::Cash)?,
            mpesa_proved: balance(all, Account::MpesaProved)?,
            mpesa_not_proved: balance(all, Account::MpesaNotProved)?,
            credit_given,
            credit_paid,
            taken_off: [credit_paid, written_off, balance(all, Account::Credit)?]
                .into_iter()
                .try_fold(credit_given, Money::checked_sub)
                .ok_or_else(out_of_bounds)?,
            written_off,
            refunds: balance(all, Account::Refunds)?,
            refund_due: given(all, Account::RefundDue)?,
            sent_back: given(all, Account::SentBack)?,
            reversed: balance(all, Account::Reversed)?,
            paid_in: given(all, Account::PaidIn)?,
            paid_out: balance(all, Account::PaidOut)?,
            float: given(all, Account::Float)?,
            over_short: given(all, Account::OverShort)?,
        })
    }

    /// What credit parts of sales received, without what giving a sale up took off again.
    fn on_credit(&self) -> Result<Money, TillError> {
        let part = self.ways.get(&PaidBy::Credit);
        part.map_or(Ok(Money::ZERO), |part| balance(&part.accounts, Account::Credit))
    }

    /// What parts in money took off debts: every other entry of theirs belongs to no part, or to one on credit.
    fn paid_off(&self) -> Result<Money, TillError> {
        let in_money = self.ways.iter().filter(|(way, _)| **way != PaidBy::Credit);
        in_money
            .map(|(_, part)| given(&part.accounts, Account::Credit))
            .try_fold(Money::ZERO, |all, paid| {
                all.checked_add(paid?).ok_or_else(out_of_bounds)
            })
    }

    /// Each person's part, as a close keeps it.
    ///
    /// # Errors
    /// A sum out of bounds.
    pub(crate) fn person_totals(&self) -> Result<Vec<PersonTotals>, TillError> {
        let totals = |(id, part): (&Option<String>, &Part)| {
            let sums = &part.accounts;
            Ok(PersonTotals {
                person_id: id.clone(),
                sales: given(sums, Account::Sales)?,
                mpesa_proved: balance(sums, Account::MpesaProved)?,
                mpesa_not_proved: balance(sums, Account::MpesaNotProved)?,
                refunds: balance(sums, Account::Refunds)?,
                over_short: given(sums, Account::OverShort)?,
            })
        };
        self.people.iter().map(totals).collect()
    }

    /// Each person's day, who sold most first; only those of whom it says anything.
    ///
    /// # Errors
    /// A sum out of bounds, or those of `name`.
    pub(crate) fn people(
        &self,
        name: impl Fn(Option<&str>) -> Result<Option<String>, TillError>,
    ) -> Result<Vec<PersonDay>, TillError> {
        let mut people = Vec::new();
        for (id, part) in &self.people {
            people.push(PersonDay {
                name: name(id.as_deref())?,
                person_id: id.clone(),
                sold: given(&part.accounts, Account::Sales)?,
                count: part.count,
                cash: money(part.sold.cash)?,
                mpesa: money(part.sold.mpesa)?,
                credit: money(part.sold.credit)?,
                not_proved: balance(&part.accounts, Account::MpesaNotProved)?,
                refunds: balance(&part.accounts, Account::Refunds)?,
                over_short: given(&part.accounts, Account::OverShort)?,
            });
        }
        people.retain(PersonDay::says_anything);
        people.sort_by_key(|one| std::cmp::Reverse(one.sold));
        Ok(people)
    }

    /// How sales were paid.
    ///
    /// # Errors
    /// A sum out of bounds.
    pub(crate) fn ways(&self) -> Result<Vec<WayTotals>, TillError> {
        let totals = |(way, part): (&PaidBy, &Part)| {
            Ok(WayTotals {
                way: *way,
                sold: given(&part.accounts, Account::Sales)?,
                count: part.count,
                proved: balance(&part.accounts, Account::MpesaProved)?,
                not_proved: balance(&part.accounts, Account::MpesaNotProved)?,
            })
        };
        self.ways.iter().map(totals).collect()
    }

    /// The bars in which something was sold, the earliest first.
    ///
    /// # Errors
    /// A sum out of bounds.
    pub(crate) fn bars(&self) -> Result<Vec<Bar>, TillError> {
        let bar = |(at, sold): (&DateTime<Utc>, &Sold)| {
            Ok(Bar {
                at: *at,
                sold: money(sold.cash + sold.mpesa + sold.credit)?,
                mpesa: money(sold.mpesa)?,
            })
        };
        self.bars.iter().map(bar).collect()
    }
}

impl Part {
    fn add(&mut self, row: &SumRow) -> Result<(), TillError> {
        add(&mut self.accounts, row)?;
        if row.account == Account::Sales {
            self.count += row.lines;
            if let Some(way) = row.way {
                self.sold.add(way, row)?;
            }
        }
        Ok(())
    }
}

impl Sold {
    fn add(&mut self, way: PaidBy, row: &SumRow) -> Result<(), TillError> {
        let cents = row.sums.credit.checked_sub(row.sums.debit);
        let into = match way {
            PaidBy::Cash => &mut self.cash,
            PaidBy::Push | PaidBy::ToTill | PaidBy::Code => &mut self.mpesa,
            PaidBy::Credit => &mut self.credit,
        };
        *into = cents
            .and_then(|cents| into.checked_add(cents))
            .ok_or_else(out_of_bounds)?;
        Ok(())
    }
}

fn add(accounts: &mut Accounts, row: &SumRow) -> Result<(), TillError> {
    let sums = accounts.entry(row.account).or_default();
    let grown = |sum: i64, more: i64| sum.checked_add(more).ok_or_else(out_of_bounds);
    sums.debit = grown(sums.debit, row.sums.debit)?;
    sums.credit = grown(sums.credit, row.sums.credit)?;
    Ok(())
}

fn sum(accounts: &Accounts, account: Account) -> Sums {
    accounts.get(&account).copied().unwrap_or_default()
}

fn balance(accounts: &Accounts, account: Account) -> Result<Money, TillError> {
    sum(accounts, account).balance()
}

fn given(accounts: &Accounts, account: Account) -> Result<Money, TillError> {
    Money::ZERO
        .checked_sub(balance(accounts, account)?)
        .ok_or_else(out_of_bounds)
}

fn money(cents: i64) -> Result<Money, TillError> {
    Money::from_cents(cents).ok_or_else(out_of_bounds)
}

fn out_of_bounds() -> TillError {
    TillError::internal("a sum out of bounds")
}
