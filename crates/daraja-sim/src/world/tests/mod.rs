#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]

use std::collections::BTreeSet;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

mod answers;
mod pull;

/// 2026-11-23 18:00:00 UTC.
const START: i64 = 1_795_456_800_000;
const STAMP: &str = "20261123210000";
const PASSKEY: &str = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";
const PUSH: &str = "/mpesa/stkpush/v1/processrequest";
const QUERY: &str = "/mpesa/stkpushquery/v1/query";
const PERSON: &str = "254712345678";

struct Bench {
    world: World,
    token: String,
    now: i64,
}

impl Bench {
    fn new() -> Self {
        Self::with(Settings::default(), Faults::default(), 7)
    }

    fn with(settings: Settings, faults: Faults, seed: u64) -> Self {
        let mut bench = Self {
            world: World::new(settings, faults, seed),
            token: String::new(),
            now: START,
        };
        bench.token = bench.sign_in();
        bench
    }

    fn sign_in(&mut self) -> String {
        let (status, body) = self.token("practice-key", "practice-secret");
        assert_eq!(status, 200, "the right keys: {body}");
        body["access_token"].as_str().unwrap().into()
    }

    fn token(&mut self, key: &str, secret: &str) -> (u16, Value) {
        self.raw(&Request {
            method: "GET".into(),
            path: "/oauth/v1/generate".into(),
            query: "grant_type=client_credentials".into(),
            authorization: Some(format!(
                "Basic {}",
                BASE64_STANDARD.encode(format!("{key}:{secret}"))
            )),
            ..Request::default()
        })
        .expect("an answer")
    }

    fn raw(&mut self, request: &Request) -> Option<(u16, Value)> {
        match self.world.handle(request, self.now).answer {
            Answer::Respond { status, body, .. } => {
                Some((status, serde_json::from_str(&body).unwrap_or(Value::String(body))))
            }
            Answer::HangUp => None,
        }
    }

    fn post(&mut self, path: &str, body: &Value) -> Option<(u16, Value)> {
        let request = Request::post(path, &self.token, body);
        self.raw(&request)
    }

    fn push(&mut self, msisdn: &str, amount: u32) -> Option<(u16, Value)> {
        self.post(PUSH, &push_body(msisdn, amount))
    }

    fn accepted(&mut self, msisdn: &str, amount: u32) -> String {
        let (status, body) = self.push(msisdn, amount).expect("an answer");
        assert_eq!(status, 200, "accepted: {body}");
        body["CheckoutRequestID"].as_str().unwrap().into()
    }

    fn query(&mut self, id: &str) -> (u16, Value) {
        let body = json!({
            "BusinessShortCode": "174379", "Password": password("174379"), "Timestamp": STAMP,
            "CheckoutRequestID": id,
        });
        self.post(QUERY, &body).expect("an answer")
    }

    fn result(&mut self, id: &str) -> String {
        self.query(id).1["ResultCode"].as_str().unwrap_or("none").into()
    }

    fn later(&mut self, ms: i64) -> Vec<Delivery> {
        self.now += ms;
        self.world.pass(self.now)
    }

    fn words(&mut self, body: &Value) -> (u16, String, String) {
        let (status, body) = self.post(PUSH, body).expect("an answer");
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        (status, text("errorCode"), text("errorMessage"))
    }
}

fn password(short_code: &str) -> String {
    BASE64_STANDARD.encode(format!("{short_code}{PASSKEY}{STAMP}"))
}

fn push_body(msisdn: &str, amount: u32) -> Value {
    json!({
        "BusinessShortCode": 174_379, "Password": password("174379"), "Timestamp": STAMP,
        "TransactionType": "CustomerPayBillOnline", "Amount": amount.to_string(),
        "PartyA": msisdn, "PartyB": "174379", "PhoneNumber": msisdn,
        "CallBackURL": "http://127.0.0.1:9/cb", "AccountReference": "A1000X", "Extra": [1],
    })
}

fn till_body(msisdn: &str, amount: u32) -> Value {
    let mut body = push_body(msisdn, amount);
    body["BusinessShortCode"] = json!("600100");
    body["Password"] = json!(password("600100"));
    body["TransactionType"] = json!("CustomerBuyGoodsOnline");
    body["PartyB"] = json!(600_101);
    body
}

