//! The screens: their dependencies and their build, each only when something changed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::shell::{Outcome, command, exec, root, step};

/// npm in `ui/`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments);
    npm.current_dir(root().join("ui")).env("NO_COLOR", "1");
    npm
}

/// Installs the screens' dependencies if the lock file is newer than what is installed, and builds the
/// screens if a source is newer than the last build.
pub(crate) fn build() -> Outcome {
    let ui = root().join("ui");
    // npm writes this file at the end of each installation.
    let installed = modified(&ui.join("node_modules/.package-lock.json"));
    if installed < modified(&ui.join("package-lock.json")) || installed.is_none() {
        step("dependencies of the screens (npm ci)", || {
            exec(&mut npm(&["ci", "--no-audit", "--no-fund"]))
        })?;
    }
    let built = modified(&ui.join("dist/index.html"));
    if built.is_some() && newest(&ui) <= built {
        println!("\n== screens: built, nothing changed since");
        return Ok(());
    }
    step("screens (npm run build)", || exec(&mut npm(&["run", "build"])))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// The newest time among the sources below `folder`.
fn newest(folder: &Path) -> Option<SystemTime> {
    let entries = fs::read_dir(folder).ok()?;
    entries
        .filter_map(Result::ok)
        .filter(|entry| {
            !matches!(
                entry.file_name().to_str(),
                Some("node_modules" | "dist" | "coverage")
            )
        })
        .filter_map(|entry| {
            let path = entry.path();
            if path.is_dir() {
                newest(&path)
            } else {
                modified(&path)
            }
        })
        .max()
}
