//! The connection: the PC's clock, and Safaricom's list of payments.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::people::Act;

use crate::state::Shell;

/// A person says that the PC's date is right.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn confirm_clock<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<(), TillError> {
    shell
        .till(&app)
        .await?
        .call(|engine, now| engine.confirm_clock(now).map(|effects| ((), effects)))
        .await
}

/// Reads Safaricom's list of payments as soon as it may be read.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn pull_now<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<(), TillError> {
    shell.looks(&app, Act::Sell).await?;
    shell
        .till(&app)
        .await?
        .call(|engine, now| Ok(((), engine.pull_now(now))))
        .await
}
