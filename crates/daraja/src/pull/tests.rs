#![allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use serde_json::{Value, json};

use super::{PullKind, PullOutcome, ZoneMark};
use crate::http::{Answer, Body};
use crate::{NoAnswer, Refusal};

fn row(receipt: &str, amount: Value) -> Value {
    json!({
        "transactionId": receipt, "trxDate": "2026-10-06T09:52:33Z", "msisdn": "2547 ***** 126",
        "sender": "JOHN DOE", "transactiontype": "c2b-buy-goods-debit", "billreference": "",
        "amount": amount, "organizationname": "Shop",
    })
}

fn read(status: u16, body: Value) -> PullOutcome {
    PullOutcome::of(&Answer {
        status,
        body: Body::Json(body),
    })
}

fn receipts(outcome: PullOutcome) -> (Vec<String>, u32) {
    let PullOutcome::Page { rows, unreadable } = outcome else {
        return (vec![format!("{outcome:?}")], 0);
    };
    (rows.into_iter().map(|row| row.receipt).collect(), unreadable)
}

#[test]
fn rows_come_nested_or_flat() {
    let (a, b) = (row("UJ6E5918JJ", json!("168.00")), row("UJ6E5918JK", json!(168)));
    for response in [
        json!([[a, b]]),
        json!([a, b]),
        json!([[a], [b]]),
        json!([[], a, [b]]),
    ] {
        let told = json!({"ResponseRefID": "1", "ResponseCode": "1000", "ResponseMessage": "Success", "Response": response});
        let (found, unreadable) = receipts(read(200, told));
        assert_eq!(
            found,
            ["UJ6E5918JJ", "UJ6E5918JK"],
            "in Safaricom's order: {response}"
        );
        assert_eq!(unreadable, 0, "all of them: {response}");
    }
    let spaced = json!({"Response Code": 1000, "RequestID": "1", "Response": [a]});
    assert_eq!(
        receipts(read(200, spaced)).0,
        ["UJ6E5918JJ"],
        "spelt with a space, as a number"
    );
}

#[test]
fn a_row_is_read_whole() {
    let mut told = row("UJ6E5918JJ", json!("168.50"));
    told["transactiontype"] = json!("C2B-PAY-BILL-DEBIT");
    told["billreference"] = json!("0712345678");
    let PullOutcome::Page { rows, .. } = read(200, json!({"ResponseCode": "1000", "Response": [[told]]}))
    else {
        unreachable!("a page")
    };
    assert_eq!(rows[0].kind, PullKind::PayBill, "any case of letters");
    assert_eq!(rows[0].amount_cents, 16_850, "exact");
    assert_eq!(rows[0].msisdn.as_deref(), Some("2547 ***** 126"), "as told");
    assert_eq!(rows[0].at.zone, ZoneMark::Z, "the mark is kept, not believed");
    let shown = format!("{rows:?}");
    assert!(
        !shown.contains("126") && !shown.contains("0712345678"),
        "no phone in {shown}"
    );
    for kind in [
        "c2b-pay-bill-debit",
        "c2b-buy-goods-debit",
        "merchant-to-organization-settlement",
        "new",
    ] {
        assert_eq!(PullKind::parse(kind).as_str(), kind, "reads back");
    }
}

#[test]
fn an_unreadable_row_takes_no_other_with_it() {
    let good = row("UJ6E5918JJ", json!("1"));
    for bad in [
        row("", json!("1")),
        row("X", json!("-1")),
        row("X", json!(-168)),
        row("X", json!("1,000")),
        row("X", json!(null)),
        json!({"transactionId": "X", "amount": "1", "trxDate": "yesterday"}),
        json!({"transactionId": "X", "amount": "1"}),
        json!(null),
        json!("X"),
        json!([[]]),
    ] {
        let told = json!({"ResponseCode": "1000", "Response": [[good, bad, good]]});
        assert_eq!(
            receipts(read(200, told)),
            (vec!["UJ6E5918JJ".into(); 2], 1),
            "{bad}"
        );
    }
}

#[test]
fn an_empty_page_is_a_page_and_no_response_is_not() {
    let empty = PullOutcome::Page {
        rows: Vec::new(),
        unreadable: 0,
    };
    for response in [json!([[]]), json!([])] {
        let told = json!({"ResponseCode": "1000", "Response": response});
        assert_eq!(read(200, told), empty, "a statement with nothing in it");
    }
    let words = "No records found or Organization Name not available";
    for (status, told) in [
        (200, json!({"ResponseCode": "1000", "ResponseMessage": "Success"})),
        (200, json!({"ResponseCode": "1000", "Response": null})),
        (200, json!({"ResponseCode": "1001", "ResponseMessage": words})),
        (200, json!({"ResponseCode": 1001, "Response": [[]]})),
        (
            500,
            json!({"errorCode": "500.001", "errorMessage": "Failed to retrieve transactions"}),
        ),
        (500, json!({"ResponseMessage": "Failed to retrieve transactions"})),
    ] {
        assert_eq!(
            read(status, told.clone()),
            PullOutcome::NothingFound,
            "proves nothing: {told}"
        );
    }
}

#[test]
fn the_rest_is_no_answer_or_a_refusal() {
    let error = |code: &str, words: &str| json!({"errorCode": code, "errorMessage": words});
    let fault = json!({"fault": {"detail": {"errorcode": "policies.ratelimit.SpikeArrestViolation"}}});
    let row = row("UJ6E5918JJ", json!("1"));
    for (status, told, expected) in [
        (
            401,
            error("401.001", "Invalid Access Token"),
            PullOutcome::Refused(Refusal::WrongKeys),
        ),
        (
            400,
            error("400.001", "x"),
            PullOutcome::Refused(Refusal::InvalidField("ShortCode".into())),
        ),
        (
            404,
            error("404.001.01", "x"),
            PullOutcome::Refused(Refusal::NotFound),
        ),
        (429, fault, PullOutcome::RateLimited),
        (429, json!({}), PullOutcome::RateLimited),
        (
            500,
            error("500.003.02", "System is busy."),
            PullOutcome::NoAnswer(NoAnswer::Busy),
        ),
        (
            500,
            error("500.001", "x"),
            PullOutcome::NoAnswer(NoAnswer::ServerError { status: 500 }),
        ),
        (
            500,
            json!({"ResponseCode": "1000", "Response": [[row]]}),
            PullOutcome::NoAnswer(NoAnswer::ServerError { status: 500 }),
        ),
        (
            200,
            json!({"ResponseCode": "0", "Response": [[row]]}),
            PullOutcome::NoAnswer(NoAnswer::Unreadable),
        ),
        (
            200,
            json!({"ResponseCode": "1000", "Response": row}),
            PullOutcome::NoAnswer(NoAnswer::Unreadable),
        ),
        (
            200,
            json!({"Envelope": {}}),
            PullOutcome::NoAnswer(NoAnswer::Unreadable),
        ),
    ] {
        assert_eq!(read(status, told.clone()), expected, "{status} {told}");
    }
    let page = Answer {
        status: 503,
        body: Body::Html,
    };
    assert_eq!(
        PullOutcome::of(&page),
        PullOutcome::NoAnswer(NoAnswer::NotJson { status: 503 }),
        "a web page"
    );
}
