//! Safaricom's own list of payments: what it brings, what it proves, and what it does not.

use till::engine::{Effect, PullWord, PulledRow};
use till::push::{Answer, Ending, Reason};
use till::view::{MatterKind, Proof, PushState, SaleState, SaleStatus, SaleView, ToldBy, Why};
use till::{Code, ReceiptNumber};

use crate::support::{NJERI, NO_ANSWER, OTIENO, PAID, Shop, kes, last_push, row};

/// A shop whose clock agrees with Safaricom's.
pub fn shop() -> Shop {
    let mut shop = Shop::in_memory();
    shop.engine.skew_heard(0, shop.now);
    shop
}

/// A push whose answer was lost; returns its sale and its id.
pub fn lost(shop: &mut Shop, shillings: i64, to: &str) -> (String, String) {
    let sale = shop.start(None, shillings, to).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    shop.answer(&push_id, Answer::Unknown(Reason::Timeout));
    (sale.id, push_id)
}

/// A sale that waits for the till.
fn waits(shop: &mut Shop, shillings: i64, digits: Option<&str>) -> SaleView {
    let (sale, effects) = shop
        .engine
        .wait_for_till(None, kes(shillings), digits, shop.now)
        .unwrap();
    shop.effects.extend(effects);
    sale
}

/// Rows of other customers from two o'clock on, up to `until_s` after half past two.
pub fn others(until_s: i64) -> Vec<PulledRow> {
    (0..)
        .map(|n| (n, -1_800 + n * 120))
        .take_while(|(_, seconds)| *seconds <= until_s)
        .map(|(n, seconds)| row(&format!("UKNOTHER{n:02}"), 10 + n, "999", seconds))
        .collect()
}

#[test]
fn the_list_brings_the_receipt_number_of_a_push_known_paid_by_query() {
    let mut shop = shop();
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    shop.query_says(&push_id, PAID);
    assert_eq!(
        shop.sale(&sale.id).proof,
        Proof::NotProved,
        "a query names no receipt"
    );
    shop.wait_s(60);
    let mut list = others(30);
    list.push(row("UKN3X8ABCD", 500, "678", 2));
    shop.read_list(&list);
    let view = shop.sale(&sale.id);
    assert_eq!(view.proof, Proof::Proved, "Safaricom's list named it");
    assert_eq!(
        view.tenders[0].why,
        Some(Why::Digits),
        "by the phone's last digits"
    );
    assert_eq!(shop.balance("mpesa_proved"), 500, "and the book moved it");
    assert_eq!(shop.balance("mpesa_not_proved"), 0, "from not proved");
    let said = shop.engine.witnesses(&sale.id).unwrap();
    assert!(
        said.iter().any(|witness| witness.told_by == "pull")
            && said.iter().any(|witness| witness.told_by == "query"),
        "both witnesses are kept: {said:?}"
    );
}

#[test]
fn a_lost_answer_is_found_in_the_list() {
    let mut shop = shop();
    let (sale, push_id) = lost(&mut shop, 500, NJERI);
    shop.wait_s(40);
    assert_eq!(shop.sale(&sale).status, SaleStatus::NotKnown, "nobody can say");
    shop.read_list(&[row("UKN3X8ABCD", 500, "678", 20)]);
    let view = shop.sale(&sale);
    assert_eq!(view.state, SaleState::Settled, "the list says that it was paid");
    assert_eq!(
        last_push(&view).told_by,
        Some(ToldBy::MoneyIn),
        "told by the payment itself"
    );
    assert_eq!(last_push(&view).push_id, push_id, "that very prompt");
}

#[test]
fn reading_the_list_twice_books_once() {
    let mut shop = shop();
    let (_, push_id) = shop.prompted(None, 500, NJERI);
    shop.query_says(&push_id, PAID);
    let list = [row("UKN3X8ABCD", 500, "678", 2)];
    shop.wait_s(60);
    shop.read_list(&list);
    let witnesses = shop.sql("SELECT COUNT(*) FROM witness");
    shop.read_list(&list);
    assert_eq!(shop.balance("mpesa_proved"), 500, "one payment");
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM witness"),
        witnesses,
        "and the same witness is not written down again and again"
    );
}

