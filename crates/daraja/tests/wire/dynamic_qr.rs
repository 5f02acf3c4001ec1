//! Dynamic QR: a picture, or the reason why there is none.

use daraja::{CallError, DynamicQr, LimitError, NoAnswer, NotSent, QrPicture, Receiver, Refusal};
use serde_json::{Value, json};

use crate::server::{Reply, Server};
use crate::setup::{client, code};

/// A PNG of one white pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsW2LfQAAAABJRU5ErkJggg==";

fn wanted() -> DynamicQr {
    DynamicQr {
        receiver: Receiver::Till {
            store: code("600000"),
            till: code("123456"),
        },
        merchant_name: "Mama Njeri Stores".to_owned(),
        reference: "A10001Z".to_owned(),
        amount_shillings: 730,
    }
}

/// As the sandbox answers: no RequestID, two zeros.
fn drawn(response_code: &str, picture: &Value) -> Reply {
    let body = json!({
        "ResponseCode": response_code,
        "ResponseDescription": "The service request is processed successfully.",
        "QRCode": picture,
    });
    Reply::Json(200, body)
}

async fn answered(reply: Reply) -> Result<QrPicture, CallError> {
    let server = Server::answering([reply]).await;
    client(&server.url).dynamic_qr(&wanted()).await
}

#[tokio::test]
async fn a_picture_is_asked_for_by_number_and_amount() {
    let server = Server::answering([drawn("00", &json!(PNG)), drawn("00", &json!(PNG))]).await;
    let client = client(&server.url);
    let picture = client.dynamic_qr(&wanted()).await.unwrap();
    assert_eq!(picture.base64(), PNG, "as it was drawn");
    assert!(
        !format!("{picture:?}").contains("iVBOR"),
        "a log needs no picture"
    );
    let paybill = DynamicQr {
        receiver: Receiver::Paybill {
            number: code("174379"),
        },
        ..wanted()
    };
    client.dynamic_qr(&paybill).await.unwrap();
    let posts = server.posts();
    assert_eq!(posts[0].path_and_query, "/mpesa/qrcode/v1/generate", "Dynamic QR");
    assert_eq!(
        posts[0].body,
        json!({
            "MerchantName": "Mama Njeri Stores", "RefNo": "A10001Z", "Amount": 730, "TrxCode": "BG",
            "CPI": "123456", "Size": "300",
        }),
        "a till by its own number, and not its store's"
    );
    assert_eq!(
        (&posts[1].body["TrxCode"], &posts[1].body["CPI"]),
        (&json!("PB"), &json!("174379")),
        "a paybill"
    );
}

#[tokio::test]
async fn any_row_of_zeros_is_a_success() {
    for told in ["0", "00", "00000000", "AG_20191219_000043fdf61864fe9ff5"] {
        let picture = answered(drawn(told, &json!(PNG))).await;
        assert!(picture.is_ok(), "{told}: {picture:?}");
    }
}

#[tokio::test]
async fn answers_without_a_picture() {
    for (reply, expected) in [
        (
            drawn("00", &Value::Null),
            CallError::NoAnswer(NoAnswer::Unreadable),
        ),
        (
            drawn("00", &json!("PGh0bWw+")),
            CallError::NoAnswer(NoAnswer::Unreadable),
        ),
        (
            drawn("00", &json!("\"><script>")),
            CallError::NoAnswer(NoAnswer::Unreadable),
        ),
        (drawn("1", &json!(PNG)), CallError::NoAnswer(NoAnswer::Unreadable)),
        (
            Reply::error(400, "400.002.02", "Bad Request - Invalid CPI"),
            CallError::Refused(Refusal::InvalidField("CPI".to_owned())),
        ),
        (
            Reply::error(404, "404.001.04", "Invalid Authentication Header"),
            CallError::Refused(Refusal::NotFound),
        ),
        (
            Reply::error(401, "401.003.01", "Invalid Access Token"),
            CallError::Refused(Refusal::WrongKeys),
        ),
        (
            Reply::error(
                500,
                "500.001.1001",
                "System is busy. Please try again in few minutes.",
            ),
            CallError::NoAnswer(NoAnswer::Busy),
        ),
        (
            Reply::html(503),
            CallError::NoAnswer(NoAnswer::NotJson { status: 503 }),
        ),
    ] {
        assert_eq!(answered(reply).await, Err(expected), "no picture, and why");
    }
}

#[tokio::test]
async fn what_would_be_refused_is_not_sent() {
    let server = Server::answering([]).await;
    let client = client(&server.url);
    for (request, limit) in [
        (
            DynamicQr {
                amount_shillings: 0,
                ..wanted()
            },
            LimitError::Amount,
        ),
        (
            DynamicQr {
                reference: String::new(),
                ..wanted()
            },
            LimitError::Reference,
        ),
    ] {
        let expected = Err(CallError::NotSent(NotSent::Limit(limit)));
        assert_eq!(client.dynamic_qr(&request).await, expected, "{request:?}");
    }
    assert_eq!(server.asked().len(), 0, "nothing was sent");
}
