//! Closing the window with a payment under way.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::view::ClosingView;

use crate::state::Shell;
use crate::windows;

/// What is under way.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn closing<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<ClosingView, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.closing(now))
        .await
}

/// Closes the window; what is under way is in the book and is taken up at the next start.
///
/// # Errors
/// [`till::Code::Internal`] when the system refuses.
#[tauri::command]
pub async fn close_anyway<R: Runtime>(app: AppHandle<R>) -> Result<(), TillError> {
    windows::close_till(&app)
}
