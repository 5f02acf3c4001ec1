//! The square code that this PC draws beside the till's number.
//!
//! It is plain text: the number, the amount, the account. Kenya's standard for payment codes (Central Bank of
//! Kenya, KE-QR 2023) has a place for the receiver that only the payment company fills, and Safaricom has not
//! published how it writes a till into it; so nothing drawn here could be trusted to open M-PESA. Safaricom's own
//! code does, and comes by Daraja.

use std::fmt::Write as _;

use qrcode::{Color, QrCode};
use till::Money;

use crate::views::{Kind, PayCode};

/// White around the squares, in squares (ISO/IEC 18004: four).
const QUIET: usize = 4;

/// What a phone's camera reads.
pub(crate) fn text(kind: Kind, number: &str, left: Money, reference: &str, shop: &str) -> String {
    let amount = left.shillings();
    match kind {
        Kind::Till => format!("M-PESA Buy Goods\nTill {number}\nKSh {amount}\n{shop}"),
        Kind::Paybill => format!("M-PESA Paybill {number}\nAccount {reference}\nKSh {amount}\n{shop}"),
    }
}

/// The squares as the `d` of an SVG path; `None` when the text is too long for any code.
pub(crate) fn draw(text: &str) -> Option<PayCode> {
    let code = QrCode::new(text.trim()).ok()?;
    let squares = code.width();
    let mut path = String::new();
    for y in 0..squares {
        let mut x = 0;
        while x < squares {
            let run = (x..squares)
                .take_while(|&at| code[(at, y)] == Color::Dark)
                .count();
            if run > 0 {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    let size = u32::try_from(squares + 2 * QUIET).ok()?;
    Some(PayCode { path, size })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn a_camera_reads_what_the_customer_must_type() {
        let left = Money::from_shillings(730).unwrap();
        let till = text(Kind::Till, "123456", left, "A10001Z", "Mama Njeri Stores");
        assert!(till.contains("Till 123456\nKSh 730"), "{till}");
        assert!(!till.contains("A10001Z"), "a till asks for no account: {till}");
        let paybill = text(Kind::Paybill, "174379", left, "A10001Z", "");
        assert!(
            paybill.contains("Paybill 174379\nAccount A10001Z\nKSh 730"),
            "{paybill}"
        );
    }

    #[test]
    fn the_squares_are_the_codes_own() {
        let drawn = draw("Till 123456").unwrap();
        let code = QrCode::new("Till 123456").unwrap();
        assert_eq!(
            drawn.size as usize,
            code.width() + 2 * QUIET,
            "with white around it"
        );
        let dark = code
            .to_colors()
            .iter()
            .filter(|color| **color == Color::Dark)
            .count();
        let drawn_dark: usize = drawn
            .path
            .split('M')
            .skip(1)
            .map(|run| run.split(['h', 'v']).nth(1).unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(drawn_dark, dark, "each dark square is drawn once");
        assert!(
            drawn.path.starts_with("M4 4h7v1h-7z"),
            "the first corner: {}",
            drawn.path
        );
        assert!(draw(&"x".repeat(10_000)).is_none(), "too much for any code");
    }
}
