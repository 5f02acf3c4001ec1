//! What a receipt says. Pure: from a sale as the screens see it, and the shop, comes a [`receipts::Document`].

mod close;
mod settings;
mod slip;
mod statement;
mod tax;
mod test_slip;
mod words;

use receipts::Trouble;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use close::{CloseSlip, seal_text, x_slip, z_slip};
pub(crate) use close::{account_words, carried_words};
pub use settings::{KEY, Printing};
pub(crate) use slip::ksh;
pub use slip::{Slip, slip};
pub use statement::{StatementSlip, statement_slip};
pub use tax::{STANDARD_RATE, SaleTax, VatKind, vat_in};
pub use test_slip::test_slip;
pub(crate) use words::{Both, PRACTICE, pick};

/// The language of the paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Swahili.
    Sw,
}

/// Whether a slip of the same sale came out before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// None did.
    Original,
    /// Nobody can say: bytes left, and the printer did not say that it took them.
    PerhapsCopy,
    /// One did.
    Copy,
}

/// What keeps a printer from printing, as one English sentence; the window has its own words for each.
#[must_use]
pub const fn trouble_words(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::Absent => "The printer does not answer: is it on, and is its cable in?",
        Trouble::NotAllowed => "The printer may not be used: another program has it, or this user may not.",
        Trouble::NoPaper => "No paper.",
        Trouble::CoverOpen => "The printer is open.",
        Trouble::Silent => "The printer does not take what it is given.",
        Trouble::NoSuchPlace => "That is no printer's address.",
    }
}
