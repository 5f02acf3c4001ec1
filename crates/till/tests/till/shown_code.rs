//! Codes that customers show: what Safaricom's list then says of them.

use till::engine::PulledRow;
use till::view::{MatterKind, Proof, PushState, Why};

use crate::pull::{lost, others, shop};
use crate::support::{NJERI, OTIENO, PAID, Shop, kes, last_push, row};

fn typed(shop: &mut Shop, shillings: i64, code: &str) -> String {
    let input = till::engine::CodeInput {
        sale_id: None,
        amount: kes(shillings),
        code: code.into(),
        read_from: till::view::ReadFrom::CustomerPhone,
        warned: true,
    };
    shop.engine.take_code(input, shop.now).unwrap().0.id
}

#[test]
fn a_typed_code_is_confirmed_by_the_list() {
    let mut shop = shop();
    let sale = typed(&mut shop, 500, "UKN3X8ABCD");
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 500, "678", 30)]);
    assert_eq!(
        shop.sale(&sale).proof,
        Proof::Proved,
        "M-PESA knows it, with this amount"
    );
    let other = typed(&mut shop, 400, "UKN3X8EFGH");
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8EFGH", 40, "678", 90)]);
    let view = shop.sale(&other);
    assert_eq!(view.proof, Proof::NotConfirmed, "another amount confirms nothing");
    assert_eq!(
        view.matters[0].kind,
        MatterKind::Contradiction,
        "and somebody must look"
    );
}

/// Njeri's prompt was paid, as a query said, and then her message's code is typed for another sale. Returns both.
fn paid_and_shown(shop: &mut Shop) -> (String, String) {
    let (_, otienos) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&otienos, PAID);
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(20);
    shop.query_says(&push_id, PAID);
    let other = typed(shop, 500, "UKN3X8ABCD");
    shop.wait_s(1_000);
    (mine.id, other)
}

/// A list that tells how its dates are to be read, with `more` in it.
fn list(until_s: i64, more: &[PulledRow]) -> Vec<PulledRow> {
    let mut list = others(until_s);
    list.push(row("UKN3XOTIEN", 70, "111", 2));
    list.extend_from_slice(more);
    list
}

#[test]
fn a_code_of_another_sales_payment_goes_to_its_owner() {
    let mut shop = shop();
    let (mine, fooled) = paid_and_shown(&mut shop);
    let shown = row("UKN3X8ABCD", 500, "678", 2);
    shop.read_list(&list(60, std::slice::from_ref(&shown)));
    assert_eq!(
        (shop.sale(&mine).proof, shop.sale(&fooled).proof),
        (Proof::NotProved, Proof::NotConfirmed),
        "she may have paid twice: only the whole list can tell"
    );
    shop.read_list(&list(700, &[shown]));
    let view = shop.sale(&mine);
    assert_eq!(view.proof, Proof::Proved, "whose phone paid it gets it");
    assert_eq!(
        view.tenders[0].why,
        Some(Why::Digits),
        "and the book says by what it was known"
    );
    let view = shop.sale(&fooled);
    assert_eq!(
        view.proof,
        Proof::NotConfirmed,
        "the shown message proves nothing"
    );
    assert_eq!(
        view.matters[0].kind,
        MatterKind::CodeOfAnother,
        "and somebody must look"
    );
    assert_eq!(shop.balance("mpesa_proved"), 570, "one receipt, one payment");
}

#[test]
fn whoever_paid_twice_is_not_a_cheat() {
    let mut shop = shop();
    let (mine, other) = paid_and_shown(&mut shop);
    let mut own = row("UKN3X8WXYZ", 500, "678", 4);
    own.reference = shop.sale(&mine).reference;
    let all = list(700, &[row("UKN3X8ABCD", 500, "678", 2), own]);
    shop.read_list(&all);
    assert_eq!(
        last_push(&shop.sale(&mine))
            .receipt
            .as_ref()
            .map(ToString::to_string),
        Some("UKN3X8WXYZ".to_owned()),
        "the prompt has the payment with its own reference"
    );
    let view = shop.sale(&other);
    assert_eq!(
        view.proof,
        Proof::Proved,
        "and the shown code was of the other one"
    );
    assert!(
        view.matters.is_empty(),
        "nothing is left to ask: {:?}",
        view.matters
    );
}

#[test]
fn two_payments_of_one_phone_for_a_prompt_and_a_code_are_a_question() {
    let mut shop = shop();
    let (mine, other) = paid_and_shown(&mut shop);
    let second = row("UKN3X8WXYZ", 500, "678", 4);
    let receipt = second.receipt.clone();
    let all = list(700, &[row("UKN3X8ABCD", 500, "678", 2), second]);
    // The first reading teaches how the list's dates are meant.
    shop.read_list(&all);
    shop.wait_s(600);
    shop.read_list(&all);
    assert_eq!(
        (shop.sale(&mine).proof, shop.sale(&other).proof),
        (Proof::NotProved, Proof::NotConfirmed),
        "either may be the prompt's own"
    );
    let (_, effects) = shop.engine.place_money(&receipt, &mine, shop.now).unwrap();
    shop.effects.extend(effects);
    shop.wait_s(600);
    shop.read_list(&all);
    assert_eq!(
        (shop.sale(&mine).proof, shop.sale(&other).proof),
        (Proof::Proved, Proof::Proved),
        "once a person said whose one is, the other is the code's"
    );
}

