//! A code on paper that opens what was sealed under it: keys that travel to a new PC, and an owner's door
//! when a passphrase is forgotten.
//!
//! Eight groups of four, from Crockford's 32 characters without look-alikes: `7K3Q-…`. Three of a group
//! are random, 120 bits in all; its fourth checks them together with the group's place, so that a slip of
//! the pen is told at once and by its group, and two groups that changed places are noticed too.

use std::fmt;

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rand::TryRng as _;
use relay_wire::reference_text::{character, check_character, meant, residue};
use serde::{Deserialize, Serialize};

use crate::error::TillError;

/// Groups of a code.
pub const GROUPS: usize = 8;
/// Characters of a group; the last one checks the others.
pub const GROUP_CHARS: usize = 4;
/// Random bytes of a code: 120 bits, three characters of five bits in each group.
const RANDOM_BYTES: usize = 15;

/// Argon2id's costs: the second choice of RFC 9106, section 4, for where memory is scarce. In KiB.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 4;
/// RFC 9106, section 3.1: 16 bytes of salt are enough.
const SALT_BYTES: usize = 16;
/// AES-GCM's own (NIST SP 800-38D, 8.2).
const NONCE_BYTES: usize = 12;
const KEY_BYTES: usize = 32;
/// What [`Sealed`] is made of today.
const FORM: u32 = 1;

/// The code. It prints as `<redacted>` and opens only by [`RecoveryCode::groups`].
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

/// Something sealed under a code. It may lie on a stick that anybody finds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    /// 1: argon2id with 64 MiB, 3 passes and 4 lanes; AES-256-GCM. The costs are not in the file, so that
    /// a file cannot ask for more memory than the PC has.
    form: u32,
    /// Base64.
    salt: String,
    /// Base64.
    nonce: String,
    /// Base64: what was sealed, and its tag.
    text: String,
}

/// Why a typed text is no code, or opens nothing. Holds nothing of what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryCodeError {
    /// Nothing was typed.
    #[error("Type the recovery code from the paper: 8 groups of 4 characters.")]
    Empty,
    /// Characters are missing, or there are too many.
    #[error("A recovery code has 8 groups of 4 characters: check that none is missing.")]
    Length,
    /// In this group, the first being 1, is a character that no code has.
    #[error("Group {0} has a character that no recovery code has: check it again.")]
    Character(usize),
    /// This group, the first being 1, is not as it was written, or stands in another's place.
    #[error("Group {0} of the recovery code is wrong: check it again.")]
    Group(usize),
    /// A code well written, but of something else; or what was sealed was changed.
    #[error("This recovery code does not open it: check that the paper belongs to this copy.")]
    Wrong,
    /// Sealed by a newer Keshia.
    #[error("It was sealed by a newer Keshia: install that one first.")]
    Newer,
}

impl RecoveryCode {
    /// A new one, from the system's randomness.
    ///
    /// # Errors
    /// The system gives no randomness.
    pub fn new() -> Result<Self, TillError> {
        Ok(Self::from_random(random()?))
    }

    /// The code of these random bytes: the same bytes make the same code.
    #[must_use]
    pub fn from_random(bytes: [u8; RANDOM_BYTES]) -> Self {
        let mut bits = bytes
            .iter()
            .fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let mut text = String::with_capacity(GROUPS * GROUP_CHARS);
        for place in 0..GROUPS {
            let mut group = [place_of(place), b'0', b'0', b'0'];
            for slot in &mut group[1..] {
                *slot = character(u64::try_from(bits & 0b1_1111).unwrap_or_default());
                bits >>= 5;
            }
            text.extend(group[1..].iter().copied().map(char::from));
            text.push(char::from(check_character(&group)));
        }
        Self(text)
    }

    /// Reads what a person typed from paper: lower case, any spaces and dashes, O for 0, I or L for 1.
    ///
    /// # Errors
    /// A [`RecoveryCodeError`] that names the wrong group: every single wrong character, every two swapped
    /// ones in a group, and every two groups in each other's place.
    pub fn parse(typed: &str) -> Result<Self, RecoveryCodeError> {
        let mut text = String::with_capacity(GROUPS * GROUP_CHARS);
        for (index, typed) in typed.chars().filter(|c| c.is_alphanumeric()).enumerate() {
            let group = index / GROUP_CHARS + 1;
            if group > GROUPS {
                return Err(RecoveryCodeError::Length);
            }
            let byte = meant(typed).ok_or(RecoveryCodeError::Character(group))?;
            text.push(char::from(byte));
        }
        if text.is_empty() {
            return Err(RecoveryCodeError::Empty);
        }
        for (place, group) in text.as_bytes().chunks(GROUP_CHARS).enumerate() {
            if group.len() == GROUP_CHARS && residue(&[&[place_of(place)], group].concat()) != 0 {
                return Err(RecoveryCodeError::Group(place + 1));
            }
        }
        if text.len() == GROUPS * GROUP_CHARS {
            Ok(Self(text))
        } else {
            Err(RecoveryCodeError::Length)
        }
    }

