//! Dynamic QR: a picture that the customer scans in the M-PESA app, with the shop's number and the amount in it.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::c2b_register::refused;
use crate::http::Answer;
use crate::json::{is_success, text};
use crate::limit::{self, MAX_REFERENCE};
use crate::{CallError, Client, NoAnswer, NotSent, Receiver};

/// Daraja portal, Dynamic QR.
const PATH: &str = "/mpesa/qrcode/v1/generate";

/// Longest answer that is read, in bytes. A picture of 300 by 300 was seen to have some four thousand.
const MAX_PICTURE: usize = 256 * 1024;

/// The side of the picture, in pixels: the portal's own example, and what was seen in answers.
const SIZE: &str = "300";

/// How every PNG begins (W3C, PNG specification, 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What the picture is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DynamicQr {
    /// Who is paid: a till by its own number, a paybill by its number.
    pub receiver: Receiver,
    /// What the customer reads before the PIN.
    pub merchant_name: String,
    /// 1 to 12 characters. Whether a payment comes back with it is not documented for tills.
    pub reference: String,
    /// Whole shillings, 1 to 250,000.
    pub amount_shillings: u32,
}

/// A PNG as Safaricom drew it.
#[derive(Clone, PartialEq, Eq)]
pub struct QrPicture(String);

impl Client {
    /// Asks for a picture. It moves no money and promises none: what is paid by it comes back as any payment by
    /// hand does.
    ///
    /// # Errors
    /// See [`CallError`]; [`NoAnswer::Unreadable`] for a success without a picture.
    pub async fn dynamic_qr(&self, request: &DynamicQr) -> Result<QrPicture, CallError> {
        limit::amount(request.amount_shillings).map_err(NotSent::Limit)?;
        limit::reference(&request.reference, MAX_REFERENCE).map_err(NotSent::Limit)?;
        QrPicture::of(&self.call_within(PATH, request.body(), MAX_PICTURE).await?)
    }
}

impl DynamicQr {
    fn body(&self) -> Value {
        // BG: buy goods, PB: paybill (Daraja portal, Dynamic QR, TrxCode).
        let (kind, number) = match &self.receiver {
            Receiver::Till { till, .. } => ("BG", till),
            Receiver::Paybill { number } => ("PB", number),
        };
        json!({
            "MerchantName": self.merchant_name,
            "RefNo": self.reference,
            "Amount": self.amount_shillings,
            "TrxCode": kind,
            "CPI": number.as_str(),
            "Size": SIZE,
        })
    }
}

impl QrPicture {
    /// The picture's bytes in base64, in the standard alphabet: fit for a `data:` address.
    #[must_use]
    pub fn base64(&self) -> &str {
        &self.0
    }

    fn of(answer: &Answer) -> Result<Self, CallError> {
        let said = answer.json().filter(|_| answer.is_success());
        // Seen: a row of zeros. The portal's page shows an id in the place of the code.
        let taken = said
            .and_then(|body| text(body, "ResponseCode"))
            .is_some_and(|code| is_success(&code) || code.starts_with("AG_"));
        if !taken {
            return Err(refused(answer));
        }
        let drawn = said
            .and_then(|body| text(body, "QRCode"))
            .filter(|drawn| is_png(drawn));
        drawn.map(Self).ok_or(CallError::NoAnswer(NoAnswer::Unreadable))
    }
}

fn is_png(base64: &str) -> bool {
    STANDARD.decode(base64).is_ok_and(|bytes| bytes.starts_with(PNG))
}

impl fmt::Debug for QrPicture {
    /// Without thousands of characters.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QrPicture({} characters)", self.0.len())
    }
}
