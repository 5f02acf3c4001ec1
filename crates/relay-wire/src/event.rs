//! What came in from Safaricom's side, as it is before it is sealed.

use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// One post that came in. The relay judges nothing about it: what is odd becomes a mark, and the till decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbound {
    /// Which address it came to.
    pub kind: Kind,
    /// The rest of that address: for a push's result, `push id/secret`; else empty.
    #[serde(default)]
    pub path: String,
    /// When the relay had it whole, milliseconds since 1970, by the relay's clock.
    pub received_ms: i64,
    /// What is odd about it.
    #[serde(default)]
    pub marks: Vec<Mark>,
    /// The body, byte for byte.
    #[serde(with = "base64_bytes")]
    pub body: Vec<u8>,
}

/// Which address a post came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A push's own path: the result of an STK push.
    Stk,
    /// The shop's own path for C2B confirmations: a payment was made.
    Confirmation,
    /// The shop's own path for C2B validation: a payment is about to be made, and was answered already.
    Validation,
    /// An address that anybody can guess. It proves nothing and only wakes the counters.
    Open,
}

/// What is odd about a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It does not have the shape that Safaricom's posts have.
    Shape,
    /// It did not come from an address on Safaricom's list.
    Source,
    /// The relay cannot know where it came from: no trusted proxy says so.
    SourceUnknown,
    /// It came in a flood.
    Rate,
}

mod base64_bytes {
    use serde::de::Error as _;
    use serde::{Deserializer, Serializer};

    use super::{Deserialize, STANDARD};
    use base64::Engine as _;

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(deserializer)?;
        STANDARD.decode(text).map_err(D::Error::custom)
    }
}
