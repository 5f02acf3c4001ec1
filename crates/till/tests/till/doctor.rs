//! The set-up doctor: what each answer means, and that every sentence is one an owner can use.

use std::path::Path;

use chrono::Utc;
use daraja::{CallError, LimitError, NoAnswer, NotSent, Refusal, RegisterAnswer, UrlLint};
use till::Code;
use till::ReceiptNumber;
use till::doctor::go_live::{self, GoLive};
use till::doctor::{
    C2bOutcome, CallTrouble, Finding, KeysOutcome, Mark, NoticeOutcome, Outcome, PullOutcome, PushOutcome,
    Relay, Step, TillOwner, TokenOutcome, Words,
};
use till::engine::{Effect, PullWord, Pulled};
use till::push::{Answer, Reason};
use till::view::PushState;

use crate::support::{NJERI, Shop, last_push, phone};

/// Reasons of every kind that a token or a prompt can end with.
const REASONS: [Reason; 42] = [
    Reason::NoBalance,
    Reason::BelowMinimum,
    Reason::AboveMaximum,
    Reason::DailyLimit,
    Reason::ShopAccountFull,
    Reason::SameAgain,
    Reason::MpesaBusy,
    Reason::CustomerBusy,
    Reason::Expired,
    Reason::Cancelled,
    Reason::NoAnswer,
    Reason::WrongPin,
    Reason::PromptFailed,
    Reason::CustomerLocked,
    Reason::TillSetup,
    Reason::OtherResult,
    Reason::BadPhone,
    Reason::BadAmount,
    Reason::BadRequest,
    Reason::WrongShortCode,
    Reason::WrongPasskey,
    Reason::WrongKeys,
    Reason::TooFast,
    Reason::Quota,
    Reason::NotOffered,
    Reason::NoNetwork,
    Reason::NoSecureConnection,
    Reason::ClockWrong,
    Reason::CaptivePortal,
    Reason::ServerTrouble,
    Reason::StoppedBefore,
    Reason::Withdrawn,
    Reason::Timeout,
    Reason::ConnectionLost,
    Reason::ServerError,
    Reason::Unreadable,
    Reason::PhoneLocked,
    Reason::SystemBusy,
    Reason::StoppedDuring,
    Reason::NoResult,
    Reason::NothingFound,
    Reason::PersonsWord,
];

fn troubles() -> Vec<CallTrouble> {
    vec![
        CallTrouble::NotAnAddress,
        CallTrouble::NotHttps,
        CallTrouble::ForbiddenWord("mpesa"),
        CallTrouble::TestHost("ngrok"),
        CallTrouble::NotReachable,
        CallTrouble::OnlyForTests,
        CallTrouble::HeldByAnother,
        CallTrouble::Product,
        CallTrouble::ShortCode,
        CallTrouble::Field("ValidationURL".into()),
        CallTrouble::Payload,
        CallTrouble::TooOften,
        CallTrouble::NotSent(Reason::NoNetwork),
        CallTrouble::NoAnswer,
    ]
}

fn every_outcome() -> Vec<Outcome> {
    let keys = [
        KeysOutcome::Ready,
        KeysOutcome::NotConnected,
        KeysOutcome::Missing,
        KeysOutcome::StoreRefuses,
        KeysOutcome::Numbers,
        KeysOutcome::WrongServer,
    ];
    let receipt = ReceiptNumber::parse("UKN4B2QX7Z").unwrap();
    let pushes = [
        PushOutcome::LeftOut,
        PushOutcome::Paid(Some(receipt)),
        PushOutcome::Paid(None),
        PushOutcome::NotKnown(Some(Reason::Timeout)),
        PushOutcome::Blocked,
    ];
    let notices = [
        NoticeOutcome::Heard,
        NoticeOutcome::NoRelay,
        NoticeOutcome::NoTest,
        NoticeOutcome::NotBrought,
        NoticeOutcome::RelaySilent,
    ];
    let customers = [
        C2bOutcome::Seen,
        C2bOutcome::Played,
        C2bOutcome::Registered,
        C2bOutcome::AlreadyRegistered,
        C2bOutcome::NotAsked,
    ];
    let lists = [
        PullOutcome::Shows(3),
        PullOutcome::ShowsButOff,
        PullOutcome::Empty,
        PullOutcome::NotOffered,
        PullOutcome::TooOften,
        PullOutcome::Offline,
        PullOutcome::NoAnswer,
    ];
    let mut all: Vec<Outcome> = keys.map(Outcome::Keys).to_vec();
    all.extend([TokenOutcome::Accepted, TokenOutcome::ClockOff(-90)].map(Outcome::Token));
    all.extend(REASONS.map(|reason| Outcome::Token(TokenOutcome::None(reason))));
    all.extend(pushes.map(Outcome::Push));
    all.extend(REASONS.map(|reason| Outcome::Push(PushOutcome::Ended(reason))));
    all.extend(notices.map(Outcome::Notice));
    all.extend(customers.map(Outcome::C2b));
    all.extend(
        troubles()
            .into_iter()
            .map(|trouble| Outcome::C2b(C2bOutcome::NotRegistered(trouble))),
    );
    all.extend(lists.map(Outcome::Pull));
    all
}

