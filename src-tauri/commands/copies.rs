//! Copies of the book: the stick, the rehearsal, the way back, and the move to another PC.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tauri::{AppHandle, Runtime, State};
use till::backup::{self, Backups, Form, Stick, StickState, Taken};
use till::driver::{Clock as _, SystemClock};
use till::people::Act;
use till::recovery_code::RecoveryCode;
use till::{Code, TillError};

use crate::announce;
use crate::jobs::{Job, JobName};
use crate::keys;
use crate::open::blocking;
use crate::state::Shell;
use crate::views::{AppState, CopiesView, FoundCopy, RehearsalView, StickChosen, StickView};

/// Copies of one shop on one stick that the first start offers.
const EACH: usize = 2;

/// Where the open book's copies are.
///
/// # Errors
/// The disk's trouble, or [`Code::NotAllowed`] at the doors.
#[tauri::command]
pub async fn copies<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<CopiesView, TillError> {
    let book = shell.book_file(&app).await?;
    blocking(move || view(&book)).await
}

/// Chooses the second place. Sealed copies get a new recovery code, which is shown this once.
///
/// # Errors
/// [`Code::NotFound`] when there is no such folder, [`Code::NotAllowed`] for Keshia's own, its disk's trouble.
#[tauri::command]
pub async fn choose_stick<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    folder: String,
    sealed: bool,
    with_keys: bool,
) -> Result<StickChosen, TillError> {
    shell.acts(&app, Act::Backups).await?;
    let book = shell.book_file(&app).await?;
    blocking(move || {
        let code = sealed.then(RecoveryCode::new).transpose()?;
        Stick::of(&book).choose(Path::new(folder.trim()), code.as_ref(), with_keys)?;
        let groups = code.as_ref().map(RecoveryCode::groups).unwrap_or_default();
        Ok(StickChosen {
            code: groups.into_iter().map(str::to_owned).collect(),
            copies: view(&book)?,
        })
    })
    .await
}

/// Uses no second place any more; the copies there stay.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn forget_stick<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<CopiesView, TillError> {
    shell.acts(&app, Act::Backups).await?;
    let book = shell.book_file(&app).await?;
    blocking(move || {
        Stick::of(&book).forget()?;
        view(&book)
    })
    .await
}

/// Takes today's copy anew, and carries it to the stick when one is chosen.
///
/// # Errors
/// The trouble of either disk, [`Code::NotFound`] when the stick is not there, [`Code::Stopped`]: what was copied
/// whole stays.
#[tauri::command]
pub async fn copy_now<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<CopiesView, TillError> {
    let book = shell.book_file(&app).await?;
    let places = Arc::clone(shell.places());
    let file_id = shell.shop_id(&app).await?;
    let watch = begin(&app, &shell, JobName::Backup)?.watching();
    blocking(move || {
        let now = SystemClock::default().now().utc;
        Backups::beside(&book)
            .watched(watch.clone())
            .take_daily(till::clock::shop_day(now))?;
        Stick::of(&book)
            .watched(watch)
            .carry(now, &|| keys::travelling(&places, &file_id))?;
        view(&book)
    })
    .await
}

/// Restores the newest copy into a folder of its own, and says what would be lost; changes nothing.
///
/// # Errors
/// [`Code::NotFound`] without a copy, [`Code::Stopped`], and why the copy would be of no use.
#[tauri::command]
pub async fn rehearse<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<RehearsalView, TillError> {
    shell.looks(&app, Act::Verify).await?;
    let book = shell.book_file(&app).await?;
    let watch = begin(&app, &shell, JobName::Rehearsal)?.watching();
    blocking(move || {
        let backups = Backups::beside(&book).watched(watch);
        let copies = backups.list()?;
        let newest = copies
            .first()
            .filter(|copy| matches!(copy.reason, Taken::OfDay(_)));
        let newest =
            newest.ok_or_else(|| TillError::new(Code::NotFound, "There is no copy of the book yet."))?;
        let told = backups.rehearse(&newest.path, None, SystemClock::default().now().utc)?;
        let lost = told
            .lost
            .ok_or_else(|| TillError::new(Code::NotFound, "There is no book to compare with."))?;
        Ok(RehearsalView {
            taken_at: told.taken_at,
            sales: told.facts.sales,
            lost_sales: lost.sales,
            lost: lost.taken,
            minutes: lost.minutes,
        })
    })
    .await
}

