//! The close of the day, and sales from paper.

use chrono::{DateTime, Utc};
use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::engine::{PaperPaid, PaperSale};
use till::view::{ClosingDayView, ReadFrom, SaleView, ZReport, ZView};

use super::money;
use crate::state::Shell;

/// So many closes are listed.
const LISTED: u32 = 60;

/// The open day added up.
///
/// # Errors
/// Those of [`till::engine::Engine::x_report`].
#[tauri::command]
pub async fn x_report<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<ZReport, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.x_report(now))
        .await
}

/// Since when the day is open, and what stands before its close.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn closing_day<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<ClosingDayView, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.closing_day(now))
        .await
}

/// As [`closing_day`]; Safaricom is asked once more about all that is not known.
///
/// # Errors
/// Those of [`till::engine::Engine::before_close`].
#[tauri::command]
pub async fn before_close<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<ClosingDayView, TillError> {
    shell
        .till(&app)
        .await?
        .call(|engine, now| engine.before_close(now))
        .await
}

/// Closes the day; `words` say that the closing person has seen what is not known.
///
/// # Errors
/// Those of [`till::engine::Engine::close_day`].
#[tauri::command]
pub async fn close_day<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    words: Option<String>,
) -> Result<ZView, TillError> {
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.close_day(words.as_deref(), now))
        .await
}

/// The newest closes, the newest first.
///
/// # Errors
/// Those of [`till::engine::Engine::closes`].
#[tauri::command]
pub async fn closes<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<Vec<ZView>, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.closes(LISTED, now))
        .await
}

/// Writes one sale in from paper: by cash, or by the code that was written down.
///
/// # Errors
/// Those of [`till::engine::Engine::write_in`].
#[tauri::command]
pub async fn write_in<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    amount: i64,
    at: DateTime<Utc>,
    code: Option<String>,
) -> Result<SaleView, TillError> {
    let line = PaperSale {
        amount: money(amount)?,
        at,
        paid: match code {
            None => PaperPaid::Cash,
            Some(code) => PaperPaid::Code {
                code,
                read_from: ReadFrom::CustomerPhone,
            },
        },
    };
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.write_in(&line, now)).await
}
