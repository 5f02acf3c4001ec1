//! The auditor: he believes neither the screen nor the book, and compares both with what happened.

use std::collections::{BTreeMap, BTreeSet};

use daraja_sim::world::{Payment, PushState as WorldState, World};
use rusqlite::{Connection, OptionalExtension, params};
use till::engine::PushOrder;
use till::view::{SaleState, SaleView, TenderKindView};

use crate::TortureError;
use crate::counter::Counter;
use crate::day::Options;
use crate::line::{Shared, ShopKind, lock};
use crate::report::{DayReport, Fault};

/// What he knows of the truth, and what the screens were told.
pub(crate) struct Auditor {
    pub(crate) kind: ShopKind,
    pub(crate) options: Options,
    pub(crate) truth: Truth,
    /// Whose sale it is.
    pub(crate) owners: BTreeMap<String, Owner>,
    /// For which visit somebody paid by hand, by receipt number.
    pub(crate) meant: BTreeMap<String, usize>,
    /// Tenders that were looked at when a payment had found them by itself.
    pub(crate) looked_at: BTreeSet<String>,
    /// Sales that each counter's screen showed, and whether as settled.
    pub(crate) shown: Vec<BTreeMap<String, bool>>,
    /// Cash that a screen confirmed, cents, by sale.
    pub(crate) cash: BTreeMap<String, i64>,
    /// Of sales on credit that were given up: what had been paid off already and is owed back, cents.
    pub(crate) owed_back: BTreeMap<String, i64>,
    /// Phones that were asked on purpose beside a live prompt of the same sale.
    wrong_numbers: BTreeSet<(String, String)>,
}

/// The customer of a sale.
#[derive(Debug, Clone)]
pub(crate) struct Owner {
    pub(crate) msisdn: String,
    /// Who pays for this customer by hand; mostly the same.
    pub(crate) payer: String,
    pub(crate) visit: usize,
    /// When the sale began, by the true time.
    pub(crate) since_ms: i64,
}

/// The World, indexed.
#[derive(Default)]
pub(crate) struct Truth {
    pushes: BTreeMap<String, usize>,
    seen_pushes: usize,
    payments: BTreeMap<String, usize>,
    seen_payments: usize,
}

/// Our id of a push, from the address it was sent with.
pub(crate) fn id_of(url: &str) -> &str {
    url.rsplit('/').nth(1).unwrap_or_default()
}

impl Truth {
    pub(crate) fn catch_up(&mut self, world: &World) {
        let pushes = world.pushes();
        for (index, push) in pushes.iter().enumerate().skip(self.seen_pushes) {
            self.pushes.insert(id_of(&push.callback_url).to_owned(), index);
        }
        self.seen_pushes = pushes.len();
        let payments = world.payments();
        for (index, payment) in payments.iter().enumerate().skip(self.seen_payments) {
            self.payments.insert(payment.receipt.clone(), index);
        }
        self.seen_payments = payments.len();
    }

    pub(crate) fn push<'a>(&self, world: &'a World, push_id: &str) -> Option<&'a daraja_sim::world::Push> {
        self.pushes
            .get(push_id)
            .and_then(|index| world.pushes().get(*index))
    }

    pub(crate) fn payment<'a>(&self, world: &'a World, receipt: &str) -> Option<&'a Payment> {
        self.payments
            .get(receipt)
            .and_then(|index| world.payments().get(*index))
    }

    /// The receipt number of a push that was paid, and when.
    pub(crate) fn paid(&self, world: &World, push_id: &str) -> Option<(String, i64)> {
        let push = self.push(world, push_id)?;
        let receipt = push.receipt.clone()?;
        let at_ms = self.payment(world, &receipt)?.at_ms;
        Some((receipt, at_ms))
    }
}

impl Auditor {
    pub(crate) fn new(counters: usize, options: Options, kind: ShopKind) -> Self {
        Self {
            kind,
            options,
            truth: Truth::default(),
            owners: BTreeMap::new(),
            meant: BTreeMap::new(),
            looked_at: BTreeSet::new(),
            shown: vec![BTreeMap::new(); counters],
            cash: BTreeMap::new(),
            owed_back: BTreeMap::new(),
            wrong_numbers: BTreeSet::new(),
        }
    }

    /// A sale belongs to the customer with this phone, who came for this visit.
    pub(crate) fn owns(&mut self, sale_id: &str, owner: Owner) {
        self.owners.entry(sale_id.to_owned()).or_insert(owner);
    }

    /// Somebody pays by hand for this visit.
    pub(crate) fn meant_for(&mut self, receipt: &str, visit: usize) {
        self.meant.insert(receipt.to_owned(), visit);
    }

    /// Whether a payment was made by this sale's customer, or by whoever was to pay for it, or for this sale.
    pub(crate) fn is_of(&self, owner: &Owner, payment: &Payment) -> bool {
        [&owner.msisdn, &owner.payer].contains(&&payment.msisdn)
            || self.meant.get(&payment.receipt) == Some(&owner.visit)
    }

    /// Whether a sale's own customer paid this by hand. Of one customer's sales of one amount nobody can tell which a
    /// payment is for, and on either it is that customer's money.
    pub(crate) fn is_own_by_hand(&self, world: &World, sale_id: &str, receipt: &str) -> bool {
        let paid = self
            .truth
            .payment(world, receipt)
            .filter(|payment| payment.checkout_request_id.is_none());
        self.owners
            .get(sale_id)
            .zip(paid)
            .is_some_and(|(owner, payment)| self.is_of(owner, payment))
    }

    /// Another phone of this sale may be asked beside a live prompt: the cashier said *wrong number*.
    pub(crate) fn wrong_number(&mut self, sale_id: &str, msisdn: &str) {
        self.wrong_numbers.insert((sale_id.to_owned(), msisdn.to_owned()));
    }

