//! Who works here, and who may do what.

mod act;
pub mod pepper;
pub mod pin;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use act::{Act, Needs};

/// What a person may do; each may do everything that those before may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sells.
    Cashier,
    /// Corrects, sees the day and closes it.
    Manager,
    /// Decides where money goes and who works here.
    Owner,
}

impl Role {
    /// All, the least first.
    pub const ALL: [Self; 3] = [Self::Cashier, Self::Manager, Self::Owner];

    /// The stored word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cashier => "cashier",
            Self::Manager => "manager",
            Self::Owner => "owner",
        }
    }

    /// The role that a stored word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}