    /// Its groups, to be shown once and written on paper.
    #[must_use]
    pub fn groups(&self) -> Vec<&str> {
        (0..GROUPS)
            .filter_map(|group| self.0.get(group * GROUP_CHARS..(group + 1) * GROUP_CHARS))
            .collect()
    }

    /// What can be kept to know the code again: an argon2id hash in PHC form, with a salt of its own.
    ///
    /// Takes a fifth of a second and 64 MiB on purpose: never on the thread that draws.
    ///
    /// # Errors
    /// The system gives no randomness or no memory.
    pub fn hash(&self) -> Result<String, TillError> {
        let salt: [u8; SALT_BYTES] = random()?;
        let hash = argon2id()?
            .hash_password_with_salt(self.0.as_bytes(), &salt)
            .map_err(TillError::internal)?;
        Ok(hash.to_string())
    }

    /// Is it the code that [`Self::hash`] was made of? As slow as that.
    #[must_use]
    pub fn is(&self, hash: &str) -> bool {
        argon2id().is_ok_and(|argon2| argon2.verify_password(self.0.as_bytes(), hash).is_ok())
    }

    /// Seals bytes under the code. `about` is not sealed but bound to them: what was sealed about one book
    /// does not open as another's. As slow as [`Self::hash`].
    ///
    /// # Errors
    /// The system gives no randomness or no memory.
    pub fn seal(&self, plain: &[u8], about: &str) -> Result<Sealed, TillError> {
        let salt: [u8; SALT_BYTES] = random()?;
        let nonce: [u8; NONCE_BYTES] = random()?;
        let payload = Payload {
            msg: plain,
            aad: about.as_bytes(),
        };
        let text = self
            .cipher(&salt)?
            .encrypt(&Nonce::from(nonce), payload)
            .map_err(TillError::internal)?;
        Ok(Sealed {
            form: FORM,
            salt: STANDARD.encode(salt),
            nonce: STANDARD.encode(nonce),
            text: STANDARD.encode(text),
        })
    }

    /// Opens what [`Self::seal`] made. As slow as that.
    ///
    /// # Errors
    /// [`RecoveryCodeError::Wrong`] for another code, another `about` or a changed text,
    /// [`RecoveryCodeError::Newer`] for a form that this program does not know.
    pub fn open(&self, sealed: &Sealed, about: &str) -> Result<Vec<u8>, RecoveryCodeError> {
        if sealed.form != FORM {
            return Err(RecoveryCodeError::Newer);
        }
        let bytes = |text: &str| STANDARD.decode(text).map_err(|_| RecoveryCodeError::Wrong);
        let nonce: [u8; NONCE_BYTES] = bytes(&sealed.nonce)?
            .try_into()
            .map_err(|_| RecoveryCodeError::Wrong)?;
        let payload = Payload {
            msg: &bytes(&sealed.text)?,
            aad: about.as_bytes(),
        };
        self.cipher(&bytes(&sealed.salt)?)
            .map_err(|_| RecoveryCodeError::Wrong)?
            .decrypt(&Nonce::from(nonce), payload)
            .map_err(|_| RecoveryCodeError::Wrong)
    }

    fn cipher(&self, salt: &[u8]) -> Result<Aes256Gcm, TillError> {
        let mut key = [0; KEY_BYTES];
        argon2id()?
            .hash_password_into(self.0.as_bytes(), salt, &mut key)
            .map_err(TillError::internal)?;
        Ok(Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)))
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

/// A group's place as a character that its check takes in; the first is 1, because a 0 would weigh nothing.
fn place_of(group: usize) -> u8 {
    character(u64::try_from(group + 1).unwrap_or_default())
}

fn argon2id() -> Result<Argon2<'static>, TillError> {
    let costs = Params::new(MEMORY_KIB, PASSES, LANES, Some(KEY_BYTES)).map_err(TillError::internal)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, costs))
}

fn random<const N: usize>() -> Result<[u8; N], TillError> {
    let mut bytes = [0; N];
    rand::rngs::SysRng
        .try_fill_bytes(&mut bytes)
        .map_err(TillError::internal)?;
    Ok(bytes)
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at its first surprise"
)]
mod tests {
    use proptest::prelude::*;
    use relay_wire::reference_text::ALPHABET;

    use super::*;

    fn code(seed: u8) -> RecoveryCode {
        RecoveryCode::from_random(std::array::from_fn(|place| {
            seed.wrapping_mul(31)
                .wrapping_add(u8::try_from(place).unwrap() * 17)
        }))
    }

