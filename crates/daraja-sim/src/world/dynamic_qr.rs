//! `POST /mpesa/qrcode/v1/generate`: a picture with the shop's number and the amount.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use qrcode::{Color, QrCode};
use serde::Serialize;

use super::World;
use super::wire::{Answer, Fields, Problem, Request};

/// White around the squares, in squares (ISO/IEC 18004: four).
const QUIET: usize = 4;

/// What the real sandbox answers: no RequestID, and a code of two zeros.
#[derive(Serialize)]
struct Drawn {
    #[serde(rename = "ResponseCode")]
    response_code: &'static str,
    #[serde(rename = "ResponseDescription")]
    response_description: &'static str,
    #[serde(rename = "QRCode")]
    qr_code: String,
}

impl World {
    pub(super) fn dynamic_qr(&self, request: &Request) -> Result<Answer, Problem> {
        let fields = Fields::of(request)?;
        let filled = |name: &str| {
            fields
                .text(name)
                .filter(|text| !text.trim().is_empty())
                .ok_or_else(|| Problem::invalid(name))
        };
        let merchant = filled("MerchantName")?;
        let reference = filled("RefNo")?;
        let amount = fields.amount()?;
        let kind = filled("TrxCode")?;
        // Agents, phones and businesses by phone have codes too (WA, SM, SB); no shop of this world is one.
        let number = match kind.as_str() {
            "BG" => &self.settings.till,
            "PB" => &self.settings.paybill,
            _ => return Err(Problem::invalid("TrxCode")),
        };
        fields
            .text("CPI")
            .filter(|cpi| cpi == number)
            .ok_or_else(|| Problem::invalid("CPI"))?;
        let side = fields
            .digits("Size", 1..=4)?
            .parse()
            .map_err(|_| Problem::invalid("Size"))?;
        // What Safaricom's own holds is its secret; this one says that it is only played.
        let text = format!("SIMULATED {kind} {number} KSh {amount} {reference} {merchant}");
        let png = picture(&text, side).ok_or_else(|| Problem::catch_all("Internal Server Error"))?;
        Ok(Answer::json(
            200,
            &Drawn {
                response_code: "00",
                response_description: "The service request is processed successfully.",
                qr_code: BASE64_STANDARD.encode(png),
            },
        ))
    }
}

/// A square PNG in grey, `side` pixels wide; `None` when the squares have no room in it.
fn picture(text: &str, side: usize) -> Option<Vec<u8>> {
    let code = QrCode::new(text).ok()?;
    let squares = code.width();
    let scale = side.checked_div(squares + 2 * QUIET).filter(|scale| *scale > 0)?;
    let edge = (side - scale * squares) / 2;
    let dark = |x: usize, y: usize| {
        let at = |pixel: usize| pixel.checked_sub(edge).map(|inside| inside / scale);
        match (at(x), at(y)) {
            (Some(x), Some(y)) if x < squares && y < squares => code[(x, y)] == Color::Dark,
            (Some(_) | None, Some(_) | None) => false,
        }
    };
    let pixels: Vec<u8> = (0..side * side)
        .map(|at| if dark(at % side, at / side) { 0 } else { u8::MAX })
        .collect();
    let width = u32::try_from(side).ok()?;
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, width);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().ok()?.write_image_data(&pixels).ok()?;
    Some(bytes)
}
