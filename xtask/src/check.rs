//! `cargo xtask check`: everything that can be said without running the program.

use std::time::Instant;

use crate::npm::{self, npm};
use crate::packages::{self, For};
use crate::parts::{Part, part, summary};
use crate::shell::{Failure, Outcome, cargo, exec};

pub(crate) fn check() -> Outcome {
    let begun = Instant::now();
    packages::ensure(For::Building)?;
    npm::build()?;
    summary(&all(), begun)
}

/// All checks, in the order of what is quickest to know. The screens are built before them, because the
/// shell embeds them.
pub(crate) fn all() -> Vec<Part> {
    let quiet = |outcome: Outcome| (Vec::new(), outcome);
    vec![
        part("formatting (cargo fmt)", || {
            quiet(exec(&mut cargo(&["fmt", "--all", "--check"])))
        }),
        part("one TLS provider (cargo tree)", || quiet(one_tls_provider())),
        part("screens: types, lints, format", || {
            quiet(exec(&mut npm(&["run", "check"])))
        }),
        part("lints (cargo clippy)", || quiet(clippy())),
    ]
}

fn clippy() -> Outcome {
    exec(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]))
}

/// rustls stops the program at run time when two providers are in one binary and none was chosen; `ring`
/// is the one we install in every `main`, and OpenSSL would bring a second set of trusted roots.
fn one_tls_provider() -> Outcome {
    let mut tree = cargo(&[
        "tree",
        "--workspace",
        "--edges",
        "normal,build,dev",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ]);
    let output = tree.output()?;
    if !output.status.success() {
        return Err(Failure::new(format!(
            "cargo tree: {}",
            String::from_utf8_lossy(&output.stderr)
        )));
    }
    let tree = String::from_utf8_lossy(&output.stdout).into_owned();
    let found = |name: &str| {
        tree.lines()
            .any(|line| line.split_whitespace().next() == Some(name))
    };
    for unwanted in ["aws-lc-rs", "aws-lc-sys", "openssl-sys", "native-tls"] {
        if found(unwanted) {
            return Err(Failure::new(format!(
                "{unwanted} is in the graph; `cargo tree -i {unwanted}` says who wants it"
            )));
        }
    }
    if found("ring") {
        Ok(())
    } else {
        Err(Failure::new(
            "ring is not in the graph, so TLS would have no provider",
        ))
    }
}
