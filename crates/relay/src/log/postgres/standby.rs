//! Is the synchronous standby there?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deadpool::managed::Pool;
use tokio::sync::Notify;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::address::Address;
use super::transaction::{Transaction, within};
use crate::log::{Copies, LogError};

/// How often a standby that is gone is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Writes into the database's log and touches no row, so that its commit waits for the standby and nobody for it.
const PROBE: &str = "SELECT pg_logical_emit_message(true, 'keshia-relay', 'is the standby there?')";

pub(super) struct Standby {
    gone: AtomicBool,
    lost: Notify,
    tls: MakeRustlsConnect,
}

impl Standby {
    pub(super) fn new(tls: MakeRustlsConnect) -> Arc<Self> {
        Arc::new(Self {
            gone: AtomicBool::new(false),
            lost: Notify::new(),
            tls,
        })
    }

    /// Commits need not wait for it.
    pub(super) fn is_gone(&self) -> bool {
        self.gone.load(Ordering::SeqCst)
    }

    /// A commit waited for it in vain.
    pub(super) fn is_lost(&self) {
        if !self.gone.swap(true, Ordering::SeqCst) {
            tracing::error!("the database's standby is gone: events are kept in one copy");
        }
        self.lost.notify_one();
    }

    pub(super) fn tls(&self) -> MakeRustlsConnect {
        self.tls.clone()
    }
}

/// Looks for a standby that was lost until it is there again, and so on.
pub(super) async fn look(standby: Arc<Standby>, pool: Pool<Address>) {
    loop {
        standby.lost.notified().await;
        while standby.is_gone() {
            tokio::time::sleep(LOOK_EVERY).await;
            match within(probe(&pool, &standby)).await {
                Ok(Copies::All) => {
                    standby.gone.store(false, Ordering::SeqCst);
                    tracing::warn!("the database's standby is back");
                }
                Ok(Copies::One) => {}
                Err(error) => tracing::warn!(%error, "the database's standby cannot be looked for"),
            }
        }
    }
}

async fn probe(pool: &Pool<Address>, standby: &Arc<Standby>) -> Result<Copies, LogError> {
    let mut transaction = Transaction::begin(pool, standby).await?;
    transaction.query(PROBE, &[]).await?;
    Ok(transaction.commit().await?)
}
