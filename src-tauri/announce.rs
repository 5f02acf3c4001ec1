//! Carries what the till says by itself to the page, so that the page never asks again and again.

use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager, Runtime};
use till::TillError;
use till::backup::Backup;
use till::engine::Announcement;
use till::view::ClosingView;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::notice;
use crate::state::Shell;
use crate::views::Problem;
use crate::windows::MAIN;

/// Forwards until the book is closed.
pub(crate) async fn forward<R: Runtime>(app: AppHandle<R>, mut heard: Receiver<Announcement>) {
    loop {
        match heard.recv().await {
            Ok(Announcement::SaleChanged(sale)) => emit(&app, "sale-changed", &sale),
            Ok(Announcement::PaymentEnded(ended)) => {
                emit(&app, "payment-ended", &ended);
                notice::payment_ended(&app, &ended, app.state::<Shell>().locale());
            }
            Ok(Announcement::LinkChanged(link)) => emit(&app, "link-changed", &link),
            Ok(Announcement::DeskChanged(desk)) => emit(&app, "desk-changed", &desk),
            Ok(Announcement::PrinterChanged(printer)) => emit(&app, "printer-changed", &printer),
            // Of some that were missed the roll knows everything they said.
            Ok(Announcement::RollChanged) | Err(RecvError::Lagged(_)) => emit(&app, "roll-changed", &()),
            Err(RecvError::Closed) => return,
        }
    }
}

/// Somebody wants to close the window while this is under way.
pub(crate) fn close_asked<R: Runtime>(app: &AppHandle<R>, closing: &ClosingView) {
    emit(app, "close-asked", closing);
}

/// The day's copy was taken (then there is no trouble any more), or was not.
pub(crate) fn backup<R: Runtime>(app: &AppHandle<R>, news: Result<Backup, TillError>) {
    let trouble = match news {
        Ok(backup) => {
            tracing::info!("today's backup: {}", backup.path.display());
            None
        }
        Err(error) => {
            tracing::error!(code = ?error.code, "{error}");
            Some(Problem::from(error))
        }
    };
    emit(app, "backup-told", &trouble);
}

fn emit<R: Runtime, T: Serialize>(app: &AppHandle<R>, event: &str, payload: &T) {
    if let Err(error) = app.emit_to(MAIN, event, payload) {
        tracing::warn!(event, "the page did not hear: {error}");
    }
}
