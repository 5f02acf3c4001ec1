//! The drawer: shifts, counts, and cash that is no sale.

use std::collections::BTreeMap;

use tauri::{AppHandle, Runtime, State};
use till::TillError;
use till::view::{DrawerView, ShiftView};

use super::money;
use crate::state::Shell;

/// The drawer of whoever is at the counter, and every open shift.
///
/// # Errors
/// The disk's trouble.
#[tauri::command]
pub async fn drawer<R: Runtime>(app: AppHandle<R>, shell: State<'_, Shell>) -> Result<DrawerView, TillError> {
    shell
        .till(&app)
        .await?
        .look(|engine, now| engine.drawer(now))
        .await
}

/// Begins a shift with `float` cents.
///
/// # Errors
/// Those of [`till::engine::Engine::open_shift`].
#[tauri::command]
pub async fn open_shift<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    float: i64,
) -> Result<DrawerView, TillError> {
    let float = money(float)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.open_shift(float, now)).await
}

/// Ends a shift with what was counted: pieces by worth in shillings.
///
/// # Errors
/// Those of [`till::engine::Engine::close_shift`].
#[tauri::command]
pub async fn close_shift<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    shift_id: String,
    pieces: BTreeMap<i64, u32>,
) -> Result<ShiftView, TillError> {
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.close_shift(&shift_id, &pieces, now))
        .await
}

/// Puts cash in.
///
/// # Errors
/// Those of [`till::engine::Engine::pay_in`].
#[tauri::command]
pub async fn pay_in<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    amount: i64,
    reason: String,
) -> Result<DrawerView, TillError> {
    let amount = money(amount)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.pay_in(amount, &reason, now))
        .await
}

/// Pays something out.
///
/// # Errors
/// Those of [`till::engine::Engine::pay_out`].
#[tauri::command]
pub async fn pay_out<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    amount: i64,
    reason: String,
) -> Result<DrawerView, TillError> {
    let amount = money(amount)?;
    let till = shell.till(&app).await?;
    till.call(move |engine, now| engine.pay_out(amount, &reason, now))
        .await
}

/// Chooses whether each person has a drawer of their own.
///
/// # Errors
/// Those of [`till::engine::Engine::set_own_drawers`].
#[tauri::command]
pub async fn set_own_drawers<R: Runtime>(
    app: AppHandle<R>,
    shell: State<'_, Shell>,
    own: bool,
) -> Result<DrawerView, TillError> {
    let till = shell.till(&app).await?;
    till.call(move |engine, now| {
        engine.set_own_drawers(own, now)?;
        Ok((engine.drawer(now)?, Vec::new()))
    })
    .await
}
