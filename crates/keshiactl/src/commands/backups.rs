//! `backups`: which copies there are, each proved once more.

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::backup::{Backup, Facts, Taken, verify};
use till::{Code, TillError};

use crate::cli::Global;
use crate::failure::Exit;
use crate::open;
use crate::print::Out;

/// One copy.
#[derive(Serialize)]
pub(super) struct Line {
    file: String,
    day: Option<String>,
    before_version: Option<u32>,
    bytes: u64,
    sales: Option<u64>,
    newest_sale: Option<DateTime<Utc>>,
    verified: bool,
    problem: Option<Code>,
}

#[derive(Serialize)]
struct Total {
    backups: usize,
    folder: String,
}

/// Lists them, newest first. Reads only.
///
/// # Errors
/// The disk's trouble.
pub(super) fn run(global: &Global, out: &Out) -> Result<Exit, TillError> {
    let (_, _, backups) = open::backups(global, None)?;
    let found = backups.list()?;
    for backup in &found {
        let facts = verify(&backup.path);
        out.tell(&words(backup, &facts), "backup", line(backup, &facts));
    }
    let total = Total {
        backups: found.len(),
        folder: backups.folder().display().to_string(),
    };
    let words = if found.is_empty() {
        format!("There is no backup yet in {}.", total.folder)
    } else {
        format!("Bring one back with: keshiactl restore {}/FILE", total.folder)
    };
    out.tell(&words, "backups", total);
    Ok(Exit::Done)
}

/// One copy, for a script.
pub(super) fn line(backup: &Backup, facts: &Result<Facts, TillError>) -> Line {
    let (day, before_version) = match backup.reason {
        Taken::OfDay(day) => (Some(day.to_string()), None),
        Taken::BeforeVersion(version) => (None, Some(version)),
    };
    let known = facts.as_ref().ok();
    Line {
        file: backup.path.display().to_string(),
        day,
        before_version,
        bytes: backup.bytes,
        sales: known.map(|facts| facts.sales),
        newest_sale: known.and_then(|facts| facts.newest_sale),
        verified: known.is_some(),
        problem: facts.as_ref().err().map(|error| error.code),
    }
}

/// `1.4 MB`, for a person.
pub(super) fn size(bytes: u64) -> String {
    // Tenths, in whole numbers.
    let tenths = |unit: u64| (bytes.saturating_mul(10) + unit / 2) / unit;
    if bytes < 1_000_000 {
        format!("{} kB", bytes.div_ceil(1000))
    } else {
        let tenths = tenths(1_000_000);
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

fn words(backup: &Backup, facts: &Result<Facts, TillError>) -> String {
    let name = backup.path.file_name().unwrap_or_default().to_string_lossy();
    let what = match facts {
        Ok(facts) => format!("{:>7} sales  whole", facts.sales),
        Err(error) => format!("not usable: {error}"),
    };
    format!("{name:<34} {:>9}  {what}", size(backup.bytes))
}
