//! Safaricom's name for one prompt.

use std::fmt;

/// The CheckoutRequestID of an accepted push: opaque text, the key of every later question about it.
///
/// New ones end in the last nine digits of the customer's phone, so it prints shortened; the full text
/// is [`CheckoutRequestId::as_str`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CheckoutRequestId(String);

impl CheckoutRequestId {
    /// Takes the id as it was told or stored.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The whole id. It is personal data: send it and store it, but never log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CheckoutRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // `ws_CO_` and the day tell support enough; never more than half, whatever the shape.
        let shown = 14.min(self.0.chars().count() / 2);
        let start: String = self.0.chars().take(shown).collect();
        write!(f, "{start}…")
    }
}

impl fmt::Debug for CheckoutRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::CheckoutRequestId;

    #[test]
    fn prints_without_the_phone() {
        let id = CheckoutRequestId::new("ws_CO_180920261803512708374149");
        assert_eq!(
            id.to_string(),
            "ws_CO_18092026…",
            "the day is kept, the phone's digits are not"
        );
        assert_eq!(format!("{id:?}"), "ws_CO_18092026…", "Debug hides the same");
        assert_eq!(
            format!("{}", CheckoutRequestId::new("708374149")),
            "7083…",
            "a short id is not shown whole"
        );
    }
}
