//! Pull Transactions over the wire.

use daraja::{
    CallError, LimitError, NoAnswer, NotSent, PullOutcome, PullQuery, PullRegister, PullRegistered, Refusal,
    UrlLint,
};
use serde_json::{Value, json};

use crate::raw::{Break, RawServer};
use crate::server::{Reply, Server};
use crate::setup::{IMPATIENT, client, client_with, code, recorded};

fn a_pull() -> PullQuery {
    PullQuery {
        short_code: code("600100"),
        start: "2026-11-22T21:30:00Z".parse().unwrap(),
        end: "2026-11-23T10:00:05Z".parse().unwrap(),
        offset: 100,
    }
}

fn a_registration() -> PullRegister {
    PullRegister {
        short_code: code("600100"),
        nominated_number: "254708374149".to_owned(),
        callback_url: "https://till.invalid/7f3a".to_owned(),
    }
}

fn bad_token() -> Reply {
    let (status, body) = recorded(include_str!("../fixtures/recorded/pull-register-bad-token.json"));
    Reply::Json(status, body)
}

fn page(rows: &Value) -> Reply {
    Reply::Json(
        200,
        json!({"RequestID": "1", "ResponseCode": "1000", "ResponseMessage": "Success", "Response": [rows]}),
    )
}

fn row(receipt: &str) -> Value {
    json!({
        "transactionId": receipt, "trxDate": "2026-11-23T09:52:33Z", "msisdn": "2547 ***** 126",
        "sender": "JOHN DOE", "transactiontype": "c2b-buy-goods-debit", "billreference": "",
        "amount": "168.00", "organizationname": "Shop",
    })
}

fn count(outcome: &PullOutcome) -> Option<(usize, u32)> {
    if let PullOutcome::Page { rows, unreadable } = outcome {
        Some((rows.len(), *unreadable))
    } else {
        None
    }
}

#[tokio::test]
async fn asks_in_east_africa_time_and_in_text() {
    let server = Server::answering([page(&json!([row("UKN1AAAAAA")]))]).await;
    let outcome = client(&server.url).pull(&a_pull()).await;
    assert_eq!(count(&outcome), Some((1, 0)), "one row: {outcome:?}");
    let asked = &server.posts()[0];
    assert_eq!(asked.path_and_query, "/pulltransactions/v1/query", "the path");
    let expected = json!({
        "ShortCode": "600100", "StartDate": "2026-11-23 00:30:00", "EndDate": "2026-11-23 13:00:05",
        "OffSetValue": "100",
    });
    assert_eq!(
        asked.body, expected,
        "21:30 UTC is already the next day in Nairobi"
    );
}

#[tokio::test]
async fn a_page_may_be_longer_than_other_answers() {
    let rows: Vec<Value> = (0..1000).map(|n| row(&format!("UKN1A{n:05}"))).collect();
    let server = Server::answering([page(&json!(rows))]).await;
    let outcome = client(&server.url).pull(&a_pull()).await;
    assert_eq!(count(&outcome), Some((1000, 0)), "some 200 kB of them");
    let endless = Reply::Text(
        200,
        "application/json",
        format!("{{\"ResponseCode\":\"1000\",\"x\":\"{}\"}}", "x".repeat(1 << 20)),
    );
    let server = Server::answering([endless]).await;
    let outcome = client(&server.url).pull(&a_pull()).await;
    let expected = PullOutcome::NoAnswer(NoAnswer::NotJson { status: 200 });
    assert_eq!(outcome, expected, "but not without end");
}

#[tokio::test]
async fn a_bad_token_is_renewed_once() {
    let server = Server::answering([bad_token(), page(&json!([]))]).await;
    let outcome = client(&server.url).pull(&a_pull()).await;
    assert_eq!(count(&outcome), Some((0, 0)), "asked again with a fresh one");
    assert_eq!(server.posts().len(), 2, "once");
    let server = Server::answering([bad_token()]).await;
    let outcome = client(&server.url).pull(&a_pull()).await;
    assert_eq!(outcome, PullOutcome::Refused(Refusal::WrongKeys), "not for ever");
}

