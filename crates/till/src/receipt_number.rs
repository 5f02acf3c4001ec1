//! M-Pesa's receipt number: "M-PESA code" on the screen.

use std::fmt;

use chrono::{Days, NaiveDate};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The ten characters that name one M-Pesa payment, like `UJ6E5918JJ`: A–Z and 0–9, upper case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct ReceiptNumber(String);

/// Why a text is not an M-PESA code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptNumberError {
    /// Nothing was typed.
    #[error("Type the M-PESA code from the message: 10 letters and digits.")]
    Empty,
    /// Characters are missing.
    #[error("That code is too short: an M-PESA code has 10 letters and digits.")]
    TooShort,
    /// There are too many characters.
    #[error("That code is too long: an M-PESA code has 10 letters and digits.")]
    TooLong,
    /// Something other than A–Z and 0–9.
    #[error("That is not an M-PESA code: it has only letters and digits, no spaces or signs.")]
    NotACode,
}

/// What looks wrong about an M-PESA code. A reason to look again, never a proof, never a refusal:
/// how the code is built is seen from real ones, not promised by Safaricom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReceiptWarning {
    /// The code was made before yesterday. The usual fake is an old message shown again.
    Old {
        /// The day in the code.
        #[ts(type = "string")]
        date: NaiveDate,
    },
    /// The code's day has not come yet.
    Future {
        /// The day in the code.
        #[ts(type = "string")]
        date: NaiveDate,
    },
    /// The first three characters are no date.
    OddDate,
}

/// How long every M-PESA code is.
const LENGTH: usize = 10;

/// The year of the letter A. Seen on payments whose date is known from elsewhere: L = 2017,
/// M = 2018, … U = 2026. What follows Z (2031) nobody has seen.
const YEAR_OF_A: i32 = 2006;

/// The month letters, January to December.
const MONTHS: &[u8] = b"ABCDEFGHIJKL";

/// The day characters, from the first of the month to the 31st.
const DAYS: &[u8] = b"123456789ABCDEFGHIJKLMNOPQRSTUV";

impl ReceiptNumber {
    /// Reads what a person types or pastes: space around it goes, letters become upper case, and
    /// nothing else is mended, because 0 and O, 1 and I name different payments.
    ///
    /// # Errors
    /// A [`ReceiptNumberError`] that says what to type instead.
    pub fn parse(text: &str) -> Result<Self, ReceiptNumberError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ReceiptNumberError::Empty);
        }
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ReceiptNumberError::NotACode);
        }
        match text.len() {
            LENGTH => Ok(Self(text.to_ascii_uppercase())),
            0..LENGTH => Err(ReceiptNumberError::TooShort),
            _ => Err(ReceiptNumberError::TooLong),
        }
    }

    /// The ten characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The day in the first three characters (year, month, day in East Africa Time), if they are one.
    #[must_use]
    pub fn date(&self) -> Option<NaiveDate> {
        let [year, month, day, ..] = self.0.as_bytes() else {
            return None;
        };
        let year = year
            .is_ascii_uppercase()
            .then(|| YEAR_OF_A + i32::from(year - b'A'))?;
        NaiveDate::from_ymd_opt(year, position(MONTHS, *month)?, position(DAYS, *day)?)
    }

    /// What looks wrong about the code's day on the shop's day `today` (East Africa Time).
    ///
    /// Yesterday and tomorrow pass: a payment at midnight, a PC whose date is one day off.
    #[must_use]
    pub fn check(&self, today: NaiveDate) -> Vec<ReceiptWarning> {
        let Some(date) = self.date() else {
            return vec![ReceiptWarning::OddDate];
        };
        // At the ends of the calendar there is no day before or after, and nothing to warn of.
        let yesterday = today.checked_sub_days(Days::new(1)).unwrap_or(today);
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        if date < yesterday {
            vec![ReceiptWarning::Old { date }]
        } else if date > tomorrow {
            vec![ReceiptWarning::Future { date }]
        } else {
            Vec::new()
        }
    }
}

/// Where a character stands in its list, counted from one.
fn position(list: &[u8], character: u8) -> Option<u32> {
    let index = list.iter().position(|&candidate| candidate == character)?;
    u32::try_from(index + 1).ok()
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for ReceiptWarning {
    /// One sentence for the cashier, in English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Old { date } => {
                write!(
                    f,
                    "This code is from {}: look at the date on the message.",
                    date.format("%-d %b %Y")
                )
            }
            Self::Future { date } => write!(
                f,
                "This code is from {}, which has not come yet: check the code and the PC's date.",
                date.format("%-d %b %Y")
            ),
            Self::OddDate => {
                f.write_str("This code does not begin like M-PESA codes do: check each character.")
            }
        }
    }
}

impl TryFrom<String> for ReceiptNumber {
    type Error = ReceiptNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ReceiptNumber> for String {
    fn from(receipt_number: ReceiptNumber) -> Self {
        receipt_number.0
    }
}

impl ToSql for ReceiptNumber {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.as_str()))
    }
}