fn body_of(delivery: &Delivery) -> Value {
    serde_json::from_str(&delivery.body).unwrap()
}

#[test]
fn tokens_are_strict_about_keys() {
    let mut bench = Bench::new();
    assert_eq!(bench.token.len(), 28, "as in every sample");
    let (status, body) = bench.token("practice-key ", "practice-secret");
    assert_eq!(
        (status, body),
        (400, json!("")),
        "a stray space is a wrong key: 400, no words"
    );
    let good = std::mem::replace(&mut bench.token, "x".into());
    let (status, code, words) = bench.words(&push_body(PERSON, 1));
    assert_eq!(
        (status, code.as_str()),
        (404, "404.001.03"),
        "the Express family's way"
    );
    assert_eq!(words, "Invalid Access Token", "in its words");
    let simulate = bench.post("/mpesa/c2b/v2/simulate", &json!({})).unwrap();
    assert_eq!(simulate.0, 401, "the C2B family's way: {}", simulate.1);
    bench.token = good;
    bench.now += 3_600_000;
    assert_eq!(
        bench.words(&push_body(PERSON, 1)).1,
        "404.001.03",
        "tokens live an hour"
    );
}

#[test]
fn tokens_coexist_unless_told_otherwise() {
    for (one_token, expected) in [(false, 200), (true, 404)] {
        let settings = Settings {
            one_token,
            ..Settings::default()
        };
        let mut bench = Bench::with(settings, Faults::default(), 7);
        let second = bench.sign_in();
        let (status, body) = bench.push(PERSON, 1).unwrap();
        assert_eq!(status, expected, "first token, one_token = {one_token}: {body}");
        bench.token = second;
        let (_, body) = bench.push("254711111111", 1).unwrap();
        assert_eq!(body["ResponseCode"], "0", "the second token is good: {body}");
    }
}

#[test]
fn every_field_is_checked() {
    let bad = [
        ("BusinessShortCode", json!("17")),
        ("Timestamp", json!("20261399000000")),
        ("TransactionType", json!("PayBill")),
        ("Amount", json!("1.5")),
        ("Amount", json!(0)),
        ("Amount", json!(250_001)),
        ("PartyA", json!("0712345678")),
        ("PartyB", json!("")),
        ("PhoneNumber", json!("254212345678")),
        ("CallBackURL", json!("ftp://shop/cb")),
        ("CallBackURL", json!("http://shop/a b")),
        ("AccountReference", json!("THIRTEENCHARS")),
        ("TransactionDesc", json!("fourteen chars")),
        ("Password", Value::Null),
    ];
    let mut bench = Bench::new();
    for (field, value) in bad {
        let mut body = push_body(PERSON, 10);
        body[field] = value;
        let (status, code, words) = bench.words(&body);
        assert_eq!((status, code.as_str()), (400, "400.002.02"), "{field}: {words}");
        assert_eq!(
            words,
            format!("Bad Request - Invalid {field}"),
            "it names the field"
        );
    }
    assert!(bench.world.pushes().is_empty(), "nothing was accepted");
    let mut wrong = push_body(PERSON, 10);
    wrong["Password"] = json!(password("600100"));
    assert_eq!(
        bench.words(&wrong).2,
        "[MerchantValidate] - Wrong credentials",
        "as really seen"
    );
    wrong["BusinessShortCode"] = json!("999999");
    assert_eq!(
        bench.words(&wrong).2,
        "Merchant does not exist",
        "an unknown short code"
    );
    let mut plain = Request::post(PUSH, &bench.token, &push_body(PERSON, 10));
    plain.content_type = None;
    let (_, body) = bench.raw(&plain).unwrap();
    assert_eq!(
        body["errorMessage"], "Bad Request - Invalid BusinessShortCode",
        "as the FAQ says"
    );
}

#[test]
fn paths_and_methods() {
    let mut bench = Bench::new();
    let (status, body) = bench.post("/mpesa/nothing", &json!({})).unwrap();
    assert_eq!(
        (status, &body["errorCode"]),
        (404, &json!("404.001.01")),
        "no such path"
    );
    let mut get = Request::post(PUSH, &bench.token, &json!({}));
    get.method = "GET".into();
    let (status, body) = bench.raw(&get).unwrap();
    assert_eq!(
        (status, &body["errorCode"]),
        (405, &json!("405.001")),
        "wrong method"
    );
}

