//! Pushes through the engine: nobody is asked twice, nothing paid is lost, the screen says what is true.

use till::Code;
use till::engine::Effect;
use till::push::{Answer, Ending, PushIntent, QueryWord, Reason};
use till::view::{CanSend, MatterKind, Outcome, Proof, PushState, SaleState, SaleStatus};

use crate::support::{CANCELLED, NJERI, NO_ANSWER, OTIENO, PAID, Shop, last_push};

#[test]
fn a_push_is_written_before_it_may_be_sent_and_ends_paid() {
    let mut shop = Shop::in_memory();
    let sale = shop.start(None, 1250, NJERI).unwrap();
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM push WHERE state = 'intended'"),
        1,
        "the intent is in the book"
    );
    assert_eq!(shop.sent(), 0, "and nothing has left yet");
    let push = last_push(&sale);
    shop.begin(&push.push_id);
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM push WHERE state = 'sending'"),
        1,
        "written before the bytes may leave"
    );
    assert_eq!(shop.sent(), 1, "one order to send");
    shop.answer(
        &push.push_id,
        Answer::Accepted {
            checkout_request_id: "ws_CO_1".into(),
        },
    );
    assert_eq!(
        shop.sale(&sale.id).status,
        SaleStatus::Waiting,
        "accepted is not paid"
    );
    shop.query_says(&push.push_id, PAID);
    let sale = shop.sale(&sale.id);
    assert_eq!(
        (sale.state, sale.status),
        (SaleState::Settled, SaleStatus::Paid),
        "the query said 0"
    );
    assert_eq!(sale.proof, Proof::NotProved, "a query names no receipt number");
    assert_eq!(shop.balance("mpesa_not_proved"), 1250, "and the book says so");
    assert_eq!(
        shop.ended().last().map(|ended| ended.outcome),
        Some(Outcome::Paid),
        "the cashier hears it"
    );
}

#[test]
fn the_same_phone_is_never_asked_twice_while_the_first_may_be_alive() {
    let mut shop = Shop::in_memory();
    let (_, push_id) = shop.prompted(None, 500, NJERI);
    let refused = shop.start(None, 300, "+254 712 345 678").unwrap_err();
    assert_eq!(
        refused.code,
        Code::PushLive,
        "another sale, the same phone in another spelling"
    );
    shop.wait_s(60);
    let refused = shop.start(None, 300, NJERI).unwrap_err();
    assert!(
        refused.message.contains("at most 90 s"),
        "how long that one may still live: {}",
        refused.message
    );
    shop.wait_s(90);
    assert_eq!(
        shop.start(None, 300, NJERI).unwrap_err().code,
        Code::PushLive,
        "unknown is not dead"
    );
    shop.query_says(&push_id, PAID);
    assert!(shop.start(None, 300, NJERI).is_ok(), "paid is over");
}

#[test]
fn one_sale_has_one_live_prompt_unless_the_number_was_wrong() {
    let mut shop = Shop::in_memory();
    let (sale, first) = shop.prompted(None, 500, NJERI);
    let refused = shop.start(Some(&sale.id), 500, OTIENO).unwrap_err();
    assert_eq!(
        refused.code,
        Code::PushLive,
        "the first prompt of this sale may still be paid"
    );
    let sale = shop
        .start_as(Some(&sale.id), 500, OTIENO, PushIntent::WrongNumber)
        .unwrap();
    let second = last_push(&sale).push_id;
    shop.begin(&second);
    shop.answer(
        &second,
        Answer::Accepted {
            checkout_request_id: "ws_CO_2".into(),
        },
    );
    shop.query_says(&second, PAID);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "the right phone paid"
    );
    shop.query_says(&first, PAID);
    let sale = shop.sale(&sale.id);
    assert_eq!(
        sale.matters.len(),
        1,
        "the old prompt stayed watched, and its payment is a question"
    );
    assert_eq!(
        sale.matters[0].kind,
        MatterKind::PerhapsSameMoney,
        "without receipt numbers nobody can tell"
    );
    assert_eq!(shop.balance("sales"), -500, "and nothing is posted twice");
}

