//! What can go wrong, as a small code the screen can branch on and a sentence a person can read.

use serde::Serialize;
use ts_rs::TS;

use crate::msisdn::MsisdnError;

/// The code that crosses to the UI. A variant exists only because somebody branches on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the UI's table gives each its words")]
pub enum Code {
    AmountInvalid,
    PhoneInvalid,
    CodeInvalid,
    CodeUsed,
    CodeWarned,
    PushLive,
    SaleEnded,
    NotFound,
    NotConnected,
    NumberInvalid,
    KeysMissing,
    WrongKeys,
    NoNetwork,
    CaptivePortal,
    ClockWrong,
    ServerTrouble,
    NotSecure,
    AddressInvalid,
    DiskFull,
    DiskReadOnly,
    DiskError,
    DatabaseNewer,
    DatabaseCorrupt,
    DatabaseInUse,
    Keyring,
    NotAllowed,
    Busy,
    Internal,
}

/// An error of the till: a code and one sentence with what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct TillError {
    /// What the screen branches on.
    pub code: Code,
    /// One English sentence, for `keshiactl` and logs; the window has its own words for each code.
    pub message: String,
}

impl TillError {
    /// A code with its sentence.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what}."))
    }

    pub(crate) fn internal(why: impl std::fmt::Display) -> Self {
        Self::new(
            Code::Internal,
            format!("Keshia made a mistake: {why}. Nothing was lost; please report it."),
        )
    }
}

impl From<MsisdnError> for TillError {
    fn from(error: MsisdnError) -> Self {
        Self::new(Code::PhoneInvalid, error.to_string())
    }
}

/// SQLite's word for the disk's trouble, in the shop's words.
impl From<rusqlite::Error> for TillError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as E;
        match error.sqlite_error_code() {
            Some(E::DiskFull) => Self::new(
                Code::DiskFull,
                "The disk is full. What is on the screen is kept: free some space, then do it once more.",
            ),
            Some(E::ReadOnly | E::PermissionDenied) => Self::new(
                Code::DiskReadOnly,
                "Keshia may not write to its folder. Check the disk and its permissions.",
            ),
            Some(E::CannotOpen) => Self::new(
                Code::DiskReadOnly,
                "Keshia cannot open its file. Check that the folder exists and that Keshia may write there.",
            ),
            Some(E::DatabaseCorrupt | E::NotADatabase) => Self::new(
                Code::DatabaseCorrupt,
                "Keshia's file is damaged. Do not delete it: restore the newest backup, and keep the damaged file for help.",
            ),
            Some(E::DatabaseBusy | E::DatabaseLocked) => Self::new(
                Code::DatabaseInUse,
                "Another program is using Keshia's file. Close it and start again.",
            ),
            Some(E::SystemIoFailure) => Self::new(
                Code::DiskError,
                "The disk does not answer properly. What is on the screen is kept: check the disk, then do it once more.",
            ),
            _ => Self::internal(error),
        }
    }
}
