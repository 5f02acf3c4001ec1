//! The relay of the open book: its keys, and the link that reads it.

use till::driver::{OwnersLink, RelayClient, RelayKeys, RelayLink, Till};
use till::secrets::SecretName;
use till::shop::{RelayAddress, Shop};
use till::{Code, TillError};

use crate::keys::refused;
use crate::places::Places;

/// The way to the shop's relay; `None` without one, or when its keys cannot be had: the till works on without.
pub(crate) fn client(places: &Places, shop: &Shop) -> Option<RelayClient> {
    let address = shop.relay.clone()?;
    read(places, shop, address)
        .inspect_err(|error| tracing::warn!(code = ?error.code, "no relay: {error}"))
        .ok()
}

fn read(places: &Places, shop: &Shop, address: RelayAddress) -> Result<RelayClient, TillError> {
    let store = (places.secrets)(&shop.file_id).map_err(|error| refused(&error))?;
    let kept = store.get(SecretName::Relay).map_err(|error| refused(&error))?;
    let keys = kept.as_ref().and_then(RelayKeys::of_secret).ok_or_else(|| {
        TillError::new(
            Code::KeysMissing,
            "The relay's keys are not in the key store any more: pair with the relay once more.",
        )
    })?;
    RelayClient::new(address, keys)
}

/// Begins to read.
pub(crate) fn link(till: &Till, client: RelayClient, owner: Option<OwnersLink>) -> (RelayClient, RelayLink) {
    let link = RelayLink::start(
        till.clone(),
        client.clone(),
        owner,
        &tokio::runtime::Handle::current(),
    );
    (client, link)
}

/// The link for the owner's phone, when one was made.
pub(crate) fn owners_link(places: &Places, shop: &Shop) -> Option<OwnersLink> {
    let store = (places.secrets)(&shop.file_id).ok()?;
    store
        .get(SecretName::OwnersPage)
        .ok()?
        .as_ref()
        .and_then(OwnersLink::of_secret)
}

/// Keeps the link for the owner's phone, or forgets it.
///
/// # Errors
/// [`Code::Keyring`] when there is no key store, or it refuses.
pub(crate) fn keep_owners_link(
    places: &Places,
    shop: &Shop,
    link: Option<&OwnersLink>,
) -> Result<(), TillError> {
    let store = (places.secrets)(&shop.file_id).map_err(|error| refused(&error))?;
    match link {
        Some(link) => store.set(SecretName::OwnersPage, &link.to_secret()),
        None => store.delete(SecretName::OwnersPage),
    }
    .map_err(|error| refused(&error))
}

/// Keeps the keys of a relay, in the place of those before.
///
/// # Errors
/// [`Code::Keyring`] when there is no key store, or it refuses.
pub(crate) fn keep(places: &Places, shop: &Shop, keys: &RelayKeys) -> Result<(), TillError> {
    let store = (places.secrets)(&shop.file_id).map_err(|error| refused(&error))?;
    store
        .set(SecretName::Relay, &keys.to_secret())
        .map_err(|error| refused(&error))
}

/// Forgets them; without a key store there is nothing to forget.
pub(crate) fn forget(places: &Places, shop: &Shop) {
    let forgotten = (places.secrets)(&shop.file_id).and_then(|store| store.delete(SecretName::Relay));
    if let Err(error) = forgotten {
        tracing::warn!("the relay's keys were not forgotten: {error}");
    }
}
