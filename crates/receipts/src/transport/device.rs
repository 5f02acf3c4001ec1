//! A printer that the system shows as a file.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};

use super::{Printed, Trouble};

/// The system may hold a write to a printer that is off for as long as it likes; the caller's thread waits, and
/// nobody else does.
pub(super) fn send(path: &str, bytes: &[u8]) -> Printed {
    let mut file = match OpenOptions::new().append(true).open(path.trim()) {
        Ok(file) => file,
        Err(error) => {
            let kind = error.kind();
            let kept = kind == ErrorKind::PermissionDenied || kind == ErrorKind::ResourceBusy;
            return Printed::No(if kept {
                Trouble::NotAllowed
            } else {
                Trouble::Absent
            });
        }
    };
    match file.write_all(bytes).and_then(|()| file.flush()) {
        Ok(()) => Printed::Yes,
        Err(_) => Printed::Perhaps(Trouble::Silent),
    }
}
