//! OAuth: one token for all, fetched once, renewed once.

use std::time::Duration;

use axum::http::StatusCode;
use daraja::{NotSent, PushOutcome, QueryOutcome, Refusal};
use serde_json::json;

use crate::server::{Reply, Server};
use crate::setup::{IMPATIENT, a_push, a_query, client, client_with, recorded};

fn accepted() -> Reply {
    let (status, body) = recorded(include_str!("../fixtures/recorded/stk-push.json"));
    Reply::Json(status, body)
}

#[tokio::test]
async fn asks_as_the_portal_says() {
    let server = Server::answering([]).await;
    let info = client(&server.url).token().await.unwrap();
    let asked = &server.asked()[0];
    assert_eq!(asked.method, "GET", "a token is asked for with GET");
    assert_eq!(
        asked.path_and_query, "/oauth/v1/generate?grant_type=client_credentials",
        "path and grant type"
    );
    assert_eq!(
        asked.authorization, "Basic cHJhY3RpY2Uta2V5OnByYWN0aWNlLXNlY3JldA==",
        "base64 of key:secret"
    );
    assert!(
        info.expires_in > Duration::from_secs(3500),
        "good for about an hour: {info:?}"
    );
}

#[tokio::test]
async fn one_token_for_fifty_callers_at_once() {
    let server = Server::answering([]).await;
    let client = client(&server.url);
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.token().await })
        })
        .collect();
    for caller in callers {
        assert!(caller.await.unwrap().is_ok(), "every caller gets the token");
    }
    assert_eq!(server.gets().len(), 1, "one of them fetched it");
}

#[tokio::test]
async fn fifty_callers_share_a_failure_too() {
    // Answers only after all fifty are waiting, because they run on this one thread.
    let server = Server::with_tokens([Reply::html(503)], []).await;
    let client = client(&server.url);
    let callers: Vec<_> = (0..50)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.token().await })
        })
        .collect();
    for caller in callers {
        assert_eq!(
            caller.await.unwrap(),
            Err(NotSent::ServerTrouble { status: 503 }),
            "every caller hears why"
        );
    }
    assert_eq!(
        server.gets().len(),
        1,
        "a server in trouble is not asked fifty times"
    );
    assert!(client.token().await.is_err(), "still in trouble");
    assert_eq!(server.gets().len(), 2, "but who comes later asks again");
}

#[tokio::test]
async fn kept_while_good_and_renewed_when_old() {
    let server = Server::answering([accepted()]).await;
    let keeping = client(&server.url);
    for _ in 0..3 {
        keeping.stk_push(&a_push()).await;
    }
    assert_eq!(server.gets().len(), 1, "a token of an hour serves many calls");

    let short = Reply::Json(200, json!({"access_token": "short", "expires_in": 0}));
    let server = Server::with_tokens([short], [accepted()]).await;
    let renewing = client(&server.url);
    for _ in 0..3 {
        renewing.stk_push(&a_push()).await;
    }
    assert_eq!(
        server.gets().len(),
        3,
        "a token that is over is renewed before it is used again"
    );
}

#[tokio::test]
async fn every_sibling_of_invalid_token_renews_once() {
    for (status, code) in [
        (404, "404.001.03"),
        (401, "401.003.01"),
        (400, "400.003.01"),
        (401, "401.002.01"),
        (401, "401.001"),
    ] {
        let refusal = Reply::error(status, code, "Error Occurred - Invalid Access Token - ");
        let server = Server::answering([refusal, accepted()]).await;
        let outcome = client(&server.url).stk_push(&a_push()).await;
        assert!(
            matches!(outcome, PushOutcome::Accepted { .. }),
            "{code}: a fresh token was enough: {outcome:?}"
        );
        let sent: Vec<_> = server
            .posts()
            .into_iter()
            .map(|asked| asked.authorization)
            .collect();
        assert_eq!(
            sent,
            ["Bearer token-1", "Bearer token-2"],
            "{code}: once with each token"
        );
    }
}

