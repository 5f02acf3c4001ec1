//! The close of the day with its slip, and sales from paper.

use chrono::{DateTime, Utc};
use receipts::{pdf, text};
use serde::Serialize;
use tauri::{AppHandle, Runtime, State};
use till::clock::shop_day;
use till::engine::{PaperPaid, PaperSale};
use till::receipt::seal_text;
use till::view::{ClosingDayView, ReadFrom, SaleView, ZReport, ZView};
use till::{TillError, files};
use ts_rs::TS;

use super::money;
use super::receipts::picture;
use crate::open::{blocking, internal};
use crate::pay_code;
use crate::state::Shell;
use crate::views::PayCode;

/// So many closes are listed.
const LISTED: u32 = 60;

/// The slip of a close, or of the open day, on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct CloseSlipView {
    /// To copy and to send on.
    pub text: String,
    /// As it comes out of the printer: a `data:` picture.
    pub picture: String,
    /// The seal of the book for a camera; the open day has none.
    pub seal: Option<PayCode>,
}

/// The open day added up.
///
/// # Errors
/// Those of [`till::engine::Engine::x_report`].
#[tauri::command]
pub async fn x_report<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<ZReport, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.x_report(now))
        .await
}

/// Since when the day is open, and what stands before its close.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn closing_day<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<ClosingDayView, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.closing_day(now))
        .await
}

/// As [`closing_day`]; Safaricom is asked once more about all that is not known.
///
/// # Errors
/// Those of [`till::engine::Engine::before_close`].
#[tauri::command]
pub async fn before_close<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
) -> Result<ClosingDayView, TillError> {
    shell
        .till(&app)
        .await?
        .call(|engine, now| engine.before_close(now))
        .await
}

/// Closes the day; `words` say that the closing person has seen what is not known.
///
/// # Errors
/// Those of [`till::engine::Engine::close_day`].
#[tauri::command]
pub async fn close_day<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    words: Option<String>,
) -> Result<ZView, TillError> {
    let place = shell.printer(&app).await?;
    let z = place
        .till
        .call(move |engine, now| engine.close_day(words.as_deref(), now))
        .await?;
    if let Some(bell) = place.bell {
        bell.notify_one();
    }
    Ok(z)
}

/// The slip of a close; of the open day when no number is given.
///
/// # Errors
/// Those of [`till::engine::Engine::close_paper`].
#[tauri::command]
pub async fn close_slip<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    number: Option<u32>,
) -> Result<CloseSlipView, TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    let (slip, printing, z) = place
        .till
        .look(move |engine, now| {
            let slip = engine.close_paper(number, play, now)?;
            let z = number.map(|number| engine.z(number, now)).transpose()?;
            Ok((slip, engine.printing()?, z))
        })
        .await?;
    Ok(CloseSlipView {
        text: text::render(&slip),
        picture: picture(&slip, &printing)?,
        seal: z.and_then(|z| pay_code::draw(&seal_text(&z))),
    })
}

/// Has that slip printed.
///
/// # Errors
/// Those of [`till::engine::Engine::print_close`].
#[tauri::command]
pub async fn print_close<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    number: Option<u32>,
) -> Result<(), TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    place
        .till
        .call(move |engine, now| engine.print_close(number, play, now))
        .await?;
    if let Some(bell) = place.bell {
        bell.notify_one();
    }
    Ok(())
}

/// Writes that slip as a page to file, and says where it is.
///
/// # Errors
/// Those of [`till::engine::Engine::close_paper`], or the disk's trouble.
#[tauri::command]
pub async fn save_close<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    number: Option<u32>,
) -> Result<String, TillError> {
    let place = shell.printer(&app).await?;
    let play = place.play;
    let (slip, name) = place
        .till
        .look(move |engine, now| {
            let slip = engine.close_paper(number, play, now)?;
            let name = match number {
                Some(number) => format!("{} Z {number}", engine.z(number, now)?.day),
                None => format!("{} X", shop_day(now.utc)),
            };
            Ok((slip, name))
        })
        .await?;
    let folder = shell.places().data.clone()?.files_folder()?;
    blocking(move || {
        let bytes = pdf::render(&slip, pdf::Sheet::A4, &name).map_err(internal)?;
        let file = files::keep(&folder, &format!("{name}.pdf"), &bytes)?;
        Ok(file.display().to_string())
    })
    .await
}

/// The newest closes, the newest first.
///
/// # Errors
/// Those of [`till::engine::Engine::closes`].
#[tauri::command]
pub async fn closes<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<Vec<ZView>, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.closes(LISTED, now))
        .await
}

/// Writes one sale in from paper: by cash, or by the code that was written down.
///
/// # Errors
/// Those of [`till::engine::Engine::write_in`].
#[tauri::command]
pub async fn write_in<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    amount: i64,
    at: DateTime<Utc>,
    code: Option<String>,
) -> Result<SaleView, TillError> {
    let line = PaperSale {
        amount: money(amount)?,
        at,
        paid: match code {
            None => PaperPaid::Cash,
            Some(code) => PaperPaid::Code {
                code,
                read_from: ReadFrom::CustomerPhone,
            },
        },
    };
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.write_in(&line, now)).await
}
