//! A shop in memory or on disk, whose time only moves when a test says so.

use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use till::engine::{Announcement, Asked, Counter, Effect, Engine, PushInput};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{Answer, EndKind, Ending, PushIntent, QueryWord, Reason};
use till::reference::{CounterChar, Incarnation};
use till::store::Store;
use till::view::{PaymentEnded, PushView, SaleView, TenderKindView};
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
        incarnation: Incarnation::new('1').unwrap(),
        connected: true,
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
        let engine = Engine::open(store, Policy::live(), counter(), IdSource::seeded(7), now).unwrap();
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

    pub fn sale(&self, id: &str) -> SaleView {
        self.engine.sale(id, self.now).unwrap()
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
                Effect::Announce(_) | Effect::Prepare { .. } | Effect::Send(_) | Effect::Ask { .. } => None,
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
            TenderKindView::Cash { .. } | TenderKindView::ToTill { .. } | TenderKindView::Code { .. } => None,
        })
        .expect("the sale has a push")
}

pub const PAID: QueryWord = QueryWord::Ended(Ending::Paid);
pub const CANCELLED: QueryWord = QueryWord::Ended(Ending::Failed(Reason::Cancelled, EndKind::Act));
pub const NO_ANSWER: QueryWord = QueryWord::Ended(Ending::Failed(Reason::NoAnswer, EndKind::Silence));
