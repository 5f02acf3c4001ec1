//! `kill -9` of the till, and of its relay, at every step of an event's way: just before and just after each commit
//! that the till makes. Afterwards every event is in the book once.
//!
//! The till is a process of its own: this very program, told by its environment which life it is to live.

use std::env;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use relay_wire::{ShopSecret, Token};
use reqwest::StatusCode;
use rusqlite::Connection;
use rustix::process::{Signal, getpid, kill_process};
use serde_json::{Value, json};
use till::Msisdn;
use till::driver::{Clock as _, RelayKeys, SystemClock};
use till::engine::{CodeInput, Effect, Engine, PushInput};
use till::push::{Answer, PushIntent};
use till::shop::RelayAddress;
use till::store::Store;
use till::view::{ReadFrom, TenderKindView};

use crate::desk::{Desk, Paired, kes, told};
use crate::made::client;
use crate::process::{Program, pairing, run_over};
use crate::server::{Server, store};

/// What a life is told by.
const LIFE: &str = "KESHIA_TEST_LIFE";
/// Fewer commits than this, and the events did not do what the test is about.
const LEAST: u64 = 10;
/// Of these events one comes a second time, as when Safaricom posts again.
const EVENTS: u64 = 5;

/// Where a life ends.
#[derive(Debug, Clone, Copy)]
enum Kill {
    Before(u64),
    After(u64),
    Never,
}

/// A power cut for this process: nothing is finished, nothing is flushed.
fn die() {
    kill_process(getpid(), Signal::KILL).unwrap();
}

/// Dies at the chosen commit.
fn dies_at(store: &mut Store, kill: Kill) {
    let (begun, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let conn = store.connection();
    conn.commit_hook(Some(move || {
        let commit = begun.fetch_add(1, Ordering::Relaxed) + 1;
        if matches!(kill, Kill::Before(at) if at == commit) {
            die();
        }
        false
    }))
    .unwrap();
    conn.wal_hook(Some(move |_: &mut _, _| {
        let commit = done.fetch_add(1, Ordering::Relaxed) + 1;
        if matches!(kill, Kill::After(at) if at == commit) {
            die();
        }
        Ok(())
    }))
    .unwrap();
}

/// A life of a till, in a process of its own: it reads the relay to the end, claims, books, and ends; or it is killed.
/// When nobody says which life, this is no more than the beginning of one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_life() {
    let Ok(told) = env::var(LIFE) else {
        return;
    };
    let told: Value = serde_json::from_str(&told).unwrap();
    let text = |name: &str| told[name].as_str().unwrap().to_owned();
    let at = told["at"].as_u64().unwrap();
    let kill = match told["ends"].as_str().unwrap() {
        "before" => Kill::Before(at),
        "after" => Kill::After(at),
        _ => Kill::Never,
    };
    let _ = client();
    let paired = Paired {
        address: RelayAddress {
            address: text("relay"),
            shop_id: text("shop"),
        },
        keys: RelayKeys {
            token: Token::new(text("token")),
            secret: ShopSecret::parse(&text("secret")).unwrap(),
            hook: Token::new(text("hook")),
        },
        cursor: text("cursor").parse().unwrap(),
        letter: text("letter").chars().next().unwrap(),
    };
    let mut book = Store::open(Path::new(&text("book"))).unwrap();
    dies_at(&mut book, kill);
    let desk = Desk::open(&paired, paired.engine(book));
    desk.until(|engine| {
        let cursor = engine.relay_place().unwrap().cursor;
        cursor.is_some_and(|cursor| cursor.seq == EVENTS) && engine.open_claims().unwrap().is_empty()
    })
    .await;
}

fn live(paired: &Paired, base: &str, book: &Path, kill: Kill) -> ExitStatus {
    let (ends, at) = match kill {
        Kill::Before(at) => ("before", at),
        Kill::After(at) => ("after", at),
        Kill::Never => ("never", 0),
    };
    let life = json!({
        "relay": base, "shop": paired.address.shop_id, "token": paired.keys.token.expose(),
        "secret": &*paired.keys.secret.reveal(), "hook": paired.keys.hook.expose(),
        "cursor": paired.cursor.to_string(), "letter": paired.letter.to_string(),
        "book": book, "ends": ends, "at": at,
    });
    Command::new(env::current_exe().unwrap())
        .args(["killed::a_life", "--exact", "--nocapture"])
        .env(LIFE, life.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap()
}

/// A prompt that was accepted; returns the path of its result.
fn prompted(engine: &mut Engine) -> String {
    let now = SystemClock::default().now();
    engine.set_line(true, false);
    let input = PushInput {
        sale_id: None,
        amount: kes(250),
        msisdn: Msisdn::parse("0712345678").unwrap(),
        intent: PushIntent::Ordinary,
        reference: None,
    };
    let (sale, _) = engine.start_push(input, now).unwrap();
    let TenderKindView::Push(push) = &sale.tenders[0].kind else {
        panic!("a prompt");
    };
    let push_id = push.push_id.clone();
    let effects = engine.begin_sending(&push_id, now).unwrap();
    let answer = Answer::Accepted {
        checkout_request_id: "ws_CO_1".into(),
    };
    engine.push_answered(&push_id, answer, now).unwrap();
    let Some(Effect::Send(order)) = effects
        .into_iter()
        .find(|effect| matches!(effect, Effect::Send(_)))
    else {
        panic!("it is sent");
    };
    order.callback_path
}

/// What waits at the counter: a prompt, a sale to be paid by hand, a typed code. Returns the prompt's path.
fn customers(engine: &mut Engine) -> String {
    let now = SystemClock::default().now();
    let path = prompted(engine);
    engine.wait_for_till(None, kes(500), Some("126"), now).unwrap();
    let input = CodeInput {
        sale_id: None,
        amount: kes(300),
        code: "UKRTYPED01".into(),
        read_from: ReadFrom::CustomerPhone,
        warned: true,
    };
    engine.take_code(input, now).unwrap();
    path
}

/// Five posts: the prompt's result, the payment that is waited for, the code's, one that nobody waits for, and the
/// second once more.
async fn tell(paired: &Paired, path: &str) {
    let client = client();
    let result = json!({"Body": {"stkCallback": {
        "MerchantRequestID": "29115-34620561-1", "CheckoutRequestID": "ws_CO_1", "ResultCode": 0,
        "ResultDesc": "The service request is processed successfully.", "CallbackMetadata": {"Item": [
            {"Name": "Amount", "Value": 250.0}, {"Name": "MpesaReceiptNumber", "Value": "UKRPROMPT1"},
            {"Name": "TransactionDate", "Value": 20_261_124_150_000_u64}, {"Name": "PhoneNumber", "Value": 254_712_345_678_u64}
        ]}
    }}});
    let by_hand = told("UKRBYHAND1", 500, "126");
    let posts = [
        (
            format!("{}/{path}", paired.client().callback_base()),
            result.to_string(),
        ),
        (paired.confirmation(), by_hand.clone()),
        (paired.confirmation(), told("UKRTYPED01", 300, "777")),
        (paired.confirmation(), told("UKRNOBODY1", 70, "888")),
        (paired.confirmation(), by_hand),
    ];
    for (url, body) in posts {
        let answer = client.post(url).body(body).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "kept");
    }
}

