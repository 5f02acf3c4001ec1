//! A period as files and as the evening text, and the folder that files go to.

use std::path::PathBuf;

use serde::Serialize;
use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::export::{self, Format, evening};
use till::people::Act;
use till::view::Period;
use ts_rs::TS;

use crate::announce;
use crate::jobs::JobName;
use crate::open::blocking;
use crate::pay_code;
use crate::state::Shell;
use crate::views::PayCode;

/// Where files go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FilesFolder {
    /// The folder.
    pub folder: String,
    /// Somebody chose it; else it is in Keshia's own folder.
    pub chosen: bool,
    /// It is there now.
    pub there: bool,
}

/// The evening text, and two ways for it to leave without a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct EveningText {
    /// Eight lines.
    pub text: String,
    /// Opens it in WhatsApp.
    pub link: String,
    /// The link for a phone's camera.
    pub code: Option<PayCode>,
}

/// Writes a period into files, and says where they are. `None` when somebody stopped it: nothing was written then.
///
/// # Errors
/// Those of [`till::engine::Engine::export`] and [`export::write`]; [`till::Code::Busy`] while another is written.
#[tauri::command]
pub async fn export_files<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    period: Period,
    format: Format,
) -> Result<Option<Vec<String>>, TillError> {
    shell.acts(&app, Act::Export).await?;
    let language = shell.locale().into();
    let place = shell.printer(&app).await?;
    let play = place.play;
    let (wanted, now) = place
        .till
        .look(move |engine, now| Ok((engine.export(period, format, language, play, now)?, now)))
        .await?;
    let book = shell.book_file(&app).await?;
    let data = shell.places().data.clone()?;
    let teller = app.clone();
    let job = shell.jobs().begin(JobName::Export, move |progress| {
        announce::progress(&teller, &progress);
    })?;
    blocking(move || {
        let folder = data.files_folder()?;
        let written = export::write(&wanted, &book, &folder, now, &mut |progress| {
            job.at(progress.done, Some(progress.all)).is_continue()
        })?;
        let shown = |file: PathBuf| file.display().to_string();
        Ok(written.map(|files| files.into_iter().map(shown).collect()))
    })
    .await
}

/// The evening text of a period.
///
/// # Errors
/// Those of [`till::engine::Engine::report`].
#[tauri::command]
pub async fn evening_text<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    period: Period,
) -> Result<EveningText, TillError> {
    let language = shell.locale().into();
    let place = shell.printer(&app).await?;
    let play = place.play;
    let text = place
        .till
        .look(move |engine, now| engine.evening(period, language, play, now))
        .await?;
    let link = evening::link(&text);
    Ok(EveningText {
        code: pay_code::draw(&link),
        link,
        text,
    })
}

/// Where files go.
///
/// # Errors
/// [`till::Code::DiskReadOnly`] when Keshia has no folder.
#[tauri::command]
pub async fn files_folder<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<FilesFolder, TillError> {
    shell.looks(&app, Act::SeeDay).await?;
    told(&shell)
}

/// Chooses the folder that files go to; none for Keshia's own.
///
/// # Errors
/// [`till::Code::NotFound`] when it is no folder, or the disk's trouble; what was chosen before stays then.
#[tauri::command]
pub async fn choose_files_folder<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    folder: Option<String>,
) -> Result<FilesFolder, TillError> {
    shell.acts(&app, Act::Settings).await?;
    let data = shell.places().data.clone()?;
    let folder = folder.map(|text| PathBuf::from(text.trim()));
    blocking(move || data.choose_files_folder(folder.as_deref())).await?;
    told(&shell)
}

fn told(shell: &Shell) -> Result<FilesFolder, TillError> {
    let data = shell.places().data.clone()?;
    let chosen = data.chosen_files_folder();
    let folder = chosen.clone().unwrap_or_else(|| data.reports());
    Ok(FilesFolder {
        there: chosen.is_none() || folder.is_dir(),
        chosen: chosen.is_some(),
        folder: folder.display().to_string(),
    })
}
