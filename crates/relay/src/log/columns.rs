//! Between what the trait speaks of and what both engines' columns hold.

use super::LogError;

/// Events that one transaction of a sweep drops at most.
pub(super) const AT_ONCE: u64 = 5_000;
/// How often it is noted how far every counter has come, milliseconds: a day.
pub(super) const MARK_EVERY_MS: i64 = 24 * 60 * 60 * 1000;

/// A place or count as a column holds it. Nothing ever counts as far as the two differ.
pub(super) fn column(place: u64) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}

/// A place or count from a column; its checks keep it from being negative.
pub(super) fn place(column: i64) -> u64 {
    u64::try_from(column).unwrap_or_default()
}

/// A counter's letter from a column.
pub(super) fn letter(text: &str) -> Result<char, LogError> {
    text.chars().next().ok_or_else(|| odd("letter"))
}

/// A value that was written by this program and must be readable by it.
pub(super) fn stored<T, E>(value: Result<T, E>, column: &str) -> Result<T, LogError> {
    value.map_err(|_| odd(column))
}

fn odd(column: &str) -> LogError {
    LogError::Unusable(format!("it holds an unknown value in {column}"))
}

pub(super) fn no_such_shop(id: &str) -> LogError {
    LogError::Refused(format!("there is no shop {id}"))
}
