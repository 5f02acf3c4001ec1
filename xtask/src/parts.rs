//! A run of several parts: all of them run, so that one failure does not hide the next, and a summary at
//! the end says how each went.

use std::time::{Duration, Instant};

use crate::shell::{Failure, Outcome, step};

/// What one part of the run ended with.
pub(crate) struct Part {
    name: String,
    lines: Vec<String>,
    outcome: Outcome,
    took: Duration,
}

/// Runs one part; `work` also returns the lines that belong into the summary.
pub(crate) fn part(name: &str, work: impl FnOnce() -> (Vec<String>, Outcome)) -> Part {
    let begun = Instant::now();
    let mut lines = Vec::new();
    let outcome = step(name, || {
        let (kept, outcome) = work();
        lines = kept;
        outcome
    });
    Part {
        name: name.to_owned(),
        lines,
        outcome,
        took: begun.elapsed(),
    }
}

/// Says how each part went; any failure is one of the whole.
pub(crate) fn summary(parts: &[Part], begun: Instant) -> Outcome {
    println!("\n== summary, {:.0?} in all", begun.elapsed());
    for part in parts {
        let word = if part.outcome.is_ok() { "ok    " } else { "FAILED" };
        println!("{word} {:34} {:>8.1?}", part.name, part.took);
        for line in part
            .lines
            .iter()
            .filter(|line| !line.contains(" 0 passed; 0 failed"))
        {
            println!("         {line}");
        }
    }
    let failed: Vec<String> = parts
        .iter()
        .filter_map(|part| {
            part.outcome
                .as_ref()
                .err()
                .map(|failure| format!("{}: {failure}", part.name))
        })
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(failed.join("\n       ")))
    }
}