#[test]
fn a_wrong_number_noticed_before_it_was_asked_is_never_asked() {
    let mut shop = Shop::in_memory();
    let sale = shop.start(None, 500, NJERI).unwrap();
    let wrong = last_push(&sale).push_id;
    let sale = shop
        .start_as(Some(&sale.id), 500, OTIENO, PushIntent::WrongNumber)
        .unwrap();
    let right = last_push(&sale).push_id;
    // The token came late: both prompts would be let out now.
    shop.begin(&wrong);
    assert_eq!(
        shop.sent(),
        0,
        "nothing may leave for a number that is known to be wrong"
    );
    shop.begin(&right);
    assert_eq!(shop.sent(), 1, "only the right phone is asked");
    assert!(
        shop.start(None, 100, NJERI).is_ok(),
        "a phone that was not asked is free"
    );
}

#[test]
fn a_failure_told_by_one_query_is_provisional() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 200, NJERI);
    shop.query_says(&push_id, CANCELLED);
    assert_eq!(
        shop.sale(&sale.id).status,
        SaleStatus::FailedProvisional,
        "one query may be wrong"
    );
    assert_eq!(
        shop.start(Some(&sale.id), 200, NJERI).unwrap_err().code,
        Code::PushLive,
        "so nobody is asked again"
    );
    shop.wait_s(14);
    shop.query_says(&push_id, CANCELLED);
    assert_eq!(
        shop.sale(&sale.id).status,
        SaleStatus::FailedProvisional,
        "a second opinion needs 15 seconds"
    );
    shop.wait_s(1);
    shop.query_says(&push_id, CANCELLED);
    assert_eq!(
        shop.sale(&sale.id).status,
        SaleStatus::NotPaid,
        "two queries agree"
    );
    assert_eq!(
        shop.sale(&sale.id).can_send,
        CanSend::Yes,
        "now it may be sent again"
    );
}

#[test]
fn a_silent_phone_is_believed_only_after_the_deadline() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 200, NJERI);
    shop.wait_s(30);
    shop.query_says(&push_id, NO_ANSWER);
    shop.wait_s(60);
    shop.query_says(&push_id, NO_ANSWER);
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.status,
        SaleStatus::FailedProvisional,
        "late payments after 1037 were reported"
    );
    assert_eq!(
        view.can_send,
        CanSend::OtherPhone {
            push_id: push_id.clone(),
            wait_s: Some(60)
        },
        "the screen can count down"
    );
    shop.query_says(&push_id, PAID);
    assert_eq!(shop.sale(&sale.id).state, SaleState::Settled, "and here one came");
}

#[test]
fn the_customers_word_ends_the_block_but_not_the_watch() {
    let mut shop = Shop::in_memory();
    let sale = shop.start(None, 900, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    shop.answer(
        &push_id,
        Answer::Accepted {
            checkout_request_id: "ws_CO_9".into(),
        },
    );
    let early = shop.engine.no_message(&push_id, shop.now).unwrap_err();
    assert_eq!(
        early.code,
        Code::NotAllowed,
        "while the prompt may be on the phone nobody can promise anything"
    );
    shop.wait_s(150);
    assert_eq!(
        shop.sale(&sale.id).status,
        SaleStatus::NotKnown,
        "150 seconds without a result"
    );
    let (view, _) = shop.engine.no_message(&push_id, shop.now).unwrap();
    assert_eq!(
        view.can_send,
        CanSend::Yes,
        "the customer has no message: safe to ask again"
    );
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM witness WHERE told_by = 'person'"),
        1,
        "and whoever reads the book sees whose word it was"
    );
    shop.query_says(&push_id, PAID);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "the watch went on: money came after all"
    );
}

