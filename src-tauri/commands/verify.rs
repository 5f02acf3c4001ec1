//! Is the book as it was written? A long walk that goes on beside the selling and may be cancelled.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::people::Act;
use till::verify::{Anchor, Verdict, verify};

use crate::announce;
use crate::jobs::JobName;
use crate::open::blocking;
use crate::state::Shell;

/// Walks the open book. `anchor` is a printed end, `ROWS:HASH`; what the relay remembers is one too. `None` when
/// somebody cancelled.
///
/// # Errors
/// [`till::Code::CodeInvalid`] for an anchor that is none, [`till::Code::Busy`] while the book is walked already, the disk's
/// trouble. What is wrong with the book is no error.
#[tauri::command]
pub async fn verify_book<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    anchor: Option<String>,
) -> Result<Option<Verdict>, TillError> {
    shell.looks(&app, Act::Verify).await?;
    let book = shell.book_file(&app).await?;
    let typed = anchor.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let mut anchors: Vec<Anchor> = typed.map(str::parse).transpose()?.into_iter().collect();
    if let Some(relay) = shell.relay_client() {
        // Without internet the book is walked all the same.
        anchors.extend(relay.remembered(&book).await.ok().flatten());
    }
    let teller = app.clone();
    let job = shell.jobs().begin(JobName::Verify, move |progress| {
        announce::progress(&teller, &progress);
    })?;
    blocking(move || {
        verify(&book, &anchors, &mut |progress| {
            job.at(progress.done, Some(progress.all)).is_continue()
        })
    })
    .await
}
