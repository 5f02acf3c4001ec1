//! The pulled statement.

use serde_json::{Value, json};

use super::*;

const REGISTER: &str = "/pulltransactions/v1/register";
const PULL: &str = "/pulltransactions/v1/query";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// East Africa's wall clock as the query writes it.
fn wall(at_ms: i64) -> String {
    ids::eat(at_ms).format("%Y-%m-%d %H:%M:%S").to_string()
}

fn register(bench: &mut Bench, short_code: &str) -> (u16, Value) {
    let body = json!({
        "ShortCode": short_code, "RequestType": "Pull", "NominatedNumber": "0712345678",
        "CallBackURL": "https://keshia.invalid/pull",
    });
    bench.post(REGISTER, &body).unwrap()
}

fn question(bench: &Bench, short_code: &str, offset: usize) -> Value {
    json!({
        "ShortCode": short_code, "StartDate": wall(bench.now - 3 * DAY), "EndDate": wall(bench.now),
        "OffSetValue": offset.to_string(),
    })
}

fn pull(bench: &mut Bench, short_code: &str) -> (u16, Value) {
    let body = question(bench, short_code, 0);
    bench.post(PULL, &body).unwrap()
}

/// The receipt numbers of a page, in its order.
fn receipts(bench: &mut Bench, offset: usize) -> Vec<String> {
    let body = question(bench, "600100", offset);
    let (status, body) = bench.post(PULL, &body).unwrap();
    assert_eq!(status, 200, "an answer: {body}");
    let rows = body["Response"][0].as_array().cloned().unwrap_or_default();
    let receipt = |row: &Value| row["transactionId"].as_str().unwrap().to_owned();
    rows.iter().map(receipt).collect()
}

/// A bench whose till is registered, with these payments a minute apart.
fn with_payments(faults: Faults, settings: Settings, count: u32) -> (Bench, Vec<String>) {
    let mut bench = Bench::with(settings, faults, 7);
    register(&mut bench, "600100");
    let paid = (1..=count).map(|amount| {
        bench.later(60_000);
        bench.world.pay_till(PERSON, amount, "", bench.now).unwrap()
    });
    let paid = paid.collect();
    (bench, paid)
}

#[test]
fn registers_once_and_says_so() {
    let mut bench = Bench::new();
    let (status, body) = register(&mut bench, "600100");
    assert_eq!(
        (status, &body["Response Status"]),
        (200, &json!("1000")),
        "with a space: {body}"
    );
    let (_, body) = register(&mut bench, "600101");
    assert_eq!(body["Response Status"], "1001", "the till of that store: {body}");
    let saved = bench.world.save();
    bench.world = World::load(Settings::default(), Faults::default(), &saved).unwrap();
    assert_eq!(
        register(&mut bench, "600100").1["Response Status"],
        "1001",
        "remembered"
    );
    let (status, body) = register(&mut bench, "555555");
    assert_eq!(
        (status, &body["errorCode"]),
        (400, &json!("400.001")),
        "a stranger's: {body}"
    );
}

#[test]
fn a_world_saved_before_there_was_pull_is_read() {
    let mut saved: Value = serde_json::from_str(&Bench::new().world.save()).unwrap();
    saved.as_object_mut().unwrap().remove("pulls").unwrap();
    let world = World::load(Settings::default(), Faults::default(), &saved.to_string());
    assert!(world.is_ok(), "a practice goes on over an update: {world:?}");
}

#[test]
fn the_statement_tells_pushes_and_customers_own_payments() {
    let mut bench = Bench::new();
    register(&mut bench, "600100");
    register(&mut bench, "174379");
    bench.post(PUSH, &till_body("254700000000", 168)).unwrap();
    bench.accepted("254711111110", 9);
    bench.later(2_000);
    bench
        .world
        .answer("254711111110", PhoneAnswer::Pin, bench.now)
        .unwrap();
    let own = bench
        .world
        .pay_till("254712345126", 5, "Rent", bench.now)
        .unwrap();
    let pushed = bench.world.payments()[0].receipt.clone();
    for short_code in ["600100", "600101"] {
        let (status, body) = pull(&mut bench, short_code);
        assert_eq!(
            (status, &body["ResponseCode"]),
            (200, &json!("1000")),
            "{short_code}: {body}"
        );
        assert!(body["RequestID"].is_string(), "as on the sandbox: {body}");
        let expected = json!([[
            {"transactionId": pushed, "trxDate": "2026-11-23T21:00:01Z", "msisdn": "2547 ***** 000",
             "sender": "JANE", "transactiontype": "c2b-buy-goods-debit", "billreference": "",
             "amount": "168.00", "organizationname": "MAMA NJERI STORES"},
            {"transactionId": own, "trxDate": "2026-11-23T21:00:02Z", "msisdn": "2547 ***** 126",
             "sender": "GEORGE", "transactiontype": "c2b-buy-goods-debit", "billreference": "",
             "amount": "5.00", "organizationname": "MAMA NJERI STORES"},
        ]]);
        assert_eq!(
            body["Response"], expected,
            "an array in an array; a till tells no reference"
        );
    }
    let (_, body) = pull(&mut bench, "174379");
    let row = &body["Response"][0][0];
    assert_eq!(
        row["transactiontype"], "c2b-pay-bill-debit",
        "the paybill's own: {body}"
    );
    assert_eq!(row["billreference"], "A1000X", "with the reference");
}

