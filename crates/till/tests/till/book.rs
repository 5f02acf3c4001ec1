//! The book: double entry, append-only, chained, whatever the cashier presses.

use proptest::prelude::*;
use till::engine::CodeInput;
use till::push::{Answer, Reason};
use till::view::{ReadFrom, SaleState};

use crate::support::{CANCELLED, NO_ANSWER, PAID, Shop, kes, last_push};

#[derive(Debug, Clone)]
enum Press {
    Push { phone: u8, shillings: i64 },
    Cash { shillings: i64, tendered: i64 },
    Code { n: u16, shillings: i64 },
    ToTill { shillings: i64 },
    Accepted(u8),
    Lost(u8),
    Refused(u8),
    SaysPaid(u8),
    SaysCancelled(u8),
    SaysSilent(u8),
    NoMessage(u8),
    Receipt(u8, u16),
    CashOn(u8, i64),
    PushOn(u8, u8),
    Wait(u8),
    Restart,
}

fn press() -> impl Strategy<Value = Press> {
    prop_oneof![
        (0..4_u8, 1..2000_i64).prop_map(|(phone, shillings)| Press::Push { phone, shillings }),
        (1..2000_i64, 1..3000_i64).prop_map(|(shillings, tendered)| Press::Cash { shillings, tendered }),
        (0..40_u16, 1..2000_i64).prop_map(|(n, shillings)| Press::Code { n, shillings }),
        (1..2000_i64).prop_map(|shillings| Press::ToTill { shillings }),
        any::<u8>().prop_map(Press::Accepted),
        any::<u8>().prop_map(Press::Lost),
        any::<u8>().prop_map(Press::Refused),
        any::<u8>().prop_map(Press::SaysPaid),
        any::<u8>().prop_map(Press::SaysCancelled),
        any::<u8>().prop_map(Press::SaysSilent),
        any::<u8>().prop_map(Press::NoMessage),
        (any::<u8>(), 0..40_u16).prop_map(|(push, n)| Press::Receipt(push, n)),
        (any::<u8>(), 1..3000_i64).prop_map(|(sale, tendered)| Press::CashOn(sale, tendered)),
        (any::<u8>(), 0..4_u8).prop_map(|(sale, phone)| Press::PushOn(sale, phone)),
        any::<u8>().prop_map(Press::Wait),
        Just(Press::Restart),
    ]
}

#[derive(Default)]
struct Known {
    sales: Vec<String>,
    pushes: Vec<String>,
}

fn pick(list: &[String], n: u8) -> Option<String> {
    (!list.is_empty()).then(|| list[usize::from(n) % list.len()].clone())
}

fn act(shop: &mut Shop, known: &mut Known, press: Press) {
    let phone = |n: u8| format!("071234567{n}");
    match press {
        Press::Push { phone: n, shillings } => {
            if let Ok(sale) = shop.start(None, shillings, &phone(n)) {
                known.pushes.push(last_push(&sale).push_id);
                known.sales.push(sale.id);
            }
        }
        Press::PushOn(sale, n) => {
            if let Some(Ok(sale)) = pick(&known.sales, sale).map(|id| shop.start(Some(&id), 1, &phone(n))) {
                known.pushes.push(last_push(&sale).push_id);
            }
        }
        Press::Cash { shillings, tendered } => {
            let sale = shop.cash(None, shillings, tendered);
            known.sales.push(sale.id);
        }
        Press::CashOn(sale, tendered) => {
            if let Some(id) = pick(&known.sales, sale) {
                let _ = shop.engine.take_cash(Some(&id), kes(1), kes(tendered), shop.now);
            }
        }
        Press::Code { n, shillings } => {
            let input = CodeInput {
                sale_id: None,
                amount: kes(shillings),
                code: format!("UKN3X8A{n:03}"),
                read_from: ReadFrom::ShopPhone,
                warned: true,
            };
            let _ = shop.engine.take_code(input, shop.now);
        }
        Press::ToTill { shillings } => {
            let (sale, _) = shop
                .engine
                .wait_for_till(None, kes(shillings), None, shop.now)
                .unwrap();
            known.sales.push(sale.id);
        }
        Press::Accepted(n) => about(shop, known, n, |shop, push| {
            shop.begin(push);
            shop.answer(
                push,
                Answer::Accepted {
                    checkout_request_id: format!("ws_{push}"),
                },
            );
        }),
        Press::Lost(n) => about(shop, known, n, |shop, push| {
            shop.begin(push);
            shop.answer(push, Answer::Unknown(Reason::Timeout));
        }),
        Press::Refused(n) => about(shop, known, n, |shop, push| {
            shop.answer(push, Answer::Refused(Reason::WrongPasskey))
        }),
        Press::SaysPaid(n) => about(shop, known, n, |shop, push| shop.query_says(push, PAID)),
        Press::SaysCancelled(n) => about(shop, known, n, |shop, push| shop.query_says(push, CANCELLED)),
        Press::SaysSilent(n) => about(shop, known, n, |shop, push| shop.query_says(push, NO_ANSWER)),
        Press::NoMessage(n) => about(shop, known, n, |shop, push| {
            let _ = shop.engine.no_message(push, shop.now);
        }),
        Press::Receipt(n, receipt) => about(shop, known, n, |shop, push| {
            let receipt = till::ReceiptNumber::parse(&format!("UKN3X8A{receipt:03}")).unwrap();
            let _ = shop.called_back(push, till::push::Ending::Paid, Some(receipt));
        }),
        Press::Wait(seconds) => shop.wait_s(u64::from(seconds)),
        Press::Restart => {}
    }
}

