//! The three doors of the first start.

use daraja::{AppKey, Client, NotSent, Timeouts};
use tauri::{AppHandle, Runtime, State};
use till::files::FileKind;
use till::people::Act;
use till::shop::{self, Connection, ReceiverNumbers, Shop};
use till::{Code, TillError};

use super::settings::{name, sticker};
use crate::keys::{self, Keys};
use crate::open;
use crate::state::Shell;
use crate::views::{AppState, ConnectForm, ConnectionTest, ConnectionWord, Kind, StartTodayForm};
use crate::windows;

/// A clock further off than this is worth a word, in seconds.
const SKEW_WORTH_TELLING_S: i64 = 60;

/// Everything the page must know before it draws anything; waits until the book is open, and tries again
/// when it could not be opened before.
///
/// # Errors
/// None: what is wrong is in the state.
#[tauri::command]
pub async fn app_state<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<AppState, TillError> {
    shell.ready(&app).await;
    shell.look_again(&app).await;
    Ok(shell.app_state())
}

/// Opens the practice book, and the customer's phone beside it.
///
/// # Errors
/// The book's or the disk's trouble.
#[tauri::command]
pub async fn choose_practice<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<AppState, TillError> {
    shell.acts(&app, Act::Connection).await?;
    shell
        .switch(&app, FileKind::Practice, Box::new(|_| Ok(())))
        .await?;
    let (server, locale) = (shell.phone_server(), shell.locale());
    // The till does not wait for its practice phone; one key opens it again.
    tauri::async_runtime::spawn(async move {
        if let Err(error) = server.and_then(|server| windows::show_phone(&app, &server, locale)) {
            tracing::warn!("the customer's phone did not open: {error}");
        }
    });
    Ok(shell.app_state())
}

/// Opens the real book with nothing but a name and the number on the sticker.
///
/// # Errors
/// [`Code::NumberInvalid`], [`Code::NotAllowed`] without a name, or the book's trouble.
#[tauri::command]
pub async fn start_today<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    form: StartTodayForm,
) -> Result<AppState, TillError> {
    shell.acts(&app, Act::Connection).await?;
    let (shop_name, number) = (name(&form.shop_name)?, sticker(&form.till_number)?);
    let set_up = move |shop: &mut Shop| {
        shop.name = shop_name;
        shop.pay_number = Some(number);
        Ok(())
    };
    shell.switch(&app, shell.real_kind(), Box::new(set_up)).await?;
    Ok(shell.app_state())
}

/// Connects the shop: its keys go into the key store, its numbers into the book.
///
/// # Errors
/// [`Code::NumberInvalid`], [`Code::KeysMissing`], [`Code::Keyring`], [`Code::NotAllowed`] without a name,
/// [`Code::PushLive`] while a prompt is under way, or
/// the book's trouble. The book is as before then.
#[tauri::command]
pub async fn connect<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    form: ConnectForm,
) -> Result<AppState, TillError> {
    shell.acts(&app, Act::Connection).await?;
    let shop_name = name(&form.shop_name)?;
    let (connection, keys) = form.read()?;
    let kind = shell.real_kind();
    shell.nothing_under_way(kind).await?;
    let places = std::sync::Arc::clone(shell.places());
    let set_up = move |shop: &mut Shop| {
        let store = (places.secrets)(&shop.file_id).map_err(|error| keys::refused(&error))?;
        keys.keep(&*store)?;
        shop.name = shop_name;
        shop.pay_number = Some(connection.receiver.pay_number().to_owned());
        // Read back from the store, so that a store that forgets is found out here and not at a customer.
        open::stored_line(&places, kind, shop, &connection, None)?;
        shop.connection = Some(connection);
        Ok(())
    };
    shell.switch(&app, kind, Box::new(set_up)).await?;
    // From the doors a book that tells people apart was opened as it is: its owner connects it from inside.
    shell.unlocked().await?;
    Ok(shell.app_state())
}

/// Tries the keys: asks for a token, sends nothing, keeps nothing. What is wrong is an answer, not an error.
///
/// # Errors
/// Those of [`till::engine::Engine::may`].
#[tauri::command]
pub async fn test_connection<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    form: ConnectForm,
) -> Result<ConnectionTest, TillError> {
    shell.looks(&app, Act::Connection).await?;
    let tried = match client(&shell, form) {
        Ok(client) => client
            .token()
            .await
            .map(|_| client.clock_skew())
            .map_err(|not_sent| not_sent_error(&not_sent)),
        Err(error) => Err(error),
    };
    Ok(match tried {
        Ok(skew) => ConnectionTest {
            ok: true,
            code: ConnectionWord::Ok,
            message: "Safaricom accepts these keys.".to_owned(),
            clock_skew_s: skew
                .map(|skew| skew.num_seconds())
                .filter(|skew_s| skew_s.abs() > SKEW_WORTH_TELLING_S),
        },
        Err(error) => ConnectionTest {
            ok: false,
            code: ConnectionWord::Wrong(error.code),
            message: error.message,
            clock_skew_s: None,
        },
    })
}

fn client(shell: &Shell, form: ConnectForm) -> Result<Client, TillError> {
    let (connection, keys) = form.read()?;
    keys.complete()?;
    let elsewhere = shell.places().elsewhere.clone()?;
    let base = shop::address(shell.real_kind(), connection.environment, elsewhere.as_ref())?;
    Client::new(base, keys.app, Timeouts::default()).map_err(open::internal)
}

/// Why no token came, in words with what to do next.
fn not_sent_error(not_sent: &NotSent) -> TillError {
    let (code, message) = match not_sent {
        NotSent::NoNetwork => (
            Code::NoNetwork,
            "Safaricom cannot be reached. Check the internet connection.",
        ),
        NotSent::Tls => (
            Code::NotSecure,
            "There is no secure connection to Safaricom. Another network, or the antivirus, may be in the way.",
        ),
        NotSent::ClockWrong => (
            Code::ClockWrong,
            "The PC's date is wrong. Set date and time, then try again.",
        ),
        NotSent::WrongKeys => (
            Code::WrongKeys,
            "Safaricom does not know these keys. Copy both from the Daraja portal, of the app for this environment.",
        ),
        NotSent::CaptivePortal => (
            Code::CaptivePortal,
            "A sign-in page answered instead of Safaricom. Open a browser, sign in to this network, then try again.",
        ),
        NotSent::ServerTrouble { .. } => (
            Code::ServerTrouble,
            "Safaricom's sign-in service does not answer properly. Try again in a few minutes.",
        ),
        NotSent::RateLimited => (
            Code::Busy,
            "Safaricom was asked too often. Wait a minute, then try again.",
        ),
        NotSent::Limit(limit) => return TillError::new(Code::Internal, limit.to_string()),
    };
    TillError::new(code, message)
}

impl ConnectForm {
    /// Takes the form apart: numbers checked, keys apart.
    fn read(self) -> Result<(Connection, Keys), TillError> {
        let receiver = match self.kind {
            Kind::Paybill => ReceiverNumbers::Paybill {
                number: self.paybill.trim().to_owned(),
            },
            Kind::Till => ReceiverNumbers::Till {
                store: self.store.trim().to_owned(),
                till: self.till.trim().to_owned(),
            },
        };
        receiver.parse()?;
        let app = AppKey {
            consumer_key: self.consumer_key,
            consumer_secret: self.consumer_secret,
        };
        let connection = Connection {
            environment: self.environment.into(),
            receiver,
            pull: false,
        };
        Ok((
            connection,
            Keys {
                app,
                passkey: self.passkey,
            },
        ))
    }
}