#[test]
fn a_lost_answer_is_unknown_and_says_so() {
    let mut shop = Shop::in_memory();
    shop.engine.set_line(true, false);
    let sale = shop.start(None, 700, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    shop.answer(&push_id, Answer::Unknown(Reason::ConnectionLost));
    let view = shop.sale(&sale.id);
    assert_eq!(view.status, SaleStatus::NotKnown, "a prompt may be live");
    assert_eq!(
        last_push(&view).reason,
        Some(Reason::ConnectionLost),
        "in words, not as failed"
    );
    assert_eq!(
        shop.start(Some(&sale.id), 700, NJERI).unwrap_err().code,
        Code::PushLive,
        "not sent twice"
    );
    assert!(!last_push(&view).ask_customer, "too early to ask the customer");
    assert_eq!(
        shop.engine.next_wake(shop.now),
        Some(shop.now.mono.plus_ms(150_000)),
        "the engine wants to be woken when the question may be asked"
    );
    assert_eq!(
        shop.ended().first().map(|ended| ended.outcome),
        Some(Outcome::Look),
        "somebody should look"
    );
    shop.wait_s(150);
    assert!(
        shop.effects.iter().any(|effect| matches!(
            effect,
            Effect::Announce(till::engine::Announcement::SaleChanged(sale)) if last_push(sale).ask_customer
        )),
        "and the screen is told"
    );
    assert!(
        last_push(&shop.sale(&sale.id)).ask_customer,
        "after 150 seconds the customer can be asked"
    );
}

#[test]
fn nothing_was_sent_is_certain() {
    let mut shop = Shop::in_memory();
    let sale = shop.start(None, 700, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.answer(&push_id, Answer::NotSent(Reason::NoNetwork));
    let view = shop.sale(&sale.id);
    assert_eq!(
        (view.status, view.can_send),
        (SaleStatus::NotPaid, CanSend::Yes),
        "no internet: send again any time"
    );
    assert_eq!(
        shop.engine.roll(shop.now).unwrap().link.online,
        Some(false),
        "and the top bar says offline"
    );
}

#[test]
fn a_result_before_the_answer_stands() {
    let mut shop = Shop::in_memory();
    let sale = shop.start(None, 80, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    let receipt = till::ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
    shop.answer(&push_id, Answer::Unknown(Reason::Timeout));
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.state,
        SaleState::Settled,
        "paid is final, whatever the late answer says"
    );
    assert_eq!(view.proof, Proof::Proved, "the callback named the receipt number");
}

#[test]
fn a_receipt_number_never_pays_twice() {
    let mut shop = Shop::in_memory();
    let receipt = till::ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    let (first, first_push) = shop.prompted(None, 80, NJERI);
    shop.called_back(&first_push, Ending::Paid, Some(receipt.clone()))
        .unwrap();
    let (second, second_push) = shop.prompted(None, 80, OTIENO);
    shop.called_back(&second_push, Ending::Paid, Some(receipt))
        .unwrap();
    assert_eq!(
        shop.sale(&first.id).proof,
        Proof::Proved,
        "the first keeps its number"
    );
    let view = shop.sale(&second.id);
    assert_eq!(view.proof, Proof::NotProved, "the second has none of its own");
    assert_eq!(
        view.matters[0].kind,
        MatterKind::Contradiction,
        "and somebody must look"
    );
    assert_eq!(
        shop.balance("mpesa_proved"),
        80,
        "one receipt, one payment in the book"
    );
}

#[test]
fn paid_is_never_undone_and_the_contradiction_is_shown() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 80, NJERI);
    shop.query_says(&push_id, PAID);
    shop.query_says(&push_id, CANCELLED);
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Settled, "a later failure undoes nothing");
    assert_eq!(
        view.matters.iter().map(|matter| matter.kind).collect::<Vec<_>>(),
        [MatterKind::Contradiction],
        "but it is kept"
    );
}

#[test]
fn cash_after_a_live_prompt_and_then_both_paid() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 400, NJERI);
    shop.cash(Some(&sale.id), 400, 400);
    shop.query_says(&push_id, PAID);
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.matters.len(),
        1,
        "a second payment is named the moment a witness shows it"
    );
    assert_eq!(shop.balance("cash"), 400, "the cash stands");
    assert_eq!(shop.balance("sales"), -400, "and the sale is sold once");
    let receipt = till::ReceiptNumber::parse("UKN3X8ABCD").unwrap();
    shop.called_back(&push_id, Ending::Paid, Some(receipt)).unwrap();
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.matters[0].kind,
        MatterKind::RefundDue,
        "with a receipt number it is certain"
    );
    assert_eq!(shop.balance("refund_due"), -400, "and posted");
}

