//! Transactions whose end is bounded and known.
//!
//! A commit waits for the synchronous standby, and PostgreSQL lets it wait for ever: no timeout of its own ends
//! that wait. So the wait is cut from a second connection; the answer is then a commit with a warning, durable on
//! the primary alone. Whoever comes after does not wait, until a probe finds the standby again.

use std::future::Future;
use std::ops::Deref;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use deadpool::managed::{Object, Pool, PoolError};
use tokio::time::timeout;

use super::address::Address;
use super::connection::Session;
use super::standby::Standby;
use crate::log::{Copies, LogError};

/// How long a commit waits for the standby before it is kept in one copy. A standby that is well answers within
/// milliseconds; Safaricom's shortest patience is the 8 s of a validation.
pub(super) const STANDBY_WAIT: Duration = Duration::from_secs(1);
/// Everything that is asked of the database ends within this, so that whoever waits for us can still be told.
pub(super) const AT_MOST: Duration = Duration::from_millis(4_500);

/// A session that goes back to the pool only when nothing of it is under way.
pub(super) struct Held {
    object: Object<Address>,
    clean: bool,
}

impl Held {
    pub(super) async fn take(pool: &Pool<Address>) -> Result<Self, LogError> {
        let object = pool.get().await.map_err(|error| match error {
            PoolError::Backend(error) => error,
            PoolError::Timeout(_) | PoolError::Closed | PoolError::NoRuntimeSpecified => {
                LogError::Unavailable(error.to_string())
            }
            PoolError::PostCreateHook(_) => LogError::Unavailable("no session".into()),
        })?;
        Ok(Self { object, clean: false })
    }

    /// The session may be used again, whatever was answered.
    pub(super) fn give_back<T>(mut self, answer: Result<T, LogError>) -> Result<T, LogError> {
        self.clean = true;
        answer
    }
}

impl Deref for Held {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.object
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.clean {
            self.object.hang_up();
        }
    }
}

/// Why a transaction did not end well.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) error: LogError,
    /// Nobody can say whether it was committed.
    pub(super) perhaps_done: bool,
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        Self {
            error,
            perhaps_done: false,
        }
    }
}

impl From<Failure> for LogError {
    fn from(failure: Failure) -> Self {
        failure.error
    }
}

/// Begun and not ended. Dropped, it is rolled back.
pub(super) struct Transaction {
    held: Held,
    standby: Arc<Standby>,
}

impl Deref for Transaction {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.held
    }
}

impl Transaction {
    pub(super) async fn begin(pool: &Pool<Address>, standby: &Arc<Standby>) -> Result<Self, LogError> {
        let held = Held::take(pool).await?;
        held.run("BEGIN").await?;
        Ok(Self {
            held,
            standby: Arc::clone(standby),
        })
    }

    /// Commits what was done, or rolls back when that failed.
    pub(super) async fn end<T>(mut self, done: Result<T, LogError>) -> Result<(T, Copies), Failure> {
        let value = match done {
            Ok(value) => value,
            Err(error) => {
                self.held.clean = self.held.run("ROLLBACK").await.is_ok();
                return Err(error.into());
            }
        };
        if self.standby.is_gone() {
            // Looked at as late as this, because the standby may have gone while the work was done.
            self.held
                .run("SET LOCAL synchronous_commit = local; COMMIT")
                .await
                .map_err(perhaps_done)?;
            self.held.clean = true;
            return Ok((value, Copies::One));
        }
        let copies = self.commit().await?;
        if copies == Copies::One {
            self.standby.is_lost();
        }
        Ok((value, copies))
    }

    /// Commits, waits for the standby as long as it may take, and says whether it was there.
    pub(super) async fn commit(&mut self) -> Result<Copies, Failure> {
        let before = self.held.cut_waits();
        let (ended, in_time) = {
            let mut commit = pin!(self.held.run("COMMIT"));
            match timeout(STANDBY_WAIT, &mut commit).await {
                Ok(ended) => (ended, true),
                Err(_) => (self.cut(commit).await, false),
            }
        };
        ended.map_err(perhaps_done)?;
        let cut = self.held.cut_waits() != before;
        // A cut that comes too late would hit whatever this session is asked next.
        self.held.clean = in_time;
        Ok(if cut { Copies::One } else { Copies::All })
    }

    async fn cut(&self, commit: impl Future<Output = Result<(), LogError>>) -> Result<(), LogError> {
        let cancel = self.held.client.cancel_token();
        if let Err(error) = cancel.cancel_query(self.standby.tls()).await {
            tracing::warn!(%error, "a wait for the standby could not be cut");
        }
        commit.await
    }
}

fn perhaps_done(error: LogError) -> Failure {
    Failure {
        error,
        perhaps_done: true,
    }
}

/// Nothing that is asked of the database keeps anybody waiting longer than [`AT_MOST`].
pub(super) async fn within<T>(work: impl Future<Output = Result<T, LogError>>) -> Result<T, LogError> {
    let late = |_| LogError::Unavailable("the database did not answer in time".into());
    timeout(AT_MOST, work).await.map_err(late)?
}
