//! The customer's phone of practice.

use tauri::{AppHandle, Runtime, State};
use till::TillError;

use crate::state::Shell;
use crate::windows;

/// Opens or raises it.
///
/// # Errors
/// [`till::Code::NotAllowed`] outside practice.
#[tauri::command]
pub async fn open_phone<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<(), TillError> {
    shell.ready(&app).await;
    windows::show_phone(&app, &shell.phone_server()?, shell.locale())
}
