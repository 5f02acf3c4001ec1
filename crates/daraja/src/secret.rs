//! Text that must not be seen.

use std::fmt;

/// A key, secret, passkey or token. It prints as `<redacted>`, cannot be serialised, and opens only by
/// [`Secret::expose`].
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the text without the whitespace around it: keys are pasted from a web page, and Safaricom
    /// answers a key with a stray blank as if it were wrong.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text: String = text.into();
        let trimmed = text.trim();
        if trimmed.len() == text.len() {
            Self(text)
        } else {
            Self(trimmed.to_owned())
        }
    }

    /// The text itself, for the one place that sends or stores it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn trims_what_a_paste_brings_along() {
        assert_eq!(
            Secret::new(" \tkey\u{a0}\r\n").expose(),
            "key",
            "whitespace around a pasted key is not the key"
        );
        assert_eq!(
            Secret::new("a b").expose(),
            "a b",
            "whitespace inside is left for Safaricom to judge"
        );
    }

    #[test]
    fn prints_nothing_of_itself() {
        let secret = Secret::new("hunter2");
        assert_eq!(
            format!("{secret} {secret:?} {secret:#?}"),
            "<redacted> <redacted> <redacted>",
            "no format opens it"
        );
    }
}
