//! Customers who pay the till or paybill by their own hand, strangers who do, and what the cashier makes of it.

use till::view::SaleView;

use crate::TortureError;
use crate::cashier::kes;
use crate::customer::{Errand, Visit};
use crate::day::Day;
use crate::event::Event;
use crate::line::lock;

/// What customers type as the account of a paybill when nobody told them what it is.
const TYPED: [&str; 4] = ["", "duka", "0", "njeri"];

impl Day {
    /// Somebody who stands at another counter now, or did.
    pub(crate) fn a_friend(&mut self, visit: &Visit) -> usize {
        let elsewhere = self
            .visits
            .iter()
            .rev()
            .find(|other| !other.over && other.person != visit.person)
            .map(|other| other.person);
        let anybody = usize::try_from(self.dice.below(self.people.len() as u64)).unwrap_or(0);
        elsewhere.unwrap_or(anybody)
    }

    /// As an earlier visit, of somebody else, at whichever counter.
    pub(crate) fn twin_arrives(&mut self, of: usize) {
        let Some(first) = self.visits.get(of).cloned() else {
            return;
        };
        let mut visit = Visit::new(
            &mut self.dice,
            self.people.len(),
            self.counters.len(),
            self.now_ms,
        );
        if visit.person == first.person || visit.person == first.payer {
            return;
        }
        visit.payer = visit.person;
        visit.errand = if self.dice.happens(500) {
            Errand::ToTill
        } else {
            Errand::ToTillUnnamed
        };
        (visit.shillings, visit.gives) = (first.shillings, first.shillings);
        self.report.act("customers who owe as much as the one before", 1);
        self.enters(visit);
    }

    /// Somebody who buys nothing here pays this much.
    pub(crate) fn stranger_pays(&mut self, shillings: i64) {
        let msisdn = format!("2541{:05}{:03}", self.dice.below(100_000), self.dice.below(200));
        let reference = self.typed_by_heart();
        self.pays(&msisdn, shillings, &reference);
        self.report.act("payments of strangers", 1);
    }

    fn typed_by_heart(&mut self) -> String {
        self.dice.pick(&TYPED).copied().unwrap_or_default().to_owned()
    }

    fn pays(&mut self, msisdn: &str, shillings: i64, reference: &str) -> Option<String> {
        let amount = u32::try_from(shillings).unwrap_or(1);
        let number = self.short_code();
        let receipt = lock(&self.outside)
            .world
            .pay_by_hand(msisdn, number, amount, reference, self.now_ms)
            .ok()?;
        if self.dice.happens(20) {
            self.forges_first(&receipt, shillings + 100, msisdn);
        }
        Some(receipt)
    }

    /// The customer, or who pays for this customer, pays by hand. `reference`: what stands on the screen.
    pub(crate) fn pays_by_hand(&mut self, index: usize, visit: &Visit, reference: &str) {
        let Some(payer) = self.people.get(visit.payer).map(|payer| payer.msisdn.clone()) else {
            return;
        };
        let reference = if reference.is_empty() || self.dice.happens(200) {
            self.typed_by_heart()
        } else {
            reference.to_owned()
        };
        let Some(receipt) = self.pays(&payer, visit.gives, &reference) else {
            return;
        };
        self.report.act("payments by hand", 1);
        self.tell(visit.counter, || {
            format!("{payer} pays {} by hand: {receipt}", visit.gives)
        });
        self.auditor.meant_for(&receipt, index);
        let now_ms = self.now_ms;
        if let Some(visit) = self.visits.get_mut(index) {
            visit.own_receipt = Some(receipt);
            visit.gave_ms = now_ms;
        }
        if self.dice.happens(120) {
            let soon_ms = now_ms.saturating_add(self.dice.within(0, 60_000));
            self.heap.push(soon_ms, Event::Stranger(visit.gives));
        }
    }

