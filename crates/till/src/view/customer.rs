//! Customers who may pay later: what the counter sees of them, and what they owe.

use chrono::{DateTime, Utc};
use serde::Serialize;
use ts_rs::TS;

use crate::money::Money;

/// One customer, with a masked phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct KnownCustomer {
    /// Random, opaque.
    pub id: String,
    /// As the shop calls them.
    pub name: String,
    /// `··678`.
    pub phone_masked: String,
    /// How much they may owe at once.
    pub limit: Money,
    /// What they owe.
    pub owed: Money,
    /// How much more they may owe within the limit; never negative.
    pub room: Money,
    /// What is still to come by payments of the debt that are under way.
    pub under_way: Money,
    /// When they agreed to be kept here.
    #[ts(type = "string")]
    pub agreed_at: DateTime<Utc>,
    /// Who heard it; nobody in a shop that tells no people apart.
    pub agreed_with: Option<String>,
}

/// Whose debt a sale touches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DebtorView {
    /// Random, opaque.
    pub id: String,
    /// As the shop calls them; nothing once they were erased.
    pub name: Option<String>,
}

/// What one customer owes, and how it came to that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DebtStatementView {
    /// Who.
    pub customer: KnownCustomer,
    /// Each entry, the oldest first.
    pub lines: Vec<DebtLineView>,
}

/// One entry on a debt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DebtLineView {
    /// When it was written.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// What it adds to the debt; below zero it takes off.
    pub amount: Money,
    /// What is owed after it.
    pub balance: Money,
    /// What it is.
    pub kind: DebtLineKind,
    /// What the customer reads of its sale; nothing where no sale is behind it.
    pub reference: Option<String>,
    /// Why, where somebody had to say.
    pub reason: Option<String>,
}

/// What an entry on a debt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DebtLineKind {
    /// Taken now, to be paid later.
    Given,
    /// The sale was given up.
    GivenUp,
    /// Goods came back, or money that was owed to the customer was taken off.
    Refunded,
    /// Paid off.
    PaidOff,
    /// A payment of the debt that was taken back or given back: it is owed again.
    OwedAgain,
    /// Nobody will pay it.
    WrittenOff,
}