#[tokio::test]
async fn no_answer_is_never_an_empty_statement() {
    let lost = RawServer::breaking(Break::InBody).await;
    let outcome = client(&lost.url).pull(&a_pull()).await;
    assert_eq!(
        outcome,
        PullOutcome::NoAnswer(NoAnswer::ConnectionLost),
        "half a page is none"
    );
    let silent = Server::answering([Reply::Silence]).await;
    let outcome = client_with(&silent.url, IMPATIENT).pull(&a_pull()).await;
    assert_eq!(outcome, PullOutcome::NoAnswer(NoAnswer::Timeout), "silence");
    let server = Server::answering([Reply::html(503)]).await;
    let outcome = client(&server.url).pull(&a_pull()).await;
    assert_eq!(
        outcome,
        PullOutcome::NoAnswer(NoAnswer::NotJson { status: 503 }),
        "the firewall's page"
    );
    let server = Server::with_tokens([Reply::html(429)], []).await;
    assert_eq!(
        client(&server.url).pull(&a_pull()).await,
        PullOutcome::RateLimited,
        "the limiter must hear it"
    );
    let server = Server::with_tokens([Reply::empty(400)], []).await;
    let outcome = client(&server.url).pull(&a_pull()).await;
    assert_eq!(
        outcome,
        PullOutcome::NotSent(NotSent::WrongKeys),
        "no token, no question"
    );
    let (status, body) = recorded(include_str!("../fixtures/recorded/spike-arrest.json"));
    let server = Server::answering([Reply::Json(status, body)]).await;
    assert_eq!(
        client(&server.url).pull(&a_pull()).await,
        PullOutcome::RateLimited,
        "as recorded"
    );
}

#[tokio::test]
async fn registers_now_or_finds_it_done() {
    for (reply, expected) in [
        (
            json!({"ResponseRefID": "1", "Response Status": "1000", "ShortCode": "600100", "Response Description": "x"}),
            PullRegistered::Now,
        ),
        (
            json!({"ResponseRefID": "1", "ResponseStatus": 1000}),
            PullRegistered::Now,
        ),
        (json!({"Response Status": "1001"}), PullRegistered::Already),
        (json!({"ResponseStatus": "1001"}), PullRegistered::Already),
    ] {
        let server = Server::answering([Reply::Json(200, reply.clone())]).await;
        let answer = client(&server.url).pull_register(&a_registration()).await;
        assert_eq!(answer, Ok(expected), "{reply}");
        let asked = &server.posts()[0];
        assert_eq!(asked.path_and_query, "/pulltransactions/v1/register", "the path");
        let body = json!({
            "ShortCode": "600100", "RequestType": "Pull", "NominatedNumber": "254708374149",
            "CallBackURL": "https://till.invalid/7f3a",
        });
        assert_eq!(asked.body, body, "the portal's fields");
    }
}

#[tokio::test]
async fn a_refused_registration_says_why() {
    for (reply, expected) in [
        (bad_token(), CallError::Refused(Refusal::WrongKeys)),
        (
            Reply::error(400, "400.001", "x"),
            CallError::Refused(Refusal::InvalidField("ShortCode".to_owned())),
        ),
        (
            Reply::Json(500, json!({"ResponseStatus": "1000"})),
            CallError::NoAnswer(NoAnswer::ServerError { status: 500 }),
        ),
        (
            Reply::Json(200, json!({"ResponseStatus": "0"})),
            CallError::NoAnswer(NoAnswer::Unreadable),
        ),
        (
            Reply::html(503),
            CallError::NoAnswer(NoAnswer::NotJson { status: 503 }),
        ),
    ] {
        let server = Server::answering([reply]).await;
        let answer = client(&server.url).pull_register(&a_registration()).await;
        assert_eq!(answer, Err(expected), "the reason reaches the set-up");
    }
    let server = Server::answering([Reply::error(500, "500.003.1001", "Already registered")]).await;
    let answer = client(&server.url).pull_register(&a_registration()).await;
    assert_eq!(answer, Ok(PullRegistered::Already), "in the words of its sister");
}

#[tokio::test]
async fn what_has_not_the_shape_is_not_sent() {
    let server = Server::answering([]).await;
    let client = client(&server.url);
    for number in ["", "708374149", "254208374149", "07083741490", "0208374149"] {
        let request = PullRegister {
            nominated_number: number.to_owned(),
            ..a_registration()
        };
        let expected = CallError::NotSent(NotSent::Limit(LimitError::Msisdn));
        assert_eq!(
            client.pull_register(&request).await,
            Err(expected),
            "{number:?} is no phone"
        );
    }
    for url in ["", "till.invalid", "https://till.invalid/a b"] {
        let request = PullRegister {
            callback_url: url.to_owned(),
            ..a_registration()
        };
        assert_eq!(
            client.pull_register(&request).await,
            Err(CallError::Url(UrlLint::NotAUrl)),
            "{url:?}"
        );
    }
    assert_eq!(server.asked().len(), 0, "not even a token was asked for");
    let shown = format!("{:?}", a_registration());
    assert!(
        !shown.contains("374149") && !shown.contains("7f3a"),
        "prints without phone and path: {shown}"
    );
}
