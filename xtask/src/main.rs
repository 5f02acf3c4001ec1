//! `cargo xtask`: everything a person or a build machine does with this repository.
//!
//! It has no dependencies, so that it starts within a second on a machine that has only Rust, and it is
//! the only place that knows which system packages, environment and commands belong together. The README
//! and `.ci/run` name these commands and nothing below them.

mod bench;
mod bundle;
mod check;
mod cli;
mod mutants;
mod npm;
mod packages;
mod parts;
mod run;
mod session;
mod shell;
mod shots;
mod test;
mod torture;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match cli::parse(&words).and_then(|task| task.perform()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
