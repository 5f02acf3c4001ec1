//! The cashier: serves, waits, asks, parks, and now and then presses what makes no sense.

use daraja_sim::world::Settings;
use till::engine::{CodeInput, PushInput};
use till::push::PushIntent;
use till::view::{CanSend, Draft, PushState, PushView, ReadFrom, SaleState, SaleView, TenderKindView};
use till::{Code, Money, Msisdn, TillError};

use crate::TortureError;
use crate::customer::{Errand, Visit};
use crate::day::Day;
use crate::line::{ShopKind, lock};
use crate::report::Fault;

/// A message from M-PESA reaches a phone within this, milliseconds.
const MESSAGE_WITHIN_MS: i64 = 60_000;

fn kes(shillings: i64) -> Money {
    Money::from_shillings(shillings).unwrap_or(Money::ZERO)
}

/// The newest push of a sale.
pub(crate) fn newest_push(sale: &SaleView) -> Option<&PushView> {
    pushes(sale).last()
}

fn pushes(sale: &SaleView) -> impl Iterator<Item = &PushView> {
    sale.tenders.iter().filter_map(|tender| match &tender.kind {
        TenderKindView::Push(push) => Some(push),
        TenderKindView::Cash { .. } | TenderKindView::ToTill { .. } | TenderKindView::Code { .. } => None,
    })
}

impl Day {
    pub(crate) fn arrives(&mut self) {
        let visit = Visit::new(
            &mut self.dice,
            self.people.len(),
            self.counters.len(),
            self.now_ms,
        );
        self.visits.push(visit);
        self.tend_in(self.visits.len() - 1, 0);
    }

    /// The cashier turns to a customer, or to a line of the roll.
    pub(crate) fn tend(&mut self, index: usize) -> Result<(), TortureError> {
        let Some(visit) = self.visits.get(index).cloned() else {
            return Ok(());
        };
        if visit.over {
            return Ok(());
        }
        if self
            .counters
            .get_mut(visit.counter)
            .is_none_or(|counter| counter.engine().is_none())
        {
            self.tend_in(index, 20_000);
            return Ok(());
        }
        let Some(sale_id) = visit.sale_id.clone() else {
            if self.now_ms >= visit.leaves_ms {
                self.end_visit(index);
                return Ok(());
            }
            return self.begin(index, &visit);
        };
        let looked = self.with_engine(visit.counter, |engine, now| {
            Ok((engine.sale(&sale_id, now)?, Vec::new()))
        })?;
        match looked {
            Some(Ok(sale)) => self.go_on(index, &visit, &sale)?,
            Some(Err(error)) if error.code == Code::NotFound => {
                self.fault(Fault::Lost, format!("sale {sale_id} was shown and is gone"));
            }
            Some(Err(_)) | None => {}
        }
        if self.visits.get(index).is_some_and(|visit| !visit.over) {
            let pause = self.dice.within(15_000, 45_000);
            self.tend_in(index, pause);
        }
        Ok(())
    }

    /// The first key of a sale.
    fn begin(&mut self, index: usize, visit: &Visit) -> Result<(), TortureError> {
        match visit.errand {
            Errand::Prompt => self.send(index, visit, None, PushIntent::Ordinary)?,
            Errand::Cash => {
                let tendered = visit.shillings + self.dice.within(0, 3) * 100;
                self.cash(index, visit, None, tendered)?;
            }
            Errand::Split => self.cash(index, visit, None, (visit.shillings / 3).max(1))?,
            Errand::ToTill => self.wait_for_till(index, visit, true)?,
            Errand::ToTillUnnamed => self.wait_for_till(index, visit, false)?,
            Errand::ShowsOwnCode => {
                if visit.own_receipt.is_none() {
                    self.pays_by_hand(index, visit, "");
                }
                self.show_code(index, None)?;
            }
            Errand::ShowsForeignCode => {
                if let Some(receipt) = self.somebodys_receipt(visit.person) {
                    self.type_code(index, visit, None, &receipt)?;
                } else if let Some(visit) = self.visits.get_mut(index) {
                    visit.over = true;
                }
            }
        }
        self.tend_in(index, 20_000);
        Ok(())
    }

