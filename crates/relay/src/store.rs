//! Where the log is.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use crate::log::{EventLog, LogError, SqliteLog};

/// What `--store` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Store {
    /// One file on this machine.
    Sqlite(PathBuf),
}

/// A log, and for a file the promise that no other relay serves it.
pub(crate) struct Served {
    pub(crate) log: Arc<dyn EventLog>,
    _only: Option<File>,
}

impl FromStr for Store {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim() {
            "" => Err("it is empty".into()),
            path => Ok(Self::Sqlite(path.into())),
        }
    }
}

impl Store {
    /// For a command that looks or changes something beside a running relay.
    pub(crate) fn open(&self) -> Result<Arc<dyn EventLog>, LogError> {
        match self {
            Self::Sqlite(path) => Ok(Arc::new(SqliteLog::open(path)?)),
        }
    }

    /// For a relay. Two of them on one file would not wake each other's readers.
    pub(crate) fn open_to_serve(&self) -> Result<Served, String> {
        match self {
            Self::Sqlite(path) => {
                let only = lock(path)?;
                let log = self.open().map_err(|error| error.to_string())?;
                Ok(Served {
                    log,
                    _only: Some(only),
                })
            }
        }
    }

    /// Where the key of the secret paths is when nobody says otherwise.
    pub(crate) fn key_file(&self) -> Option<PathBuf> {
        match self {
            Self::Sqlite(path) => Some(beside(path, "key")),
        }
    }
}

fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(what);
    name.into()
}

fn lock(path: &Path) -> Result<File, String> {
    let beside = beside(path, "lock");
    let file = File::create(&beside).map_err(|error| format!("{}: {error}", beside.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(_) => Err(format!("{}: another relay serves this log", path.display())),
    }
}
