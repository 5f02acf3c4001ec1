//! A shop's book of five years, made in bulk from a seed: true chain, true sums, a shift and a close each day. What
//! was made is a book as the till writes it: `keshiactl verify` finds nothing in it, and this file's `check` asks it.

use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use daraja::Secret;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use rusqlite::{Connection, params};
use till::clock::day_start;
use till::engine::{Counter, Engine, RefundInput, RefundWay, Sharing};
use till::ids::IdSource;
use till::people::Role;
use till::people::pin::Cost;
use till::policy::Policy;
use till::reference::{CounterChar, Incarnation, Reference};
use till::store::{Store, chain};
use till::verify::verify;
use till::{Money, Mono, Now};

/// The days of the book; the last is 30 November 2026.
pub const DAYS: u32 = 5 * 365;

/// What was made.
pub struct Made {
    /// The last day, whose close is left to do.
    pub last_day: NaiveDate,
    /// Payments, references and phones of which some are searched for, from the whole time.
    pub samples: Vec<Sample>,
    /// Who takes money.
    pub cashiers: Vec<String>,
}

/// One sale, as somebody would remember it.
pub struct Sample {
    /// What the customer read.
    pub reference: String,
    /// M-PESA's code, when it was paid by M-PESA.
    pub receipt: Option<String>,
    /// The whole phone number, when it was asked.
    pub phone: Option<String>,
    /// Whole shillings.
    pub shillings: i64,
}

/// The shop's counter.
pub fn counter() -> Counter {
    Counter {
        letter: CounterChar::FIRST,
        incarnation: Incarnation::FIRST,
        connected: true,
        pull: true,
        sharing: Sharing::Alone,
        numbers: Vec::new(),
    }
}

/// An engine over a made book, with the owner at the counter.
pub fn opened(path: &Path, now: Now) -> Engine {
    let store = Store::open(path).unwrap();
    let mut engine = Engine::open(store, policy(), counter(), IdSource::seeded(11), now).unwrap();
    engine.set_pepper(Some(Secret::new("pepper".to_owned())));
    let owner = engine.desk(now).unwrap().people[0].id.clone();
    engine.sign_in(&owner, OWNERS_PIN, now).unwrap();
    engine
}

/// A moment of a shop day, in minutes after midnight in Nairobi.
pub fn at(day: NaiveDate, minutes: i64) -> Now {
    Now {
        utc: day_start(day) + TimeDelta::minutes(minutes),
        mono: Mono(0),
    }
}

const OWNERS_PIN: &str = "4071";

fn policy() -> Policy {
    Policy {
        pin_cost: Cost::SIMULATED,
        ..Policy::live()
    }
}

/// Asks the till's own check whether the book is whole.
pub fn check(path: &Path) {
    let verdict = verify(path, &[], &mut |_| true).unwrap().unwrap();
    assert!(verdict.is_good(), "a made book is true: {:?}", verdict.troubles);
}

/// Makes the book. Nothing of its last day's close is done.
pub fn make(path: &Path, sales: u32, seed: u64) -> Made {
    let last_day: NaiveDate = "2026-11-30".parse().unwrap();
    let first_day = last_day - TimeDelta::days(i64::from(DAYS) - 1);
    let mut store = Store::open(path).unwrap();
    // Only for the making: a book that is lost here is made again.
    let conn = store.connection();
    for (name, value) in [("cache_size", -2_000_000), ("wal_autocheckpoint", 50_000)] {
        conn.pragma_update(None, name, value).unwrap();
    }
    conn.pragma_update(None, "synchronous", "OFF").unwrap();
    let begin = at(first_day, 5 * 60);
    let mut engine = Engine::open(store, policy(), counter(), IdSource::seeded(seed), begin).unwrap();
    let mut made = Made {
        last_day,
        samples: Vec::new(),
        cashiers: hire(&mut engine, begin),
    };
    let mut hand = Hand::new(sales, seed);
    for n in 0..DAYS {
        let day = first_day + TimeDelta::days(i64::from(n));
        let today = share(sales, n + 1) - share(sales, n);
        one_day(&mut engine, &mut hand, &mut made, (day, today));
        if n + 1 < DAYS {
            engine.close_day(Some("seen"), at(day, 22 * 60)).unwrap();
        }
    }
    let store = engine.into_store();
    store
        .read()
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")
        .unwrap();
    made
}

