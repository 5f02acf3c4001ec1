//! The shop as Safaricom knows it, and the network's fixed habits.

use std::fmt;

/// The sandbox passkey Safaricom prints on its developer portal (M-PESA Express, test credentials).
const SANDBOX_PASSKEY: &str = "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919";

/// A text that must not appear in logs: shown as `<redacted>`, opened by [`Hidden::expose`].
#[derive(Clone, PartialEq, Eq)]
pub struct Hidden(String);

impl Hidden {
    /// Hides `text`.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// The shop and the network. Never saved with the world: it may hold somebody's keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The name in prompts and in messages.
    pub shop_name: String,
    /// The app's consumer key.
    pub consumer_key: Hidden,
    /// The app's consumer secret.
    pub consumer_secret: Hidden,
    /// The paybill number.
    pub paybill: String,
    /// The passkey of the paybill.
    pub paybill_passkey: Hidden,
    /// The store (head office) number of the till, sent as `BusinessShortCode`.
    pub store: String,
    /// The till number, sent as `PartyB`.
    pub till: String,
    /// The passkey of the store.
    pub store_passkey: Hidden,
    /// Short codes that only take customers' own payments (C2B).
    pub c2b_short_codes: Vec<String>,
    /// A new token ends the one before. The portal's FAQ says so; clients have seen both.
    pub one_token: bool,
    /// Refuse a `Timestamp` further than an hour from East Africa Time. The sandbox does not.
    pub strict_timestamps: bool,
    /// Register C2B URLs once only, as production does.
    pub register_once: bool,
    /// Whether External Validation is enabled for the short codes.
    pub external_validation: bool,
    /// Whether the app has Pull Transactions.
    pub pull: bool,
    /// How many rows a page of a pulled statement has.
    pub pull_page: usize,
    /// How long a prompt stays on a phone nobody touches, in milliseconds.
    pub prompt_lifetime_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            shop_name: "MAMA NJERI STORES".into(),
            consumer_key: Hidden::new("practice-key"),
            consumer_secret: Hidden::new("practice-secret"),
            paybill: "174379".into(),
            paybill_passkey: Hidden::new(SANDBOX_PASSKEY),
            store: "600100".into(),
            till: "600101".into(),
            store_passkey: Hidden::new(SANDBOX_PASSKEY),
            c2b_short_codes: vec!["600984".into(), "600000".into()],
            one_token: false,
            strict_timestamps: false,
            register_once: false,
            external_validation: true,
            pull: true,
            pull_page: 100,
            prompt_lifetime_ms: 60_000,
        }
    }
}

impl Settings {
    /// The passkey that signs for `short_code`, if it may ask customers to pay.
    pub(super) fn passkey_of(&self, short_code: &str) -> Option<&Hidden> {
        if short_code == self.paybill {
            Some(&self.paybill_passkey)
        } else if short_code == self.store {
            Some(&self.store_passkey)
        } else {
            None
        }
    }

    /// Whether `short_code` can receive money that a customer sends.
    pub(super) fn receives(&self, short_code: &str) -> bool {
        short_code == self.paybill
            || short_code == self.till
            || self.c2b_short_codes.iter().any(|code| code == short_code)
    }

    /// Whether URLs may be registered for `short_code` (the head office registers for its till).
    pub(super) fn registers(&self, short_code: &str) -> bool {
        self.receives(short_code) || short_code == self.store
    }
}
