//! A shift: the drawer begins with a float and ends with a blind count.

use std::collections::BTreeMap;

use super::{Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::people::Act;
use crate::store::posting::{self, Account, Entry, Hand};
use crate::store::shift::{self, ShiftEnd, ShiftRow};
use crate::store::{desk, setting};
use crate::view::{CountLine, DrawerView, ShiftView};

/// Kenya's notes and coins, in shillings (Central Bank of Kenya, currency in circulation).
pub const WORTHS: [i64; 10] = [1_000, 500, 200, 100, 50, 40, 20, 10, 5, 1];

/// The setting: each person has a drawer of their own.
const OWN_DRAWERS: &str = "own_drawers";

impl Engine {
    /// Begins a shift with what is in the drawer.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] while one is open at this drawer, [`Code::AmountInvalid`], those of [`Self::may`], or the
    /// disk's trouble.
    pub fn open_shift(&mut self, float: Money, now: Now) -> Result<(DrawerView, Vec<Effect>), TillError> {
        if float.is_negative() {
            return Err(TillError::new(
                Code::AmountInvalid,
                "Type what is in the drawer: nothing or more.",
            ));
        }
        let permit = self.permit(Act::OpenShift, now)?;
        let owner = self.drawer_of(desk::get(self.store.read())?.person_id)?;
        if shift::open_of(self.store.read(), owner.as_deref())?.is_some() {
            return Err(TillError::new(
                Code::NotAllowed,
                "A shift is open at this drawer. Count the drawer and end it first.",
            ));
        }
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let row = ShiftRow {
                id: ids.next_id(),
                number: shift::next_number(tx)?,
                person_id: owner,
                opened_at: now.utc,
                float,
                end: None,
            };
            shift::insert(tx, &row)?;
            desk::put_shift(tx, Some(&row.id))?;
            let entry = Entry {
                id: &ids.next_id(),
                debit: Account::Cash,
                credit: Account::Float,
                amount: float,
                sale_id: None,
                tender_id: None,
                hand: Hand::InShift(&row.id),
            };
            posting::append(tx, &entry, now.utc)?;
            permit.write(tx, ids, (Some(&row.id), Some(float)), None, now)
        })?;
        Ok((self.drawer(now)?, Vec::new()))
    }

    /// Ends a shift with what was counted: pieces of each note and coin, by worth in shillings. What is short or over
    /// is posted, and the drawer's cash goes back to the owner.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::NotAllowed`] for a shift that is over or a note that does not exist, those of
    /// [`Self::may`], or the disk's trouble.
    pub fn close_shift(
        &mut self,
        shift_id: &str,
        pieces: &BTreeMap<i64, u32>,
        now: Now,
    ) -> Result<(ShiftView, Vec<Effect>), TillError> {
        let counted = counted(pieces)?;
        let row = shift::get(self.store.read(), shift_id)?;
        if row.end.is_some() {
            return Err(TillError::new(Code::NotAllowed, "This shift is over."));
        }
        let at_desk = desk::get(self.store.read())?;
        let own = row.person_id.is_none() || row.person_id == at_desk.person_id;
        let act = if own {
            Act::CloseShift
        } else {
            Act::CloseOthersShift
        };
        let permit = self.permit(act, now)?;
        let expected = posting::of_shift(self.store.read(), Account::Cash, shift_id)?;
        let off = counted
            .checked_sub(expected)
            .ok_or_else(|| TillError::internal("a sum out of bounds"))?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let (debit, credit) = if off.is_negative() {
                (Account::OverShort, Account::Cash)
            } else {
                (Account::Cash, Account::OverShort)
            };
            let mut post = |debit, credit, amount| {
                let entry = Entry {
                    id: &ids.next_id(),
                    debit,
                    credit,
                    amount,
                    sale_id: None,
                    tender_id: None,
                    hand: Hand::InShift(shift_id),
                };
                posting::append(tx, &entry, now.utc)
            };
            post(debit, credit, off.abs())?;
            post(Account::Float, Account::Cash, counted)?;
            let end = ShiftEnd {
                at: now.utc,
                by: at_desk.person_id.clone(),
                expected,
                counted,
            };
            shift::end(tx, shift_id, &end)?;
            for (worth, pieces) in pieces.iter().filter(|(_, pieces)| **pieces > 0) {
                let worth =
                    Money::from_shillings(*worth).ok_or_else(|| TillError::internal("no such note"))?;
                shift::count(tx, shift_id, worth, *pieces)?;
            }
            if at_desk.shift_id.as_deref() == Some(shift_id) {
                desk::put_shift(tx, None)?;
            }
            permit.write(tx, ids, (Some(shift_id), Some(off)), None, now)
        })?;
        let row = shift::get(self.store.read(), shift_id)?;
        Ok((self.shift_view(row, true)?, Vec::new()))
    }

    /// The drawer of whoever is at the counter, and every open shift. What should be in it is only told to whoever may
    /// see the day: a count is blind.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn drawer(&self, now: Now) -> Result<DrawerView, TillError> {
        let conn = self.store.read();
        let told = self.may(Act::SeeDay, now).is_ok();
        let here = desk::get(conn)?.shift_id;
        let open = shift::open(conn)?
            .into_iter()
            .map(|row| self.shift_view(row, told))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(DrawerView {
            here: open
                .iter()
                .find(|shift| Some(&shift.id) == here.as_ref())
                .cloned(),
            open,
            used: self.own_drawers()? || shift::any(conn)?,
            own_drawers: self.own_drawers()?,
            worths: WORTHS.to_vec(),
        })
    }

    /// Whether each person has a drawer of their own.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn own_drawers(&self) -> Result<bool, TillError> {
        Ok(setting::get(self.store.read(), OWN_DRAWERS)?.unwrap_or(false))
    }

    /// Chooses it; only while no shift is open, so that no drawer changes its owner with money in it.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] while a shift is open, those of [`Self::may`], or the disk's trouble.
    pub fn set_own_drawers(&mut self, own: bool, now: Now) -> Result<(), TillError> {
        let permit = self.permit(Act::Settings, now)?;
        if !shift::open(self.store.read())?.is_empty() {
            return Err(TillError::new(
                Code::NotAllowed,
                "End every open shift first: a drawer with money in it keeps its owner.",
            ));
        }
        let ids = &mut self.ids;
        self.store.write(|tx| {
            setting::put(tx, OWN_DRAWERS, &own)?;
            permit.write(tx, ids, (None, None), None, now)
        })
    }

    /// Whose drawer a person's cash goes into.
    pub(super) fn drawer_of(&self, person_id: Option<String>) -> Result<Option<String>, TillError> {
        Ok(person_id.filter(|_| self.own_drawers().unwrap_or(false)))
    }

    pub(super) fn shift_view(&self, row: ShiftRow, told: bool) -> Result<ShiftView, TillError> {
        let conn = self.store.read();
        let expected = match &row.end {
            Some(end) => end.expected,
            None => posting::of_shift(conn, Account::Cash, &row.id)?,
        };
        let counts = shift::counts(conn, &row.id)?
            .into_iter()
            .map(|(worth, pieces)| CountLine { worth, pieces })
            .collect();
        Ok(ShiftView {
            person: self.name_of(row.person_id.as_deref())?,
            expected: told.then_some(expected),
            counted: row.end.as_ref().map(|end| end.counted),
            off: row
                .end
                .as_ref()
                .filter(|_| told)
                .and_then(|end| end.counted.checked_sub(end.expected)),
            closed_at: row.end.as_ref().map(|end| end.at),
            counts,
            id: row.id,
            number: row.number,
            opened_at: row.opened_at,
            float: row.float,
        })
    }
}

/// What the pieces add up to.
fn counted(pieces: &BTreeMap<i64, u32>) -> Result<Money, TillError> {
    let odd = || TillError::new(Code::NotAllowed, "There is no such note or coin.");
    let mut total = Money::ZERO;
    for (worth, pieces) in pieces {
        if !WORTHS.contains(worth) {
            return Err(odd());
        }
        let part = worth
            .checked_mul(i64::from(*pieces))
            .and_then(Money::from_shillings)
            .ok_or_else(odd)?;
        total = total.checked_add(part).ok_or_else(odd)?;
    }
    Ok(total)
}
