//! One row of a statement.

use std::fmt;

use serde_json::Value;

use super::PullTime;
use crate::json::{cents, text};

/// One movement of money.
#[derive(Clone, PartialEq, Eq)]
pub struct PullRow {
    /// `transactionId`: the receipt number of callbacks, confirmations and the customer's SMS.
    pub receipt: String,
    /// `trxDate`, as it was written.
    pub at: PullTime,
    /// The payer's phone as it was told, mostly masked; never a key.
    pub msisdn: Option<String>,
    /// `sender`: the payer's name as it was told, mostly masked.
    pub sender: Option<String>,
    /// What kind of movement.
    pub kind: PullKind,
    /// `billreference`: what the customer typed at a paybill; empty for tills.
    pub reference: String,
    /// Cents.
    pub amount_cents: i64,
}

/// `transactiontype` (Daraja portal, Pull Transactions).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PullKind {
    /// `c2b-pay-bill-debit`: a customer paid a paybill.
    PayBill,
    /// `c2b-buy-goods-debit`: a customer paid a till.
    BuyGoods,
    /// `merchant-to-organization-settlement`: the shop's own money on its way to the bank.
    Settlement,
    /// Any other kind, as it was told; empty if it was not.
    Other(String),
}

impl PullKind {
    /// Reads a kind, whatever its letters' case. Never fails.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.trim().to_ascii_lowercase().as_str() {
            "c2b-pay-bill-debit" => Self::PayBill,
            "c2b-buy-goods-debit" => Self::BuyGoods,
            "merchant-to-organization-settlement" => Self::Settlement,
            _ => Self::Other(text.trim().to_owned()),
        }
    }

    /// The wire's spelling.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::PayBill => "c2b-pay-bill-debit",
            Self::BuyGoods => "c2b-buy-goods-debit",
            Self::Settlement => "merchant-to-organization-settlement",
            Self::Other(text) => text,
        }
    }
}

impl PullRow {
    /// A row needs a receipt number, a time and an amount; all else may be missing.
    pub(super) fn of(row: &Value) -> Option<Self> {
        Some(Self {
            receipt: text(row, "transactionId").filter(|receipt| !receipt.is_empty())?,
            at: PullTime::parse(&text(row, "trxDate")?)?,
            msisdn: text(row, "msisdn").filter(|msisdn| !msisdn.is_empty()),
            sender: text(row, "sender").filter(|sender| !sender.is_empty()),
            kind: PullKind::parse(&text(row, "transactiontype").unwrap_or_default()),
            reference: text(row, "billreference").unwrap_or_default(),
            amount_cents: cents(&text(row, "amount")?)?,
        })
    }
}

impl fmt::Debug for PullRow {
    /// Without the phone and the name, and without the reference, in which customers type theirs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PullRow")
            .field("receipt", &self.receipt)
            .field("at", &self.at)
            .field("kind", &self.kind)
            .field("amount_cents", &self.amount_cents)
            .finish_non_exhaustive()
    }
}