#[test]
fn known_customers_do_what_they_are_known_for() {
    let table = [
        ("254700000000", 1_000, "0"),
        ("254700000001", 2_000, "1"),
        ("254700000020", 2_000, "2001"),
        ("254700000032", 2_000, "1032"),
        ("254700000037", 26_000, "1037"),
        ("254708374149", 26_000, "1037"),
    ];
    for (msisdn, after, code) in table {
        let mut bench = Bench::new();
        let id = bench.accepted(msisdn, 1_250);
        bench.later(after - 1);
        assert_eq!(bench.result(&id), "4999", "{msisdn} is under way");
        bench.later(1);
        assert_eq!(bench.result(&id), code, "{msisdn} ends so");
        let paid = usize::from(code == "0");
        assert_eq!(bench.world.payments().len(), paid, "{msisdn}: money only on 0");
    }
}

#[test]
fn the_lost_answer_and_the_late_payer() {
    let mut bench = Bench::new();
    assert!(bench.push("254700000099", 80).is_none(), "the answer is lost");
    assert!(bench.world.pushes()[0].prompted, "the prompt is not");
    bench.later(5_000);
    assert_eq!(bench.world.payments().len(), 1, "and it is paid");
    let id = bench.accepted("254700000098", 90);
    let first = bench.later(27_000);
    assert_eq!(bench.result(&id), "1037", "reported as unanswered");
    assert_eq!(
        body_of(&first[1])["Body"]["stkCallback"]["ResultCode"],
        1037,
        "{first:?}"
    );
    let (_, locked) = bench.push("254700000098", 90).unwrap();
    assert_eq!(
        locked["errorCode"], "500.001.1001",
        "its prompt is still there: {locked}"
    );
    bench.later(20_000);
    assert_eq!(bench.result(&id), "0", "paid after all");
    assert_eq!(bench.world.payments().len(), 2, "once");
}

#[test]
fn a_person_has_a_minute() {
    let mut bench = Bench::new();
    let id = bench.accepted(PERSON, 10);
    let (status, body) = bench.push(PERSON, 10).unwrap();
    assert_eq!(status, 500, "one prompt at a time: {body}");
    bench.later(59_999);
    assert_eq!(bench.result(&id), "4999", "the prompt is still there");
    bench.later(1);
    assert_eq!(bench.result(&id), "1037", "and closes by itself");
    let refused = bench.world.answer(PERSON, PhoneAnswer::Pin, bench.now);
    assert!(refused.is_err(), "a closed prompt takes no PIN");
    let id = bench.accepted(PERSON, 10);
    bench
        .world
        .answer(PERSON, PhoneAnswer::Ignore, bench.now)
        .unwrap();
    bench.later(26_000);
    assert_eq!(bench.result(&id), "1037", "ignored like the sandbox's number");
    let id = bench.accepted("254700000098", 10);
    bench
        .world
        .answer("254700000098", PhoneAnswer::Pin, bench.now)
        .unwrap();
    bench.later(60_000);
    assert_eq!(
        bench.result(&id),
        "0",
        "a person is faster than the habit, and nothing undoes it"
    );
}

#[test]
fn the_same_amount_twice_is_rule_limited_for_two_minutes() {
    let mut bench = Bench::new();
    bench.accepted("254700000000", 100);
    bench.later(2_000);
    let second = bench.accepted("254700000000", 100);
    let other = bench.accepted("254700000000", 101);
    bench.later(2_000);
    assert_eq!(bench.result(&second), "17", "same amount, same phone");
    assert!(!bench.world.pushes()[1].prompted, "no second prompt");
    assert_eq!(bench.result(&other), "0", "another amount is another matter");
    bench.later(120_000);
    let third = bench.accepted("254700000000", 100);
    bench.later(2_000);
    assert_eq!(
        bench.result(&third),
        "0",
        "after two minutes it may be paid again"
    );
    let cancelled = bench.accepted("254700000032", 100);
    bench.later(3_000);
    let again = bench.accepted("254700000032", 100);
    bench.later(3_000);
    assert_eq!(bench.result(&cancelled), "1032", "no money moved");
    assert_eq!(bench.result(&again), "1032", "so asking again makes a prompt");
}

