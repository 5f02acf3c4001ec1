//! The cashier: serves, waits, asks, parks, and now and then presses what makes no sense.

use till::engine::PushInput;
use till::people::Act;
use till::push::PushIntent;
use till::view::{Draft, PushView, SaleView, TenderKindView};
use till::{Code, Money, Msisdn, TillError};

use crate::TortureError;
use crate::audit::Owner;
use crate::customer::{Errand, Visit};
use crate::day::Day;
use crate::event::Event;
use crate::line::lock;
use crate::report::Fault;
use crate::unsure::What;

pub(crate) fn kes(shillings: i64) -> Money {
    Money::from_shillings(shillings).unwrap_or(Money::ZERO)
}

/// The newest push of a sale.
pub(crate) fn newest_push(sale: &SaleView) -> Option<&PushView> {
    pushes(sale).last()
}

pub(crate) fn pushes(sale: &SaleView) -> impl Iterator<Item = &PushView> {
    sale.tenders.iter().filter_map(|tender| match &tender.kind {
        TenderKindView::Push(push) => Some(push),
        TenderKindView::Cash { .. }
        | TenderKindView::ToTill { .. }
        | TenderKindView::Code { .. }
        | TenderKindView::Credit { .. } => None,
    })
}

impl Day {
    pub(crate) fn arrives(&mut self) -> Result<(), TortureError> {
        let mut visit = Visit::new(
            &mut self.dice,
            self.people.len(),
            self.counters.len(),
            self.now_ms,
        );
        self.may_owe(&mut visit)?;
        if visit.errand == Errand::FriendPays {
            visit.payer = self.a_friend(&visit);
        }
        // Another customer who owes as much comes seconds later.
        if visit.errand.waits_for_till() && self.dice.happens(200) {
            let soon_ms = self.now_ms.saturating_add(self.dice.within(0, 20_000));
            self.heap.push(soon_ms, Event::Twin(self.visits.len()));
        }
        self.enters(visit);
        Ok(())
    }

    /// Somebody stands at a counter.
    pub(crate) fn enters(&mut self, visit: Visit) {
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
            if !self.sells_on_paper(index, &visit) {
                self.tend_in(index, 20_000);
            }
            return Ok(());
        }
        if !self.stands_at(visit.counter)? {
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

    pub(crate) fn send(
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

    pub(crate) fn cash(
        &mut self,
        index: usize,
        visit: &Visit,
        sale_id: Option<&str>,
        tendered: i64,
    ) -> Result<(), TortureError> {
        let amount = kes(visit.shillings);
        let sale_id = sale_id.map(str::to_owned);
        let what = What::Cash {
            visit: index,
            sale_id: sale_id.clone(),
            // What is left of a sale that has begun is what is given, never more.
            net: tendered.min(visit.shillings),
        };
        let taken = self.risks(visit.counter, Act::Sell, what, |engine, now| {
            engine.take_cash(sale_id.as_deref(), amount, kes(tendered), now)
        })?;
        if let Some(Ok(taken)) = &taken {
            self.auditor.took_cash(&taken.sale);
            let money = (tendered, taken.change.shillings());
            self.cash_came(visit.counter, &taken.sale, money);
        }
        self.took(index, taken.map(|taken| taken.map(|taken| taken.sale)))
    }

    /// Keeps the sale of a first key, or sees why there is none.
    pub(crate) fn took(
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
                if let Some(owner) = self.owner(index) {
                    self.auditor.owns(&sale.id, owner);
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
                    || [
                        Code::PushLive,
                        Code::CodeUsed,
                        Code::SaleEnded,
                        Code::NotAllowed,
                        // A card that is gone meanwhile.
                        Code::NotFound,
                    ]
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

    fn owner(&self, index: usize) -> Option<Owner> {
        let visit = self.visits.get(index)?;
        Some(Owner {
            msisdn: self.people.get(visit.person)?.msisdn.clone(),
            payer: self.people.get(visit.payer)?.msisdn.clone(),
            visit: index,
            since_ms: self.now_ms,
        })
    }

    pub(crate) fn end_visit(&mut self, index: usize) {
        if let Some(visit) = self.visits.get_mut(index) {
            visit.over = true;
        }
    }

    /// What happened to a push in truth: its receipt number and when.
    pub(crate) fn paid_for(&mut self, push_id: &str) -> Option<(String, i64)> {
        let outside = lock(&self.outside);
        self.auditor.truth.catch_up(&outside.world);
        self.auditor.truth.paid(&outside.world, push_id)
    }

    pub(crate) fn visit_of_prompt(&self, url: &str) -> Option<usize> {
        let sale_id = self.auditor.sale_of_push(url, &self.counters)?;
        self.visit_of_sale.get(&sale_id).copied()
    }
}
