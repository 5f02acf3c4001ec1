//! Broken connections: what is certain and what is not.

use chrono::TimeDelta;
use daraja::{NoAnswer, NotSent, PushOutcome, QueryOutcome, Unknown};
use tokio::net::TcpListener;

use crate::raw::{Break, RawServer};
use crate::server::{Reply, Server};
use crate::setup::{IMPATIENT, a_push, a_query, client, client_with};

#[tokio::test]
async fn a_push_whose_connection_breaks_is_unknown_and_sent_once() {
    for (how, why) in [
        (Break::AtOnce, "reset before it was read"),
        (Break::AfterRequest, "closed before any byte of the answer"),
        (Break::InHead, "closed in the answer's head"),
        (Break::InBody, "closed in the answer's body"),
        (Break::Garbage, "not HTTP"),
    ] {
        let server = RawServer::breaking(how).await;
        let outcome = client(&server.url).stk_push(&a_push()).await;
        assert_eq!(outcome, PushOutcome::Unknown(Unknown::ConnectionLost), "{why}");
        assert_eq!(server.broken(), 1, "{why}: it came exactly once");
    }
}

#[tokio::test]
async fn a_push_without_a_whole_answer_in_time_is_unknown() {
    let silent = Server::answering([Reply::Silence]).await;
    let outcome = client_with(&silent.url, IMPATIENT).stk_push(&a_push()).await;
    assert_eq!(
        outcome,
        PushOutcome::Unknown(Unknown::Timeout),
        "a prompt may be alive"
    );
    assert_eq!(silent.posts().len(), 1, "it came exactly once");

    let stalled = RawServer::breaking(Break::StallInBody).await;
    let outcome = client_with(&stalled.url, IMPATIENT).stk_push(&a_push()).await;
    assert_eq!(
        outcome,
        PushOutcome::Unknown(Unknown::Timeout),
        "half an answer is none"
    );
    assert_eq!(stalled.broken(), 1, "it came exactly once");
}

#[tokio::test]
async fn a_query_gets_no_answer_from_the_same_faults() {
    let server = RawServer::breaking(Break::AfterRequest).await;
    let outcome = client(&server.url).stk_query(&a_query()).await;
    assert_eq!(
        outcome,
        QueryOutcome::NoAnswer(NoAnswer::ConnectionLost),
        "ask again"
    );

    let silent = Server::answering([Reply::Silence]).await;
    let outcome = client_with(&silent.url, IMPATIENT).stk_query(&a_query()).await;
    assert_eq!(outcome, QueryOutcome::NoAnswer(NoAnswer::Timeout), "ask again");
}

#[tokio::test]
async fn nobody_listening_means_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let client = client(&url);
    assert_eq!(
        client.stk_push(&a_push()).await,
        PushOutcome::NotSent(NotSent::NoNetwork),
        "no connection"
    );
    assert_eq!(
        client.stk_query(&a_query()).await,
        QueryOutcome::NotSent(NotSent::NoNetwork),
        "no connection"
    );
}

#[tokio::test]
async fn a_server_that_goes_between_token_and_push_means_not_sent() {
    let server = Server::answering([]).await;
    let client = client(&server.url);
    client.token().await.unwrap();
    // Dropping the server closes its socket once its task has ended.
    let url = server.url.clone();
    drop(server);
    while tokio::net::TcpStream::connect(url.trim_start_matches("http://"))
        .await
        .is_ok()
    {
        tokio::task::yield_now().await;
    }
    let outcome = client.stk_push(&a_push()).await;
    assert_eq!(
        outcome,
        PushOutcome::NotSent(NotSent::NoNetwork),
        "not one byte of the push left"
    );
}

#[tokio::test]
async fn skew_comes_from_the_last_answers_date() {
    let server = Server::answering([Reply::html(503)]).await;
    let client = client(&server.url);
    assert_eq!(client.clock_skew(), None, "nothing heard yet");
    client.stk_push(&a_push()).await;
    let skew = client.clock_skew().unwrap();
    assert!(
        skew.abs() < TimeDelta::minutes(1),
        "one computer, one clock, even from an error page: {skew}"
    );
}