#[test]
fn wrong_pairings_end_later_without_a_prompt() {
    let mut bench = Bench::new();
    let mut body = till_body(PERSON, 5);
    body["PartyB"] = json!("600100");
    bench.post(PUSH, &body).unwrap();
    body["PartyB"] = json!("555555");
    bench.post(PUSH, &body).unwrap();
    let callbacks = bench.later(3_000);
    let code = |at: usize| body_of(&callbacks[at])["Body"]["stkCallback"]["ResultCode"].clone();
    let codes = BTreeSet::from([code(0).to_string(), code(1).to_string()]);
    let expected = BTreeSet::from(["2028".to_owned(), "\"SFC_IC0003\"".to_owned()]);
    assert_eq!(codes, expected, "a number, and a text for the code that is none");
    assert!(
        bench.world.pushes().iter().all(|push| !push.prompted),
        "no phone rang"
    );
}

#[test]
fn callbacks_have_the_captured_shape() {
    let mut bench = Bench::new();
    bench.accepted("254700000000", 2);
    bench.accepted("254700000032", 2);
    let callbacks = bench.later(5_000);
    let paid = callbacks
        .iter()
        .find(|one| one.body.contains("MpesaReceiptNumber"))
        .unwrap();
    let receipt = bench.world.payments()[0].receipt.clone();
    assert!(
        paid.body.contains(&format!(
            "\"CallbackMetadata\":{{\"Item\":[{{\"Name\":\"Amount\",\"Value\":2}},\
             {{\"Name\":\"MpesaReceiptNumber\",\"Value\":\"{receipt}\"}},{{\"Name\":\"Balance\"}},\
             {{\"Name\":\"TransactionDate\",\"Value\":20261123210001}},\
             {{\"Name\":\"PhoneNumber\",\"Value\":254700000000}}]}}"
        )),
        "items in the captured order, Balance without Value: {}",
        paid.body
    );
    let failed = callbacks.iter().find(|one| one.body.contains("1032")).unwrap();
    assert!(
        !failed.body.contains("CallbackMetadata"),
        "failures carry none: {}",
        failed.body
    );
}

fn register(bench: &mut Bench, version: &str, short_code: &str, kind: &str) -> (u16, Value) {
    let body = json!({
        "ShortCode": short_code, "ResponseType": kind,
        "ConfirmationURL": "http://127.0.0.1:9/c", "ValidationURL": "http://127.0.0.1:9/v",
    });
    bench
        .post(&format!("/mpesa/c2b/{version}/registerurl"), &body)
        .unwrap()
}

#[test]
fn a_push_has_its_c2b_twin() {
    for (version, number) in [
        (
            "v1",
            "7fe2452bdc860302d56ecf03796ed29e4bc3060331087e210e0581159e74244d",
        ),
        ("v2", "2547 ***** 000"),
    ] {
        let mut bench = Bench::new();
        let (status, body) = register(&mut bench, version, "600100", "Completed");
        assert_eq!(status, 200, "the store registers for its till: {body}");
        bench.post(PUSH, &till_body("254700000000", 30)).unwrap();
        let twin = bench.later(5_000);
        let twin = twin
            .iter()
            .find(|one| one.kind == DeliveryKind::Confirmation)
            .unwrap();
        let body = body_of(twin);
        assert_eq!(
            body["TransID"],
            bench.world.payments()[0].receipt.as_str(),
            "one receipt"
        );
        assert_eq!(
            body["TransactionType"], "Customer Merchant Payment",
            "a till's words"
        );
        assert_eq!(body["BillRefNumber"], "", "tills return no reference");
        assert_eq!(body["BusinessShortCode"], "600101", "the till, not the store");
        assert_eq!(body["TransAmount"], "30.00", "a text with decimals");
        let shown = body["MSISDN"].as_str().unwrap();
        assert_eq!(shown, number, "version 1 hashes (SHA-256), version 2 masks");
    }
}

