//! Several counters on one short code: which of them has a payment.
//!
//! With a relay the first counter to ask has it, for ever. What needs asking is written down before it is asked,
//! and booked only once it is won: until then the sale says that the other counters are being asked, and is not
//! green. What certainly is this counter's own (its prompt, its reference) is booked at once and claimed
//! beside, so that nobody else gives it away.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Announcement, Effect, Engine, book};
use crate::clock::Now;
use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::counter_claim::{self, ClaimState, CounterClaim};
use crate::store::money_in::{self, MoneyIn, MoneyInRow};
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::view::{MatterKind, Why};

/// Whether other counters take payments on the same short code, and what follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// It is the only one.
    #[default]
    Alone,
    /// Others send prompts of their own; this one collects what customers pay by hand.
    Collector,
    /// Another counter is the collector: this one takes the payments of its own prompts only.
    OwnOnly,
    /// A relay settles who has what.
    Claims,
}

/// Whether a payment may be booked now.
pub(super) enum Leave {
    /// Yes, with what is to be carried out beside.
    Now(Vec<Effect>),
    /// Not yet, or never here.
    Not(Vec<Effect>),
}

impl Engine {
    /// How many other counters the relay knows of this shop. That it knows none lets nobody book without asking:
    /// one that was invited may come in, and claim, before this one hears of it.
    pub fn other_counters(&mut self, others: u32, now: Now) -> Vec<Effect> {
        if others == 0 || self.counter.sharing != Sharing::Alone {
            return Vec::new();
        }
        self.counter.sharing = Sharing::Claims;
        vec![self.link_changed(now)]
    }

