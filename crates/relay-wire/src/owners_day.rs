//! What the owner's page shows: the JSON inside `DayPage::sealed`. The till writes it, the page's script reads it,
//! and the relay sees neither.

use serde::{Deserialize, Serialize};

/// A shop's day, for its owner's phone. All amounts are cents of Kenya shillings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnersDay {
    /// The shop's name.
    pub shop: String,
    /// The day, as the shop's calendar has it: `2026-10-06`.
    pub day: String,
    /// When the till made this, milliseconds since 1970.
    pub made_at: i64,
    /// Everything that was taken.
    pub taken: i64,
    /// Of it by M-Pesa, and Safaricom was asked and said so.
    pub mpesa_proved: i64,
    /// Of it by M-Pesa, on somebody's word: a code that was typed, a message that was shown, an event that nobody
    /// has proved yet.
    pub mpesa_not_proved: i64,
    /// Of it in notes and coins.
    pub cash: i64,
    /// What the shop owes to customers who paid too much or twice.
    pub refunds_due: i64,
    /// What waits for somebody.
    pub matters: Vec<Matter>,
    /// The counters that make this day.
    pub counters: Vec<CounterHeard>,
}

/// One open matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// One line in the shop's own language. No phone number and no customer's name.
    pub title: String,
    /// What it is about, cents; `None` when no amount belongs to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<i64>,
}

/// One counter of the shop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounterHeard {
    /// Its letter.
    pub letter: char,
    /// When it last spoke, milliseconds since 1970; `None` when it never did.
    pub heard: Option<i64>,
}