fn assert_usable(words: &Words, of: &str) {
    for text in [&words.en, &words.sw] {
        assert!(
            !text.is_empty() && text.trim() == text,
            "{of}: a whole text: {text:?}"
        );
        for bad in ["callback", " retry", " he ", " his ", "kodi", "  "] {
            assert!(!text.contains(bad), "{of}: the house says no {bad:?}: {text}");
        }
    }
    assert_ne!(words.en, words.sw, "{of}: both languages are written");
}

#[test]
fn every_outcome_is_a_sentence_in_both_languages() {
    for outcome in every_outcome() {
        let of = format!("{outcome:?}");
        assert_usable(&outcome.words(), &of);
        let words = outcome.words();
        assert!(
            words.en.ends_with('.') && words.sw.ends_with('.'),
            "{of}: a sentence ends: {words:?}"
        );
        assert!(
            outcome
                .word()
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_'),
            "{of}: one word for scripts: {}",
            outcome.word()
        );
    }
    for practice in [true, false] {
        let labels = serde_json::to_value(till::doctor::labels::labels(practice)).unwrap();
        for (name, label) in labels.as_object().unwrap() {
            let text = |language: &str| label[language].as_str().unwrap().to_owned();
            let (en, sw) = (text("en"), text("sw"));
            assert_usable(&Words { en, sw }, name);
        }
    }
    for step in Step::ALL {
        let title = step.title();
        assert!(
            !title.en.is_empty() && !title.sw.is_empty(),
            "{step:?} has a name"
        );
    }
}

#[test]
fn only_keys_that_do_not_open_end_the_examination() {
    for outcome in every_outcome() {
        let ends = matches!(outcome.step(), Step::Keys | Step::Token) && outcome.mark() == Mark::Fix;
        assert_eq!(
            Finding::of(&outcome, None).goes_on,
            !ends,
            "{outcome:?}: nothing after it could tell anything, or everything could"
        );
    }
}

#[test]
fn what_keeps_a_connection_from_being_made() {
    for (code, outcome) in [
        (Code::KeysMissing, KeysOutcome::Missing),
        (Code::Keyring, KeysOutcome::StoreRefuses),
        (Code::NumberInvalid, KeysOutcome::Numbers),
        (Code::NotAllowed, KeysOutcome::WrongServer),
        (Code::NotConnected, KeysOutcome::NotConnected),
    ] {
        assert_eq!(KeysOutcome::of(code), outcome, "{code:?}");
    }
}

#[test]
fn a_clock_that_is_off_is_told_and_stops_nothing() {
    assert_eq!(TokenOutcome::given(None), TokenOutcome::Accepted, "not measured");
    assert_eq!(
        TokenOutcome::given(Some(59)),
        TokenOutcome::Accepted,
        "nobody's trouble"
    );
    let ahead = Outcome::Token(TokenOutcome::given(Some(3_600)));
    assert_eq!(ahead.mark(), Mark::Neutral, "the keys are right all the same");
    assert!(ahead.words().en.contains("3600 s ahead of"), "{ahead:?}");
    let behind = Outcome::Token(TokenOutcome::given(Some(-60)));
    assert!(behind.words().en.contains("60 s behind"), "{behind:?}");
}

