//! The push: what is sent, and what each answer means.

use daraja::{LimitError, NotSent, PushOutcome, Receiver, Refusal, StkPush, Unknown};
use serde_json::json;

use crate::server::{Reply, Server};
use crate::setup::{CHECKOUT_ID, PHONE, a_push, client, code, recorded};

async fn outcome_of(reply: Reply) -> PushOutcome {
    let server = Server::answering([reply]).await;
    let outcome = client(&server.url).stk_push(&a_push()).await;
    assert_eq!(
        server.posts().len(),
        1,
        "a push is sent once, whatever comes back: {outcome:?}"
    );
    outcome
}

#[tokio::test]
async fn paybill_is_one_number_in_both_places() {
    let (status, body) = recorded(include_str!("../fixtures/recorded/stk-push.json"));
    let server = Server::answering([Reply::Json(status, body)]).await;
    let PushOutcome::Accepted {
        merchant_request_id,
        checkout_request_id,
    } = client(&server.url).stk_push(&a_push()).await
    else {
        panic!("the recorded answer is an acceptance")
    };
    assert_eq!(
        merchant_request_id, "ac7b-470b-8df7-23ab3cef38271071873",
        "Safaricom's name for the request"
    );
    assert_eq!(checkout_request_id.as_str(), CHECKOUT_ID, "the name to ask by");
    let asked = &server.posts()[0];
    assert_eq!(
        asked.path_and_query, "/mpesa/stkpush/v1/processrequest",
        "the portal's path"
    );
    assert_eq!(
        asked.body,
        json!({
            "BusinessShortCode": "174379",
            // base64 of 174379practice-passkey20261123130000: 10:00 UTC is 13:00 in Nairobi.
            "Password": "MTc0Mzc5cHJhY3RpY2UtcGFzc2tleTIwMjYxMTIzMTMwMDAw",
            "Timestamp": "20261123130000",
            "TransactionType": "CustomerPayBillOnline",
            "Amount": "1250",
            "PartyA": PHONE,
            "PartyB": "174379",
            "PhoneNumber": PHONE,
            "CallBackURL": "https://till.invalid/7f3a",
            "AccountReference": "A1TEST",
            "TransactionDesc": "Keshia",
        }),
        "every field as the portal's sample has it"
    );
}

#[tokio::test]
async fn till_keeps_store_and_till_apart() {
    let server = Server::answering([Reply::empty(500)]).await;
    let receiver = Receiver::Till {
        store: code("600100"),
        till: code("600101"),
    };
    let push = StkPush {
        receiver,
        description: String::new(),
        ..a_push()
    };
    client(&server.url).stk_push(&push).await;
    let body = &server.posts()[0].body;
    assert_eq!(body["BusinessShortCode"], "600100", "the store asks");
    assert_eq!(body["PartyB"], "600101", "the till receives");
    assert_eq!(
        body["TransactionType"], "CustomerBuyGoodsOnline",
        "goods, not a bill"
    );
    assert!(
        body.get("TransactionDesc").is_none(),
        "an empty description is left out"
    );
}

#[tokio::test]
async fn limits_are_checked_before_anything_is_sent() {
    let server = Server::answering([]).await;
    let client = client(&server.url);
    for (push, limit) in [
        (
            StkPush {
                amount_shillings: 0,
                ..a_push()
            },
            LimitError::Amount,
        ),
        (
            StkPush {
                amount_shillings: 250_001,
                ..a_push()
            },
            LimitError::Amount,
        ),
        (
            StkPush {
                reference: "THIRTEENCHARS".to_owned(),
                ..a_push()
            },
            LimitError::Reference,
        ),
        (
            StkPush {
                description: "fourteen chars".to_owned(),
                ..a_push()
            },
            LimitError::Description,
        ),
        (
            StkPush {
                msisdn: "0708374149".to_owned(),
                ..a_push()
            },
            LimitError::Msisdn,
        ),
    ] {
        assert_eq!(
            client.stk_push(&push).await,
            PushOutcome::NotSent(NotSent::Limit(limit)),
            "{push:?}"
        );
    }
    assert_eq!(server.asked().len(), 0, "not even a token was asked for");
}

