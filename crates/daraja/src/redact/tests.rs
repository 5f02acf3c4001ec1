#![allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{MAX_TEXT, Redaction};
use crate::Secret;
use crate::transport::{Method, WireRequest};

fn redaction(authorization: &str, body: Option<Value>) -> Redaction {
    Redaction::of(&WireRequest {
        method: Method::Post,
        path: "/",
        query: "",
        authorization: Secret::new(authorization),
        body,
        max_body: 1,
    })
}

fn plain(body: &Value) -> Value {
    serde_json::from_str(&redaction("", None).json(body)).unwrap()
}

#[test]
fn a_push_keeps_what_helps_and_hides_the_rest() {
    let body = json!({
        "BusinessShortCode": "174379", "Password": "MTc0Mzc5", "Timestamp": "20260711223344",
        "Amount": "1250", "PartyA": "254708374149", "PhoneNumber": 254_708_374_149_u64,
        "CallBackURL": "https://till.invalid/7f3a?x=1", "AccountReference": "A1TEST",
    });
    let expected = json!({
        "BusinessShortCode": "174379", "Password": "<redacted>", "Timestamp": "20260711223344",
        "Amount": "1250", "PartyA": "··149", "PhoneNumber": "··149",
        "CallBackURL": "https://till.invalid/··", "AccountReference": "A1TEST",
    });
    assert_eq!(plain(&body), expected, "a day in July is no phone, a phone is");
}

#[test]
fn ids_keep_their_moment_and_lose_the_phone() {
    for (id, shown) in [
        ("ws_CO_180920261803512708374149", "ws_CO_180920261803512··149"),
        ("ws_CO_010720261803512708374149", "ws_CO_010720261803512··149"),
        ("ws_CO_DMZ_12321323_23423476", "ws_CO_DMZ_12321323_23423476"),
        ("practice-708374149", "practice-··149"),
    ] {
        assert_eq!(
            plain(&json!({"CheckoutRequestID": id})),
            json!({"CheckoutRequestID": shown}),
            "{id}"
        );
    }
    let told = json!({"errorMessage": "no push ws_CO_010720261803512708374149 of 0708374149."});
    let shown = json!({"errorMessage": "no push ws_CO_010720261803512··149 of ··149."});
    assert_eq!(plain(&told), shown, "in the middle of a sentence too");
}

#[test]
fn names_and_phones_of_statements_and_callbacks() {
    let body = json!({
        "Response": [[{"msisdn": "2547 ***** 126", "sender": "JOHN DOE", "amount": "168.00"}]],
        "FirstName": "NICHOLAS", "MiddleName": "", "MSISDN": null,
        "Item": [{"Name": "PhoneNumber", "Value": 254_113_316_693_u64}, {"Name": "Balance"}],
    });
    let expected = json!({
        "Response": [[{"msisdn": "··126", "sender": "··", "amount": "168.00"}]],
        "FirstName": "··", "MiddleName": "", "MSISDN": null,
        "Item": [{"Name": "PhoneNumber", "Value": "··693"}, {"Name": "Balance"}],
    });
    assert_eq!(plain(&body), expected, "whether a field was told stays visible");
}