/// Sales of the first so many days.
fn share(sales: u32, days: u32) -> u32 {
    u32::try_from(u64::from(sales) * u64::from(days) / u64::from(DAYS)).unwrap()
}

fn hire(engine: &mut Engine, now: Now) -> Vec<String> {
    engine.set_pepper(Some(Secret::new("pepper".to_owned())));
    engine
        .make_owner("Njeri", OWNERS_PIN, "mango tree by the well", now)
        .unwrap();
    let names = ["Achieng", "Otieno", "Wanjiru"];
    names
        .iter()
        .zip(["5093", "2718", "6135"])
        .map(|(name, pin)| {
            let (view, _) = engine.add_person(name, Role::Cashier, pin, now).unwrap();
            let found = view.people.into_iter().find(|person| person.name == *name);
            found.unwrap().id
        })
        .collect()
}

fn one_day(engine: &mut Engine, hand: &mut Hand, made: &mut Made, (day, sales): (NaiveDate, u32)) {
    engine
        .open_shift(Money::from_shillings(2_000).unwrap(), at(day, 6 * 60))
        .unwrap();
    let shift = engine.drawer(at(day, 6 * 60)).unwrap().here.unwrap().id;
    let conn = engine.store().read();
    let tx = conn.unchecked_transaction().unwrap();
    hand.begin(&tx);
    let mut last = None;
    for n in 0..sales {
        // From six in the morning to nine in the evening.
        let second = i64::from(n) * 54_000 / i64::from(sales) + hand.dice.random_range(0..54);
        let when = at(day, 6 * 60).utc + TimeDelta::seconds(second);
        let who = &made.cashiers[hand.dice.random_range(0..made.cashiers.len())];
        let (sample, id) = hand.sell(&tx, when, who, &shift);
        if hand.dice.random_range(0..2_000) == 0 || hand.number == 1 {
            made.samples.push(sample);
        }
        last = Some(id);
    }
    tx.commit().unwrap();
    let evening = at(day, 21 * 60 + 30);
    if let Some(sale_id) = last.filter(|_| hand.dice.random_bool(0.3)) {
        let input = RefundInput {
            sale_id,
            amount: Money::from_shillings(10).unwrap(),
            way: RefundWay::Cash,
            owed: false,
            reason: "came back".into(),
        };
        engine.refund(&input, evening).unwrap();
    }
    let expected = engine.drawer(evening).unwrap().here.unwrap().expected.unwrap();
    let counted = expected.shillings() - i64::from(hand.dice.random_bool(0.1)) * 50;
    let pieces = [(1, u32::try_from(counted.max(0)).unwrap())]
        .into_iter()
        .collect();
    engine.close_shift(&shift, &pieces, evening).unwrap();
}

/// Writes rows, with the chain's end in the hand.
struct Hand {
    dice: StdRng,
    ids: IdSource,
    number: u32,
    of: u32,
    seq: i64,
    head: String,
}

/// One part of a sale as it is written.
struct Part<'a> {
    sale: &'a str,
    seq: i64,
    id: String,
    shillings: i64,
    at: DateTime<Utc>,
    who: &'a str,
    shift: &'a str,
}

impl Hand {
    fn new(of: u32, seed: u64) -> Self {
        Self {
            dice: StdRng::seed_from_u64(seed),
            ids: IdSource::seeded(seed.wrapping_add(1)),
            number: 0,
            of,
            seq: 0,
            head: String::new(),
        }
    }

    /// The chain goes on after what the engine wrote.
    fn begin(&mut self, tx: &Connection) {
        let link = chain::newest(tx).unwrap().unwrap();
        self.seq = i64::try_from(link.rows).unwrap();
        self.head = link.head;
        self.number = tx
            .query_row("SELECT COALESCE(MAX(number), 0) FROM sale", [], |row| row.get(0))
            .unwrap();
    }

    fn chained(&mut self, fields: &[&str]) -> (i64, String) {
        self.seq += 1;
        self.head = chain::hash(&self.head, fields);
        (self.seq, self.head.clone())
    }

