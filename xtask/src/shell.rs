//! Running other programs, and saying what is done and how long it took.

use std::fmt;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Why a task stopped, in words for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// The repository: the folder of the root `Cargo.toml`.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Says what begins, does it, says how long it took.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("\n== {what}");
    let begun = Instant::now();
    let outcome = work();
    let word = if outcome.is_ok() { "done" } else { "FAILED" };
    println!("== {what}: {word} in {:.1?}", begun.elapsed());
    outcome
}

/// A command in the repository's folder.
pub(crate) fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that runs us, so that `cargo +toolchain xtask` keeps its toolchain.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    command(
        &std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()),
        arguments,
    )
}

fn name(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

fn not_started(command: &Command, error: &io::Error) -> Failure {
    Failure::new(format!("could not start `{}`: {error}", name(command)))
}

/// How a release is built: as Tauri's own bundler would, with the screens embedded for good.
pub(crate) const RELEASE: [&str; 3] = ["--release", "--features", "tauri/custom-protocol"];

/// Runs a command on our terminal; any exit code but 0 is a failure.
pub(crate) fn exec(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Failure::new(format!("`{}` ended with {status}", name(command))))
    }
}

/// Runs a command quietly and returns what it printed, or nothing if it could not start or failed.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command, shows its output as it comes, and also returns the lines that `keep` picks: a long
/// run's verdict would otherwise scroll out of sight.
pub(crate) fn exec_keeping(command: &mut Command, keep: impl Fn(&str) -> bool) -> (Vec<String>, Outcome) {
    let mut kept = Vec::new();
    let outcome = (|| {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| not_started(command, &error))?;
        if let Some(stdout) = child.stdout.take() {
            for line in BufReader::new(stdout).split(b'\n') {
                let line = String::from_utf8_lossy(&line?).into_owned();
                println!("{line}");
                if keep(&line) {
                    kept.push(line.trim().to_owned());
                }
            }
        }
        let status = child.wait()?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::new(format!("`{}` ended with {status}", name(command))))
        }
    })();
    (kept, outcome)
}
