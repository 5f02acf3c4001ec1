//! Two tills of one shop whose references happen to be the same (two PCs, each set up as the first counter):
//! a payment from another phone is not this prompt's, whatever its reference says.

use chrono::TimeDelta;
use till::engine::{Counter, Engine, Sharing};
use till::ids::IdSource;
use till::matching::{Arrival, Claim, Hold, Verdict, judge};
use till::policy::Policy;
use till::reference::CounterChar;
use till::store::Store;
use till::view::SaleState;

use crate::support::{CANCELLED, NJERI, Shop, counter, half_past_two, kes, row};

/// A prompt can be paid by the phone that shows it, and by no other.
#[test]
fn the_same_reference_from_another_phone_is_never_attached_to_a_prompt() {
    let at = half_past_two().utc;
    let arrival = Arrival {
        amount: kes(500),
        reference: "A100019".into(),
        digits: "000".into(),
        paid: (at, at),
    };
    for hold in [Hold::Paid, Hold::Open, Hold::Over] {
        let claim = Claim {
            tender_id: "push".into(),
            sale_id: "sale".into(),
            amount: kes(500),
            reference: Some("A100019".into()),
            digits: Some("254712345678".into()),
            window: (at - TimeDelta::seconds(30), at + TimeDelta::seconds(240)),
            hold,
        };
        let verdict = judge(&arrival, &[claim]);
        assert!(
            matches!(verdict, Verdict::Offer { .. }),
            "{hold:?}: the phone was asked at ··678, the payment came from ··000: {verdict:?}"
        );
    }
}

#[test]
fn a_customer_who_cancelled_is_not_shown_as_paid_by_another_tills_money() {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(10);
    shop.query_says(&push_id, CANCELLED);
    shop.wait_s(20);
    let mut other = row("UKN3XOTHER", 500, "000", 5);
    other.reference.clone_from(&sale.reference);
    shop.read_list(&[other]);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "she cancelled, and the money came from another phone"
    );
}

#[test]
fn another_counters_prompt_does_not_pay_a_sale_that_waits_here() {
    let second = Counter {
        letter: CounterChar::new('B').unwrap(),
        sharing: Sharing::Collector,
        numbers: Vec::new(),
        ..counter()
    };
    let store = Store::in_memory().unwrap();
    let now = half_past_two();
    let mut shop = Shop {
        engine: Engine::open(store, Policy::live(), second, IdSource::seeded(7), now).unwrap(),
        now,
        effects: Vec::new(),
    };
    shop.engine.skew_heard(0, shop.now);
    let (sale, effects) = shop
        .engine
        .wait_for_till(None, kes(500), Some("678"), shop.now)
        .unwrap();
    shop.effects.extend(effects);
    shop.wait_s(60);
    let mut prompted = row("UKN3XOTHER", 500, "678", 5);
    prompted.reference = "A100019".into();
    shop.read_list(&[prompted]);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Open,
        "she paid a prompt of counter A, and has not paid here yet"
    );
    let unplaced = shop.engine.unplaced(shop.now).unwrap();
    assert_eq!(
        unplaced[0].offers[0].sale_id, sale.id,
        "a person may still say that it is hers"
    );
}
