//! A statement of the M-PESA account, as the owner exports it from Safaricom's organisation portal.

use tauri::{AppHandle, Runtime, State};
use till::engine::StatementReport;
use till::{TillError, statement};

use crate::announce;
use crate::jobs::JobName;
use crate::open::blocking;
use crate::state::Shell;

/// Takes what a statement says: the text of its CSV file. `None` when somebody stopped it before the book was
/// touched; the book takes a statement whole.
///
/// # Errors
/// [`till::Code::StatementUnreadable`], [`till::Code::Busy`] while another is taken, or the disk's trouble.
#[tauri::command]
pub async fn take_statement<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    text: String,
) -> Result<Option<StatementReport>, TillError> {
    let teller = app.clone();
    let job = shell.jobs().begin(JobName::Statement, move |progress| {
        announce::progress(&teller, &progress);
    })?;
    if job.at(0, None).is_break() {
        return Ok(None);
    }
    let statement = blocking(move || Ok(statement::read(text.as_bytes())?)).await?;
    if job.at(0, None).is_break() {
        return Ok(None);
    }
    shell
        .till(&app)
        .await?
        .call(move |engine, now| engine.take_statement(&statement, now))
        .await
        .map(Some)
}
