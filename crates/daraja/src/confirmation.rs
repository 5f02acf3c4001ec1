//! The notice that Safaricom posts when a customer paid the till or paybill, and the question before it.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::east_africa::parse_timestamp;
use crate::json::{cents, text};

/// A C2B confirmation (or validation: it has the same fields). Unsigned: a hint until Pull agrees.
#[derive(Clone, PartialEq, Eq)]
pub struct C2bConfirmation {
    /// `TransID`, the receipt number.
    pub receipt: String,
    /// `TransAmount` in cents; text with decimals on the wire.
    pub amount_cents: i64,
    /// `TransTime`: East Africa Time on the wire.
    pub at: Option<DateTime<Utc>>,
    /// `BusinessShortCode`: for tills, the till number.
    pub short_code: String,
    /// `BillRefNumber`, as the customer typed it; empty for tills.
    pub reference: String,
    /// `MSISDN`: masked, or a hash.
    pub msisdn: String,
    /// `FirstName`; may be missing.
    pub first_name: Option<String>,
}

impl C2bConfirmation {
    /// Reads a posted body; `None` if it does not name a payment and its amount.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        let value: Value = serde_json::from_slice(body).ok()?;
        let filled = |name: &str| text(&value, name).filter(|text| !text.is_empty());
        Some(Self {
            receipt: filled("TransID")?,
            amount_cents: cents(&filled("TransAmount")?)?,
            at: filled("TransTime").and_then(|time| parse_timestamp(&time)),
            short_code: filled("BusinessShortCode").unwrap_or_default(),
            reference: filled("BillRefNumber").unwrap_or_default(),
            msisdn: filled("MSISDN").unwrap_or_default(),
            first_name: filled("FirstName"),
        })
    }
}

impl fmt::Debug for C2bConfirmation {
    /// Without the phone, the name and what the customer typed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("C2bConfirmation")
            .field("receipt", &self.receipt)
            .field("amount_cents", &self.amount_cents)
            .field("at", &self.at)
            .field("short_code", &self.short_code)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    /// Recorded from the sandbox.
    const RECORDED: &str = include_str!("../tests/fixtures/recorded/c2b-confirmation-v2.json");

    #[test]
    fn reads_the_recorded_notice() {
        let told = C2bConfirmation::parse(RECORDED.as_bytes()).unwrap();
        assert_eq!(told.receipt, "RKL51ZDR4F", "the receipt number");
        assert_eq!(told.amount_cents, 500, "text with decimals");
        assert_eq!(told.at, "2023-11-21T09:13:25Z".parse().ok(), "East Africa Time");
        assert_eq!(told.short_code, "600966", "where it was paid to");
        assert_eq!(told.reference, "Sample Transaction", "as typed");
        assert_eq!(told.msisdn, "2547 ***** 126", "masked");
        assert_eq!(told.first_name.as_deref(), Some("NICHOLAS"), "a name may come");
        assert!(
            !format!("{told:?}").contains("126"),
            "and is not logged by accident"
        );
    }

    #[test]
    fn a_tills_notice_lacks_much() {
        let body = br#"{"TransID":"UJ6E5918JJ","TransAmount":730,"BillRefNumber":"","FirstName":""}"#;
        let told = C2bConfirmation::parse(body).unwrap();
        assert_eq!(
            (told.amount_cents, told.reference.as_str()),
            (73_000, ""),
            "a number, no reference"
        );
        assert_eq!(
            (told.at, told.first_name),
            (None, None),
            "what is not told is not invented"
        );
    }

    #[test]
    fn without_a_payment_and_an_amount_it_is_nothing() {
        for body in [
            "",
            "[]",
            "{}",
            r#"{"TransID":"UJ6E5918JJ"}"#,
            r#"{"TransAmount":"5.00"}"#,
            r#"{"TransID":"UJ6E5918JJ","TransAmount":"-5"}"#,
            r#"{"TransID":"UJ6E5918JJ","TransAmount":"five"}"#,
            r#"{"TransID":"","TransAmount":"5.00"}"#,
        ] {
            assert_eq!(C2bConfirmation::parse(body.as_bytes()), None, "{body}");
        }
    }
}
