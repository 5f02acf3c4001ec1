//! Simulated days in every test run: as many as ten minutes hold, in every kind of shop.

use std::process::Command;

use crate::shell::{Outcome, exec_keeping, root};

/// The kinds of shop, and how many days and minutes each gets: alone with a relay and Safaricom's list, without
/// the one, without the other, without both; two counters that a relay settles between, with the list and without;
/// two counters without a relay, of which one collects; and shops with people, drawers, refunds and closes.
pub(crate) const KINDS: [&[&str]; 9] = [
    &["--days", "110", "--minutes", "2"],
    &["--seed", "100000", "--days", "60", "--minutes", "1", "--no-relay"],
    &["--seed", "200000", "--days", "70", "--minutes", "1", "--no-pull"],
    &[
        "--seed",
        "300000",
        "--days",
        "40",
        "--minutes",
        "1",
        "--no-pull",
        "--no-relay",
    ],
    &[
        "--seed",
        "400000",
        "--days",
        "50",
        "--minutes",
        "1",
        "--counters",
        "2",
    ],
    &[
        "--seed",
        "500000",
        "--days",
        "50",
        "--minutes",
        "1",
        "--counters",
        "2",
        "--no-pull",
    ],
    &[
        "--seed",
        "600000",
        "--days",
        "30",
        "--minutes",
        "1",
        "--counters",
        "2",
        "--no-relay",
    ],
    &["--seed", "700000", "--days", "60", "--minutes", "2", "--people"],
    &[
        "--seed",
        "800000",
        "--days",
        "20",
        "--minutes",
        "1",
        "--people",
        "--counters",
        "2",
    ],
];

/// Runs days of one kind with the `keshiactl` that the tests have just built.
pub(crate) fn days(flags: &[&str]) -> (Vec<String>, Outcome) {
    let program = root().join("target/debug").join(if cfg!(windows) {
        "keshiactl.exe"
    } else {
        "keshiactl"
    });
    exec_keeping(Command::new(program).arg("torture").args(flags), |line| {
        line.contains(" days from seed ") || line.starts_with("lost ")
    })
}
