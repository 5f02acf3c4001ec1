//! The shell: glue between the window and the [`till`]. It decides nothing about money.
//!
//! A command is a question or an act of the page and lives with its screen in [`commands`]; what happens
//! by itself goes to the page as an event ([`announce`]). Which book is open, and who sends its prompts,
//! is in [`state`] and nowhere else. Secrets pass through on their way into the keyring and never come
//! back to the page.

mod announce;
pub mod commands;
pub mod jobs;
mod keys;
mod notice;
mod open;
#[cfg(target_os = "linux")]
mod paint;
mod pay_code;
pub mod places;
mod practice;
mod relay;
pub mod state;
pub mod views;
mod windows;

use tauri::{Builder, Manager, RunEvent, Runtime};

use places::Places;
use state::Shell;

/// Everything of the app that needs no desktop: state, commands and how the window closes. Tests build it
/// over Tauri's mock runtime.
pub fn build<R: Runtime>(builder: Builder<R>, places: Places) -> Builder<R> {
    // Somebody may have installed one already; either way there is one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    builder
        .manage(Shell::new(places))
        .invoke_handler(commands::handler())
        .on_window_event(windows::on_event)
        .setup(|app| {
            // The book opens while the page loads.
            let app = app.handle().clone();
            tauri::async_runtime::spawn(async move { app.state::<Shell>().ready(&app).await });
            Ok(())
        })
}

/// Opens the window and returns when it is closed.
///
/// # Errors
/// Tauri's, when the system cannot show a window.
pub fn run() -> tauri::Result<()> {
    let desktop = Builder::default()
        // Must be the first plugin: a second start ends here, before it opens anything.
        .plugin(tauri_plugin_single_instance::init(|app, _, _| {
            windows::raise(app)
        }))
        .plugin(windows::remembered())
        .plugin(tauri_plugin_notification::init());
    #[cfg(target_os = "linux")]
    let desktop = desktop.plugin(paint::plainly());
    let app = build(desktop, Places::from_system()).build(tauri::generate_context!())?;
    app.run(|app, event| {
        if matches!(event, RunEvent::Exit) {
            tauri::async_runtime::block_on(app.state::<Shell>().close());
        }
    });
    Ok(())
}
