//! What Keshia said to Safaricom, for the settings.

use chrono::Utc;
use tauri::{AppHandle, Runtime, State};
use till::interactions::{ExportHeader, Interaction};
use till::people::Act;
use till::{Code, TillError};

use crate::open::blocking;
use crate::state::Shell;

/// The newest requests before `before`, newest first; none when their log could not be opened.
///
/// # Errors
/// [`Code::NotAllowed`] at the doors, or the disk's trouble.
#[tauri::command]
pub async fn interactions<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    limit: u32,
    before: Option<i64>,
) -> Result<Vec<Interaction>, TillError> {
    shell.looks(&app, Act::SeeLog).await?;
    let (log, _) = shell.log(&app).await?;
    match log {
        Some(log) => blocking(move || log.recent(limit, before)).await,
        None => Ok(Vec::new()),
    }
}

/// Writes all of them into a new file that may be sent to Safaricom's support, and says where it is.
///
/// # Errors
/// [`Code::NotAllowed`] at the doors, or the disk's trouble.
#[tauri::command]
pub async fn export_interactions<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<String, TillError> {
    shell.acts(&app, Act::SeeLog).await?;
    let (log, shop) = shell.log(&app).await?;
    let log = log.ok_or_else(|| {
        TillError::new(
            Code::DiskError,
            "Requests are not written down, because the disk refused it when the book was opened.",
        )
    })?;
    let header = ExportHeader::of(Some(&shop), env!("CARGO_PKG_VERSION"), Utc::now());
    let path = blocking(move || log.export_beside(&header)).await?;
    Ok(path.display().to_string())
}
