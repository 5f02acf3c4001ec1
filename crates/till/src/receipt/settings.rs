//! What the shop told about its receipts and its printer.

use receipts::{CodePage, PrinterPlace, Roll};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Language, VatKind};
use crate::error::TillError;
use crate::store::setting;

/// Where a book keeps it.
pub const KEY: &str = "printing";

/// The settings of receipts and their printer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Printing {
    /// Where the printer is; `None` for a shop that has none.
    pub place: Option<PrinterPlace>,
    /// Its paper.
    pub roll: Roll,
    /// Its letters.
    pub code_page: CodePage,
    /// Each sale's receipt is printed when it is paid.
    pub automatic: bool,
    /// The printer opens a drawer when cash is taken.
    pub drawer: bool,
    /// The paper's language.
    pub language: Language,
    /// The shop's number at the Kenya Revenue Authority; empty for none.
    pub kra_pin: String,
    /// Under the shop's name, some lines.
    pub address: String,
    /// The last words.
    pub footer: String,
    /// VAT of a sale of which nobody says otherwise; `None` where VAT is off.
    pub vat: Option<VatKind>,
}

/// Of the screens' settings, what the paper is like while nobody has said more.
#[derive(Debug, Default, Deserialize)]
struct Screens {
    #[serde(default)]
    locale: Language,
}

impl Printing {
    /// Reads them; before anybody set them, the paper's language is the screens'.
    ///
    /// # Errors
    /// The disk's trouble.
    pub fn load(conn: &Connection) -> Result<Self, TillError> {
        if let Some(kept) = setting::get(conn, KEY)? {
            return Ok(kept);
        }
        let screens: Option<Screens> = setting::get(conn, "ui").unwrap_or_default();
        Ok(Self {
            language: screens.unwrap_or_default().locale,
            ..Self::default()
        })
    }
}
