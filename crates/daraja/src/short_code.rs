//! The number of a paybill, store or till.

use std::fmt;

/// A paybill, store (head office) or till number: 5 to 7 digits (Daraja portal, M-PESA Express Query).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ShortCode(String);

/// The text is not 5 to 7 ASCII digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a paybill, store or till number has 5 to 7 digits")]
pub struct ShortCodeError;

impl ShortCode {
    /// Reads 5 to 7 ASCII digits; whitespace around them is dropped.
    ///
    /// # Errors
    /// Anything else.
    pub fn parse(text: &str) -> Result<Self, ShortCodeError> {
        let text = text.trim();
        let shaped = (5..=7).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if shaped {
            Ok(Self(text.to_owned()))
        } else {
            Err(ShortCodeError)
        }
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ShortCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ShortCode;

    #[test]
    fn takes_five_to_seven_ascii_digits() {
        for good in ["12345", "174379", "1234567", " 600984\n"] {
            assert!(ShortCode::parse(good).is_ok(), "{good:?} is a short code");
        }
        for bad in [
            "",
            "1234",
            "12345678",
            "17437a",
            "１７４３７９",
            "-17437",
            "17 4379",
            "174379.0",
        ] {
            assert!(ShortCode::parse(bad).is_err(), "{bad:?} is not a short code");
        }
    }
}
