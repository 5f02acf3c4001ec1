//! In any order of sales, parts, voids, refunds, shifts, closes and starts: debits equal credits, each close says what
//! the entries of its stretch say, and no shilling is in two places.

use std::collections::BTreeMap;

use chrono::Datelike as _;
use proptest::prelude::*;
use till::Money;
use till::clock::{day_start, shop_day};
use till::engine::{CreditInput, RefundInput, RefundWay};
use till::push::Answer;
use till::verify::verify_in;
use till::view::{DayReport, Period, SaleState, SaleView, ZReport};

use super::called_back;
use crate::credit::customer;
use crate::support::{NJERI, OTIENO, Shop, kes, last_push};

use super::restored::Place;

#[derive(Debug, Clone)]
pub(super) enum Step {
    Cash {
        which: usize,
        amount: i64,
        tendered: i64,
    },
    Push {
        which: usize,
        amount: i64,
        paid: bool,
    },
    Void {
        which: usize,
    },
    Refund {
        which: usize,
        amount: i64,
        way: usize,
        owed: bool,
    },
    Credit {
        which: usize,
        whose: usize,
        amount: i64,
        part: i64,
    },
    PayOff {
        whose: usize,
        amount: i64,
    },
    WriteOff {
        whose: usize,
        amount: i64,
    },
    Reverse {
        which: usize,
    },
    OpenShift {
        float: i64,
    },
    CloseShift {
        off: i64,
    },
    PayOut {
        amount: i64,
    },
    Close,
    Start,
    /// A copy of the book, where it is a file.
    Copy,
    /// The newest copy takes the book's place.
    Restore,
    Wait {
        minutes: u64,
    },
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let amount = 1..2_000_i64;
    prop_oneof![
        4 => (0..6_usize, amount.clone(), 1..2_500_i64)
            .prop_map(|(which, amount, tendered)| Step::Cash { which, amount, tendered }),
        3 => (0..6_usize, amount.clone(), any::<bool>())
            .prop_map(|(which, amount, paid)| Step::Push { which, amount, paid }),
        1 => (0..6_usize).prop_map(|which| Step::Void { which }),
        2 => (0..6_usize, amount.clone(), 0..3_usize, any::<bool>())
            .prop_map(|(which, amount, way, owed)| Step::Refund { which, amount, way, owed }),
        3 => (0..6_usize, 0..2_usize, amount.clone(), 1..2_500_i64)
            .prop_map(|(which, whose, amount, part)| Step::Credit { which, whose, amount, part }),
        2 => (0..2_usize, amount.clone()).prop_map(|(whose, amount)| Step::PayOff { whose, amount }),
        1 => (0..2_usize, amount.clone()).prop_map(|(whose, amount)| Step::WriteOff { whose, amount }),
        1 => (0..4_usize).prop_map(|which| Step::Reverse { which }),
        1 => (0..3_000_i64).prop_map(|float| Step::OpenShift { float }),
        1 => (-60..60_i64).prop_map(|off| Step::CloseShift { off }),
        1 => amount.prop_map(|amount| Step::PayOut { amount }),
        1 => Just(Step::Close),
        1 => Just(Step::Start),
        1 => Just(Step::Copy),
        1 => Just(Step::Restore),
        1 => (1..400_u64).prop_map(|minutes| Step::Wait { minutes }),
    ]
}

/// A shop, with the numbers it has used.
pub(super) struct World {
    pub(super) shop: Shop,
    pub(super) sales: Vec<String>,
    customers: Vec<String>,
    pub(super) paid: Vec<(String, Money)>,
    pub(super) codes: u32,
    pub(super) closes: Vec<(i64, ZReport)>,
    /// Where the book and its copies are; none for a book in memory.
    pub(super) place: Option<Place>,
}

impl World {
    /// A shop with two customers who may owe.
    pub(super) fn of(mut shop: Shop, place: Option<Place>) -> Self {
        let customers = vec![
            customer(&mut shop, "Wanjiru", NJERI, 3_000),
            customer(&mut shop, "Otieno", OTIENO, 0),
        ];
        Self {
            shop,
            sales: Vec::new(),
            customers,
            paid: Vec::new(),
            codes: 0,
            closes: Vec::new(),
            place,
        }
    }

