//! C2B: registering addresses and playing payments.

use daraja::{
    AppKey, BaseUrl, C2bPayment, C2bVersion, CallError, Client, Environment, LimitError, NoAnswer, NotSent,
    Refusal, RegisterAnswer, RegisterC2b, ResponseType, Secret, SimulateC2b, Timeouts, UrlLint,
};
use serde_json::{Value, json};

use crate::server::{Reply, Server};
use crate::setup::{PHONE, client, code, install_tls, recorded};

fn register(version: C2bVersion) -> RegisterC2b {
    RegisterC2b {
        version,
        short_code: code("600984"),
        response_type: ResponseType::Completed,
        confirmation_url: "https://till.example/in/7f3a".to_owned(),
        validation_url: "https://till.example/ask/7f3a".to_owned(),
    }
}

fn simulate() -> SimulateC2b {
    SimulateC2b {
        version: C2bVersion::V2,
        short_code: code("600984"),
        payment: C2bPayment::PayBill {
            account: "A1TEST".to_owned(),
        },
        amount_shillings: 5,
        msisdn: PHONE.to_owned(),
    }
}

async fn registered(reply: Reply) -> Result<RegisterAnswer, CallError> {
    let server = Server::answering([reply]).await;
    client(&server.url).register_c2b(&register(C2bVersion::V2)).await
}

#[tokio::test]
async fn each_version_has_its_path() {
    let (status, body) = recorded(include_str!("../fixtures/recorded/c2b-register.json"));
    for (version, path) in [
        (C2bVersion::V1, "/mpesa/c2b/v1/registerurl"),
        (C2bVersion::V2, "/mpesa/c2b/v2/registerurl"),
    ] {
        let server = Server::answering([Reply::Json(status, body.clone())]).await;
        let answer = client(&server.url).register_c2b(&register(version)).await;
        assert_eq!(answer, Ok(RegisterAnswer::Registered), "eight zeros are success");
        let asked = &server.posts()[0];
        assert_eq!(asked.path_and_query, path, "{version:?}");
        assert_eq!(
            asked.body,
            json!({
                "ShortCode": "600984",
                "ResponseType": "Completed",
                "ConfirmationURL": "https://till.example/in/7f3a",
                "ValidationURL": "https://till.example/ask/7f3a",
            }),
            "four fields"
        );
    }
}

#[tokio::test]
async fn answers_to_a_registration() {
    let held = "Duplicate notification info, SP ID is 1, correlator is 2";
    for (reply, expected) in [
        (
            Reply::Json(200, json!({"ResponseCode": 0})),
            Ok(RegisterAnswer::Registered),
        ),
        (
            Reply::error(500, "500.003.1001", "Urls are already registered."),
            Ok(RegisterAnswer::AlreadyRegistered),
        ),
        (
            Reply::error(500, "500.003.1001", held),
            Err(CallError::HeldByAnother),
        ),
        (
            Reply::error(
                400,
                "400.003.02",
                "Bad Request - Invalid ValidationURL - URL has the word MPESA",
            ),
            Err(CallError::Refused(Refusal::InvalidField(
                "ValidationURL - URL has the word MPESA".to_owned(),
            ))),
        ),
        (
            Reply::error(401, "401.003.01", "Invalid Access Token"),
            Err(CallError::Refused(Refusal::WrongKeys)),
        ),
        (
            Reply::error(500, "500.003.1001", "Internal Server Error"),
            Err(CallError::NoAnswer(NoAnswer::ServerError { status: 500 })),
        ),
        (
            Reply::html(503),
            Err(CallError::NoAnswer(NoAnswer::NotJson { status: 503 })),
        ),
        (
            Reply::Json(200, json!({"ResponseCode": "1"})),
            Err(CallError::NoAnswer(NoAnswer::Unreadable)),
        ),
    ] {
        assert_eq!(registered(reply).await, expected, "what the owner is told");
    }
}

#[tokio::test]
async fn an_address_that_would_be_refused_is_not_sent() {
    let server = Server::answering([]).await;
    let client = client(&server.url);
    let bad = "https://till.example/mpesa".to_owned();
    for request in [
        RegisterC2b {
            confirmation_url: bad.clone(),
            ..register(C2bVersion::V2)
        },
        RegisterC2b {
            validation_url: bad.clone(),
            ..register(C2bVersion::V2)
        },
    ] {
        let expected = Err(CallError::Url(UrlLint::ForbiddenWord("mpesa")));
        assert_eq!(
            client.register_c2b(&request).await,
            expected,
            "both addresses are read"
        );
    }
    assert_eq!(server.asked().len(), 0, "not even a token was asked for");
}

#[tokio::test]
async fn a_payment_is_played() {
    let (status, body) = recorded(include_str!("../fixtures/recorded/c2b-simulate.json"));
    let server = Server::answering([Reply::Json(status, body)]).await;
    let client = client(&server.url);
    assert_eq!(client.simulate_c2b(&simulate()).await, Ok(()), "taken");
    let goods = SimulateC2b {
        version: C2bVersion::V1,
        payment: C2bPayment::BuyGoods,
        ..simulate()
    };
    assert_eq!(client.simulate_c2b(&goods).await, Ok(()), "taken");
    let posts = server.posts();
    assert_eq!(posts[0].path_and_query, "/mpesa/c2b/v2/simulate", "v2");
    assert_eq!(
        posts[0].body,
        json!({
            "ShortCode": "600984", "CommandID": "CustomerPayBillOnline", "Amount": "5", "Msisdn": PHONE,
            "BillRefNumber": "A1TEST",
        }),
        "five fields"
    );
    assert_eq!(posts[1].path_and_query, "/mpesa/c2b/v1/simulate", "v1");
    assert_eq!(
        posts[1].body["BillRefNumber"],
        Value::Null,
        "a till has no account number"
    );
}

#[tokio::test]
async fn a_played_payment_has_limits() {
    let server = Server::answering([]).await;
    let client = client(&server.url);
    let long = C2bPayment::PayBill {
        account: "x".repeat(21),
    };
    for (request, limit) in [
        (
            SimulateC2b {
                amount_shillings: 0,
                ..simulate()
            },
            LimitError::Amount,
        ),
        (
            SimulateC2b {
                msisdn: "0708".to_owned(),
                ..simulate()
            },
            LimitError::Msisdn,
        ),
        (
            SimulateC2b {
                payment: long,
                ..simulate()
            },
            LimitError::Reference,
        ),
    ] {
        let expected = Err(CallError::NotSent(NotSent::Limit(limit)));
        assert_eq!(client.simulate_c2b(&request).await, expected, "{request:?}");
    }
    assert_eq!(server.asked().len(), 0, "nothing was sent");
}

#[tokio::test]
async fn nothing_is_played_in_production() {
    install_tls();
    let key = AppKey {
        consumer_key: Secret::new("k"),
        consumer_secret: Secret::new("s"),
    };
    let client = Client::new(BaseUrl::of(Environment::Production), key, Timeouts::default()).unwrap();
    assert_eq!(
        client.simulate_c2b(&simulate()).await,
        Err(CallError::OnlyForTests),
        "decided before any connection"
    );
    assert_eq!(client.clock_skew(), None, "nobody was asked");
}
