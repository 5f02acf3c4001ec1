//! The event log: everything that the relay keeps. Two engines behind one trait, and one test-suite for both.

mod admit;
mod columns;
pub mod copy;
mod postgres;
mod spread;
mod sqlite;

use async_trait::async_trait;
use relay_wire::{ClaimKey, Cursor, Epoch, Link, ShopPublicKey, TokenHash};

use columns::{AT_ONCE, MARK_EVERY_MS, column, letter, no_such_shop, place, stored};
pub use postgres::PostgresLog;
pub use spread::SpreadLog;
pub use sqlite::SqliteLog;

/// Why the log did not do it. Nothing was done then, but for one case: when the way to a database broke while it
/// committed, nobody can say, and the same event may later be kept twice, which a till does not mind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// The disk, the database or the way to it. Trying again later may help.
    #[error("the event log is not available: {0}")]
    Unavailable(String),
    /// No such shop, or one that is there already. Trying again does not help.
    #[error("the event log refuses this: {0}")]
    Refused(String),
    /// A newer version of the relay wrote it, or it is damaged.
    #[error("the event log cannot be used: {0}")]
    Unusable(String),
}

/// A shop as the relay knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shop {
    /// Random; bound into every seal.
    pub id: String,
    /// As the operator called it.
    pub name: String,
    /// The hash of its secret path.
    pub hook: TokenHash,
    /// Its key; `None` until its first counter is paired. Without it nothing can be sealed, so nothing is taken.
    pub key: Option<ShopPublicKey>,
    /// How payments to its paybill are validated.
    pub validation: Validation,
}

/// What is answered to C2B validation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validation {
    /// Every payment is welcome.
    AcceptAll,
    /// A paybill reference that looks like ours and whose check character is wrong is refused.
    CheckReference,
}

/// A pairing code: good once, until it expires.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairingCode {
    /// What is kept of the code.
    pub hash: TokenHash,
    /// Whose.
    pub shop_id: String,
    /// Milliseconds since 1970.
    pub expires_ms: i64,
}

/// A counter that wants in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCounter {
    /// Random.
    pub id: String,
    /// As it calls itself.
    pub name: String,
    /// What is kept of its bearer token.
    pub token: TokenHash,
    /// The shop's key, as it knows it.
    pub key: ShopPublicKey,
}

/// What became of a pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paired {
    /// It is in; the code is used up.
    In {
        /// The shop, with its key.
        shop: Box<Shop>,
        /// The counter.
        counter: Box<Counter>,
        /// The shop's newest event: a first counter reads on after it, so that it misses nothing from now on.
        newest: u64,
    },
    /// Unknown, used or expired.
    NoSuchCode,
    /// The shop has another key and a counter that holds it.
    OtherKey,
    /// No letter is left: 22 counters, revoked ones too.
    Full,
}

/// A paired counter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// Random.
    pub id: String,
    /// Whose.
    pub shop_id: String,
    /// As it calls itself.
    pub name: String,
    /// Its letter in references: never given out a second time in this shop.
    pub letter: char,
    /// It may not come in any more.
    pub revoked: bool,
    /// What it has committed, in the log's present epoch.
    pub acked: u64,
    /// When it was last heard, milliseconds since 1970; `None` before the first time.
    pub heard_ms: Option<i64>,
    /// The longest chain it has shown.
    pub anchor: Option<Link>,
}

/// An event to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// Whose.
    pub shop_id: String,
    /// Milliseconds since 1970.
    pub received_ms: i64,
    /// Sealed to the shop's key.
    pub sealed: Vec<u8>,
}

/// An event that is kept for ever, or until it was fetched and two weeks have passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its place in its shop: without gaps, and visible to readers in this order.
    pub seq: u64,
    /// On how many machines it is durable.
    pub copies: Copies,
}

/// How durable a commit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copies {
    /// As many as this engine is set up for.
    All,
    /// Only the primary's: the standby is gone. It is answered, counted and alarmed, because Safaricom does not
    /// post a second time and one durable copy beats none.
    One,
}

/// A stored event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place.
    pub seq: u64,
    /// Its seal.
    pub sealed: Vec<u8>,
}

/// What a reader is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The log's life.
    pub epoch: Epoch,
    /// The first events after the asked place that are kept, in order.
    pub events: Vec<StoredEvent>,
    /// The newest event of the shop: more than the page's last means that there are more, less than the asked
    /// place means that this is an older log than the reader's.
    pub newest: u64,
    /// The last dropped event of the shop, 0 when none was.
    pub dropped_through: u64,
}

/// What a heartbeat told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// What the counter has committed. It counts in the present epoch only, and never past the newest event.
    pub cursor: Cursor,
    /// When, milliseconds since 1970.
    pub at_ms: i64,
    /// The chain's new head, already found to continue the old one.
    pub anchor: Option<Link>,
    /// It does not, and the shop's owner says that the book was restored: what was shown before is kept aside.
    pub begins_anew: bool,
}

/// A chain that a counter had shown before its book was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAnchor {
    /// Until when it was the longest, milliseconds since 1970.
    pub until_ms: i64,
    /// Its end.
    pub link: Link,
}

/// The owner's page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDay {
    /// The hash of its unguessable name.
    pub id: TokenHash,
    /// Whose.
    pub shop_id: String,
    /// When it was put, milliseconds since 1970.
    pub at_ms: i64,
    /// Its sealed content.
    pub sealed: Vec<u8>,
}

