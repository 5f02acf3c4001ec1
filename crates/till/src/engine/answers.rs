//! What Safaricom answered, and what a person said.

use super::{Announcement, Effect, Engine, book};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::push::{Answer, Ending, Event, QueryWord, Reason};
use crate::receipt_number::ReceiptNumber;
use crate::store::witness::{self, Witness};
use crate::store::{money_in, tender};
use crate::view::{MatterKind, SaleView};

/// What a question to Safaricom brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// About the push.
    pub word: QueryWord,
    /// Safaricom said: too many questions.
    pub rate_limited: bool,
    /// Did anything answer at all?
    pub online: bool,
}

impl Engine {
    /// The POST came to an end.
    ///
    /// # Errors
    /// The disk's trouble; the answer is kept and written as soon as the disk takes it.
    pub fn push_answered(
        &mut self,
        push_id: &str,
        answer: Answer,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let online = !matches!(answer, Answer::NotSent(Reason::NoNetwork));
        let accepted = matches!(answer, Answer::Accepted { .. });
        let mut effects = self.heard(online);
        effects.extend(self.apply_kept(push_id, Event::Answered(answer), now)?);
        if accepted && let Some(watch) = self.watches.get_mut(push_id) {
            watch.next_ask_at = now.mono.plus_ms(self.policy.first_query_ms);
        }
        Ok(effects)
    }

    /// A question came to an end.
    ///
    /// # Errors
    /// The disk's trouble; the answer is kept and written as soon as the disk takes it.
    pub fn query_answered(
        &mut self,
        push_id: &str,
        asked: Asked,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        if asked.rate_limited {
            self.limiter.slow_down(now.mono);
        }
        let mut effects = self.heard(asked.online);
        if let Some(watch) = self.watches.get_mut(push_id) {
            watch.asking = false;
        }
        effects.extend(self.apply_kept(push_id, Event::Queried(asked.word), now)?);
        self.plan_next_question(push_id, now);
        Ok(effects)
    }

    /// Safaricom called back on this push's own path (through a relay).
    ///
    /// # Errors
    /// The disk's trouble; the word is kept and written as soon as the disk takes it.
    pub fn called_back(
        &mut self,
        push_id: &str,
        ending: Ending,
        receipt: Option<ReceiptNumber>,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        if let Some(taken) = receipt
            .as_ref()
            .filter(|receipt| self.pays_another(push_id, receipt).unwrap_or(true))
        {
            // One receipt number, one payment: what was told of money stands, the number does not.
            let taken = taken.clone();
            let mut effects = self.apply_kept(
                push_id,
                Event::CalledBack {
                    ending,
                    receipt: None,
                },
                now,
            )?;
            effects.extend(self.contradict(push_id, &taken, now)?);
            return Ok(effects);
        }
        self.apply_kept(push_id, Event::CalledBack { ending, receipt }, now)
    }

    /// Does this receipt number already pay something else than this push or its own sale's code?
    fn pays_another(&self, push_id: &str, receipt: &ReceiptNumber) -> Result<bool, TillError> {
        let conn = self.store.read();
        let push = self.push(push_id)?;
        let Some(tender_id) = money_in::get(conn, receipt)?.and_then(|row| row.tender_id) else {
            return Ok(false);
        };
        let own_sale = tender::of_sale(conn, &push.sale_id)?
            .iter()
            .any(|tender| tender.id == tender_id);
        Ok(tender_id != push.tender_id && !own_sale)
    }

    fn contradict(
        &mut self,
        push_id: &str,
        receipt: &ReceiptNumber,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let push = self.push(push_id)?;
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let word = Witness {
                told_by: "callback",
                push_id: Some(push_id),
                receipt: Some(receipt),
                amount: Some(push.amount.money()),
                word: "names a receipt number that pays something else",
            };
            witness::append(tx, &word, now.utc)?;
            book::raise(
                tx,
                ids,
                MatterKind::Contradiction,
                push.amount.money(),
                &push.sale_id,
                Some(push_id),
                now,
            )
        })?;
        self.announce(&push.sale_id, now)
    }

    /// The customer, asked on screen, has no M-PESA message: another prompt may be sent, and this one
    /// stays watched.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] while the prompt may still be alive, or the disk's trouble.
    pub fn no_message(&mut self, push_id: &str, now: Now) -> Result<(SaleView, Vec<Effect>), TillError> {
        let push = self.push(push_id)?;
        if !push.may_ask_customer(now.mono, &self.policy) {
            return Err(TillError::new(
                Code::NotAllowed,
                "It is too early for this question, or it has been answered: the prompt may still be on the phone.",
            ));
        }
        let effects = self.apply(push_id, Event::NoMessage, now)?;
        // The word is written even where the state's name does not change.
        Ok((self.sale(&push.sale_id, now)?, effects))
    }

    fn heard(&mut self, online: bool) -> Vec<Effect> {
        if self.link.online == Some(online) {
            return Vec::new();
        }
        self.link.online = Some(online);
        vec![Effect::Announce(Announcement::LinkChanged(self.link))]
    }

    /// PC clock minus Safaricom's, as the client measured it; told when it is a minute or more.
    pub fn skew_heard(&mut self, skew_s: i64) -> Vec<Effect> {
        let told = (skew_s.abs() >= 60).then_some(skew_s);
        if self.link.clock_skew_s.is_some() == told.is_some() {
            return Vec::new();
        }
        self.link.clock_skew_s = told;
        vec![Effect::Announce(Announcement::LinkChanged(self.link))]
    }
}
