//! The engine for several machines: PostgreSQL, with a synchronous standby or without.
//!
//! Any number of relays may work on one database. What orders a shop's events is its own row, changed in the same
//! transaction; so they have no gaps and become visible in order. Everything that is asked ends within five
//! seconds, also when the standby is gone (`transaction.rs`).

mod address;
mod append;
mod claim;
mod connection;
mod counter;
mod day;
mod event;
mod fill;
mod life;
mod listen;
mod migration;
mod pairing;
mod shop;
mod standby;
mod sweep;
mod transaction;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use deadpool::managed::Pool;
use relay_wire::{ClaimKey, Epoch, TokenHash};
use tokio::task::AbortHandle;
use tokio_postgres::Row;

use super::{
    Appended, Counter, EventLog, Heard, LogError, NewCounter, NewEvent, Page, Paired, PairingCode,
    PastAnchor, Retention, Shop, StoredDay, stored,
};
use address::Address;
use connection::Session;
use listen::{Changes, Teller};
use standby::Standby;
use transaction::{Held, Transaction, within};

/// Sessions with the database at one time, without the one that listens.
const SESSIONS: usize = 8;

/// A database.
pub struct PostgresLog {
    address: Address,
    pool: Pool<Address>,
    standby: Arc<Standby>,
    changes: Arc<Changes>,
    teller: Teller,
    tasks: [AbortHandle; 2],
}

impl PostgresLog {
    /// Connects, and brings the database to this program's form.
    ///
    /// `store` is `postgres://user:password@host1,host2/database?…` as libpq writes it. Of `sslmode`, `disable`,
    /// `prefer` (when nothing is said) and `require` are known; whenever TLS is spoken the server's certificate
    /// and name are checked, against `sslrootcert=FILE` or else the system's list.
    ///
    /// # Errors
    /// The way to the database; [`LogError::Unusable`] for an address that cannot be read, and when a newer
    /// relay wrote the database.
    pub async fn open(store: &str) -> Result<Self, LogError> {
        let address = Address::parse(store)?;
        let standby = Standby::new(address.tls.clone());
        let pool = Pool::builder(address.clone())
            .max_size(SESSIONS)
            .build()
            .map_err(|error| LogError::Unusable(error.to_string()))?;
        within(async {
            let transaction = Transaction::begin(&pool, &standby).await?;
            let done = migration::run(&transaction).await;
            Ok(transaction.end(done).await?)
        })
        .await?;
        let looks = tokio::spawn(standby::look(Arc::clone(&standby), pool.clone()));
        let changes = Arc::<Changes>::default();
        let (teller, listens) = listen::start(address.clone(), Arc::clone(&changes));
        Ok(Self {
            address,
            pool,
            standby,
            changes,
            teller,
            tasks: [looks.abort_handle(), listens],
        })
    }

    /// One transaction.
    async fn write<T>(&self, work: impl AsyncFnOnce(&Session) -> Result<T, LogError>) -> Result<T, LogError> {
        within(async {
            let transaction = Transaction::begin(&self.pool, &self.standby).await?;
            let done = work(&transaction).await;
            let (value, _) = transaction.end(done).await?;
            Ok(value)
        })
        .await
    }

    /// One look.
    async fn read_with<T>(
        &self,
        look: impl AsyncFnOnce(&Session) -> Result<T, LogError>,
    ) -> Result<T, LogError> {
        within(async {
            let held = Held::take(&self.pool).await?;
            let seen = look(&held).await;
            held.give_back(seen)
        })
        .await
    }
}

impl fmt::Debug for PostgresLog {
    /// Without its address, which holds a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PostgresLog").finish_non_exhaustive()
    }
}

impl Drop for PostgresLog {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// A token's hash in a row.
fn hash(row: &Row, column: usize) -> Result<TokenHash, LogError> {
    let bytes: &[u8] = row.get(column);
    stored(bytes.try_into().map(TokenHash::from_bytes), "hash")
}

#[async_trait]
impl EventLog for PostgresLog {
    async fn epoch(&self, _shop_id: &str) -> Result<Epoch, LogError> {
        self.read_with(async |session| life::epoch(session).await).await
    }

