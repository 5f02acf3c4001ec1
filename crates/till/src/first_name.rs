//! The first name that comes with a payment: enough to ask "Jane?", and no more of a person than that.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;

/// Longest that is kept, in characters: a card has no room for more.
const LONGEST: usize = 20;

/// The first word of what a witness called the payer. It never reaches a log: its `Debug` shows none of it.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct FirstName(String);

impl FirstName {
    /// The first word of a name; `None` when there is no letter in it (masked names are stars).
    #[must_use]
    pub fn of(told: &str) -> Option<Self> {
        let word = told.split_whitespace().next()?;
        let kept: String = word
            .chars()
            .filter(|c| c.is_alphabetic() || matches!(c, '\'' | '-' | '*'))
            .take(LONGEST)
            .collect();
        kept.chars().any(char::is_alphabetic).then_some(Self(kept))
    }

    /// For the card.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FirstName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("··")
    }
}

impl ToSql for FirstName {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        self.0.to_sql()
    }
}

impl FromSql for FirstName {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(|text| Self(text.to_owned()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_word_is_kept_and_no_log_sees_it() {
        let jane = FirstName::of("  JANE WANJIKU KAMAU ").unwrap();
        assert_eq!(jane.as_str(), "JANE", "the family's name is nobody's business");
        assert_eq!(
            FirstName::of("J*** K***").unwrap().as_str(),
            "J***",
            "masked, but a letter is left"
        );
        assert_eq!(FirstName::of("*** ***"), None, "a mask is no name");
        assert_eq!(FirstName::of(" "), None, "nothing was told");
        assert_eq!(
            FirstName::of("254712345678"),
            None,
            "a phone number in the wrong field is not kept"
        );
        assert!(
            !format!("{jane:?}").contains("JANE"),
            "what is logged by mistake names nobody"
        );
    }
}
