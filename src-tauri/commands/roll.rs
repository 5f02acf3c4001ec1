//! The till roll.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::view::{RollView, SaleView};

use crate::state::Shell;

/// Today's sales, the draft and the connection.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn roll<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<RollView, TillError> {
    shell.till(&app).await?.look(|engine, now| engine.roll(now)).await
}

/// One sale.
///
/// # Errors
/// [`till::Code::NotFound`], or the disk's trouble.
#[tauri::command]
pub async fn sale<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<SaleView, TillError> {
    shell
        .till(&app)
        .await?
        .look(move |engine, now| engine.sale(&sale_id, now))
        .await
}