#[test]
fn a_split_sale_asks_only_for_the_rest() {
    let mut shop = Shop::in_memory();
    let sale = shop.cash(None, 1250, 500);
    assert_eq!(
        (sale.left, sale.state),
        (crate::support::kes(750), SaleState::Open),
        "cash 500, left 750"
    );
    let (_, push_id) = shop.prompted(Some(&sale.id), 1250, NJERI);
    let order = shop.effects.iter().find_map(|effect| match effect {
        Effect::Send(order) => Some(order.amount.shillings()),
        Effect::Announce(_)
        | Effect::Prepare { .. }
        | Effect::Ask { .. }
        | Effect::Pull(_)
        | Effect::Probe
        | Effect::Claim(_) => None,
    });
    assert_eq!(order, Some(750), "the phone is asked for the rest");
    shop.query_says(&push_id, PAID);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "both together pay the sale"
    );
    assert_eq!(
        (
            shop.balance("cash"),
            shop.balance("mpesa_not_proved"),
            shop.balance("sales")
        ),
        (500, 750, -1250),
        "each in its place"
    );
}

#[test]
fn unknown_codes_keep_the_push_pending() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 60, NJERI);
    assert_eq!(
        Ending::of(&daraja::ResultCode::parse("5032")),
        None,
        "a code nobody knows ends nothing"
    );
    assert_eq!(
        Ending::of(&daraja::ResultCode::parse("4999")),
        None,
        "still under way is no end"
    );
    shop.query_says(&push_id, QueryWord::Pending);
    assert_eq!(shop.sale(&sale.id).status, SaleStatus::Waiting, "still waiting");
}

#[test]
fn code_17_asks_about_the_other_prompts_of_that_phone_first() {
    let mut shop = Shop::in_memory();
    let (_, first) = shop.prompted(None, 500, NJERI);
    shop.wait_s(150);
    shop.query_says(&first, QueryWord::NoAnswer);
    shop.engine.no_message(&first, shop.now).unwrap();
    let (_, second) = shop.prompted(None, 500, NJERI);
    shop.wait_s(10);
    shop.effects.clear();
    let same_again = QueryWord::Ended(Ending::of(&daraja::ResultCode::parse("17")).unwrap());
    shop.query_says(&second, same_again);
    shop.wait_s(6);
    let asked: Vec<String> = shop
        .effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Ask { push_id, .. } => Some(push_id.clone()),
            Effect::Announce(_)
            | Effect::Prepare { .. }
            | Effect::Send(_)
            | Effect::Pull(_)
            | Effect::Probe
            | Effect::Claim(_) => None,
        })
        .collect();
    assert!(
        asked.contains(&first),
        "17 means the first may have been paid: ask about it ({asked:?})"
    );
}

#[test]
fn a_restart_loses_nothing_and_waits_afresh() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keshia.db");
    let mut shop = Shop::on_disk(&file, crate::support::half_past_two());
    let (prompted, prompted_push) = shop.prompted(None, 100, NJERI);
    let sending = shop.start(None, 200, OTIENO).unwrap();
    shop.begin(&last_push(&sending).push_id);
    let intended = shop.start(None, 300, "0733000222").unwrap();
    shop.wait_s(140);
    let mut later = shop.now;
    drop(shop);
    // The book may be opened long after the program started.
    later.mono = till::Mono(500_000);
    let mut shop = Shop::on_disk(&file, later);
    let state = |shop: &Shop, id: &str| last_push(&shop.sale(id)).state;
    assert_eq!(
        state(&shop, &intended.id),
        PushState::NotSent,
        "only intended: certainly nothing left"
    );
    assert_eq!(
        state(&shop, &sending.id),
        PushState::Unknown,
        "being sent: nobody can say"
    );
    assert_eq!(
        state(&shop, &prompted.id),
        PushState::Prompted,
        "accepted: still awaited"
    );
    shop.wait_s(149);
    assert_eq!(
        state(&shop, &prompted.id),
        PushState::Prompted,
        "the deadline began afresh"
    );
    assert_eq!(
        shop.start(None, 100, NJERI).unwrap_err().code,
        Code::PushLive,
        "and the guard stands"
    );
    shop.wait_s(1);
    assert_eq!(
        state(&shop, &prompted.id),
        PushState::Unknown,
        "150 seconds after the start"
    );
    shop.query_says(&prompted_push, PAID);
    assert_eq!(
        shop.sale(&prompted.id).state,
        SaleState::Settled,
        "and it is paid, once"
    );
}

