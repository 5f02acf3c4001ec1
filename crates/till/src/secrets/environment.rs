//! Secrets from the environment, for a PC without a keyring.
//!
//! An environment variable is inherited by every program the till starts (the web view's processes
//! among them), and the system shows the environment a program was *started* with to every program of
//! the same user (`/proc/<pid>/environ`), even after the program removed it from its own copy. So on
//! Unix [`EnvironmentStore::take`] hands the values over through a pipe to a fresh start of this
//! program in the same process (`exec`: same process id, same arguments, same terminal), whose
//! environment never held them. This needs no `unsafe`, which removing a variable in place would.
//! What remains is the memory of this process, as with any store.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use daraja::Secret;

use super::{SecretError, SecretName, SecretStore, StoreKind};

/// The secrets that came with the environment. Read only.
#[derive(Debug, Clone)]
pub struct EnvironmentStore(BTreeMap<SecretName, Secret>);

/// Why the keys in the environment could not be taken over. The program must not go on: they would
/// be inherited by what it starts. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    /// A variable is not text.
    #[error("{variable} holds something that is not text. Copy the {0} again from the Daraja portal.", variable = .0.variable())]
    NotText(SecretName),
    /// The values together are longer than keys can be.
    #[error("The keys in the environment are too long. Copy them again from the Daraja portal.")]
    TooLong,
    /// Handing over to the fresh start failed.
    #[error("Keshia could not take the keys out of its environment. Start it without the variables. ({0})")]
    HandOver(#[from] std::io::Error),
    /// This system always has a keyring, and no way to take a variable back safely.
    #[error(
        "On this system the keys belong in the system's own key store. Start Keshia without \
         KESHIA_CONSUMER_KEY, KESHIA_CONSUMER_SECRET and KESHIA_PASSKEY, and enter them in it."
    )]
    KeyringOnly,
}

/// The environment belongs to the whole process and is taken once, so what was in it does too.
static TAKEN: OnceLock<EnvironmentStore> = OnceLock::new();

impl EnvironmentStore {
    /// Takes the keys out of the environment. To be called first in `main`: before a thread, a child
    /// or a file.
    ///
    /// With none of the variables set it does nothing. With some set it does not return: the
    /// program begins anew without them, and the new beginning's call finds them in the pipe.
    ///
    /// # Errors
    /// An [`EnvironmentError`]; the program should print it and end.
    pub fn take() -> Result<(), EnvironmentError> {
        if SecretName::ALL
            .iter()
            .any(|name| std::env::var_os(name.variable()).is_some())
        {
            hand_over::begin_anew()?;
        }
        let secrets = hand_over::received()?;
        if !secrets.is_empty() {
            // Set already only if take() is called twice, with the same result.
            let _ = TAKEN.set(Self(secrets));
        }
        Ok(())
    }

    /// What [`EnvironmentStore::take`] found, if it found anything.
    #[must_use]
    pub fn taken() -> Option<Self> {
        TAKEN.get().cloned()
    }
}

impl SecretStore for EnvironmentStore {
    fn get(&self, name: SecretName) -> Result<Option<Secret>, SecretError> {
        Ok(self.0.get(&name).cloned())
    }

    fn set(&self, name: SecretName, _: &Secret) -> Result<(), SecretError> {
        Err(SecretError::FromEnvironment(name))
    }

    fn delete(&self, name: SecretName) -> Result<(), SecretError> {
        Err(SecretError::FromEnvironment(name))
    }

    fn kind(&self) -> StoreKind {
        StoreKind::Environment
    }
}

#[cfg(unix)]
mod hand_over {
    use std::collections::BTreeMap;
    use std::convert::Infallible;
    use std::fs::File;
    use std::io::{Error, Read as _, Write as _};
    use std::os::fd::AsRawFd as _;
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;

    use daraja::Secret;

    use super::EnvironmentError;
    use crate::secrets::SecretName;

    /// Tells the new beginning where the pipe is: `<process id>:<descriptor>`. The process id keeps
    /// a child that inherits the variable from reading a descriptor of its own. No secret.
    const PIPE: &str = "KESHIA_KEYS_PIPE";
    /// Most bytes handed over: every pipe takes this much at once, unread (POSIX, `PIPE_BUF` on
    /// Linux), and Daraja's three values need a tenth of it.
    const MOST_BYTES: usize = 4096;
    /// Stands between the values; an environment variable cannot contain it.
    const END: u8 = 0;

