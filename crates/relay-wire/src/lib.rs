//! What a till and its relay say to each other, and how an event is sealed so that only the till can read it.
//!
//! The relay takes Safaricom's posts for shops whose desktops nobody can reach. It seals each to the shop's key,
//! commits it, and hands it to the shop's counters in order. It never holds a Daraja credential, and what it
//! keeps on disk it cannot read.

mod claim;
mod cursor;
mod event;
mod hex;
mod messages;
mod owners_day;
mod pairing;
pub mod paths;
pub mod reference_text;
mod seal;
mod secret;
mod token;

pub use claim::ClaimKey;
pub use cursor::{Cursor, CursorError, Epoch};
pub use event::{Inbound, Kind, Mark};
pub use messages::{
    Claimed, Claims, ClaimsAnswer, DayPage, EventsPage, Gone, Heartbeat, HeartbeatAnswer, Link, LinkPairing,
    PairAnswer, PairRequest, Problem, ProblemCode, SealedEvent,
};
pub use owners_day::{CounterHeard, Matter, OwnersDay};
pub use pairing::{Pairing, PairingError};
pub use seal::{SealError, Sealer, ShopKey, ShopPublicKey};
pub use secret::ShopSecret;
pub use token::{Token, TokenHash};
