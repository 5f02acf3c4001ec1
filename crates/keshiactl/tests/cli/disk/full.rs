//! No room.

use till::engine::{Counter, Engine, PushInput, Sharing};
use till::ids::IdSource;
use till::policy::Policy;
use till::push::{Answer, PushIntent};
use till::reference::{CounterChar, Incarnation};
use till::store::Store;
use till::{Code, Money, Mono, Msisdn, Now};

use super::small_disk::{SmallDisk, fill};
use super::{PHONE, Sale, assert_paid_once};
use crate::support::{Shop, Simulator};

const FULL: &str = "The disk is full. What is on the screen is kept";

#[test]
fn the_customer_pays_while_the_disk_is_full() {
    let Some(disk) = SmallDisk::in_memory(4096) else {
        println!("by SQLite's limit on pages: nothing can be mounted here");
        return by_page_limit();
    };
    println!("with a disk of 4 MB");
    let simulator = Simulator::start();
    let shop = Shop::practice_at(&simulator.url, disk.path());
    let mut sale = Sale::start(&shop);
    sale.until("prompted");
    let filler = fill(&disk.path());
    simulator.types_pin(PHONE);
    sale.until_complaint(FULL);
    std::fs::remove_file(filler).unwrap();
    sale.until("paid");
    assert_eq!(sale.exit_code(), 0, "the answer was kept until there was room");
    for line in sale.complaints() {
        assert!(line.contains(FULL), "one and the same sentence: {line}");
    }
    assert_paid_once(&shop, &simulator);
}

#[test]
fn a_full_disk_sends_nothing() {
    let Some(disk) = SmallDisk::in_memory(4096) else {
        println!("not here: nothing can be mounted; the engine's own tests refuse a push by the page limit");
        return by_page_limit();
    };
    println!("with a disk of 4 MB");
    let simulator = Simulator::start();
    let shop = Shop::practice_at(&simulator.url, disk.path());
    let filler = fill(&disk.path());
    let pay = ["pay", "--phone", "0700000000", "--amount", "50", "--wait"];
    shop.run(&pay)
        .assert_refused(1, "disk_full", "nothing leaves without its record");
    shop.run(&["backup"])
        .assert_refused(1, "disk_full", "nor is there a backup");
    assert!(simulator.pushes().is_empty(), "nobody was asked");
    std::fs::remove_file(filler).unwrap();
    assert_eq!(shop.run(&pay).code, 0, "and it sells as soon as there is room");
}

/// The same without a disk of one's own: the engine over a file that may not grow.
#[test]
fn by_page_limit() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("keshia.db")).unwrap();
    let now = |ms| Now {
        utc: chrono::Utc::now(),
        mono: Mono(ms),
    };
    let counter = Counter {
        letter: CounterChar::FIRST,
        incarnation: Incarnation::FIRST,
        connected: true,
        pull: true,
        sharing: Sharing::Alone,
        numbers: Vec::new(),
    };
    let mut engine = Engine::open(store, Policy::live(), counter, IdSource::seeded(1), now(0)).unwrap();
    let input = PushInput {
        sale_id: None,
        amount: Money::from_shillings(1250).unwrap(),
        msisdn: Msisdn::parse(PHONE).unwrap(),
        intent: PushIntent::Ordinary,
        reference: None,
    };
    let (sale, _) = engine.start_push(input, now(0)).unwrap();
    let till::view::TenderKindView::Push(push) = &sale.tenders[0].kind else {
        panic!("a push was started: {sale:?}");
    };
    engine.begin_sending(&push.push_id, now(0)).unwrap();
    let limit = |engine: &Engine, pages: u32| {
        let conn = engine.store().read();
        conn.query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
            .unwrap();
    };
    limit(&engine, 1);
    let accepted = Answer::Accepted {
        // Longer than any free room in the pages there are.
        checkout_request_id: "x".repeat(600_000),
    };
    let error = engine
        .push_answered(&push.push_id, accepted, now(100))
        .unwrap_err();
    assert_eq!(error.code, Code::DiskFull, "one sentence: {error}");
    assert!(error.message.starts_with(FULL), "{error}");
    limit(&engine, 1_000_000);
    engine.tick(now(3_000)).unwrap();
    let state = engine.sale(&sale.id, now(3_000)).unwrap().status;
    assert_eq!(
        state,
        till::view::SaleStatus::Waiting,
        "the answer was kept until there was room"
    );
}
