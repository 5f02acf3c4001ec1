//! Is the book as it was written? A long walk that goes on beside the selling and may be cancelled.

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::people::Act;
use till::verify::{Anchor, Sealed, Trouble, Verdict, verify};

use crate::announce;
use crate::jobs::JobName;
use crate::open::blocking;
use crate::state::Shell;
use crate::views::{BookVerdict, CloseVerdict};

/// Walks the open book. `anchor` is a printed end, `ROWS:HASH`; what the relay remembers is one too. `close` is the
/// number of a close that is asked about; the seal of one names it as well. `None` when somebody cancelled.
///
/// # Errors
/// [`till::Code::CodeInvalid`] for an anchor that is none, [`till::Code::NotFound`] for a close that the book has not,
/// [`till::Code::Busy`] while the book is walked already, the disk's trouble. What is wrong with the book is no error.
#[tauri::command]
pub async fn verify_book<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    anchor: Option<String>,
    close: Option<u32>,
) -> Result<Option<BookVerdict>, TillError> {
    shell.looks(&app, Act::Verify).await?;
    let book = shell.book_file(&app).await?;
    let typed = anchor.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let typed: Option<Anchor> = typed.map(str::parse).transpose()?;
    let mut anchors: Vec<Anchor> = typed.iter().cloned().collect();
    if let Some(relay) = shell.relay_client() {
        // Without internet the book is walked all the same.
        anchors.extend(relay.remembered(&book).await.ok().flatten());
    }
    let teller = app.clone();
    let job = shell.jobs().begin(JobName::Verify, move |progress| {
        announce::progress(&teller, &progress);
    })?;
    blocking(move || {
        let sealed = match (close, &typed) {
            (Some(number), _) => Some(Sealed::read(&book, number)?),
            (None, Some(anchor)) => Sealed::named_by(&book, anchor)?,
            (None, None) => None,
        };
        let verdict = verify(&book, &anchors, &mut |progress| {
            job.at(progress.done, Some(progress.all)).is_continue()
        })?;
        Ok(verdict.map(|verdict| BookVerdict {
            close: sealed.map(|sealed| seen_from(sealed, &verdict, typed.as_ref())),
            verdict,
        }))
    })
    .await
}

fn seen_from(sealed: Sealed, verdict: &Verdict, typed: Option<&Anchor>) -> CloseVerdict {
    let parted = sealed.part(verdict);
    let owned = |troubles: Vec<&Trouble>| troubles.into_iter().cloned().collect();
    CloseVerdict {
        same: sealed.is_confirmed(typed.map_or(&[], std::slice::from_ref), verdict),
        covered: owned(parted.covered),
        after: owned(parted.after),
        beside: owned(parted.beside),
        number: sealed.number,
        day: sealed.day,
        rows: sealed.rows,
        head: sealed.head,
    }
}
