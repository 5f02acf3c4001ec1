//! Table `print_job`: what waits for the printer, and what became of it.

use chrono::{DateTime, Utc};
use receipts::Document;
use rusqlite::{Connection, OptionalExtension, ToSql, Transaction, params};

use crate::error::TillError;
use crate::store::{ms, odd};

/// What is to be done at the printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// The receipt of a sale, as the book has it when it is printed.
    Receipt {
        /// Which.
        sale_id: String,
    },
    /// The slip of a day's close, as the book has it when it is printed.
    Close {
        /// Which.
        number: u32,
    },
    /// A paper as it was made: a report, a test.
    Paper(Document),
    /// The drawer is opened.
    Drawer,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobState {
    /// Nothing has left for the printer.
    Waiting,
    /// Bytes may leave from now on.
    Sending,
    /// The printer took it.
    Printed,
    /// Some left, and nobody can say whether paper came out. It is not printed again by itself.
    Perhaps,
    /// It waited too long, and is printed only when somebody says so.
    TooOld,
    /// Nobody wants it any more.
    GivenUp,
}

impl JobState {
    const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Printed => "printed",
            Self::Perhaps => "perhaps",
            Self::TooOld => "too_old",
            Self::GivenUp => "given_up",
        }
    }
}

/// A task that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Counts up.
    pub seq: i64,
    /// What.
    pub task: Task,
}

pub(crate) fn insert(tx: &Transaction<'_>, task: &Task, asked_at: DateTime<Utc>) -> Result<(), TillError> {
    let (kind, sale_id, number, document) = match task {
        Task::Receipt { sale_id } => ("receipt", Some(sale_id), None, None),
        Task::Close { number } => ("close", None, Some(number), None),
        Task::Paper(document) => {
            let json = serde_json::to_string(document).map_err(TillError::internal)?;
            ("paper", None, None, Some(json))
        }
        Task::Drawer => ("drawer", None, None, None),
    };
    tx.prepare_cached(
        "INSERT INTO print_job (kind, sale_id, z_number, document, asked_at, state)
         VALUES (?1, ?2, ?3, ?4, ?5, 'waiting')",
    )?
    .execute(params![kind, sale_id, number, document, ms(asked_at)])?;
    Ok(())
}

/// The oldest task that waits.
///
/// # Errors
/// The disk's trouble, or a row that this program cannot read.
pub fn next(conn: &Connection) -> Result<Option<Job>, TillError> {
    type Found = (i64, String, Option<String>, Option<u32>, Option<String>);
    let row: Option<Found> = conn
        .prepare_cached(
            "SELECT seq, kind, sale_id, z_number, document FROM print_job
             WHERE state = 'waiting' AND state IN ('waiting', 'sending', 'too_old') ORDER BY seq LIMIT 1",
        )?
        .query_row([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })
        .optional()?;
    let Some((seq, kind, sale_id, number, document)) = row else {
        return Ok(None);
    };
    let task = match (kind.as_str(), sale_id, number, document) {
        ("receipt", Some(sale_id), _, _) => Task::Receipt { sale_id },
        ("close", _, Some(number), _) => Task::Close { number },
        ("paper", _, _, Some(json)) => {
            Task::Paper(serde_json::from_str(&json).map_err(|_| odd("print_job.document", "not a document"))?)
        }
        ("drawer", _, _, _) => Task::Drawer,
        (other, _, _, _) => return Err(odd("print_job.kind", other)),
    };
    Ok(Some(Job { seq, task }))
}

/// A paper that came out, or that nobody wants, is kept empty: people are named on it. `?2` is the new state.
const KEPT: &str = r#"CASE WHEN kind = 'paper' AND ?2 IN ('printed', 'perhaps', 'given_up') THEN '{"lines":[]}'
    ELSE document END"#;

pub(crate) fn mark(tx: &Transaction<'_>, seq: i64, state: JobState) -> Result<(), TillError> {
    tx.prepare_cached(&format!(
        "UPDATE print_job SET state = ?2, document = {KEPT} WHERE seq = ?1"
    ))?
    .execute(params![seq, state.word()])?;
    Ok(())
}