/// Every event is in the book once; read with SQL of this test's own.
fn has_all_once(book: &Path, kill: Kill) {
    let conn = Connection::open(book).unwrap();
    let number = |sql: &str| -> i64 { conn.query_row(sql, [], |row| row.get(0)).unwrap() };
    let booked = |receipt: &str| {
        number(&format!(
            "SELECT COALESCE(SUM(p.debit) - SUM(p.credit), 0) / 100 FROM money_in m JOIN posting p ON p.tender_id = m.tender_id
             WHERE m.receipt = '{receipt}' AND p.account = 'mpesa_proved'"
        ))
    };
    for (receipt, shillings) in [
        ("UKRPROMPT1", 250),
        ("UKRBYHAND1", 500),
        ("UKRTYPED01", 300),
        ("UKRNOBODY1", 0),
    ] {
        let times = number(&format!(
            "SELECT COUNT(*) FROM money_in WHERE receipt = '{receipt}'"
        ));
        assert_eq!(
            (times, booked(receipt)),
            (1, shillings),
            "{receipt} once, {kill:?}"
        );
    }
    for (account, shillings) in [
        ("mpesa_proved", 1_050),
        ("mpesa_not_proved", 0),
        ("sales", -1_050),
        ("refund_due", 0),
    ] {
        let sum = number(&format!(
            "SELECT COALESCE(SUM(debit) - SUM(credit), 0) / 100 FROM posting WHERE account = '{account}'"
        ));
        assert_eq!(sum, shillings, "{account}, {kill:?}");
    }
    assert_eq!(
        number("SELECT COUNT(*) FROM sale WHERE state = 'settled'"),
        3,
        "three sales are paid, {kill:?}"
    );
    assert_eq!(
        number("SELECT COUNT(*) FROM money_in"),
        4,
        "and nothing was made up, {kill:?}"
    );
    assert_eq!(
        number("SELECT COUNT(*) FROM matter"),
        0,
        "nobody must look, {kill:?}"
    );
}

/// One life that is killed, its relay killed with it, and a second one that ends. Returns whether it was killed.
async fn dies_and_lives_on(relay: &mut Program, log: &str, folder: &Path, kill: Kill) -> bool {
    let (made, printed) = run_over(log, folder, &["shop", "add", "Duka la Mama Wanjiku"]);
    assert!(made, "{printed}");
    let mut line = pairing(&printed);
    line.relay.clone_from(&relay.base);
    let paired = Paired::by(&line).await;
    let here = tempfile::tempdir().unwrap();
    let book = here.path().join("book.db");
    let path = {
        let mut engine = paired.engine(Store::open(&book).unwrap());
        engine.relay_begins(paired.cursor).unwrap();
        customers(&mut engine)
    };
    tell(&paired, &path).await;
    let ended = live(&paired, &relay.base, &book, kill);
    let killed = ended.signal() == Some(Signal::KILL.as_raw());
    assert!(killed || ended.success(), "{kill:?}: {ended}");
    if killed {
        relay.kill();
        *relay = Program::over(log, folder, &[]);
        let ended = live(&paired, &relay.base, &book, Kill::Never);
        assert!(ended.success(), "the second life after {kill:?}: {ended}");
    }
    has_all_once(&book, kill);
    killed
}

async fn at_every_step(log: &str, folder: &Path) {
    let _ = client();
    let mut relay = Program::over(log, folder, &[]);
    for commit in 1.. {
        let mut killed = false;
        for kill in [Kill::Before(commit), Kill::After(commit)] {
            killed |= dies_and_lives_on(&mut relay, log, folder, kill).await;
        }
        if !killed {
            println!("killed at {} commits, before and after each", commit - 1);
            assert!(commit > LEAST, "the events were written: {commit}");
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn till_and_relay_are_killed_at_every_step() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("relay.db");
    at_every_step(log.to_str().unwrap(), folder.path()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn and_with_a_relay_over_postgresql() {
    let server = Arc::new(Server::start(&[]));
    let folder = tempfile::tempdir().unwrap();
    at_every_step(&store(&[&server], "postgres"), folder.path()).await;
}
