//! How copies are named, and read back from their names.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Form, Taken};

const DAY: &str = "%Y-%m-%d";
const BEFORE_VERSION: &str = "before-version-";

/// `keshia-2026-11-24.db`, `keshia-before-version-2.db`; sealed, `keshia-2026-11-24.sealed`.
pub(super) fn write(stem: &str, reason: Taken, form: Form) -> String {
    let ending = ending(form);
    match reason {
        Taken::OfDay(day) => format!("{stem}-{}.{ending}", day.format(DAY)),
        Taken::BeforeVersion(version) => format!("{stem}-{BEFORE_VERSION}{version}.{ending}"),
    }
}

/// What a file's name says; `None` for a name that is not exactly as [`write`] makes it.
pub(super) fn read(stem: &str, name: &str) -> Option<(Taken, Form)> {
    let (front, end) = name.rsplit_once('.')?;
    let form = [Form::Plain, Form::Sealed]
        .into_iter()
        .find(|form| ending(*form) == end)?;
    let rest = front.strip_prefix(stem)?.strip_prefix('-')?;
    let reason = match rest.strip_prefix(BEFORE_VERSION) {
        Some(version) => Taken::BeforeVersion(version.parse().ok()?),
        None => Taken::OfDay(NaiveDate::parse_from_str(rest, DAY).ok()?),
    };
    (write(stem, reason, form) == name).then_some((reason, form))
}

const fn ending(form: Form) -> &'static str {
    match form {
        Form::Plain => "db",
        Form::Sealed => "sealed",
    }
}

/// Where a copy grows. Nothing with this ending is ever listed.
pub(super) fn growing(path: &Path) -> PathBuf {
    path.with_extension("part")
}

/// `keshia.db` and `wal`: `keshia.db-wal`, where SQLite keeps what belongs to a file.
pub(super) fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!("-{what}"));
    PathBuf::from(name)
}
