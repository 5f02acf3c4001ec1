//! The result that Safaricom posts to a push's callback address, once.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::east_africa::parse_timestamp;
use crate::json::{cents, field, text};
use crate::{CheckoutRequestId, ResultCode};

/// The result of a push, as Safaricom posts it. Unsigned: a hint until a query or Pull agrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StkCallback {
    /// Safaricom's name for the request; empty if it gave none.
    pub merchant_request_id: String,
    /// The push.
    pub checkout_request_id: CheckoutRequestId,
    /// The result.
    pub code: ResultCode,
    /// Safaricom's words.
    pub description: String,
    /// What was paid, as far as it was told; nothing on a failure.
    pub paid: Option<Paid>,
}

/// What a callback tells about the money. Any part may be missing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Paid {
    /// `MpesaReceiptNumber`.
    pub receipt: Option<String>,
    /// `Amount` in cents; it comes as a whole number, a decimal or text.
    pub amount_cents: Option<i64>,
    /// `TransactionDate`: East Africa Time on the wire.
    pub at: Option<DateTime<Utc>>,
    /// `PhoneNumber`: may be masked with stars, so never a key.
    pub phone: Option<String>,
}

impl StkCallback {
    /// Reads a posted body; `None` if it is not the result of a push.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        let callback = field(field(&value, "Body")?, "stkCallback")?;
        let id = text(callback, "CheckoutRequestID").filter(|id| !id.is_empty())?;
        let code = text(callback, "ResultCode").filter(|code| !code.is_empty())?;
        Some(Self {
            merchant_request_id: text(callback, "MerchantRequestID").unwrap_or_default(),
            checkout_request_id: CheckoutRequestId::new(id),
            code: ResultCode::parse(&code),
            description: text(callback, "ResultDesc").unwrap_or_default(),
            paid: field(callback, "CallbackMetadata").map(Paid::of),
        })
    }
}

impl Paid {
    fn of(metadata: &Value) -> Self {
        // Found by name: their number and order vary, and `Balance` comes without a value.
        let items = field(metadata, "Item")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let item = |name: &str| {
            let item = items
                .iter()
                .find(|item| text(item, "Name").is_some_and(|n| n.eq_ignore_ascii_case(name)))?;
            text(item, "Value").filter(|value| !value.is_empty())
        };
        Self {
            receipt: item("MpesaReceiptNumber"),
            amount_cents: item("Amount").and_then(|amount| cents(&amount)),
            at: item("TransactionDate").and_then(|date| parse_timestamp(&date)),
            phone: item("PhoneNumber"),
        }
    }
}

impl fmt::Debug for Paid {
    /// Without the phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paid")
            .field("receipt", &self.receipt)
            .field("amount_cents", &self.amount_cents)
            .field("at", &self.at)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use serde_json::json;

    use super::StkCallback;
    use crate::ResultCode;

    #[test]
    fn reads_the_recorded_failure() {
        let body = include_bytes!("../tests/fixtures/recorded/stk-callback-no-answer.json");
        let callback = StkCallback::parse(body).unwrap();
        assert_eq!(callback.code, ResultCode::NoAnswer, "1037 as a number");
        assert_eq!(
            callback.checkout_request_id.as_str(),
            "ws_CO_180920261803512708374149",
            "the push"
        );
        assert_eq!(callback.paid, None, "a failure carries no metadata");
    }

    #[test]
    fn reads_a_payment_whose_balance_has_no_value() {
        let body = json!({"Body": {"stkCallback": {
            "MerchantRequestID": "m", "CheckoutRequestID": "ws_CO_1", "ResultCode": 0,
            "ResultDesc": "The service request is processed successfully.",
            "CallbackMetadata": {"Item": [
                {"Name": "Amount", "Value": 1},
                {"Name": "MpesaReceiptNumber", "Value": "UJ6E5918JJ"},
                {"Name": "Balance"},
                {"Name": "TransactionDate", "Value": 20_261_006_141_311_u64},
                {"Name": "PhoneNumber", "Value": 254_113_316_693_u64},
            ]},
        }}});
        let callback = StkCallback::parse(body.to_string().as_bytes()).unwrap();
        assert!(
            !format!("{callback:?}").contains("316693"),
            "Debug hides the phone"
        );
        let paid = callback.paid.unwrap();
        assert_eq!(callback.code, ResultCode::Success, "paid");
        assert_eq!(paid.receipt.as_deref(), Some("UJ6E5918JJ"), "the receipt");
        assert_eq!(paid.amount_cents, Some(100), "one shilling");
        assert_eq!(
            paid.at,
            Some("2026-10-06T11:13:11Z".parse().unwrap()),
            "wall time is East Africa's"
        );
        assert_eq!(
            paid.phone.as_deref(),
            Some("254113316693"),
            "a number reads as its digits"
        );
    }

    #[test]
    fn text_codes_and_masked_phones_are_taken() {
        let body = json!({"Body": {"stkCallback": {
            "CheckoutRequestID": "ws_CO_1", "ResultCode": "SFC_IC0003",
            "CallbackMetadata": {"Item": [{"Name": "PhoneNumber", "Value": "254708***430"}]},
        }}});
        let callback = StkCallback::parse(body.to_string().as_bytes()).unwrap();
        assert_eq!(
            callback.code,
            ResultCode::OperatorDoesNotExist,
            "a code that is text"
        );
        assert_eq!(
            callback.paid.unwrap().phone.as_deref(),
            Some("254708***430"),
            "masked"
        );
    }

    #[test]
    fn anything_else_is_nothing() {
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "{\"Body\":{}}",
            "{\"Body\":{\"stkCallback\":{\"ResultCode\":0}}}",
        ] {
            assert_eq!(StkCallback::parse(body.as_bytes()), None, "{body}");
        }
    }
}