/// How many slips stand so; of those that are being sent, the drawer too.
///
/// # Errors
/// The disk's trouble.
pub fn count(conn: &Connection, state: JobState) -> Result<u32, TillError> {
    Ok(conn
        .prepare_cached(
            "SELECT COUNT(*) FROM print_job
             WHERE state = ?1 AND state IN ('waiting', 'sending', 'too_old')
             AND (kind <> 'drawer' OR state = 'sending')",
        )?
        .query_row([state.word()], |row| row.get(0))?)
}

/// Are there waiting tasks that were asked for outside these moments? A clock that was set back does not make
/// an old one new.
pub(crate) fn has_outside(
    conn: &Connection,
    drawer: bool,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<bool, TillError> {
    Ok(conn
        .prepare_cached(
            "SELECT 1 FROM print_job WHERE state = 'waiting' AND state IN ('waiting', 'sending', 'too_old')
             AND (kind = 'drawer') = ?1 AND (asked_at < ?2 OR asked_at > ?3)",
        )?
        .exists(params![drawer, ms(from), ms(to)])?)
}

/// Marks them.
pub(crate) fn mark_outside(
    tx: &Transaction<'_>,
    drawer: bool,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
    state: JobState,
) -> Result<(), TillError> {
    tx.execute(
        "UPDATE print_job SET state = ?4 WHERE state = 'waiting' AND state IN ('waiting', 'sending', 'too_old')
         AND (kind = 'drawer') = ?1 AND (asked_at < ?2 OR asked_at > ?3)",
        params![drawer, ms(from), ms(to), state.word()],
    )?;
    Ok(())
}

/// All that stand one way stand another now, and were asked for at this moment.
pub(crate) fn turn(
    tx: &Transaction<'_>,
    from: JobState,
    to: JobState,
    asked_at: DateTime<Utc>,
) -> Result<(), TillError> {
    tx.execute(
        &format!(
            "UPDATE print_job SET state = ?2, asked_at = ?3, document = {KEPT}
             WHERE state = ?1 AND state IN ('waiting', 'sending', 'too_old')"
        ),
        params![from.word(), to.word(), ms(asked_at)],
    )?;
    Ok(())
}

/// How the tasks stand that are for the same slip as this one. A paper and the drawer are only ever for once.
///
/// # Errors
/// The disk's trouble.
pub fn states_of(conn: &Connection, task: &Task) -> Result<Vec<JobState>, TillError> {
    let (sql, of): (_, &dyn ToSql) = match task {
        Task::Receipt { sale_id } => (
            "SELECT state FROM print_job WHERE sale_id = ?1 AND sale_id IS NOT NULL",
            sale_id,
        ),
        Task::Close { number } => (
            "SELECT state FROM print_job WHERE z_number = ?1 AND z_number IS NOT NULL",
            number,
        ),
        Task::Paper(_) | Task::Drawer => return Ok(Vec::new()),
    };
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([of])?;
    let mut states = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        states.push(match word.as_str() {
            "waiting" => JobState::Waiting,
            "sending" => JobState::Sending,
            "printed" => JobState::Printed,
            "perhaps" => JobState::Perhaps,
            "too_old" => JobState::TooOld,
            "given_up" => JobState::GivenUp,
            other => return Err(odd("print_job.state", other)),
        });
    }
    Ok(states)
}

/// The tasks for the same slip that waited too long are asked for anew; how many.
pub(crate) fn revive(tx: &Transaction<'_>, task: &Task, asked_at: DateTime<Utc>) -> Result<usize, TillError> {
    let (sql, of): (_, &dyn ToSql) = match task {
        Task::Receipt { sale_id } => (
            "UPDATE print_job SET state = 'waiting', asked_at = ?2 WHERE sale_id = ?1 AND state = 'too_old'",
            sale_id,
        ),
        Task::Close { number } => (
            "UPDATE print_job SET state = 'waiting', asked_at = ?2 WHERE z_number = ?1 AND state = 'too_old'",
            number,
        ),
        Task::Paper(_) | Task::Drawer => return Ok(0),
    };
    Ok(tx.execute(sql, params![of, ms(asked_at)])?)
}