    /// The cashier lets the sale wait for the till; `named`: with the digits of whoever will pay.
    pub(crate) fn wait_for_till(
        &mut self,
        index: usize,
        visit: &Visit,
        sale_id: Option<&str>,
        named: bool,
    ) -> Result<(), TortureError> {
        let digits = self
            .people
            .get(visit.payer)
            .map(|person| person.msisdn[9..].to_owned())
            .filter(|_| named);
        let amount = kes(visit.shillings);
        let waiting = self.with_engine(visit.counter, |engine, now| {
            engine.wait_for_till(sale_id, amount, digits.as_deref(), now)
        })?;
        self.took(index, waiting)
    }

    /// The customer pays the till and waits for the screen to see it.
    pub(crate) fn waits_for_till(
        &mut self,
        index: usize,
        visit: &Visit,
        sale: &SaleView,
    ) -> Result<(), TortureError> {
        if visit.errand == Errand::ChangesMind && self.dice.happens(700) {
            return self.cash(index, visit, Some(&sale.id), sale.left.shillings());
        }
        let Some(receipt) = visit.own_receipt.clone() else {
            self.pays_by_hand(index, visit, &sale.reference);
            return Ok(());
        };
        if visit.errand == Errand::ToTillUnnamed && self.dice.happens(120) {
            // In a hurry, the cashier takes the first card that fits.
            return self.places_any_card(index, visit, sale);
        }
        if self.places_own_card(index, visit, sale, &receipt)? {
            return Ok(());
        }
        if visit.errand == Errand::ToTillUnnamed && self.dice.happens(100) {
            return self.wait_for_till(index, visit, Some(&sale.id), true);
        }
        if self.now_ms >= visit.leaves_ms - 120_000 {
            if self.asks_for_credit(index, visit, sale, 500)? {
                return Ok(());
            }
            if visit.has_cash && self.dice.happens(500) {
                return self.cash(index, visit, Some(&sale.id), sale.left.shillings());
            }
            return self.type_code(index, visit, Some(&sale.id), &receipt);
        }
        Ok(())
    }

    /// "Whose is this?": the customer shows the message with that code. Gives whether there was such a card.
    pub(crate) fn places_own_card(
        &mut self,
        index: usize,
        visit: &Visit,
        sale: &SaleView,
        receipt: &str,
    ) -> Result<bool, TortureError> {
        let waited = self.now_ms >= visit.gave_ms + 60_000;
        self.places(
            index,
            visit,
            sale,
            "cards given to their sale",
            |code, offered| code == receipt && (offered || waited),
        )
    }

    fn places_any_card(&mut self, index: usize, visit: &Visit, sale: &SaleView) -> Result<(), TortureError> {
        let own = visit.own_receipt.clone().unwrap_or_default();
        self.places(
            index,
            visit,
            sale,
            "cards given to a wrong sale",
            |code, offered| offered && code != own,
        )?;
        Ok(())
    }

    fn places(
        &mut self,
        index: usize,
        visit: &Visit,
        sale: &SaleView,
        act: &'static str,
        takes: impl Fn(&str, bool) -> bool,
    ) -> Result<bool, TortureError> {
        let cards = self.with_engine(visit.counter, |engine, now| {
            Ok((engine.unplaced(now)?, Vec::new()))
        })?;
        let Some(Ok(cards)) = cards else { return Ok(false) };
        let Some(card) = cards.iter().find(|card| {
            let offered = card.offers.iter().any(|offer| offer.sale_id == sale.id);
            card.amount == sale.left && takes(card.receipt.as_str(), offered)
        }) else {
            return Ok(false);
        };
        let (receipt, sale_id) = (card.receipt.clone(), sale.id.clone());
        let placed = self.with_engine(visit.counter, |engine, now| {
            engine.place_money(&receipt, &sale_id, now)
        })?;
        let taken = matches!(placed, Some(Ok(_)));
        self.report.act(act, usize::from(taken));
        self.took(index, placed)?;
        Ok(taken)
    }
}
