//! A code that somebody typed for one sale, once Safaricom tells of its payment: it proves that sale, or it
//! turns out to be another sale's.
//!
//! A shown message proves little. Our own reference proves more, and the payment goes to its prompt at once.
//! The phone of another sale's prompt does not: its customer may have paid twice, once by the prompt and once
//! by hand. Then the list is read to its end first; if it cannot tell, a person must.

use super::{Effect, Engine, book, claims};
use crate::clock::Now;
use crate::error::TillError;
use crate::matching::{self, Arrival, Claim, Hold, Verdict};
use crate::push::{Push, State};
use crate::receipt_number::ReceiptNumber;
use crate::store::matter;
use crate::store::money_in::{self, MoneyIn};
use crate::store::pull_cover::Stretch;
use crate::store::push as push_table;
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::view::{MatterKind, Why};

impl Engine {
    /// A witness tells of a payment whose code was typed for a sale.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn confirm_code(
        &mut self,
        money: &MoneyIn,
        arrival: &Arrival,
        typed: &TenderRow,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let Some((owner, why)) = self.owner_of(&money.receipt, arrival, &typed.sale_id, now)? else {
            if !self.may_confirm(&money.receipt)? {
                // Another counter may have booked it; asked when the code was typed, or now.
                self.store.write(|tx| money_in::record(tx, money, now.utc))?;
                self.codes.insert(typed.id.clone());
                return self.claim(&money.receipt, now);
            }
            return self.prove_code(money, typed, now);
        };
        if owner.sale_id == typed.sale_id {
            // The customer's message was of our own prompt: it ends with the code that proves the sale.
            self.codes.remove(&typed.id);
            return self.pay_tender(&owner.tender_id, money, Why::Code, now);
        }
        if money.amount == typed.amount && why == Why::Digits {
            self.store.write(|tx| money_in::record(tx, money, now.utc))?;
            self.codes.insert(typed.id.clone());
            return Ok(Vec::new());
        }
        if why == Why::Digits && hides_its_payer(arrival) {
            return self.prove_code(money, typed, now);
        }
        if why == Why::Digits {
            // A payment of another amount is not what this sale was paid with. The same customer may have paid by
            // hand beside the prompt, and the list shows that payment first: what it shows besides, or the whole of
            // it, tells which of the two is the prompt's.
            let push = push_table::of_tender(self.store.read(), &owner.tender_id)?;
            self.store.write(|tx| money_in::record(tx, money, now.utc))?;
            self.take_from_code(&push, &money.receipt, typed, now)?;
            return self.announce(&typed.sale_id, now);
        }
        self.hand_over(money, typed, (&owner, why), now)
    }

    /// Decides about the codes whose payment was shown while a prompt of the same phone had no code yet. `seen` is
    /// the time that the list or the statement has now shown, `whole` or perhaps not.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn decide_codes(
        &mut self,
        seen: Stretch,
        whole: bool,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        for (typed, money, arrival) in self.undecided_codes()? {
            match self.owner_of(&money.receipt, &arrival, &typed.sale_id, now)? {
                Some((owner, Why::Digits)) if owner.sale_id != typed.sale_id => {
                    if owner.lies_in(seen) {
                        effects.extend(self.decide_code(&typed, &money, &owner, whole, now)?);
                    }
                }
                Some(_) | None => effects.extend(self.confirm_code(&money, &arrival, &typed, now)?),
            }
        }
        Ok(effects)
    }

    /// Everything of the time in which the prompt can have been paid has been shown.
    fn decide_code(
        &mut self,
        typed: &TenderRow,
        money: &MoneyIn,
        owner: &Claim,
        whole: bool,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let unclaimed = self.unclaimed(now)?;
        let fitting = unclaimed
            .iter()
            .filter(|arrival| matching::can_have_paid(arrival, owner))
            .count();
        if whole && owner.hold == Hold::Paid && fitting == 1 {
            // The prompt was paid, and this is the only payment it can have been paid with.
            return self.hand_over(money, typed, (owner, Why::Digits), now);
        }
        let push = push_table::of_tender(self.store.read(), &owner.tender_id)?;
        if matches!(push.state, State::Failed { .. }) {
            // A person, or Safaricom when asked, says that the prompt was not paid; the other sale's code stands.
            return self.prove_code(money, typed, now);
        }
        let asked = matter::of_sale(self.store.read(), &typed.sale_id)?;
        if asked
            .iter()
            .any(|matter| matter.kind == MatterKind::PerhapsCodeOfAnother)
        {
            return Ok(Vec::new());
        }
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let kind = MatterKind::PerhapsCodeOfAnother;
            book::raise(tx, ids, kind, typed.amount, &typed.sale_id, Some(&push.id), now)
        })?;
        self.announce(&typed.sale_id, now)
    }

    /// Whether a paid prompt that one payment fits by its phone may be paid with the payment of a typed code
    /// just as well.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn a_code_rivals(
        &self,
        tender_id: &str,
        why: Why,
        claims: &[Claim],
    ) -> Result<bool, TillError> {
        let Some(claim) = claims.iter().find(|claim| claim.tender_id == tender_id) else {
            return Ok(false);
        };
        Ok(claim.hold == Hold::Paid
            && why == Why::Digits
            && self
                .undecided_codes()?
                .iter()
                .any(|(_, _, arrival)| matching::can_have_paid(arrival, claim)))
    }

    /// Typed codes whose payment the list has shown, and which prove nothing yet.
    fn undecided_codes(&self) -> Result<Vec<(TenderRow, MoneyIn, Arrival)>, TillError> {
        let conn = self.store.read();
        let mut undecided = Vec::new();
        for tender_id in &self.codes {
            let Some((receipt, row)) = money_in::of_tender(conn, tender_id)? else {
                continue;
            };
            let typed = tender::get(conn, tender_id)?;
            let arrival = claims::arrival_of(&row);
            if row.is_from_safaricom()
                && row.amount == typed.amount
                && !self.is_another_counters(&arrival.reference)
            {
                undecided.push((typed, row.told(receipt), arrival));
            }
        }
        Ok(undecided)
    }

    /// The payments of which nobody can say yet what they paid.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn unclaimed(&self, now: Now) -> Result<Vec<Arrival>, TillError> {
        let unplaced = money_in::unplaced(self.store.read(), self.reachable_since(now))?
            .into_iter()
            .map(|(_, row)| claims::arrival_of(&row));
        let typed = self.undecided_codes()?.into_iter().map(|(_, _, arrival)| arrival);
        Ok(unplaced.chain(typed).collect())
    }

    /// Safaricom knows the code; with another amount, or another counter's reference, somebody must look.
    fn prove_code(&mut self, money: &MoneyIn, typed: &TenderRow, now: Now) -> Result<Vec<Effect>, TillError> {
        let reference = money.reference.as_deref();
        let foreign = reference.is_some_and(|reference| self.is_another_counters(reference));
        let ids = &mut self.ids;
        self.store.write(|tx| {
            money_in::record(tx, money, now.utc)?;
            let doubt = match (money.amount == typed.amount, foreign) {
                (false, _) => Some(MatterKind::Contradiction),
                (true, true) => Some(MatterKind::CodeOfAnother),
                (true, false) => None,
            };
            match doubt {
                Some(kind) => book::raise(tx, ids, kind, money.amount, &typed.sale_id, None, now),
                None => {
                    matter::close_perhaps_of_another(tx, &typed.sale_id, now.utc)?;
                    book::prove(tx, ids, typed, now)
                }
            }
        })?;
        self.codes.remove(&typed.id);
        self.announce(&typed.sale_id, now)
    }

    /// Whether a payment that pays nothing yet came from a phone that was prompted for as much.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn may_be_a_prompts(
        &self,
        receipt: &ReceiptNumber,
        typed_for: Option<&str>,
        now: Now,
    ) -> Result<bool, TillError> {
        match money_in::get(self.store.read(), receipt)? {
            Some(row) => {
                let arrival = claims::arrival_of(&row);
                let owner = self.owner_of(receipt, &arrival, typed_for.unwrap_or_default(), now)?;
                Ok(owner.is_some())
            }
            None => Ok(false),
        }
    }

    /// The push whose own payment this seems to be, and why, although its code was typed for a sale.
    fn owner_of(
        &self,
        receipt: &ReceiptNumber,
        arrival: &Arrival,
        typed_for: &str,
        now: Now,
    ) -> Result<Option<(Claim, Why)>, TillError> {
        if push_table::names(self.store.read(), receipt)? {
            // Its own push has it already, by callback.
            return Ok(None);
        }
        let pushes: Vec<Claim> = self
            .claims(now)?
            .into_iter()
            .filter(|claim| match claim.hold {
                Hold::Paid | Hold::Open => true,
                Hold::Waiting | Hold::Over => false,
            })
            .collect();
        Ok(match self.verdict(arrival, &pushes) {
            Verdict::Attach { tender_id, why } => pushes
                .into_iter()
                .find(|claim| claim.tender_id == tender_id)
                .map(|claim| (claim, why)),
            // Nothing of the payer is visible: whatever prompt is paid and lacks its code may be its own, and
            // one of another sale that is on a phone may just have been paid.
            Verdict::Offer { .. } if hides_its_payer(arrival) => pushes
                .into_iter()
                .filter(|claim| claim.hold == Hold::Paid || claim.sale_id != typed_for)
                .filter(|claim| matching::can_have_paid(arrival, claim))
                .min_by_key(|claim| claim.hold)
                .map(|claim| (claim, Why::Digits)),
            Verdict::Offer { .. } => None,
        })
    }

    /// Takes the payment from the sale for which its code was typed and gives it to the push it belongs to.
    /// The other sale keeps its tender, not proved, and a question that a person must look at.
    fn hand_over(
        &mut self,
        money: &MoneyIn,
        typed: &TenderRow,
        (owner, why): (&Claim, Why),
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let push = push_table::of_tender(self.store.read(), &owner.tender_id)?;
        self.take_from_code(&push, &money.receipt, typed, now)?;
        let mut effects = self.pay_tender(&owner.tender_id, money, why, now)?;
        effects.extend(self.announce(&typed.sale_id, now)?);
        Ok(effects)
    }

    fn take_from_code(
        &mut self,
        push: &Push,
        receipt: &ReceiptNumber,
        typed: &TenderRow,
        now: Now,
    ) -> Result<(), TillError> {
        let ids = &mut self.ids;
        self.store.write(|tx| {
            money_in::release(tx, receipt)?;
            matter::close_perhaps_of_another(tx, &typed.sale_id, now.utc)?;
            let kind = MatterKind::CodeOfAnother;
            book::raise(tx, ids, kind, typed.amount, &typed.sale_id, Some(&push.id), now)
        })?;
        self.codes.remove(&typed.id);
        Ok(())
    }

    /// Safaricom names a receipt number as the result of our own push, and somebody had typed it as another
    /// sale's code: a shown message proves less.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn take_back_from_code(
        &mut self,
        push: &Push,
        receipt: &ReceiptNumber,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let conn = self.store.read();
        let Some(row) = money_in::get(conn, receipt)?.filter(|row| !row.is_from_safaricom()) else {
            return Ok(Vec::new());
        };
        let Some(tender_id) = row.tender_id else {
            return Ok(Vec::new());
        };
        let typed = tender::get(conn, &tender_id)?;
        if typed.sale_id == push.sale_id || !matches!(typed.kind, TenderKind::Code { .. }) {
            return Ok(Vec::new());
        }
        self.take_from_code(push, receipt, &typed, now)?;
        self.announce(&typed.sale_id, now)
    }
}

/// Neither the phone nor a reference tells whose payment it is.
fn hides_its_payer(arrival: &Arrival) -> bool {
    arrival.digits.is_empty() && arrival.reference.trim().is_empty()
}
