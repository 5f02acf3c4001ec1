//! What Safaricom answered, and what a person said.

use chrono::{DateTime, Utc};

use super::money_in::Evidence;
use super::{Effect, Engine, book, note};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::Money;
use crate::push::{Answer, Ending, Event, Push, QueryWord, Reason};
use crate::receipt_number::ReceiptNumber;
use crate::store::money_in;
use crate::store::money_in::{Grade, MoneyIn};
use crate::store::tender::{self, TenderKind};
use crate::store::witness::{self, Witness};
use crate::view::{Direction, MatterKind, SaleView, Why};

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

/// What Safaricom posted to a push's own path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalledBack {
    /// How it ended.
    pub ending: Ending,
    /// The receipt number, on success.
    pub receipt: Option<ReceiptNumber>,
    /// The amount, when it was told.
    pub amount: Option<Money>,
    /// When it was paid, when it was told.
    pub paid_at: Option<DateTime<Utc>>,
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
        let mut effects = self.heard(online, now);
        effects.extend(self.apply_kept(push_id, Event::Answered(answer), None, now)?);
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
        let mut effects = self.heard(asked.online, now);
        if let Some(watch) = self.watches.get_mut(push_id) {
            watch.asking = false;
            watch.silences = match asked.word {
                QueryWord::NoAnswer => watch.silences.saturating_add(1),
                QueryWord::Ended(_) | QueryWord::Pending => 0,
            };
        }
        effects.extend(self.apply_kept(push_id, Event::Queried(asked.word), None, now)?);
        if asked.word == QueryWord::Ended(Ending::Paid) {
            effects.extend(self.use_told_result(push_id, now)?);
        }
        self.plan_next_question(push_id, now);
        Ok(effects)
    }

    /// Safaricom called back on this push's own path (through a relay).
    ///
    /// # Errors
    /// [`Code::NotFound`] for a path that is no push's, or the disk's trouble; the word is kept then and
    /// written as soon as the disk takes it.
    pub fn called_back(
        &mut self,
        path: &str,
        called: CalledBack,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let push = self.push_of_path(path)?;
        let event = |receipt| Event::CalledBack {
            ending: called.ending,
            receipt,
        };
        let Some(receipt) = called.receipt.clone() else {
            let effects = self.apply_kept(&push.id, event(None), None, now)?;
            self.note_callback(&push.id, &event(None), now);
            return Ok(effects);
        };
        let differs = called.amount.is_some_and(|amount| amount != push.amount.money());
        if differs {
            // Another amount settles nothing: it is kept, shown, and Safaricom is asked.
            let word = "names another amount than was asked";
            let effects = self.contradict(&push, &receipt, called.amount, word, now)?;
            if let Some(watch) = self.watches.get_mut(&push.id) {
                watch.ask_first(now.mono);
            }
            return Ok(effects);
        }
        let mut effects = self.claim(&receipt, now)?;
        effects.extend(self.take_back_from_code(&push, &receipt, now)?);
        if self.pays_another(&push, &receipt)? {
            // One receipt number, one payment: what was told of money stands, the number does not.
            effects.extend(self.apply_kept(&push.id, event(None), None, now)?);
            let word = "names a receipt number that pays something else";
            effects.extend(self.contradict(&push, &receipt, called.amount, word, now)?);
            return Ok(effects);
        }
        let evidence = Evidence {
            money: MoneyIn {
                receipt: receipt.clone(),
                amount: push.amount.money(),
                short_code: None,
                digits: None,
                reference: None,
                paid_at: called.paid_at,
                first_name: None,
                grade: Grade::Callback,
            },
            why: Why::OwnPush,
        };
        effects.extend(self.apply_kept(&push.id, event(Some(receipt.clone())), Some(&evidence), now)?);
        self.note_callback(&push.id, &event(Some(receipt.clone())), now);
        effects.extend(self.ask_beside_another(&receipt, &push.sale_id, now)?);
        Ok(effects)
    }

    /// Safaricom's post about a push that was known already, perhaps by its C2B confirmation, changes nothing; the book
    /// says once that it came, and the set-up doctor looks for it.
    /// What the post itself said is committed before it and must reach the screen, so a disk that refuses this note
    /// is only logged.
    fn note_callback(&mut self, push_id: &str, event: &Event, now: Now) {
        if let Err(error) = self.try_note_callback(push_id, event, now) {
            tracing::warn!(code = ?error.code, "a callback was not noted: {error}");
        }
    }

    fn try_note_callback(&mut self, push_id: &str, event: &Event, now: Now) -> Result<(), TillError> {
        let told_by = Grade::Callback.told_by();
        let said = witness::about(self.store.read(), Some(push_id), None)?;
        if said.iter().any(|witness| witness.told_by == told_by) {
            return Ok(());
        }
        let push = self.push(push_id)?;
        match note::of(event) {
            Some(told) => self.store.write(|tx| note::write(tx, &told, &push, now)),
            None => Ok(()),
        }
    }

    /// The push whose callback path this is. Half of a path is a secret, so a wrong one is nobody's.
    pub(super) fn push_of_path(&self, path: &str) -> Result<Push, TillError> {
        let (push_id, secret) = path
            .rsplit_once('/')
            .map(|(before, secret)| (before.rsplit('/').next().unwrap_or(before), secret))
            .unwrap_or_default();
        let push = self.push(push_id)?;
        if push.callback_secret.is_empty() || push.callback_secret != secret {
            return Err(TillError::not_found("prompt"));
        }
        Ok(push)
    }

    /// Does this receipt number already pay something else than this push or its own sale's code?
    fn pays_another(&self, push: &Push, receipt: &ReceiptNumber) -> Result<bool, TillError> {
        let conn = self.store.read();
        let Some(tender_id) = money_in::get(conn, receipt)?.and_then(|row| row.tender_id) else {
            return Ok(false);
        };
        let own_code = tender::of_sale(conn, &push.sale_id)?
            .iter()
            .any(|tender| tender.id == tender_id && matches!(tender.kind, TenderKind::Code { .. }));
        Ok(tender_id != push.tender_id && !own_code)
    }

    fn contradict(
        &mut self,
        push: &Push,
        receipt: &ReceiptNumber,
        amount: Option<Money>,
        word: &str,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let ids = &mut self.ids;
        self.store.write(|tx| {
            let told = Witness {
                told_by: "callback",
                push_id: Some(&push.id),
                receipt: Some(receipt),
                amount,
                word,
            };
            witness::append(tx, &told, now.utc)?;
            book::raise(
                tx,
                ids,
                MatterKind::Contradiction,
                push.amount.money(),
                &push.sale_id,
                Some(&push.id),
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
        self.may_sell(now)?;
        let push = self.push(push_id)?;
        if !push.may_ask_customer(now.mono, &self.policy) {
            return Err(TillError::new(
                Code::NotAllowed,
                "It is too early for this question, or it has been answered: the prompt may still be on the phone.",
            ));
        }
        let effects = self.apply_word(push_id, Event::NoMessage, (Direction::NoMessage, ""), None, now)?;
        // The word is written even where the state's name does not change.
        Ok((self.sale(&push.sale_id, now)?, effects))
    }
}
