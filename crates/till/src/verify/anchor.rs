//! What is known of the chain outside this PC.

use std::str::FromStr;

use crate::error::{Code, TillError};

/// Fewest characters of a hash that say anything: four thousand million to one.
const FEWEST_HEX: usize = 8;

/// The chain's end as it is known outside this PC: after `rows` rows it was `head`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The row's place.
    pub rows: i64,
    /// Its hash, or the front of it, in lower case.
    pub head: String,
}

impl FromStr for Anchor {
    type Err = TillError;

    /// `1234:9f86d081…`, as it stands on paper: at least eight characters of the hash, in any case, with blanks; or
    /// what the square code beside it says.
    fn from_str(text: &str) -> Result<Self, TillError> {
        let invalid = || {
            TillError::new(
                Code::CodeInvalid,
                "An anchor is written ROWS:HASH, as it was printed: a number, a colon, and at least 8 characters of 0-9 and a-f.",
            )
        };
        let (rows, head) = text.split_once(':').ok_or_else(invalid)?;
        let head: String = head
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_lowercase();
        let rows: i64 = row_of(rows)
            .and_then(|rows| rows.parse().ok())
            .ok_or_else(invalid)?;
        let is_hash = head.len() >= FEWEST_HEX && head.bytes().all(|byte| byte.is_ascii_hexdigit());
        if rows > 0 && is_hash {
            Ok(Self { rows, head })
        } else {
            Err(invalid())
        }
    }
}

/// The row before the colon; a square code names its close before it.
fn row_of(text: &str) -> Option<&str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [rows] => Some(rows),
        [keshia, _, rows] if keshia.eq_ignore_ascii_case("keshia") => Some(rows),
        _ => None,
    }
}
