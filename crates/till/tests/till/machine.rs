//! The state machine alone, over every order of events proptest can think of.

use proptest::prelude::*;
use till::policy::Policy;
use till::push::{Answer, Effect, EndKind, Ending, Event, Firmness, Push, QueryWord, Reason, State, step};
use till::view::ToldBy;
use till::{Mono, MpesaAmount, Now, ReceiptNumber};

use crate::support::{CANCELLED, NJERI, NO_ANSWER, PAID, half_past_two, phone};

pub fn fresh() -> Push {
    Push {
        id: "p".into(),
        sale_id: "s".into(),
        tender_id: "t".into(),
        msisdn: phone(NJERI).into(),
        amount: MpesaAmount::from_shillings(100).unwrap(),
        reference: "A11X".into(),
        state: State::Intended,
        checkout_request_id: None,
        receipt: None,
        created_at: half_past_two().utc,
        sent_at: None,
        accepted_at: None,
        ended_at: None,
        asked_at: None,
        asked_times: 0,
        callback_secret: String::new(),
        skew_ms: Some(0),
        paid_until: None,
        from_list: false,
        waiting_since: half_past_two().mono,
    }
}

fn receipt() -> ReceiptNumber {
    ReceiptNumber::parse("UKN3X8ABCD").unwrap()
}

pub fn at(ms: u64) -> Now {
    let start = half_past_two();
    Now {
        utc: start.utc + chrono::TimeDelta::milliseconds(i64::try_from(ms).unwrap()),
        mono: start.mono.plus_ms(ms),
    }
}

fn every_state() -> Vec<State> {
    let failed = |firmness| State::Failed {
        reason: Reason::Cancelled,
        told_by: ToldBy::Query,
        firmness,
    };
    vec![
        State::Intended,
        State::Sending,
        State::Prompted,
        State::Unknown {
            reason: Reason::Timeout,
            no_message: false,
        },
        State::Unknown {
            reason: Reason::Timeout,
            no_message: true,
        },
        State::AwaitsStatement,
        State::NotSent(Reason::NoNetwork),
        State::Refused(Reason::WrongPasskey),
        failed(Firmness::Provisional {
            first_at: Mono(0),
            kind: EndKind::Act,
        }),
        failed(Firmness::Final),
        State::Paid {
            told_by: ToldBy::Query,
        },
    ]
}

#[test]
fn evidence_of_money_moves_every_state() {
    for state in every_state() {
        let mut push = Push {
            state: state.clone(),
            ..fresh()
        };
        let effects = step(
            &mut push,
            Event::MoneyCame { receipt: receipt() },
            at(0),
            &Policy::live(),
        );
        assert!(
            matches!(push.state, State::Paid { .. }),
            "money is money, also in {state:?}"
        );
        assert!(
            effects.contains(&Effect::Book),
            "and it is booked, also from {state:?}"
        );
    }
}

#[test]
fn nothing_undoes_paid() {
    let words = [CANCELLED, NO_ANSWER, QueryWord::Pending, QueryWord::NoAnswer];
    let mut events: Vec<Event> = words.into_iter().map(Event::Queried).collect();
    events.extend([
        Event::Answered(Answer::NotSent(Reason::NoNetwork)),
        Event::Answered(Answer::Refused(Reason::WrongKeys)),
        Event::Answered(Answer::Unknown(Reason::Timeout)),
        Event::CalledBack {
            ending: Ending::Failed(Reason::Cancelled, EndKind::Act),
            receipt: None,
        },
        Event::Ticked,
        Event::Restarted,
        Event::ClockStepped,
        Event::NoMessage,
        Event::ProvedDead,
        Event::NotInStatement,
        Event::OutOfReach,
        Event::Withdrawn,
        Event::Judged { paid: false },
        Event::Judged { paid: true },
        Event::SendBegun,
    ]);
    for event in events {
        let mut push = Push {
            state: State::Paid {
                told_by: ToldBy::Query,
            },
            ..fresh()
        };
        step(&mut push, event.clone(), at(1_000_000), &Policy::live());
        assert_eq!(
            push.state,
            State::Paid {
                told_by: ToldBy::Query
            },
            "{event:?} came after the money"
        );
    }
}

#[test]
fn two_days_later_only_the_statement_can_tell() {
    let mut push = Push {
        state: State::Unknown {
            reason: Reason::Timeout,
            no_message: false,
        },
        ..fresh()
    };
    step(&mut push, Event::OutOfReach, at(100_000), &Policy::live());
    assert!(push.state.blocks(), "a clock that was set forward is no reason");
    step(&mut push, Event::OutOfReach, at(48 * 3_600_000), &Policy::live());
    assert_eq!(push.state, State::AwaitsStatement, "Pull reaches back 48 hours");
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::SendBegun),
        Just(Event::Answered(Answer::Accepted {
            checkout_request_id: "ws_CO_1".into()
        })),
        Just(Event::Answered(Answer::NotSent(Reason::NoNetwork))),
        Just(Event::Answered(Answer::Refused(Reason::WrongPasskey))),
        Just(Event::Answered(Answer::Unknown(Reason::Timeout))),
        Just(Event::Queried(PAID)),
        Just(Event::Queried(CANCELLED)),
        Just(Event::Queried(NO_ANSWER)),
        Just(Event::Queried(QueryWord::Pending)),
        Just(Event::Queried(QueryWord::NoAnswer)),
        Just(Event::CalledBack {
            ending: Ending::Paid,
            receipt: Some(receipt())
        }),
        Just(Event::CalledBack {
            ending: Ending::Failed(Reason::WrongPin, EndKind::Act),
            receipt: None
        }),
        Just(Event::MoneyCame { receipt: receipt() }),
        Just(Event::Ticked),
        Just(Event::Restarted),
        Just(Event::ClockStepped),
        Just(Event::NoMessage),
        Just(Event::ProvedDead),
        Just(Event::NotInStatement),
        Just(Event::OutOfReach),
        Just(Event::Withdrawn),
        Just(Event::Judged { paid: false }),
    ]
}

