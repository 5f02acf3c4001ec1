//! Carries what the till says by itself to the page, so that the page never asks again and again.

use serde::Serialize;
use tauri::{AppHandle, Emitter, Manager, Runtime};
use till::TillError;
use till::backup::{Backup, StickState};
use till::engine::Announcement;
use till::view::ClosingView;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use crate::jobs::Progress;
use crate::notice;
use crate::state::Shell;
use crate::views::{CustomerView, Problem};
use crate::windows::{DISPLAY, MAIN};

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

/// How far a long job has come.
pub(crate) fn progress<R: Runtime>(app: &AppHandle<R>, progress: &Progress) {
    emit(app, "progress", progress);
}

/// What the customer's display shows changed.
pub(crate) fn customer<R: Runtime>(app: &AppHandle<R>, view: &CustomerView) {
    emit_to(app, DISPLAY, "customer-changed", view);
}

/// Somebody closed the customer's display with its own button.
pub(crate) fn display_closed<R: Runtime>(app: &AppHandle<R>) {
    emit(app, "display-closed", &());
}

/// A copy got to the stick (then there is no trouble any more), or did not.
pub(crate) fn carried<R: Runtime>(app: &AppHandle<R>, news: Result<StickState, TillError>) {
    let trouble = news.err().map(|error| {
        tracing::warn!(code = ?error.code, "{error}");
        Problem::from(error)
    });
    emit(app, "stick-told", &trouble);
}

fn emit<R: Runtime, T: Serialize>(app: &AppHandle<R>, event: &str, payload: &T) {
    emit_to(app, MAIN, event, payload);
}

fn emit_to<R: Runtime, T: Serialize>(app: &AppHandle<R>, window: &str, event: &str, payload: &T) {
    if let Err(error) = app.emit_to(window, event, payload) {
        tracing::warn!(event, "the page did not hear: {error}");
    }
}
