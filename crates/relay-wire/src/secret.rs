//! The one secret that a shop's counters share and the relay never keeps.

use std::fmt;

use zeroize::Zeroizing;

use crate::hex;

/// 32 random bytes: the seal's key and the claims' key come from it.
#[derive(Clone)]
pub struct ShopSecret(Zeroizing<[u8; 32]>);

impl ShopSecret {
    /// A new shop's.
    #[must_use]
    pub fn random() -> Self {
        Self(Zeroizing::new(rand::random()))
    }

    /// Reads what [`Self::reveal`] wrote; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text.trim()).map(|bytes| Self(Zeroizing::new(bytes)))
    }

    /// As text, for the key store and for pairing another counter.
    #[must_use]
    pub fn reveal(&self) -> String {
        hex::encode(self.expose())
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for ShopSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}