/// Everything that a proof of death needs, but for what `spoil` changes.
pub fn proof(spoil: impl FnOnce(&mut Shop, &mut Vec<PulledRow>)) -> PushState {
    let mut shop = shop();
    let (first, paid) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&paid, PAID);
    let (sale, _) = lost(&mut shop, 500, NJERI);
    let mut list = others(700);
    // Otieno's own payment tells how the list's dates are to be read.
    list.push(row("UKN3XOTIEN", 70, "111", 2));
    shop.wait_s(1_000);
    spoil(&mut shop, &mut list);
    shop.read_list(&list);
    assert_ne!(first.id, sale, "two sales");
    last_push(&shop.sale(&sale)).state
}

#[test]
fn a_prompt_is_proved_dead_by_a_whole_list_without_it() {
    assert_eq!(proof(|_, _| {}), PushState::Failed, "every condition holds");
}

#[test]
fn proof_needs_a_row_younger_than_the_deadline() {
    let state =
        proof(|_, list| list.retain(|row| row.told_at.wall <= others(160).last().unwrap().told_at.wall));
    assert_eq!(state, PushState::Unknown, "the list may not have come so far yet");
}

#[test]
fn proof_needs_that_no_unclaimed_payment_fits() {
    let state = proof(|_, list| list.push(row("UKN3X8ABCD", 500, "", 30)));
    assert_eq!(state, PushState::Unknown, "that payment may be its own");
}

#[test]
fn proof_needs_every_page() {
    let state = proof(|shop, list| {
        let effects = shop.engine.pull_now(shop.now);
        shop.effects.extend(effects);
        shop.answer_page(list);
        let page = shop.page().expect("the second page");
        shop.say_of_page(page, PullWord::NoAnswer);
        list.clear();
    });
    assert_eq!(
        state,
        PushState::Unknown,
        "half a list shows half of the payments"
    );
}

#[test]
fn nothing_found_proves_nothing() {
    let mut shop = shop();
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(10);
    let now = shop.now.utc;
    let holes = shop.today().holes;
    assert!(
        !holes.is_empty() && holes.iter().all(|hole| hole.to <= now),
        "nobody has missed what is to come: {holes:?}"
    );
    shop.wait_s(1_000);
    for _ in 0..3 {
        let effects = shop.engine.pull_now(shop.now);
        shop.effects.extend(effects);
        let page = shop.page().expect("the list is asked for");
        shop.say_of_page(page, PullWord::NothingFound);
    }
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Unknown,
        "it was seen said while there were payments"
    );
    let day = shop.today();
    assert_eq!(day.holes.len(), 1, "and the day says what was not seen");
}

#[test]
fn an_empty_page_proves_nothing() {
    assert_eq!(
        proof(|_, list| list.clear()),
        PushState::Unknown,
        "no rows, no proof"
    );
}

#[test]
fn proof_needs_rows_that_can_be_read() {
    let state = proof(|shop, list| {
        let effects = shop.engine.pull_now(shop.now);
        shop.effects.extend(effects);
        for _ in 0..40 {
            let Some(page) = shop.page() else { break };
            let rows: Vec<PulledRow> = list.iter().skip(page.offset as usize).take(10).cloned().collect();
            let unreadable = u32::from(page.offset == 0);
            shop.say_of_page(page, PullWord::Page { rows, unreadable });
        }
        list.clear();
    });
    assert_eq!(
        state,
        PushState::Unknown,
        "the row that made no sense may be its payment"
    );
}

#[test]
fn proof_needs_what_others_told() {
    let state = proof(|shop, _| {
        let (_, other) = shop.prompted(None, 30, "0733000222");
        let receipt = ReceiptNumber::parse("UKN3CALLED").unwrap();
        shop.called_back(&other, Ending::Paid, Some(receipt)).unwrap();
        shop.sql("SELECT 1");
        shop.engine
            .store()
            .read()
            .execute(
                "UPDATE money_in SET paid_at = (SELECT sent_at FROM push WHERE amount = 500) WHERE receipt = 'UKN3CALLED'",
                [],
            )
            .unwrap();
    });
    assert_eq!(
        state,
        PushState::Unknown,
        "a list that lacks a payment a callback told of is not whole"
    );
}

