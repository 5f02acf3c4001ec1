//! Two counters on one short code race for ten thousand payments: each of them has every code typed, or a sale that
//! waits for it. Whoever asks the relay first has it. In the middle the relay is killed.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use relay_wire::Pairing;
use reqwest::StatusCode;
use rusqlite::Connection;
use tempfile::TempDir;
use till::engine::{CodeInput, Engine};
use till::store::Store;
use till::view::{ReadFrom, SaleStatus};
use tokio::join;

use crate::cable::Cable;
use crate::desk::{Desk, Paired, kes, told};
use crate::made::client;
use crate::process::{Program, pairing, run_over};
use crate::server::{Server, store};

/// So many are raced for at a time: no counter has more customers before it.
const ROUND: usize = 500;
/// Of these so many are paid by hand for a sale that waits at both counters; of the others the code is typed at both.
const WAIT: usize = 25;
/// In the round in the middle the relay is killed, after so many payments were told to it.
const BEFORE_CUT: usize = 100;

/// All of it comes from one address, and in a minute: a usual shop's posts would be a flood.
const FLAGS: [&str; 4] = ["--connections-each", "10000", "--busy", "1000"];

#[derive(Clone)]
struct Payment {
    code: String,
    shillings: i64,
    /// Of the phone that the waiting sale expects.
    digits: Option<String>,
}

fn payments(round: usize) -> Vec<Payment> {
    (0..ROUND)
        .map(|n| Payment {
            code: format!("UKR{:07}", round * ROUND + n),
            shillings: 1_000 + i64::try_from(n).unwrap(),
            digits: (n % (ROUND / WAIT) == 0).then(|| format!("{:03}", 100 + n)),
        })
        .collect()
}

/// A relay's program, the cable to it, and two counters of one shop.
struct House {
    relay: Program,
    cable: Cable,
    folder: TempDir,
    log: String,
    desks: [Desk; 2],
    confirmation: String,
}

impl House {
    async fn open(folder: TempDir, log: String) -> Self {
        // `client` also sets up TLS for the tills.
        let _ = client();
        let relay = Program::over(&log, folder.path(), &FLAGS);
        let cable = Cable::to(&relay.base).await;
        let (made, printed) = run_over(&log, folder.path(), &["shop", "add", "Duka la Mama Wanjiku"]);
        assert!(made, "{printed}");
        let first = Paired::by(&at(&cable, pairing(&printed))).await;
        let (line, _) = first.client().pairing_line().await.unwrap();
        let second = Paired::by(&line).await;
        assert_ne!(first.letter, second.letter, "two counters");
        let desk = |paired: &Paired| Desk::open(paired, paired.engine(Store::in_memory().unwrap()));
        Self {
            desks: [desk(&first), desk(&second)],
            confirmation: first.confirmation(),
            relay,
            cable,
            folder,
            log,
        }
    }

    /// Tells the relay of payments, eight at a time; returns those for which it did not say 200.
    async fn tell(&self, payments: &[Payment]) -> Vec<Payment> {
        let client = client();
        let told = payments.chunks(payments.len().div_ceil(8).max(1)).map(|some| {
            let (client, url) = (client.clone(), self.confirmation.clone());
            async move {
                let mut refused = Vec::new();
                for payment in some {
                    let digits = payment.digits.as_deref().unwrap_or("999");
                    let body = told(&payment.code, payment.shillings, digits);
                    match client.post(&url).body(body).send().await {
                        Ok(answer) if answer.status() == StatusCode::OK => {}
                        Ok(_) | Err(_) => refused.push(payment.clone()),
                    }
                }
                refused
            }
        });
        join_all(told).await.concat()
    }

    fn cut(&mut self) {
        self.cable.cut();
        self.relay.kill();
    }

    fn mend(&mut self) {
        self.relay = Program::over(&self.log, self.folder.path(), &FLAGS);
        self.cable.lead_to(&self.relay.base);
    }

    async fn settled(&self, payments: usize) {
        join!(
            self.desks[0].until(move |engine| is_decided(engine, payments)),
            self.desks[1].until(move |engine| is_decided(engine, payments))
        );
    }
}

/// A pairing line as somebody types it who reaches the relay by this cable.
fn at(cable: &Cable, line: Pairing) -> Pairing {
    Pairing {
        relay: cable.base.clone(),
        ..line
    }
}

