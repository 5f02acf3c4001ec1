//! `keshiactl`: the till without a window, for scripts and for support.
//!
//! It opens the same books, takes the same lock and runs the same engine as the window, so all that is
//! true of a payment there is true here. What a command found goes to standard output, in words or (with
//! `--json`) as one JSON object a line; what went wrong goes to standard error, in one sentence.

mod cli;
mod commands;
mod failure;
mod fields;
mod follow;
mod keys;
mod needs;
mod open;
mod print;
mod reason_words;
mod sale_line;
mod who;

use std::process::ExitCode;

use till::secrets::EnvironmentStore;
use tracing_subscriber::EnvFilter;

use crate::print::Out;

fn main() -> ExitCode {
    // Before anything else: keys in the environment must not be inherited by what starts later.
    if let Err(error) = EnvironmentStore::take() {
        Out::notice(&error.to_string());
        return ExitCode::FAILURE;
    }
    let filter = EnvFilter::try_from_env("KESHIA_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    // Installed already only if this were called twice.
    let _ = rustls::crypto::ring::default_provider().install_default();

    let cli = match cli::read() {
        Ok(cli) => cli,
        Err(code) => return code,
    };
    let out = Out::new(cli.global.json);
    match commands::run(cli, &out) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            out.problem(failure.error());
            failure.exit_code()
        }
    }
}