    fn sell(&mut self, tx: &Connection, when: DateTime<Utc>, who: &str, shift: &str) -> (Sample, String) {
        self.number += 1;
        let id = self.ids.next_id();
        let reference = Reference::new(CounterChar::FIRST, Incarnation::FIRST, self.number)
            .as_str()
            .to_owned();
        // Prices cluster: a third of the sales are round amounts that come back thousands of times.
        let shillings: i64 = match self.dice.random_range(0..3) {
            0 => self.dice.random_range(1..=20) * 50,
            1 => self.dice.random_range(10..600),
            _ => self.dice.random_range(20..5_000),
        };
        let ms = when.timestamp_millis();
        tx.prepare_cached(
            "INSERT INTO sale (number, id, reference, amount, state, opened_at, changed_at, person_id)
             VALUES (?1, ?2, ?3, ?4, 'settled', ?5, ?6, ?7)",
        )
        .unwrap()
        .execute(params![
            self.number,
            id,
            reference,
            shillings * 100,
            ms,
            ms + 20_000,
            who
        ])
        .unwrap();
        let mut sample = Sample {
            reference,
            receipt: None,
            phone: None,
            shillings,
        };
        let mut part = Part {
            sale: &id,
            seq: 0,
            id: self.ids.next_id(),
            shillings,
            at: when,
            who,
            shift,
        };
        match self.dice.random_range(0..100) {
            0..45 => self.cash(tx, &part),
            45..75 => self.push(tx, &part, &mut sample),
            75..90 => self.by_hand(tx, &part, "to_till", &mut sample),
            90..97 => self.by_hand(tx, &part, "code", &mut sample),
            _ => {
                let cash = shillings / 2;
                if cash > 0 {
                    part.shillings = cash;
                    self.cash(tx, &part);
                    part.seq = 1;
                    part.id = self.ids.next_id();
                    part.shillings = shillings - cash;
                }
                self.push(tx, &part, &mut sample);
            }
        }
        (sample, id)
    }