    /// All steps, and what must hold after each and at the end.
    pub(super) fn goes_through(&mut self, steps: &[Step]) {
        for step in steps {
            self.take(step);
            self.check();
        }
        self.close_shift(0);
        self.close();
        self.check_closes();
        self.check_report();
        self.check_book();
    }

    fn code(&mut self) -> String {
        self.codes += 1;
        format!("UKN3X{:05}", self.codes)
    }

    /// The `which`-th sale that is still open, counted from the newest.
    fn open(&self, which: usize) -> Option<String> {
        let open = |id: &&String| self.shop.sale(id).state == SaleState::Open;
        self.sales.iter().rev().filter(open).nth(which).cloned()
    }

    fn take(&mut self, step: &Step) {
        let now = self.shop.now;
        match step {
            Step::Cash {
                which,
                amount,
                tendered,
            } => {
                let sale = self.open(*which);
                let taken = self
                    .shop
                    .engine
                    .take_cash(sale.as_deref(), kes(*amount), kes(*tendered), now);
                if let Ok((taken, _)) = taken {
                    self.remember(taken.sale.id);
                }
            }
            Step::Push { which, amount, paid } => {
                let to = format!("07{:08}", 10_000_000 + self.codes);
                self.codes += 1;
                let sale = self.open(*which);
                if let Ok(sale) = self.shop.start(sale.as_deref(), *amount, &to) {
                    self.send(&sale, *paid);
                }
            }
            Step::Void { which } => {
                if let Some(id) = self.open(*which) {
                    let _ = self.shop.engine.void_sale(&id, "changed their mind", now);
                }
            }
            Step::Refund {
                which,
                amount,
                way,
                owed,
            } => {
                let Some(sale_id) = self.sales.iter().rev().nth(*which).cloned() else {
                    return;
                };
                let way = match way {
                    0 => RefundWay::Cash,
                    1 => RefundWay::Phone(self.code()),
                    _ => RefundWay::Debt,
                };
                let input = RefundInput {
                    sale_id,
                    amount: kes(*amount),
                    way,
                    owed: *owed,
                    reason: "came back".into(),
                };
                let _ = self.shop.engine.refund(&input, now);
            }
            Step::Credit {
                which,
                whose,
                amount,
                part,
            } => self.give_credit(*which, *whose, *amount, *part),
            Step::PayOff { whose, amount } => self.pay_off(*whose, *amount),
            Step::WriteOff { whose, amount } => {
                let id = &self.customers[*whose];
                let _ = self.shop.engine.write_off(id, kes(*amount), "moved", now);
            }
            Step::Reverse { which } => self.reverse(*which),
            Step::OpenShift { float } => {
                let _ = self.shop.engine.open_shift(kes(*float), now);
            }
            Step::CloseShift { off } => self.close_shift(*off),
            Step::PayOut { amount } => {
                let _ = self.shop.engine.pay_out(kes(*amount), "water", now);
            }
            Step::Close => self.close(),
            Step::Start => {
                let shop = std::mem::replace(&mut self.shop, Shop::in_memory());
                self.shop = Shop::over(shop.engine.into_store(), now);
            }
            Step::Copy => self.copies(),
            Step::Restore => self.restores(),
            Step::Wait { minutes } => self.shop.wait_s(minutes * 60),
        }
    }

    /// A customer takes a sale, or a part of one, on credit.
    fn give_credit(&mut self, which: usize, whose: usize, amount: i64, part: i64) {
        let input = CreditInput {
            sale_id: self.open(which),
            amount: kes(amount),
            customer_id: self.customers[whose].clone(),
            part: Some(kes(part.min(amount))),
            reason: Some("known for years".into()),
        };
        if let Ok((sale, _)) = self.shop.engine.give_credit(&input, self.shop.now) {
            self.remember(sale.id);
        }
    }

    fn pay_off(&mut self, whose: usize, amount: i64) {
        let (id, now) = (&self.customers[whose], self.shop.now);
        if let Ok((sale, _)) = self.shop.engine.pay_off(id, kes(amount), now) {
            self.remember(sale.id);
        }
    }