#[test]
fn a_server_that_repeats_a_secret_is_not_repeated() {
    // base64 of practice-key:practice-secret.
    let basic = redaction("Basic cHJhY3RpY2Uta2V5OnByYWN0aWNlLXNlY3JldA==", None);
    let told = json!({"errorMessage": "unknown practice-key / practice-secret", "access_token": "abcdefgh", "x": "abcdefgh"});
    let shown = basic.json(&told);
    for secret in ["practice-key", "practice-secret", "abcdefgh"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let bearer = redaction("Bearer tok-123456", Some(json!({"Password": "cGFzc3dvcmQ="})));
    let shown =
        bearer.json(&json!({"errorMessage": "bad tok-123456", "cGFzc3dvcmQ=": "Invalid cGFzc3dvcmQ="}));
    // As values: the order of keys is not ours to say.
    let shown: Value = serde_json::from_str(&shown).unwrap();
    let expected = json!({"errorMessage": "bad <redacted>", "<redacted>": "Invalid <redacted>"});
    assert_eq!(shown, expected, "token and password");
    assert_eq!(bearer.text("tok-123456"), "<redacted>", "a lone text too");
}

#[test]
fn a_secret_is_hidden_inside_any_field() {
    for field in [
        "CheckoutRequestID",
        "sender",
        "Msisdn",
        "CallBackURL",
        "TransTime",
        "errorMessage",
    ] {
        for secret in [
            json!({"access_token": "t0k-1"}),
            json!({"Name": "access_token", "Value": "t0k-1"}),
        ] {
            let shown = plain(&json!({ field: { "a": [secret] } })).to_string();
            assert!(!shown.contains("t0k-1"), "{field} lets it show: {shown}");
        }
    }
}

#[test]
fn a_phone_of_the_request_is_known_in_any_dress() {
    let push = redaction("", Some(json!({"PhoneNumber": 254_708_374_149_u64})));
    let query = redaction(
        "",
        Some(json!({"CheckoutRequestID": "ws_CO_180920261803512708374149"})),
    );
    for redaction in [push, query] {
        let shown = redaction.json(&json!({"id": "x_180920261803512708374149", "to": "708374149"}));
        assert_eq!(
            shown, r#"{"id":"x_180920261803512··149","to":"··149"}"#,
            "ids of a new shape too"
        );
    }
}

#[test]
fn a_long_body_is_cut_between_characters() {
    let shown = redaction("", None).json(&json!({"a": "é".repeat(MAX_TEXT)}));
    assert!(shown.len() <= MAX_TEXT + '…'.len_utf8(), "{} bytes", shown.len());
    assert!(shown.ends_with('…'), "and says that it was");
}

/// Any JSON around a text that holds what must be hidden.
fn around(hidden: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        hidden,
    ];
    let key = prop_oneof![
        "[A-Za-z]{1,8}",
        Just("Value".to_owned()),
        Just("Name".to_owned()),
        Just("sender".to_owned()),
        Just("CheckoutRequestID".to_owned()),
        Just("Msisdn".to_owned()),
        Just("errorMessage".to_owned()),
        Just("CallBackURL".to_owned()),
    ];
    leaf.prop_recursive(4, 32, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
    .boxed()
}

const PHONE: &str = "254708374149";

fn with_phone() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(json!(254_708_374_149_u64)),
        ("\\PC{0,9}", "\\PC{0,9}").prop_map(|(a, b)| json!(format!("{a}{PHONE}{b}"))),
        ("\\PC{0,9}", "\\PC{0,9}").prop_map(|(a, b)| json!(format!("{a}0708374149{b}"))),
        "[0-9]{0,6}".prop_map(|a| json!(format!("ws_CO_180920261803512708374149 {a}"))),
        "[0-9]{14,17}".prop_map(|a| json!({"CheckoutRequestID": format!("ws_CO_{a}708374149")})),
        "[a-z]{0,6}".prop_map(|a| json!({ format!("{a}0708374149"): a })),
    ]
    .boxed()
}

const TOKEN: &str = "c9SQxWWhmdVRlyh0zh8gZDTkubVF";

fn with_token() -> BoxedStrategy<Value> {
    prop_oneof![
        ("\\PC{0,9}", "\\PC{0,9}").prop_map(|(a, b)| json!(format!("{a}{TOKEN}{b}"))),
        Just(json!({"access_token": TOKEN})),
        Just(json!({"Name": "access_token", "Value": TOKEN})),
        Just(json!({ TOKEN: 1 })),
    ]
    .boxed()
}

/// One that the server gives for the first time: only its field's name tells what it is.
fn with_new_token() -> BoxedStrategy<Value> {
    prop_oneof![
        Just(json!({"access_token": TOKEN})),
        Just(json!({"Name": "access_token", "Value": TOKEN})),
    ]
    .boxed()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_phone_never_shows(body in around(with_phone())) {
        let shown = redaction("", None).json(&body);
        prop_assert!(!shown.contains("708374149"), "its nine digits are in {}", shown);
    }

    #[test]
    fn a_token_never_shows(body in around(with_token())) {
        let shown = redaction(&format!("Bearer {TOKEN}"), None).json(&body);
        prop_assert!(!shown.contains(TOKEN), "it is in {}", shown);
    }

    #[test]
    fn a_token_that_the_request_did_not_carry_never_shows(body in around(with_new_token())) {
        let shown = redaction("", None).json(&body);
        prop_assert!(!shown.contains(TOKEN), "it is in {}", shown);
    }
}
