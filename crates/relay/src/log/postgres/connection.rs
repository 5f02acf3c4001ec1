//! One session with the database: what it is asked, and what it says besides.

use std::collections::HashMap;
use std::future::poll_fn;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use deadpool::managed::{Manager, Metrics, RecycleError, RecycleResult};
use tokio::sync::mpsc::Sender;
use tokio::task::AbortHandle;
use tokio_postgres::error::SqlState;
use tokio_postgres::types::ToSql;
use tokio_postgres::{AsyncMessage, Client, Notification, Row, Statement};

use super::address::Address;
use crate::log::LogError;

/// Values for a statement's places.
pub(super) type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// A session and its prepared statements.
pub(super) struct Session {
    pub(super) client: Client,
    statements: Mutex<HashMap<&'static str, Statement>>,
    cut_waits: Arc<AtomicU64>,
    driver: AbortHandle,
    hung_up: AtomicBool,
}

impl Session {
    /// Connects; what others notify goes to `heard`.
    pub(super) async fn open(
        address: &Address,
        heard: Option<Sender<Notification>>,
    ) -> Result<Self, LogError> {
        let (client, mut connection) = address.config.connect(address.tls.clone()).await?;
        let cut_waits = Arc::<AtomicU64>::default();
        let counts = Arc::clone(&cut_waits);
        // Ends when the client is dropped or the database hangs up. The database says that a wait for its standby
        // was cut before it says that the commit is done, so whoever sees the commit sees the count.
        let driver = tokio::spawn(async move {
            while let Some(Ok(message)) = poll_fn(|cx| connection.poll_message(cx)).await {
                match message {
                    AsyncMessage::Notice(notice) if is_cut_wait(notice.code()) => {
                        counts.fetch_add(1, Ordering::SeqCst);
                    }
                    AsyncMessage::Notification(notification) => {
                        if let Some(heard) = &heard {
                            // Full: the listener looks for itself soon.
                            let _ = heard.try_send(notification);
                        }
                    }
                    // A notice without meaning for us, or a kind of message that is new.
                    AsyncMessage::Notice(_) | _ => {}
                }
            }
        });
        Ok(Self {
            client,
            statements: Mutex::default(),
            cut_waits,
            driver: driver.abort_handle(),
            hung_up: AtomicBool::new(false),
        })
    }

    /// Closes the connection at once; what was begun is rolled back by the database.
    pub(super) fn hang_up(&self) {
        self.hung_up.store(true, Ordering::SeqCst);
        self.driver.abort();
    }

    /// Nothing can be asked any more. The client itself notices a little later that we hung up.
    pub(super) fn is_over(&self) -> bool {
        self.hung_up.load(Ordering::SeqCst) || self.client.is_closed()
    }

    /// How many waits for a standby were cut short in this session so far.
    pub(super) fn cut_waits(&self) -> u64 {
        self.cut_waits.load(Ordering::SeqCst)
    }

    /// Statements without values or rows.
    pub(super) async fn run(&self, sql: &str) -> Result<(), LogError> {
        Ok(self.client.batch_execute(sql).await?)
    }

    pub(super) async fn query(&self, sql: &'static str, values: Values<'_>) -> Result<Vec<Row>, LogError> {
        let statement = self.prepared(sql).await?;
        Ok(self.client.query(&statement, values).await?)
    }

    pub(super) async fn query_opt(
        &self,
        sql: &'static str,
        values: Values<'_>,
    ) -> Result<Option<Row>, LogError> {
        Ok(self.query(sql, values).await?.into_iter().next())
    }

    /// How many rows it touched.
    pub(super) async fn execute(&self, sql: &'static str, values: Values<'_>) -> Result<u64, LogError> {
        let statement = self.prepared(sql).await?;
        Ok(self.client.execute(&statement, values).await?)
    }

    async fn prepared(&self, sql: &'static str) -> Result<Statement, LogError> {
        let known = |statements: &Mutex<HashMap<_, Statement>>| {
            let statements = statements.lock().unwrap_or_else(PoisonError::into_inner);
            statements.get(sql).cloned()
        };
        if let Some(statement) = known(&self.statements) {
            return Ok(statement);
        }
        let statement = self.client.prepare(sql).await?;
        let mut statements = self.statements.lock().unwrap_or_else(PoisonError::into_inner);
        statements.insert(sql, statement.clone());
        Ok(statement)
    }
}

/// "canceling wait for synchronous replication": a plain warning, or the same while the server shuts down. Its
/// words are in the server's language; no other warning has these codes while a transaction commits (PostgreSQL,
/// `src/backend/replication/syncrep.c`).
fn is_cut_wait(code: &SqlState) -> bool {
    *code == SqlState::WARNING || *code == SqlState::ADMIN_SHUTDOWN
}

impl Manager for Address {
    type Type = Session;
    type Error = LogError;

    async fn create(&self) -> Result<Session, LogError> {
        Session::open(self, None).await
    }

    async fn recycle(&self, session: &mut Session, _: &Metrics) -> RecycleResult<LogError> {
        if session.is_over() {
            return Err(RecycleError::message("the database hung up"));
        }
        Ok(())
    }
}

impl From<tokio_postgres::Error> for LogError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(told) = error.as_db_error() else {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
            return Self::Unavailable(format!("{error}{}", cause.unwrap_or_default()));
        };
        let text = told.message().to_owned();
        let code = told.code().code();
        // Classes of PostgreSQL's Appendix A: 23 is integrity, XX001 and XX002 are damaged data and index.
        if code.starts_with("23") {
            Self::Refused(text)
        } else if code == "XX001" || code == "XX002" {
            Self::Unusable(text)
        } else {
            Self::Unavailable(text)
        }
    }
}
