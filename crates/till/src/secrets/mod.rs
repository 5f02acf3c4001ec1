//! Where the keys to the shop's money are kept: the system's keyring, or else the environment.
//!
//! Never in SQLite, a log, an error or the web view.

mod environment;
mod keyring;
mod memory;

use std::fmt;

use daraja::Secret;
use serde::Serialize;
use ts_rs::TS;

pub use environment::{EnvironmentError, EnvironmentStore};
pub use keyring::KeyringStore;
pub use memory::MemoryStore;

/// A secret the till knows by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SecretName {
    /// The Daraja app's consumer key.
    ConsumerKey,
    /// The Daraja app's consumer secret.
    ConsumerSecret,
    /// The M-PESA Express passkey of the short code.
    Passkey,
    /// This counter's keys to its relay, as one text.
    Relay,
    /// The name and the key of the owner's page.
    OwnersPage,
    /// What PINs and passphrases are hashed with besides.
    Pepper,
}

impl SecretName {
    /// What a connection to Safaricom needs.
    pub const DARAJA: [Self; 3] = [Self::ConsumerKey, Self::ConsumerSecret, Self::Passkey];
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::ConsumerKey,
        Self::ConsumerSecret,
        Self::Passkey,
        Self::Relay,
        Self::OwnersPage,
        Self::Pepper,
    ];

    /// Its name in the keyring, after the file's id: `consumer-key`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ConsumerKey => "consumer-key",
            Self::ConsumerSecret => "consumer-secret",
            Self::Passkey => "passkey",
            Self::Relay => "relay",
            Self::OwnersPage => "owners-page",
            Self::Pepper => "pepper",
        }
    }

    /// The environment variable that carries it where there is no keyring.
    #[must_use]
    pub const fn variable(self) -> &'static str {
        match self {
            Self::ConsumerKey => "KESHIA_CONSUMER_KEY",
            Self::ConsumerSecret => "KESHIA_CONSUMER_SECRET",
            Self::Passkey => "KESHIA_PASSKEY",
            Self::Relay => "KESHIA_RELAY",
            Self::OwnersPage => "KESHIA_OWNERS_PAGE",
            Self::Pepper => "KESHIA_PEPPER",
        }
    }
}

impl fmt::Display for SecretName {
    /// As the Daraja portal calls it: `consumer key`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::ConsumerKey => "consumer key",
            Self::ConsumerSecret => "consumer secret",
            Self::Passkey => "passkey",
            Self::Relay => "relay's keys",
            Self::OwnersPage => "owner's page",
            Self::Pepper => "pepper of the PINs",
        })
    }
}

/// What kind of store holds the secrets; the till says so when it is not the keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// The system's keyring.
    Keyring,
    /// The environment the program was started with.
    Environment,
    /// Nowhere but in memory: practice and tests.
    Memory,
}

/// Why a secret was not read or kept. Holds no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// Neither a keyring nor the environment has anything to offer.
    #[error(
        "No key store answered. Unlock the system keyring and start Keshia again, or start it with \
         KESHIA_CONSUMER_KEY, KESHIA_CONSUMER_SECRET and KESHIA_PASSKEY set."
    )]
    NoStore,
    /// The keyring is there and refused: locked, dismissed, broken.
    #[error("The system keyring did not answer as it should. Unlock it and try again. ({0})")]
    Keyring(String),
    /// The keys come from the environment, which the till cannot change.
    #[error(
        "The keys come from the environment. Change {variable} where Keshia is started, then start it again.",
        variable = .0.variable()
    )]
    FromEnvironment(SecretName),
    /// An empty secret, or one of nothing but spaces, opens nothing.
    #[error("The {0} is empty. Copy it again from the Daraja portal.")]
    Empty(SecretName),
}

/// A place that keeps the secrets of one till file.
///
/// Calls are synchronous and may block: the keyring answers over D-Bus and may ask the person at the
/// screen to unlock it first. Inside an async program call them on a thread that may wait
/// (`tokio::task::spawn_blocking`), never on the thread that draws.
pub trait SecretStore: Send + Sync {
    /// The secret, or `None` if it was never set.
    ///
    /// # Errors
    /// [`SecretError::Keyring`] if the store cannot be read.
    fn get(&self, name: SecretName) -> Result<Option<Secret>, SecretError>;

    /// Keeps the secret in place of the one before.
    ///
    /// # Errors
    /// [`SecretError::Empty`], [`SecretError::FromEnvironment`], or [`SecretError::Keyring`] if it
    /// cannot be kept.
    fn set(&self, name: SecretName, secret: &Secret) -> Result<(), SecretError>;

    /// Forgets the secret; also right if there was none.
    ///
    /// # Errors
    /// [`SecretError::FromEnvironment`], or [`SecretError::Keyring`] if it cannot be forgotten.
    fn delete(&self, name: SecretName) -> Result<(), SecretError>;

    /// What kind of store this is.
    fn kind(&self) -> StoreKind;
}

/// Whether [`open`] asks the system's keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyringChoice {
    /// Ask it, and fall back to the environment if it does not answer.
    IfItAnswers,
    /// Do not ask: a server without a desktop, where asking would only wait.
    Never,
}

/// Opens the store of one till file: the keyring if it answers, else what
/// [`EnvironmentStore::take`] took when the program started.
///
/// May block, see [`SecretStore`].
///
/// # Errors
/// [`SecretError::NoStore`] if neither is there; it says what to do.
pub fn open(file_id: &str, keyring: KeyringChoice) -> Result<Box<dyn SecretStore>, SecretError> {
    let answered = match keyring {
        KeyringChoice::IfItAnswers => KeyringStore::connect(file_id)
            .inspect_err(|error| tracing::warn!(%error, "no keyring, looking at the environment"))
            .ok(),
        KeyringChoice::Never => None,
    };
    match (answered, EnvironmentStore::taken()) {
        (Some(store), _) => Ok(Box::new(store)),
        (None, Some(store)) => Ok(Box::new(store)),
        (None, None) => Err(SecretError::NoStore),
    }
}

/// Every secret of a store, to travel in a sealed copy.
///
/// # Errors
/// [`SecretError::Keyring`] if the store cannot be read.
pub fn all(store: &dyn SecretStore) -> Result<Vec<(SecretName, Secret)>, SecretError> {
    SecretName::ALL
        .into_iter()
        .filter_map(|name| {
            let secret = store.get(name).transpose()?;
            Some(secret.map(|secret| (name, secret)))
        })
        .collect()
}

/// Keeps secrets that have travelled.
///
/// # Errors
/// As [`SecretStore::set`].
pub fn keep_all(store: &dyn SecretStore, secrets: &[(SecretName, Secret)]) -> Result<(), SecretError> {
    secrets
        .iter()
        .try_for_each(|(name, secret)| store.set(*name, secret))
}

/// The secret as it is worth keeping.
fn not_empty(name: SecretName, secret: &Secret) -> Result<&str, SecretError> {
    let text = secret.expose();
    if text.trim().is_empty() {
        Err(SecretError::Empty(name))
    } else {
        Ok(text.trim())
    }
}
