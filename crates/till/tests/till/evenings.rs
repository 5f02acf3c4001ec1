//! Bad evenings: no internet, slow prompts, wrong dates, persons who answer for what nobody knows.

use chrono::TimeDelta;
use till::Code;
use till::engine::{Announcement, CalledBack, Effect};
use till::push::{Answer, Ending, PushIntent, QueryWord, Reason};
use till::view::{Direction, LinkView, MatterKind, Proof, PushState, SaleState, ToldBy};

use crate::support::{NJERI, NO_ANSWER, OTIENO, PAID, Shop, half_past_two, kes, last_push};

fn link(shop: &Shop) -> LinkView {
    shop.engine.roll(shop.now).unwrap().link
}

#[test]
fn without_internet_questions_wait_and_resume_at_once() {
    let mut shop = Shop::in_memory();
    let (_, push_id) = shop.prompted(None, 500, NJERI);
    let offline = till::engine::Asked {
        word: QueryWord::NoAnswer,
        rate_limited: false,
        online: false,
    };
    for _ in 0..20 {
        shop.wait_s(6);
        let asked = shop
            .effects
            .iter()
            .any(|effect| matches!(effect, Effect::Ask { .. }));
        shop.effects.clear();
        if asked {
            shop.engine.query_answered(&push_id, offline, shop.now).unwrap();
        }
        // The probe finds nothing either.
        shop.engine.probed(false, shop.now);
    }
    assert_eq!(link(&shop).online, Some(false), "the screen says so");
    shop.effects.clear();
    shop.wait_s(6);
    let tries = shop
        .effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Ask { .. }))
        .count();
    assert_eq!(tries, 0, "no traffic into the void");
    let effects = shop.engine.probed(true, shop.now);
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Ask { .. })),
        "the moment it is back Safaricom is asked: {effects:?}"
    );
}

#[test]
fn three_of_five_unanswered_prompts_are_slow_today() {
    let mut shop = Shop::in_memory();
    for n in 0..3 {
        assert!(!link(&shop).prompts_slow, "not yet");
        let (_, push_id) = shop.prompted(None, 100 + n, &format!("071234560{n}"));
        shop.query_says(&push_id, NO_ANSWER);
    }
    assert!(link(&shop).prompts_slow, "let the customer pay the till");
    assert!(
        shop.effects.iter().any(
            |effect| matches!(effect, Effect::Announce(Announcement::LinkChanged(link)) if link.prompts_slow)
        ),
        "the screens are told"
    );
    shop.wait_s(901);
    assert!(
        !link(&shop).prompts_slow,
        "a quarter of an hour later it is worth a try"
    );
}

#[test]
fn a_locked_phone_is_unknown_and_its_other_prompt_is_asked_about() {
    let mut shop = Shop::in_memory();
    let (_, first) = shop.prompted(None, 500, NJERI);
    shop.query_says(&first, NO_ANSWER);
    shop.wait_s(150);
    shop.query_says(&first, NO_ANSWER);
    shop.engine.no_message(&first, shop.now).unwrap_err();
    let second = last_push(&shop.start(None, 300, NJERI).unwrap()).push_id;
    shop.begin(&second);
    shop.effects.clear();
    shop.answer(&second, Answer::Unknown(Reason::PhoneLocked));
    let roll = shop.engine.roll(shop.now).unwrap();
    assert_eq!(
        last_push(&roll.sales[0]).state,
        PushState::Unknown,
        "a prompt is alive on that phone, so nobody can say"
    );
}

#[test]
fn a_callback_of_another_amount_settles_nothing() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 500, NJERI);
    let path = shop.path(&push_id);
    let called = |amount| CalledBack {
        ending: Ending::Paid,
        receipt: Some(till::ReceiptNumber::parse("UKN3X8ABCD").unwrap()),
        amount: Some(kes(amount)),
        paid_at: None,
    };
    shop.engine.called_back(&path, called(5), shop.now).unwrap();
    let view = shop.sale(&sale.id);
    assert_eq!(view.state, SaleState::Open, "5 is not 500");
    assert_eq!(
        view.matters[0].kind,
        MatterKind::Contradiction,
        "it is kept and shown"
    );
    let forged = shop
        .engine
        .called_back("stk/x/y", called(500), shop.now)
        .unwrap_err();
    assert_eq!(forged.code, Code::NotFound, "a path nobody was given");
    let guessed = format!("stk/{push_id}/00000000000000000000");
    assert!(
        shop.engine.called_back(&guessed, called(500), shop.now).is_err(),
        "the id alone is not enough"
    );
    shop.engine.called_back(&path, called(500), shop.now).unwrap();
    assert_eq!(
        shop.sale(&sale.id).proof,
        Proof::Proved,
        "the right amount on its own path"
    );
}

#[test]
fn an_older_prompt_pays_while_a_newer_lives() {
    let mut shop = Shop::in_memory();
    let (sale, first) = shop.prompted(None, 500, NJERI);
    shop.start_as(Some(&sale.id), 500, OTIENO, PushIntent::WrongNumber)
        .unwrap();
    let second = last_push(&shop.sale(&sale.id)).push_id;
    shop.begin(&second);
    shop.answer(
        &second,
        Answer::Accepted {
            checkout_request_id: "ws_2".into(),
        },
    );
    shop.query_says(&first, PAID);
    let view = shop.sale(&sale.id);
    assert_eq!(
        view.state,
        SaleState::Settled,
        "the first number was right after all"
    );
    assert!(view.do_not_pay_again, "and the second must not enter the PIN");
}