    pub(crate) fn took_cash(&mut self, sale: &SaleView) {
        let cash = sale
            .tenders
            .iter()
            .filter(|tender| matches!(tender.kind, TenderKindView::Cash { .. }))
            .map(|tender| tender.amount.cents())
            .sum();
        self.cash.insert(sale.id.clone(), cash);
    }

    /// The sale for which a prompt was sent.
    pub(crate) fn sale_of_push(&self, url: &str, counters: &[Counter]) -> Option<String> {
        counters
            .iter()
            .filter_map(Counter::book)
            .find_map(|book| sale_of(book, id_of(url)).ok().flatten())
    }

    /// A prompt is about to be sent: is anybody asked twice?
    pub(crate) fn sends(
        &mut self,
        outside: &Shared,
        book: &Connection,
        order: &PushOrder,
        report: &mut DayReport,
    ) -> Result<(), TortureError> {
        let mut fault = |words: String| report.faults.push((Fault::Doubled, words));
        let Some(sale_id) = sale_of(book, &order.push_id)? else {
            fault(format!("push {} was sent without its record", order.push_id));
            return Ok(());
        };
        let state: String =
            book.query_row("SELECT state FROM push WHERE id = ?1", [&order.push_id], |row| {
                row.get(0)
            })?;
        if state != "sending" {
            fault(format!(
                "push {} was sent while its record says {state}",
                order.push_id
            ));
        }
        let outside = lock(outside);
        let world = &outside.world;
        self.truth.catch_up(world);
        let phone = order.msisdn.as_str();
        if let Some(live) = world.live_push(phone)
            && sale_of(book, id_of(&live.callback_url))?.is_some()
        {
            fault(format!(
                "{phone} is asked while an earlier prompt is on that phone"
            ));
        }
        let mut statement = book.prepare_cached(
            "SELECT p.id, p.msisdn, t.stands FROM tender t JOIN push p ON p.tender_id = t.id WHERE t.sale_id = ?1",
        )?;
        let mut rows = statement.query([&sale_id])?;
        while let Some(row) = rows.next()? {
            let (id, msisdn, stands): (String, String, bool) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let Some(other) = self.truth.push(world, &id).filter(|_| id != order.push_id) else {
                continue;
            };
            let on_purpose =
                msisdn != phone && self.wrong_numbers.contains(&(sale_id.clone(), phone.to_owned()));
            if (other.state == WorldState::Paid && !stands || other.prompt_live) && !on_purpose {
                let how = if other.prompt_live { "is alive" } else { "was paid" };
                fault(format!(
                    "sale {sale_id} is asked for again while its prompt {id} {how} (on {phone})"
                ));
            }
        }
        Ok(())
    }

    /// The screen is told of a sale.
    pub(crate) fn shown(
        &mut self,
        outside: &Shared,
        book: &Connection,
        counter: usize,
        sale: &SaleView,
        report: &mut DayReport,
    ) -> Result<(), TortureError> {
        let settled = sale.state == SaleState::Settled;
        if let Some(shown) = self.shown.get_mut(counter) {
            let before = shown.insert(sale.id.clone(), settled);
            if before == Some(true) && !settled {
                let words = format!("sale {} was shown as paid, and is {:?}", sale.id, sale.state);
                report.faults.push((Fault::Wrong, words));
            }
        }
        let written: Option<String> = book
            .prepare_cached("SELECT state FROM sale WHERE id = ?1")?
            .query_row([&sale.id], |row| row.get(0))
            .optional()?;
        // A line that was overtaken while it was on its way to the screen is followed by the newer one.
        let agrees = match sale.state {
            SaleState::Open => written.is_some(),
            SaleState::Settled => written.as_deref() == Some("settled"),
            SaleState::Voided => written.as_deref() == Some("voided"),
        };
        if !agrees {
            let words = format!(
                "sale {} is shown as {:?} and written as {written:?}",
                sale.id, sale.state
            );
            report.faults.push((Fault::Wrong, words));
        }
        let outside = lock(outside);
        self.truth.catch_up(&outside.world);
        for tender in &sale.tenders {
            if let Some(words) = self.untrue(&outside.world, book, sale, tender) {
                report.faults.push((Fault::Wrong, words));
            }
            if let Some(words) = self.was_a_guess(&outside.world, book, sale, tender)? {
                report.faults.push((Fault::Wrong, words));
            }
        }
        Ok(())
    }

    /// A counter was switched on again: what its screen had shown must be there.
    pub(crate) fn started(
        &self,
        counter: &Counter,
        which: usize,
        report: &mut DayReport,
    ) -> Result<(), TortureError> {
        let (Some(book), Some(shown)) = (counter.book(), self.shown.get(which)) else {
            return Ok(());
        };
        for (sale_id, settled) in shown {
            let written: Option<String> = book
                .prepare_cached("SELECT state FROM sale WHERE id = ?1")?
                .query_row([sale_id], |row| row.get(0))
                .optional()?;
            let kept = match written.as_deref() {
                None => false,
                Some("settled") => true,
                Some(_) => !settled,
            };
            if !kept {
                let words =
                    format!("sale {sale_id} was shown (settled: {settled}) and is {written:?} after a start");
                report.faults.push((Fault::Lost, words));
            }
        }
        Ok(())
    }
}

pub(crate) fn sale_of(book: &Connection, push_id: &str) -> rusqlite::Result<Option<String>> {
    book.prepare_cached("SELECT sale_id FROM push WHERE id = ?1")?
        .query_row(params![push_id], |row| row.get(0))
        .optional()
}
