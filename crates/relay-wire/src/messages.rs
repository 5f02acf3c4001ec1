//! The bodies of `/v1`, all JSON.

use serde::{Deserialize, Serialize};

use crate::claim::ClaimKey;
use crate::cursor::{Cursor, Epoch};
use crate::seal::ShopPublicKey;

/// `POST /v1/pair`: a counter wants in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PairRequest {
    /// The code of the pairing line.
    pub code: String,
    /// What to call this counter, for the operator.
    pub name: String,
    /// The shop's key: what its secret stands for. A shop's first counter brings it; a later one must bring
    /// the same.
    pub key: ShopPublicKey,
}

/// What a counter is given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PairAnswer {
    /// The shop, bound into every seal.
    pub shop_id: String,
    /// As the operator called it.
    pub shop_name: String,
    /// This counter's letter: no other counter of the shop has it or ever had it.
    pub letter: char,
    /// The bearer token from now on.
    pub token: String,
    /// The shop's secret path for Safaricom's posts.
    pub hook: String,
    /// Where to read from.
    pub cursor: Cursor,
}

/// `POST /v1/pairings`: the code for one more counter.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LinkPairing {
    /// Good once.
    pub code: String,
    /// Until when, milliseconds since 1970, by the relay's clock.
    pub expires_ms: i64,
}

/// One event as the relay keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedEvent {
    /// Its place: one more than the one before it in this shop, without gaps.
    pub seq: u64,
    /// Base 64 of the seal.
    pub sealed: String,
}

/// `GET /v1/events`: what came in after the cursor, in order; empty when nothing did while it waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventsPage {
    /// The log's life. When it is another than the cursor's, the events begin at the first that is kept.
    pub epoch: Epoch,
    /// The events.
    pub events: Vec<SealedEvent>,
    /// What the counter missed, because nobody fetched it in ninety days. Then the status is 410.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gone: Option<Gone>,
    /// Are there more at once?
    pub more: bool,
    /// The relay's clock, milliseconds since 1970.
    pub now_ms: i64,
}

/// Events that are not kept any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gone {
    /// How many of this shop were dropped after the counter's cursor.
    pub count: u64,
    /// The last of them: read on after it.
    pub through: u64,
}

/// `POST /v1/heartbeat`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Heartbeat {
    /// What the counter has committed; nothing before it needs to be kept for it.
    pub cursor: Cursor,
    /// The head of the counter's chain.
    pub chain: Option<Link>,
    /// The chain's link at the length that the relay's last answer named: that it grew, and was not rewritten.
    pub before: Option<Link>,
    /// The shop's owner says that this book was restored, so that it need not continue what was shown before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub begins_anew: bool,
}

/// One place of a counter's hash chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// How many rows.
    pub rows: u64,
    /// The last row's hash, hexadecimal.
    pub head: String,
}

/// What the relay says to it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct HeartbeatAnswer {
    /// The relay's clock, milliseconds since 1970.
    pub now_ms: i64,
    /// The longest chain that the relay has seen of this counter. The next heartbeat shows its own link there.
    pub anchor: Option<Link>,
    /// The chain that was shown is shorter than that, or was changed.
    pub chain_refused: bool,
    /// The other counters of the shop, without this one.
    pub others: u32,
}

/// `POST /v1/claims`: payments that this counter wants to book. The first to ask has it, for ever.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// At most 500.
    pub claims: Vec<ClaimKey>,
}

/// Who has them. To a question for holders it names only those that somebody has.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClaimsAnswer {
    /// In the order of the request.
    pub claims: Vec<Claimed>,
}

/// Who has a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// The payment's name.
    pub key: ClaimKey,
    /// The letter of the counter that has it.
    pub holder: char,
}

/// `PUT /v1/day`: the owner's page, sealed under a key that the relay never sees.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DayPage {
    /// The page's unguessable name in its address.
    pub id: String,
    /// Base 64: a nonce of 12 bytes, then AES-256-GCM of the content.
    pub sealed: String,
}

/// Any refusal of `/v1`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Problem {
    /// What to branch on.
    pub code: ProblemCode,
    /// One English sentence.
    pub message: String,
}

/// Why the relay refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// No or a wrong token, or a counter that was revoked.
    NotLetIn,
    /// The pairing code is wrong, used or too old.
    PairingCode,
    /// The key is not this shop's: its secret is needed, from a paired counter's screen.
    OtherKey,
    /// The body or the address cannot be read.
    BadRequest,
    /// Too large.
    TooLarge,
    /// Too many requests; `Retry-After` says for how long.
    TooMany,
    /// There is no such thing here.
    NotFound,
    /// The relay cannot do it now; nothing was done.
    Unavailable,
    /// A code that this version does not know.
    #[serde(other)]
    Unknown,
}
