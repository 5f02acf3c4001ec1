//! A shop in memory or on disk, whose time only moves when a test says so.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use till::clock::shop_day;
use till::engine::{
    Announcement, Asked, CalledBack, Counter, Effect, Engine, PullPage, PullWord, Pulled, PulledRow,
    PushInput, Sharing, ToldAt,
};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{Answer, EndKind, Ending, PushIntent, QueryWord, Reason};
use till::reference::{CounterChar, Incarnation};
use till::store::{Store, chain};
use till::view::{DayReport, PaymentEnded, Period, PushView, SaleView, TenderKindView};
use till::{Money, Mono, Msisdn, Now, TillError};

pub struct Shop {
    pub engine: Engine,
    pub now: Now,
    /// Every effect since the last look, oldest first.
    pub effects: Vec<Effect>,
}

pub const NJERI: &str = "0712345678";
pub const OTIENO: &str = "0722000111";

pub fn kes(shillings: i64) -> Money {
    Money::from_shillings(shillings).unwrap()
}

pub fn phone(text: &str) -> Msisdn {
    Msisdn::parse(text).unwrap()
}

/// 23 November 2026, 14:30 in Nairobi.
pub fn half_past_two() -> Now {
    Now {
        utc: "2026-11-23T11:30:00Z".parse::<DateTime<Utc>>().unwrap(),
        mono: Mono(1_000_000),
    }
}

pub fn counter() -> Counter {
    Counter {
        letter: CounterChar::new('A').unwrap(),
        incarnation: Incarnation::FIRST,
        connected: true,
        pull: true,
        sharing: Sharing::Alone,
        numbers: Vec::new(),
    }
}

impl Shop {
    pub fn in_memory() -> Self {
        Self::over(Store::in_memory().unwrap(), half_past_two())
    }

    pub fn on_disk(path: &Path, now: Now) -> Self {
        Self::over(Store::open(path).unwrap(), now)
    }

    pub fn over(store: Store, now: Now) -> Self {
        // A till that starts again draws other ids than before.
        let rows = chain::newest(store.read()).unwrap().map_or(0, |link| link.rows);
        let ids = IdSource::seeded(7 + rows);
        let engine = Engine::open(store, Policy::live(), counter(), ids, now).unwrap();
        Self {
            engine,
            now,
            effects: Vec::new(),
        }
    }

    /// Time passes on both clocks, and the engine is ticked.
    pub fn wait_s(&mut self, seconds: u64) {
        self.now.mono = self.now.mono.plus_ms(seconds * 1000);
        self.now.utc += TimeDelta::seconds(i64::try_from(seconds).unwrap());
        let effects = self.engine.tick(self.now).unwrap();
        self.effects.extend(effects);
    }

    pub fn start(&mut self, sale_id: Option<&str>, shillings: i64, to: &str) -> Result<SaleView, TillError> {
        self.start_as(sale_id, shillings, to, PushIntent::Ordinary)
    }

    pub fn start_as(
        &mut self,
        sale_id: Option<&str>,
        shillings: i64,
        to: &str,
        intent: PushIntent,
    ) -> Result<SaleView, TillError> {
        let input = PushInput {
            sale_id: sale_id.map(str::to_owned),
            amount: kes(shillings),
            msisdn: phone(to),
            intent,
            reference: None,
        };
        let (sale, effects) = self.engine.start_push(input, self.now)?;
        self.effects.extend(effects);
        Ok(sale)
    }

    /// A push that Safaricom accepted; returns its sale and its id.
    pub fn prompted(&mut self, sale_id: Option<&str>, shillings: i64, to: &str) -> (SaleView, String) {
        let sale = self.start(sale_id, shillings, to).unwrap();
        let push_id = last_push(&sale).push_id;
        self.begin(&push_id);
        self.answer(
            &push_id,
            Answer::Accepted {
                checkout_request_id: format!("ws_CO_{push_id}"),
            },
        );
        (self.sale(&sale.id), push_id)
    }

    pub fn begin(&mut self, push_id: &str) {
        let effects = self.engine.begin_sending(push_id, self.now).unwrap();
        self.effects.extend(effects);
    }

    pub fn answer(&mut self, push_id: &str, answer: Answer) {
        let effects = self.engine.push_answered(push_id, answer, self.now).unwrap();
        self.effects.extend(effects);
    }

    pub fn query_says(&mut self, push_id: &str, word: QueryWord) {
        let asked = Asked {
            word,
            rate_limited: false,
            online: true,
        };
        let effects = self.engine.query_answered(push_id, asked, self.now).unwrap();
        self.effects.extend(effects);
    }

    /// The address that Safaricom was told to call for this push.
    pub fn path(&self, push_id: &str) -> String {
        let secret: String = self
            .engine
            .store()
            .read()
            .query_row(
                "SELECT callback_secret FROM push WHERE id = ?1",
                [push_id],
                |row| row.get(0),
            )
            .unwrap();
        format!("stk/{push_id}/{secret}")
    }

