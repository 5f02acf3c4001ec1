//! Where the log is.

use std::fmt;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use crate::log::{EventLog, LogError, PostgresLog, SpreadLog, SqliteLog};

/// What `--store` names.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Store {
    /// One file on this machine.
    Sqlite(PathBuf),
    /// One or several databases, as libpq writes their addresses.
    Postgres(Vec<String>),
}

/// A log, and for a file the promise that no other relay serves it.
pub(crate) struct Served {
    pub(crate) log: Arc<dyn EventLog>,
    _only: Option<File>,
}

impl fmt::Debug for Store {
    /// A database's address has a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "{}", path.display()),
            Self::Postgres(addresses) => write!(f, "{} databases", addresses.len()),
        }
    }
}

impl FromStr for Store {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let is_postgres = |word: &str| word.starts_with("postgres://") || word.starts_with("postgresql://");
        if text.is_empty() {
            Err("it is empty".into())
        } else if !is_postgres(text) {
            Ok(Self::Sqlite(text.into()))
        } else if text.split_whitespace().all(is_postgres) {
            Ok(Self::Postgres(text.split_whitespace().map(Into::into).collect()))
        } else {
            Err("several databases are named with a space between them".into())
        }
    }
}

impl Store {
    /// For a command that looks or changes something beside a running relay.
    pub(crate) async fn open(&self) -> Result<Arc<dyn EventLog>, LogError> {
        match self {
            Self::Sqlite(path) => Ok(Arc::new(SqliteLog::open(path)?)),
            Self::Postgres(addresses) => {
                let mut logs: Vec<Arc<dyn EventLog>> = Vec::new();
                for address in addresses {
                    logs.push(Arc::new(PostgresLog::open(address).await?));
                }
                match (logs.pop(), logs.is_empty()) {
                    (Some(only), true) => Ok(only),
                    (Some(last), false) => {
                        logs.push(last);
                        Ok(Arc::new(SpreadLog::new(logs)))
                    }
                    (None, _) => Err(LogError::Unusable("no database is named".into())),
                }
            }
        }
    }

    /// For a relay. Two of them on one file would not wake each other's readers; several on one database do.
    pub(crate) async fn open_to_serve(&self) -> Result<Served, String> {
        let only = match self {
            Self::Sqlite(path) => Some(lock(path)?),
            Self::Postgres(_) => None,
        };
        let log = self.open().await.map_err(|error| error.to_string())?;
        Ok(Served { log, _only: only })
    }

    /// Where the key of the secret paths is when nobody says otherwise.
    pub(crate) fn key_file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(path) => Some(beside(path, "key")),
            Self::Postgres(_) => None,
        }
    }
}

fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    name.into()
}

/// No other relay, and nobody who replaces the file, while what is returned lives.
pub(crate) fn lock(path: &Path) -> Result<File, String> {
    let beside = beside(path, "lock");
    let file = File::create(&beside).map_err(|error| format!("{}: {error}", beside.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(format!("{}: another relay serves this log", path.display())),
    }
}