    /// The customer takes a payment back.
    fn reverse(&mut self, which: usize) {
        let Some((receipt, amount)) = self.paid.iter().rev().nth(which).cloned() else {
            return;
        };
        let back = self.code();
        let csv = format!(
            "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Other Party Info,Linked Transaction ID\n\
            {back},23-11-2026 15:20:00,Reversal of Merchant Payment,Completed,,-{}.00,2547****678 - NJERI,{receipt}\n",
            amount.shillings()
        );
        let read = till::statement::read(csv.as_bytes()).unwrap();
        self.shop.engine.take_statement(&read, self.shop.now).unwrap();
    }

    fn send(&mut self, sale: &SaleView, paid: bool) {
        let newest = last_push(sale).push_id;
        let asked = sale.tenders.last().unwrap().amount;
        self.remember(sale.id.clone());
        self.shop.begin(&newest);
        self.shop.answer(
            &newest,
            Answer::Accepted {
                checkout_request_id: format!("ws_CO_{newest}"),
            },
        );
        if paid {
            let code = self.code();
            called_back(&mut self.shop, &newest, &code);
            self.paid.push((code, asked));
        }
    }

    fn remember(&mut self, id: String) {
        if !self.sales.contains(&id) {
            self.sales.push(id);
        }
    }

    fn close_shift(&mut self, off: i64) {
        let now = self.shop.now;
        let Some(shift) = self.shop.engine.drawer(now).unwrap().here else {
            return;
        };
        let counted = (shift.expected.unwrap().shillings() + off).max(0);
        let pieces = BTreeMap::from([(1, u32::try_from(counted).unwrap())]);
        self.shop.engine.close_shift(&shift.id, &pieces, now).unwrap();
    }

    fn close(&mut self) {
        let now = self.shop.now;
        let Ok((z, _)) = self.shop.engine.close_day(Some("seen"), now) else {
            return;
        };
        if self.closes.last().is_none_or(|(rows, _)| *rows != z.rows) {
            self.closes.push((z.rows, z.report));
        }
    }

    fn sum(&self, sql: &str) -> i64 {
        self.shop.sql(sql)
    }

