//! The relay, and other counters on the same number.

use relay_wire::Pairing;
use tauri::{AppHandle, Runtime, State};
use till::driver::RelayClient;
use till::engine::Sharing;
use till::people::Act;
use till::shop::Shop;
use till::{Code, Money, TillError};

use super::money;
use crate::pay_code;
use crate::state::Shell;
use crate::views::{OwnersPage, PairingLine, RelaySettings};

/// What the settings show of the relay.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn relay_settings<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<RelaySettings, TillError> {
    shell.looks(&app, Act::Settings).await?;
    view(&app, &shell).await
}

/// Pairs this counter by a pairing line, in the place of any relay before.
///
/// # Errors
/// [`Code::AddressInvalid`] for no pairing line, what the relay says, or [`Code::Keyring`].
#[tauri::command]
pub async fn pair_relay<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    line: String,
) -> Result<RelaySettings, TillError> {
    shell.acts(&app, Act::Connection).await?;
    let line: Pairing = line.parse().map_err(|_| {
        TillError::new(
            Code::AddressInvalid,
            "This is no pairing line: copy all of it, from keshia-pair on.",
        )
    })?;
    shell.pair(&line).await?;
    view(&app, &shell).await
}

/// Ends the pairing here; on the relay `keshia-relay counter revoke` ends it too.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn unpair_relay<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<RelaySettings, TillError> {
    shell.acts(&app, Act::Connection).await?;
    shell.unpair().await?;
    view(&app, &shell).await
}

/// This book was restored: the relay goes on with it, though it has seen a longer one.
///
/// # Errors
/// [`Code::NotAllowed`] when it was not restored, [`Code::NotConnected`] without a relay, what the relay says.
#[tauri::command]
pub async fn relay_goes_on<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<RelaySettings, TillError> {
    shell.acts(&app, Act::Restore).await?;
    let till = shell.till(&app).await?;
    let client = shell
        .relay_client()
        .ok_or_else(|| TillError::new(Code::NotConnected, "This counter has no relay."))?;
    client.go_on_restored(&till).await?;
    view(&app, &shell).await
}

/// The line that lets one more counter in.
///
/// # Errors
/// [`Code::NotConnected`] without a relay, or what the relay says.
#[tauri::command]
pub async fn pair_counter<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<PairingLine, TillError> {
    shell.acts(&app, Act::Connection).await?;
    let client = shell.relay_client().ok_or_else(|| {
        TillError::new(
            Code::NotConnected,
            "This counter has no relay that could let another one in.",
        )
    })?;
    let (line, made) = client.pairing_line().await?;
    // From now on another counter may book what comes: nothing is booked without asking.
    shell.share(Sharing::Claims).await?;
    Ok(PairingLine {
        line: line.to_string(),
        expires_ms: made.expires_ms,
    })
}

/// Which part this counter has among several on one number, and up to which amount the relay is believed.
///
/// # Errors
/// [`Code::AmountInvalid`], or the disk's trouble.
#[tauri::command]
pub async fn set_counters<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sharing: Sharing,
    letter: String,
    told_limit: i64,
) -> Result<RelaySettings, TillError> {
    shell.acts(&app, Act::Connection).await?;
    let told_limit = money(told_limit)?;
    let letter = letter
        .chars()
        .next()
        .and_then(till::reference::CounterChar::new)
        .ok_or_else(|| {
            TillError::new(
                Code::NotAllowed,
                "A counter has one letter: A to Z without I, L, O and U.",
            )
        })?;
    let change = move |shop: &mut Shop| {
        shop.sharing = sharing;
        shop.counter = letter.as_char();
        shop.told_limit = Some(told_limit);
    };
    shell.change_counter(change).await?;
    view(&app, &shell).await
}

/// A new link for the owner's phone, as text and as a square code. The one before shows nothing any more.
///
/// # Errors
/// [`Code::NotConnected`] without a relay, what the relay says, or [`Code::Keyring`].
#[tauri::command]
pub async fn make_owners_page<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<OwnersPage, TillError> {
    shell.acts(&app, Act::OwnersPage).await?;
    let address = shell.make_owners_link().await?;
    Ok(OwnersPage {
        code: pay_code::draw(&address),
        address,
    })
}

/// Takes the owner's page away.
///
/// # Errors
/// As for [`make_owners_page`].
#[tauri::command]
pub async fn drop_owners_page<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<(), TillError> {
    shell.acts(&app, Act::OwnersPage).await?;
    shell.drop_owners_link().await
}

async fn view<R: Runtime>(app: &AppHandle<R>, shell: &Shell) -> Result<RelaySettings, TillError> {
    let till = shell.till(app).await?;
    let (place, sharing, limit): (_, _, Money) = till
        .look(|engine, _| {
            Ok((
                engine.relay_place()?,
                engine.sharing(),
                engine.policy().told_limit,
            ))
        })
        .await?;
    let client: Option<RelayClient> = shell.relay_client();
    let addresses = client.as_ref().map(RelayClient::c2b_addresses);
    Ok(RelaySettings {
        address: shell.relay_address(),
        ready: client.is_some(),
        confirmation: addresses.as_ref().map(|(confirmation, _)| confirmation.clone()),
        validation: addresses.map(|(_, validation)| validation),
        strange: place.strange,
        set_aside: place.set_aside,
        missed: place.missed,
        sharing,
        told_limit: limit,
    })
}