#[test]
fn tokens_codes_and_dates_are_strict_and_numbers_are_not() {
    let (mut bench, paid) = with_payments(Faults::default(), Settings::default(), 1);
    let good = question(&bench, "600100", 0);
    let (status, body) = pull(&mut bench, "555555");
    assert_eq!((status, &body["errorCode"]), (400, &json!("400.001")), "{body}");
    for (field, value) in [
        ("StartDate", json!("2026-11-23")),
        ("StartDate", json!("2026-11-23T10:00:00")),
        ("EndDate", json!("2026-13-23 10:00:00")),
        ("EndDate", json!("2020-01-01 10:00:00")),
        ("OffSetValue", json!("-1")),
        ("OffSetValue", Value::Null),
    ] {
        let mut bad = good.clone();
        bad[field] = value;
        let (status, body) = bench.post(PULL, &bad).unwrap();
        assert_eq!(status, 400, "{field}: {body}");
        assert_eq!(
            body["errorMessage"],
            format!("Bad Request - Invalid {field}"),
            "it names the field"
        );
    }
    let mut numbers = good.clone();
    numbers["ShortCode"] = json!(600_100);
    numbers["OffSetValue"] = json!(0);
    let mut get = Request::post(PULL, &bench.token, &numbers);
    get.method = "GET".into();
    let (_, body) = bench.raw(&get).unwrap();
    assert_eq!(
        body["Response"][0][0]["transactionId"],
        paid[0].as_str(),
        "GET with a body will do: {body}"
    );
    bench.token = "x".into();
    let (status, body) = bench.post(PULL, &good).unwrap();
    assert_eq!(
        (status, &body["errorCode"]),
        (401, &json!("401.001")),
        "this product's way: {body}"
    );
    assert_eq!(
        body["errorMessage"], "Error Occurred - Invalid Access Token - ",
        "as recorded"
    );
}

#[test]
fn an_app_without_pull_is_refused_whatever_its_token() {
    let settings = Settings {
        pull: false,
        ..Settings::default()
    };
    let mut bench = Bench::with(settings, Faults::default(), 7);
    assert_eq!(
        register(&mut bench, "600100").0,
        401,
        "no such product on the app"
    );
    assert_eq!(
        pull(&mut bench, "600100").1["errorCode"],
        "401.001",
        "a query neither"
    );
}

#[test]
fn nothing_found_has_no_rows_at_all() {
    let mut bench = Bench::new();
    bench.world.pay_till(PERSON, 5, "", bench.now).unwrap();
    for when in ["not registered", "registered, but for another"] {
        let (status, body) = pull(&mut bench, "600100");
        assert_eq!(
            (status, &body["ResponseCode"]),
            (200, &json!("1001")),
            "{when}: {body}"
        );
        assert!(body.get("Response").is_none(), "no such key: {body}");
        register(&mut bench, "174379");
    }
}

#[test]
fn a_statement_reaches_back_48_hours() {
    let (mut bench, paid) = with_payments(Faults::default(), Settings::default(), 2);
    bench.later(2 * DAY - 60_000);
    bench.token = bench.sign_in();
    let seen = receipts(&mut bench, 0);
    assert!(
        seen.contains(&paid[0]) && seen.contains(&paid[1]),
        "to the minute: {seen:?}"
    );
    bench.later(1);
    let seen = receipts(&mut bench, 0);
    assert!(
        !seen.contains(&paid[0]) && seen.contains(&paid[1]),
        "and not longer: {seen:?}"
    );
}

#[test]
fn only_what_was_asked_for() {
    let (mut bench, paid) = with_payments(Faults::default(), Settings::default(), 3);
    let second = START + 2 * 60_000;
    let mut body = question(&bench, "600100", 0);
    body["StartDate"] = json!(wall(second));
    body["EndDate"] = json!(wall(second));
    let (_, body) = bench.post(PULL, &body).unwrap();
    let rows = body["Response"][0].as_array().unwrap();
    assert_eq!(rows.len(), 1, "one second, both ends included: {body}");
    assert_eq!(
        rows[0]["transactionId"],
        paid[1].as_str(),
        "the one of that second"
    );
}

