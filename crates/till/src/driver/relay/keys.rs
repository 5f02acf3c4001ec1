//! What lets a counter speak with its relay: one entry of the key store.

use std::fmt;

use daraja::Secret;
use relay_wire::{ShopSecret, Token};

/// A counter's keys to its relay.
#[derive(Clone)]
pub struct RelayKeys {
    /// The counter's bearer token.
    pub token: Token,
    /// The secret that all counters of the shop share.
    pub secret: ShopSecret,
    /// The shop's secret path for Safaricom's posts.
    pub hook: Token,
}

impl RelayKeys {
    /// As one text, for the key store.
    #[must_use]
    pub fn to_secret(&self) -> Secret {
        let (token, hook) = (self.token.expose(), self.hook.expose());
        Secret::new(format!("{token} {} {hook}", self.secret.reveal()))
    }

    /// Reads that text; `None` for any other.
    #[must_use]
    pub fn of_secret(secret: &Secret) -> Option<Self> {
        let mut words = secret.expose().split_whitespace();
        let (token, shared, hook) = (words.next()?, words.next()?, words.next()?);
        words.next().is_none().then_some(())?;
        Some(Self {
            token: Token::new(token),
            secret: ShopSecret::parse(shared)?,
            hook: Token::new(hook),
        })
    }
}

impl fmt::Debug for RelayKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}
