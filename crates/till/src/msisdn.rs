//! A Kenyan mobile number.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A Kenyan mobile number in the form Safaricom takes: 12 digits, `2547…` or `2541…`.
///
/// No table of operators' prefixes: numbers move between operators, and Safaricom itself says
/// whether a number has M-PESA. `Debug` shows only the last three digits, and there is no `Display`:
/// whoever shows a number chooses between [`Msisdn::local`] and [`Msisdn::masked`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Msisdn(String);

/// Why a text is not a Kenyan mobile number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MsisdnError {
    /// Nothing was typed.
    #[error("Type the customer's phone number, like 0712 345 678.")]
    Empty,
    /// Digits are missing.
    #[error("That number is too short: a mobile number has 10 digits, like 0712 345 678.")]
    TooShort,
    /// There are too many digits.
    #[error("That number is too long: a mobile number has 10 digits, like 0712 345 678.")]
    TooLong,
    /// Letters, signs, or digits that are not 0–9.
    #[error("That is not a phone number: type only the digits, like 0712 345 678.")]
    NotDigits,
    /// A landline, or a number that begins with neither 07 nor 01.
    #[error("That is not a mobile number: it starts with 07 or 01.")]
    NotAMobile,
    /// A country code other than Kenya's.
    #[error("That number is from another country: M-PESA asks Kenyan numbers only, 07… or 01….")]
    OtherCountry,
}

/// Kenya's country code (ITU-T E.164).
const KENYA: &str = "254";
/// Digits after the country code: 7 or 1 and eight more (Kenya's numbering plan).
const NATIONAL_DIGITS: usize = 9;
/// The longest phone number in the world (ITU-T E.164).
const LONGEST_IN_THE_WORLD: usize = 15;

impl Msisdn {
    /// Reads what a person types or pastes: `0712 345 678`, `+254712345678`, `712-345-678`,
    /// `+254 (0)712 345678`, `0110…`.
    ///
    /// Spaces of every kind (a no-break space too), dashes, parentheses and the invisible marks that
    /// phones put around a copied number are passed over.
    ///
    /// # Errors
    /// A [`MsisdnError`] that says what to type instead.
    pub fn parse(text: &str) -> Result<Self, MsisdnError> {
        let mut typed = text.chars().filter(|&c| !is_passed_over(c)).peekable();
        let mut international = typed.next_if_eq(&'+').is_some();
        let mut digits = String::with_capacity(KENYA.len() + NATIONAL_DIGITS);
        for c in typed {
            if !c.is_ascii_digit() {
                return Err(MsisdnError::NotDigits);
            }
            if digits.len() > LONGEST_IN_THE_WORLD {
                return Err(MsisdnError::TooLong);
            }
            digits.push(c);
        }
        if digits.is_empty() {
            return Err(MsisdnError::Empty);
        }
        // 00 is how a landline or a foreign phone dials the +.
        let mut rest = digits.as_str();
        if let Some(after) = rest.strip_prefix("00") {
            rest = after;
            international = true;
        }
        let national = match rest.strip_prefix(KENYA) {
            // "+254 (0)712…": the zero belongs to the other way of writing it.
            Some(after) => after.strip_prefix('0').unwrap_or(after),
            None if international => return Err(MsisdnError::OtherCountry),
            None => rest.strip_prefix('0').unwrap_or(rest),
        };
        Self::of_national(national, rest)
    }

    /// Judges the digits after the country code or the leading zero; `whole` is all that was typed.
    fn of_national(national: &str, whole: &str) -> Result<Self, MsisdnError> {
        match national.as_bytes().first() {
            None => Err(MsisdnError::TooShort),
            Some(b'7' | b'1') => match national.len() {
                NATIONAL_DIGITS => Ok(Self(format!("{KENYA}{national}"))),
                0..NATIONAL_DIGITS => Err(MsisdnError::TooShort),
                _ => Err(MsisdnError::TooLong),
            },
            // Eleven digits and more without a leading zero carry some country's code.
            Some(_) if national.len() == whole.len() && whole.len() > NATIONAL_DIGITS + 1 => {
                Err(MsisdnError::OtherCountry)
            }
            Some(_) => Err(MsisdnError::NotAMobile),
        }
    }

