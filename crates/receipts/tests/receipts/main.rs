//! Slips from their lines to the paper.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at its first surprise"
)]
#![allow(missing_docs, reason = "tests are named by what they show")]

mod bytes;
mod network;
#[cfg(unix)]
mod ports;
mod sheets;

use receipts::Document;

/// Every kind of line.
fn slip() -> Document {
    Document::new()
        .heading("Mama Njeri Stores")
        .middle("Tom Mboya Street")
        .banner("COPY")
        .rule()
        .pair("Cash", "KSh 500")
        .text("  Change KSh 100")
        .bold_pair("Left", "KSh 0")
        .figure("Total", "KSh 1,250")
        .blank()
        .square("A10041K 1250")
        .cut()
}