#[test]
fn a_code_of_another_amount_was_never_this_sales() {
    let mut shop = shop();
    let (_, otienos) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&otienos, PAID);
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    shop.query_says(&push_id, PAID);
    let fooled = typed(&mut shop, 900, "UKN3X8ABCD");
    shop.wait_s(1_000);
    let all = list(800, &[row("UKN3X8ABCD", 500, "678", 2)]);
    shop.read_list(&all);
    assert_eq!(
        shop.sale(&mine.id).proof,
        Proof::Proved,
        "the whole list shows no other that can be its own"
    );
    assert_eq!(
        shop.sale(&fooled).matters[0].kind,
        MatterKind::CodeOfAnother,
        "and somebody must look"
    );
}

#[test]
fn a_payment_by_hand_beside_a_prompt_is_not_the_prompts_though_the_list_shows_it_first() {
    let mut shop = shop();
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(30);
    shop.query_says(&push_id, PAID);
    typed(&mut shop, 900, "UKN3XHAND1");
    shop.wait_s(60);
    shop.read_list(&[
        row("UKN3XHAND1", 500, "678", 5),
        row("UKN3X8ABCD", 500, "678", 12),
    ]);
    assert_ne!(
        last_push(&shop.sale(&mine.id))
            .receipt
            .map(|code| code.as_str().to_owned()),
        Some("UKN3XHAND1".into()),
        "she typed her PIN for another payment"
    );
}

#[test]
fn a_code_typed_elsewhere_does_not_pay_a_prompt_nobody_knows_about() {
    let mut shop = shop();
    let (_, otienos) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&otienos, PAID);
    let (unsure, push_id) = lost(&mut shop, 500, NJERI);
    // She pays the till by hand, for something else.
    let other = typed(&mut shop, 500, "UKN3X8ABCD");
    shop.wait_s(1_000);
    let all = list(800, &[row("UKN3X8ABCD", 500, "678", 20)]);
    shop.read_list(&all);
    assert_eq!(
        last_push(&shop.sale(&unsure)).state,
        PushState::Unknown,
        "her phone paid once, and it may have been either: neither paid nor proved dead"
    );
    assert_eq!(
        shop.sale(&other).matters[0].kind,
        MatterKind::PerhapsCodeOfAnother,
        "so a person is asked"
    );
    let (_, effects) = shop
        .engine
        .judge(&push_id, false, "she showed her messages", shop.now)
        .unwrap();
    shop.effects.extend(effects);
    shop.wait_s(600);
    shop.read_list(&all);
    let view = shop.sale(&other);
    assert_eq!(view.proof, Proof::Proved, "then the code is its own sale's");
    assert!(
        view.matters.is_empty(),
        "and nothing is left to ask: {:?}",
        view.matters
    );
}

#[test]
fn whoever_got_no_answer_from_a_prompt_may_pay_the_till_as_another_sale() {
    let mut shop = shop();
    let (_, otienos) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&otienos, PAID);
    let (unsure, push_id) = lost(&mut shop, 500, NJERI);
    let (waiting, effects) = shop.engine.wait_for_till(None, kes(500), None, shop.now).unwrap();
    shop.effects.extend(effects);
    shop.wait_s(1_500);
    let by_hand = row("UKN3X8ABCD", 500, "678", 20);
    let receipt = by_hand.receipt.clone();
    let all = list(1_200, &[by_hand]);
    shop.read_list(&all);
    assert_eq!(
        last_push(&shop.sale(&unsure)).state,
        PushState::Unknown,
        "her phone paid, but perhaps the sale that waits for anybody"
    );
    let unplaced = shop.engine.unplaced(shop.now).unwrap();
    let card = unplaced.iter().find(|card| card.receipt == receipt).unwrap();
    let offered: Vec<&str> = card.offers.iter().map(|offer| offer.sale_id.as_str()).collect();
    assert!(
        offered.contains(&unsure.as_str()) && offered.contains(&waiting.id.as_str()),
        "a person says which of the two: {offered:?}"
    );
    shop.query_says(&push_id, PAID);
    shop.wait_s(600);
    shop.read_list(&all);
    assert_eq!(
        shop.sale(&unsure).proof,
        Proof::Proved,
        "a prompt that is known to be paid has the only payment that can be its own"
    );
}

#[test]
fn a_message_shown_after_its_payment_is_listed_proves_no_more() {
    let mut shop = shop();
    let (_, otienos) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&otienos, PAID);
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    let (_, effects) = shop.engine.wait_for_till(None, kes(500), None, shop.now).unwrap();
    shop.effects.extend(effects);
    shop.wait_s(20);
    shop.query_says(&push_id, PAID);
    shop.wait_s(980);
    let all = list(700, &[row("UKN3X8ABCD", 500, "678", 2)]);
    // The list does not reach far yet: the payment is on the roll, and a question.
    shop.read_list(&list(30, &[row("UKN3X8ABCD", 500, "678", 2)]));
    let fooled = typed(&mut shop, 500, "UKN3X8ABCD");
    assert_eq!(
        shop.sale(&fooled).proof,
        Proof::NotConfirmed,
        "the prompt of that phone may have been paid with it"
    );
    shop.wait_s(600);
    shop.read_list(&all);
    assert_eq!(
        (shop.sale(&mine.id).proof, shop.sale(&fooled).matters[0].kind),
        (Proof::Proved, MatterKind::CodeOfAnother),
        "and it was"
    );
}
