//! Keshia's window.
// A release on Windows opens no console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use till::secrets::EnvironmentStore;
use tracing_subscriber::EnvFilter;

/// What is logged unless `KESHIA_LOG` says otherwise.
const LOG: &str = "warn,keshia_shell=info,till=info";

fn main() -> ExitCode {
    // First of all, before a thread or a child could inherit a key.
    if let Err(error) = EnvironmentStore::take() {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    let filter = EnvFilter::try_from_env("KESHIA_LOG").unwrap_or_else(|_| EnvFilter::new(LOG));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    match keshia_shell::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!("Keshia's window could not be opened: {error}");
            ExitCode::FAILURE
        }
    }
}
