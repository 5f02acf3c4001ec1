//! `cargo xtask run`: from a fresh clone to an open till.

use crate::npm;
use crate::packages::{self, For};
use crate::shell::{Outcome, RELEASE, cargo, exec, step};

pub(crate) fn run(release: bool, arguments: &[String]) -> Outcome {
    packages::ensure(For::Building)?;
    npm::build()?;
    // Built for all default members, as `cargo build` alone would: Tauri is then compiled once.
    let profile: &[&str] = if release { &RELEASE } else { &[] };
    step("the till (the first time takes some minutes)", || {
        exec(cargo(&["build"]).args(profile))
    })?;
    println!("\n== opening Keshia; close its window to come back here");
    exec(
        cargo(&["run", "--quiet", "--bin", "keshia"])
            .args(profile)
            .arg("--")
            .args(arguments),
    )
}
