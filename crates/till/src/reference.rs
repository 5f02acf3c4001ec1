//! The reference that ties a payment to its sale: sent as AccountReference, printed in the customer's
//! SMS, typed by a customer who pays the paybill himself.
//!
//! Its text (alphabet, shape, check character) is [`relay_wire::reference_text`], because a relay must tell a
//! misspelt one too.

use std::fmt;

use relay_wire::reference_text::{
    DRAWN, DRAWN_CHARS, LEAST_NUMBER_CHARS, MOST_NUMBER_CHARS, ShapeError, character, check_character,
    residue, shape, value,
};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A sale's reference: 7 to 12 letters and digits, Daraja's most being 12 (Daraja portal, M-PESA
/// Express, AccountReference). Its check character is right: there is no other way to make one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct Reference(String);

/// One counter's letter: A–Z without I, L, O and U. Up to 22 counters share a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CounterChar(u8);

/// Which life of the file this is: another one when it is restored or moved, so that numbers given out
/// after it never repeat those given out before it and lost with the old disk.
///
/// A new file's is `1`. The others are drawn by lot from 32,768, because two PCs that come from one copy know
/// nothing of each other: counting up, both would take the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Incarnation(Life);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Life {
    /// One character: a new file's, and what was counted up before lots were drawn.
    Counted(u8),
    /// What stands behind the zero.
    Drawn([u8; DRAWN_CHARS]),
}

/// Why a text is not one of our references.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// Nothing was typed.
    #[error("Type the reference, as it stands in the M-PESA message.")]
    Empty,
    /// Too short, too long, or built differently.
    #[error("That is not one of this shop's references: check that no character is missing.")]
    NotOurs,
    /// A character that no reference has.
    #[error("That is not one of this shop's references: it has only letters and digits.")]
    Character,
    /// Built like ours, but a character is wrong or two are swapped.
    #[error("One character of that reference is wrong or two are swapped: check it again.")]
    Check,
}

impl CounterChar {
    /// The first counter of a shop.
    pub const FIRST: Self = Self(b'A');

    /// A letter that may name a counter, in either case; `None` for any other character.
    #[must_use]
    pub fn new(letter: char) -> Option<Self> {
        let byte = u8::try_from(letter).ok()?.to_ascii_uppercase();
        (byte.is_ascii_uppercase() && value(byte).is_some()).then_some(Self(byte))
    }

    /// The letter, in upper case.
    #[must_use]
    pub fn as_char(self) -> char {
        char::from(self.0)
    }
}

impl Incarnation {
    /// A new file's.
    pub const FIRST: Self = Self(Life::Counted(b'1'));

    /// Reads one, in either case; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        let (first, rest) = text.as_bytes().split_first()?;
        if !text.bytes().all(|byte| value(byte).is_some()) {
            return None;
        }
        match (*first, rest) {
            (DRAWN, rest) => rest.try_into().ok().map(|drawn| Self(Life::Drawn(drawn))),
            (counted, []) => Some(Self(Life::Counted(counted))),
            (_, [_, ..]) => None,
        }
    }

    /// One drawn by lot: the lowest 15 bits choose it.
    #[must_use]
    pub fn drawn(lot: u16) -> Self {
        Self(Life::Drawn(
            [10, 5, 0].map(|place| character(u64::from(lot) >> place)),
        ))
    }

    /// Its characters, and where the sale's number begins behind them.
    fn split(bytes: &[u8]) -> Option<(Self, &[u8])> {
        match bytes {
            [DRAWN, rest @ ..] => {
                let (drawn, number) = rest.split_first_chunk()?;
                Some((Self(Life::Drawn(*drawn)), number))
            }
            [counted, number @ ..] => Some((Self(Life::Counted(*counted)), number)),
            [] => None,
        }
    }
}

impl Reference {
    /// The largest sale number that a reference can tell.
    pub const LARGEST_NUMBER: u32 = (1 << (5 * MOST_NUMBER_CHARS)) - 1;

    /// The reference of one sale of one counter; the number is at most [`Self::LARGEST_NUMBER`].
    #[must_use]
    pub fn new(counter: CounterChar, incarnation: Incarnation, sale_number: u32) -> Self {
        let mut bytes = vec![counter.0];
        bytes.extend(incarnation.to_string().bytes());
        let mut chars = LEAST_NUMBER_CHARS;
        while chars < MOST_NUMBER_CHARS && u64::from(sale_number) >> (5 * chars) > 0 {
            chars += 1;
        }
        for place in (0..chars).rev() {
            bytes.push(character(u64::from(sale_number) >> (5 * place)));
        }
        bytes.push(check_character(&bytes));
        Self(bytes.into_iter().map(char::from).collect())
    }