#[test]
fn registration_is_picky() {
    let mut bench = Bench::new();
    let (_, body) = register(&mut bench, "v2", "600984", "completed");
    assert_eq!(
        body["errorMessage"], "Bad Request - Invalid ResponseType",
        "sentence case only"
    );
    let bad = json!({
        "ShortCode": "600984", "ResponseType": "Completed",
        "ConfirmationURL": "https://shop.ke/MPesa/c", "ValidationURL": "https://shop.ke/v",
    });
    let (_, body) = bench.post("/mpesa/c2b/v2/registerurl", &bad).unwrap();
    let words = "Bad Request - Invalid ConfirmationURL - URL has the word MPESA";
    assert_eq!(body["errorMessage"], words, "as really seen");
    let (_, body) = register(&mut bench, "v2", "600984", "Completed");
    assert_eq!(body["ResponseCode"], "00000000", "as really seen");
    assert!(
        body["OriginatorCoversationID"].is_string(),
        "misspelt, as really seen: {body}"
    );
    let settings = Settings {
        register_once: true,
        ..Settings::default()
    };
    let mut bench = Bench::with(settings, Faults::default(), 7);
    register(&mut bench, "v1", "600984", "Completed");
    let (status, body) = register(&mut bench, "v1", "600984", "Completed");
    assert_eq!(status, 500, "production registers once");
    assert_eq!(
        body["errorMessage"], "Urls are already registered.",
        "in its words"
    );
}

#[test]
fn validation_decides_and_silence_takes_the_default() {
    let yes = Delivered::Answered {
        status: 200,
        body: "{\"ResultCode\":\"0\"}".into(),
    };
    let no = Delivered::Answered {
        status: 200,
        body: "{\"ResultCode\":\"C2B00012\"}".into(),
    };
    let cases = [
        ("Cancelled", Some(yes.clone()), 1),
        ("Completed", Some(no), 0),
        ("Completed", Some(Delivered::Failed), 1),
        ("Cancelled", None, 0),
        ("Completed", None, 1),
    ];
    for (kind, said, paid) in cases {
        let mut bench = Bench::new();
        register(&mut bench, "v2", "600984", kind);
        let body = json!({
            "ShortCode": 600_984, "CommandID": "CustomerPayBillOnline", "Amount": 5,
            "Msisdn": 254_708_374_149_i64, "BillRefNumber": "Rent",
        });
        bench.post("/mpesa/c2b/v2/simulate", &body).unwrap();
        let asked = bench.later(1_000);
        assert_eq!(asked[0].kind, DeliveryKind::Validation, "the shop is asked first");
        assert_eq!(body_of(&asked[0])["OrgAccountBalance"], "", "blank on validation");
        if let Some(end) = &said {
            bench.world.delivered(&asked[0], end, bench.now);
        }
        let told = bench.later(9_000);
        assert_eq!(bench.world.payments().len(), paid, "{kind}, {said:?}");
        assert_eq!(told.len(), paid, "confirmed if paid: {kind}, {said:?}");
        bench.world.delivered(&asked[0], &yes, bench.now);
        assert_eq!(
            bench.world.payments().len(),
            paid,
            "too late to change: {kind}, {said:?}"
        );
    }
}

#[test]
fn queries_are_strict_and_can_be_noisy() {
    let mut bench = Bench::new();
    let (_, body) = bench.query("ws_CO_23112026210000000712345678");
    assert_eq!(
        body["errorMessage"], "The transaction does not Exist",
        "an unknown id"
    );
    assert_eq!(bench.query("x").1["errorCode"], "400.002.02", "no id at all");
    let id = bench.accepted("254700000000", 1);
    let forms = [(InFlight::BeingProcessed, 500), (InFlight::Empty, 200)];
    for (in_flight, expected) in forms {
        bench.world.set_faults(Faults {
            in_flight,
            ..Faults::default()
        });
        let (status, body) = bench.query(&id);
        assert_eq!(
            (status, &body["errorCode"]),
            (expected, &json!("500.001.1001")),
            "{body}"
        );
    }
    bench.later(2_000);
    bench.world.set_faults(Faults {
        query_noise: Percent::ALWAYS,
        ..Faults::default()
    });
    assert_eq!(
        bench.query(&id).1["errorCode"],
        "500.001.1001",
        "noise on a finished push"
    );
    bench.world.set_faults(Faults {
        spike_arrest: true,
        ..Faults::default()
    });
    assert_eq!(bench.query(&id).0, 200, "the first passes");
    let (status, body) = bench.query(&id);
    assert_eq!(status, 429, "the second is too soon");
    assert!(
        body["fault"]["faultstring"].as_str().unwrap().contains("=5,"),
        "{body}"
    );
    bench.later(12_000);
    assert_eq!(bench.query(&id).0, 200, "one in twelve seconds");
}