#[test]
fn proof_needs_the_deadline() {
    let mut shop = shop();
    let (_, paid) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&paid, PAID);
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(100);
    let mut list = others(5_000);
    list.push(row("UKN3XOTIEN", 70, "111", 2));
    shop.read_list(&list);
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Unknown,
        "the prompt may still be on the phone, whatever the list says"
    );
}

#[test]
fn proof_needs_two_readings_that_agree() {
    let mut shop = shop();
    let (_, paid) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&paid, PAID);
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(1_000);
    let mut list = others(700);
    list.push(row("UKN3XOTIEN", 70, "111", 2));
    let effects = shop.engine.pull_now(shop.now);
    shop.effects.extend(effects);
    // Each reading lacks another row, as a list that is being written does.
    let mut n = 0;
    while let Some(page) = shop.page() {
        if page.offset == 0 {
            n += 1;
        }
        let rows: Vec<PulledRow> = list
            .iter()
            .enumerate()
            .filter(|(index, _)| index % 5 != n % 5)
            .map(|(_, row)| row.clone())
            .skip(page.offset as usize)
            .take(10)
            .collect();
        shop.say_of_page(page, PullWord::Page { rows, unreadable: 0 });
    }
    assert!(n > 1, "it was read again");
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Unknown,
        "no two readings agreed"
    );
}

#[test]
fn proof_needs_safaricoms_clock() {
    let mut shop = Shop::in_memory();
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(1_000);
    shop.read_list(&others(700));
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Unknown,
        "nobody knows when, by Safaricom's clock, it was sent"
    );
}

#[test]
fn money_after_a_proof_still_wins() {
    let mut shop = shop();
    let (_, paid) = shop.prompted(None, 70, OTIENO);
    shop.query_says(&paid, PAID);
    let (sale, push_id) = lost(&mut shop, 500, NJERI);
    let mut list = others(700);
    list.push(row("UKN3XOTIEN", 70, "111", 2));
    shop.wait_s(1_000);
    shop.read_list(&list);
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Failed,
        "proved dead"
    );
    let late = PulledRow {
        reference: shop.sale(&sale).reference,
        ..row("UKN3X8ABCD", 500, "678", 20)
    };
    list.push(late);
    shop.read_list(&list);
    let view = shop.sale(&sale);
    assert_eq!(
        (view.state, last_push(&view).push_id),
        (SaleState::Settled, push_id),
        "a row that came late is money all the same"
    );
}

#[test]
fn a_different_receipt_is_a_refund_and_the_same_is_not() {
    let mut shop = shop();
    let (sale, first) = shop.prompted(None, 500, NJERI);
    shop.query_says(&first, NO_ANSWER);
    shop.wait_s(150);
    shop.query_says(&first, NO_ANSWER);
    let (_, second) = shop.prompted(Some(&sale.id), 500, NJERI);
    shop.query_says(&second, PAID);
    shop.query_says(&first, PAID);
    assert_eq!(
        shop.sale(&sale.id).matters[0].kind,
        MatterKind::PerhapsSameMoney,
        "two words, no receipt: nobody can tell"
    );
    assert_eq!(shop.balance("refund_due"), 0, "so nothing is owed yet");
    shop.wait_s(60);
    shop.read_list(&[
        row("UKNFIRST01", 500, "678", 40),
        row("UKNSECOND1", 500, "678", 155),
    ]);
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.matters.iter().map(|matter| matter.kind).collect::<Vec<_>>(),
        [MatterKind::RefundDue],
        "two receipts: the customer paid twice"
    );
    assert_eq!(shop.balance("refund_due"), -500, "and gets one back");
    assert_eq!(shop.balance("mpesa_proved"), 1000, "both are in the account");
}

#[test]
fn too_much_by_query_alone_owes_nothing_until_its_receipt_is_known() {
    let mut shop = shop();
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    shop.cash(Some(&sale.id), 500, 200);
    shop.query_says(&push_id, PAID);
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Settled, "paid in full");
    assert_eq!(shop.balance("mpesa_not_proved"), 300, "what was left of it");
    assert_eq!(shop.balance("refund_due"), 0, "no receipt, no refund");
    assert_eq!(
        view.matters[0].kind,
        MatterKind::PerhapsSameMoney,
        "but a question"
    );
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 500, "678", 2)]);
    assert_eq!(shop.balance("refund_due"), -200, "now it is certain");
    assert_eq!(
        (shop.balance("mpesa_proved"), shop.balance("mpesa_not_proved")),
        (500, 0),
        "and all of it is proved"
    );
}

