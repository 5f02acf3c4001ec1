//! Connections that only read.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use crate::log::LogError;

/// Readers at one time.
const MOST: usize = 4;

#[derive(Debug)]
pub(super) struct Readers {
    path: PathBuf,
    may_read: Arc<Semaphore>,
    idle: Arc<Mutex<Vec<Connection>>>,
}

impl Readers {
    pub(super) fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            may_read: Arc::new(Semaphore::new(MOST)),
            idle: Arc::default(),
        }
    }

    /// Several looks at one moment of the file.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Connection) -> Result<T, LogError> + Send + 'static,
    ) -> Result<T, LogError> {
        let unavailable = |error: &dyn std::fmt::Display| LogError::Unavailable(error.to_string());
        let permit = Arc::clone(&self.may_read)
            .acquire_owned()
            .await
            .map_err(|error| unavailable(&error))?;
        let (path, idle) = (self.path.clone(), Arc::clone(&self.idle));
        tokio::task::spawn_blocking(move || {
            let waiting = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let conn = waiting.map_or_else(|| open(&path), Ok)?;
            let tx = conn.unchecked_transaction()?;
            let value = look(&tx)?;
            tx.commit()?;
            idle.lock().unwrap_or_else(PoisonError::into_inner).push(conn);
            // Given back only now, so that never more connections are open than permits.
            drop(permit);
            Ok(value)
        })
        .await
        .map_err(|error| unavailable(&error))?
    }
}

fn open(path: &Path) -> Result<Connection, LogError> {
    // Not read-only to the system: the last of several processes may have to make SQLite's log anew.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    super::prepare(&conn)?;
    conn.pragma_update(None, "query_only", "ON")?;
    Ok(conn)
}
