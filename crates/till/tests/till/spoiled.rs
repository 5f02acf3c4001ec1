//! One condition of a rule missing at a time: what must not be believed then. `docs/mutations.md` says which
//! removed rule each of these noticed first.

use till::Code;
use till::engine::PulledRow;
use till::policy::Policy;
use till::push::{Event, Reason, State, step};
use till::view::{PushState, ReadFrom, SaleState};

use crate::machine::{at, fresh};
use crate::pull::{lost, others, proof, shop};
use crate::support::{NJERI, Shop, kes, last_push, row};

fn read_now(shop: &mut Shop, list: &[PulledRow]) {
    let effects = shop.engine.pull_now(shop.now);
    shop.effects.extend(effects);
    shop.read_list(list);
}

#[test]
fn proof_needs_a_row_so_young_that_no_older_one_may_still_come() {
    let state =
        proof(|_, list| list.retain(|row| row.told_at.wall <= others(400).last().unwrap().told_at.wall));
    assert_eq!(
        state,
        PushState::Unknown,
        "a payment of its last second may be listed minutes later"
    );
}

#[test]
fn proof_needs_a_reading_that_was_begun_after_the_deadline() {
    let mut shop = shop();
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(1_000);
    let store = shop.engine.into_store();
    let mut shop = Shop::over(store, shop.now);
    shop.engine.skew_heard(0, shop.now);
    let effects = shop.engine.pull_now(shop.now);
    shop.effects.extend(effects);
    assert!(shop.page().is_some(), "the reading begins with the fresh wait");
    shop.wait_s(200);
    shop.read_list(&others(700));
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Unknown,
        "what was asked during the wait says nothing about its end"
    );
    shop.wait_s(600);
    read_now(&mut shop, &others(700));
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Failed,
        "a later reading proves it"
    );
}

#[test]
fn nothing_is_proved_dead_before_its_deadline() {
    let mut push = fresh();
    push.state = State::Unknown {
        reason: Reason::Timeout,
        no_message: false,
    };
    let before = push.clone();
    step(&mut push, Event::ProvedDead, at(149_999), &Policy::live());
    assert_eq!(push, before, "the prompt may be on the phone");
    step(&mut push, Event::ProvedDead, at(150_000), &Policy::live());
    assert_ne!(push.state, before.state, "now the proof counts");
}

#[test]
fn proof_needs_a_list_that_reaches_back_to_its_sending() {
    let mut shop = shop();
    let (sale, _) = lost(&mut shop, 500, NJERI);
    let hours = 46 * 3_600;
    shop.wait_s(46 * 3_600);
    // Asked in a way that may be read three hours late, the list of two days reaches back 45 hours for sure.
    let list: Vec<PulledRow> = (0..12)
        .map(|n| row(&format!("UKPOTHER{n:02}"), 10 + n, "999", hours - 700 + n * 60))
        .collect();
    read_now(&mut shop, &list);
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Unknown,
        "its own time was perhaps not asked for"
    );
}

#[test]
fn a_payment_on_a_later_page_is_no_proof_of_death() {
    let mut shop = shop();
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(1_000);
    let mut list = others(700);
    list.reverse();
    list.push(row("UKN3X8ABCD", 500, "678", 20));
    shop.read_list(&list);
    assert_eq!(
        shop.sale(&sale).state,
        SaleState::Settled,
        "the first page was young enough, and the payment stood on the last"
    );
}

#[test]
fn a_code_of_a_known_payment_pays_its_own_amount_only() {
    let mut shop = shop();
    read_now(&mut shop, &[row("UKN3X8ABCD", 70, "678", -60)]);
    let input = till::engine::CodeInput {
        sale_id: None,
        amount: kes(500),
        code: "UKN3X8ABCD".into(),
        read_from: ReadFrom::CustomerPhone,
        warned: true,
    };
    let refused = shop.engine.take_code(input, shop.now).unwrap_err();
    assert_eq!(refused.code, Code::CodeUsed, "70 shillings do not pay 500");
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM sale"),
        0,
        "and nothing was written"
    );
}
