//! Who may pay later: brought in with their consent, found by name or digits, changed, and seen.

use rusqlite::Connection;

use super::Engine;
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::msisdn::Msisdn;
use crate::people::Act;
use crate::store::act;
use crate::store::customer::{self, CustomerRow};
use crate::store::debt::{self, DebtFrom, DebtRow};
use crate::store::{desk, reason};
use crate::view::{DebtLineKind, DebtLineView, DebtStatementView, KnownCustomer};

/// Longest name, characters: it stands on one line of the counter.
const LONGEST_NAME: usize = 40;
/// Fewest letters that a name is looked for by: one letter would list the shop's customers.
const FEWEST_LETTERS: usize = 2;
/// Most that a search shows at the counter.
const MOST_FOUND: u32 = 6;
/// Fewest digits that a phone is looked for by: as many as M-PESA itself shows of one.
const FEWEST_DIGITS: usize = 3;

/// What a shop writes down of a customer.
#[derive(Debug, Clone)]
pub struct CustomerInput {
    /// As the shop calls them.
    pub name: String,
    /// Their phone; nothing keeps the one that is known.
    pub phone: Option<Msisdn>,
    /// How much they may owe at once.
    pub limit: Money,
}

impl Engine {
    /// Brings a customer in who agreed to it.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] without consent, without a phone or name, or for a phone that another customer has;
    /// [`Code::AmountInvalid`] for a limit below zero; those of [`Self::may`], or the disk's trouble.
    pub fn add_customer(
        &mut self,
        input: &CustomerInput,
        agreed: bool,
        now: Now,
    ) -> Result<KnownCustomer, TillError> {
        self.may(Act::ChangeCustomer, now)?;
        if !agreed {
            return Err(TillError::new(
                Code::NotAllowed,
                "Ask the customer first: name and phone are kept only of those who agree.",
            ));
        }
        let Some(phone) = input.phone.clone() else {
            return Err(TillError::new(
                Code::PhoneInvalid,
                "Type the customer's phone number.",
            ));
        };
        let (name, limit) = checked(input)?;
        self.free_phone(&phone, None)?;
        let permit = self.permit(Act::ChangeCustomer, now)?;
        let ids = &mut self.ids;
        let id = self.store.write(|tx| {
            let row = CustomerRow {
                id: ids.next_id(),
                name,
                phone,
                limit,
                agreed_at: now.utc,
                agreed_with: desk::get(tx)?.person_id,
            };
            customer::insert(tx, &row)?;
            permit.write(tx, ids, (Some(&row.id), Some(limit)), None, now)?;
            Ok(row.id)
        })?;
        self.customer(&id)
    }

