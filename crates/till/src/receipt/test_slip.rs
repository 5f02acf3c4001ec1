//! A slip that shows whether the printer is set up well.

use receipts::Document;

use super::slip::{Slip, head};
use super::words::{self, pick};
use crate::clock::{Now, east_africa};

/// The shop's head, the width, the letters, and a large figure: everything that can be wrong about a printer.
#[must_use]
pub fn test_slip(facts: Slip<'_>, now: Now) -> Document {
    let said = |both| pick(facts.printing.language, both);
    let when = now.utc.with_timezone(&east_africa());
    head(facts.shop_name, facts.printing)
        .blank()
        .banner(said(words::TEST))
        .rule()
        .pair(when.format("%d.%m.%Y %H:%M").to_string(), "KSh 1,250")
        .text(said(words::TEST_WIDTH))
        .pair(said(words::TEST_LETTERS), "é è ñ ç ä ü")
        .figure(said(words::TOTAL), "KSh 1,250")
        .blank()
        .middle(facts.printing.footer.trim())
        .cut()
}
