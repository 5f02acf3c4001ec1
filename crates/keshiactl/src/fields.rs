//! Reads what stands behind a flag; each says in one sentence what to type instead.

use chrono::{Datelike, NaiveDate};
use daraja::ShortCode;
use till::recovery_code::RecoveryCode;
use till::{Code, Money, MpesaAmount, Msisdn, ReceiptNumber, TillError};

/// Longest reason that the book keeps, letters.
const LONGEST_REASON: usize = 200;

/// What fits on the top bar and on a receipt.
const LONGEST_NAME: usize = 40;

/// Longest AccountReference (Daraja portal, M-PESA Express).
const LONGEST_REFERENCE: usize = 12;

/// Longest account number a customer can type (Daraja portal, Customer To Business).
const LONGEST_ACCOUNT: usize = 20;

/// An amount that M-PESA takes: whole shillings, 1 to 250,000.
pub(crate) fn amount(text: &str) -> Result<MpesaAmount, TillError> {
    let invalid = |why: String| TillError::new(Code::AmountInvalid, why);
    let money = Money::parse(text).map_err(|error| invalid(error.to_string()))?;
    MpesaAmount::try_from(money).map_err(|error| invalid(error.to_string()))
}

/// An amount of the shop's own book: a debt may have cents.
pub(crate) fn money(text: &str) -> Result<Money, TillError> {
    Money::parse(text).map_err(|error| TillError::new(Code::AmountInvalid, error.to_string()))
}

/// A Kenyan mobile number.
pub(crate) fn phone(text: &str) -> Result<Msisdn, TillError> {
    Ok(Msisdn::parse(text)?)
}

/// A paybill, store or till number.
pub(crate) fn short_code(text: &str) -> Result<ShortCode, TillError> {
    ShortCode::parse(text).map_err(|_| {
        TillError::new(
            Code::NumberInvalid,
            "A paybill, store or till number has 5 to 7 digits.",
        )
    })
}

/// A recovery code, as it stands on paper.
pub(crate) fn recovery_code(text: &str) -> Result<RecoveryCode, TillError> {
    Ok(RecoveryCode::parse(text)?)
}

/// The shop's name.
pub(crate) fn shop_name(text: &str) -> Result<String, TillError> {
    let name = text.trim();
    let shaped = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    if shaped {
        Ok(name.to_owned())
    } else {
        Err(TillError::new(
            Code::NotAllowed,
            format!("The shop's name has 1 to {LONGEST_NAME} letters."),
        ))
    }
}

/// A text of the caller's own that the customer reads in the M-PESA message.
pub(crate) fn reference(text: &str) -> Result<String, TillError> {
    letters_and_digits(text, LONGEST_REFERENCE)
}

/// The account number a customer types when paying a paybill.
pub(crate) fn account(text: &str) -> Result<String, TillError> {
    letters_and_digits(text, LONGEST_ACCOUNT)
}

fn letters_and_digits(text: &str, longest: usize) -> Result<String, TillError> {
    let text = text.trim();
    if (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Ok(text.to_owned())
    } else {
        Err(TillError::new(
            Code::NotAllowed,
            format!("A reference has 1 to {longest} letters and digits, nothing else."),
        ))
    }
}

/// Why something is done.
pub(crate) fn why(text: &str) -> Result<String, TillError> {
    till::store::reason::said(text).map(str::to_owned)
}

/// Why a person answers for a prompt.
pub(crate) fn reason(text: &str) -> Result<String, TillError> {
    let reason = text.trim();
    if (1..=LONGEST_REASON).contains(&reason.chars().count()) {
        Ok(reason.to_owned())
    } else {
        Err(TillError::new(
            Code::NotAllowed,
            format!("Say in a few words how you know: 1 to {LONGEST_REASON} letters."),
        ))
    }
}

/// An M-PESA code.
pub(crate) fn receipt(text: &str) -> Result<ReceiptNumber, TillError> {
    ReceiptNumber::parse(text).map_err(|error| TillError::new(Code::CodeInvalid, error.to_string()))
}

/// A day of the shop.
pub(crate) fn day(text: &str) -> Result<NaiveDate, TillError> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d")
        .ok()
        // M-PESA began in 2007; the upper bound keeps date arithmetic far from its own limits.
        .filter(|day| (2007..=2999).contains(&day.year()))
        .ok_or_else(|| {
            TillError::new(
                Code::NotAllowed,
                "Type the day as year-month-day, like 2026-11-23.",
            )
        })
}
