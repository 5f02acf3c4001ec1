//! Secrets in the system's keyring: Secret Service (Linux, BSD), Keychain (macOS), Credential
//! Manager (Windows).

use ::keyring::{Entry, Error};
use daraja::Secret;

use super::{SecretError, SecretName, SecretStore, StoreKind, not_empty};

/// The name all entries of Keshia share in the keyring.
const SERVICE: &str = "keshia";

/// The secrets of one till file in the system's keyring: service `keshia`, user
/// `<file id>/<secret's name>`.
///
/// Every call asks the keyring anew, so that no copy of a secret stays here. Each may block, see
/// [`SecretStore`].
#[derive(Debug, Clone)]
pub struct KeyringStore {
    file_id: String,
}

impl KeyringStore {
    /// Opens the entries of one till file, after asking the keyring once whether it answers.
    ///
    /// The connection is made once in the life of the program: a keyring that was missing then
    /// stays missing until the next start. One that is merely locked may be unlocked at any time.
    ///
    /// # Errors
    /// [`SecretError::Keyring`] if there is none, or it stays locked.
    pub fn connect(file_id: &str) -> Result<Self, SecretError> {
        if let Err(error) = Entry::store_status() {
            return Err(refused(error));
        }
        let store = Self {
            file_id: file_id.to_owned(),
        };
        // Whether it is set does not matter: that the question is answered does.
        store.get(SecretName::ConsumerKey)?;
        Ok(store)
    }

    fn entry(&self, name: SecretName) -> Result<Entry, SecretError> {
        let user = format!("{}/{}", self.file_id, name.as_str());
        Entry::new(SERVICE, &user).map_err(|error| refused(&error))
    }
}

impl SecretStore for KeyringStore {
    fn get(&self, name: SecretName) -> Result<Option<Secret>, SecretError> {
        match self.entry(name)?.get_password() {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refused(&error)),
        }
    }

    fn set(&self, name: SecretName, secret: &Secret) -> Result<(), SecretError> {
        let text = not_empty(name, secret)?;
        self.entry(name)?
            .set_password(text)
            .map_err(|error| refused(&error))
    }

    fn delete(&self, name: SecretName) -> Result<(), SecretError> {
        match self.entry(name)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(refused(&error)),
        }
    }

    fn kind(&self) -> StoreKind {
        StoreKind::Keyring
    }
}

/// The keyring's words, through `Display` alone: some of its errors carry the secret's bytes, and
/// their `Debug` would print them.
fn refused(error: &Error) -> SecretError {
    SecretError::Keyring(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_carries_the_secret_does_not_pass_it_on() {
        let error = refused(&Error::BadEncoding(b"SECRET\xff".to_vec()));
        let shown = format!("{error} {error:?}");
        assert!(
            !shown.contains("SECRET") && !shown.contains("83, 69"),
            "no secret in {shown}"
        );
    }
}