/// How long events are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// After every counter that is not revoked has them, milliseconds. Two weeks.
    pub after_ack_ms: i64,
    /// In any case, milliseconds. Ninety days.
    pub most_ms: i64,
}

impl Retention {
    /// Two weeks after the last counter, ninety days at most.
    pub const DEFAULT: Self = Self {
        after_ack_ms: 14 * 24 * 60 * 60 * 1000,
        most_ms: 90 * 24 * 60 * 60 * 1000,
    };
}

/// Gives the events of one commit, when it is their turn.
pub type Take = Box<dyn FnOnce() -> Vec<NewEvent> + Send>;

/// One engine. Each method but [`Self::sweep`] is one transaction, durable when it returns. A call that is
/// dropped before it answers may still be carried out.
#[async_trait]
pub trait EventLog: Send + Sync + 'static {
    /// The present life of the database that holds this shop.
    async fn epoch(&self, shop_id: &str) -> Result<Epoch, LogError>;
    /// Begins a new life of the database that holds this shop, for all its shops: when a counter has seen more
    /// than it holds, other counters may have too. Every counter's `acked` falls to 0, so that they read again
    /// what is kept.
    async fn new_epoch(&self, shop_id: &str) -> Result<Epoch, LogError>;

    /// A new shop.
    async fn add_shop(&self, shop: &Shop) -> Result<(), LogError>;
    /// All shops, by name.
    async fn shops(&self) -> Result<Vec<Shop>, LogError>;
    /// One shop.
    async fn shop(&self, id: &str) -> Result<Option<Shop>, LogError>;
    /// The shop of a secret path.
    async fn shop_of_hook(&self, hook: &TokenHash) -> Result<Option<Shop>, LogError>;

    /// A new pairing code.
    async fn add_pairing(&self, code: &PairingCode) -> Result<(), LogError>;
    /// Lets a counter in and uses the code up. A shop without a living counter takes the key that comes. Whoever
    /// is not let in leaves the code as it was.
    async fn pair(&self, code: &TokenHash, counter: &NewCounter, now_ms: i64) -> Result<Paired, LogError>;
    /// The counter of a bearer token, revoked or not.
    async fn counter_of_token(&self, token: &TokenHash) -> Result<Option<Counter>, LogError>;
    /// A shop's counters, by letter.
    async fn counters(&self, shop_id: &str) -> Result<Vec<Counter>, LogError>;
    /// Shuts one out, and takes the owner's page of its shop away; `false` when there is no such counter. Its letter
    /// is not given out again.
    async fn revoke(&self, counter_id: &str) -> Result<bool, LogError>;
    /// A counter was heard. `acked` never goes back, and the anchor only where its book was restored.
    async fn heard(&self, counter: &Counter, heard: &Heard) -> Result<(), LogError>;
    /// What a counter had shown of its chain before each restore of its book, oldest first.
    async fn past_anchors(&self, counter: &Counter) -> Result<Vec<PastAnchor>, LogError>;

    /// Keeps a batch, in the order given, each shop's events numbered on from its last. One answer for each
    /// event, in order. What goes to one database is kept as a whole or not at all; shops of another database
    /// do not suffer when one is down.
    async fn append(&self, batch: &[NewEvent]) -> Vec<Result<Appended, LogError>>;
    /// How many calls of [`Self::append_taken`] may be under way together: more than one where the log is asked for
    /// its next commit's events before the last is done.
    fn commits_at_once(&self) -> usize {
        1
    }
    /// [`Self::append`] of events that are taken only when it is their turn, so that whatever comes until then
    /// shares their commit. They come back with their answers.
    async fn append_taken(&self, take: Take) -> Vec<(NewEvent, Result<Appended, LogError>)> {
        let batch = take();
        let answers = self.append(&batch).await;
        batch.into_iter().zip(answers).collect()
    }
    /// At most `limit` events of a shop after a place.
    async fn read(&self, shop_id: &str, after: u64, limit: u32) -> Result<Page, LogError>;
    /// Waits until something was appended by another process, and says to which shops; the caller then reads. It
    /// may name a shop that has nothing new. An engine that has no other writers never returns. May be dropped at
    /// any time without losing a shop.
    async fn changed_elsewhere(&self) -> Vec<String>;
    /// Drops what need not be kept, and old pairing codes; how many events. Many small transactions, so that
    /// nobody who appends waits long. To be called about once an hour.
    async fn sweep(&self, keep: Retention, now_ms: i64) -> Result<u64, LogError>;

    /// The first counter to ask has a payment, for ever; the letters in the order of the keys.
    async fn claim(&self, counter: &Counter, keys: &[ClaimKey]) -> Result<Vec<char>, LogError>;

    /// Who has these payments of a shop, in the order of the keys; nothing is taken.
    async fn holders(&self, shop_id: &str, keys: &[ClaimKey]) -> Result<Vec<Option<char>>, LogError>;

    /// Puts the owner's page of a shop in the place of the one before.
    async fn put_day(&self, day: &StoredDay) -> Result<(), LogError>;
    /// The page of this name.
    async fn day(&self, id: &TokenHash) -> Result<Option<StoredDay>, LogError>;
    /// Takes a shop's page away.
    async fn drop_day(&self, shop_id: &str) -> Result<(), LogError>;
}
