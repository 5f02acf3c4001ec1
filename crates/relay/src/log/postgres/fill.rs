//! Taking over another log, in one transaction.

use std::time::Duration;

use futures_util::future::try_join_all;
use tokio::sync::mpsc;
use tokio::time::timeout;
use tokio_postgres::types::ToSql;

use super::connection::Session;
use super::{PostgresLog, life};
use crate::log::LogError;
use crate::log::copy::{Contents, Rows};

/// Nobody else uses the database yet, and ninety days of many shops take their time.
const SETTINGS: &str = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; BEGIN";
/// How long the standby may take to have it all.
const COMMIT: Duration = Duration::from_secs(600);

/// Everything is there and nothing is committed. Dropped, it is rolled back.
pub(in crate::log) struct Filled {
    session: Session,
    pub(in crate::log) contents: Contents,
}

impl PostgresLog {
    /// Puts rows into an empty log, as they come.
    pub(in crate::log) async fn fill(&self, mut from: mpsc::Receiver<Rows>) -> Result<Filled, LogError> {
        let session = Session::open(&self.address, None).await?;
        session.run(SETTINGS).await?;
        session.run("LOCK TABLE shop IN EXCLUSIVE MODE").await?;
        if session
            .query_opt("SELECT id FROM shop LIMIT 1", &[])
            .await?
            .is_some()
        {
            return Err(LogError::Refused("the database holds shops already".into()));
        }
        while let Some(Rows { insert, rows }) = from.recv().await {
            try_join_all(rows.iter().map(|row| {
                let values: Vec<&(dyn ToSql + Sync)> = row.iter().map(|cell| cell as _).collect();
                let session = &session;
                async move { session.execute(insert, &values).await }
            }))
            .await?;
        }
        life::begin(&session).await?;
        let row = session.query_opt(Contents::SQL, &[]).await?;
        let row = row.ok_or_else(|| LogError::Unavailable("it does not count".into()))?;
        let contents = Contents::from_columns([0, 1, 2, 3, 4].map(|at| row.get(at)));
        Ok(Filled { session, contents })
    }
}

impl Filled {
    pub(in crate::log) async fn commit(self) -> Result<(), LogError> {
        let late = |_| LogError::Unavailable("the standby did not follow in time: look what is there".into());
        timeout(COMMIT, self.session.run("COMMIT")).await.map_err(late)?
    }
}
