//! One counter whose power goes at a chosen commit, and a Safaricom that knows what really happened.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use till::engine::{
    Announcement, Asked, CalledBack, Counter, Effect, Engine, PullPage, PullWord, Pulled, PulledRow,
    PushOrder, ToldAt,
};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{Answer, Ending, QueryWord, Reason};
use till::store::Store;
use till::view::{MoneyInView, SaleView};
use till::{Mono, Now, ReceiptNumber, TillError};

use super::plans::{Fate, Plan};
use super::power::{Crash, Dark, Power};
use crate::support::{CANCELLED, PAID, counter, half_past_two, kes};

/// What really happened outside the shop.
#[derive(Debug, Default)]
pub struct Outside {
    /// Every prompt that left, oldest first.
    pub orders: Vec<PushOrder>,
    /// Every payment to the shop for this sale.
    pub payments: Vec<PulledRow>,
}

impl Outside {
    /// Has nobody paid yet?
    pub fn is_unpaid(&self) -> bool {
        self.payments.is_empty()
    }
}

/// The counter with its cashier.
pub struct Desk {
    pub plan: &'static Plan,
    /// The disk, in memory: what was committed outlives an engine that could not even open.
    disk: PathBuf,
    _spindle: rusqlite::Connection,
    engine: Option<Engine>,
    /// What follows a commit and is not carried out yet.
    todo: Vec<Effect>,
    pub now: Now,
    power: Arc<Power>,
    lives: u32,
    pub outside: Outside,
    /// Each sale as it was shown last.
    pub shown: BTreeMap<String, SaleView>,
}

impl Desk {
    pub fn open(plan: &'static Plan, crash: Option<Crash>) -> Self {
        static DISKS: AtomicU64 = AtomicU64::new(0);
        let number = DISKS.fetch_add(1, Ordering::Relaxed);
        let disk = PathBuf::from(format!("file:every_write_{number}?mode=memory&cache=shared"));
        let mut desk = Self {
            plan,
            _spindle: rusqlite::Connection::open(&disk).unwrap(),
            disk,
            engine: None,
            todo: Vec::new(),
            now: half_past_two(),
            power: Arc::default(),
            lives: 0,
            outside: Outside::default(),
            shown: BTreeMap::new(),
        };
        desk.begin(crash);
        desk
    }

    /// Somebody switches the PC on again, half a minute later.
    pub fn start_again(&mut self, crash: Option<Crash>) {
        self.engine = None;
        self.todo.clear();
        self.now.utc += TimeDelta::seconds(30);
        self.now.mono = Mono(1_000);
        self.begin(crash);
    }

    fn begin(&mut self, crash: Option<Crash>) {
        let mut store = Store::open(&self.disk).unwrap();
        self.power = Power::over(&mut store, crash);
        self.lives += 1;
        let identity = Counter {
            pull: self.plan.pull,
            ..counter()
        };
        let ids = IdSource::seeded(u64::from(self.lives));
        // What the start itself writes is a write like any other: the power may go there too.
        let engine = Engine::open(store, Policy::live(), identity, ids, self.now);
        if self.power.is_gone() {
            return;
        }
        let mut engine = engine.unwrap();
        self.todo.extend(engine.skew_heard(0, self.now));
        self.engine = Some(engine);
        self.nothing_shown_is_gone();
    }

    pub fn lives(&self) -> u32 {
        self.lives
    }

    /// How many commits this life has made.
    pub fn writes(&self) -> u64 {
        self.power.writes()
    }

    pub fn engine(&self) -> &Engine {
        self.engine.as_ref().unwrap()
    }

    /// The one sale, as the screen shows it; `None` before it is written.
    pub fn sale(&self) -> Option<SaleView> {
        let id: Option<String> = self
            .engine()
            .store()
            .read()
            .query_row("SELECT MAX(id) FROM sale", [], |row| row.get(0))
            .unwrap();
        id.map(|id| self.engine().sale(&id, self.now).unwrap())
    }

    /// Payments that the screen offers to place.
    pub fn unplaced(&self) -> Vec<MoneyInView> {
        self.engine().unplaced(self.now).unwrap()
    }

    /// One act at the counter, or one answer from outside: what follows is done only while there is power.
    pub fn act<T>(
        &mut self,
        work: impl FnOnce(&mut Engine, Now) -> Result<(T, Vec<Effect>), TillError>,
    ) -> Result<T, Dark> {
        let result = work(self.engine.as_mut().unwrap(), self.now);
        if self.power.is_gone() {
            return Err(Dark);
        }
        let (value, effects) = result.unwrap();
        self.todo.extend(effects);
        Ok(value)
    }

    fn hears(
        &mut self,
        work: impl FnOnce(&mut Engine, Now) -> Result<Vec<Effect>, TillError>,
    ) -> Result<(), Dark> {
        self.act(|engine, now| Ok(((), work(engine, now)?)))
    }

    /// The plan's cashier looks at the screen every quarter of a minute and does what is next.
    pub fn serve(&mut self) -> Result<(), Dark> {
        // The power may have gone while Keshia started.
        if self.engine.is_none() {
            return Err(Dark);
        }
        for _turn in 0..400 {
            self.carry_out()?;
            let sale = self.sale();
            if (self.plan.turn)(self, sale.as_ref())? {
                return self.carry_out();
            }
            self.carry_out()?;
            self.now.utc += TimeDelta::seconds(15);
            self.now.mono = self.now.mono.plus_ms(15_000);
            self.hears(|engine, now| engine.tick(now))?;
        }
        panic!("{} never ends: {:?}", self.plan.name, self.sale());
    }