    #[test]
    fn is_read_as_people_write() {
        let right = code(3);
        let paper = right.groups().join("-");
        assert_eq!(right.groups().len(), GROUPS, "eight groups: {paper}");
        let sloppy = paper.to_lowercase().replace('0', "o").replace('1', "l");
        for typed in [
            paper.clone(),
            sloppy,
            paper.replace('-', ""),
            format!("\u{a0}{}\n", paper.replace('-', " – ")),
        ] {
            assert_eq!(
                RecoveryCode::parse(&typed),
                Ok(right.clone()),
                "{typed:?} means {paper}"
            );
        }
        assert_eq!(
            RecoveryCode::parse(" - "),
            Err(RecoveryCodeError::Empty),
            "nothing"
        );
        assert_eq!(
            RecoveryCode::parse(&paper[..paper.len() - 1]),
            Err(RecoveryCodeError::Length),
            "one character is missing at the end"
        );
        assert_eq!(
            RecoveryCode::parse(&format!("{paper}0")),
            Err(RecoveryCodeError::Length),
            "one character too many"
        );
        assert_eq!(
            RecoveryCode::parse(&paper.replacen(&paper[..1], "U", 1)),
            Err(RecoveryCodeError::Character(1)),
            "no code has a U"
        );
    }

    #[test]
    fn every_slip_is_told_by_its_group() {
        let right = code(5);
        let text: Vec<u8> = right.groups().concat().into_bytes();
        let parse = |bytes: &[u8]| RecoveryCode::parse(std::str::from_utf8(bytes).unwrap());
        for place in 0..text.len() {
            for &other in ALPHABET.iter().filter(|&&other| other != text[place]) {
                let mut wrong = text.clone();
                wrong[place] = other;
                let group = place / GROUP_CHARS + 1;
                let told = parse(&wrong);
                assert_eq!(told, Err(RecoveryCodeError::Group(group)), "{other} at {place}");
            }
            for later in place + 1..text.len().min((place / GROUP_CHARS + 1) * GROUP_CHARS) {
                let mut wrong = text.clone();
                wrong.swap(place, later);
                assert!(
                    wrong == text || parse(&wrong).is_err(),
                    "{place} and {later} swapped"
                );
            }
        }
        for first in 0..GROUPS {
            for second in first + 1..GROUPS {
                let mut groups = right.groups();
                groups.swap(first, second);
                let told = RecoveryCode::parse(&groups.concat());
                let name = RecoveryCodeError::Group(first + 1);
                assert_eq!(told, Err(name), "groups {first} and {second} swapped");
            }
        }
    }

    #[test]
    fn opens_what_it_sealed_and_nothing_else_does() {
        let code_of_paper = code(1);
        let sealed = code_of_paper.seal(b"passkey bfb279f9", "book 1").unwrap();
        let json = serde_json::to_string(&sealed).unwrap();
        assert!(!json.contains("bfb279"), "nothing of it can be read: {json}");
        let sealed: Sealed = serde_json::from_str(&json).unwrap();
        let opened = code_of_paper.open(&sealed, "book 1");
        assert_eq!(
            opened.as_deref(),
            Ok(&b"passkey bfb279f9"[..]),
            "the paper opens it"
        );
        let wrong = Err(RecoveryCodeError::Wrong);
        assert_eq!(code(2).open(&sealed, "book 1"), wrong, "another paper does not");
        assert_eq!(
            code_of_paper.open(&sealed, "book 2"),
            wrong,
            "nor for another book"
        );
        let mut changed = sealed.clone();
        changed
            .text
            .replace_range(..1, if changed.text.starts_with('A') { "B" } else { "A" });
        assert_eq!(
            code_of_paper.open(&changed, "book 1"),
            wrong,
            "nor when it was changed"
        );
        let newer = Sealed { form: 2, ..sealed };
        let told = code_of_paper.open(&newer, "book 1");
        assert_eq!(
            told,
            Err(RecoveryCodeError::Newer),
            "a form that is not known is said"
        );
    }

    #[test]
    fn a_hash_knows_its_code_and_shows_nothing() {
        let right = code(7);
        let hash = right.hash().unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=65536,t=3,p=4$"),
            "its costs: {hash}"
        );
        assert!(right.is(&hash), "the code itself");
        assert!(!code(8).is(&hash), "another one");
        assert!(!right.is("no hash"), "nothing is no hash of it");
        assert_ne!(right.hash().unwrap(), hash, "a salt of its own each time");
        assert_eq!(format!("{right:?}"), "<redacted>", "a log shows nothing");
        assert_ne!(
            RecoveryCode::new().unwrap(),
            RecoveryCode::new().unwrap(),
            "random"
        );
    }

    proptest! {
        #[test]
        fn any_random_bytes_read_back(bytes in any::<[u8; RANDOM_BYTES]>()) {
            let code = RecoveryCode::from_random(bytes);
            prop_assert_eq!(RecoveryCode::parse(&code.groups().join(" ")), Ok(code));
        }

        #[test]
        fn any_text_gets_an_answer(text in any::<String>()) {
            let _ = RecoveryCode::parse(&text);
        }
    }
}
