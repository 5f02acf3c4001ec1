//! Sealing: HPKE (RFC 9180) in its base mode, X25519, HKDF-SHA256, ChaCha20-Poly1305.
//!
//! One key a shop, which every counter of it derives from the shop's secret: a counter that is paired later,
//! or a PC that replaces a broken one, reads what is still kept.
//!
//! A key exchange costs as much as all else that a relay does with an event. So a [`Sealer`] makes one and takes a key
//! out of it (RFC 9180, 5.3: secret export) that serves for the events of a few minutes, each with a random nonce of
//! XChaCha20's 24 bytes. Each event carries all that opens it, whatever became of those beside it.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand::Rng as _;
use serde::{Deserialize, Serialize};

use zeroize::Zeroizing;

use crate::event::Inbound;
use crate::hex;
use crate::secret::ShopSecret;

type Key = <X25519HkdfSha256 as Kem>::PrivateKey;
type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

/// What the seal is for, so that bytes sealed for anything else do not open.
const INFO: &[u8] = b"keshia relay event 2";
/// The same, of a relay before it had sealers: one exchange for each event. A log may still hold some.
const INFO_OF_ONE: &[u8] = b"keshia relay event 1";
/// What the exported key is for.
const EXPORTED: &[u8] = b"events";
/// Length of an encapsulated X25519 key, bytes (RFC 9180, 7.1).
const ENCAPPED_LEN: usize = 32;
/// Length of XChaCha20's nonce, bytes.
const NONCE_LEN: usize = 24;

/// What the relay seals to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ShopPublicKey([u8; 32]);

/// Seals events to one shop's key.
pub struct Sealer {
    encapped: [u8; ENCAPPED_LEN],
    cipher: XChaCha20Poly1305,
}

/// What opens the seals.
pub struct ShopKey(Key, ShopPublicKey);

/// Why something could not be sealed or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// A key that is none.
    #[error("this is no key")]
    Key,
    /// Not sealed to this key, for this shop, or changed since.
    #[error("this event is not for this shop, or was changed")]
    NotOurs,
    /// Opened, but there is no event in it that this version knows.
    #[error("this event cannot be read by this version")]
    Unreadable,
}

impl ShopPublicKey {
    /// The key's bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Sealer {
    /// One key exchange, which nobody but the shop can follow.
    ///
    /// # Errors
    /// [`SealError::Key`].
    pub fn to(key: &ShopPublicKey) -> Result<Self, SealError> {
        let key = PublicKey::from_bytes(&key.0).map_err(|_| SealError::Key)?;
        let (encapped, context) =
            hpke::setup_sender::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(&OpModeS::Base, &key, INFO)
                .map_err(|_| SealError::Key)?;
        let mut bytes = [0; ENCAPPED_LEN];
        bytes.copy_from_slice(encapped.to_bytes().as_slice());
        Ok(Self {
            encapped: bytes,
            cipher: exported(|key| context.export(EXPORTED, key).is_ok()).ok_or(SealError::Key)?,
        })
    }

    /// Seals an event for one shop: its id is bound into the seal, so that one shop's event is never another's.
    ///
    /// # Errors
    /// [`SealError::Unreadable`] for an event that cannot be written.
    pub fn seal(&self, shop_id: &str, event: &Inbound) -> Result<Vec<u8>, SealError> {
        let plain = serde_json::to_vec(event).map_err(|_| SealError::Unreadable)?;
        let mut nonce = [0; NONCE_LEN];
        rand::rng().fill_bytes(&mut nonce);
        let payload = Payload {
            msg: &plain,
            aad: shop_id.as_bytes(),
        };
        let sealed = self
            .cipher
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| SealError::Unreadable)?;
        Ok([self.encapped.as_slice(), &nonce, &sealed].concat())
    }
}

/// The cipher of an exchange, from what both of its ends export.
fn exported(export: impl FnOnce(&mut [u8; 32]) -> bool) -> Option<XChaCha20Poly1305> {
    let mut key = Zeroizing::new([0; 32]);
    export(&mut key).then(|| XChaCha20Poly1305::new((&*key).into()))
}

impl ShopKey {
    /// The key that a shop's secret stands for.
    #[must_use]
    pub fn of(secret: &ShopSecret) -> Self {
        let (private, public) = X25519HkdfSha256::derive_keypair(secret.expose());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(public.to_bytes().as_slice());
        Self(private, ShopPublicKey(bytes))
    }

    /// What the relay needs.
    #[must_use]
    pub const fn public(&self) -> &ShopPublicKey {
        &self.1
    }

    /// Opens a sealed event of this shop.
    ///
    /// # Errors
    /// [`SealError::NotOurs`] or [`SealError::Unreadable`].
    pub fn open(&self, shop_id: &str, sealed: &[u8]) -> Result<Inbound, SealError> {
        let (encapped, sealed) = sealed.split_at_checked(ENCAPPED_LEN).ok_or(SealError::NotOurs)?;
        let encapped = Encapped::from_bytes(encapped).map_err(|_| SealError::NotOurs)?;
        let plain = self
            .open_of_many(shop_id, &encapped, sealed)
            .or_else(|| self.open_of_one(shop_id, &encapped, sealed))
            .ok_or(SealError::NotOurs)?;
        serde_json::from_slice(&plain).map_err(|_| SealError::Unreadable)
    }