    fn carry_out(&mut self) -> Result<(), Dark> {
        while !self.todo.is_empty() {
            match self.todo.remove(0) {
                Effect::Prepare { push_id } => {
                    self.hears(|engine, now| engine.begin_sending(&push_id, now))?
                }
                Effect::Send(order) => self.send(order)?,
                Effect::Ask { push_id, .. } => self.ask(&push_id)?,
                Effect::Pull(page) => self.pull(page)?,
                Effect::Probe | Effect::Claim(_) => {}
                Effect::Announce(Announcement::SaleChanged(sale)) => self.show(*sale),
                Effect::Announce(Announcement::PaymentEnded(ended)) => self.show(ended.sale),
                Effect::Announce(
                    Announcement::LinkChanged(_)
                    | Announcement::RollChanged
                    | Announcement::DeskChanged(_)
                    | Announcement::PrinterChanged(_),
                ) => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, sale: SaleView) {
        self.shown.insert(sale.id.clone(), sale);
    }

    /// The prompt leaves. Whatever becomes of the till, the customer does as the plan says.
    fn send(&mut self, order: PushOrder) -> Result<(), Dark> {
        let alive = "SELECT COUNT(*) FROM push WHERE id <> ?1 AND (state IN ('intended', 'sending', 'prompted', \
                     'failed_provisional') OR (state = 'unknown' AND no_message = 0))";
        let others: i64 = self
            .engine()
            .store()
            .read()
            .query_row(alive, [&order.push_id], |row| row.get(0))
            .unwrap();
        assert_eq!(
            others, 0,
            "{}: no second prompt beside a live one",
            self.plan.name
        );
        let fate = self.plan.fates[self.outside.orders.len().min(self.plan.fates.len() - 1)];
        if fate.pays {
            self.pays(
                order.amount.shillings(),
                order.msisdn.last3(),
                &order.reference,
                8,
            );
        }
        self.outside.orders.push(order.clone());
        let answer = if fate.answer_lost {
            Answer::Unknown(Reason::Timeout)
        } else {
            Answer::Accepted {
                checkout_request_id: format!("ws_CO_{}", order.push_id),
            }
        };
        self.hears(|engine, now| engine.push_answered(&order.push_id, answer, now))?;
        if self.plan.calls_back {
            let called = CalledBack {
                ending: Ending::Paid,
                receipt: self.outside.payments.last().map(|row| row.receipt.clone()),
                amount: Some(order.amount.money()),
                paid_at: None,
            };
            let path = format!("stk/{}", order.callback_path);
            self.hears(|engine, now| engine.called_back(&path, called, now))?;
        }
        Ok(())
    }

    /// Money moves, so many seconds from now.
    pub fn pays(&mut self, shillings: u32, digits: &str, reference: &str, in_s: i64) {
        let number = self.outside.payments.len();
        let row = self.row(&format!("UKN3PAID{number:02}"), shillings.into(), digits, in_s);
        self.outside.payments.push(PulledRow {
            reference: reference.to_owned(),
            ..row
        });
    }

    fn row(&self, receipt: &str, shillings: i64, digits: &str, in_s: i64) -> PulledRow {
        listed(
            receipt,
            shillings,
            digits,
            self.now.utc + TimeDelta::seconds(in_s),
        )
    }

    /// Did this push bring money?
    pub fn was_paid(&self, push_id: &str) -> bool {
        let fates = self.plan.fates;
        self.outside
            .orders
            .iter()
            .zip(fates.iter().chain(std::iter::repeat(&fates[fates.len() - 1])))
            .any(|(order, fate)| order.push_id == push_id && fate.pays)
    }

    fn ask(&mut self, push_id: &str) -> Result<(), Dark> {
        let word = if self.was_paid(push_id) { PAID } else { CANCELLED };
        let asked = Asked {
            word: if self.plan.query_knows {
                word
            } else {
                QueryWord::NoAnswer
            },
            rate_limited: false,
            online: true,
        };
        self.hears(|engine, now| engine.query_answered(push_id, asked, now))
    }

    /// Safaricom's list up to now: this sale's payments among those of other customers.
    fn pull(&mut self, page: PullPage) -> Result<(), Dark> {
        let others = (0..25).map(|n| {
            let at = half_past_two().utc + TimeDelta::seconds(-300 + n * 300);
            listed(&format!("UKNOTHER{n:02}"), 10_000 + n, "111", at)
        });
        let mut list: Vec<PulledRow> = others
            .chain(self.outside.payments.iter().cloned())
            .filter(|row| row.told_at.wall.and_utc() - TimeDelta::hours(3) <= self.now.utc)
            .collect();
        list.sort_by_key(|row| row.told_at.wall);
        let rows = list.into_iter().skip(page.offset as usize).take(100).collect();
        let pulled = Pulled {
            word: PullWord::Page { rows, unreadable: 0 },
            rate_limited: false,
            online: true,
        };
        self.hears(|engine, now| engine.pulled(page, pulled, now))
    }
}

/// A row of the list: East African Time, as Safaricom prints it.
fn listed(receipt: &str, shillings: i64, digits: &str, paid: DateTime<Utc>) -> PulledRow {
    PulledRow {
        receipt: ReceiptNumber::parse(receipt).unwrap(),
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

/// For the plans' tables.
impl Fate {
    /// Accepted, and the customer pays.
    pub const PAYS: Self = Self {
        pays: true,
        answer_lost: false,
    };
    /// Accepted, and the customer cancels.
    pub const CANCELS: Self = Self {
        pays: false,
        answer_lost: false,
    };
    /// The customer pays, but Safaricom's answer is lost.
    pub const PAYS_UNHEARD: Self = Self {
        pays: true,
        answer_lost: true,
    };
    /// The answer is lost, and no prompt reached the phone.
    pub const LOST: Self = Self {
        pays: false,
        answer_lost: true,
    };
}
