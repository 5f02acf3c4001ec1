//! PINs and passphrases: argon2id, with a pepper that lives in the system's keyring and not in the book.
//!
//! A PIN of four figures stands against a colleague at the counter, not against somebody who has the PC: see
//! `SECURITY.md`.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use daraja::Secret;
use rand::TryRng as _;

use crate::error::{Code, TillError};

/// How dear one try is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Cost {
    /// 19 MiB and 2 passes (OWASP, Password Storage Cheat Sheet, Argon2id).
    pub const SHOP: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
    };
    /// For simulated days and tests: the least that the function takes.
    pub const SIMULATED: Self = Self {
        memory_kib: 8,
        passes: 1,
    };
}

/// RFC 9106, section 3.1: 16 bytes of salt are enough.
const SALT_BYTES: usize = 16;
/// Fewest and most figures of a PIN.
const PIN_FIGURES: std::ops::RangeInclusive<usize> = 4..=8;
/// Fewest characters of a passphrase.
const SHORTEST_PASSPHRASE: usize = 10;

/// Refuses a PIN that a colleague guesses first.
///
/// # Errors
/// [`Code::PinWeak`].
pub fn check_pin(pin: &str) -> Result<(), TillError> {
    let figures = pin.bytes().all(|byte| byte.is_ascii_digit());
    if !figures || !PIN_FIGURES.contains(&pin.len()) {
        return Err(TillError::new(Code::PinWeak, "A PIN has 4 to 8 figures."));
    }
    let step = |pair: &[u8]| match pair {
        [a, b] => i16::from(*b) - i16::from(*a),
        _ => 0,
    };
    let steps: Vec<i16> = pin.as_bytes().windows(2).map(step).collect();
    let simple = [-1, 0, 1]
        .iter()
        .any(|same| steps.iter().all(|step| step == same));
    if simple {
        return Err(TillError::new(
            Code::PinWeak,
            "Everybody tries such a PIN first: take figures that are not in a row and not all the same.",
        ));
    }
    Ok(())
}

/// Refuses a passphrase that is no more than a PIN.
///
/// # Errors
/// [`Code::PinWeak`].
pub fn check_passphrase(passphrase: &str) -> Result<(), TillError> {
    let figures_only = passphrase.bytes().all(|byte| byte.is_ascii_digit());
    if passphrase.trim().chars().count() < SHORTEST_PASSPHRASE || figures_only {
        return Err(TillError::new(
            Code::PinWeak,
            "A passphrase has at least 10 characters, and not only figures: a few words do best.",
        ));
    }
    Ok(())
}

/// Hashes; the text that is kept names its own cost.
///
/// # Errors
/// The operating system gave no randomness.
pub fn hash(word: &str, pepper: &Secret, cost: Cost) -> Result<String, TillError> {
    let params = Params::new(cost.memory_kib, cost.passes, 1, None).map_err(TillError::internal)?;
    let mut salt = [0; SALT_BYTES];
    rand::rngs::SysRng
        .try_fill_bytes(&mut salt)
        .map_err(TillError::internal)?;
    Ok(argon(pepper, params)?
        .hash_password_with_salt(word.as_bytes(), &salt)
        .map_err(TillError::internal)?
        .to_string())
}

/// Is it this word?
///
/// # Errors
/// What is kept cannot be read.
pub fn is(word: &str, kept: &str, pepper: &Secret) -> Result<bool, TillError> {
    match argon(pepper, Params::default())?.verify_password(word.as_bytes(), kept) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
        Err(error) => Err(TillError::internal(error)),
    }
}

fn argon(pepper: &Secret, params: Params) -> Result<Argon2<'_>, TillError> {
    Argon2::new_with_secret(
        pepper.expose().as_bytes(),
        Algorithm::Argon2id,
        Version::V0x13,
        params,
    )
    .map_err(TillError::internal)
}
