//! The auditor across counters, and where the machine decided by itself: one payment pays once in all books, none
//! is lost between them, and none was given away on a guess.

use daraja_sim::world::{Payment, World};
use rusqlite::{Connection, OptionalExtension, params};
use till::view::{SaleState, SaleView, TenderKindView, TenderView, ToldBy, Why};

use crate::TortureError;
use crate::audit::Auditor;
use crate::day::Day;
use crate::line::{Shared, lock};
use crate::relay::Relay;
use crate::report::{DayReport, Fault};

/// What one book says of one payment.
struct Word {
    /// The sale it pays here.
    sale_id: Option<String>,
    /// It pays it for certain, not by a code that nobody confirmed.
    counted: bool,
    /// Why it pays it.
    why: Option<String>,
    /// A person sees it here: as a sale's, or as a card.
    shown: bool,
    /// Somebody is asked about it, or told of it.
    asked: bool,
}

impl Auditor {
    /// Every payment of the World is accounted for somewhere, and once.
    pub(crate) fn adds_up(
        &self,
        outside: &Shared,
        books: &[&Connection],
        relay: Option<&Relay>,
        report: &mut DayReport,
    ) -> Result<(), TortureError> {
        let outside = lock(outside);
        for payment in outside.world.payments() {
            let mut words = Vec::new();
            for (index, book) in books.iter().enumerate() {
                words.extend(self.word_of(index, book, &payment.receipt)?);
            }
            let told = self.options.pull || relay.is_some_and(|relay| relay.told(&payment.receipt));
            if words.is_empty() && !told {
                // A statement counts it; no counter can say more.
                report.act("payments that nobody told a counter of", 1);
                continue;
            }
            accounted_for(payment, &words, report);
        }
        Ok(())
    }

    fn word_of(&self, index: usize, book: &Connection, receipt: &str) -> rusqlite::Result<Option<Word>> {
        let claims = self.options.relay && self.options.counters > 1;
        let own_only = !self.options.relay && index > 0;
        book.prepare_cached(
            "SELECT t.sale_id, COALESCE(t.confirmed, 1), m.why, c.state,
                 EXISTS (SELECT 1 FROM matter x WHERE x.sale_id = t.sale_id AND x.closed_at IS NULL AND x.kind IN
                     ('also_at_another_counter', 'code_of_another', 'perhaps_code_of_another'))
             FROM money_in m LEFT JOIN tender t ON t.id = m.tender_id LEFT JOIN counter_claim c ON c.receipt = m.receipt
             WHERE m.receipt = ?1",
        )?
        .query_row([receipt], |row| {
            let sale_id: Option<String> = row.get(0)?;
            let confirmed: bool = row.get(1)?;
            let claim: Option<String> = row.get(3)?;
            let hidden = own_only || claims && claim.is_some_and(|state| state != "won");
            Ok(Word {
                counted: sale_id.is_some() && confirmed,
                shown: sale_id.is_some() || !hidden,
                sale_id,
                why: row.get(2)?,
                asked: row.get(4)?,
            })
        })
        .optional()
    }

    /// A payment found its tender by the phone's digits: was there another that it fits as well?
    pub(crate) fn was_a_guess(
        &mut self,
        world: &World,
        book: &Connection,
        sale: &SaleView,
        tender: &TenderView,
    ) -> Result<Option<String>, TortureError> {
        if tender.why != Some(Why::Digits) || !self.looked_at.insert(tender.id.clone()) {
            return Ok(None);
        }
        let (receipt, prompted) = match &tender.kind {
            TenderKindView::ToTill {
                receipt: Some(receipt),
                ..
            } => (receipt, false),
            // Of a prompt that is known to be paid, the only payment that it can have been paid with is its own.
            TenderKindView::Push(push) if push.told_by == Some(ToldBy::Query) => return Ok(None),
            TenderKindView::Push(push) => match &push.receipt {
                Some(receipt) => (receipt, true),
                None => return Ok(None),
            },
            TenderKindView::ToTill { receipt: None, .. }
            | TenderKindView::Cash { .. }
            | TenderKindView::Code { .. }
            | TenderKindView::Credit { .. } => return Ok(None),
        };
        let Some(payment) = self.truth.payment(world, receipt.as_str()) else {
            return Ok(None);
        };
        let other = match self.waits_too(book, sale, payment, prompted)? {
            Some(other) => Some(other),
            None if prompted => None,
            None => self.was_prompted_too(world, book, sale, payment)?,
        };
        Ok(other.map(|other| {
            let code = receipt.as_str();
            format!(
                "code {code} was given to sale {} by itself and fits sale {other} as well",
                sale.id
            )
        }))
    }