fn count(conn: &Connection, sql: &str) -> i64 {
    conn.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Every payment was heard of, and the relay has said who has it.
fn is_decided(engine: &Engine, payments: usize) -> bool {
    let conn = engine.store().read();
    let payments = i64::try_from(payments).unwrap();
    count(conn, "SELECT COUNT(*) FROM counter_claim WHERE state <> 'asked'") == payments
        && count(conn, "SELECT COUNT(*) FROM money_in WHERE grade > 2") == payments
}

/// Every payment has its sale at this counter; returns which.
async fn serve(desk: &Desk, payments: Vec<Payment>) -> BTreeMap<String, String> {
    let mut sales = BTreeMap::new();
    for Payment {
        code,
        shillings,
        digits,
    } in payments
    {
        let typed = code.clone();
        let sale = desk
            .till
            .call(move |engine, now| match digits {
                Some(digits) => engine.wait_for_till(None, kes(shillings), Some(&digits), now),
                None => {
                    let input = CodeInput {
                        sale_id: None,
                        amount: kes(shillings),
                        code: typed,
                        read_from: ReadFrom::CustomerPhone,
                        warned: true,
                    };
                    engine.take_code(input, now)
                }
            })
            .await
            .unwrap();
        sales.insert(code, sale.id);
    }
    sales
}

/// At one moment of the till: no sale is green whose payment the relay has not given to this counter. Returns how
/// many are green.
async fn nothing_is_green_too_soon(desk: &Desk, sales: &BTreeMap<String, String>) -> usize {
    let sales = sales.clone();
    desk.till
        .look(move |engine, now| {
            let mut green = 0;
            for (code, sale_id) in &sales {
                if engine.sale(sale_id, now)?.status != SaleStatus::Paid {
                    continue;
                }
                green += 1;
                let sql =
                    format!("SELECT COUNT(*) FROM counter_claim WHERE receipt = '{code}' AND state = 'won'");
                assert_eq!(
                    count(engine.store().read(), &sql),
                    1,
                    "{code} is green and not won"
                );
            }
            Ok(green)
        })
        .await
        .unwrap()
}

/// The customers of the other counter go there.
async fn send_away(desk: &Desk, sales: BTreeMap<String, String>) {
    desk.till
        .call(move |engine, now| {
            for sale_id in sales.values() {
                if engine.sale(sale_id, now)?.can_void {
                    engine.void_sale(sale_id, "it was paid at the other counter", now)?;
                }
            }
            Ok(((), Vec::new()))
        })
        .await
        .unwrap();
}

/// The payments that a book has posted as proved, with their cents, read with SQL of this test's own.
async fn booked(desk: &Desk) -> BTreeMap<String, i64> {
    let sql = "SELECT m.receipt, SUM(p.debit) - SUM(p.credit) FROM money_in m
                   JOIN posting p ON p.tender_id = m.tender_id
               WHERE p.account = 'mpesa_proved' GROUP BY m.receipt HAVING SUM(p.debit) <> SUM(p.credit)";
    desk.till
        .look(move |engine, _| {
            let mut statement = engine.store().read().prepare(sql).unwrap();
            let rows = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
                .unwrap();
            Ok(rows.collect::<Result<_, _>>().unwrap())
        })
        .await
        .unwrap()
}

async fn race(mut house: House, count: usize) -> (House, [usize; 2]) {
    for round in 0..count / ROUND {
        let customers = payments(round);
        let (waiting, mut typed): (Vec<_>, Vec<_>) = customers
            .iter()
            .cloned()
            .partition(|payment| payment.digits.is_some());
        // Those who are to pay by hand stand at the counter before they pay.
        let (mut first, mut second) = join!(
            serve(&house.desks[0], waiting.clone()),
            serve(&house.desks[1], waiting)
        );
        let forwards = typed.clone();
        typed.reverse();
        let cut = round == count / ROUND / 2;
        let before = if cut { BEFORE_CUT } else { ROUND };
        let (a, b, mut missed) = join!(
            serve(&house.desks[0], forwards),
            serve(&house.desks[1], typed),
            house.tell(&customers[..before])
        );
        first.extend(a);
        second.extend(b);
        let sales = [first, second];
        if cut {
            house.cut();
            missed.extend(house.tell(&customers[before..]).await);
            assert_eq!(
                missed.len(),
                ROUND - before,
                "nobody answers, and all before was kept"
            );
            let mut green = 0;
            for (desk, sales) in house.desks.iter().zip(&sales) {
                desk.until(|engine| engine.relay_view().is_some_and(|view| view.trouble.is_some()))
                    .await;
                green += nothing_is_green_too_soon(desk, sales).await;
            }
            assert!(
                green <= before,
                "{green} of {before} that were told before the cut"
            );
            house.mend();
            missed = house.tell(&missed).await;
        }
        assert!(missed.is_empty(), "the relay kept every payment");
        house.settled((round + 1) * ROUND).await;
        let mut green = 0;
        for (desk, sales) in house.desks.iter().zip(sales) {
            green += nothing_is_green_too_soon(desk, &sales).await;
            send_away(desk, sales).await;
        }
        assert_eq!(green, ROUND, "round {round}: every payment is one counter's");
    }
    let books = [booked(&house.desks[0]).await, booked(&house.desks[1]).await];
    let both: Vec<_> = books[0]
        .keys()
        .filter(|code| books[1].contains_key(*code))
        .collect();
    assert!(both.is_empty(), "doubled: {both:?}");
    let all: BTreeMap<_, _> = books.iter().flatten().collect();
    assert_eq!(all.len(), count, "every payment has one winner");
    let expected: BTreeSet<_> = (0..count / ROUND)
        .flat_map(payments)
        .map(|paid| (paid.code, paid.shillings * 100))
        .collect();
    for (code, cents) in &expected {
        assert_eq!(all.get(code), Some(&cents), "{code}, to the shilling");
    }
    let won = books.map(|book| book.len());
    println!("{} and {} of {count} won", won[0], won[1]);
    assert!(won.iter().all(|won| *won > 0), "it was a race");
    (house, won)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_payments_have_ten_thousand_winners() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("relay.db");
    let (mut house, won) = race(House::open(folder, file.display().to_string()).await, 10_000).await;
    house.relay.kill();
    let log = Connection::open(&file).unwrap();
    for (desk, won) in house.desks.iter().zip(won) {
        let sql = format!("SELECT COUNT(*) FROM claim WHERE letter = '{}'", desk.letter);
        assert_eq!(
            count(&log, &sql),
            i64::try_from(won).unwrap(),
            "what the relay gave, the book has"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_two_thousand_when_the_relay_keeps_them_in_postgresql() {
    let server = Server::start(&[]);
    let folder = tempfile::tempdir().unwrap();
    let (house, won) = race(House::open(folder, store(&[&server], "postgres")).await, 2_000).await;
    for (desk, won) in house.desks.iter().zip(won) {
        let sql = format!("SELECT COUNT(*) FROM claim WHERE letter = '{}'", desk.letter);
        assert_eq!(
            server.sql("postgres", &sql),
            won.to_string(),
            "what the relay gave, the book has"
        );
    }
}