#[test]
fn the_prompt_is_read_as_far_as_it_has_come() {
    let mut shop = Shop::in_memory();
    let (sale, push_id) = shop.prompted(None, 1, NJERI);
    let mut push = last_push(&sale);
    let mut read = |state, reason| {
        push.state = state;
        push.reason = reason;
        PushOutcome::of(&push)
    };
    for under_way in [PushState::Intended, PushState::Sending, PushState::Prompted] {
        assert_eq!(read(under_way, None), None, "{under_way:?} is no end");
    }
    assert_eq!(
        read(PushState::Refused, Some(Reason::WrongPasskey)),
        Some(PushOutcome::Ended(Reason::WrongPasskey)),
        "refused at once"
    );
    assert_eq!(
        read(PushState::FailedProvisional, Some(Reason::TillSetup)),
        Some(PushOutcome::Ended(Reason::TillSetup)),
        "the set-up's fault is told at the first word, though the book waits for a second"
    );
    assert_eq!(
        read(PushState::Unknown, Some(Reason::Timeout)),
        Some(PushOutcome::NotKnown(Some(Reason::Timeout))),
        "nobody can say"
    );
    let not_known = Outcome::Push(PushOutcome::NotKnown(None));
    assert_eq!(not_known.mark(), Mark::NotKnown, "neither right nor wrong");
    assert!(
        not_known.words().en.contains("do not start again"),
        "nobody is asked to pay twice: {not_known:?}"
    );
    let till_setup = Outcome::Push(PushOutcome::Ended(Reason::TillSetup)).words();
    assert!(
        till_setup.en.contains("2028") && till_setup.en.contains("store number"),
        "the code and its fix: {till_setup:?}"
    );
    assert!(!push_id.is_empty(), "a prompt has an id");
}

#[test]
fn silence_means_something_only_with_a_relay() {
    let paired = |heard_at| Relay::Paired { heard_at };
    let now = Some(Utc::now());
    for (relay, tested, seen, outcome, mark) in [
        (Relay::NotPaired, true, true, NoticeOutcome::Heard, Mark::Good),
        (
            Relay::NotPaired,
            true,
            false,
            NoticeOutcome::NoRelay,
            Mark::Neutral,
        ),
        (
            Relay::NotPaired,
            false,
            false,
            NoticeOutcome::NoRelay,
            Mark::Neutral,
        ),
        (paired(now), true, true, NoticeOutcome::Heard, Mark::Good),
        (paired(now), true, false, NoticeOutcome::NotBrought, Mark::Fix),
        (paired(now), false, false, NoticeOutcome::NoTest, Mark::Neutral),
        (paired(None), true, false, NoticeOutcome::RelaySilent, Mark::Fix),
    ] {
        let found = NoticeOutcome::of(relay, tested, seen);
        assert_eq!(found, outcome, "{relay:?}, tested {tested}, seen {seen}");
        assert_eq!(Outcome::Notice(found).mark(), mark, "{found:?}");
    }
    assert_eq!(
        Outcome::Notice(NoticeOutcome::NoRelay).words().en,
        "No relay: Keshia asks Safaricom instead; nothing to do.",
        "in these words"
    );
}

#[test]
fn each_refusal_of_c2b_has_its_own_fix() {
    let refused = |refusal| CallTrouble::from(&CallError::Refused(refusal));
    for (trouble, expected) in [
        (
            CallTrouble::from(&CallError::HeldByAnother),
            CallTrouble::HeldByAnother,
        ),
        (
            CallTrouble::from(&CallError::OnlyForTests),
            CallTrouble::OnlyForTests,
        ),
        (
            CallTrouble::from(&CallError::Url(UrlLint::NotHttps)),
            CallTrouble::NotHttps,
        ),
        (
            CallTrouble::from(&CallError::Url(UrlLint::ForbiddenWord("sql"))),
            CallTrouble::ForbiddenWord("sql"),
        ),
        (
            CallTrouble::from(&CallError::NotSent(NotSent::NoNetwork)),
            CallTrouble::NotSent(Reason::NoNetwork),
        ),
        (
            CallTrouble::from(&CallError::NotSent(NotSent::Limit(LimitError::Msisdn))),
            CallTrouble::NotSent(Reason::BadPhone),
        ),
        (
            CallTrouble::from(&CallError::NotSent(NotSent::RateLimited)),
            CallTrouble::TooOften,
        ),
        (
            CallTrouble::from(&CallError::NoAnswer(NoAnswer::Timeout)),
            CallTrouble::NoAnswer,
        ),
        (refused(Refusal::WrongKeys), CallTrouble::Product),
        (refused(Refusal::NotFound), CallTrouble::Product),
        (refused(Refusal::WrongShortCode), CallTrouble::ShortCode),
        (refused(Refusal::SpikeArrest), CallTrouble::TooOften),
        (
            refused(Refusal::InvalidField("ValidationURL".into())),
            CallTrouble::Field("ValidationURL".into()),
        ),
        (refused(Refusal::InvalidPayload), CallTrouble::Payload),
    ] {
        assert_eq!(trouble, expected, "{expected:?}");
    }
    let already = Outcome::C2b(C2bOutcome::of_register(&Ok(RegisterAnswer::AlreadyRegistered)));
    assert_eq!(already.mark(), Mark::Neutral, "information, and no error");
    let done = C2bOutcome::of_register(&Ok(RegisterAnswer::Registered));
    assert_eq!(Outcome::C2b(done).mark(), Mark::Good, "registered");
}