    /// Reads what a customer typed from an SMS or a receipt: lower case, spaces and dashes, O for 0,
    /// I or L for 1.
    ///
    /// # Errors
    /// A [`ReferenceError`]; [`ReferenceError::Check`] for every single wrong character and every
    /// two swapped ones in a text of the right shape.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        let bytes = shape(text)?;
        if residue(&bytes) != 0 {
            return Err(ReferenceError::Check);
        }
        let reference = Self(bytes.into_iter().map(char::from).collect());
        // Only the one way in which we write a number is ours: no digit as counter, no spare zeros.
        let (counter, incarnation, number) = reference.parts().ok_or(ReferenceError::NotOurs)?;
        if Self::new(counter, incarnation, number) == reference {
            Ok(reference)
        } else {
            Err(ReferenceError::NotOurs)
        }
    }

    /// The letters and digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which counter made it, in which life of its file, and the sale's number there.
    ///
    /// `None` never happens: every reference was made by [`Reference::new`] or read by
    /// [`Reference::parse`], which asks this.
    #[must_use]
    pub fn parts(&self) -> Option<(CounterChar, Incarnation, u32)> {
        let [counter, rest @ .., _check] = self.0.as_bytes() else {
            return None;
        };
        let (incarnation, number) = Incarnation::split(rest)?;
        let mut sale_number: u64 = 0;
        for &byte in number {
            sale_number = (sale_number << 5) | u64::from(value(byte)?);
        }
        Some((
            CounterChar::new(char::from(*counter))?,
            incarnation,
            u32::try_from(sale_number).ok()?,
        ))
    }
}

impl From<ShapeError> for ReferenceError {
    fn from(error: ShapeError) -> Self {
        match error {
            ShapeError::Empty => Self::Empty,
            ShapeError::Length => Self::NotOurs,
            ShapeError::Character => Self::Character,
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Display for CounterChar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_char(), f)
    }
}

impl fmt::Display for Incarnation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Life::Counted(counted) => write!(f, "{}", char::from(counted)),
            Life::Drawn(drawn) => {
                write!(f, "{}", char::from(DRAWN))?;
                drawn
                    .iter()
                    .try_for_each(|&byte| write!(f, "{}", char::from(byte)))
            }
        }
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

impl ToSql for Reference {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.as_str()))
    }
}

impl FromSql for Reference {
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

    use relay_wire::reference_text::ALPHABET;

    use super::*;

    fn reference(counter: char, incarnation: &str, number: u32) -> Reference {
        Reference::new(
            CounterChar::new(counter).expect("the test's own counter"),
            Incarnation::parse(incarnation).expect("the test's own incarnation"),
            number,
        )
    }

    /// A sale of any counter, incarnation and number, small numbers as often as huge ones.
    fn any_reference() -> impl Strategy<Value = Reference> {
        let number = prop_oneof![0..2_000u32, 0..40_000_000u32, 0..=Reference::LARGEST_NUMBER];
        let incarnation = prop_oneof!["[1-9A-HJKMNP-TV-Z]", "0[0-9A-HJKMNP-TV-Z]{3}"];
        ("[A-HJKMNP-TV-Z]", incarnation, number).prop_map(|(counter, incarnation, number)| {
            reference(counter.chars().next().unwrap(), &incarnation, number)
        })
    }

    fn with(text: &str, place: usize, character: u8) -> String {
        let mut bytes = text.as_bytes().to_vec();
        bytes[place] = character;
        String::from_utf8(bytes).unwrap()
    }

    /// Every single substitution and every swap of two places of this one is seen.
    fn assert_errors_are_seen(right: &Reference) {
        let text = right.as_str();
        for place in 0..text.len() {
            for &other in ALPHABET {
                if other != text.as_bytes()[place] {
                    let wrong = with(text, place, other);
                    assert!(
                        Reference::parse(&wrong).is_err(),
                        "{wrong} is {text} with one wrong character"
                    );
                }
            }
            for later in place + 1..text.len() {
                let (a, b) = (text.as_bytes()[place], text.as_bytes()[later]);
                if a != b {
                    let wrong = with(&with(text, place, b), later, a);
                    assert!(
                        Reference::parse(&wrong).is_err(),
                        "{wrong} is {text} with two swapped"
                    );
                }
            }
        }
    }

    #[test]
    fn every_wrong_character_and_swap_is_seen_whatever_the_text() {
        // The residue is linear: an error is unseen only if the error alone has residue zero. So all
        // texts of all lengths are proved by all errors on a text of zeros, one length being enough.
        let length = 12;
        for place in 0..length {
            for &wrong in &ALPHABET[1..] {
                let mut error = vec![b'0'; length];
                error[place] = wrong;
                assert_ne!(residue(&error), 0, "one wrong character, {wrong} more at {place}");
                for later in place + 1..length {
                    let mut swap = error.clone();
                    swap[later] = wrong;
                    assert_ne!(
                        residue(&swap),
                        0,
                        "two swapped that differ by {wrong}: {place}, {later}"
                    );
                }
            }
        }
    }

    #[test]
    fn every_wrong_character_and_swap_is_seen_in_the_first_sales() {
        let large = [
            9_999_999,
            10_000_000,
            33_554_431,
            33_554_432,
            Reference::LARGEST_NUMBER,
        ];
        for number in (0..1_000).chain(large) {
            assert_errors_are_seen(&reference('K', "1", number));
            assert_errors_are_seen(&reference('K', "0QX7", number));
        }
    }

