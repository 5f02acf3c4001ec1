//! Ask a phone for what is left of a sale. The intent is committed before anything may leave.

use super::{Announcement, Effect, Engine, PushOrder, open_sale};
use crate::clock::Now;
use crate::error::{Code, TillError};
use crate::money::{Money, MpesaAmount};
use crate::msisdn::Msisdn;
use crate::push::guard::{self, Neighbour};
use crate::push::{Event, Push, PushIntent, State};
use crate::store::customer;
use crate::store::push as push_table;
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::view::SaleView;

/// What the cashier typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushInput {
    /// The sale on the counter; none for a new one.
    pub sale_id: Option<String>,
    /// What a new sale owes; an existing one is asked for what is left.
    pub amount: Money,
    /// Whom to ask.
    pub msisdn: Msisdn,
    /// Ordinary, or "wrong number".
    pub intent: PushIntent,
    /// A text of the caller's own that the customer reads instead of the sale's reference; 1 to 12
    /// letters and digits (Daraja portal, M-PESA Express, AccountReference).
    pub reference: Option<String>,
}

/// A regular who was chosen from the list, by the last digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegularInput {
    /// The sale on the counter; none for a new one.
    pub sale_id: Option<String>,
    /// What a new sale owes.
    pub amount: Money,
    /// Whom to ask.
    pub customer_id: String,
    /// Ordinary, or "wrong number".
    pub intent: PushIntent,
}