#[test]
fn the_list_says_what_its_page_says() {
    let pulled = |word, rate_limited, online| Pulled {
        word,
        rate_limited,
        online,
    };
    let page = PullWord::Page {
        rows: Vec::new(),
        unreadable: 0,
    };
    for (answer, on, outcome) in [
        (pulled(page.clone(), false, true), true, PullOutcome::Shows(0)),
        (pulled(page, false, true), false, PullOutcome::ShowsButOff),
        (
            pulled(PullWord::NothingFound, false, true),
            true,
            PullOutcome::Empty,
        ),
        (
            pulled(PullWord::NothingFound, false, true),
            false,
            PullOutcome::NotOffered,
        ),
        (
            pulled(PullWord::NotOffered, false, true),
            true,
            PullOutcome::NotOffered,
        ),
        (
            pulled(PullWord::NoAnswer, true, true),
            true,
            PullOutcome::TooOften,
        ),
        (
            pulled(PullWord::NoAnswer, false, false),
            true,
            PullOutcome::Offline,
        ),
        (
            pulled(PullWord::NoAnswer, false, true),
            true,
            PullOutcome::NoAnswer,
        ),
    ] {
        assert_eq!(PullOutcome::of(&answer, on), outcome, "{answer:?}, on {on}");
    }
}

#[test]
fn the_test_is_a_sale_of_the_book_and_named_in_it() {
    let mut shop = Shop::in_memory();
    let (sale, effects) = shop.engine.start_set_up_test(phone(NJERI), shop.now).unwrap();
    shop.effects.extend(effects);
    let push = last_push(&sale);
    assert_eq!(sale.amount, crate::support::kes(1), "one shilling: {sale:?}");
    let told = shop.engine.witnesses(&sale.id).unwrap();
    assert!(
        told.iter().any(|witness| witness.word == "set-up test"),
        "the book names it: {told:?}"
    );
    shop.begin(&push.push_id);
    shop.answer(
        &push.push_id,
        Answer::Accepted {
            checkout_request_id: "ws_CO_1".into(),
        },
    );
    let sent = shop.effects.iter().find_map(|effect| match effect {
        Effect::Send(order) => Some(order.reference.clone()),
        Effect::Prepare { .. }
        | Effect::Ask { .. }
        | Effect::Pull(_)
        | Effect::Claim(_)
        | Effect::Probe
        | Effect::Announce(_) => None,
    });
    assert_eq!(
        sent.as_deref(),
        Some("SETUP143000"),
        "the owner reads on the phone what it is for"
    );
    let again = shop.engine.start_set_up_test(phone(NJERI), shop.now);
    assert_eq!(
        again.unwrap_err().code,
        Code::PushLive,
        "the guard holds for the doctor as for everybody"
    );
}

#[test]
fn each_owner_has_a_list() {
    for owner in TillOwner::ALL {
        assert_usable(&owner.meaning(), "a meaning");
        let list = GoLive::of(Some(owner));
        for item in &list.items {
            assert_usable(&item.text, &item.title.en);
            assert!(!item.source.is_empty(), "{}: somebody says so", item.title.en);
        }
        let text = list.text(false);
        assert_eq!(
            text.matches("[ ]").count(),
            list.items.len(),
            "a box each: {text}"
        );
        assert!(
            text.contains(&owner.meaning().en),
            "what it means comes first: {text}"
        );
        assert!(list.text(true).contains(&owner.meaning().sw), "in Swahili too");
    }
    assert_eq!(
        GoLive::of(Some(TillOwner::Pochi)).items.len(),
        1,
        "nothing to take live"
    );
    assert_eq!(
        GoLive::of(Some(TillOwner::Bank)).items.len(),
        GoLive::of(None).items.len() + 1,
        "the owner's yes comes first"
    );
}

/// `KESHIA_WRITE_DOCS=1 cargo test -p till go_live_page` writes it anew.
#[test]
fn the_go_live_page_is_the_list() {
    let file = Path::new("../../docs/go-live.md");
    let made = go_live::document();
    if std::env::var_os("KESHIA_WRITE_DOCS").is_some() {
        std::fs::write(file, &made).unwrap();
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        kept == made,
        "docs/go-live.md is not the list; write it anew with KESHIA_WRITE_DOCS=1"
    );
}
