//! The pepper of the PINs: random, made once for each book, in the key store and never in the book. Who steals
//! the file alone can try no PIN against it.

use daraja::Secret;
use rand::TryRng as _;

use crate::error::{Code, TillError};
use crate::files::FileKind;
use crate::secrets::{SecretError, SecretName, SecretStore};

/// Practice protects nothing, and its key store forgets: everybody may know this one.
const PRACTICE: &str = "practice";
/// As much as the hash is wide.
const BYTES: usize = 32;

/// A book's pepper; `None` when there is none yet. May block on the key store.
///
/// # Errors
/// [`Code::Keyring`] when the key store does not answer.
pub fn read(
    kind: FileKind,
    store: impl FnOnce() -> Result<Box<dyn SecretStore>, SecretError>,
) -> Result<Option<Secret>, TillError> {
    match kind {
        FileKind::Practice => Ok(Some(Secret::new(PRACTICE))),
        FileKind::Live => store()
            .and_then(|store| store.get(SecretName::Pepper))
            .map_err(|error| refused(&error)),
    }
}

/// A book's pepper, made when there is none yet: for the first owner, and for one who comes back to a PC whose
/// key store is new. May block on the key store.
///
/// # Errors
/// [`Code::Keyring`] when the key store does not answer, or cannot keep it.
pub fn read_or_make(
    kind: FileKind,
    store: impl Fn() -> Result<Box<dyn SecretStore>, SecretError>,
) -> Result<Secret, TillError> {
    if let Some(pepper) = read(kind, &store)? {
        return Ok(pepper);
    }
    let mut bytes = [0; BYTES];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(TillError::internal)?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let pepper = Secret::new(text);
    store()
        .and_then(|store| store.set(SecretName::Pepper, &pepper))
        .map_err(|error| refused(&error))?;
    Ok(pepper)
}

fn refused(error: &SecretError) -> TillError {
    let words = match error {
        SecretError::FromEnvironment(_) => {
            "There is no keyring on this PC: start Keshia with KESHIA_PEPPER set to a long random text, always the same."
                .to_owned()
        }
        SecretError::NoStore | SecretError::Keyring(_) | SecretError::Empty(_) => error.to_string(),
    };
    TillError::new(Code::Keyring, words)
}