    /// What must hold at every moment.
    fn check(&self) {
        assert_eq!(
            self.sum("SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting"),
            0,
            "debits equal credits"
        );
        assert_eq!(
            self.sum("SELECT COUNT(*) FROM (SELECT entry FROM posting GROUP BY entry HAVING SUM(debit) <> SUM(credit))"),
            0,
            "in each entry"
        );
        let by_sale = "SELECT COUNT(*) FROM sale s WHERE s.state = 'settled' AND s.amount <>
            (SELECT COALESCE(SUM(credit) - SUM(debit), 0) FROM posting WHERE sale_id = s.id
                AND account = CASE s.kind WHEN 'sale' THEN 'sales' ELSE 'credit' END AND (s.kind = 'sale' OR credit > 0))";
        assert_eq!(
            self.sum(by_sale),
            0,
            "a paid sale is booked as what it cost, once"
        );
        let too_much =
            "SELECT COUNT(*) FROM sale s WHERE (SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting
            WHERE sale_id = s.id AND account = 'refunds') > s.amount";
        assert_eq!(self.sum(too_much), 0, "never more goes back than was paid");
        self.check_debts();
        assert!(
            self.sum(
                "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE account = 'refund_due'"
            ) <= 0,
            "nobody is given what was not owed"
        );
        let drawers = "SELECT COUNT(*) FROM shift s WHERE s.closed_at IS NOT NULL AND
            (SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE shift_id = s.id AND account = 'cash'
             AND at <= s.closed_at) <> 0";
        assert_eq!(self.sum(drawers), 0, "a counted drawer is handed over whole");
    }

    /// What each customer owes, added up by somebody else: promises, less payments, refunds and what was given up.
    fn check_debts(&self) {
        let mut all = 0;
        for id in &self.customers {
            let owed = self.sum(&format!(
                "SELECT COALESCE(SUM(p.debit - p.credit), 0) FROM posting p WHERE p.account = 'credit' AND (
                    p.sale_id IN (SELECT sale_id FROM tender WHERE customer_id = '{id}')
                    OR p.sale_id IN (SELECT id FROM sale WHERE kind = 'pay_off' AND customer_id = '{id}')
                    OR p.entry IN (SELECT id FROM write_off WHERE customer_id = '{id}'))"
            ));
            let lines = till::store::debt::of_customer(self.shop.engine.store().read(), id).unwrap();
            let told: i64 = lines.iter().map(|line| line.amount.cents()).sum();
            assert_eq!(told, owed, "the statement adds up to what is owed");
            assert!(owed >= 0, "nobody owes less than nothing");
            all += owed;
        }
        assert_eq!(
            all,
            self.sum("SELECT COALESCE(SUM(debit - credit), 0) FROM posting WHERE account = 'credit'"),
            "every shilling that is owed is somebody's"
        );
    }

    /// The check of the book finds nothing where nobody changed anything.
    fn check_book(&self) {
        let verdict = verify_in(self.shop.engine.store().read(), &[], &mut |_| true)
            .unwrap()
            .expect("nobody stopped it");
        assert_eq!(
            verdict.wrong, 0,
            "nothing was changed by hand: {:?}",
            verdict.troubles
        );
    }

    fn report(&self, period: Period) -> DayReport {
        self.shop.engine.report(period, self.shop.now).unwrap()
    }

    /// The month on the screen, added up by somebody else.
    fn check_report(&self) {
        let day = shop_day(self.shop.now.utc);
        let month = self.report(Period::Month { day });
        let from = day_start(day.with_day(1).unwrap()).timestamp_millis();
        let of = |account: &str| {
            self.sum(&format!(
                "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE account = '{account}' AND at >= {from}"
            ))
        };
        let said = &month.accounts;
        assert_eq!(said.sales.cents(), -of("sales"), "sales of the month");
        assert_eq!(said.cash.cents(), of("cash"), "its cash");
        assert_eq!(said.mpesa_proved.cents(), of("mpesa_proved"), "its proved M-Pesa");
        assert_eq!(said.refund_due.cents(), -of("refund_due"), "what it owes");
        assert_eq!(said.over_short.cents(), -of("over_short"), "what was short");
        let all = |parts: Vec<i64>| parts.into_iter().sum::<i64>();
        let sold = said.sales.cents();
        assert_eq!(
            all(month.ways.iter().map(|way| way.sold.cents()).collect()),
            sold,
            "each shilling that was sold was paid in one way"
        );
        assert_eq!(
            all(month.people.iter().map(|one| one.sold.cents()).collect()),
            sold,
            "and is one person's"
        );
        assert_eq!(
            all(month.bars.iter().map(|bar| bar.sold.cents()).collect()),
            sold,
            "and of one day"
        );
    }

    /// The closes, added up by somebody else.
    fn check_closes(&self) {
        let mut from = 0;
        for (number, (rows, report)) in (1..).zip(&self.closes) {
            let of = |account: &str| {
                self.sum(&format!(
                    "SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting WHERE account = '{account}' AND seq > {from} AND seq <= {rows}"
                ))
            };
            let said = &report.accounts;
            assert_eq!(said.sales.cents(), -of("sales"), "sales of a close");
            assert_eq!(said.cash.cents(), of("cash"), "its cash");
            assert_eq!(said.mpesa_proved.cents(), of("mpesa_proved"), "its proved M-Pesa");
            assert_eq!(said.refunds.cents(), of("refunds"), "its refunds");
            assert_eq!(
                said.credit_given.cents()
                    - said.credit_paid.cents()
                    - said.taken_off.cents()
                    - said.written_off.cents(),
                of("credit"),
                "what is owed more or less than before"
            );
            assert_eq!(
                said.written_off.cents(),
                of("written_off"),
                "what nobody will pay"
            );
            assert_eq!(said.refund_due.cents(), -of("refund_due"), "what it owes");
            assert_eq!(said.over_short.cents(), -of("over_short"), "what was short");
            let close = self.report(Period::Close { number });
            assert_eq!(&close.accounts, said, "the screen reads of a close what it says");
            let people: i64 = report.people.iter().map(|one| one.sales.cents()).sum();
            assert_eq!(people, said.sales.cents(), "people add up to the whole");
            from = *rows;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn each_shilling_is_in_one_place(steps in prop::collection::vec(step(), 1..50)) {
        World::of(Shop::in_memory(), None).goes_through(&steps);
    }
}
