//! Is the book as it was written? A long walk that goes on beside the selling and may be cancelled.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tauri::{AppHandle, Runtime, State};
use till::people::Act;
use till::verify::{Anchor, Verdict, verify};
use till::{Code, TillError};

use crate::announce;
use crate::open::blocking;
use crate::state::Shell;

/// Walks the open book. `anchor` is a printed end, `ROWS:HASH`; what the relay remembers is one too. `None` when
/// somebody cancelled.
///
/// # Errors
/// [`Code::CodeInvalid`] for an anchor that is none, [`Code::Busy`] while the book is walked already, the disk's
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
    let walking = shell.walking();
    if walking.swap(true, Ordering::Relaxed) {
        return Err(TillError::new(
            Code::Busy,
            "The book is being looked through already.",
        ));
    }
    let walks = Arc::clone(&walking);
    let verdict = blocking(move || {
        verify(&book, &anchors, &mut |progress| {
            announce::verifying(&app, progress);
            walks.load(Ordering::Relaxed)
        })
    })
    .await;
    walking.store(false, Ordering::Relaxed);
    verdict
}

/// Stops the walk at its next thousand rows.
///
/// # Errors
/// None.
#[tauri::command]
pub async fn cancel_verify(shell: State<'_, Shell>) -> Result<(), TillError> {
    shell.walking().store(false, Ordering::Relaxed);
    Ok(())
}
