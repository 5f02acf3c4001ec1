//! The till roll.

use tauri::{AppHandle, Runtime, State};
use till::view::{RollView, SaleView, WitnessView};
use till::{Code, ReceiptNumber, TillError};

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

/// Everything that witnesses said about one sale's M-PESA parts, oldest first.
///
/// # Errors
/// [`till::Code::NotFound`], or the disk's trouble.
#[tauri::command]
pub async fn witnesses<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    sale_id: String,
) -> Result<Vec<WitnessView>, TillError> {
    shell
        .till(&app)
        .await?
        .look(move |engine, _| engine.witnesses(&sale_id))
        .await
}

/// Gives a payment that came in to the sale a person says it is for.
///
/// # Errors
/// [`till::Code::CodeInvalid`], and those of [`till::engine::Engine::place_money`].
#[tauri::command]
pub async fn place_money<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    receipt: String,
    sale_id: String,
) -> Result<SaleView, TillError> {
    let receipt = ReceiptNumber::parse(&receipt)
        .map_err(|error| TillError::new(Code::CodeInvalid, error.to_string()))?;
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.place_money(&receipt, &sale_id, now))
        .await
}

/// Makes a payment that came in a sale of its own.
///
/// # Errors
/// [`till::Code::CodeInvalid`], and those of [`till::engine::Engine::sale_of_money`].
#[tauri::command]
pub async fn sale_of_money<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    receipt: String,
    none_of_them: bool,
) -> Result<SaleView, TillError> {
    let receipt = ReceiptNumber::parse(&receipt)
        .map_err(|error| TillError::new(Code::CodeInvalid, error.to_string()))?;
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.sale_of_money(&receipt, none_of_them, now))
        .await
}
