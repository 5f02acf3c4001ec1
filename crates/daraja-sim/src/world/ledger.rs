//! What really happened: every accepted push, every payment, every call to the shop.

use serde::{Deserialize, Serialize};

use super::wire::DeliveryKind;
use super::{World, ids};

/// How long an ended push is remembered over a restart: a week, in milliseconds.
const REMEMBERED_MS: i64 = 7 * 24 * 3_600_000;

/// Where a push stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushState {
    /// No result yet.
    Waiting,
    /// Money moved.
    Paid,
    /// Ended without money; a late payment may still make it paid.
    Failed,
}

/// A push that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Push {
    /// Its place in the order of things.
    pub seq: u64,
    /// As answered.
    pub merchant_request_id: String,
    /// As answered.
    pub checkout_request_id: String,
    /// `BusinessShortCode`.
    pub short_code: String,
    /// Who receives.
    pub party_b: String,
    /// `CustomerPayBillOnline` or `CustomerBuyGoodsOnline`.
    pub transaction_type: String,
    /// The phone that is prompted.
    pub msisdn: String,
    /// The phone that pays.
    pub payer: String,
    /// Whole shillings.
    pub amount: u32,
    /// `AccountReference`.
    pub account_reference: String,
    /// `TransactionDesc`.
    pub description: String,
    /// Where its result goes.
    pub callback_url: String,
    /// Milliseconds since 1970 UTC.
    pub accepted_ms: i64,
    /// Whether a prompt reached the phone.
    pub prompted: bool,
    /// Whether the prompt is still on the phone.
    pub prompt_live: bool,
    /// When the prompt closes by itself, in milliseconds since 1970 UTC.
    pub prompt_ends_ms: i64,
    /// Where it stands.
    pub state: PushState,
    /// The result's code, as the query tells it.
    pub result_code: Option<String>,
    /// The result's words, as the query tells them.
    pub result_desc: Option<String>,
    /// The receipt number, if money moved.
    pub receipt: Option<String>,
}

/// Money that moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// The receipt number.
    pub receipt: String,
    /// Who paid.
    pub msisdn: String,
    /// Whole shillings.
    pub amount: u32,
    /// Who received.
    pub short_code: String,
    /// The reference the receiver is told; empty for tills.
    pub bill_ref: String,
    /// The push it answers; `None` for a customer's own payment.
    pub checkout_request_id: Option<String>,
    /// Milliseconds since 1970 UTC.
    pub at_ms: i64,
}

/// A call to the shop that is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryNote {
    /// What it carried.
    pub kind: DeliveryKind,
    /// Where to.
    pub url: String,
    /// How it ended.
    pub end: String,
    /// Milliseconds since 1970 UTC.
    pub at_ms: i64,
}

/// The ledger as `GET /_sim/ledger` shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// The world's time, ISO 8601 UTC.
    pub now: String,
    /// Accepted pushes, oldest first.
    pub pushes: Vec<Push>,
    /// Payments, oldest first.
    pub payments: Vec<Payment>,
    /// Calls to the shop that are over, oldest first.
    pub deliveries: Vec<DeliveryNote>,
    /// The sum of all payments, in whole shillings.
    pub total: u64,
}

impl World {
    /// What really happened, up to `now_ms`.
    pub fn ledger(&mut self, now_ms: i64) -> Ledger {
        self.settle(now_ms);
        Ledger {
            now: ids::iso(self.state.now_ms),
            pushes: self.state.pushes.clone(),
            payments: self.state.payments.clone(),
            deliveries: self.state.deliveries.iter().cloned().collect(),
            total: self
                .state
                .payments
                .iter()
                .map(|payment| u64::from(payment.amount))
                .sum(),
        }
    }

    /// Every accepted push, oldest first.
    #[must_use]
    pub fn pushes(&self) -> &[Push] {
        &self.state.pushes
    }

    /// Every payment, oldest first.
    #[must_use]
    pub fn payments(&self) -> &[Payment] {
        &self.state.payments
    }

    /// Payments from one moment to another, both included. They are in the order of their times.
    pub(super) fn payments_between(&self, from_ms: i64, to_ms: i64) -> &[Payment] {
        let payments = &self.state.payments;
        let start = payments.partition_point(|payment| payment.at_ms < from_ms);
        let end = payments.partition_point(|payment| payment.at_ms <= to_ms);
        payments.get(start..end).unwrap_or_default()
    }

    /// Lets go of what ended over a week ago, so that a saved practice does not grow for ever.
    pub(super) fn forget_last_week(&mut self) {
        let since = self.state.now_ms.saturating_sub(REMEMBERED_MS);
        self.state
            .pushes
            .retain(|push| push.state == PushState::Waiting || push.prompt_live || push.accepted_ms >= since);
        self.state.payments.retain(|payment| payment.at_ms >= since);
    }
}
