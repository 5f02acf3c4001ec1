//! A statement of the M-PESA account, as the owner exports it from Safaricom's organisation portal.

use tauri::{AppHandle, Runtime, State};
use till::engine::StatementReport;
use till::{TillError, statement};

use crate::state::Shell;

/// Takes what a statement says: the text of its CSV file.
///
/// # Errors
/// [`till::Code::StatementUnreadable`], or the disk's trouble.
#[tauri::command]
pub async fn take_statement<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    text: String,
) -> Result<StatementReport, TillError> {
    let statement = statement::read(text.as_bytes())?;
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.take_statement(&statement, now))
        .await
}