    #[test]
    fn is_short_and_unlike_any_other() {
        assert_eq!(
            reference('A', "1", 1).as_str().len(),
            7,
            "a small shop's reference"
        );
        assert_eq!(
            reference('A', "1", 10_000_000).as_str().len(),
            8,
            "ten million sales of one counter"
        );
        assert_eq!(
            reference('A', "0QX7", 1_000_000).as_str().len(),
            10,
            "a million sales of a counter that was restored"
        );
        assert_eq!(
            reference('Z', "0ZZZ", Reference::LARGEST_NUMBER).as_str().len(),
            12,
            "the longest is what Daraja takes"
        );
        let mut seen = std::collections::BTreeSet::new();
        for counter in ['A', 'B', 'Z'] {
            for incarnation in ["1", "Z", "0000", "0001", "0100", "0ZZZ"] {
                for number in (0..500).chain(1_048_500..1_048_700) {
                    assert!(
                        seen.insert(reference(counter, incarnation, number)),
                        "{counter}{incarnation}{number} twice"
                    );
                }
            }
        }
    }

    #[test]
    fn reads_what_a_customer_types() {
        let right = reference('K', "1", 32);
        assert!(
            right.as_str().starts_with("K10010"),
            "the layout that a shop reads aloud: {right}"
        );
        let check = &right.as_str()[6..];
        for typed in [
            format!("k1001 0{check}"),
            format!(" kioo-LO\u{a0}{}\n", check.to_lowercase()),
        ] {
            assert_eq!(
                Reference::parse(&typed).as_ref(),
                Ok(&right),
                "{typed:?} means {right}"
            );
        }
        use ReferenceError::{Character, Check, Empty, NotOurs};
        for (text, error) in [
            ("", Empty),
            (" - \u{a0}", Empty),
            ("KU0010X", Character),
            ("K1٠010X", Character),
            ("K1001", NotOurs),
            ("K10010K1001K1", NotOurs),
            ("K0QX700", Check),
            ("0000000", NotOurs),
            ("K100100", Check),
        ] {
            assert_eq!(
                Reference::parse(text),
                Err(error),
                "{text:?} must be refused for its own reason"
            );
        }
    }

    #[test]
    fn a_second_spelling_of_a_number_is_not_ours() {
        // A spare zero before the number, with its check character made right.
        let mut bytes = b"K100010".to_vec();
        bytes.push(check_character(&bytes));
        let padded = String::from_utf8(bytes).unwrap();
        assert_eq!(
            Reference::parse(&padded),
            Err(ReferenceError::NotOurs),
            "{padded} has a spare zero"
        );
    }

    #[test]
    fn counters_and_incarnations() {
        for c in ['I', 'L', 'O', 'U', '1', ' ', 'é', 'Ⓐ'] {
            assert_eq!(CounterChar::new(c), None, "{c:?} names no counter");
        }
        assert_eq!(
            CounterChar::new('k').map(CounterChar::as_char),
            Some('K'),
            "either case"
        );
        for wrong in ["", "0", "0QX", "0QX77", "11", "I", "0QXU", "é"] {
            assert_eq!(Incarnation::parse(wrong), None, "{wrong:?} names no life");
        }
        let drawn: std::collections::BTreeSet<Incarnation> = (0..=u16::MAX).map(Incarnation::drawn).collect();
        assert_eq!(drawn.len(), 32_768, "every lot is another life");
        for life in drawn.into_iter().chain([Incarnation::FIRST]) {
            assert_eq!(
                Incarnation::parse(&life.to_string().to_lowercase()),
                Some(life),
                "reads back"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_an_answer(text in any::<String>()) {
            let _ = Reference::parse(&text);
        }

        #[test]
        fn any_text_of_our_characters_is_refused_or_itself(text in "[0-9A-HJKMNP-TV-Z]{0,12}") {
            if let Ok(reference) = Reference::parse(&text) {
                prop_assert_eq!(reference.as_str(), text, "what is read is what was typed");
            }
        }

        #[test]
        fn every_reference_reads_back(right in any_reference()) {
            let text = right.as_str();
            prop_assert!(text.len() <= 12 && text.bytes().all(|b| b.is_ascii_alphanumeric()), "{} fits Daraja", text);
            prop_assert_eq!(Reference::parse(&text.to_lowercase()), Ok(right.clone()), "typed in lower case");
            let (counter, incarnation, number) = right.parts().expect("a reference has its parts");
            prop_assert_eq!(&Reference::new(counter, incarnation, number), &right, "made again from its parts");
            let json = serde_json::to_string(&right).expect("text is JSON");
            prop_assert_eq!(serde_json::from_str::<Reference>(&json).ok(), Some(right.clone()), "JSON round trip");
            let column = Reference::column_result(ValueRef::Text(text.as_bytes()));
            prop_assert_eq!(column.ok(), Some(right), "SQLite round trip");
        }

        #[test]
        fn errors_are_seen(right in any_reference()) {
            assert_errors_are_seen(&right);
        }
    }
}
