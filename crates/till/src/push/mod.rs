//! One STK push, from intent to end: pure, without a clock, a socket or a disk.
//!
//! ```text
//! Intended ─► Sending ─► Prompted ─► Paid          (final; nothing undoes it)
//!    │           │           ├─────► Failed        (by query: provisional first)
//!    │           │           └─────► Unknown ─► AwaitsStatement
//!    └► NotSent  ├► NotSent, Refused   ▲
//!                └─────────────────────┘           (evidence of money moves every state to Paid)
//! ```

pub mod guard;
pub mod machine;
pub mod reason;
pub mod result;
pub mod state;

pub use guard::{Blocked, Neighbour, PushIntent};
pub use machine::{Answer, Effect, Event, QueryWord, step};
pub use reason::Reason;
pub use result::{EndKind, Ending};
pub use state::{Firmness, Push, State};
