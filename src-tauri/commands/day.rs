//! The day in short.

use chrono::NaiveDate;
use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::clock::shop_day;
use till::people::Act;
use till::view::DayView;

use crate::state::Shell;

/// What the book says of one day of the shop, today when none is named.
///
/// # Errors
/// Those of [`till::engine::Engine::may`], or the disk's trouble.
#[tauri::command]
pub async fn day<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    day: Option<NaiveDate>,
) -> Result<DayView, TillError> {
    shell.looks(&app, Act::SeeDay).await?;
    shell
        .till(&app)
        .await?
        .look(move |engine, now| engine.day(day.unwrap_or_else(|| shop_day(now.utc))))
        .await
}