#[test]
fn a_clock_that_was_set_makes_every_push_wait_afresh() {
    let mut shop = Shop::in_memory();
    let (sale, _) = shop.prompted(None, 100, NJERI);
    shop.wait_s(100);
    shop.now.utc += chrono::TimeDelta::hours(1);
    shop.wait_s(1);
    shop.wait_s(60);
    assert_eq!(
        last_push(&shop.sale(&sale.id)).state,
        PushState::Prompted,
        "161 s on the clock, 60 s since it was set"
    );
    shop.wait_s(90);
    assert_eq!(
        last_push(&shop.sale(&sale.id)).state,
        PushState::Unknown,
        "150 s since it was set"
    );
}

#[test]
fn the_counters_push_is_asked_about_first() {
    let mut shop = Shop::in_memory();
    let (on_counter, first) = shop.prompted(None, 100, NJERI);
    shop.prompted(None, 200, OTIENO);
    let draft = till::view::Draft {
        sale_id: Some(on_counter.id),
        ..Default::default()
    };
    shop.engine.save_draft(&draft).unwrap();
    shop.effects.clear();
    shop.wait_s(5);
    let asked = shop.effects.iter().find_map(|effect| match effect {
        Effect::Ask { push_id, .. } => Some(push_id.clone()),
        Effect::Announce(_)
        | Effect::Prepare { .. }
        | Effect::Send(_)
        | Effect::Pull(_)
        | Effect::Probe
        | Effect::Claim(_) => None,
    });
    assert_eq!(asked, Some(first), "a customer stands there");
}

#[test]
fn without_keys_no_prompt_is_written() {
    let mut shop = Shop::in_memory();
    shop.engine.set_line(false, false);
    assert_eq!(
        shop.start(None, 100, NJERI).unwrap_err().code,
        Code::NotConnected,
        "there is nobody to send to"
    );
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM sale"),
        0,
        "and nothing was written"
    );
}

#[test]
fn mpesa_takes_whole_shillings_from_1_to_250_000() {
    let mut shop = Shop::in_memory();
    for (cents, why) in [
        (50, "half a shilling"),
        (25_000_100, "above the largest payment"),
        (0, "nothing"),
    ] {
        let input = till::engine::PushInput {
            sale_id: None,
            amount: till::Money::from_cents(cents).unwrap(),
            msisdn: crate::support::phone(NJERI),
            intent: PushIntent::Ordinary,
            reference: None,
        };
        assert_eq!(
            shop.engine.start_push(input, shop.now).unwrap_err().code,
            Code::AmountInvalid,
            "{why}"
        );
    }
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM sale"),
        0,
        "refused before anything is written"
    );
}

#[test]
fn an_own_reference_fits_what_safaricom_takes() {
    let mut shop = Shop::in_memory();
    let with = |reference: &str| till::engine::PushInput {
        sale_id: None,
        amount: crate::support::kes(100),
        msisdn: crate::support::phone(NJERI),
        intent: PushIntent::Ordinary,
        reference: Some(reference.into()),
    };
    for (reference, why) in [
        ("", "nothing"),
        ("ORDER12345678", "13 characters"),
        ("A B", "a space"),
        ("MAMA-1", "a dash"),
        ("ÄÖÜ", "not ASCII"),
    ] {
        assert_eq!(
            shop.engine
                .start_push(with(reference), shop.now)
                .unwrap_err()
                .code,
            Code::NotAllowed,
            "{why}"
        );
    }
    assert_eq!(
        shop.sql("SELECT COUNT(*) FROM push"),
        0,
        "and nothing was written"
    );
    let (sale, effects) = shop.engine.start_push(with("ORDER7"), shop.now).unwrap();
    let push_id = last_push(&sale).push_id;
    assert!(
        effects.contains(&Effect::Prepare {
            push_id: push_id.clone()
        }),
        "it goes its way"
    );
    let effects = shop.engine.begin_sending(&push_id, shop.now).unwrap();
    let sent = effects.iter().find_map(|effect| match effect {
        Effect::Send(order) => Some(order.reference.clone()),
        Effect::Announce(_)
        | Effect::Prepare { .. }
        | Effect::Ask { .. }
        | Effect::Pull(_)
        | Effect::Probe
        | Effect::Claim(_) => None,
    });
    assert_eq!(sent.as_deref(), Some("ORDER7"), "and the customer reads it");
}