#[test]
fn a_waiting_sale_is_paid_by_amount_and_digits() {
    let mut shop = shop();
    let sale = waits(&mut shop, 730, Some("126"));
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 730, "126", 30)]);
    let view = shop.sale(&sale.id);
    assert_eq!(
        (view.state, view.proof),
        (SaleState::Settled, Proof::Proved),
        "the customer paid the till, and Safaricom says so"
    );
}

#[test]
fn a_waiting_sale_without_digits_is_offered_and_one_key_places_it() {
    let mut shop = shop();
    let sale = waits(&mut shop, 730, None);
    shop.wait_s(60);
    shop.read_list(&[row("UKN3X8ABCD", 730, "126", 30)]);
    assert_eq!(shop.sale(&sale.id).state, SaleState::Open, "never guessed");
    let roll = shop.engine.roll(shop.now).unwrap();
    assert_eq!(roll.money_in.len(), 1, "the payment stands on the roll");
    assert_eq!(
        roll.money_in[0].offers[0].sale_id, sale.id,
        "with the sale it may be for"
    );
    let receipt = ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    let (view, _) = shop.engine.place_money(&receipt, &sale.id, shop.now).unwrap();
    assert_eq!(view.state, SaleState::Settled, "a person said so");
    assert_eq!(
        view.tenders[0].why,
        Some(Why::Person),
        "and the book says who said it"
    );
    let again = shop.engine.place_money(&receipt, &sale.id, shop.now).unwrap_err();
    assert_eq!(again.code, Code::NotAllowed, "one payment, one sale");
}

#[test]
fn what_was_paid_after_a_prompt_was_told_paid_is_another_payment() {
    let mut shop = shop();
    let (mine, push_id) = shop.prompted(None, 500, NJERI);
    shop.wait_s(20);
    shop.query_says(&push_id, PAID);
    // A minute later the same customer pays the till by hand, for something else of the same price.
    let other = waits(&mut shop, 500, Some("678"));
    shop.wait_s(100);
    shop.read_list(&[row("UKNBYHAND1", 500, "678", 60)]);
    assert_eq!(
        (shop.sale(&mine.id).proof, shop.sale(&other.id).state),
        (Proof::NotProved, SaleState::Settled),
        "the prompt had been paid by then, so this is the other sale's"
    );
    shop.read_list(&[
        row("UKNBYHAND1", 500, "678", 60),
        row("UKNPROMPT1", 500, "678", 10),
    ]);
    assert_eq!(
        shop.sale(&mine.id).proof,
        Proof::Proved,
        "and its own came later in the list"
    );
}

#[test]
fn settlements_are_no_payments() {
    let mut shop = shop();
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(60);
    let settlement = PulledRow {
        money_in: false,
        ..row("UKN3X8ABCD", 500, "678", 20)
    };
    shop.read_list(&[settlement]);
    assert_eq!(
        last_push(&shop.sale(&sale)).state,
        PushState::Unknown,
        "money that went to the bank paid nothing"
    );
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM money_in"),
        0,
        "and is not money in"
    );
}

#[test]
fn nothing_is_pulled_when_nothing_is_open() {
    let mut shop = shop();
    shop.wait_s(1);
    let page = shop.page().expect("once at the start");
    shop.say_of_page(page, PullWord::NothingFound);
    shop.cash(None, 100, 100);
    shop.wait_s(3_600);
    assert_eq!(shop.page(), None, "a quiet shop makes no traffic");
    let _ = lost(&mut shop, 500, NJERI);
    shop.wait_s(200);
    assert!(shop.page().is_some(), "something is open: the list is read");
}

#[test]
fn without_pull_nothing_is_asked_and_the_screen_knows() {
    let mut shop = shop();
    shop.engine.set_line(true, false);
    let (sale, _) = lost(&mut shop, 500, NJERI);
    shop.wait_s(600);
    assert!(
        !shop
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Pull(_))),
        "this short code has no Pull"
    );
    assert!(
        !last_push(&shop.sale(&sale)).pull_can_tell,
        "and the screen does not promise it"
    );
}