    /// The 12 digits, `2547…` or `2541…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As Kenyans write it: `0712 345 678`. In full, so only where the cashier must read it.
    #[must_use]
    pub fn local(&self) -> String {
        let national = self.0.strip_prefix(KENYA).unwrap_or(&self.0);
        let (first, rest) = national.split_at_checked(3).unwrap_or((national, ""));
        let (second, third) = rest.split_at_checked(3).unwrap_or((rest, ""));
        format!("0{first} {second} {third}")
    }

    /// The last three digits: enough to tell two customers at a counter apart.
    #[must_use]
    pub fn last3(&self) -> &str {
        self.0.get(self.0.len().saturating_sub(3)..).unwrap_or_default()
    }

    /// `··678`: for every place that need not know the number.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("··{}", self.last3())
    }
}

/// A phone as the book keeps it: whole while somebody may have to be asked or paid back, then its last digits.
#[derive(Clone, PartialEq, Eq)]
pub enum KeptPhone {
    /// All of it.
    Whole(Msisdn),
    /// Its last three digits.
    Last3(String),
}

impl KeptPhone {
    /// As many of its last digits as are known.
    #[must_use]
    pub fn digits(&self) -> &str {
        match self {
            Self::Whole(msisdn) => msisdn.as_str(),
            Self::Last3(digits) => digits,
        }
    }

    /// Its last three digits.
    #[must_use]
    pub fn last3(&self) -> &str {
        match self {
            Self::Whole(msisdn) => msisdn.last3(),
            Self::Last3(digits) => digits,
        }
    }

    /// The number, while it is kept.
    #[must_use]
    pub const fn whole(&self) -> Option<&Msisdn> {
        match self {
            Self::Whole(msisdn) => Some(msisdn),
            Self::Last3(_) => None,
        }
    }

    /// `··678`.
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Whole(msisdn) => msisdn.masked(),
            Self::Last3(digits) => format!("··{digits}"),
        }
    }
}

impl fmt::Debug for KeptPhone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeptPhone({})", self.masked())
    }
}

impl From<Msisdn> for KeptPhone {
    fn from(msisdn: Msisdn) -> Self {
        Self::Whole(msisdn)
    }
}

impl ToSql for KeptPhone {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.digits()))
    }
}

impl FromSql for KeptPhone {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let text = value.as_str()?;
        if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Self::Last3(text.to_owned()))
        } else {
            Msisdn::column_result(value).map(Self::Whole)
        }
    }
}

/// What stands in a written or copied number without being part of it.
fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            // Dashes: typed, no-break, figure, en and em.
            '-' | '\u{2010}'..='\u{2014}' | '(' | ')'
            // Zero-width spaces and joiners, direction marks, byte-order mark.
            | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'
        )
}

impl fmt::Debug for Msisdn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Msisdn({})", self.masked())
    }
}

impl TryFrom<String> for Msisdn {
    type Error = MsisdnError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Msisdn> for String {
    fn from(msisdn: Msisdn) -> Self {
        msisdn.0
    }
}

impl ToSql for Msisdn {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.as_str()))
    }
}

impl FromSql for Msisdn {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::parse(value.as_str()?).map_err(FromSqlError::other)
    }
}

