//! The three keys a prompt needs, on their way between the form, the key store and the client.

use daraja::{AppKey, Secret};
use till::secrets::{self, SecretError, SecretName, SecretStore, StoreKind};
use till::shop::ReceiverNumbers;
use till::{Code, TillError};

use crate::places::Places;

/// All that opens Safaricom's door.
pub(crate) struct Keys {
    pub(crate) app: AppKey,
    pub(crate) passkey: Secret,
}

/// All keys of a book, to travel with a sealed copy; `None` when no key store answers. May block.
pub(crate) fn travelling(places: &Places, file_id: &str) -> Option<Vec<(SecretName, Secret)>> {
    let store = (places.secrets)(file_id).ok()?;
    secrets::all(&*store).ok()
}

/// Keeps keys that have travelled, where there is a key store that can be written. May block.
pub(crate) fn arrived(places: &Places, file_id: &str, keys: &[(SecretName, Secret)]) {
    let kept = (places.secrets)(file_id).and_then(|store| secrets::keep_all(&*store, keys));
    if let Err(error) = kept {
        tracing::warn!("the keys that came with the copy were not kept: {error}");
    }
}

impl Keys {
    /// The simulator's; no secrets, everybody knows them.
    pub(crate) fn practice(simulator: &daraja_sim::world::Settings, receiver: &ReceiverNumbers) -> Self {
        let passkey = match receiver {
            ReceiverNumbers::Paybill { .. } => &simulator.paybill_passkey,
            ReceiverNumbers::Till { .. } => &simulator.store_passkey,
        };
        Self {
            app: AppKey {
                consumer_key: Secret::new(simulator.consumer_key.expose()),
                consumer_secret: Secret::new(simulator.consumer_secret.expose()),
            },
            passkey: Secret::new(passkey.expose()),
        }
    }

    /// Reads them back.
    ///
    /// # Errors
    /// [`Code::KeysMissing`] unless all three are there; [`Code::Keyring`] when the store does not answer.
    pub(crate) fn read(store: &dyn SecretStore) -> Result<Self, TillError> {
        let get = |name| {
            store.get(name).map_err(|error| refused(&error))?.ok_or_else(|| {
                TillError::new(
                    Code::KeysMissing,
                    format!("The {name} is not set. Connect to Safaricom once more."),
                )
            })
        };
        Ok(Self {
            app: AppKey {
                consumer_key: get(SecretName::ConsumerKey)?,
                consumer_secret: get(SecretName::ConsumerSecret)?,
            },
            passkey: get(SecretName::Passkey)?,
        })
    }

    /// Keeps them, where the store can be written at all: keys from the environment stay as they are.
    ///
    /// # Errors
    /// [`Code::KeysMissing`] for an empty one, before any is written; [`Code::Keyring`] when the store
    /// refuses.
    pub(crate) fn keep(&self, store: &dyn SecretStore) -> Result<(), TillError> {
        match store.kind() {
            StoreKind::Environment => return Ok(()),
            StoreKind::Keyring | StoreKind::Memory => {}
        }
        self.complete()?;
        for (name, secret) in self.named() {
            store.set(name, secret).map_err(|error| refused(&error))?;
        }
        Ok(())
    }

    /// # Errors
    /// [`Code::KeysMissing`], naming the first empty one.
    pub(crate) fn complete(&self) -> Result<(), TillError> {
        match self.named().into_iter().find(|(_, secret)| secret.is_empty()) {
            None => Ok(()),
            Some((name, _)) => Err(refused(&SecretError::Empty(name))),
        }
    }

    fn named(&self) -> [(SecretName, &Secret); 3] {
        [
            (SecretName::ConsumerKey, &self.app.consumer_key),
            (SecretName::ConsumerSecret, &self.app.consumer_secret),
            (SecretName::Passkey, &self.passkey),
        ]
    }
}

/// The key store's trouble as the window knows it.
pub(crate) fn refused(error: &SecretError) -> TillError {
    let code = match error {
        SecretError::NoStore | SecretError::Keyring(_) | SecretError::FromEnvironment(_) => Code::Keyring,
        SecretError::Empty(_) => Code::KeysMissing,
    };
    TillError::new(code, error.to_string())
}