    /// Begins this program anew, without the variables and with their values in a pipe. Returns only
    /// if that failed.
    pub(super) fn begin_anew() -> Result<Infallible, EnvironmentError> {
        let mut values = Vec::new();
        for name in SecretName::ALL {
            match std::env::var(name.variable()) {
                Ok(value) => values.extend_from_slice(value.trim().as_bytes()),
                Err(std::env::VarError::NotPresent) => {}
                Err(std::env::VarError::NotUnicode(_)) => return Err(EnvironmentError::NotText(name)),
            }
            values.push(END);
        }
        if values.len() > MOST_BYTES {
            return Err(EnvironmentError::TooLong);
        }
        let (reader, mut writer) = std::io::pipe()?;
        writer.write_all(&values)?;
        drop(writer);
        // The standard library's descriptors end with exec; a duplicate made this way does not.
        let inherited = rustix::io::dup(&reader).map_err(Error::from)?;

        let mut arguments = std::env::args_os();
        let mut program = Command::new(std::env::current_exe()?);
        if let Some(name) = arguments.next() {
            program.arg0(name);
        }
        program
            .args(arguments)
            .env(PIPE, format!("{}:{}", std::process::id(), inherited.as_raw_fd()));
        for name in SecretName::ALL {
            program.env_remove(name.variable());
        }
        Err(EnvironmentError::HandOver(program.exec()))
    }

    /// What an earlier beginning of this process left in the pipe.
    pub(super) fn received() -> Result<BTreeMap<SecretName, Secret>, EnvironmentError> {
        let Some(descriptor) = own_pipe() else {
            return Ok(BTreeMap::new());
        };
        // Opened by its name, because taking over a bare descriptor number would need `unsafe`. The
        // number itself stays open: an empty pipe that nobody can write to.
        let mut values = String::new();
        File::open(format!("/dev/fd/{descriptor}"))?
            .take(MOST_BYTES as u64)
            .read_to_string(&mut values)?;
        let named = SecretName::ALL.into_iter().zip(values.split(char::from(END)));
        Ok(named
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name, Secret::new(value)))
            .collect())
    }

    /// The pipe's descriptor, if the variable was meant for this process.
    fn own_pipe() -> Option<u32> {
        let place = std::env::var(PIPE).ok()?;
        let (process, descriptor) = place.split_once(':')?;
        (process.parse() == Ok(std::process::id())).then_some(())?;
        descriptor.parse().ok()
    }
}

#[cfg(not(unix))]
mod hand_over {
    use std::collections::BTreeMap;
    use std::convert::Infallible;

    use daraja::Secret;

    use super::EnvironmentError;
    use crate::secrets::SecretName;

    /// Windows cannot replace a program inside its process, and its Credential Manager always answers.
    pub(super) fn begin_anew() -> Result<Infallible, EnvironmentError> {
        Err(EnvironmentError::KeyringOnly)
    }

    /// Nothing is ever handed over.
    #[expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
    pub(super) fn received() -> Result<BTreeMap<SecretName, Secret>, EnvironmentError> {
        Ok(BTreeMap::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_to_change_what_it_cannot_change() {
        let store = EnvironmentStore(BTreeMap::from([(SecretName::Passkey, Secret::new("given"))]));
        let error = store.set(SecretName::Passkey, &Secret::new("other"));
        assert_eq!(
            error,
            Err(SecretError::FromEnvironment(SecretName::Passkey)),
            "it is read only"
        );
        assert_eq!(
            error.map_err(|e| e.to_string()),
            Err(
                "The keys come from the environment. Change KESHIA_PASSKEY where Keshia is started, then \
                 start it again."
                    .to_owned()
            ),
            "and says where the key is"
        );
        assert_eq!(
            store.get(SecretName::ConsumerKey),
            Ok(None),
            "what was not set is not there"
        );
        assert!(
            !format!("{store:?}").contains("given"),
            "a log of the store shows no secret"
        );
    }
}