/// Copies on what is plugged in, for a new PC.
///
/// # Errors
/// None.
#[tauri::command]
pub async fn found_copies() -> Result<Vec<FoundCopy>, TillError> {
    blocking(|| {
        let found = backup::found_on(&backup::plugged_in(), EACH);
        Ok(found
            .into_iter()
            .map(|found| FoundCopy {
                file: found.backup.path.display().to_string(),
                shop: found.shop,
                day: match found.backup.reason {
                    Taken::OfDay(day) => Some(day),
                    Taken::BeforeVersion(_) => None,
                },
                sealed: found.backup.form == Form::Sealed,
            })
            .collect())
    })
    .await
}

/// Puts a copy in the place of the real book, and opens it. Keys that travelled with it go into the key store.
///
/// # Errors
/// [`Code::RecoveryCode`] when it is sealed and no code or a wrong one was typed, what is wrong with the file,
/// [`Code::PushLive`] while a prompt is under way, [`Code::Stopped`], the disk's trouble. Nothing has changed then.
#[tauri::command]
pub async fn restore_copy<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    file: String,
    code: Option<String>,
) -> Result<AppState, TillError> {
    shell.acts(&app, Act::Restore).await?;
    shell.ready(&app).await;
    let code = code.as_deref().map(str::trim).filter(|code| !code.is_empty());
    let code = code.map(RecoveryCode::parse).transpose()?;
    let file = PathBuf::from(file.trim());
    let places = Arc::clone(shell.places());
    let kind = Backups::kind_of(&file).unwrap_or_else(|| shell.real_kind());
    shell.nothing_under_way(kind).await?;
    let watch = begin(&app, &shell, JobName::Restore)?.watching();
    let work = move |backups: &Backups, lock: &till::files::FileLock| {
        let backups = backups.clone().watched(watch);
        let now = SystemClock::default().now().utc;
        match (backup::label(&file)?, code) {
            (Some(label), Some(code)) => {
                let (_, travelled) = backups.restore_sealed(&file, &code, now, lock)?;
                // The book is back whatever the key store says; the till tells that keys are missing.
                keys::arrived(&places, &label.file_id, &travelled);
            }
            (Some(_) | None, _) => {
                backups.restore(&file, now, lock)?;
            }
        }
        Ok(())
    };
    shell.with_book_closed(&app, kind, Box::new(work)).await?;
    Ok(shell.app_state())
}

/// The shop has moved to this PC: its book goes on here, under references that were never given out.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn moved_here<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<AppState, TillError> {
    let pc = shell.places().pc.clone();
    let kind = shell.last_real_kind()?;
    let work = move |backups: &Backups, lock: &till::files::FileLock| {
        let pc =
            pc.ok_or_else(|| TillError::new(Code::DiskReadOnly, "This PC has no folder for its settings."))?;
        backups
            .moved_here(&pc, SystemClock::default().now().utc, lock)
            .map(|_| ())
    };
    shell.with_book_closed(&app, kind, Box::new(work)).await?;
    Ok(shell.app_state())
}

/// The book is only a copy, and the other PC goes on selling: it is put aside, and the doors are shown.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn is_a_copy<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<AppState, TillError> {
    let kind = shell.last_real_kind()?;
    let work = |backups: &Backups, lock: &till::files::FileLock| {
        backups
            .is_a_copy(SystemClock::default().now().utc, lock)
            .map(|_| ())
    };
    shell.put_aside(&app, kind, Box::new(work)).await?;
    Ok(shell.app_state())
}

fn begin<R: Runtime>(app: &AppHandle<R>, shell: &Shell, name: JobName) -> Result<Job, TillError> {
    let teller = app.clone();
    shell
        .jobs()
        .begin(name, move |progress| announce::progress(&teller, &progress))
}

fn view(book: &Path) -> Result<CopiesView, TillError> {
    let newest = Backups::beside(book)
        .list()?
        .first()
        .and_then(|copy| match copy.reason {
            Taken::OfDay(day) => Some(day),
            Taken::BeforeVersion(_) => None,
        });
    Ok(CopiesView {
        newest,
        stick: Stick::of(book).state().map(stick),
        plugged_in: backup::plugged_in()
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
    })
}

fn stick(state: StickState) -> StickView {
    StickView {
        folder: state.folder.display().to_string(),
        sealed: state.form == Form::Sealed,
        with_keys: state.with_keys,
        there: state.there,
        last: state.last.map(|last| last.at),
    }
}