#[test]
fn pages_follow_each_other() {
    let settings = Settings {
        pull_page: 4,
        ..Settings::default()
    };
    let (mut bench, paid) = with_payments(Faults::default(), settings, 10);
    for (offset, expected) in [(0, 0..4), (4, 4..8), (8, 8..10), (3, 3..7), (10, 0..0)] {
        assert_eq!(receipts(&mut bench, offset), paid[expected], "from {offset}");
    }
}

#[test]
fn the_days_takings_go_to_the_bank_at_eleven_in_the_evening() {
    let (mut bench, _) = with_payments(Faults::default(), Settings::default(), 3);
    bench.later(DAY);
    bench.token = bench.sign_in();
    let (_, body) = pull(&mut bench, "600100");
    let rows = body["Response"][0].as_array().unwrap();
    let last = rows.last().unwrap();
    assert_eq!(
        last["transactiontype"], "merchant-to-organization-settlement",
        "{body}"
    );
    assert_eq!(last["trxDate"], "2026-11-23T23:00:00Z", "in East Africa");
    assert_eq!(last["amount"], "6.00", "1 + 2 + 3");
    assert_eq!(rows.len(), 4, "once, and on no day without payments: {body}");
    let (_, again) = pull(&mut bench, "600100");
    assert_eq!(again["Response"], body["Response"], "always the same");
}

#[test]
fn rows_can_be_late_and_out_of_order() {
    let faults = Faults {
        pull_lag_ms: 90_000,
        ..Faults::default()
    };
    let (mut bench, paid) = with_payments(faults, Settings::default(), 2);
    assert_eq!(receipts(&mut bench, 0), [""; 0], "not yet");
    bench.later(30_000);
    assert_eq!(
        receipts(&mut bench, 0),
        paid[..1],
        "a minute and a half after it was paid"
    );

    let faults = Faults {
        pull_shuffle_ms: 600_000,
        ..Faults::default()
    };
    let (mut bench, paid) = with_payments(faults, Settings::default(), 9);
    let seen = receipts(&mut bench, 0);
    let hidden_before_seen = paid
        .iter()
        .skip_while(|one| seen.contains(one))
        .any(|one| seen.contains(one));
    assert!(
        hidden_before_seen,
        "a later one shows before an earlier one: {seen:?} of {paid:?}"
    );
    assert_eq!(receipts(&mut bench, 0), seen, "by the receipt, not by chance");
    bench.later(600_000);
    assert_eq!(
        receipts(&mut bench, 0),
        paid,
        "in the end all of them, in the order of their times"
    );
}

#[test]
fn rows_can_be_missing_from_one_answer() {
    let faults = Faults {
        pull_gaps: Percent::new(50),
        ..Faults::default()
    };
    let (mut bench, paid) = with_payments(faults, Settings::default(), 20);
    let (first, second) = (receipts(&mut bench, 0), receipts(&mut bench, 0));
    assert!(
        first.len() < paid.len() && second.len() < paid.len(),
        "each has gaps"
    );
    assert_ne!(first, second, "but not the same");
}

#[test]
fn pull_can_be_down_or_pretend_that_there_is_nothing() {
    let (mut bench, _) = with_payments(Faults::default(), Settings::default(), 1);
    bench.world.set_faults(Faults {
        pull_down: Percent::ALWAYS,
        ..Faults::default()
    });
    let (status, body) = pull(&mut bench, "600100");
    assert_eq!(status, 500, "down: {body}");
    assert_eq!(
        body["errorMessage"], "Failed to retrieve transactions",
        "in the portal's words"
    );
    bench.world.set_faults(Faults {
        pull_empty: Percent::ALWAYS,
        ..Faults::default()
    });
    let (status, body) = pull(&mut bench, "600100");
    assert_eq!(
        (status, &body["ResponseCode"]),
        (200, &json!("1001")),
        "nothing found: {body}"
    );
    assert!(body.get("Response").is_none(), "no such key: {body}");
}

#[test]
fn the_mark_behind_a_time_may_lie() {
    let (mut bench, _) = with_payments(Faults::default(), Settings::default(), 1);
    for (pull_zone, expected) in [
        (PullZone::EatMarkedZ, "2026-11-23T21:01:00Z"),
        (PullZone::UtcMarkedZ, "2026-11-23T18:01:00Z"),
        (PullZone::EatMarkedOffset, "2026-11-23T21:01:00+03:00"),
        (PullZone::EatUnmarked, "2026-11-23 21:01:00"),
    ] {
        bench.world.set_faults(Faults {
            pull_zone,
            ..Faults::default()
        });
        let (_, body) = pull(&mut bench, "600100");
        assert_eq!(body["Response"][0][0]["trxDate"], expected, "{pull_zone:?}");
    }
}
