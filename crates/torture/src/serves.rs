//! What the cashier does next with the customer who stands there.

use till::push::PushIntent;
use till::view::{CanSend, PushState, PushView, SaleState, SaleView};

use crate::TortureError;
use crate::cashier::pushes;
use crate::customer::{Debt, Errand, Visit};
use crate::day::Day;
use crate::report::Fault;

/// A message from M-PESA reaches a phone within this, milliseconds.
const MESSAGE_WITHIN_MS: i64 = 60_000;

impl Day {
    /// The first key of a sale, or of a payment of a debt.
    pub(crate) fn begin(&mut self, index: usize, visit: &Visit) -> Result<(), TortureError> {
        let waits_for_money = visit.errand.pays_before() && visit.own_receipt.is_none();
        match visit.debt {
            Some(Debt::PaysOff) if !waits_for_money => match self.begins_pay_off(index, visit)? {
                Some(begun) => self.first_key(index, &begun)?,
                None => self.tend_in(index, 20_000),
            },
            Some(Debt::OnCredit) if visit.errand == Errand::Cash => {
                self.credit_or_else(index, visit, None)?;
                self.tend_in(index, 20_000);
            }
            Some(Debt::PaysOff | Debt::OnCredit) | None => self.first_key(index, visit)?,
        }
        Ok(())
    }

    /// The first key that money comes by.
    fn first_key(&mut self, index: usize, visit: &Visit) -> Result<(), TortureError> {
        let sale_id = visit.sale_id.as_deref();
        match visit.errand {
            Errand::Prompt => self.send(index, visit, sale_id, PushIntent::Ordinary)?,
            Errand::Cash => {
                let tendered = visit.shillings + self.dice.within(0, 3) * 100;
                self.cash(index, visit, sale_id, tendered)?;
            }
            Errand::Split => self.cash(index, visit, sale_id, (visit.shillings / 3).max(1))?,
            Errand::ToTill | Errand::WrongAmount | Errand::ChangesMind => {
                self.wait_for_till(index, visit, sale_id, true)?;
            }
            Errand::ToTillUnnamed => self.wait_for_till(index, visit, sale_id, false)?,
            // The cashier asks for the friend's digits, or for nobody's.
            Errand::FriendPays => {
                let named = self.dice.happens(400);
                self.wait_for_till(index, visit, sale_id, named)?;
            }
            Errand::PaysFirst => match &visit.own_receipt {
                None => {
                    self.pays_by_hand(index, visit, "");
                    let soon = self.dice.within(2_000, 60_000);
                    self.tend_in(index, soon);
                    return Ok(());
                }
                Some(_) => {
                    let named = self.dice.happens(500);
                    self.wait_for_till(index, visit, sale_id, named)?;
                }
            },
            Errand::ShowsOwnCode => match &visit.own_receipt {
                None => self.pays_by_hand(index, visit, ""),
                Some(receipt) => self.type_code(index, visit, sale_id, receipt)?,
            },
            Errand::ShowsForeignCode => {
                if let Some(receipt) = self.somebodys_receipt(visit.person) {
                    self.type_code(index, visit, sale_id, &receipt)?;
                } else if let Some(visit) = self.visits.get_mut(index) {
                    visit.over = true;
                }
            }
        }
        self.tend_in(index, 20_000);
        Ok(())
    }

    /// The customer asks for credit; who does not get it pays after all, now or when asked again.
    fn credit_or_else(
        &mut self,
        index: usize,
        visit: &Visit,
        sale: Option<&SaleView>,
    ) -> Result<bool, TortureError> {
        let given = self.gives_credit(index, visit, sale)?;
        // With a part of it promised, some think again.
        if given
            && self.dice.happens(250)
            && let Some(visit) = self.visits.get_mut(index)
        {
            visit.leaves_ms = self.now_ms;
        }
        if !given
            && self.dice.happens(600)
            && let Some(visit) = self.visits.get_mut(index)
        {
            visit.debt = None;
        }
        Ok(given)
    }

    /// Whether this customer, who may, asks for credit for what is left.
    pub(crate) fn asks_for_credit(
        &mut self,
        index: usize,
        visit: &Visit,
        sale: &SaleView,
        per_mille: u64,
    ) -> Result<bool, TortureError> {
        if visit.debt != Some(Debt::OnCredit) || sale.left.is_zero() || !self.dice.happens(per_mille) {
            return Ok(false);
        }
        self.credit_or_else(index, visit, Some(sale))
    }