    /// May this payment be booked for this tender now? If the other counters must be asked first, the question
    /// is written down.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn leave_to_book(
        &mut self,
        row: &TenderRow,
        money: &MoneyIn,
        why: Why,
        now: Now,
    ) -> Result<Leave, TillError> {
        if self.counter.sharing != Sharing::Claims {
            return Ok(Leave::Now(Vec::new()));
        }
        let claim = counter_claim::get(self.store.read(), &money.receipt)?;
        match (claim.map(|claim| claim.state), is_certain(why)) {
            (Some(ClaimState::Won), _) | (Some(_), true) => Ok(Leave::Now(Vec::new())),
            (None, true) => Ok(Leave::Now(self.claim(&money.receipt, now)?)),
            (Some(ClaimState::Lost), false) => {
                self.store.write(|tx| money_in::record(tx, money, now.utc))?;
                Ok(Leave::Not(vec![Effect::Announce(Announcement::RollChanged)]))
            }
            (state @ (None | Some(ClaimState::Asked)), false) => {
                self.store.write(|tx| {
                    counter_claim::ask(tx, &money.receipt, Some((&row.id, why)), now.utc)?;
                    money_in::record(tx, money, now.utc)
                })?;
                let mut effects = self.announce(&row.sale_id, now)?;
                effects.push(Effect::Announce(Announcement::RollChanged));
                if state.is_none() {
                    effects.push(Effect::Claim(vec![money.receipt.clone()]));
                }
                Ok(Leave::Not(effects))
            }
        }
    }

    /// Keeps other counters from a payment that is this one's. Does nothing without others.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn claim(&mut self, receipt: &ReceiptNumber, now: Now) -> Result<Vec<Effect>, TillError> {
        if self.counter.sharing != Sharing::Claims
            || counter_claim::get(self.store.read(), receipt)?.is_some()
        {
            return Ok(Vec::new());
        }
        self.store
            .write(|tx| counter_claim::ask(tx, receipt, None, now.utc))?;
        Ok(vec![Effect::Claim(vec![receipt.clone()])])
    }

    /// May a typed code be called confirmed? Not before this counter has its payment.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn may_confirm(&self, receipt: &ReceiptNumber) -> Result<bool, TillError> {
        Ok(match self.counter.sharing {
            Sharing::Alone | Sharing::Collector => true,
            // The collector may have booked it for a sale of its own.
            Sharing::OwnOnly => false,
            Sharing::Claims => counter_claim::get(self.store.read(), receipt)?
                .is_some_and(|claim| claim.state == ClaimState::Won),
        })
    }

    /// Does another counter have this payment?
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn is_another_counter_s(&self, receipt: &ReceiptNumber) -> Result<bool, TillError> {
        Ok(counter_claim::get(self.store.read(), receipt)?
            .is_some_and(|claim| claim.state == ClaimState::Lost))
    }

    /// Must the other counters be asked before this payment is booked?
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn must_ask(&self, receipt: &ReceiptNumber, why: Why) -> Result<bool, TillError> {
        Ok(self.counter.sharing == Sharing::Claims
            && !is_certain(why)
            && counter_claim::get(self.store.read(), receipt)?
                .is_none_or(|claim| claim.state != ClaimState::Won))
    }

    /// What the relay has not answered yet: to be asked whenever it is reachable.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn open_claims(&self) -> Result<Vec<ReceiptNumber>, TillError> {
        let asked = counter_claim::asked(self.store.read())?;
        Ok(asked.into_iter().map(|claim| claim.receipt).collect())
    }

    /// Tenders that wait for the other counters' answer: no second payment is matched to them.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn asked_for(&self) -> Result<Vec<CounterClaim>, TillError> {
        if self.counter.sharing == Sharing::Alone {
            return Ok(Vec::new());
        }
        counter_claim::asked(self.store.read())
    }

    /// Does this tender wait for the other counters' answer?
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn is_asked_for(&self, tender_id: &str) -> Result<bool, TillError> {
        let asked = self.asked_for()?;
        Ok(asked
            .iter()
            .any(|claim| claim.tender_id.as_deref() == Some(tender_id)))
    }

    /// Payments that pay nothing here, and of which it is not known whether another counter has them.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn cards_to_look_up(&self, now: Now) -> Result<Vec<ReceiptNumber>, TillError> {
        if self.counter.sharing != Sharing::Claims {
            return Ok(Vec::new());
        }
        let mut rows = money_in::unplaced(self.store.read(), self.reachable_since(now))?;
        self.only_ours(&mut rows)?;
        // The newest: an old card has been looked up often enough.
        Ok(rows.into_iter().rev().map(|(receipt, _)| receipt).collect())
    }

    /// The relay says which of them other counters have: they are no cards here.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn cards_looked_up(
        &mut self,
        looked_up: &[ReceiptNumber],
        held: &[(ReceiptNumber, char)],
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let own = self.counter.letter.as_char();
        self.store.write(|tx| {
            held.iter()
                .filter(|(_, holder)| *holder != own)
                .try_for_each(|(receipt, holder)| counter_claim::held(tx, receipt, *holder, now.utc))
        })?;
        let before = self.looked_up.len();
        self.looked_up.extend(looked_up.iter().cloned());
        let news = !held.is_empty() || self.looked_up.len() > before;
        Ok(news
            .then_some(Effect::Announce(Announcement::RollChanged))
            .into_iter()
            .collect())
    }

    /// A card is shown once the relay was asked about it, or cannot be asked: payments of the other counters'
    /// prompts would flash up here otherwise.
    pub(super) fn is_shown(&self, receipt: &ReceiptNumber) -> bool {
        self.counter.sharing != Sharing::Claims
            || self.looked_up.contains(receipt)
            || self.relay.is_none_or(|relay| relay.trouble.is_some())
    }

    /// Leaves out the payments that another counter has, or that this one is asking for.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn only_ours(&self, rows: &mut Vec<(ReceiptNumber, MoneyInRow)>) -> Result<(), TillError> {
        match self.counter.sharing {
            Sharing::Alone | Sharing::Collector => {}
            Sharing::OwnOnly => rows.clear(),
            Sharing::Claims => {
                let mut taken = Vec::new();
                for (receipt, _) in rows.iter() {
                    let claim = counter_claim::get(self.store.read(), receipt)?;
                    if claim.is_some_and(|claim| claim.state != ClaimState::Won) {
                        taken.push(receipt.clone());
                    }
                }
                rows.retain(|(receipt, _)| !taken.contains(receipt));
            }
        }
        Ok(())
    }

    /// The relay says which counters have these payments.
    ///
    /// # Errors
    /// The disk's trouble; what was not written is asked again.
    pub fn claims_answered(
        &mut self,
        answers: &[(ReceiptNumber, char)],
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        for (receipt, holder) in answers {
            let Some(claim) = counter_claim::get(self.store.read(), receipt)?
                .filter(|claim| claim.state == ClaimState::Asked)
            else {
                continue;
            };
            let won = *holder == self.counter.letter.as_char();
            self.store
                .write(|tx| counter_claim::answered(tx, receipt, won, *holder))?;
            effects.extend(if won {
                self.book_won(&claim, now)?
            } else {
                self.take_loss(&claim, now)?
            });
            effects.push(Effect::Announce(Announcement::RollChanged));
        }
        Ok(effects)
    }

    /// Books what was won when a crash came between the answer and the booking.
    ///
    /// # Errors
    /// The disk's trouble.
    pub(super) fn book_what_was_won(&mut self, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = Vec::new();
        for claim in counter_claim::won_unbooked(self.store.read())? {
            effects.extend(self.book_won(&claim, now)?);
        }
        Ok(effects)
    }

    fn book_won(&mut self, claim: &CounterClaim, now: Now) -> Result<Vec<Effect>, TillError> {
        let Some(row) = money_in::get(self.store.read(), &claim.receipt)? else {
            return Ok(Vec::new());
        };
        if let Some(tender_id) = row.tender_id.clone() {
            let booked = tender::get(self.store.read(), &tender_id)?;
            return if is_unconfirmed(&booked) && row.is_from_safaricom() {
                let arrival = super::claims::arrival_of(&row);
                self.confirm_code(&row.told(claim.receipt.clone()), &arrival, &booked, now)
            } else {
                Ok(Vec::new())
            };
        }
        let (Some(tender_id), Some(why)) = (claim.tender_id.as_deref(), claim.why) else {
            return Ok(Vec::new());
        };
        let waits = tender::get(self.store.read(), tender_id)?;
        let still_asks = match waits.kind {
            // Whatever its amount: a person gave it to this sale.
            TenderKind::ToTill { waiting, .. } => waiting,
            TenderKind::Push => self
                .claims(now)?
                .iter()
                .any(|other| other.tender_id == tender_id && other.amount == row.amount),
            TenderKind::Cash { .. } | TenderKind::Code { .. } | TenderKind::Credit { .. } => false,
        };
        let effects = if still_asks {
            self.pay_tender(tender_id, &row.told(claim.receipt.clone()), why, now)?
        } else {
            // The customer paid some other way meanwhile: the payment is this counter's, and a person says for what.
            Vec::new()
        };
        self.store
            .write(|tx| counter_claim::purpose_is_over(tx, &claim.receipt))?;
        Ok(effects)
    }

    /// Another counter has the payment. What was only asked for is open again; what was booked is a question.
    fn take_loss(&mut self, claim: &CounterClaim, now: Now) -> Result<Vec<Effect>, TillError> {
        let booked = money_in::get(self.store.read(), &claim.receipt)?.and_then(|row| row.tender_id);
        let Some(tender_id) = booked else {
            return match &claim.tender_id {
                Some(tender_id) => {
                    let sale_id = tender::get(self.store.read(), tender_id)?.sale_id;
                    self.announce(&sale_id, now)
                }
                None => Ok(Vec::new()),
            };
        };
        let paid = tender::get(self.store.read(), &tender_id)?;
        let kind = if is_typed(&paid) {
            MatterKind::CodeOfAnother
        } else {
            MatterKind::AlsoAtAnotherCounter
        };
        let ids = &mut self.ids;
        let amount: Money = paid.amount;
        self.store
            .write(|tx| book::raise(tx, ids, kind, amount, &paid.sale_id, None, now))?;
        self.codes.remove(&paid.id);
        self.announce(&paid.sale_id, now)
    }
}

/// What certainly is this counter's own needs nobody's leave.
pub(super) const fn is_certain(why: Why) -> bool {
    match why {
        Why::OwnPush | Why::Reference => true,
        Why::Digits | Why::Code | Why::Person => false,
    }
}

const fn is_unconfirmed(tender: &TenderRow) -> bool {
    matches!(tender.kind, TenderKind::Code { confirmed: false, .. })
}

const fn is_typed(tender: &TenderRow) -> bool {
    matches!(tender.kind, TenderKind::Code { .. })
}