#[test]
fn callbacks_can_be_lost_late_and_doubled() {
    let count = |faults: Faults, ms| {
        let mut bench = Bench::with(Settings::default(), faults, 7);
        bench.accepted("254700000000", 1);
        bench.later(ms).len()
    };
    let off = Faults::default;
    assert_eq!(count(off(), 2_000), 1, "one attempt");
    assert_eq!(
        count(
            Faults {
                callbacks_lost: Percent::ALWAYS,
                ..off()
            },
            99_000
        ),
        0,
        "lost"
    );
    assert_eq!(
        count(
            Faults {
                callbacks_doubled: Percent::ALWAYS,
                ..off()
            },
            9_000
        ),
        2,
        "doubled"
    );
    let late = Faults {
        callbacks_late_ms: 30_000,
        ..off()
    };
    assert_eq!(count(late.clone(), 30_000), 0, "not yet");
    assert_eq!(count(late, 32_000), 1, "late");
    let faults = Faults {
        callbacks_reordered: true,
        ..off()
    };
    let mut bench = Bench::with(Settings::default(), faults, 7);
    let phones = (10..30).map(|n| format!("2547111111{n}")).collect::<Vec<_>>();
    for phone in &phones {
        bench.accepted(phone, 1);
        bench.world.answer(phone, PhoneAnswer::Cancel, bench.now).unwrap();
    }
    let came: Vec<_> = bench.later(20_000).into_iter().map(|one| one.id).collect();
    assert_eq!(came.len(), phones.len(), "all come");
    assert!(!came.is_sorted(), "not in order: {came:?}");
}

#[test]
fn a_saved_world_goes_on_as_if_nothing_had_been() {
    let mut bench = Bench::new();
    let id = bench.accepted(PERSON, 10);
    let saved = bench.world.save();
    assert!(
        !saved.contains(PASSKEY) && !saved.contains("practice-secret"),
        "no keys in it"
    );
    bench.world = World::load(Settings::default(), Faults::default(), &saved).unwrap();
    assert_eq!(bench.world.save(), saved, "the same to the letter");
    bench.world.answer(PERSON, PhoneAnswer::Pin, bench.now).unwrap();
    assert_eq!(bench.result(&id), "0", "the prompt was still there");
    let broken = World::load(Settings::default(), Faults::default(), "{");
    assert!(broken.is_err(), "half a file is not a world");
}

#[derive(Clone, Debug)]
enum Deed {
    Push { phone: usize, amount: u32, till: bool },
    Answer { phone: usize, answer: PhoneAnswer },
    Query { push: usize },
    PayByHand { phone: usize, amount: u32 },
    Wait { ms: i64 },
    Reload,
}

const PHONES: [&str; 9] = [
    PERSON,
    "254111222333",
    "254700000000",
    "254700000001",
    "254700000020",
    "254700000032",
    "254700000037",
    "254700000098",
    "254700000099",
];

fn deed() -> impl Strategy<Value = Deed> {
    let phone = 0..PHONES.len();
    let answer = prop_oneof![
        Just(PhoneAnswer::Pin),
        Just(PhoneAnswer::WrongPin),
        Just(PhoneAnswer::Cancel),
        Just(PhoneAnswer::Ignore)
    ];
    prop_oneof![
        4 => (phone.clone(), 1_u32..4, any::<bool>())
            .prop_map(|(phone, amount, till)| Deed::Push { phone, amount, till }),
        3 => (phone.clone(), answer).prop_map(|(phone, answer)| Deed::Answer { phone, answer }),
        2 => (0_usize..20).prop_map(|push| Deed::Query { push }),
        1 => (phone, 1_u32..9).prop_map(|(phone, amount)| Deed::PayByHand { phone, amount }),
        4 => (0_i64..40_000).prop_map(|ms| Deed::Wait { ms }),
        1 => Just(Deed::Reload),
    ]
}

