//! `cargo xtask mutants`: changes the rules about money one small step at a time and sees whether a test minds.
//!
//! It takes an hour or more, so no everyday test calls it. What survived when it was last run, and why, is
//! written in `docs/mutations.md`.

use crate::packages;
use crate::shell::{Outcome, command, exec, root, step};

/// Where a wrong step costs money: what a prompt's end is, who may be asked, whose a payment is, how much it is.
const FILES: [&str; 5] = [
    "crates/till/src/push/machine.rs",
    "crates/till/src/push/guard.rs",
    "crates/till/src/push/result.rs",
    "crates/till/src/matching.rs",
    "crates/till/src/money.rs",
];

/// Tests of the same crate that no change of those files can reach, or that take longer than all others.
const SKIPPED: [&str; 4] = ["backup", "every_write", "interactions", "secrets"];

/// Mutates `files`, or all of [`FILES`]. The repository is copied first and stays as it is; the lists of what
/// was caught and what was missed go to `target/mutants/mutants.out`.
pub(crate) fn mutants(files: &[String]) -> Outcome {
    let program = packages::cargo_mutants()?;
    let out = root().join("target/mutants");
    std::fs::create_dir_all(&out)?;
    let mut run = command(
        &program.to_string_lossy(),
        &["mutants", "--package", "till", "--no-shuffle"],
    );
    run.arg("--output").arg(&out);
    // The copy has another path each time; what it depends on need not be built each time.
    run.env("CARGO_TARGET_DIR", out.join("build"));
    if files.is_empty() {
        run.args(FILES.iter().flat_map(|file| ["--file", file]));
    } else {
        run.args(files.iter().flat_map(|file| ["--file", file]));
    }
    run.args(["--", "--lib", "--test", "till", "--"]);
    run.args(SKIPPED.iter().flat_map(|name| ["--skip", name]));
    step("mutants of the rules about money", || exec(&mut run))
}
