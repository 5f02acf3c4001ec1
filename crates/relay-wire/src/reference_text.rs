//! The text of a sale's reference: its alphabet, its shape and its check character. The till makes and reads
//! references with it; the relay tells a misspelt one, and knows nothing else of sales.
//!
//! `K100273`: counter `K`, incarnation `1`, sale number in base 32, one check character. A book that was restored or
//! moved has an incarnation of four, a zero and three characters drawn by lot: `K0QX70273`. All characters come
//! from Crockford's 32, which leave out I, L, O and U, so that what a customer reads and types is never two things.
//!
//! The check character makes the whole text divisible in the field of 32 elements: each step towards
//! the front multiplies by x, and x has order 31. A text of at most 12 characters therefore never
//! gives the same weight to two places: every single wrong character is seen, and every swap of
//! two, adjacent or not.

/// Crockford's base 32: the place of a character is its value.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The field's polynomial, x⁵ + x² + 1: primitive, so that x has order 31.
const POLYNOMIAL: u8 = 0b10_0101;
/// Sale numbers are padded to this many characters. Without it a forgotten zero would be another
/// sale's shorter reference. Numbers beyond 32⁴ (a million) grow longer by themselves.
pub const LEAST_NUMBER_CHARS: usize = 4;
/// Characters of the largest sale number, 32⁶ − 1: a thousand million sales of one counter.
pub const MOST_NUMBER_CHARS: usize = 6;
/// What an incarnation that was drawn by lot begins with; one of a single character is never this.
pub const DRAWN: u8 = b'0';
/// The characters after it.
pub const DRAWN_CHARS: usize = 3;
/// Counter, incarnation of one character, check.
const LEAST_OTHER_CHARS: usize = 3;
/// The shortest reference.
const SHORTEST: usize = LEAST_OTHER_CHARS + LEAST_NUMBER_CHARS;
/// The longest: exactly what Daraja takes as AccountReference (Daraja portal, M-PESA Express).
const LONGEST: usize = LEAST_OTHER_CHARS + DRAWN_CHARS + MOST_NUMBER_CHARS;
/// A longer text is taken for somebody's account rather than for a reference of a million sales that is misspelt.
const LONGEST_MISSPELT: usize = 10;

/// Why a text does not have a reference's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// There is nothing in it.
    #[error("there is nothing in it")]
    Empty,
    /// Too short or too long.
    #[error("it is too short or too long")]
    Length,
    /// A character that no reference has.
    #[error("it has a character that no reference has")]
    Character,
}

/// The alphabet's characters that were meant by a text of a reference's length, as a customer types it: lower
/// case, spaces and dashes, O for 0, I or L for 1.
///
/// # Errors
/// A [`ShapeError`].
pub fn shape(text: &str) -> Result<Vec<u8>, ShapeError> {
    let mut bytes = Vec::with_capacity(LONGEST);
    for c in text.chars().filter(|&c| !c.is_whitespace() && c != '-') {
        let byte = meant(c).ok_or(ShapeError::Character)?;
        if bytes.len() == LONGEST {
            return Err(ShapeError::Length);
        }
        bytes.push(byte);
    }
    match bytes.len() {
        0 => Err(ShapeError::Empty),
        short if short < SHORTEST => Err(ShapeError::Length),
        _ => Ok(bytes),
    }
}

/// Is it built like a reference, but for a check character that is wrong? In doubt it is not: a name without any
/// digit, or a number that begins with none of a counter's letters, is somebody's account and no reference.
#[must_use]
pub fn is_misspelt(text: &str) -> bool {
    let Ok(bytes) = shape(text) else { return false };
    if bytes.len() > LONGEST_MISSPELT {
        return false;
    }
    let by_counter = bytes.first().is_some_and(u8::is_ascii_alphabetic);
    by_counter && text.bytes().any(|byte| byte.is_ascii_digit()) && residue(&bytes) != 0
}

/// The alphabet's character for the lowest five bits.
#[must_use]
pub const fn character(bits: u64) -> u8 {
    // Masked to five bits, the index cannot leave an alphabet of 32.
    ALPHABET[(bits & 0b1_1111) as usize]
}

/// A character's value in the alphabet.
#[must_use]
pub fn value(byte: u8) -> Option<u8> {
    ALPHABET
        .iter()
        .position(|&known| known == byte)
        .and_then(|index| u8::try_from(index).ok())
}

/// The alphabet's character that was meant: upper case, and the look-alikes of 0 and 1.
#[must_use]
pub fn meant(typed: char) -> Option<u8> {
    let byte = match u8::try_from(typed).ok()?.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    value(byte).map(|_| byte)
}

/// What is missing to make the whole text zero: the check character of a text without one.
#[must_use]
pub fn check_character(bytes: &[u8]) -> u8 {
    character(u64::from(times_x(residue(bytes))))
}

/// The text as a polynomial over the field of 32 elements, at x. Zero for a whole reference.
#[must_use]
pub fn residue(bytes: &[u8]) -> u8 {
    bytes
        .iter()
        .fold(0, |sum, &byte| times_x(sum) ^ value(byte).unwrap_or_default())
}

/// Multiplies by x in the field of 32 elements.
const fn times_x(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 0b10_0000 == 0 {
        shifted
    } else {
        shifted ^ POLYNOMIAL
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_built_like_ours_is_misspelt() {
        let mut right = b"K10010".to_vec();
        right.push(check_character(&right));
        let right = String::from_utf8_lossy(&right).into_owned();
        assert!(!is_misspelt(&right), "{right} is right");
        assert!(
            !is_misspelt(&format!(" {}-{} ", &right[..2], right[2..].to_lowercase())),
            "{right}, however it was typed"
        );
        let swapped = format!("{}{}1", &right[..4], &right[5..]);
        assert!(is_misspelt(&swapped), "{swapped} has two places swapped");
        for somebodys in [
            "",
            "0712345678",
            "174379",
            "JOHN DOE",
            "K1001",
            "K1001000000",
            "INV#2041",
            "K1\u{661}0010",
        ] {
            assert!(
                !is_misspelt(somebodys),
                "{somebodys:?} does not look like a reference"
            );
        }
    }
}
