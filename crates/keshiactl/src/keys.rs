//! The shop's keys: asked for once, then found again. Never printed.

use std::io::{BufRead as _, IsTerminal as _};

use daraja::{AppKey, Secret};
use till::driver::RelayKeys;
use till::recovery_code::RecoveryCode;
use till::secrets::{
    self, EnvironmentStore, KeyringChoice, MemoryStore, SecretError, SecretName, SecretStore, StoreKind,
};
use till::shop::PayEnvironment;
use till::{Code, TillError};

/// The keys of practice are no secret: the simulator's own, and the passkey that Safaricom prints for
/// everybody (Daraja portal, M-PESA Express, test credentials).
const PRACTICE: [(SecretName, &str); 3] = [
    (SecretName::ConsumerKey, "practice-key"),
    (SecretName::ConsumerSecret, "practice-secret"),
    (
        SecretName::Passkey,
        "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
    ),
];

/// Most characters of a key; Daraja's have 16 to 64.
const LONGEST_KEY: usize = 512;

/// All that opens Daraja.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Consumer key and secret.
    pub(crate) app: AppKey,
    /// The passkey of the short code.
    pub(crate) passkey: Secret,
}

/// Where `setup` left the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kept {
    /// In the system's keyring.
    Keyring,
    /// Nowhere: they are in the environment of every start.
    Environment,
    /// Nowhere: no keyring answers, and they were typed.
    Nowhere,
    /// Practice keys need no keeping.
    Practice,
}

/// The keys of a book.
///
/// # Errors
/// [`Code::KeysMissing`] or [`Code::Keyring`], with what to do.
pub(crate) fn find(
    environment: PayEnvironment,
    file_id: &str,
    keyring: KeyringChoice,
) -> Result<Keys, TillError> {
    let store: Box<dyn SecretStore> = match environment {
        PayEnvironment::Practice => Box::new(MemoryStore::with(
            PRACTICE.map(|(name, text)| (name, Secret::new(text))),
        )),
        PayEnvironment::Sandbox | PayEnvironment::Production => {
            secrets::open(file_id, keyring).map_err(|error| problem(&error))?
        }
    };
    let given = EnvironmentStore::taken();
    let key = |name: SecretName| -> Result<Secret, TillError> {
        let of_environment = || given.as_ref().map_or(Ok(None), |given| given.get(name));
        // In practice the environment comes first, or wrong keys could not be practised.
        let found = match environment {
            PayEnvironment::Practice => {
                of_environment().and_then(|own| own.map_or_else(|| store.get(name), |own| Ok(Some(own))))
            }
            PayEnvironment::Sandbox | PayEnvironment::Production => store
                .get(name)
                .and_then(|kept| kept.map_or_else(of_environment, |kept| Ok(Some(kept)))),
        };
        found
            .map_err(|error| problem(&error))?
            .ok_or_else(|| missing(name))
    };
    Ok(Keys {
        app: AppKey {
            consumer_key: key(SecretName::ConsumerKey)?,
            consumer_secret: key(SecretName::ConsumerSecret)?,
        },
        passkey: key(SecretName::Passkey)?,
    })
}

/// The keys for `setup`: from the environment, from the person at the terminal, or from three lines.
///
/// # Errors
/// [`Code::KeysMissing`] when one is empty or does not come.
pub(crate) fn ask() -> Result<[(SecretName, Secret); 3], TillError> {
    let given = EnvironmentStore::taken();
    let terminal = std::io::stdin().is_terminal();
    let mut lines = std::io::stdin().lock().lines();
    let mut key = |name: SecretName| -> Result<(SecretName, Secret), TillError> {
        let of_environment = given.as_ref().and_then(|given| given.get(name).ok().flatten());
        let secret = match of_environment {
            Some(secret) => secret,
            None if terminal => {
                let typed = rpassword::prompt_password(format!("The {name} (it stays invisible): "));
                typed.map(Secret::new).map_err(|_| missing(name))?
            }
            None => lines
                .next()
                .and_then(Result::ok)
                .map(Secret::new)
                .ok_or_else(|| missing(name))?,
        };
        let text = secret.expose();
        let shaped =
            (1..=LONGEST_KEY).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if shaped {
            Ok((name, secret))
        } else {
            Err(misshapen(name, text))
        }
    };
    Ok([
        key(SecretName::ConsumerKey)?,
        key(SecretName::ConsumerSecret)?,
        key(SecretName::Passkey)?,
    ])
}

