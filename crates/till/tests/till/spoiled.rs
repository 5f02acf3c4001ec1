//! One condition of a rule missing at a time: what must not be believed then. `docs/mutations.md` says which
//! removed rule each of these noticed first.

use chrono::TimeDelta;
use till::engine::{CodeInput, Effect, PulledRow};
use till::policy::Policy;
use till::push::{EndKind, Ending, Event, Reason, State, step};
use till::view::{MatterKind, Proof, PushState, ReadFrom, SaleState, SaleView};
use till::{Code, ReceiptNumber, TillError};

use crate::machine::{at, fresh};
use crate::pull::{lost, others, proof, shop};
use crate::support::{CANCELLED, NJERI, OTIENO, Shop, kes, last_push, row};

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

/// A customer shows the message of UKN3X8ABCD for a sale of this much.
fn types(shop: &mut Shop, shillings: i64) -> Result<SaleView, TillError> {
    let input = CodeInput {
        sale_id: None,
        amount: kes(shillings),
        code: "UKN3X8ABCD".into(),
        read_from: ReadFrom::CustomerPhone,
        warned: true,
    };
    shop.engine.take_code(input, shop.now).map(|(sale, _)| sale)
}

#[test]
fn a_code_of_a_known_payment_pays_its_own_amount_only() {
    let mut shop = shop();
    read_now(&mut shop, &[row("UKN3X8ABCD", 70, "678", -60)]);
    let refused = types(&mut shop, 500).unwrap_err();
    assert_eq!(refused.code, Code::CodeUsed, "70 shillings do not pay 500");
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM sale"),
        0,
        "and nothing was written"
    );
}

#[test]
fn a_code_of_another_sales_prompt_goes_to_its_owner_by_callback_too() {
    let mut shop = shop();
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    let fooled = types(&mut shop, 500).unwrap();
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
    assert_eq!(
        shop.sale(&mine.id).proof,
        Proof::Proved,
        "Safaricom named it on the prompt's own path"
    );
    let matters = shop.sale(&fooled.id).matters;
    assert!(
        matters
            .iter()
            .any(|matter| matter.kind == MatterKind::CodeOfAnother),
        "somebody must look at the sale whose customer showed it: {matters:?}"
    );
}

#[test]
fn a_code_whose_owner_became_certain_pays_nobody_else() {
    let mut shop = shop();
    let (_, first) = lost(&mut shop, 500, NJERI);
    shop.wait_s(160);
    let (_, effects) = shop.engine.no_message(&first, shop.now).unwrap();
    shop.effects.extend(effects);
    let (_, second) = shop.prompted(None, 500, NJERI);
    shop.wait_s(30);
    read_now(&mut shop, &[row("UKN3X8ABCD", 500, "678", 175)]);
    let failed = Ending::Failed(Reason::Cancelled, EndKind::Act);
    assert_eq!(
        shop.engine.unplaced(shop.now).unwrap().len(),
        1,
        "of two sales of one phone nobody guesses"
    );
    shop.called_back(&second, failed, None).unwrap();
    let refused = types(&mut shop, 500).unwrap_err();
    assert_eq!(
        refused.code,
        Code::CodeUsed,
        "the other prompt is over, so it is the first one's"
    );
}

#[test]
fn what_only_the_customer_said_is_asked_about_again() {
    let mut shop = shop();
    let (_, push_id) = shop.prompted(None, 500, NJERI);
    shop.query_says(&push_id, CANCELLED);
    let (view, _) = shop.engine.no_message(&push_id, shop.now).unwrap();
    assert_eq!(
        last_push(&view).state,
        PushState::Failed,
        "the customer has no message"
    );
    shop.effects.clear();
    shop.wait_s(60);
    assert!(
        shop.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Ask { .. })),
        "Safaricom has said it only once"
    );
}

#[test]
fn a_clock_that_was_set_a_moment_ago_dates_no_prompt() {
    let mut shop = shop();
    let sale = shop.start(None, 500, NJERI).unwrap();
    shop.now.utc += TimeDelta::hours(1);
    shop.begin(&last_push(&sale).push_id);
    assert_eq!(
        shop.sql("SELECT skew_ms FROM push"),
        3_600_000,
        "by Safaricom's clock it was not sent an hour later"
    );
}

#[test]
fn the_file_itself_refuses_the_second_use_of_a_receipt_number() {
    let mut shop = shop();
    let (_, first) = shop.prompted(None, 500, NJERI);
    shop.prompted(None, 500, OTIENO);
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&first, Ending::Paid, Some(receipt)).unwrap();
    let book = shop.engine.store().read();
    for sql in [
        "UPDATE push SET receipt = 'UKN3X8ABCD' WHERE receipt IS NULL",
        "INSERT INTO money_in (receipt, amount, at, grade) SELECT receipt, amount, at, grade FROM money_in",
        "INSERT INTO money_in (receipt, amount, at, grade, tender_id) SELECT 'UKN3X8EFGH', amount, at, grade, tender_id FROM money_in",
    ] {
        assert!(book.execute(sql, []).is_err(), "one number, one payment: {sql}");
    }
}
