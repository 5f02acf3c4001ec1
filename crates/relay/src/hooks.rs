//! Shops' secret paths. The log keeps only their hashes; each is made again from its shop's id and a key that is
//! kept in a file beside the log and never in it, so that a stolen copy of the log names no path.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit as _, Mac as _};
use relay_wire::Token;
use sha2::Sha256;

/// Makes shops' secret paths. Several relays on one log share it.
#[derive(Debug, Clone)]
pub struct HookKey(Token);

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum HookKeyError {
    /// The file cannot be read or written.
    #[error("the key file {path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// There is something else in it.
    #[error("the key file {0} does not hold 64 hexadecimal digits")]
    NotAKey(PathBuf),
}

impl HookKey {
    /// A new one.
    #[must_use]
    pub fn random() -> Self {
        Self(Token::random())
    }

    /// Reads the key of a file, and makes the file when there is none, for its owner's eyes only.
    ///
    /// # Errors
    /// A [`HookKeyError`].
    pub fn open(path: &Path) -> Result<Self, HookKeyError> {
        let failed = |error| HookKeyError::File {
            path: path.to_owned(),
            error,
        };
        match fs::read_to_string(path) {
            Ok(text) => {
                let digits = text.trim();
                let whole = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                whole
                    .then(|| Self(Token::new(digits)))
                    .ok_or_else(|| HookKeyError::NotAKey(path.to_owned()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Self::random();
                let mut file = create(path).map_err(failed)?;
                writeln!(file, "{}", key.0.expose()).map_err(failed)?;
                file.sync_all().map_err(failed)?;
                Ok(key)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// The secret path of a shop: 64 hexadecimal digits, in which no word arises that Safaricom forbids.
    #[must_use]
    pub fn hook(&self, shop_id: &str) -> Token {
        // HMAC takes a key of any length; a block of its own size cannot be refused.
        let mut block = [0; 64];
        for (to, from) in block.iter_mut().zip(self.0.expose().bytes()) {
            *to = from;
        }
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(b"keshia hook 1\0");
        mac.update(shop_id.as_bytes());
        let digest = mac.finalize().into_bytes();
        Token::new(
            digest
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect::<String>(),
        )
    }
}

fn create(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::*;

    #[test]
    fn one_path_a_shop_and_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let key = HookKey::open(&path).unwrap();
        let hook = key.hook("shop");
        assert_eq!(
            HookKey::open(&path).unwrap().hook("shop").expose(),
            hook.expose(),
            "the same after a new start"
        );
        assert_ne!(key.hook("shop 2").expose(), hook.expose(), "another shop's");
        assert_ne!(
            HookKey::random().hook("shop").expose(),
            hook.expose(),
            "another key's"
        );
        fs::write(&path, "no key").unwrap();
        assert!(
            matches!(HookKey::open(&path), Err(HookKeyError::NotAKey(_))),
            "a broken file is said, not replaced: the paths of all shops hang on it"
        );
    }
}