/// The digits at the end of a phone number that Safaricom shows in part, such as `126` of `2547 ***** 126`.
/// Empty when fewer than three are visible, or when it is a hash.
#[must_use]
pub fn visible_digits(shown: &str) -> String {
    let shown = shown.trim();
    if shown.chars().any(char::is_alphabetic) {
        return String::new();
    }
    let mut digits: Vec<char> = shown.chars().rev().take_while(char::is_ascii_digit).collect();
    digits.reverse();
    if digits.len() < 3 {
        return String::new();
    }
    digits.into_iter().collect()
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn reads_every_way_kenyans_write_a_number() {
        for text in [
            "0712345678",
            "0712 345 678",
            "0712-345-678",
            "(0712) 345678",
            "0712\u{a0}345\u{202f}678\n",
            "\u{202a}+254712345678\u{202c}",
            "+254 712 345 678",
            "+ 254 712 345 678",
            "254712345678",
            "00254712345678",
            "+254 (0)712 345678",
            "712345678",
            "0712–345–678",
        ] {
            let msisdn = Msisdn::parse(text);
            assert_eq!(
                msisdn.as_ref().map(Msisdn::as_str),
                Ok("254712345678"),
                "{text:?} is one number"
            );
        }
        for text in ["0110123456", "110123456", "+254110123456"] {
            let msisdn = Msisdn::parse(text);
            assert_eq!(
                msisdn.as_ref().map(Msisdn::as_str),
                Ok("254110123456"),
                "{text:?} is a mobile too"
            );
        }
    }

    #[test]
    fn refuses_the_rest_and_says_why() {
        use MsisdnError::{Empty, NotAMobile, NotDigits, OtherCountry, TooLong, TooShort};
        for (text, error) in [
            ("", Empty),
            (" \u{a0}-()", Empty),
            ("+", Empty),
            ("0", TooShort),
            ("07", TooShort),
            ("071234567", TooShort),
            ("254", TooShort),
            ("25471234567", TooShort),
            ("07123456789", TooLong),
            ("2547123456789", TooLong),
            ("0712345678071234567807123456780712345678", TooLong),
            ("0712 345 67x", NotDigits),
            ("0712+345678", NotDigits),
            ("++254712345678", NotDigits),
            ("07.12345678", NotDigits),
            ("٠٧١٢٣٤٥٦٧٨", NotDigits),
            ("０７１２３４５６７８", NotDigits),
            ("0202345678", NotAMobile),
            ("0412345678", NotAMobile),
            ("0512345678", NotAMobile),
            ("0612345678", NotAMobile),
            ("202345678", NotAMobile),
            ("+254202345678", NotAMobile),
            ("0812345678", NotAMobile),
            ("+255712345678", OtherCountry),
            ("255712345678", OtherCountry),
            ("+14155552671", OtherCountry),
            ("00447911123456", OtherCountry),
            ("+712345678", OtherCountry),
        ] {
            assert_eq!(
                Msisdn::parse(text),
                Err(error),
                "{text:?} must be refused for its own reason"
            );
        }
    }

    #[test]
    fn shows_itself_in_full_only_when_asked() {
        let msisdn = Msisdn::parse("0712345678").expect("a plain number");
        assert_eq!(msisdn.local(), "0712 345 678", "as Kenyans write it");
        assert_eq!(msisdn.last3(), "678", "the last three");
        assert_eq!(msisdn.masked(), "··678", "masked");
        assert_eq!(
            format!("{msisdn:?}"),
            "Msisdn(··678)",
            "a log never holds the whole number"
        );
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in any::<String>()) {
            if let Ok(msisdn) = Msisdn::parse(&text) {
                prop_assert_eq!(msisdn.as_str().len(), 12, "12 digits");
                prop_assert!(msisdn.as_str().bytes().all(|b| b.is_ascii_digit()), "ASCII digits only");
            }
        }

        #[test]
        fn any_digits_and_marks_get_an_answer(text in "[0-9+ ()\u{a0}-]{0,24}") {
            let first = Msisdn::parse(&text);
            if let Ok(msisdn) = &first {
                prop_assert_eq!(Msisdn::parse(msisdn.as_str()), first.clone(), "its own form reads back");
                prop_assert_eq!(Msisdn::parse(&msisdn.local()), first.clone(), "the shown form reads back");
            }
        }

        #[test]
        fn every_mobile_is_taken_in_every_form(kind in prop::sample::select(vec!["7", "1"]), rest in "[0-9]{8}", gap in "[ \u{a0}()-]{0,3}", at in 0usize..=9) {
            let national = format!("{kind}{rest}");
            let (head, tail) = national.split_at(at);
            let expected = Msisdn(format!("254{national}"));
            for prefix in ["", "0", "254", "+254", "00254"] {
                prop_assert_eq!(Msisdn::parse(&format!("{prefix}{head}{gap}{tail}")), Ok(expected.clone()), "prefix {}", prefix);
            }
            let json = serde_json::to_string(&expected).expect("text is JSON");
            prop_assert_eq!(serde_json::from_str::<Msisdn>(&json).ok(), Some(expected.clone()), "JSON round trip");
            let column = Msisdn::column_result(ValueRef::Text(expected.as_str().as_bytes()));
            prop_assert_eq!(column.ok(), Some(expected), "SQLite round trip");
        }
    }
}