fn about(shop: &mut Shop, known: &Known, n: u8, then: impl FnOnce(&mut Shop, &str)) {
    if let Some(push) = pick(&known.pushes, n) {
        then(shop, &push);
    }
}

fn audit(shop: &Shop, known: &Known) {
    assert_eq!(
        shop.sql("SELECT COALESCE(SUM(debit) - SUM(credit), 0) FROM posting"),
        0,
        "debits equal credits"
    );
    assert_eq!(
        shop.sql(
            "SELECT COUNT(*) FROM (SELECT entry FROM posting GROUP BY entry HAVING SUM(debit) <> SUM(credit))"
        ),
        0,
        "in each entry too"
    );
    assert_eq!(
        shop.sql(
            "SELECT COUNT(*) FROM sale s WHERE s.state = 'settled' AND s.amount <>
             (SELECT COALESCE(SUM(credit), 0) FROM posting p WHERE p.sale_id = s.id AND p.account = 'sales')"
        ),
        0,
        "a settled sale is sold for exactly what was owed"
    );
    assert_eq!(
        shop.sql(
            "SELECT COUNT(*) FROM push a JOIN push b ON a.msisdn = b.msisdn AND a.id < b.id
             WHERE a.state IN ('intended', 'sending', 'prompted') AND b.state IN ('intended', 'sending', 'prompted')"
        ),
        0,
        "two live prompts on one phone"
    );
    for id in &known.sales {
        let sale = shop.sale(id);
        assert!(
            sale.state == SaleState::Settled || !sale.left.is_zero(),
            "nothing left means settled: {sale:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is pressed in whatever order, each shilling is in one place and no phone is asked twice.
    #[test]
    fn the_books_balance_in_any_order(presses in proptest::collection::vec(press(), 1..80)) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("keshia.db");
        let mut shop = Shop::on_disk(&file, crate::support::half_past_two());
        let mut known = Known::default();
        for press in presses {
            if matches!(press, Press::Restart) {
                let now = shop.now;
                drop(shop);
                shop = Shop::on_disk(&file, now);
                // A restarted till must not make the ids of its first life again.
                shop.engine = till::engine::Engine::open(
                    till::store::Store::open(&file).unwrap(),
                    till::policy::Policy::live(),
                    crate::support::counter(),
                    till::ids::IdSource::from_system().unwrap(),
                    now,
                ).unwrap();
            }
            act(&mut shop, &mut known, press);
            audit(&shop, &known);
        }
    }
}

#[test]
fn witnesses_and_postings_cannot_be_changed() {
    let mut shop = Shop::in_memory();
    shop.cash(None, 100, 100);
    let conn = shop.engine.store().read();
    for statement in [
        "UPDATE posting SET debit = 1",
        "DELETE FROM posting",
        "UPDATE witness SET word = ''",
        "DELETE FROM witness",
    ] {
        let result = conn.execute(statement, []);
        let harmless = matches!(result, Ok(0));
        assert!(
            result.is_err() || harmless,
            "append-only: {statement} did {result:?}"
        );
    }
    assert!(
        conn.execute("DELETE FROM posting", []).is_err(),
        "two lines are there and stay"
    );
}
