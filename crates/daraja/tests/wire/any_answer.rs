//! Properties: whatever comes over the network, nothing panics, and nothing speaks of money or of an accepted
//! push unless the very fields that say so are in it.

use std::sync::Arc;

use daraja::{
    AppKey, BaseUrl, BoxedExchange, Client, Environment, Exchange, Method, Observer, PullOutcome, PullQuery,
    PushOutcome, QueryOutcome, ResultCode, Secret, StkCallback, Transport, WireReply, WireRequest,
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::setup::{CHECKOUT_ID, PHONE, a_push, a_query, code, polled_once};

const TOKEN: &[u8] = br#"{"access_token":"token-1","expires_in":"3599"}"#;

/// Gives this token and this answer, always.
#[derive(Clone, Debug)]
struct Same {
    token: Vec<u8>,
    status: u16,
    content_type: Option<String>,
    body: Vec<u8>,
}

impl Transport for Same {
    fn exchange(&self, request: WireRequest) -> BoxedExchange {
        let (status, body) = match request.method {
            Method::Get => (200, self.token.clone()),
            Method::Post => (self.status, self.body.clone()),
        };
        let reply = WireReply {
            status,
            date: None,
            content_type: self.content_type.clone(),
            body,
            received_at: self.now(),
        };
        Box::pin(std::future::ready(Ok(reply)))
    }
}

/// Looks for what must not be told.
struct Strict;

impl Observer for Strict {
    fn exchanged(&self, exchange: &Exchange<'_>) {
        let text = format!("{} {}", exchange.request_body, exchange.reply_body);
        assert!(!text.contains("token-1"), "a token in {text}");
        assert!(!text.contains(PHONE), "a phone in {text}");
        assert!(text.len() < 9000, "{} bytes of {}", text.len(), exchange.path);
    }
}

fn client(same: Same) -> Client {
    let key = AppKey {
        consumer_key: Secret::new("practice-key"),
        consumer_secret: Secret::new("practice-secret"),
    };
    let base = BaseUrl::of(Environment::Sandbox);
    Client::with_transport(base, key, Arc::new(same)).observed(Arc::new(Strict))
}

/// Real bodies, and the forms of the portal.
fn real() -> Vec<Value> {
    let recorded = [
        include_str!("../fixtures/recorded/stk-push.json"),
        include_str!("../fixtures/recorded/stk-query.json"),
        include_str!("../fixtures/recorded/c2b-register.json"),
        include_str!("../fixtures/recorded/spike-arrest.json"),
        include_str!("../fixtures/recorded/pull-register-bad-token.json"),
    ];
    let mut all: Vec<Value> = recorded
        .iter()
        .map(|text| serde_json::from_str::<Value>(text).unwrap()["response"].clone())
        .collect();
    all.push(serde_json::from_slice(TOKEN).unwrap());
    all.push(serde_json::from_str(include_str!("../fixtures/recorded/stk-callback-no-answer.json")).unwrap());
    all.push(
        json!({"ResponseCode": "0", "ResultCode": "0", "CheckoutRequestID": CHECKOUT_ID, "ResultDesc": "x"}),
    );
    all.push(json!({"ResponseCode": "1000", "ResponseMessage": "Success", "Response": [[
        {"transactionId": "UJ6E5918JJ", "trxDate": "2026-10-06T09:52:33Z", "msisdn": "2547 ***** 126",
         "sender": "JOHN", "transactiontype": "c2b-buy-goods-debit", "billreference": "", "amount": "168.00"},
    ]]}));
    all.push(json!({"Body": {"stkCallback": {
        "MerchantRequestID": "m", "CheckoutRequestID": CHECKOUT_ID, "ResultCode": 0, "ResultDesc": "x",
        "CallbackMetadata": {"Item": [
            {"Name": "Amount", "Value": 1}, {"Name": "MpesaReceiptNumber", "Value": "UJ6E5918JJ"},
            {"Name": "Balance"}, {"Name": "TransactionDate", "Value": 20_261_006_141_311_u64},
            {"Name": "PhoneNumber", "Value": 254_708_374_149_u64},
        ]},
    }}}));
    all
}

/// Some value put in the place of another.
fn anything() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!("0")),
        Just(json!(0)),
        Just(json!("")),
        Just(json!([])),
        Just(json!({})),
        Just(json!("1000")),
        Just(json!("4999")),
        any::<f64>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        prop::sample::select(real()),
    ]
}