    fn open_of_many(&self, shop_id: &str, encapped: &Encapped, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let context = hpke::setup_receiver::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            encapped,
            INFO,
        )
        .ok()?;
        let payload = Payload {
            msg: sealed,
            aad: shop_id.as_bytes(),
        };
        exported(|key| context.export(EXPORTED, key).is_ok())?
            .decrypt(&XNonce::from(*nonce), payload)
            .ok()
    }

    fn open_of_one(&self, shop_id: &str, encapped: &Encapped, sealed: &[u8]) -> Option<Vec<u8>> {
        hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &self.0,
            encapped,
            INFO_OF_ONE,
            sealed,
            shop_id.as_bytes(),
        )
        .ok()
    }
}

impl fmt::Debug for ShopKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<redacted>")
    }
}

impl fmt::Debug for ShopPublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl TryFrom<String> for ShopPublicKey {
    type Error = SealError;

    fn try_from(text: String) -> Result<Self, SealError> {
        hex::decode(&text).map(Self).ok_or(SealError::Key)
    }
}

impl From<ShopPublicKey> for String {
    fn from(key: ShopPublicKey) -> Self {
        hex::encode(&key.0)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::event::{Kind, Mark};

    fn event(body: &[u8]) -> Inbound {
        Inbound {
            kind: Kind::Stk,
            path: "push/secret".into(),
            received_ms: 1_795_000_000_000,
            marks: vec![Mark::Source],
            body: body.to_vec(),
        }
    }

    fn sealer(key: &ShopKey) -> Sealer {
        Sealer::to(key.public()).unwrap()
    }

    #[test]
    fn only_the_shop_with_the_secret_opens_it() {
        let secret = ShopSecret::random();
        let key = ShopKey::of(&secret);
        let sealed = sealer(&key).seal("shop-1", &event(b"{}")).unwrap();
        assert_eq!(key.open("shop-1", &sealed), Ok(event(b"{}")), "its own");
        let again = ShopKey::of(&ShopSecret::parse(&secret.reveal()).unwrap());
        assert_eq!(
            again.open("shop-1", &sealed),
            Ok(event(b"{}")),
            "a second counter's key is the same"
        );
        assert_eq!(
            key.open("shop-2", &sealed),
            Err(SealError::NotOurs),
            "another shop's event"
        );
        let stranger = ShopKey::of(&ShopSecret::random());
        assert_eq!(
            stranger.open("shop-1", &sealed),
            Err(SealError::NotOurs),
            "another's key"
        );
    }

    #[test]
    fn two_seals_of_one_event_differ() {
        let key = ShopKey::of(&ShopSecret::random());
        let one = sealer(&key);
        let (first, second) = (
            one.seal("s", &event(b"same")).unwrap(),
            one.seal("s", &event(b"same")).unwrap(),
        );
        assert_eq!(first[..ENCAPPED_LEN], second[..ENCAPPED_LEN], "of one exchange");
        let alike = first
            .iter()
            .zip(&second)
            .skip(ENCAPPED_LEN)
            .filter(|(a, b)| a == b);
        assert!(
            alike.count() < first.len() / 8,
            "or the disk would tell which posts were equal"
        );
        let other = sealer(&key).seal("s", &event(b"same")).unwrap();
        assert_ne!(
            first[..ENCAPPED_LEN],
            other[..ENCAPPED_LEN],
            "another exchange, another key"
        );
        for sealed in [second, other, first] {
            assert_eq!(
                key.open("s", &sealed),
                Ok(event(b"same")),
                "each opens alone, in any order"
            );
        }
    }

    #[test]
    fn what_an_older_relay_sealed_still_opens() {
        let key = ShopKey::of(&ShopSecret::random());
        let plain = serde_json::to_vec(&event(b"{}")).unwrap();
        let (encapped, sealed) = hpke::single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &PublicKey::from_bytes(key.public().as_bytes()).unwrap(),
            b"keshia relay event 1",
            &plain,
            b"shop-1",
        )
        .unwrap();
        let sealed = [encapped.to_bytes().as_slice(), &sealed].concat();
        assert_eq!(
            key.open("shop-1", &sealed),
            Ok(event(b"{}")),
            "its log outlives an update"
        );
        assert_eq!(
            key.open("shop-2", &sealed),
            Err(SealError::NotOurs),
            "for its own shop"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_changed_seal_does_not_open(
            body in prop::collection::vec(any::<u8>(), 0..200),
            at in any::<prop::sample::Index>(),
            bit in 0_u8..8,
            cut in any::<prop::sample::Index>(),
        ) {
            let key = ShopKey::of(&ShopSecret::random());
            let mut sealed = sealer(&key).seal("s", &event(&body)).unwrap();
            prop_assert_eq!(key.open("s", &sealed), Ok(event(&body)), "whole");
            let short = &sealed[..cut.index(sealed.len())];
            prop_assert!(key.open("s", short).is_err(), "cut off");
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            // X25519 ignores the highest bit of the encapsulated key; HKDF binds its bytes, so it is noticed too.
            prop_assert!(key.open("s", &sealed).is_err(), "one bit changed");
        }

        #[test]
        fn noise_opens_nothing(noise in prop::collection::vec(any::<u8>(), 0..300)) {
            let key = ShopKey::of(&ShopSecret::random());
            prop_assert!(key.open("s", &noise).is_err(), "noise");
        }
    }
}
