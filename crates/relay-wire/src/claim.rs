//! Under which name two counters race for one payment: the relay learns no receipt number by it.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::hex;
use crate::secret::ShopSecret;

/// A receipt number as the relay may see it: HMAC-SHA256 under the shop's secret.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClaimKey([u8; 32]);

/// A text that is no claim's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no claim's name")]
pub struct ClaimKeyError;

impl ClaimKey {
    /// The name of one receipt number in one shop.
    #[must_use]
    pub fn of(secret: &ShopSecret, receipt: &str) -> Self {
        // HMAC fills a shorter key up to its block with zeros; given whole, it cannot be refused.
        let mut block = [0; 64];
        block[..32].copy_from_slice(secret.expose());
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(b"keshia claim 1\0");
        mac.update(receipt.as_bytes());
        Self(mac.finalize().into_bytes().into())
    }

    /// Its bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl TryFrom<String> for ClaimKey {
    type Error = ClaimKeyError;

    fn try_from(text: String) -> Result<Self, ClaimKeyError> {
        hex::decode(&text).map(Self).ok_or(ClaimKeyError)
    }
}

impl From<ClaimKey> for String {
    fn from(key: ClaimKey) -> Self {
        key.to_string()
    }
}

impl fmt::Display for ClaimKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_a_shop_and_receipt() {
        let (ours, theirs) = (ShopSecret::random(), ShopSecret::random());
        let name = ClaimKey::of(&ours, "UJ6E5918JJ");
        assert_eq!(
            name,
            ClaimKey::of(&ours, "UJ6E5918JJ"),
            "both counters call it the same"
        );
        assert_ne!(name, ClaimKey::of(&ours, "UJ6E5918JK"), "another payment");
        assert_ne!(
            name,
            ClaimKey::of(&theirs, "UJ6E5918JJ"),
            "another shop's name tells nothing"
        );
    }
}
