//! `cargo xtask bundle`: installers for this system, by Tauri's own bundler.

use std::fs;

use crate::npm;
use crate::packages::{self, For};
use crate::shell::{Outcome, RELEASE, cargo, command, exec, root, step};

/// Tauri's bundler, from npm, because it comes built; the crate would take minutes to compile.
const TAURI_CLI: &str = "@tauri-apps/cli@2.12.5";

pub(crate) fn bundle(formats: &[String]) -> Outcome {
    packages::ensure(For::Building)?;
    npm::build()?;
    let usual = if cfg!(windows) {
        "nsis"
    } else if cfg!(target_os = "macos") {
        "dmg"
    } else {
        "deb"
    };
    let formats = if formats.is_empty() {
        usual.to_owned()
    } else {
        formats.join(",")
    };
    step("release build", || {
        exec(cargo(&["build", "--workspace"]).args(RELEASE))
    })?;
    step(&format!("installers: {formats}"), || {
        // From the root, where tauri.conf.json is; no version but this one has been tried.
        let npx = if cfg!(windows) { "npx.cmd" } else { "npx" };
        exec(command(npx, &["--yes", TAURI_CLI]).args(["bundle", "--bundles", formats.as_str()]))
    })?;
    let folder = root().join("target/release/bundle");
    for format in formats.split(',') {
        for entry in fs::read_dir(folder.join(format))?.filter_map(Result::ok) {
            let size = entry.metadata().map_or(0, |metadata| metadata.len());
            if entry.path().is_file() {
                println!("{} ({} kB)", entry.path().display(), size / 1000);
            }
        }
    }
    Ok(())
}