/// Changes the n-th place of a body, counted over all its fields and items.
fn replace(body: &mut Value, place: &mut usize, with: &Option<Value>) {
    match body {
        Value::Object(fields) => {
            let keys: Vec<String> = fields.keys().cloned().collect();
            for key in keys {
                match (*place, with) {
                    (0, Some(with)) => fields[&key] = with.clone(),
                    (0, None) => drop(fields.remove(&key)),
                    (_, _) => replace(&mut fields[&key], place, with),
                }
                *place = place.wrapping_sub(1);
            }
        }
        Value::Array(items) => {
            for item in items {
                match (*place, with) {
                    (0, Some(with)) => *item = with.clone(),
                    (_, _) => replace(item, place, with),
                }
                *place = place.wrapping_sub(1);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Real bodies with fields replaced or gone.
fn changed() -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((0_usize..24, prop::option::of(anything())), 0..3);
    (prop::sample::select(real()), changes).prop_map(|(mut body, changes)| {
        for (mut place, with) in changes {
            replace(&mut body, &mut place, &with);
        }
        body.to_string().into_bytes()
    })
}

/// Those, then with bytes changed or cut off; and plain noise.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let broken = (
        changed(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        any::<prop::sample::Index>(),
    )
        .prop_map(|(mut bytes, flips, end)| {
            for (at, byte) in flips {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            bytes.truncate(end.index(bytes.len() + 1).max(bytes.len() / 2));
            bytes
        });
    prop_oneof![
        4 => changed(),
        2 => broken,
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ]
}

fn same() -> impl Strategy<Value = Same> {
    let status = prop_oneof![4 => Just(200_u16), 1 => 100_u16..600];
    let kind = prop::option::of(prop_oneof![Just("text/html".to_owned()), "\\PC{0,12}"]);
    (status, kind, bytes()).prop_map(|(status, content_type, body)| Same {
        token: TOKEN.to_vec(),
        status,
        content_type,
        body,
    })
}

/// All values of a field of this name, anywhere, as text; spelt with or without blanks, in any case.
fn told(body: &[u8], name: &str) -> Vec<String> {
    fn walk(value: &Value, name: &str, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                for (key, field) in fields {
                    let key: String = key.chars().filter(|c| !c.is_whitespace()).collect();
                    if key.eq_ignore_ascii_case(name) {
                        found.push(
                            field
                                .as_str()
                                .map_or_else(|| field.to_string(), |text| text.trim().to_owned()),
                        );
                    }
                    walk(field, name, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, name, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut found = Vec::new();
    if let Ok(value) = serde_json::from_slice(body) {
        walk(&value, name, &mut found);
    }
    found
}

fn says_zero(texts: &[String]) -> bool {
    texts
        .iter()
        .any(|text| !text.is_empty() && text.bytes().all(|b| b == b'0'))
}

fn a_pull() -> PullQuery {
    PullQuery {
        short_code: code("600100"),
        start: "2026-11-22T10:00:00Z".parse().unwrap(),
        end: "2026-11-23T10:00:00Z".parse().unwrap(),
        offset: 0,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_push_is_accepted_or_refused_only_in_so_many_words(same in same()) {
        let (status, body) = (same.status, same.body.clone());
        match polled_once(client(same).stk_push(&a_push())) {
            PushOutcome::Accepted { checkout_request_id, .. } => {
                prop_assert!((200..300).contains(&status), "status {}", status);
                prop_assert!(says_zero(&told(&body, "ResponseCode")), "no code of success");
                let ids = told(&body, "CheckoutRequestID");
                prop_assert!(ids.iter().any(|id| id == checkout_request_id.as_str()), "an id out of nowhere");
                prop_assert!(!checkout_request_id.as_str().is_empty(), "no id");
            }
            PushOutcome::Refused(_) => {
                let coded = !told(&body, "errorCode").is_empty() || !told(&body, "fault").is_empty();
                prop_assert!(coded, "refused without an error");
            }
            PushOutcome::NotSent(why) => prop_assert!(false, "it was sent, whatever came: {why}"),
            PushOutcome::Unknown(_) => {}
        }
    }

    #[test]
    fn a_query_tells_success_only_in_so_many_words(same in same()) {
        let (status, body) = (same.status, same.body.clone());
        if let QueryOutcome::Ended { code, .. } = polled_once(client(same).stk_query(&a_query())) {
            prop_assert!((200..300).contains(&status), "status {}", status);
            let codes = told(&body, "ResultCode");
            prop_assert!(codes.iter().any(|told| told == code.as_str()), "{code} is not in {codes:?}");
            let success = code == ResultCode::Success;
            prop_assert!(!success || codes.iter().any(|told| told == "0"), "success out of {codes:?}");
        }
    }

    #[test]
    fn a_statement_has_only_rows_that_were_told(same in same()) {
        let (status, body) = (same.status, same.body.clone());
        if let PullOutcome::Page { rows, .. } = polled_once(client(same).pull(&a_pull())) {
            prop_assert!((200..300).contains(&status), "status {}", status);
            prop_assert!(told(&body, "ResponseCode").iter().any(|code| code == "1000"), "no code of success");
            let receipts = told(&body, "transactionId");
            prop_assert!(rows.len() <= receipts.len(), "more rows than receipts");
            for row in rows {
                prop_assert!(receipts.contains(&row.receipt), "{} out of nowhere", row.receipt);
                prop_assert!(row.amount_cents >= 0, "money does not come backwards");
                prop_assert!(!told(&body, "amount").is_empty(), "an amount out of nowhere");
            }
        }
    }

    #[test]
    fn a_token_is_one_only_if_it_was_given(token in bytes()) {
        let same = Same { token: token.clone(), status: 200, content_type: None, body: Vec::new() };
        if polled_once(client(same).token()).is_ok() {
            let tokens = told(&token, "access_token");
            prop_assert!(tokens.iter().any(|token| !token.is_empty()), "a token out of nowhere");
        }
    }

    #[test]
    fn a_callback_tells_only_what_is_in_it(body in bytes()) {
        if let Some(callback) = StkCallback::parse(&body) {
            prop_assert!(!told(&body, "stkCallback").is_empty(), "a callback out of nowhere");
            let codes = told(&body, "ResultCode");
            prop_assert!(codes.iter().any(|code| code == callback.code.as_str()), "a code out of nowhere");
            let success = callback.code == ResultCode::Success;
            prop_assert!(!success || codes.iter().any(|code| code == "0"), "success out of {codes:?}");
            if let Some(paid) = callback.paid {
                prop_assert!(!told(&body, "CallbackMetadata").is_empty(), "money out of nowhere");
                let values = told(&body, "Value");
                let known = |receipt: &String| values.contains(receipt);
                prop_assert!(paid.receipt.as_ref().is_none_or(known), "a receipt out of nowhere");
            }
        }
    }
}