    async fn new_epoch(&self, _shop_id: &str) -> Result<Epoch, LogError> {
        self.write(async |session| life::begin(session).await).await
    }

    async fn add_shop(&self, shop: &Shop) -> Result<(), LogError> {
        self.write(async |session| shop::insert(session, shop).await)
            .await
    }

    async fn shops(&self) -> Result<Vec<Shop>, LogError> {
        self.read_with(async |session| shop::all(session).await).await
    }

    async fn shop(&self, id: &str) -> Result<Option<Shop>, LogError> {
        self.read_with(async |session| shop::by_id(session, id).await)
            .await
    }

    async fn shop_of_hook(&self, hook: &TokenHash) -> Result<Option<Shop>, LogError> {
        self.read_with(async |session| shop::by_hook(session, hook).await)
            .await
    }

    async fn add_pairing(&self, code: &PairingCode) -> Result<(), LogError> {
        self.write(async |session| pairing::insert(session, code).await)
            .await
    }

    async fn pair(&self, code: &TokenHash, counter: &NewCounter, now_ms: i64) -> Result<Paired, LogError> {
        self.write(async |session| pairing::pair(session, code, counter, now_ms).await)
            .await
    }

    async fn counter_of_token(&self, token: &TokenHash) -> Result<Option<Counter>, LogError> {
        self.read_with(async |session| counter::by_token(session, token).await)
            .await
    }

    async fn counters(&self, shop_id: &str) -> Result<Vec<Counter>, LogError> {
        self.read_with(async |session| counter::of_shop(session, shop_id).await)
            .await
    }

    async fn revoke(&self, counter_id: &str) -> Result<bool, LogError> {
        self.write(async |session| counter::revoke(session, counter_id).await)
            .await
    }

    async fn heard(&self, counter: &Counter, heard: &Heard) -> Result<(), LogError> {
        self.write(async |session| counter::heard(session, &counter.id, heard).await)
            .await
    }

    async fn past_anchors(&self, counter: &Counter) -> Result<Vec<PastAnchor>, LogError> {
        self.read_with(async |session| counter::past_anchors(session, &counter.id).await)
            .await
    }

    async fn append(&self, batch: &[NewEvent]) -> Vec<Result<Appended, LogError>> {
        match append::append(self, batch).await {
            Ok(appended) => {
                let shops: BTreeSet<&String> = batch.iter().map(|event| &event.shop_id).collect();
                // Too many at once: the others look for themselves.
                let _ = self.teller.try_send(shops.into_iter().cloned().collect());
                appended.into_iter().map(Ok).collect()
            }
            Err(error) => batch.iter().map(|_| Err(error.clone())).collect(),
        }
    }

    async fn read(&self, shop_id: &str, after: u64, limit: u32) -> Result<Page, LogError> {
        self.read_with(async |session| event::page(session, shop_id, after, limit).await)
            .await
    }

    async fn changed_elsewhere(&self) -> Vec<String> {
        self.changes.next().await
    }

    async fn sweep(&self, keep: Retention, now_ms: i64) -> Result<u64, LogError> {
        sweep::sweep(self, keep, now_ms).await
    }

    async fn claim(&self, counter: &Counter, keys: &[ClaimKey]) -> Result<Vec<char>, LogError> {
        self.write(async |session| claim::claim(session, counter, keys).await)
            .await
    }

    async fn holders(&self, shop_id: &str, keys: &[ClaimKey]) -> Result<Vec<Option<char>>, LogError> {
        self.read_with(async |session| claim::holders(session, shop_id, keys).await)
            .await
    }

    async fn put_day(&self, day: &StoredDay) -> Result<(), LogError> {
        self.write(async |session| day::put(session, day).await).await
    }

    async fn day(&self, id: &TokenHash) -> Result<Option<StoredDay>, LogError> {
        self.read_with(async |session| day::by_id(session, id).await)
            .await
    }

    async fn drop_day(&self, shop_id: &str) -> Result<(), LogError> {
        self.write(async |session| day::delete(session, shop_id).await)
            .await
    }
}
