//! A person answers for a push that no witness can tell about, with a reason that the day lists.

use super::desk::Acted;
use super::{Beside, Effect, Engine};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::people::Act;
use crate::push::Event;
use crate::store::person_word::PersonWordRow;
use crate::view::{Direction, SaleView};

impl Engine {
    /// A person says how a push ended. Evidence still overrules it.
    ///
    /// # Errors
    /// [`Code::NotAllowed`] without a reason or while a witness may still tell, or the disk's trouble.
    pub fn judge(
        &mut self,
        push_id: &str,
        paid: bool,
        reason: &str,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        let reason = reason.trim();
        if reason.is_empty() || reason.chars().count() > 200 {
            return Err(TillError::new(
                Code::NotAllowed,
                "Say in a few words how you know.",
            ));
        }
        let push = self.push(push_id)?;
        if !push.may_be_judged(now.mono, &self.policy) {
            return Err(TillError::new(
                Code::NotAllowed,
                "Nobody needs to answer for this prompt now: it is over, or Safaricom may still tell.",
            ));
        }
        let acted = self
            .permit(Act::Judge, now)?
            .about(Some(push_id), Some(push.amount.money()), None, now);
        let direction = if paid { Direction::Paid } else { Direction::NotPaid };
        let effects = self.apply_word(
            push_id,
            Event::Judged { paid },
            (direction, reason),
            Some(&acted),
            now,
        )?;
        Ok((self.sale(&push.sale_id, now)?, effects))
    }

    /// A person's word and what follows from it, in one transaction.
    pub(super) fn apply_word(
        &mut self,
        push_id: &str,
        event: Event,
        (direction, reason): (Direction, &str),
        acted: Option<&Acted>,
        now: Now,
    ) -> Result<Vec<Effect>, TillError> {
        let word = PersonWordRow {
            id: self.ids.next_id(),
            at: now.utc,
            push_id: push_id.to_owned(),
            direction,
            reason: reason.to_owned(),
        };
        let beside = Beside {
            word: Some(&word),
            acted,
            ..Beside::default()
        };
        self.apply_with(push_id, event, beside, now)
    }
}
