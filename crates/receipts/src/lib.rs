//! Slips of paper: what stands on them, and how it gets onto them.
//!
//! A [`Document`] is lines and nothing else; whoever has something to print makes one. From it come, each by
//! one pure function, the bytes of a receipt printer ([`escpos`]), plain text to send on ([`text`]), a picture
//! of what a printer makes of its bytes ([`paper`]), and a PDF ([`pdf`]). [`transport`] carries bytes to a
//! printer and says what became of them. This crate knows no shop.

mod code_pages;
pub mod document;
pub mod escpos;
mod lay_out;
pub mod paper;
pub mod pdf;
pub mod text;
pub mod transport;

pub use document::{Document, Line};
pub use escpos::{CodePage, Roll};
pub use paper::Picture;
pub use transport::{Patience, Printed, PrinterPlace, Trouble};