fn faults() -> impl Strategy<Value = Faults> {
    (0_u8..40, 0_u8..40, 0_u8..40, 0_u8..60, any::<bool>()).prop_map(
        |(drop, unavailable, lost, doubled, reordered)| Faults {
            drop_before: Percent::new(drop),
            drop_after: Percent::new(drop),
            unavailable: Percent::new(unavailable),
            on: vec![Endpoint::Push, Endpoint::Query],
            callbacks_lost: Percent::new(lost),
            callbacks_doubled: Percent::new(doubled),
            callbacks_reordered: reordered,
            ..Faults::default()
        },
    )
}

/// Plays the deeds; gives the world, and the ids that were answered as accepted.
fn play(seed: u64, faults: &Faults, deeds: &[Deed]) -> (Bench, Vec<String>) {
    let mut bench = Bench::with(Settings::default(), faults.clone(), seed);
    register(&mut bench, "v2", "600101", "Completed");
    let mut told = Vec::new();
    for deed in deeds {
        match deed {
            Deed::Push { phone, amount, till } => {
                let phone = PHONES[*phone];
                let body = if *till {
                    till_body(phone, *amount)
                } else {
                    push_body(phone, *amount)
                };
                if let Some((200, answer)) = bench.post(PUSH, &body) {
                    told.push(answer["CheckoutRequestID"].as_str().unwrap().to_owned());
                }
            }
            Deed::Answer { phone, answer } => {
                let _ = bench.world.answer(PHONES[*phone], *answer, bench.now);
            }
            Deed::Query { push } => {
                let id = bench
                    .world
                    .pushes()
                    .get(*push)
                    .map(|push| push.checkout_request_id.clone());
                if let Some(id) = id {
                    let body = json!({
                        "BusinessShortCode": "174379", "Password": password("174379"),
                        "Timestamp": STAMP, "CheckoutRequestID": id,
                    });
                    let _ = bench.post(QUERY, &body);
                }
            }
            Deed::PayByHand { phone, amount } => {
                bench
                    .world
                    .pay_by_hand(PHONES[*phone], "600101", *amount, "", bench.now)
                    .unwrap();
            }
            Deed::Wait { ms } => {
                bench.later(*ms);
            }
            Deed::Reload => {
                let saved = bench.world.save();
                let faults = bench.world.faults().clone();
                bench.world = World::load(Settings::default(), faults, &saved).unwrap();
            }
        }
    }
    (bench, told)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever happens in whatever order, the ledger is sound, and it can happen again.
    #[test]
    fn the_ledger_is_sound(
        seed in any::<u64>(),
        faults in faults(),
        deeds in proptest::collection::vec(deed(), 0..60),
    ) {
        let (mut bench, told) = play(seed, &faults, &deeds);
        let (again, _) = play(seed, &faults, &deeds);
        prop_assert_eq!(bench.world.save(), again.world.save(), "same seed {}, same world", seed);

        bench.later(10 * 60_000);
        let ledger = bench.world.ledger(bench.now);
        let ids: BTreeSet<_> = ledger.pushes.iter().map(|push| &push.checkout_request_id).collect();
        prop_assert_eq!(ids.len(), ledger.pushes.len(), "ids are unique, seed {}", seed);
        prop_assert!(told.iter().all(|id| ids.contains(id)), "what was told is there, seed {seed}");

        let receipts: BTreeSet<_> = ledger.payments.iter().map(|one| &one.receipt).collect();
        prop_assert_eq!(receipts.len(), ledger.payments.len(), "one receipt, one payment");
        let total: u64 = ledger.payments.iter().map(|one| u64::from(one.amount)).sum();
        prop_assert_eq!(total, ledger.total, "the total is the sum");

        for push in &ledger.pushes {
            let of_it: Vec<_> = ledger.payments.iter()
                .filter(|one| one.checkout_request_id.as_ref() == Some(&push.checkout_request_id))
                .collect();
            prop_assert!(of_it.len() <= 1, "at most one payment a push, seed {seed}: {push:?}");
            prop_assert_eq!(push.receipt.as_ref(), of_it.first().map(|one| &one.receipt));
            prop_assert_eq!(push.state == PushState::Paid, of_it.len() == 1, "paid is paid");
            prop_assert_ne!(push.state, PushState::Waiting, "everything ends, seed {}", seed);
            prop_assert!(!push.prompt_live, "no prompt outlives ten minutes, seed {seed}");
            let limited = push.result_code.as_deref() == Some("17");
            prop_assert_eq!(push.prompted, !limited, "one prompt each, save 17: {:?}", push);
        }
    }
}