#[test]
fn a_person_answers_with_a_reason_and_the_day_lists_it() {
    let mut shop = Shop::in_memory();
    let sale = shop.start(None, 500, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    shop.answer(&push_id, Answer::Unknown(Reason::Timeout));
    let early = shop
        .engine
        .judge(&push_id, false, "left the shop", shop.now)
        .unwrap_err();
    assert_eq!(early.code, Code::NotAllowed, "the prompt may still be alive");
    shop.wait_s(150);
    let silent = shop.engine.judge(&push_id, false, "  ", shop.now).unwrap_err();
    assert_eq!(silent.code, Code::NotAllowed, "not without a reason");
    let (view, _) = shop
        .engine
        .judge(&push_id, false, "left the shop", shop.now)
        .unwrap();
    let push = last_push(&view);
    assert_eq!(
        (push.state, push.told_by),
        (PushState::Failed, Some(ToldBy::Person)),
        "by that word"
    );
    let day = shop.today();
    assert_eq!(
        (day.words[0].direction, day.words[0].reason.as_str()),
        (Direction::NotPaid, "left the shop"),
        "the owner reads who said what"
    );
    shop.wait_s(60);
    shop.engine.skew_heard(0, shop.now);
    shop.read_list(&[crate::support::row("UKN3X8ABCD", 500, "678", 20)]);
    assert_eq!(
        shop.sale(&sale.id).state,
        SaleState::Settled,
        "evidence overrules it"
    );
}

#[test]
fn a_person_may_say_that_it_was_paid_and_it_stays_not_proved() {
    let mut shop = Shop::in_memory();
    let sale = shop.start(None, 500, NJERI).unwrap();
    let push_id = last_push(&sale).push_id;
    shop.begin(&push_id);
    shop.answer(&push_id, Answer::Unknown(Reason::Timeout));
    shop.wait_s(150);
    let (view, _) = shop
        .engine
        .judge(&push_id, true, "seen in the statement", shop.now)
        .unwrap();
    assert_eq!(
        (view.state, view.proof),
        (SaleState::Settled, Proof::NotProved),
        "a person is no receipt"
    );
}

#[test]
fn a_clock_behind_the_book_is_asked_about_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keshia.db");
    let mut shop = Shop::on_disk(&file, half_past_two());
    shop.cash(None, 100, 100);
    drop(shop);
    let mut dead_battery = half_past_two();
    dead_battery.utc -= TimeDelta::days(2000);
    let mut shop = Shop::on_disk(&file, dead_battery);
    assert_eq!(
        link(&shop).clock_behind,
        Some(half_past_two().utc),
        "the book is younger than the clock says"
    );
    shop.engine = till::engine::Engine::open(
        till::store::Store::open(&file).unwrap(),
        till::policy::Policy::live(),
        crate::support::counter(),
        till::ids::IdSource::seeded(8),
        dead_battery,
    )
    .unwrap();
    let sale = shop.cash(None, 50, 50);
    assert!(sale.time_unsure, "what is written now has an unsure time");
    shop.engine.confirm_clock(shop.now).unwrap();
    assert_eq!(link(&shop).clock_behind, None, "a person looked");
    let sale = shop.cash(None, 60, 60);
    assert!(!sale.time_unsure, "from now on the time is believed");
}

#[test]
fn safaricoms_date_settles_the_question() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keshia.db");
    let mut ahead = half_past_two();
    ahead.utc += TimeDelta::days(3);
    let mut shop = Shop::on_disk(&file, ahead);
    shop.cash(None, 100, 100);
    drop(shop);
    let mut shop = Shop::on_disk(&file, half_past_two());
    assert!(
        link(&shop).clock_behind.is_some(),
        "one of the two dates is wrong"
    );
    shop.engine.skew_heard(0, shop.now);
    assert_eq!(link(&shop).clock_behind, None, "and it is not today's");
}

#[test]
fn a_pc_whose_date_is_days_ahead_lets_nobody_be_asked_again() {
    let mut shop = Shop::in_memory();
    let (sale, _) = shop.prompted(None, 500, NJERI);
    shop.wait_s(20);
    // The power went, and the PC came back with a date three days ahead: Safaricom's clock is not known yet.
    let mut now = shop.now;
    now.utc += TimeDelta::days(3);
    let mut shop = Shop::over(shop.engine.into_store(), now);
    shop.wait_s(200);
    let view = shop.sale(&sale.id);
    assert_ne!(
        last_push(&view).state,
        PushState::AwaitsStatement,
        "nobody knows how old the prompt is"
    );
    assert!(
        shop.start(Some(&sale.id), 500, NJERI).is_err(),
        "it may be on the phone still, or paid"
    );
    shop.engine.skew_heard(0, shop.now);
    shop.wait_s(200);
    assert_eq!(
        last_push(&shop.sale(&sale.id)).state,
        PushState::AwaitsStatement,
        "Safaricom's clock says that days have really passed"
    );
}

#[test]
fn a_prompt_of_a_wrong_date_is_let_go_of_once_two_days_were_waited_for() {
    let mut now = half_past_two();
    // The PC's date was a week ahead when the prompt was sent, and Safaricom's clock was not known.
    now.utc += TimeDelta::days(7);
    let mut shop = Shop::over(till::store::Store::in_memory().unwrap(), now);
    let (sale, _) = shop.prompted(None, 500, NJERI);
    shop.wait_s(200);
    shop.now.utc -= TimeDelta::days(7);
    shop.engine.skew_heard(0, shop.now);
    shop.wait_s(1);
    for _ in 0..52 {
        shop.wait_s(3_600);
    }
    assert_eq!(
        last_push(&shop.sale(&sale.id)).state,
        PushState::AwaitsStatement,
        "its time is wrong for ever, but two days were waited for"
    );
}
