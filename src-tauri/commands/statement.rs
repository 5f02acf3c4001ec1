//! A statement of the M-PESA account, as the owner exports it from Safaricom's organisation portal.

use tauri::{AppHandle, Runtime, State};
use till::engine::StatementReport;
use till::{TillError, statement};

use crate::announce;
use crate::jobs::JobName;
use crate::open::blocking;
use crate::state::Shell;

/// Payments that are taken at once: whoever sells meanwhile waits no longer than for so many.
const AT_ONCE: usize = 100;

/// Takes what a statement says: the text of its CSV file. `None` when somebody stopped it; what was taken until then
/// stays, and the same file can be taken again.
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
    let till = shell.till(&app).await?;
    let mut taking = till
        .call(move |engine, now| Ok((engine.begin_statement(statement, now)?, Vec::new())))
        .await?;
    while taking.taken() < taking.all() {
        if job.at(taking.taken(), Some(taking.all())).is_break() {
            return Ok(None);
        }
        taking = till
            .call(move |engine, now| {
                let ((), effects) = engine.take_some(&mut taking, AT_ONCE, now)?;
                Ok((taking, effects))
            })
            .await?;
    }
    till.call(move |engine, now| engine.end_statement(taking, now))
        .await
        .map(Some)
}
