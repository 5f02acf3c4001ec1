//! Carries bytes to a printer, and says what became of them.
//!
//! Everything here waits, but never longer than it says: whoever calls it does so on a thread of its own.

mod device;
mod network;
mod serial;
mod usb;

use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use serial::ports;
pub use usb::{UsbPrinter, printers};

/// Where the printer is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PrinterPlace {
    /// On the network, by name or number.
    Network {
        /// `192.168.1.50`, or `192.168.1.50:9100`.
        address: String,
    },
    /// On USB, without a driver of the system.
    Usb {
        /// Who made it (USB-IF).
        vendor: u16,
        /// What it is.
        product: u16,
        /// Which one of several.
        serial: Option<String>,
    },
    /// On a serial port, also one that Bluetooth makes.
    Serial {
        /// `/dev/ttyUSB0`, `COM3`.
        port: String,
        /// Bits a second.
        baud: u32,
    },
    /// A file that the system gives to the printer: `/dev/usb/lp0`, or a shared one on Windows.
    Device {
        /// Its path.
        path: String,
    },
}

/// What became of the bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// All of them were taken, as far as this printer can say.
    Yes,
    /// None left: it can be printed again without a second slip.
    No(Trouble),
    /// Some left, and nobody can say whether paper came out.
    Perhaps(Trouble),
}

/// What keeps a printer from printing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(rename = "PrinterTrouble")]
pub enum Trouble {
    /// Nothing answers there.
    Absent,
    /// Something else uses it, or this user may not.
    NotAllowed,
    /// It has no paper.
    NoPaper,
    /// It is open.
    CoverOpen,
    /// It does not take what it is given.
    Silent,
    /// The address or path makes no sense.
    NoSuchPlace,
}

/// How long a printer is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until it is found.
    pub find: Duration,
    /// Until it answers a question. Many cheap ones never do.
    pub answer: Duration,
    /// Until it has taken a slip; a long report on slow paper takes some seconds.
    pub take: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            find: Duration::from_secs(3),
            answer: Duration::from_millis(700),
            take: Duration::from_secs(10),
        }
    }
}

/// Sends the bytes to the printer.
#[must_use]
pub fn send(place: &PrinterPlace, bytes: &[u8], patience: Patience) -> Printed {
    match place {
        PrinterPlace::Network { address } => network::send(address, bytes, patience),
        PrinterPlace::Usb {
            vendor,
            product,
            serial,
        } => usb::send(*vendor, *product, serial.as_deref(), bytes, patience),
        PrinterPlace::Serial { port, baud } => serial::send(port, *baud, bytes, patience),
        PrinterPlace::Device { path } => device::send(path, bytes),
    }
}

/// `DLE EOT n` (Epson): what is the matter? 2 asks why it is off line, 4 asks for the paper.
const fn question(n: u8) -> [u8; 3] {
    [0x10, 0x04, n]
}

/// What the answer to `DLE EOT 2` says; such answers have bit 4 and bit 1 set, and bits 0 and 7 clear.
fn off_line(answer: u8) -> Option<Trouble> {
    let says = |bit: u8| is_answer(answer) && answer & bit != 0;
    // Bit 5: printing stopped for want of paper. Bit 2: the cover is open.
    says(0x20)
        .then_some(Trouble::NoPaper)
        .or(says(0x04).then_some(Trouble::CoverOpen))
}

/// What the answer to `DLE EOT 4` says: bits 5 and 6 are set where the roll has ended.
fn paper(answer: u8) -> Option<Trouble> {
    (is_answer(answer) && answer & 0x60 != 0).then_some(Trouble::NoPaper)
}

const fn is_answer(byte: u8) -> bool {
    byte & 0x93 == 0x12
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_printers_answer_says_that_paper_is_missing() {
        assert_eq!(paper(0x12), None, "all is well");
        assert_eq!(paper(0x72), Some(Trouble::NoPaper), "the roll has ended");
        assert_eq!(paper(0x7F), None, "this is no answer of a printer");
        assert_eq!(off_line(0x16), Some(Trouble::CoverOpen), "open");
        assert_eq!(
            off_line(0x32),
            Some(Trouble::NoPaper),
            "stopped for want of paper"
        );
    }
}