fn tells_of_money(event: &Event) -> bool {
    matches!(
        event,
        Event::Queried(QueryWord::Ended(Ending::Paid))
            | Event::CalledBack {
                ending: Ending::Paid,
                ..
            }
            | Event::MoneyCame { .. }
    )
}

#[test]
fn a_second_witness_of_one_payment_is_no_contradiction_and_another_payment_is() {
    let mut push = fresh();
    let money = |number| Event::MoneyCame {
        receipt: ReceiptNumber::parse(number).unwrap(),
    };
    step(&mut push, money("UKN3X8ABCD"), at(1_000), &Policy::live());
    let again = step(&mut push, money("UKN3X8ABCD"), at(2_000), &Policy::live());
    assert!(
        again.is_empty(),
        "the same receipt number says nothing new: {again:?}"
    );
    let other = step(&mut push, money("UKN3X8WXYZ"), at(3_000), &Policy::live());
    assert_eq!(
        other,
        [Effect::Contradiction],
        "two receipt numbers of one prompt are"
    );
}

#[test]
fn what_safaricoms_list_cannot_reach_only_a_statement_ends() {
    for (event, ends) in [(Event::ProvedDead, false), (Event::NotInStatement, true)] {
        let mut push = Push {
            state: State::AwaitsStatement,
            ..fresh()
        };
        step(&mut push, event.clone(), at(200_000), &Policy::live());
        assert_eq!(
            push.state != State::AwaitsStatement,
            ends,
            "its time is beyond the list: {event:?}"
        );
    }
}

#[test]
fn only_a_locked_phone_asks_about_its_other_prompts() {
    for (reason, asks) in [(Reason::PhoneLocked, true), (Reason::Timeout, false)] {
        let mut push = Push {
            state: State::Sending,
            ..fresh()
        };
        let answered = Event::Answered(Answer::Unknown(reason));
        let effects = step(&mut push, answered, at(1_000), &Policy::live());
        assert_eq!(
            effects.contains(&Effect::AskTwins),
            asks,
            "a lost answer tells nothing of other prompts: {reason:?}"
        );
    }
}

#[test]
fn nobody_answers_for_what_a_witness_may_still_tell() {
    for state in every_state() {
        for paid in [true, false] {
            let mut push = Push {
                state: state.clone(),
                sent_at: Some(half_past_two().utc),
                ..fresh()
            };
            let may = push.may_be_judged(at(149_999).mono, &Policy::live());
            step(&mut push, Event::Judged { paid }, at(149_999), &Policy::live());
            assert_eq!(
                push.state != state,
                may,
                "only a prompt that nobody else can tell about ends by a person's word: {state:?}, {paid}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// Lost, late, doubled, reordered: money always ends in *Paid*, is booked once (and once more when
    /// its number becomes known), and nobody is freed to be asked again by one query's word.
    #[test]
    fn in_any_order(events in proptest::collection::vec((event(), 0..40_000_u64), 1..40)) {
        let policy = Policy::live();
        let mut push = fresh();
        let (mut clock, mut booked, mut money) = (0, 0, false);
        let mut sent_at = None;
        let mut first_failed_query = None;
        let mut freed_by_someone = false;
        for (event, later) in events {
            clock += later;
            let now = at(clock);
            if event == Event::SendBegun && push.state == State::Intended { sent_at = Some(clock); }
            if matches!(event, Event::Restarted | Event::ClockStepped) && sent_at.is_some() { sent_at = Some(clock); }
            money |= tells_of_money(&event);
            freed_by_someone |= matches!(event, Event::CalledBack { .. } | Event::NoMessage | Event::Withdrawn | Event::ProvedDead | Event::NotInStatement | Event::Judged { .. } | Event::MoneyCame { .. } | Event::Queried(QueryWord::Ended(Ending::Paid)));
            freed_by_someone |= matches!(event, Event::Answered(Answer::NotSent(_) | Answer::Refused(_)) | Event::Restarted);
            let failed_query = matches!(event, Event::Queried(QueryWord::Ended(Ending::Failed(..))));
            let blocked = push.state.blocks();
            let effects = step(&mut push, event.clone(), now, &policy);
            booked += effects.iter().filter(|effect| **effect == Effect::Book).count();
            prop_assert!(!money || matches!(push.state, State::Paid { .. }), "money was told of, but it is {:?}", push.state);
            if blocked && !push.state.blocks() && failed_query && !freed_by_someone {
                let first = first_failed_query.unwrap_or(clock);
                prop_assert!(clock - first >= policy.second_opinion_ms, "freed by one query's word, or a second one too soon");
            }
            if failed_query && first_failed_query.is_none() && push.state.blocks() { first_failed_query = Some(clock); }
            if let Some(sent) = sent_at && !freed_by_someone && first_failed_query.is_none() && !failed_query {
                prop_assert!(push.state.blocks() || clock - sent >= policy.deadline_ms || push.state == State::AwaitsStatement, "freed by nobody");
            }
        }
        prop_assert!(booked <= 2, "booked {booked} times");
        prop_assert_eq!(money, booked > 0, "booked if and only if there was money");
    }
}
