//! Who owns the number that customers pay to, and what that means for whether Safaricom can serve the shop.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Words;

/// Who has the contract with Safaricom about the number on the sticker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TillOwner {
    /// The shop itself.
    Own,
    /// A bank: customers pay the bank's paybill or till with an account number.
    Bank,
    /// A payment company that lends its numbers.
    Aggregator,
    /// Pochi la Biashara: the owner's own phone number.
    Pochi,
}

/// Can this service of Safaricom work at all?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Can {
    /// Yes, once the list is done.
    Yes,
    /// Only if the number's owner goes live with it for the shop.
    Ask,
    /// No.
    No,
}

impl TillOwner {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Own, Self::Bank, Self::Aggregator, Self::Pochi];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> Words {
        match self {
            Self::Own => Words::new(
                "The shop’s own till or paybill",
                "Till au paybill ya duka lenyewe",
            ),
            Self::Bank => Words::new("A bank’s till or paybill", "Till au paybill ya benki"),
            Self::Aggregator => Words::new("A payment company’s till", "Till ya kampuni ya malipo"),
            Self::Pochi => Words::new("Pochi la Biashara", "Pochi la Biashara"),
        }
    }

    /// What it means.
    #[must_use]
    pub fn meaning(self) -> Words {
        match self {
            Self::Own => Words::new(
                "Prompts, notices and the list of payments can all work: the list below is what Safaricom asks for.",
                "Maombi, taarifa na orodha ya malipo vyote vinaweza kufanya kazi: orodha iliyo chini ndiyo Safaricom inayohitaji.",
            ),
            Self::Bank => Words::new(
                "The number is the bank’s, so only the bank can take it live. Ask whether it gives its customers an own till, or keys for theirs. Until then: the customer pays the bank’s number, the M-PESA code is typed, and the bank’s statement proves it.",
                "Nambari ni ya benki, kwa hiyo benki pekee inaweza kuipitisha go-live. Uliza kama inampa mteja wake till yake, au funguo zake. Hadi hapo: mteja analipa nambari ya benki, code ya M-PESA inaandikwa, na statement ya benki inathibitisha.",
            ),
            Self::Aggregator => Words::new(
                "The number is the company’s, and notices of it already go there. Ask it for keys and passkey of this number; if it gives none, prompts need a till of the shop’s own. Until then codes are typed.",
                "Nambari ni ya kampuni, na taarifa zake tayari zinaenda huko. Iombe funguo na passkey za nambari hii; ikikataa, maombi yanahitaji till ya duka lenyewe. Hadi hapo code zinaandikwa.",
            ),
            Self::Pochi => Words::new(
                "Safaricom sends prompts, notices and lists for tills and paybills only, and Pochi is neither. Keshia works with typed codes and cash; for prompts apply for a till (Buy Goods).",
                "Safaricom hutuma maombi, taarifa na orodha kwa till na paybill pekee, na Pochi si mojawapo. Keshia inafanya kazi kwa code zilizoandikwa na taslimu; kwa maombi omba till (Buy Goods).",
            ),
        }
    }

    /// Whether prompts, notices of payments (C2B) and the list of payments (Pull) can work.
    #[must_use]
    pub const fn can(self) -> Can {
        match self {
            Self::Own => Can::Yes,
            Self::Bank | Self::Aggregator => Can::Ask,
            Self::Pochi => Can::No,
        }
    }
}
