//! Days, weeks, months and closes added up, and the sales of them.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::people::Act;
use till::view::{DayReport, Period, SalesFound};

use crate::state::Shell;

/// What the book says of a period.
///
/// # Errors
/// Those of [`till::engine::Engine::report`].
#[tauri::command]
pub async fn day_report<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    period: Period,
) -> Result<DayReport, TillError> {
    shell.looks(&app, Act::SeeDay).await?;
    shell
        .till(&app)
        .await?
        .look(move |engine, now| engine.report(period, now))
        .await
}

/// Sales of a period, or those that fit all of the words.
///
/// # Errors
/// Those of [`till::engine::Engine::find_sales`].
#[tauri::command]
pub async fn find_sales<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    words: String,
    period: Period,
    everywhere: bool,
    before: Option<String>,
) -> Result<SalesFound, TillError> {
    shell.looks(&app, Act::SeeDay).await?;
    shell
        .till(&app)
        .await?
        .look(move |engine, now| engine.find_sales(&words, (period, everywhere), before.as_deref(), now))
        .await
}