#[tokio::test]
async fn recorded_bad_token_is_one_of_them() {
    let (status, body) = recorded(include_str!("../fixtures/recorded/pull-register-bad-token.json"));
    let server = Server::answering([Reply::Json(status, body), accepted()]).await;
    let outcome = client(&server.url).stk_push(&a_push()).await;
    assert!(
        matches!(outcome, PushOutcome::Accepted { .. }),
        "renewed and sent again: {outcome:?}"
    );
}

#[tokio::test]
async fn a_second_refusal_is_final() {
    let server = Server::answering([Reply::invalid_token()]).await;
    let client = client(&server.url);
    assert_eq!(
        client.stk_push(&a_push()).await,
        PushOutcome::Refused(Refusal::WrongKeys),
        "keys of another app"
    );
    assert_eq!(server.posts().len(), 2, "sent once more, not for ever");
    assert_eq!(
        client.stk_query(&a_query()).await,
        QueryOutcome::Refused(Refusal::WrongKeys),
        "a query too"
    );
}

#[tokio::test]
async fn many_refused_at_once_renew_once() {
    let count = 20;
    let refusals = vec![Reply::invalid_token(); count];
    let server = Server::answering(refusals.into_iter().chain([accepted()])).await;
    let client = client(&server.url);
    client.token().await.unwrap();
    let callers: Vec<_> = (0..count)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.stk_push(&a_push()).await })
        })
        .collect();
    for caller in callers {
        // One that was slow may meet a refusal with the fresh token; it must not renew a second time.
        let outcome = caller.await.unwrap();
        let fine = matches!(
            outcome,
            PushOutcome::Accepted { .. } | PushOutcome::Refused(Refusal::WrongKeys)
        );
        assert!(fine, "no other end: {outcome:?}");
    }
    assert!(
        server.gets().len() <= 3,
        "twenty refusals of one token are no reason for twenty tokens"
    );
}

#[tokio::test]
async fn without_a_token_no_push_is_sent() {
    for (reply, expected) in [
        (Reply::empty(400), NotSent::WrongKeys),
        (Reply::html(200), NotSent::CaptivePortal),
        (
            Reply::Redirect("http://127.0.0.1:9/login".to_owned()),
            NotSent::CaptivePortal,
        ),
        (Reply::html(503), NotSent::ServerTrouble { status: 503 }),
        (
            Reply::Json(200, json!({"hello": 1})),
            NotSent::ServerTrouble { status: 200 },
        ),
        (Reply::error(429, "x", "y"), NotSent::RateLimited),
    ] {
        let server = Server::with_tokens([reply], [accepted()]).await;
        let outcome = client(&server.url).stk_push(&a_push()).await;
        assert_eq!(
            outcome,
            PushOutcome::NotSent(expected),
            "the reason reaches the till"
        );
        assert_eq!(server.posts().len(), 0, "nothing was asked of a phone");
    }
}

#[tokio::test]
async fn a_silent_token_service_means_not_sent() {
    let server = Server::with_tokens([Reply::Silence], [accepted()]).await;
    let outcome = client_with(&server.url, IMPATIENT).stk_push(&a_push()).await;
    assert_eq!(
        outcome,
        PushOutcome::NotSent(NotSent::NoNetwork),
        "no token, no push, no doubt"
    );
    assert_eq!(server.posts().len(), 0, "nothing was asked of a phone");
}

#[tokio::test]
async fn a_caller_that_gives_up_does_not_block_the_next() {
    let server = Server::with_tokens([Reply::Silence, Reply::token(2)], []).await;
    let client = client(&server.url);
    let gone = tokio::spawn({
        let client = client.clone();
        async move { client.token().await }
    });
    while server.gets().is_empty() {
        tokio::task::yield_now().await;
    }
    gone.abort();
    assert!(client.token().await.is_ok(), "the next one fetches for itself");
}

#[tokio::test]
async fn a_rate_limited_token_is_a_rate_limited_query() {
    let status = StatusCode::TOO_MANY_REQUESTS.as_u16();
    let server = Server::with_tokens([Reply::html(status)], []).await;
    assert_eq!(
        client(&server.url).stk_query(&a_query()).await,
        QueryOutcome::RateLimited,
        "the limiter must hear it"
    );
}