#[tokio::test]
async fn every_spelling_of_acceptance() {
    for (body, why) in [
        (
            json!({"ResponseCode": 0, "CheckoutRequestID": "ws_CO_1"}),
            "the code as a number",
        ),
        (
            json!({"ResponseCode": "00000000", "CheckoutRequestID": "ws_CO_1"}),
            "a row of zeros",
        ),
        (
            json!({"responseCode": "0", "CheckoutRequestId": "ws_CO_1"}),
            "other case",
        ),
    ] {
        let outcome = outcome_of(Reply::Json(200, body)).await;
        assert!(
            matches!(outcome, PushOutcome::Accepted { .. }),
            "{why}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn half_an_acceptance_is_unknown() {
    for (body, why) in [
        (json!({"ResponseCode": "0"}), "no id"),
        (
            json!({"ResponseCode": "0", "CheckoutRequestID": ""}),
            "an empty id",
        ),
        (json!({"CheckoutRequestID": "ws_CO_1"}), "no code"),
        (
            json!({"ResponseCode": "1", "CheckoutRequestID": "ws_CO_1"}),
            "a code that nobody documents",
        ),
        (json!({}), "nothing"),
    ] {
        assert_eq!(
            outcome_of(Reply::Json(200, body)).await,
            PushOutcome::Unknown(Unknown::Unreadable),
            "{why}"
        );
    }
}

#[tokio::test]
async fn certain_refusals() {
    let (_, spike) = recorded(include_str!("../fixtures/recorded/spike-arrest.json"));
    for (reply, refusal) in [
        (
            Reply::error(400, "400.002.02", "Bad Request - Invalid PhoneNumber"),
            Refusal::InvalidField("PhoneNumber".to_owned()),
        ),
        (
            Reply::error(400, "400.002.05", "Invalid Request Payload"),
            Refusal::InvalidPayload,
        ),
        (
            Reply::error(404, "404.001.01", "Resource not found"),
            Refusal::NotFound,
        ),
        (
            Reply::error(405, "405.001", "Method Not Allowed"),
            Refusal::MethodNotAllowed,
        ),
        (
            Reply::error(500, "500.001.1001", "[MerchantValidate] - Wrong credentials"),
            Refusal::WrongPasskey,
        ),
        (
            Reply::error(500, "500.001.1001", "Merchant does not exist"),
            Refusal::WrongShortCode,
        ),
        (
            Reply::error(500, "500.003.02", "Error Occurred: Spike Arrest Violation"),
            Refusal::SpikeArrest,
        ),
        (Reply::error(500, "500.003.03", "Quota Violation"), Refusal::Quota),
        (Reply::Json(429, spike), Refusal::SpikeArrest),
    ] {
        assert_eq!(
            outcome_of(reply).await,
            PushOutcome::Refused(refusal),
            "no prompt was made, for certain"
        );
    }
}

#[tokio::test]
async fn everything_else_is_unknown() {
    let envelope = || {
        json!({"Envelope": {"Body": {"Fault": {"faultstring":
        "Execution of ServiceCallout SC failed. Reason: ResponseCode 503 is treated as error"}}}})
    };
    let fault =
        json!({"fault": {"faultstring": "Gateway Timeout", "detail": {"errorcode": "messaging.Timeout"}}});
    let lock = "Unable to lock subscriber, a transaction is already in process for the current subscriber";
    let error = |status: u16| Unknown::ServerError { status };
    let not_json = |status: u16| Unknown::NotJson { status };
    for (reply, unknown) in [
        (Reply::error(500, "500.001.1001", lock), Unknown::SubscriberLocked),
        (
            Reply::error(
                500,
                "500.003.02",
                "System is busy. Please try again in few minutes.",
            ),
            Unknown::Busy,
        ),
        (
            Reply::error(500, "500.003.1001", "Internal Server Error"),
            error(500),
        ),
        (Reply::error(500, "500.001.1001", ""), error(500)),
        (
            Reply::error(500, "500.001.1001", "The transaction is being processed"),
            error(500),
        ),
        (Reply::error(400, "400.777.01", "Something new"), error(400)),
        (Reply::error(403, "403.001", "Wrong credentials"), error(403)),
        (Reply::Json(504, fault), error(504)),
        (Reply::Json(500, envelope()), error(500)),
        (Reply::Json(200, envelope()), Unknown::Unreadable),
        (Reply::html(200), not_json(200)),
        (Reply::html(503), not_json(503)),
        (Reply::html(404), not_json(404)),
        (Reply::html(429), not_json(429)),
        (Reply::empty(200), not_json(200)),
        (Reply::empty(400), not_json(400)),
        (
            Reply::Text(200, "application/json", "{\"ResponseCode\":\"0\",".to_owned()),
            not_json(200),
        ),
        (
            Reply::Text(200, "application/json", " ".repeat(70_000)),
            not_json(200),
        ),
    ] {
        assert_eq!(
            outcome_of(reply).await,
            PushOutcome::Unknown(unknown),
            "not on the list of certain refusals"
        );
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::answering([]).await;
    let outcome = outcome_of(Reply::Redirect(format!("{}/again", elsewhere.url))).await;
    assert_eq!(
        outcome,
        PushOutcome::Unknown(Unknown::NotJson { status: 307 }),
        "nobody knows what it did"
    );
    assert_eq!(elsewhere.asked().len(), 0, "a second POST is a second prompt");
}
