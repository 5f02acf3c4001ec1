//! Answers that do not say what happened, and the hands of a driver that plays the customers.

use super::*;

#[test]
fn busy_does_not_say_whether_the_push_was_taken() {
    let faults = Faults {
        push_busy: Percent::ALWAYS,
        ..Faults::default()
    };
    let mut bench = Bench::with(Settings::default(), faults, 7);
    let phones = (10..50).map(|n| format!("2547111111{n}")).collect::<Vec<_>>();
    for phone in &phones {
        let (status, body) = bench.push(phone, 1).unwrap();
        assert_eq!(
            (status, &body["errorCode"]),
            (500, &json!("500.003.02")),
            "{body}"
        );
        assert_eq!(
            body["errorMessage"], "System is busy. Please try again in few minutes.",
            "its words"
        );
    }
    let taken = bench.world.pushes().len();
    assert!((10..=30).contains(&taken), "about half of forty: {taken}");
}

#[test]
fn an_accepted_push_can_be_answered_oddly() {
    let faults = Faults {
        answer_odd: Percent::ALWAYS,
        ..Faults::default()
    };
    let mut bench = Bench::with(Settings::default(), faults, 7);
    let phones = (10..30).map(|n| format!("2547111111{n}")).collect::<Vec<_>>();
    let mut seen = BTreeSet::new();
    for phone in &phones {
        let (status, body) = bench.push(phone, 1).unwrap();
        assert_eq!(status, 200, "as if nothing were wrong: {body}");
        assert!(
            body.get("CheckoutRequestID").is_none(),
            "but without an id: {body}"
        );
        seen.insert(match body.as_str() {
            Some("") => "nothing",
            Some(page) => {
                assert!(page.starts_with('<'), "a page: {page}");
                "a page"
            }
            None => {
                assert!(body["Envelope"].is_object(), "an envelope: {body}");
                "an envelope"
            }
        });
        assert!(
            bench.world.live_push(phone).is_some(),
            "the prompt is on the phone"
        );
    }
    assert_eq!(seen.len(), 3, "all three come: {seen:?}");
}

#[test]
fn a_query_can_lie_about_money_for_a_while() {
    let faults = Faults {
        query_lies: Percent::ALWAYS,
        query_lies_ms: 60_000,
        ..Faults::default()
    };
    let mut bench = Bench::with(Settings::default(), faults, 7);
    let mut codes = BTreeSet::new();
    for n in 10..30 {
        let phone = format!("2547111111{n}");
        let id = bench.accepted(&phone, 1);
        bench.world.answer(&phone, PhoneAnswer::Pin, bench.now).unwrap();
        let code = bench.result(&id);
        assert_eq!(bench.result(&id), code, "the same lie twice");
        codes.insert(code);
        bench.later(59_999);
        assert_ne!(bench.result(&id), "0", "still");
        bench.later(1);
        assert_eq!(bench.result(&id), "0", "the truth in the end");
    }
    let both = BTreeSet::from(["1032".to_owned(), "1037".to_owned()]);
    assert_eq!(
        codes, both,
        "cancelled or unanswered, as was seen of payments that had a receipt"
    );
    let id = bench.accepted("254700000032", 1);
    bench.later(2_000);
    assert_eq!(
        bench.result(&id),
        "1032",
        "and nothing false about what was not paid"
    );
}

#[test]
fn the_new_faults_are_off_and_are_called_by_name() {
    let off = Faults::default();
    let all = serde_json::json!({
        "push_busy": 5, "answer_odd": true, "query_lies": 1, "query_lies_ms": 2, "pull_lag_ms": 3,
        "pull_shuffle_ms": 4, "pull_gaps": 5, "pull_down": 6, "pull_empty": 7,
        "pull_zone": "eat_unmarked", "on": ["pull", "pull_register"],
    });
    let on = off.changed(&all).unwrap();
    assert_eq!(on.pull_zone, PullZone::EatUnmarked, "by its name");
    assert_eq!(on.answer_odd, Percent::ALWAYS, "a switch is all or nothing");
    assert!(
        off.changed(&serde_json::json!({"pull_lag_ms": -1})).is_err(),
        "time goes forward only"
    );
    assert!(
        off.changed(&serde_json::json!({"callback_lies": 1})).is_err(),
        "there is no such fault"
    );
}

#[test]
fn a_driver_plays_the_customer() {
    let mut bench = Bench::new();
    register(&mut bench, "v2", "600100", "Completed");
    assert!(bench.world.live_push(PERSON).is_none(), "no prompt yet");
    let id = bench.accepted(PERSON, 10);
    let live = bench.world.live_push(PERSON).unwrap();
    assert_eq!(live.checkout_request_id, id, "which push it is");
    assert_eq!(bench.world.push_named(&id), Some(live), "and the other way round");
    bench.world.answer(PERSON, PhoneAnswer::Pin, bench.now).unwrap();
    assert!(bench.world.live_push(PERSON).is_none(), "answered");
    let pushed = bench.world.payments()[0].receipt.clone();
    assert_eq!(
        bench.world.newest_receipt(PERSON),
        Some(pushed.as_str()),
        "M-PESA's message has it"
    );

    let own = bench.world.pay_till(PERSON, 20, "Rent", bench.now).unwrap();
    assert_eq!(bench.world.newest_receipt(PERSON), Some(own.as_str()), "at once");
    assert_eq!(bench.world.inbox(PERSON).len(), 2, "two messages, oldest first");
    let told = bench.later(2_000);
    let confirmed = |one: &&Delivery| one.kind == DeliveryKind::Confirmation && one.body.contains(&own);
    assert_eq!(
        told.iter().filter(confirmed).count(),
        1,
        "the shop is told: {told:?}"
    );
    let saved = bench.world.save();
    let again = World::load(Settings::default(), Faults::default(), &saved).unwrap();
    assert!(again.push_named(&id).is_some(), "found after a restart too");
    assert!(
        bench.world.pay_till(PERSON, 0, "", bench.now).is_err(),
        "nothing is no payment"
    );
}