/// Keeps the keys in the keyring, or says that nothing keeps them.
///
/// # Errors
/// [`Code::Keyring`] when the keyring is there and refuses.
pub(crate) fn keep(
    keys: &[(SecretName, Secret); 3],
    file_id: &str,
    keyring: KeyringChoice,
) -> Result<Kept, TillError> {
    let store = match secrets::open(file_id, keyring) {
        Ok(store) => store,
        Err(SecretError::NoStore) => return Ok(Kept::Nowhere),
        Err(error) => return Err(problem(&error)),
    };
    match store.kind() {
        StoreKind::Environment => Ok(Kept::Environment),
        StoreKind::Keyring | StoreKind::Memory => {
            for (name, secret) in keys {
                store.set(*name, secret).map_err(|error| problem(&error))?;
            }
            Ok(Kept::Keyring)
        }
    }
}

/// This counter's keys to its relay: from the keyring, or from the environment.
///
/// # Errors
/// [`Code::Keyring`] when the keyring is there and refuses.
pub(crate) fn relay(file_id: &str, keyring: KeyringChoice) -> Result<Option<RelayKeys>, TillError> {
    let kept = match secrets::open(file_id, keyring) {
        Ok(store) => store.get(SecretName::Relay).map_err(|error| problem(&error))?,
        Err(SecretError::NoStore) => None,
        Err(error) => return Err(problem(&error)),
    };
    let given = EnvironmentStore::taken().and_then(|given| given.get(SecretName::Relay).ok().flatten());
    Ok(kept.or(given).as_ref().and_then(RelayKeys::of_secret))
}

/// Keeps them in the keyring; `false` when nothing keeps them.
///
/// # Errors
/// [`Code::Keyring`] when the keyring is there and refuses.
pub(crate) fn keep_relay(keys: &RelayKeys, file_id: &str, keyring: KeyringChoice) -> Result<bool, TillError> {
    let store = match secrets::open(file_id, keyring) {
        Ok(store) => store,
        Err(SecretError::NoStore) => return Ok(false),
        Err(error) => return Err(problem(&error)),
    };
    match store.kind() {
        StoreKind::Environment => Ok(false),
        StoreKind::Keyring | StoreKind::Memory => {
            let kept = store.set(SecretName::Relay, &keys.to_secret());
            kept.map(|()| true).map_err(|error| problem(&error))
        }
    }
}

/// Forgets them; without a key store there is nothing to forget.
pub(crate) fn forget_relay(file_id: &str, keyring: KeyringChoice) {
    if let Ok(store) = secrets::open(file_id, keyring) {
        let _ = store.delete(SecretName::Relay);
    }
}

/// All keys of a book, to travel with a sealed copy; `None` when no key store answers.
pub(crate) fn travelling(file_id: &str, keyring: KeyringChoice) -> Option<Vec<(SecretName, Secret)>> {
    let store = secrets::open(file_id, keyring).ok()?;
    secrets::all(&*store).ok()
}

/// Keeps keys that have travelled; `false` when nothing keeps them.
///
/// # Errors
/// [`Code::Keyring`] when the keyring is there and refuses.
pub(crate) fn arrived(
    keys: &[(SecretName, Secret)],
    file_id: &str,
    keyring: KeyringChoice,
) -> Result<bool, TillError> {
    let store = match secrets::open(file_id, keyring) {
        Ok(store) => store,
        Err(SecretError::NoStore) => return Ok(false),
        Err(error) => return Err(problem(&error)),
    };
    match store.kind() {
        StoreKind::Environment => Ok(false),
        StoreKind::Keyring | StoreKind::Memory => {
            let kept = secrets::keep_all(&*store, keys);
            kept.map(|()| true).map_err(|error| problem(&error))
        }
    }
}

/// The recovery code from the person at the terminal, or from one line.
///
/// # Errors
/// [`Code::RecoveryCode`] for a text that is none.
pub(crate) fn ask_recovery_code() -> Result<RecoveryCode, TillError> {
    let mut typed = String::new();
    if std::io::stdin().is_terminal() {
        typed = rpassword::prompt_password("The recovery code from the paper (it stays invisible): ")
            .map_err(crate::failure::internal)?;
    } else {
        let read = std::io::stdin().lock().read_line(&mut typed);
        read.map_err(crate::failure::internal)?;
    }
    Ok(RecoveryCode::parse(&typed)?)
}

fn missing(name: SecretName) -> TillError {
    let words = format!(
        "The {name} is missing: run `keshiactl setup` and give it, or set {}.",
        name.variable()
    );
    TillError::new(Code::KeysMissing, words)
}

fn misshapen(name: SecretName, text: &str) -> TillError {
    if text.is_empty() {
        return missing(name);
    }
    let words =
        format!("The {name} is not what the Daraja portal shows: copy it again, all of it and nothing else.");
    TillError::new(Code::KeysMissing, words)
}

fn problem(error: &SecretError) -> TillError {
    let code = match error {
        SecretError::NoStore | SecretError::Empty(_) => Code::KeysMissing,
        SecretError::Keyring(_) | SecretError::FromEnvironment(_) => Code::Keyring,
    };
    TillError::new(code, error.to_string())
}