    /// What the cashier does with a sale that has begun.
    pub(crate) fn go_on(&mut self, index: usize, visit: &Visit, sale: &SaleView) -> Result<(), TortureError> {
        match sale.state {
            SaleState::Settled => {
                if sale.do_not_pay_again
                    && let Some(visit) = self.visits.get_mut(index)
                {
                    visit.told_to_stop = true;
                }
                self.end_visit(index);
                return Ok(());
            }
            SaleState::Voided => {
                self.end_visit(index);
                return Ok(());
            }
            SaleState::Open => {}
        }
        if self.now_ms >= visit.leaves_ms {
            // The customer goes; the line is given up now, or stays on the roll until the close.
            self.end_visit(index);
            if visit.errand.waits_for_till() && sale.can_void && self.dice.happens(800) {
                self.gives_up(visit.counter, &sale.id, "left the shop", true)?;
            } else if self.options.people && !sale.paid.is_zero() && self.dice.happens(600) {
                // A part was paid, and the customer wants it back.
                self.gives_up(visit.counter, &sale.id, "changed their mind", true)?;
            }
            return Ok(());
        }
        if visit.errand.waits_for_till() {
            self.waits_for_till(index, visit, sale)
        } else {
            self.prompt_goes_on(index, visit, sale)
        }
    }

    fn prompt_goes_on(&mut self, index: usize, visit: &Visit, sale: &SaleView) -> Result<(), TortureError> {
        let alive = pushes(sale).find(|push| push.blocks).cloned();
        let Some(push) = alive else {
            return self.try_again(index, visit, sale);
        };
        // "That is not my number."
        if visit.wrong_phone.is_some() && visit.tries == 1 {
            if let Some(visit) = self.visits.get_mut(index) {
                visit.wrong_phone = None;
            }
            let mut visit = visit.clone();
            visit.wrong_phone = None;
            return self.send(index, &visit, Some(&sale.id), PushIntent::WrongNumber);
        }
        // The code of the customer's message stands on a card: whose it is, is plain.
        if let Some((receipt, _)) = self.paid_for(&push.push_id)
            && self.dice.happens(200)
            && self.places_own_card(index, visit, sale, &receipt)?
        {
            return Ok(());
        }
        let own_phone = self
            .people
            .get(visit.person)
            .is_some_and(|person| push.phone_masked.ends_with(&person.msisdn[9..]));
        if push.ask_customer && own_phone && self.dice.happens(900) {
            return self.ask_customer(index, visit, sale, &push);
        }
        // Nobody waits for ever: credit, or cash on the counter although a prompt may be alive.
        if push.state == PushState::Unknown && self.asks_for_credit(index, visit, sale, 200)? {
            self.report.mishap("credit although a prompt may be alive");
            return Ok(());
        }
        if push.state == PushState::Unknown && visit.has_cash && self.dice.happens(150) {
            self.report.mishap("cash although a prompt may be alive");
            return self.cash(index, visit, Some(&sale.id), sale.left.shillings());
        }
        Ok(())
    }

    /// "Did an M-PESA message come?"
    fn ask_customer(
        &mut self,
        index: usize,
        visit: &Visit,
        sale: &SaleView,
        push: &PushView,
    ) -> Result<(), TortureError> {
        let paid = self.paid_for(&push.push_id);
        match paid {
            Some((receipt, at_ms)) if self.now_ms >= at_ms + MESSAGE_WITHIN_MS => {
                self.type_code(index, visit, Some(&sale.id), &receipt)
            }
            // "I have just entered my PIN": the cashier waits.
            Some(_) => Ok(()),
            None => {
                let push_id = push.push_id.clone();
                let said = self.with_engine(visit.counter, |engine, now| engine.no_message(&push_id, now))?;
                if let Some(Err(error)) = said
                    && !error.code.is_of_the_disk()
                {
                    self.fault(
                        Fault::Wrong,
                        format!("the screen asked, and refused the answer: {error}"),
                    );
                }
                Ok(())
            }
        }
    }

    fn try_again(&mut self, index: usize, visit: &Visit, sale: &SaleView) -> Result<(), TortureError> {
        if self.asks_for_credit(index, visit, sale, 500)? {
            return Ok(());
        }
        let sendable = sale.can_send == CanSend::Yes;
        if sendable && visit.tries < 4 && self.dice.happens(700) {
            return self.send(index, visit, Some(&sale.id), PushIntent::Ordinary);
        }
        if visit.has_cash && self.dice.happens(600) {
            return self.cash(index, visit, Some(&sale.id), sale.left.shillings());
        }
        Ok(())
    }
}
