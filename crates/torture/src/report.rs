//! What a day came to.

use std::collections::BTreeMap;

use serde::Serialize;
use till::view::{SaleView, TenderKindView};

/// A sale as one line of the story.
pub(crate) fn line_of(sale: &SaleView) -> String {
    let parts: Vec<String> = sale
        .tenders
        .iter()
        .map(|tender| match &tender.kind {
            TenderKindView::Cash { .. } => format!("cash {}", tender.amount.shillings()),
            TenderKindView::Credit { .. } => format!("credit {}", tender.amount.shillings()),
            TenderKindView::Push(push) => format!(
                "push {} {} {:?} {:?} by {:?} {:?}",
                push.push_id, push.phone, push.state, push.reason, push.told_by, push.receipt
            ),
            TenderKindView::ToTill {
                digits,
                waiting,
                receipt,
                checking,
            } => format!("to till {digits:?} waiting {waiting} checking {checking} {receipt:?}"),
            TenderKindView::Code {
                receipt, confirmed, ..
            } => format!("code {} confirmed {confirmed}", receipt.as_str()),
        })
        .collect();
    let matters: Vec<_> = sale.matters.iter().map(|matter| matter.kind).collect();
    format!(
        "sale {} {} {:?}/{:?}: {} {matters:?}",
        sale.id,
        sale.amount.shillings(),
        sale.state,
        sale.status,
        parts.join("; ")
    )
}

/// A broken promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Something that was shown as written is gone, or money that moved is nowhere.
    Lost,
    /// A customer was asked for money while a first payment could still be alive, or had been made.
    Doubled,
    /// The screen or the book says something that is not so.
    Wrong,
    /// Money, or a question about it, that nothing in the book accounts for.
    Unexplained,
}

/// One day.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DayReport {
    /// Makes this very day again.
    pub seed: u64,
    /// Sales begun.
    pub sales: u64,
    /// Prompts sent.
    pub pushes: u64,
    /// Payments that reached the shop.
    pub payments: u64,
    /// What went wrong on purpose: how often each.
    pub mishaps: BTreeMap<&'static str, u64>,
    /// What else people, strangers and the relay did: how often each.
    pub acts: BTreeMap<&'static str, u64>,
    /// Broken promises, each in a sentence.
    pub faults: Vec<(Fault, String)>,
    /// Prompts of which nobody could say anything for a while.
    pub unknowns: u64,
    /// Of these, how many had not ended two days later.
    pub unended: u64,
    /// Customers who entered their PIN for a prompt.
    pub willing: u64,
    /// Milliseconds from the PIN to *Paid* on the screen, for each who saw it.
    #[serde(skip)]
    pub waits_ms: Vec<i64>,
    /// How long is *bounded time*, milliseconds.
    #[serde(skip)]
    pub bound_ms: i64,
    /// How often the books were committed to, for a benchmark to compare with.
    #[serde(skip)]
    pub commits: u64,
}

impl DayReport {
    pub(crate) fn mishap(&mut self, what: &'static str) {
        *self.mishaps.entry(what).or_default() += 1;
    }

    pub(crate) fn act(&mut self, what: &'static str, times: usize) {
        *self.acts.entry(what).or_default() += times as u64;
    }
}

/// Many days.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Days.
    pub days: u64,
    /// Sales begun.
    pub sales: u64,
    /// Prompts sent.
    pub pushes: u64,
    /// Payments that reached the shop.
    pub payments: u64,
    /// What went wrong on purpose.
    pub mishaps: BTreeMap<&'static str, u64>,
    /// What else people, strangers and the relay did.
    pub acts: BTreeMap<&'static str, u64>,
    /// Broken promises by kind.
    pub counts: BTreeMap<Fault, u64>,
    /// The first broken promises, with the seed of their day.
    pub first: Vec<(u64, Fault, String)>,
    /// Prompts of which nobody could say anything for a while.
    pub unknowns: u64,
    /// Of these, how many had not ended two days later.
    pub unended: u64,
    /// Customers who entered their PIN for a prompt.
    pub willing: u64,
    /// How many of them saw *Paid* in bounded time.
    pub served: u64,
    /// Milliseconds from PIN to *Paid*.
    #[serde(skip)]
    waits_ms: Vec<i64>,
}

/// How many broken promises are kept word for word.
const KEPT: usize = 40;

fn add(to: &mut BTreeMap<&'static str, u64>, from: BTreeMap<&'static str, u64>) {
    for (what, times) in from {
        *to.entry(what).or_default() += times;
    }
}

impl Report {
    /// Adds a day.
    pub fn add(&mut self, day: DayReport) {
        self.days += 1;
        self.sales += day.sales;
        self.pushes += day.pushes;
        self.payments += day.payments;
        self.unknowns += day.unknowns;
        self.unended += day.unended;
        self.willing += day.willing;
        self.served += day.waits_ms.iter().filter(|wait| **wait <= day.bound_ms).count() as u64;
        self.waits_ms.extend(day.waits_ms);
        add(&mut self.mishaps, day.mishaps);
        add(&mut self.acts, day.acts);
        for (fault, words) in day.faults {
            *self.counts.entry(fault).or_default() += 1;
            if self.first.len() < KEPT {
                self.first.push((day.seed, fault, words));
            }
        }
    }

    /// Adds the days of another report.
    pub fn merge(&mut self, other: Self) {
        self.days += other.days;
        self.sales += other.sales;
        self.pushes += other.pushes;
        self.payments += other.payments;
        self.unknowns += other.unknowns;
        self.unended += other.unended;
        self.willing += other.willing;
        self.served += other.served;
        self.waits_ms.extend(other.waits_ms);
        add(&mut self.mishaps, other.mishaps);
        add(&mut self.acts, other.acts);
        for (fault, times) in other.counts {
            *self.counts.entry(fault).or_default() += times;
        }
        self.first.extend(other.first);
        self.first.sort();
        self.first.truncate(KEPT);
    }

    /// How often one promise was broken.
    #[must_use]
    pub fn count(&self, fault: Fault) -> u64 {
        self.counts.get(&fault).copied().unwrap_or(0)
    }

    /// Of ten thousand willing payers, how many saw *Paid* in bounded time; 10,000 when there were none.
    #[must_use]
    pub fn served_per_10_000(&self) -> u64 {
        self.served
            .saturating_mul(10_000)
            .checked_div(self.willing)
            .unwrap_or(10_000)
    }

    /// Milliseconds from PIN to *Paid* that so many of a hundred stayed under.
    #[must_use]
    pub fn wait_ms(&self, percentile: usize) -> i64 {
        let mut waits = self.waits_ms.clone();
        waits.sort_unstable();
        let index = waits.len().saturating_mul(percentile) / 100;
        waits
            .get(index.min(waits.len().saturating_sub(1)))
            .copied()
            .unwrap_or(0)
    }

    /// Did every promise hold, and were enough customers served?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.counts.is_empty() && self.unended == 0 && self.served_per_10_000() >= 9_900
    }
}
