//! `cargo xtask test`: every check and every test, once, and a summary at the end.

use std::path::PathBuf;
use std::time::Instant;

use crate::check;
use crate::npm::{self, npm};
use crate::packages::{self, For};
use crate::parts::{Part, part, summary};
use crate::session::{self, Home};
use crate::shell::{Outcome, exec_keeping};
use crate::torture;

pub(crate) fn test() -> Outcome {
    let begun = Instant::now();
    packages::ensure(For::Testing)?;
    let driver = if cfg!(target_os = "linux") {
        packages::tauri_driver()?
    } else {
        PathBuf::new()
    };
    session::ready()?;
    npm::build()?;

    let mut parts: Vec<Part> = check::all();
    parts.push(part("tests of the screens (vitest)", || {
        exec_keeping(&mut npm(&["test"]), |line| {
            let line = line.trim_start();
            line.starts_with("Test Files") || line.starts_with("Tests ")
        })
    }));
    let home = Home::new()?;
    parts.push(part("tests (cargo test --workspace)", || {
        let words = ["test", "--workspace", "--no-fail-fast"];
        exec_keeping(&mut session::cargo_inside(&home, &driver, &words), |line| {
            line.starts_with("test result:") || line.ends_with("... FAILED")
        })
    }));
    parts.push(part("tortured days (keshiactl torture)", || {
        let mut kept = Vec::new();
        for flags in torture::KINDS {
            let (lines, outcome) = torture::days(flags);
            kept.extend(lines);
            if outcome.is_err() {
                return (kept, outcome);
            }
        }
        (kept, Ok(()))
    }));
    summary(&parts, begun)
}