    /// Another sale that waited for such a payment, for as much as is left of it: of this phone, or, where a prompt was given it, of anybody.
    fn waits_too(
        &self,
        book: &Connection,
        sale: &SaleView,
        payment: &Payment,
        prompted: bool,
    ) -> rusqlite::Result<Option<String>> {
        let mut statement = book.prepare_cached(
            "SELECT t.sale_id FROM tender t JOIN sale s ON s.id = t.sale_id
             WHERE t.kind = 'to_till' AND t.waiting = 1 AND s.state = 'open' AND t.sale_id <> ?1
                 AND s.amount - (SELECT COALESCE(SUM(o.amount), 0) FROM tender o WHERE o.sale_id = s.id AND o.stands = 1) = ?2
                 AND (t.digits = ?3 OR ?4 AND t.digits IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM counter_claim c WHERE c.tender_id = t.id AND c.state = 'asked')",
        )?;
        let digits = payment.msisdn.get(9..).unwrap_or_default();
        let cents = i64::from(payment.amount) * 100;
        let mut rows = statement.query(params![sale.id, cents, digits, prompted])?;
        while let Some(row) = rows.next()? {
            let other: String = row.get(0)?;
            // It waited when the payment was made.
            if self
                .owners
                .get(&other)
                .is_some_and(|owner| owner.since_ms <= payment.at_ms)
            {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    /// Another sale whose prompt to this phone was alive when the payment was made, and has no end yet.
    fn was_prompted_too(
        &self,
        world: &World,
        book: &Connection,
        sale: &SaleView,
        payment: &Payment,
    ) -> rusqlite::Result<Option<String>> {
        let mut statement = book.prepare_cached(
            "SELECT id, sale_id FROM push WHERE sale_id <> ?1 AND amount = ?2 AND msisdn = ?3 AND receipt IS NULL
                 AND state IN ('sending', 'prompted', 'unknown', 'failed_provisional', 'paid')",
        )?;
        let cents = i64::from(payment.amount) * 100;
        let mut rows = statement.query(params![sale.id, cents, payment.msisdn])?;
        while let Some(row) = rows.next()? {
            let (id, other): (String, String) = (row.get(0)?, row.get(1)?);
            let Some(push) = self.truth.push(world, &id) else {
                continue;
            };
            let paid = self.truth.paid(world, &id).map(|(_, at_ms)| at_ms);
            let ends_ms = paid.unwrap_or(push.accepted_ms + 60_000);
            if (push.accepted_ms..=ends_ms).contains(&payment.at_ms) {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }
}

fn accounted_for(payment: &Payment, words: &[Word], report: &mut DayReport) {
    let receipt = &payment.receipt;
    if words.is_empty() {
        let text = format!("payment {receipt} reached the shop and no book knows it");
        report.faults.push((Fault::Lost, text));
    } else if !words.iter().any(|word| word.shown) {
        let text = format!("payment {receipt} is in a book and no counter shows it");
        report.faults.push((Fault::Lost, text));
    }
    let counted: Vec<_> = words.iter().filter(|word| word.counted).collect();
    if counted.len() > 1 {
        if counted.iter().any(|word| word.asked) {
            report.act("payments that two counters had, and ask about", 1);
            return;
        }
        let sales: Vec<_> = counted.iter().map(|word| (&word.sale_id, &word.why)).collect();
        let text = format!("payment {receipt} pays at two counters: {sales:?}");
        report.faults.push((Fault::Doubled, text));
    }
}

impl Day {
    /// Where counters share a relay, only the one that it named may call a payment its own; until then nothing is
    /// green.
    pub(crate) fn not_won(&self, counter: usize, sale: &SaleView) -> Option<String> {
        let relay = self.relay.as_ref().filter(|_| self.counters.len() > 1)?;
        let letter = self.counters.get(counter)?.letter;
        sale.tenders.iter().find_map(|tender| match &tender.kind {
            TenderKindView::ToTill {
                receipt: Some(receipt),
                checking,
                ..
            } => {
                let certain = matches!(tender.why, Some(Why::Reference | Why::OwnPush));
                let told = certain || relay.promised(receipt.as_str(), letter);
                (!told || *checking)
                    .then(|| format!("{} is booked at {letter}, which has not won it", receipt.as_str()))
            }
            TenderKindView::ToTill { checking: true, .. } => (sale.state == SaleState::Settled
                && sale.paid < sale.amount)
                .then(|| format!("sale {} is green while the counters are asked", sale.id)),
            TenderKindView::ToTill { .. }
            | TenderKindView::Credit { .. }
            | TenderKindView::Cash { .. }
            | TenderKindView::Push(_)
            | TenderKindView::Code { .. } => None,
        })
    }
}
