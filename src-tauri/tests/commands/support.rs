//! An app without a screen, in a folder of its own.

use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use daraja::{BaseUrl, Secret};
use keshia_shell::places::Places;
use keshia_shell::state::Shell;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, Listener, Manager, WebviewWindow, WebviewWindowBuilder};
use till::files::DataDir;
use till::secrets::{MemoryStore, SecretError, SecretName, SecretStore, StoreKind};

/// Longer than anything here takes; a test that waits so long has failed.
pub const DEADLINE: Duration = Duration::from_secs(60);

/// A key store all of an app's openings share.
#[derive(Clone, Default)]
pub struct Vault(pub Arc<MemoryStore>);

impl SecretStore for Vault {
    fn get(&self, name: SecretName) -> Result<Option<Secret>, SecretError> {
        self.0.get(name)
    }

    fn set(&self, name: SecretName, secret: &Secret) -> Result<(), SecretError> {
        self.0.set(name, secret)
    }

    fn delete(&self, name: SecretName) -> Result<(), SecretError> {
        self.0.delete(name)
    }

    fn kind(&self) -> StoreKind {
        self.0.kind()
    }
}

/// Places in a test's folder, with nothing but memory for keys.
pub fn places(folder: &Path, vault: &Vault) -> Places {
    let vault = vault.clone();
    Places {
        data: DataDir::at(folder),
        elsewhere: Ok(None),
        secrets: Arc::new(move |_| Ok(Box::new(vault.clone()))),
        pc: None,
    }
}

/// The app and its main window. Dropped, it closes its book.
pub struct Till {
    pub app: App<MockRuntime>,
    pub main: WebviewWindow<MockRuntime>,
}

impl Till {
    /// In a new folder, or one that another app left.
    pub fn open(folder: &Path) -> Self {
        Self::open_with(places(folder, &Vault::default()))
    }

    /// Beside a server.
    pub fn open_at(folder: &Path, server: &str) -> Self {
        let elsewhere = Ok(Some(BaseUrl::parse(server).unwrap()));
        Self::open_with(Places {
            elsewhere,
            ..places(folder, &Vault::default())
        })
    }

    pub fn open_with(places: Places) -> Self {
        let app = keshia_shell::build(mock_builder(), places)
            .build(tauri::generate_context!(test = true))
            .expect("the app's own configuration builds");
        let main = Self::window(&app, "main");
        Self { app, main }
    }

    /// One more window.
    pub fn window(app: &App<MockRuntime>, label: &str) -> WebviewWindow<MockRuntime> {
        app.get_webview_window(label).unwrap_or_else(|| {
            WebviewWindowBuilder::new(app, label, tauri::WebviewUrl::default())
                .build()
                .expect("a mock window")
        })
    }

    /// Calls a command as the page does.
    pub fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        call_from(&self.main, own_page(), command, arguments)
    }

    /// As [`Self::call`], for what must succeed.
    #[track_caller]
    pub fn ok(&self, command: &str, arguments: Value) -> Value {
        self.call(command, arguments)
            .unwrap_or_else(|error| panic!("{command} was refused: {error}"))
    }

    /// As [`Self::call`], for what must be refused: its code.
    #[track_caller]
    pub fn refused(&self, command: &str, arguments: Value) -> String {
        let error = match self.call(command, arguments) {
            Err(error) => error,
            Ok(answer) => panic!("{command} must be refused, and answered {answer}"),
        };
        assert!(
            error["message"]
                .as_str()
                .is_some_and(|message| message.ends_with('.')),
            "an error is a code and a sentence: {error}"
        );
        error["code"]
            .as_str()
            .unwrap_or_else(|| panic!("an error has a code: {error}"))
            .to_owned()
    }

    /// Hears an event from now on.
    pub fn listen(&self, event: &str) -> mpsc::Receiver<Value> {
        let (tell, heard) = mpsc::channel();
        self.app.listen_any(event, move |event| {
            let _ = tell.send(serde_json::from_str(event.payload()).expect("an event is JSON"));
        });
        heard
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        tauri::async_runtime::block_on(self.app.state::<Shell>().close());
    }
}

/// The address of the app's own page.
pub fn own_page() -> &'static str {
    if cfg!(windows) {
        "http://tauri.localhost"
    } else {
        "tauri://localhost"
    }
}

/// Calls a command from any window and any page.
pub fn call_from(
    window: &WebviewWindow<MockRuntime>,
    page: &str,
    command: &str,
    arguments: Value,
) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: page.parse().expect("a page's address"),
        body: InvokeBody::Json(arguments),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().expect("an answer is JSON"))
}

/// A simulator outside the app.
pub fn simulator() -> daraja_sim::Running {
    tauri::async_runtime::block_on(async {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a free port");
        daraja_sim::serve(listener, daraja_sim::Config::default()).await
    })
}

/// A good form of the third door.
pub fn connect_form() -> Value {
    json!({
        "shop_name": "Duka la Achieng", "environment": "sandbox", "kind": "paybill",
        "paybill": "174379", "store": "", "till": "",
        "consumer_key": "practice-key", "consumer_secret": "practice-secret",
        "passkey": "bfb279f9aa9bdbcf158e97dd71a467cd2e0c893059b10f78e6b72ada1ed2c919",
    })
}