impl FromSql for ReceiptNumber {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::parse(value.as_str()?).map_err(FromSqlError::other)
    }
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

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("the test's own date")
    }

    fn code(text: &str) -> ReceiptNumber {
        ReceiptNumber::parse(text).expect("the test's own code")
    }

    #[test]
    fn reads_the_date_of_codes_whose_date_is_known() {
        for (text, date) in [
            ("LGR919G2AV", day(2017, 7, 27)),
            ("MBN31H462N", day(2018, 2, 23)),
            ("MJ561H6X5O", day(2018, 10, 5)),
            ("NLJ7RT61SV", day(2019, 12, 19)),
            ("PLU4V8VK6Y", day(2021, 12, 30)),
            ("QKA81LK5CY", day(2022, 11, 10)),
            ("RKL51ZDR4F", day(2023, 11, 21)),
            ("SG722NMVXQ", day(2024, 7, 7)),
            ("UCQ5UAQ403", day(2026, 3, 26)),
            ("UJ6E5918JJ", day(2026, 10, 6)),
        ] {
            assert_eq!(code(text).date(), Some(date), "{text} carries its day");
        }
    }

    #[test]
    fn what_is_no_date_has_none() {
        for text in [
            "1J6E5918JJ",
            "UM6E5918JJ",
            "U06E5918JJ",
            "UJ0E5918JJ",
            "UJWE5918JJ",
            "UBUE5918JJ",
            "TBTE5918JJ",
        ] {
            assert_eq!(code(text).date(), None, "{text} begins with no date");
            assert_eq!(
                code(text).check(day(2026, 10, 6)),
                [ReceiptWarning::OddDate],
                "{text} warns"
            );
        }
        assert_eq!(
            code("SBTE5918JJ").date(),
            Some(day(2024, 2, 29)),
            "a leap day is a day"
        );
    }

    #[test]
    fn warns_of_an_old_and_of_a_coming_day_only() {
        let paid = code("UJ6E5918JJ");
        let date = day(2026, 10, 6);
        for today in [day(2026, 10, 5), date, day(2026, 10, 7)] {
            assert_eq!(
                paid.check(today),
                [],
                "{today}: a day off either way is no reason to doubt"
            );
        }
        assert_eq!(
            paid.check(day(2026, 10, 8)),
            [ReceiptWarning::Old { date }],
            "two days old"
        );
        assert_eq!(
            paid.check(day(2027, 10, 6)),
            [ReceiptWarning::Old { date }],
            "last year's"
        );
        assert_eq!(
            paid.check(day(2026, 10, 4)),
            [ReceiptWarning::Future { date }],
            "two days ahead"
        );
        assert_eq!(
            paid.check(NaiveDate::MAX),
            [ReceiptWarning::Old { date }],
            "a PC at the end of time"
        );
        assert_eq!(
            paid.check(NaiveDate::MIN),
            [ReceiptWarning::Future { date }],
            "a PC at its beginning"
        );
        assert_eq!(
            ReceiptWarning::Old { date }.to_string(),
            "This code is from 6 Oct 2026: look at the date on the message.",
            "the cashier reads a day, not letters"
        );
    }

    #[test]
    fn mends_case_and_edges_and_nothing_else() {
        assert_eq!(
            code(" uj6e5918jj\n").as_str(),
            "UJ6E5918JJ",
            "trimmed and in upper case"
        );
        assert_eq!(
            code("\u{a0}UJ6E5918JO").as_str(),
            "UJ6E5918JO",
            "O stays O: 0 is another payment"
        );
        use ReceiptNumberError::{Empty, NotACode, TooLong, TooShort};
        for (text, error) in [
            ("", Empty),
            ("\u{a0} ", Empty),
            ("UJ6E5918J", TooShort),
            ("UJ6E5918JJX", TooLong),
            ("UJ6E 5918JJ", NotACode),
            ("UJ6E-918JJ", NotACode),
            ("UJ6E591８JJ", NotACode),
            ("UJ6E٥918JJ", NotACode),
            ("ŪJ6E5918JJ", NotACode),
        ] {
            assert_eq!(
                ReceiptNumber::parse(text),
                Err(error),
                "{text:?} must be refused for its own reason"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in any::<String>()) {
            if let Ok(number) = ReceiptNumber::parse(&text) {
                let _ = number.check(day(2026, 10, 6));
            }
        }

        #[test]
        fn every_code_survives_typing_json_and_sqlite(text in "[A-Z0-9]{10}", left in "[ \t\u{a0}]{0,2}") {
            let number = code(&text);
            prop_assert_eq!(ReceiptNumber::parse(&format!("{left}{}\n", text.to_lowercase())), Ok(number.clone()), "typed in lower case");
            let json = serde_json::to_string(&number).expect("text is JSON");
            prop_assert_eq!(serde_json::from_str::<ReceiptNumber>(&json).ok(), Some(number.clone()), "JSON round trip");
            let column = ReceiptNumber::column_result(ValueRef::Text(text.as_bytes()));
            prop_assert_eq!(column.ok(), Some(number), "SQLite round trip");
        }

        #[test]
        fn every_day_from_2017_to_2031_is_read_back(offset in 0i64..(15 * 365)) {
            let date = day(2017, 1, 1) + chrono::TimeDelta::days(offset);
            use chrono::Datelike as _;
            let year = char::from(b'A' + u8::try_from(date.year() - YEAR_OF_A).expect("L to Z"));
            let month = char::from(MONTHS[date.month0() as usize]);
            let day = char::from(DAYS[date.day0() as usize]);
            prop_assert_eq!(code(&format!("{year}{month}{day}AAAAAAA")).date(), Some(date), "the rule and its inverse agree");
        }
    }
}