    /// Safaricom calls back on the push's own path, with the amount that was asked.
    pub fn called_back(
        &mut self,
        push_id: &str,
        ending: Ending,
        receipt: Option<till::ReceiptNumber>,
    ) -> Result<(), TillError> {
        let called = CalledBack {
            ending,
            receipt,
            amount: None,
            paid_at: None,
        };
        let path = self.path(push_id);
        let effects = self.engine.called_back(&path, called, self.now)?;
        self.effects.extend(effects);
        Ok(())
    }

    /// The page of Safaricom's list that was asked for last.
    pub fn page(&self) -> Option<PullPage> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Pull(page) => Some(*page),
            Effect::Announce(_)
            | Effect::Prepare { .. }
            | Effect::Send(_)
            | Effect::Ask { .. }
            | Effect::Claim(_)
            | Effect::Probe => None,
        })
    }

    /// Answers the page that is out with what Safaricom's whole list has for it, ten rows a page.
    pub fn answer_page(&mut self, list: &[PulledRow]) {
        let page = self.page().expect("a page was asked for");
        let rows: Vec<PulledRow> = list.iter().skip(page.offset as usize).take(10).cloned().collect();
        self.say_of_page(page, PullWord::Page { rows, unreadable: 0 });
    }

    pub fn say_of_page(&mut self, page: PullPage, word: PullWord) {
        self.effects.retain(|effect| !matches!(effect, Effect::Pull(_)));
        let pulled = Pulled {
            word,
            rate_limited: false,
            online: true,
        };
        let effects = self.engine.pulled(page, pulled, self.now).unwrap();
        self.effects.extend(effects);
    }

    /// Reads the whole list until the engine asks for no further page.
    pub fn read_list(&mut self, list: &[PulledRow]) {
        if self.page().is_none() {
            let effects = self.engine.pull_now(self.now);
            self.effects.extend(effects);
        }
        for _ in 0..100 {
            if self.page().is_none() {
                return;
            }
            self.answer_page(list);
        }
        panic!("the list is read without end");
    }

    pub fn sale(&self, id: &str) -> SaleView {
        self.engine.sale(id, self.now).unwrap()
    }

    /// The shop's day as the owner reads it.
    pub fn today(&self) -> DayReport {
        let day = shop_day(self.now.utc);
        self.engine.report(Period::Day { day }, self.now).unwrap()
    }

    pub fn cash(&mut self, sale_id: Option<&str>, shillings: i64, tendered: i64) -> SaleView {
        let (taken, effects) = self
            .engine
            .take_cash(sale_id, kes(shillings), kes(tendered), self.now)
            .unwrap();
        self.effects.extend(effects);
        taken.sale
    }

    /// Payments the screen was told of, since the last look.
    pub fn ended(&mut self) -> Vec<PaymentEnded> {
        self.effects
            .drain(..)
            .filter_map(|effect| match effect {
                Effect::Announce(Announcement::PaymentEnded(ended)) => Some(*ended),
                Effect::Announce(_)
                | Effect::Prepare { .. }
                | Effect::Send(_)
                | Effect::Ask { .. }
                | Effect::Pull(_)
                | Effect::Claim(_)
                | Effect::Probe => None,
            })
            .collect()
    }

    pub fn sent(&self) -> usize {
        self.effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Send(_)))
            .count()
    }

    /// Sum of debits minus credits of one account, by the test's own SQL.
    pub fn balance(&self, account: &str) -> i64 {
        self.sql(&format!(
            "SELECT COALESCE(SUM(debit) - SUM(credit), 0) / 100 FROM posting WHERE account = '{account}'"
        ))
    }

    pub fn sql(&self, query: &str) -> i64 {
        self.engine
            .store()
            .read()
            .query_row(query, [], |row| row.get(0))
            .unwrap()
    }
}

pub fn last_push(sale: &SaleView) -> PushView {
    sale.tenders
        .iter()
        .rev()
        .find_map(|tender| match &tender.kind {
            TenderKindView::Push(push) => Some(push.clone()),
            TenderKindView::Cash { .. }
            | TenderKindView::ToTill { .. }
            | TenderKindView::Code { .. }
            | TenderKindView::Credit { .. } => None,
        })
        .expect("the sale has a push")
}

pub const PAID: QueryWord = QueryWord::Ended(Ending::Paid);
pub const CANCELLED: QueryWord = QueryWord::Ended(Ending::Failed(Reason::Cancelled, EndKind::Act));
pub const NO_ANSWER: QueryWord = QueryWord::Ended(Ending::Failed(Reason::NoAnswer, EndKind::Silence));

/// A row of Safaricom's list: paid `seconds` after half past two, printed in East African Time as UTC.
pub fn row(receipt: &str, shillings: i64, digits: &str, seconds: i64) -> PulledRow {
    let paid = half_past_two().utc + TimeDelta::seconds(seconds);
    PulledRow {
        receipt: till::ReceiptNumber::parse(receipt).unwrap(),
        amount: kes(shillings),
        digits: digits.to_owned(),
        reference: String::new(),
        first_name: None,
        told_at: ToldAt {
            wall: (paid + TimeDelta::hours(3)).naive_utc(),
            offset_s: None,
        },
        money_in: true,
    }
}