impl Engine {
    /// Starts a push: its record is committed, and nothing has left the PC when it returns.
    ///
    /// # Errors
    /// See [`Self::record_push`]; nothing was written then.
    pub fn start_push(&mut self, input: PushInput, now: Now) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.start(&input, false, now)
    }

    /// Starts a push to a regular. The number stays in here: the screen knows the customer by name and three digits.
    ///
    /// # Errors
    /// [`Code::NotFound`], and those of [`Self::record_push`]; nothing was written then.
    pub fn prompt_regular(
        &mut self,
        input: RegularInput,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        let input = PushInput {
            msisdn: customer::get(self.store.read(), &input.customer_id)?.phone,
            sale_id: input.sale_id,
            amount: input.amount,
            intent: input.intent,
            reference: None,
        };
        self.start(&input, true, now)
    }

    /// Asks the phone of a push once more for what is left of its sale.
    ///
    /// # Errors
    /// [`Code::PhoneInvalid`] when only its end is kept by now, and those of [`Self::record_push`].
    pub fn send_again(&mut self, push_id: &str, now: Now) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        let before = self.push(push_id)?;
        let Some(msisdn) = before.msisdn.whole().cloned() else {
            return Err(TillError::new(
                Code::PhoneInvalid,
                "The number is not kept any more: type the customer's phone number.",
            ));
        };
        let input = PushInput {
            sale_id: Some(before.sale_id),
            amount: before.amount.money(),
            msisdn,
            intent: PushIntent::Ordinary,
            reference: None,
        };
        self.start(&input, before.from_list, now)
    }

    fn start(
        &mut self,
        input: &PushInput,
        from_list: bool,
        now: Now,
    ) -> Result<(SaleView, Vec<Effect>), TillError> {
        self.may_sell(now)?;
        let mut effects = self.withdraw_unsent(input, now)?;
        let push = self.record(input, from_list, now)?;
        let view = self.sale(&push.sale_id, now)?;
        let told = Announcement::SaleChanged(Box::new(view.clone()));
        effects.extend([Effect::Prepare { push_id: push.id }, Effect::Announce(told)]);
        Ok((view, effects))
    }

    /// *Wrong number*, said before anything has left for it: it must not leave any more.
    fn withdraw_unsent(&mut self, input: &PushInput, now: Now) -> Result<Vec<Effect>, TillError> {
        let unsent: Vec<String> = self
            .watches
            .values()
            .map(|watch| &watch.push)
            .filter(|push| input.intent == PushIntent::WrongNumber && push.state == State::Intended)
            .filter(|push| Some(&push.sale_id) == input.sale_id.as_ref())
            .map(|push| push.id.clone())
            .collect();
        let mut effects = Vec::new();
        for push_id in unsent {
            effects.extend(self.apply(&push_id, Event::Withdrawn, now)?);
        }
        Ok(effects)
    }

    /// The durable part: the guard decides, then sale, tender and push are written in one commit.
    ///
    /// # Errors
    /// [`Code::PushLive`] from the guard, [`Code::NotConnected`] without keys, [`Code::AmountInvalid`]
    /// for what M-Pesa cannot take, [`Code::SaleEnded`], or the disk's trouble. Nothing was written then.
    pub fn record_push(&mut self, input: &PushInput, now: Now) -> Result<Push, TillError> {
        self.record(input, false, now)
    }

    fn record(&mut self, input: &PushInput, from_list: bool, now: Now) -> Result<Push, TillError> {
        self.may_sell(now)?;
        if !self.counter.connected {
            return Err(TillError::new(
                Code::NotConnected,
                "Keshia is not connected to Safaricom yet. Take cash, or let the customer pay the till.",
            ));
        }
        if let Some(reference) = &input.reference {
            open_sale::check_own_reference(reference)?;
        }
        self.let_start(input, now)?;
        let opening = self.opening(input.amount, now)?;
        let (ids, counter) = (&mut self.ids, &self.counter);
        let push = self.store.write(|tx| {
            let (sale, left) =
                open_sale::for_tender(tx, ids, counter, input.sale_id.as_deref(), opening, now)?;
            let amount = MpesaAmount::try_from(left)
                .map_err(|error| TillError::new(Code::AmountInvalid, error.to_string()))?;
            let tender = TenderRow {
                id: ids.next_id(),
                sale_id: sale.id.clone(),
                amount: left,
                stands: false,
                opened_at: now.utc,
                person_id: None,
                kind: TenderKind::Push,
            };
            tender::insert(tx, &tender)?;
            let push = Push {
                id: ids.next_id(),
                sale_id: sale.id,
                tender_id: tender.id,
                msisdn: input.msisdn.clone().into(),
                amount,
                reference: input.reference.clone().unwrap_or(sale.reference),
                state: State::Intended,
                checkout_request_id: None,
                receipt: None,
                created_at: now.utc,
                sent_at: None,
                accepted_at: None,
                ended_at: None,
                asked_at: None,
                asked_times: 0,
                callback_secret: ids.next_id(),
                skew_ms: None,
                from_list,
                paid_until: None,
                waiting_since: now.mono,
            };
            push_table::insert(tx, &push)?;
            Ok(push)
        })?;
        self.keep(push.clone(), now);
        self.puller_soon(now);
        Ok(push)
    }

    fn let_start(&self, input: &PushInput, now: Now) -> Result<(), TillError> {
        let neighbours: Vec<Neighbour> = self
            .watches
            .values()
            .map(|watch| &watch.push)
            .filter(|push| push.state.blocks())
            .filter_map(|push| {
                Some(Neighbour {
                    push_id: push.id.clone(),
                    sale_id: push.sale_id.clone(),
                    msisdn: push.msisdn.whole()?.clone(),
                    blocks: true,
                })
            })
            .collect();
        guard::may_start(input.sale_id.as_deref(), &input.msisdn, input.intent, &neighbours).map_err(|blocked| {
            let waited = self.watches.get(blocked.push_id()).map_or(0, |watch| watch.push.waited_ms(now.mono));
            let wait_s = self.policy.deadline_ms.saturating_sub(waited).div_ceil(1000);
            let phone = match blocked {
                guard::Blocked::ByPhone { .. } => "A prompt may still be alive on this phone.",
                guard::Blocked::BySale { .. } => "A prompt of this sale may still be alive.",
            };
            TillError::new(Code::PushLive, format!("{phone} Do not send again: wait for its end, at most {wait_s} s, or let the customer pay another way."))
        })
    }

    /// Safaricom will let us in: from the commit in here on, bytes of this push may leave.
    ///
    /// # Errors
    /// The disk's trouble; then nothing may be sent.
    pub fn begin_sending(&mut self, push_id: &str, now: Now) -> Result<Vec<Effect>, TillError> {
        let mut effects = self.apply(push_id, Event::SendBegun, now)?;
        self.puller_soon(now);
        let push = self.push(push_id)?;
        if push.state == State::Sending
            && let Some(msisdn) = push.msisdn.whole().cloned()
        {
            effects.push(Effect::Send(PushOrder {
                push_id: push.id,
                msisdn,
                amount: push.amount,
                reference: push.reference,
                callback_path: format!("{push_id}/{}", push.callback_secret),
            }));
        }
        Ok(effects)
    }
}
