//! Does a body look like Safaricom's? Only a mark hangs on it: the till reads the body itself.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// Daraja portal, M-PESA Express, the callback.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct StkResult {
    body: StkBody,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StkBody {
    stk_callback: StkCallback,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code, reason = "that they are there is all that is asked")]
struct StkCallback {
    #[serde(rename = "CheckoutRequestID")]
    checkout_request_id: String,
    result_code: IgnoredAny,
}

/// Daraja portal, Customer To Business, the payload of validation and confirmation.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
#[allow(dead_code, reason = "that they are there is all that is asked")]
struct C2b {
    #[serde(rename = "TransID")]
    trans_id: String,
    trans_amount: IgnoredAny,
    business_short_code: IgnoredAny,
}

/// A push's result.
pub(crate) fn is_stk(body: &[u8]) -> bool {
    serde_json::from_slice::<StkResult>(body)
        .is_ok_and(|result| !result.body.stk_callback.checkout_request_id.is_empty())
}

/// A payment that a customer made or is about to make.
pub(crate) fn is_c2b(body: &[u8]) -> bool {
    serde_json::from_slice::<C2b>(body).is_ok_and(|payment| !payment.trans_id.is_empty())
}

/// The reference that a customer typed; `None` when the body cannot be read or has none.
pub(crate) fn bill_reference(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(rename_all = "PascalCase")]
    struct Bill {
        bill_ref_number: String,
    }
    serde_json::from_slice::<Bill>(body)
        .ok()
        .map(|bill| bill.bill_ref_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safaricoms_shapes_are_without_a_mark() {
        let stk = br#"{"Body":{"stkCallback":{"MerchantRequestID":"m","CheckoutRequestID":"ws_CO_1","ResultCode":1032}}}"#;
        let c2b = br#"{"TransID":"RKL51ZDR4F","TransAmount":"5.00","BusinessShortCode":"600638","BillRefNumber":"K1"}"#;
        assert!(is_stk(stk) && !is_stk(c2b), "a push's result");
        assert!(is_c2b(c2b) && !is_c2b(stk), "a payment");
        assert_eq!(
            bill_reference(c2b).as_deref(),
            Some("K1"),
            "what the customer typed"
        );
        let deep = "[".repeat(60_000);
        for odd in ["", "{", "null", "{}", r#"{"TransID":""}"#, "\u{0}", &deep] {
            let odd = odd.as_bytes();
            assert!(
                !is_stk(odd) && !is_c2b(odd),
                "no shape that Safaricom's posts have"
            );
            assert_eq!(bill_reference(odd), None, "and no reference");
        }
    }
}
