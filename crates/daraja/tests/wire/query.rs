//! The query: pending, ended, or no answer.

use daraja::{NoAnswer, QueryOutcome, Refusal, ResultCode};
use serde_json::{Value, json};

use crate::server::{Reply, Server};
use crate::setup::{CHECKOUT_ID, a_query, client, recorded};

async fn outcome_of(reply: Reply) -> QueryOutcome {
    let server = Server::answering([reply]).await;
    client(&server.url).stk_query(&a_query()).await
}

fn result(code: Value) -> Reply {
    Reply::Json(
        200,
        json!({"ResponseCode": "0", "CheckoutRequestID": CHECKOUT_ID, "ResultCode": code, "ResultDesc": "words"}),
    )
}

#[tokio::test]
async fn asks_as_the_portal_says_and_reads_the_recorded_answer() {
    let (status, body) = recorded(include_str!("../fixtures/recorded/stk-query.json"));
    let server = Server::answering([Reply::Json(status, body)]).await;
    let outcome = client(&server.url).stk_query(&a_query()).await;
    let description = "No response from user.".to_owned();
    assert_eq!(
        outcome,
        QueryOutcome::Ended {
            code: ResultCode::NoAnswer,
            description
        },
        "1037 as text"
    );
    let asked = &server.posts()[0];
    assert_eq!(
        asked.path_and_query, "/mpesa/stkpushquery/v1/query",
        "the portal's path"
    );
    assert_eq!(
        asked.body,
        json!({
            "BusinessShortCode": "174379",
            "Password": "MTc0Mzc5cHJhY3RpY2UtcGFzc2tleTIwMjYxMTIzMTMwMDAw",
            "Timestamp": "20261123130000",
            "CheckoutRequestID": CHECKOUT_ID,
        }),
        "four fields"
    );
}

#[tokio::test]
async fn result_codes_are_text_or_numbers() {
    for (wire, code) in [
        (json!("0"), ResultCode::Success),
        (json!(0), ResultCode::Success),
        (json!("1032"), ResultCode::CancelledByUser),
        (json!(2001), ResultCode::WrongPin),
        (json!("SFC_IC0003"), ResultCode::OperatorDoesNotExist),
        (json!("4321"), ResultCode::Other("4321".to_owned())),
    ] {
        let description = "words".to_owned();
        let outcome = outcome_of(result(wire.clone())).await;
        assert_eq!(outcome, QueryOutcome::Ended { code, description }, "{wire}");
    }
}

#[tokio::test]
async fn every_way_to_say_still_under_way() {
    for reply in [
        result(json!("4999")),
        result(json!(4999)),
        Reply::error(500, "500.001.1001", "The transaction is being processed"),
        Reply::error(200, "500.001.1001", "The transaction is still under processing"),
    ] {
        assert_eq!(
            outcome_of(reply).await,
            QueryOutcome::Pending,
            "the prompt is alive"
        );
    }
}

#[tokio::test]
async fn unknown_pushes() {
    for (status, code, message) in [
        (500, "500.001.1001", "The transaction does not Exist"),
        (500, "500.001.1001", "This transaction does not exist"),
        (400, "400.002.02", "Bad Request - Invalid CheckoutRequestID"),
    ] {
        assert_eq!(
            outcome_of(Reply::error(status, code, message)).await,
            QueryOutcome::NoSuchPush,
            "{message}"
        );
    }
}

#[tokio::test]
async fn too_often() {
    let (status, spike) = recorded(include_str!("../fixtures/recorded/spike-arrest.json"));
    for reply in [
        Reply::Json(status, spike),
        Reply::html(429),
        Reply::error(500, "500.003.02", "Error Occurred: Spike Arrest Violation"),
        Reply::error(500, "500.003.03", "Quota Violation"),
    ] {
        assert_eq!(
            outcome_of(reply).await,
            QueryOutcome::RateLimited,
            "the limiter must hear it"
        );
    }
}

#[tokio::test]
async fn an_error_is_never_a_failed_payment() {
    for (reply, no_answer) in [
        (Reply::error(500, "500.001.1001", ""), NoAnswer::CatchAll),
        (Reply::error(200, "500.001.1001", ""), NoAnswer::CatchAll),
        (
            Reply::error(
                500,
                "500.003.02",
                "System is busy. Please try again in few minutes.",
            ),
            NoAnswer::Busy,
        ),
        (
            Reply::error(500, "500.003.1001", "Internal Server Error"),
            NoAnswer::ServerError { status: 500 },
        ),
        (Reply::html(503), NoAnswer::NotJson { status: 503 }),
        (Reply::html(200), NoAnswer::NotJson { status: 200 }),
        (Reply::empty(200), NoAnswer::NotJson { status: 200 }),
        (
            Reply::Json(500, json!({"Envelope": {}})),
            NoAnswer::ServerError { status: 500 },
        ),
        (
            Reply::Json(200, json!({"ResponseCode": "0"})),
            NoAnswer::Unreadable,
        ),
        (result(json!("")), NoAnswer::Unreadable),
        (result(json!(null)), NoAnswer::Unreadable),
        (
            Reply::Json(500, json!({"ResultCode": "1032"})),
            NoAnswer::ServerError { status: 500 },
        ),
    ] {
        assert_eq!(
            outcome_of(reply).await,
            QueryOutcome::NoAnswer(no_answer),
            "ask again"
        );
    }
}

#[tokio::test]
async fn an_answer_about_another_push_says_nothing_about_this_one() {
    let other = json!({"CheckoutRequestID": "ws_CO_other", "ResultCode": "0", "ResultDesc": "paid"});
    let outcome = outcome_of(Reply::Json(200, other)).await;
    assert_eq!(
        outcome,
        QueryOutcome::NoAnswer(NoAnswer::OtherPush),
        "another customer's payment is not this one's"
    );
}

#[tokio::test]
async fn refusals_of_the_question() {
    for (reply, refusal) in [
        (
            Reply::error(500, "500.001.1001", "Wrong credentials"),
            Refusal::WrongPasskey,
        ),
        (
            Reply::error(500, "500.001.1001", "Merchant does not exist"),
            Refusal::WrongShortCode,
        ),
        (
            Reply::error(404, "404.001.01", "Resource not found"),
            Refusal::NotFound,
        ),
        (
            Reply::error(400, "400.002.02", "Bad Request - Invalid Timestamp"),
            Refusal::InvalidField("Timestamp".to_owned()),
        ),
    ] {
        assert_eq!(
            outcome_of(reply).await,
            QueryOutcome::Refused(refusal),
            "the set-up is wrong"
        );
    }
}
