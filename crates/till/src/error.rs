//! What can go wrong, as a small code the screen can branch on and a sentence a person can read.

use serde::Serialize;
use ts_rs::TS;

use crate::msisdn::MsisdnError;
use crate::people::Act;
use crate::recovery_code::RecoveryCodeError;

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
    StatementUnreadable,
    PinWeak,
    PinWrong,
    PinSlow,
    Locked,
    NotPermitted,
    PassphraseNeeded,
    NoPrinter,
    NotAllowed,
    RecoveryCode,
    OtherPc,
    Busy,
    Stopped,
    Internal,
}

impl Code {
    /// Did the disk refuse, so that the same act may succeed later?
    #[must_use]
    pub const fn is_of_the_disk(self) -> bool {
        match self {
            Self::DiskFull | Self::DiskReadOnly | Self::DiskError | Self::DatabaseInUse => true,
            Self::AmountInvalid
            | Self::PhoneInvalid
            | Self::CodeInvalid
            | Self::CodeUsed
            | Self::CodeWarned
            | Self::PushLive
            | Self::SaleEnded
            | Self::NotFound
            | Self::NotConnected
            | Self::NumberInvalid
            | Self::KeysMissing
            | Self::WrongKeys
            | Self::NoNetwork
            | Self::CaptivePortal
            | Self::ClockWrong
            | Self::ServerTrouble
            | Self::NotSecure
            | Self::AddressInvalid
            | Self::DatabaseNewer
            | Self::DatabaseCorrupt
            | Self::Keyring
            | Self::StatementUnreadable
            | Self::PinWeak
            | Self::PinWrong
            | Self::PinSlow
            | Self::Locked
            | Self::NotPermitted
            | Self::PassphraseNeeded
            | Self::NoPrinter
            | Self::NotAllowed
            | Self::RecoveryCode
            | Self::OtherPc
            | Self::Busy
            | Self::Stopped
            | Self::Internal => false,
        }
    }
}

/// An error of the till: a code and one sentence with what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{message}")]
pub struct TillError {
    /// What the screen branches on.
    pub code: Code,
    /// One English sentence, for `keshiactl` and logs; the window has its own words for each code.
    pub message: String,
    /// Which act another person may allow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
}

impl TillError {
    /// A code with its sentence.
    #[must_use]
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            act: None,
        }
    }

    /// As [`Self::new`], about an act that another person may allow.
    pub(crate) fn about(act: Act, code: Code, message: &str) -> Self {
        Self {
            act: Some(act),
            ..Self::new(code, message)
        }
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(Code::NotFound, format!("There is no such {what}."))
    }

    fn full_disk() -> Self {
        Self::new(
            Code::DiskFull,
            "The disk is full. What is on the screen is kept: free some space, then do it once more.",
        )
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

impl From<RecoveryCodeError> for TillError {
    fn from(error: RecoveryCodeError) -> Self {
        Self::new(Code::RecoveryCode, error.to_string())
    }
}

/// SQLite's word for the disk's trouble, in the shop's words.
impl From<rusqlite::Error> for TillError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as E;
        // Where the log's index cannot grow SQLite speaks of I/O, but the disk is full.
        const SHARED_MEMORY_SIZE: i32 = rusqlite::ffi::SQLITE_IOERR_SHMSIZE;
        if error
            .sqlite_error()
            .is_some_and(|error| error.extended_code == SHARED_MEMORY_SIZE)
        {
            return Self::full_disk();
        }
        match error.sqlite_error_code() {
            Some(E::DiskFull) => Self::full_disk(),
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
                "Keshia's file is damaged. Do not delete it: `keshiactl backups` lists its copies, and `keshiactl restore FILE` brings one back and keeps the damaged file for help.",
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