    /// Another name, phone or limit.
    ///
    /// # Errors
    /// [`Code::NotFound`], and those of [`Self::add_customer`].
    pub fn change_customer(
        &mut self,
        id: &str,
        input: &CustomerInput,
        now: Now,
    ) -> Result<KnownCustomer, TillError> {
        self.may(Act::ChangeCustomer, now)?;
        let mut row = customer::get(self.store.read(), id)?;
        (row.name, row.limit) = checked(input)?;
        if let Some(phone) = input.phone.clone() {
            self.free_phone(&phone, Some(id))?;
            row.phone = phone;
        }
        let permit = self.permit(Act::ChangeCustomer, now)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            customer::update(tx, &row)?;
            permit.write(tx, ids, (Some(id), Some(row.limit)), None, now)
        })?;
        self.customer(id)
    }

    /// The customers that whoever sells may mean: by some letters of the name, the last digits of the phone, three at
    /// least, or the whole number. Masked, and never the whole list.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn find_customers(&self, typed: &str, now: Now) -> Result<Vec<KnownCustomer>, TillError> {
        self.may(Act::GiveCredit, now)?;
        let conn = self.store.read();
        let typed = typed.trim();
        let digits = is_digits(typed);
        let rows = if let Ok(phone) = Msisdn::parse(typed) {
            customer::by_phone(conn, &phone)?.into_iter().collect()
        } else if digits && typed.len() >= FEWEST_DIGITS {
            customer::by_digits(conn, typed, MOST_FOUND)?
        } else if !digits && typed.chars().count() >= FEWEST_LETTERS {
            customer::by_name(conn, typed, MOST_FOUND)?
        } else {
            Vec::new()
        };
        rows.into_iter().map(|row| self.customer_view(row)).collect()
    }

    /// The regulars whose phone ends with the digits that are being typed at the counter. Nothing for whoever may not
    /// know customers: a question in the middle of typing would be in the way.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn regulars(&self, typed: &str, now: Now) -> Result<Vec<KnownCustomer>, TillError> {
        let typed: String = typed.chars().filter(|typed| !typed.is_whitespace()).collect();
        if !is_digits(&typed) || self.may(Act::GiveCredit, now).is_err() {
            return Ok(Vec::new());
        }
        self.find_customers(&typed, now)
    }

    /// All customers, with what they owe.
    ///
    /// # Errors
    /// Those of [`Self::may`], or the disk's trouble.
    pub fn customers(&mut self, now: Now) -> Result<Vec<KnownCustomer>, TillError> {
        self.looks(Act::SeeCustomers, now)?;
        customer::all(self.store.read())?
            .into_iter()
            .map(|row| self.customer_view(row))
            .collect()
    }

    /// One customer's whole phone number. That somebody looked is written down.
    ///
    /// # Errors
    /// [`Code::NotFound`], those of [`Self::may`], or the disk's trouble.
    pub fn customer_phone(&mut self, id: &str, now: Now) -> Result<String, TillError> {
        self.may(Act::SeeCustomers, now)?;
        let row = customer::get(self.store.read(), id)?;
        let permit = self.permit(Act::SeeCustomers, now)?;
        let ids = &mut self.ids;
        self.store
            .write(|tx| permit.write(tx, ids, (Some(id), None), None, now))?;
        Ok(row.phone.local())
    }

    /// What one customer owes, and how it came to that.
    ///
    /// # Errors
    /// [`Code::NotFound`], those of [`Self::may`], or the disk's trouble.
    pub fn debt_statement(&mut self, id: &str, now: Now) -> Result<DebtStatementView, TillError> {
        self.looks(Act::SeeCustomers, now)?;
        self.story_of(id)
    }

    pub(super) fn story_of(&self, id: &str) -> Result<DebtStatementView, TillError> {
        Ok(DebtStatementView {
            customer: self.customer(id)?,
            lines: debt_lines(self.store.read(), id)?,
        })
    }

    /// One customer, masked.
    ///
    /// # Errors
    /// [`Code::NotFound`], or the disk's trouble.
    pub(super) fn customer(&self, id: &str) -> Result<KnownCustomer, TillError> {
        self.customer_view(customer::get(self.store.read(), id)?)
    }

    fn customer_view(&self, row: CustomerRow) -> Result<KnownCustomer, TillError> {
        let conn = self.store.read();
        let owed = debt::balance(conn, &row.id)?;
        Ok(KnownCustomer {
            name: row.name,
            phone_masked: row.phone.masked(),
            limit: row.limit,
            owed,
            room: room(row.limit, owed),
            under_way: debt::under_way(conn, &row.id)?,
            agreed_at: row.agreed_at,
            agreed_with: self.name_of(row.agreed_with.as_deref())?,
            id: row.id,
        })
    }

    /// A phone is one customer's: the last digits would name two otherwise.
    fn free_phone(&self, phone: &Msisdn, of: Option<&str>) -> Result<(), TillError> {
        match customer::by_phone(self.store.read(), phone)? {
            Some(other) if Some(other.id.as_str()) != of => Err(TillError::new(
                Code::NotAllowed,
                "Another customer has this phone number: look for it first.",
            )),
            Some(_) | None => Ok(()),
        }
    }
}

fn is_digits(typed: &str) -> bool {
    !typed.is_empty() && typed.bytes().all(|byte| byte.is_ascii_digit())
}

/// How much more may be owed within the limit.
pub(super) fn room(limit: Money, owed: Money) -> Money {
    limit
        .checked_sub(owed)
        .filter(|room| !room.is_negative())
        .unwrap_or(Money::ZERO)
}

fn checked(input: &CustomerInput) -> Result<(String, Money), TillError> {
    let name = input.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return Err(TillError::new(
            Code::NotAllowed,
            "Type a name, up to 40 characters.",
        ));
    }
    if input.limit.is_negative() {
        return Err(TillError::new(Code::AmountInvalid, "A limit is nothing or more."));
    }
    Ok((name.to_owned(), input.limit))
}

fn debt_lines(conn: &Connection, id: &str) -> Result<Vec<DebtLineView>, TillError> {
    let mut balance = Money::ZERO;
    // Both stand in the order in which they were written.
    let mut reasons = act::about(conn, id)?
        .into_iter()
        .filter(|row| row.act == Act::WriteOff)
        .map(|row| row.reason_id);
    debt::of_customer(conn, id)?
        .into_iter()
        .map(|row| {
            balance = balance
                .checked_add(row.amount)
                .ok_or_else(|| TillError::internal("a sum out of bounds"))?;
            debt_line(conn, row, balance, &mut reasons)
        })
        .collect()
}

fn debt_line(
    conn: &Connection,
    row: DebtRow,
    balance: Money,
    reasons: &mut impl Iterator<Item = Option<String>>,
) -> Result<DebtLineView, TillError> {
    let less = row.amount.is_negative();
    let (kind, reference, reason_id) = match row.from {
        DebtFrom::Sale { reference, by_tender } => {
            let kind = match (less, by_tender) {
                (false, _) => DebtLineKind::Given,
                (true, true) => DebtLineKind::GivenUp,
                (true, false) => DebtLineKind::Refunded,
            };
            (kind, Some(reference), None)
        }
        DebtFrom::PayOff { reference } => {
            let kind = if less {
                DebtLineKind::PaidOff
            } else {
                DebtLineKind::OwedAgain
            };
            (kind, Some(reference), None)
        }
        DebtFrom::WriteOff => (DebtLineKind::WrittenOff, None, reasons.next().flatten()),
    };
    Ok(DebtLineView {
        at: row.at,
        amount: row.amount,
        balance,
        kind,
        reference,
        reason: reason_id.map(|id| reason::get(conn, &id)).transpose()?.flatten(),
    })
}