    /// What the cashier does with a sale that has begun.
    fn go_on(&mut self, index: usize, visit: &Visit, sale: &SaleView) -> Result<(), TortureError> {
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
            // The customer goes; the line stays on the roll until the close.
            self.end_visit(index);
            return Ok(());
        }
        match visit.errand {
            Errand::ToTill | Errand::ToTillUnnamed => self.waits_for_till(index, visit, sale),
            Errand::Prompt
            | Errand::Split
            | Errand::Cash
            | Errand::ShowsOwnCode
            | Errand::ShowsForeignCode => self.prompt_goes_on(index, visit, sale),
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
        let own_phone = self
            .people
            .get(visit.person)
            .is_some_and(|person| push.phone_masked.ends_with(&person.msisdn[9..]));
        if push.ask_customer && own_phone && self.dice.happens(900) {
            return self.ask_customer(index, visit, sale, &push);
        }
        // Nobody waits for ever: cash on the counter although a prompt may be alive.
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
        let sendable = sale.can_send == CanSend::Yes;
        if sendable && visit.tries < 4 && self.dice.happens(700) {
            return self.send(index, visit, Some(&sale.id), PushIntent::Ordinary);
        }
        if visit.has_cash && self.dice.happens(600) {
            return self.cash(index, visit, Some(&sale.id), sale.left.shillings());
        }
        Ok(())
    }

    fn send(
        &mut self,
        index: usize,
        visit: &Visit,
        sale_id: Option<&str>,
        intent: PushIntent,
    ) -> Result<(), TortureError> {
        let whom = visit.wrong_phone.unwrap_or(visit.person);
        let Some(msisdn) = self
            .people
            .get(whom)
            .and_then(|person| Msisdn::parse(&person.msisdn).ok())
        else {
            return Ok(());
        };
        if let (Some(sale_id), PushIntent::WrongNumber) = (sale_id, intent) {
            self.auditor.wrong_number(sale_id, msisdn.as_str());
        }
        let input = PushInput {
            sale_id: sale_id.map(str::to_owned),
            amount: kes(visit.shillings),
            msisdn,
            intent,
            reference: None,
        };
        let begun = self.with_engine(visit.counter, |engine, now| engine.start_push(input, now))?;
        if let Some(visit) = self.visits.get_mut(index) {
            visit.tries += u32::from(matches!(begun, Some(Ok(_))));
        }
        self.took(index, begun)
    }

    fn cash(
        &mut self,
        index: usize,
        visit: &Visit,
        sale_id: Option<&str>,
        tendered: i64,
    ) -> Result<(), TortureError> {
        let amount = kes(visit.shillings);
        let sale_id = sale_id.map(str::to_owned);
        let taken = self.with_engine(visit.counter, |engine, now| {
            let (taken, effects) = engine.take_cash(sale_id.as_deref(), amount, kes(tendered), now)?;
            Ok((taken.sale, effects))
        })?;
        if let Some(Ok(sale)) = &taken {
            self.auditor.took_cash(sale);
        }
        self.took(index, taken)
    }

    fn wait_for_till(&mut self, index: usize, visit: &Visit, named: bool) -> Result<(), TortureError> {
        let digits = self
            .people
            .get(visit.person)
            .map(|person| person.msisdn[9..].to_owned())
            .filter(|_| named);
        let amount = kes(visit.shillings);
        let waiting = self.with_engine(visit.counter, |engine, now| {
            engine.wait_for_till(None, amount, digits.as_deref(), now)
        })?;
        self.took(index, waiting)
    }

    /// The customer pays the till and waits for the screen to see it.
    fn waits_for_till(&mut self, index: usize, visit: &Visit, sale: &SaleView) -> Result<(), TortureError> {
        let Some(receipt) = visit.own_receipt.clone() else {
            self.pays_by_hand(index, visit, &sale.reference);
            return Ok(());
        };
        let offered = self.with_engine(visit.counter, |engine, now| {
            Ok((engine.unplaced(now)?, Vec::new()))
        })?;
        let Some(Ok(cards)) = offered else { return Ok(()) };
        let card = cards
            .iter()
            .find(|card| card.receipt.as_str() == receipt)
            .filter(|card| card.offers.iter().any(|offer| offer.sale_id == sale.id));
        if let Some(card) = card {
            // "Whose is this?" – the customer shows the message with that code.
            let (receipt, sale_id) = (card.receipt.clone(), sale.id.clone());
            let placed = self.with_engine(visit.counter, |engine, now| {
                engine.place_money(&receipt, &sale_id, now)
            })?;
            return self.took(index, placed);
        }
        if self.now_ms >= visit.leaves_ms - 120_000 {
            return self.type_code(index, visit, Some(&sale.id), &receipt);
        }
        Ok(())
    }