    fn tender(tx: &Connection, part: &Part<'_>, kind: &str, rest: &Rest<'_>) {
        tx.prepare_cached(
            "INSERT INTO tender (sale_id, seq, id, kind, amount, stands, opened_at, tendered, digits, waiting, receipt,
                 read_from, confirmed, person_id, shift_id)
             VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )
        .unwrap()
        .execute(params![
            part.sale,
            part.seq,
            part.id,
            kind,
            part.shillings * 100,
            part.at.timestamp_millis(),
            rest.tendered,
            rest.digits,
            rest.waiting,
            rest.receipt,
            rest.read_from,
            rest.confirmed,
            part.who,
            part.shift
        ])
        .unwrap();
    }

    fn cash(&mut self, tx: &Connection, part: &Part<'_>) {
        let rest = Rest {
            tendered: Some(part.shillings * 100),
            ..Rest::default()
        };
        Self::tender(tx, part, "cash", &rest);
        self.post(tx, part, ("cash", "sales"));
    }

    fn push(&mut self, tx: &Connection, part: &Part<'_>, sample: &mut Sample) {
        Self::tender(tx, part, "push", &Rest::default());
        let (push, secret, receipt) = (self.ids.next_id(), self.ids.next_id(), self.receipt());
        let phone = self.phone();
        let ms = part.at.timestamp_millis();
        tx.prepare_cached(
            "INSERT INTO push (id, tender_id, sale_id, msisdn, amount, reference, state, told_by, checkout_request_id,
                 receipt, created_at, sent_at, accepted_at, ended_at, asked_at, asked_times, callback_secret, skew_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'paid', 'query', ?7, ?8, ?9, ?10, ?10, ?11, ?11, 2, ?12, 150)",
        )
        .unwrap()
        .execute(params![
            push,
            part.id,
            part.sale,
            phone,
            part.shillings,
            sample.reference,
            format!("ws_CO_24112026100000{:012}", self.number),
            receipt,
            ms,
            ms + 800,
            ms + 20_000,
            secret
        ])
        .unwrap();
        for (told_by, word) in [("answer", "accepted"), ("query", "paid")] {
            self.tell(tx, part, (told_by, word), (Some(&push), None));
        }
        self.post(tx, part, ("mpesa_not_proved", "sales"));
        self.come_in(tx, part, &receipt, &phone[9..], "own_push");
        self.post(tx, part, ("mpesa_proved", "mpesa_not_proved"));
        sample.receipt = Some(receipt);
        sample.phone = Some(phone);
    }

    /// Paid to the till, or by a code that somebody typed; one code in a thousand stays without proof.
    fn by_hand(&mut self, tx: &Connection, part: &Part<'_>, kind: &str, sample: &mut Sample) {
        let receipt = self.receipt();
        let digits = self.phone()[9..].to_owned();
        let code = kind == "code";
        let confirmed = !code || self.dice.random_range(0..1_000) > 0;
        let rest = Rest {
            digits: (!code).then_some(digits.as_str()),
            waiting: (!code).then_some(false),
            receipt: Some(&receipt),
            read_from: code.then_some("shop_phone"),
            confirmed: code.then_some(confirmed),
            ..Rest::default()
        };
        Self::tender(tx, part, kind, &rest);
        if confirmed {
            self.come_in(tx, part, &receipt, &digits, if code { "code" } else { "digits" });
            self.post(tx, part, ("mpesa_proved", "sales"));
        } else {
            self.post(tx, part, ("mpesa_not_proved", "sales"));
        }
        sample.receipt = Some(receipt);
    }

    fn come_in(&mut self, tx: &Connection, part: &Part<'_>, receipt: &str, digits: &str, why: &str) {
        self.tell(tx, part, ("pull", "money in"), (None, Some(receipt)));
        tx.prepare_cached(
            "INSERT INTO money_in (receipt, amount, short_code, phone, at, grade, tender_id, paid_at, why)
             VALUES (?1, ?2, '600000', ?3, ?4, 5, ?5, ?4, ?6)",
        )
        .unwrap()
        .execute(params![
            receipt,
            part.shillings * 100,
            digits,
            part.at.timestamp_millis() + 20_000,
            part.id,
            why
        ])
        .unwrap();
    }

    fn tell(
        &mut self,
        tx: &Connection,
        part: &Part<'_>,
        (told_by, word): (&str, &str),
        (push, receipt): (Option<&str>, Option<&str>),
    ) {
        let at = part.at.timestamp_millis() + 10_000;
        let cents = part.shillings * 100;
        let (seq, hash) = self.chained(&[
            &at.to_string(),
            told_by,
            push.unwrap_or_default(),
            receipt.unwrap_or_default(),
            &cents.to_string(),
            word,
        ]);
        tx.prepare_cached(
            "INSERT INTO witness (seq, at, told_by, push_id, receipt, amount, word, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .unwrap()
        .execute(params![seq, at, told_by, push, receipt, cents, word, hash])
        .unwrap();
    }

    fn post(&mut self, tx: &Connection, part: &Part<'_>, (debit, credit): (&str, &str)) {
        let entry = self.ids.next_id();
        let at = part.at.timestamp_millis() + 20_000;
        let cents = part.shillings * 100;
        for (account, debit, credit) in [(debit, cents, 0), (credit, 0, cents)] {
            let (seq, hash) = self.chained(&[
                &entry,
                &at.to_string(),
                account,
                &debit.to_string(),
                &credit.to_string(),
                part.sale,
                &part.id,
                part.who,
                part.shift,
            ]);
            tx.prepare_cached(
                "INSERT INTO posting (seq, entry, at, account, debit, credit, sale_id, tender_id, person_id, shift_id, hash)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )
            .unwrap()
            .execute(params![
                seq, entry, at, account, debit, credit, part.sale, part.id, part.who, part.shift, hash
            ])
            .unwrap();
        }
    }

    /// Codes rise with time, as M-PESA's do, and their ends do not tell the next.
    fn receipt(&mut self) -> String {
        let year =
            char::from(b'P' + u8::try_from(u64::from(self.number) * 5 / u64::from(self.of.max(1))).unwrap());
        self.codes_end(year)
    }

    fn codes_end(&mut self, year: char) -> String {
        let end = self.dice.random_range(0..36_u32.pow(2));
        format!("{year}{}{}", base36(self.number, 7), base36(end, 2))
    }

    /// A shop has some thousand customers.
    fn phone(&mut self) -> String {
        let customer: u32 = self.dice.random_range(0..8_000);
        format!("2547{:08}", u64::from(customer) * 7_919 * 13 % 100_000_000)
    }
}

#[derive(Default)]
struct Rest<'a> {
    tendered: Option<i64>,
    digits: Option<&'a str>,
    waiting: Option<bool>,
    receipt: Option<&'a str>,
    read_from: Option<&'a str>,
    confirmed: Option<bool>,
}

fn base36(mut number: u32, chars: usize) -> String {
    let mut text = vec![b'0'; chars];
    for place in text.iter_mut().rev() {
        let digit = u8::try_from(number % 36).unwrap();
        *place = if digit < 10 {
            b'0' + digit
        } else {
            b'A' + digit - 10
        };
        number /= 36;
    }
    String::from_utf8(text).unwrap()
}
