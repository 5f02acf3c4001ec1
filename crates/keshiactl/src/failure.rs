//! How a command ends.

use std::process::ExitCode;

use till::{Code, TillError};

/// A command came to its end. The numbers are promised to scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// 0: done; for a payment: paid.
    Done,
    /// 3: certainly not paid.
    NotPaid,
    /// 4: nobody can say yet.
    NotKnown,
}

impl Exit {
    /// The process's exit code.
    pub(crate) const fn number(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NotPaid => 3,
            Self::NotKnown => 4,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.number())
    }
}

/// A command did not come to its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// 2: the flags do not go together; nothing was done.
    Usage(TillError),
    /// 1: anything else.
    Till(TillError),
}

impl Failure {
    /// What to say.
    pub(crate) const fn error(&self) -> &TillError {
        match self {
            Self::Usage(error) | Self::Till(error) => error,
        }
    }

    /// The process's exit code.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            Self::Till(_) => ExitCode::FAILURE,
        }
    }
}

impl From<TillError> for Failure {
    fn from(error: TillError) -> Self {
        Self::Till(error)
    }
}

/// Something that cannot happen happened.
pub(crate) fn internal(why: impl std::fmt::Display) -> TillError {
    TillError::new(
        Code::Internal,
        format!("Keshia made a mistake: {why}. Nothing was lost; please report it."),
    )
}