    fn pays_by_hand(&mut self, index: usize, visit: &Visit, reference: &str) {
        let Some(person) = self.people.get(visit.person) else {
            return;
        };
        let settings = Settings::default();
        let short_code = match self.auditor.kind {
            ShopKind::Paybill => settings.paybill,
            ShopKind::Till => settings.till,
        };
        let amount = u32::try_from(visit.shillings).unwrap_or(1);
        let receipt = lock(&self.outside)
            .world
            .pay_at_once(&person.msisdn, &short_code, amount, reference, self.now_ms)
            .ok();
        if let (Some(receipt), Some(visit)) = (receipt, self.visits.get_mut(index)) {
            visit.own_receipt = Some(receipt);
        }
    }

    fn show_code(&mut self, index: usize, sale_id: Option<&str>) -> Result<(), TortureError> {
        let Some(visit) = self.visits.get(index).cloned() else {
            return Ok(());
        };
        match &visit.own_receipt {
            Some(receipt) => self.type_code(index, &visit, sale_id, receipt),
            None => Ok(()),
        }
    }

    fn type_code(
        &mut self,
        index: usize,
        visit: &Visit,
        sale_id: Option<&str>,
        receipt: &str,
    ) -> Result<(), TortureError> {
        let input = CodeInput {
            sale_id: sale_id.map(str::to_owned),
            amount: kes(visit.shillings),
            code: receipt.to_owned(),
            read_from: ReadFrom::CustomerPhone,
            warned: true,
        };
        let typed = self.with_engine(visit.counter, |engine, now| engine.take_code(input, now))?;
        self.took(index, typed)
    }

    /// Keeps the sale of a first key, or sees why there is none.
    fn took(
        &mut self,
        index: usize,
        result: Option<Result<SaleView, TillError>>,
    ) -> Result<(), TortureError> {
        match result {
            Some(Ok(sale)) => {
                if self
                    .visits
                    .get(index)
                    .is_some_and(|visit| visit.sale_id.is_none())
                {
                    self.report.sales += 1;
                }
                self.visit_of_sale.insert(sale.id.clone(), index);
                let owner = self
                    .visits
                    .get(index)
                    .and_then(|visit| self.people.get(visit.person));
                if let Some(owner) = owner {
                    self.auditor.owns(&sale.id, &owner.msisdn);
                }
                if let Some(visit) = self.visits.get_mut(index) {
                    visit.sale_id = Some(sale.id.clone());
                }
                let counter = self.visits.get(index).map_or(0, |visit| visit.counter);
                // The newest sale stands on the counter.
                let draft = Draft {
                    sale_id: Some(sale.id),
                    ..Draft::default()
                };
                let _ = self.with_engine(counter, |engine, _| {
                    engine.save_draft(&draft)?;
                    Ok(((), Vec::new()))
                })?;
            }
            Some(Err(error)) => {
                let expected = error.code.is_of_the_disk()
                    || [Code::PushLive, Code::CodeUsed, Code::SaleEnded, Code::NotAllowed]
                        .contains(&error.code);
                if !expected {
                    self.fault(
                        Fault::Wrong,
                        format!("a till that does not let people pay: {error}"),
                    );
                }
            }
            None => {}
        }
        Ok(())
    }

    fn end_visit(&mut self, index: usize) {
        if let Some(visit) = self.visits.get_mut(index) {
            visit.over = true;
        }
    }

    /// A message that some other customer has on the phone.
    fn somebodys_receipt(&mut self, not: usize) -> Option<String> {
        let own = self.people.get(not).map(|person| person.msisdn.clone());
        let receipts: Vec<String> = lock(&self.outside)
            .world
            .payments()
            .iter()
            .filter(|payment| payment.checkout_request_id.is_some())
            .filter(|payment| Some(&payment.msisdn) != own.as_ref())
            .map(|payment| payment.receipt.clone())
            .collect();
        self.dice.pick(&receipts).cloned()
    }

    /// What happened to a push in truth: its receipt number and when.
    fn paid_for(&mut self, push_id: &str) -> Option<(String, i64)> {
        let outside = lock(&self.outside);
        self.auditor.truth.catch_up(&outside.world);
        self.auditor.truth.paid(&outside.world, push_id)
    }

    pub(crate) fn visit_of_prompt(&self, url: &str) -> Option<usize> {
        let sale_id = self.auditor.sale_of_push(url, &self.counters)?;
        self.visit_of_sale.get(&sale_id).copied()
    }
}
