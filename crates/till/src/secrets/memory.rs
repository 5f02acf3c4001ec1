//! Secrets in memory only.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use daraja::Secret;

use super::{SecretError, SecretName, SecretStore, StoreKind, not_empty};

/// Keeps secrets until it is dropped: for practice, whose keys are no secret, and for tests.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<BTreeMap<SecretName, Secret>>);

impl MemoryStore {
    /// With these in it.
    pub fn with(secrets: impl IntoIterator<Item = (SecretName, Secret)>) -> Self {
        Self(Mutex::new(secrets.into_iter().collect()))
    }

    /// A thread that panicked left the map whole: each change of it is a single step.
    fn map(&self) -> MutexGuard<'_, BTreeMap<SecretName, Secret>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SecretStore for MemoryStore {
    fn get(&self, name: SecretName) -> Result<Option<Secret>, SecretError> {
        Ok(self.map().get(&name).cloned())
    }

    fn set(&self, name: SecretName, secret: &Secret) -> Result<(), SecretError> {
        let secret = Secret::new(not_empty(name, secret)?);
        self.map().insert(name, secret);
        Ok(())
    }

    fn delete(&self, name: SecretName) -> Result<(), SecretError> {
        self.map().remove(&name);
        Ok(())
    }

    fn kind(&self) -> StoreKind {
        StoreKind::Memory
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]
mod tests {
    use super::*;

    #[test]
    fn keeps_replaces_forgets_and_refuses_nothing() {
        let store = MemoryStore::with([(SecretName::Passkey, Secret::new("first"))]);
        store
            .set(SecretName::Passkey, &Secret::new(" second\r\n"))
            .unwrap();
        let kept = store.get(SecretName::Passkey).unwrap().expect("it was set");
        assert_eq!(
            kept.expose(),
            "second",
            "the newer, without the stray space of a paste"
        );
        assert_eq!(
            store.set(SecretName::Passkey, &Secret::new(" \n")),
            Err(SecretError::Empty(SecretName::Passkey)),
            "an empty key is refused before it overwrites a good one"
        );
        assert!(
            store.get(SecretName::Passkey).unwrap().is_some(),
            "the good one is still there"
        );
        store.delete(SecretName::Passkey).unwrap();
        store
            .delete(SecretName::Passkey)
            .expect("forgetting twice is right too");
        assert_eq!(store.get(SecretName::Passkey).unwrap(), None, "forgotten");
    }

    #[test]
    fn errors_and_debug_hold_no_secret() {
        let store = MemoryStore::with([(SecretName::Passkey, Secret::new("bfb279f9aa9bdbcf"))]);
        assert!(
            !format!("{store:?}").contains("bfb279"),
            "a log of the store shows no secret"
        );
    }
}
