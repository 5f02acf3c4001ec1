//! Table `print_job`: what waits for the printer, and what became of it.

use chrono::{DateTime, Utc};
use receipts::Document;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params, params_from_iter};

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
    /// A customer's statement, as the book has it when it is printed.
    Statement {
        /// Whose.
        customer_id: String,
        /// The last entry that it says.
        upto: i64,
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
    let columns = Columns::of(task)?;
    tx.prepare_cached(
        "INSERT INTO print_job (kind, sale_id, z_number, customer_id, upto_seq, document, asked_at, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'waiting')",
    )?
    .execute(params![
        columns.kind,
        columns.sale_id,
        columns.z_number,
        columns.customer_id,
        columns.upto,
        columns.document,
        ms(asked_at)
    ])?;
    Ok(())
}

/// A task in its columns.
#[derive(Default)]
struct Columns {
    kind: String,
    sale_id: Option<String>,
    z_number: Option<u32>,
    customer_id: Option<String>,
    upto: Option<i64>,
    document: Option<String>,
}

impl Columns {
    fn of(task: &Task) -> Result<Self, TillError> {
        let kind = |kind: &str| Self {
            kind: kind.to_owned(),
            ..Self::default()
        };
        Ok(match task {
            Task::Receipt { sale_id } => Self {
                sale_id: Some(sale_id.clone()),
                ..kind("receipt")
            },
            Task::Close { number } => Self {
                z_number: Some(*number),
                ..kind("close")
            },
            Task::Statement { customer_id, upto } => Self {
                customer_id: Some(customer_id.clone()),
                upto: Some(*upto),
                ..kind("statement")
            },
            Task::Paper(document) => Self {
                document: Some(serde_json::to_string(document).map_err(TillError::internal)?),
                ..kind("paper")
            },
            Task::Drawer => kind("drawer"),
        })
    }

    fn typed(row: &Row<'_>) -> rusqlite::Result<(i64, Self)> {
        let columns = Self {
            kind: row.get(1)?,
            sale_id: row.get(2)?,
            z_number: row.get(3)?,
            customer_id: row.get(4)?,
            upto: row.get(5)?,
            document: row.get(6)?,
        };
        Ok((row.get(0)?, columns))
    }

    fn task(self) -> Result<Task, TillError> {
        let kind = self.kind.clone();
        Ok(match (kind.as_str(), self) {
            (
                "receipt",
                Self {
                    sale_id: Some(sale_id),
                    ..
                },
            ) => Task::Receipt { sale_id },
            (
                "close",
                Self {
                    z_number: Some(number),
                    ..
                },
            ) => Task::Close { number },
            (
                "statement",
                Self {
                    customer_id: Some(customer_id),
                    upto: Some(upto),
                    ..
                },
            ) => Task::Statement { customer_id, upto },
            (
                "paper",
                Self {
                    document: Some(json), ..
                },
            ) => Task::Paper(
                serde_json::from_str(&json).map_err(|_| odd("print_job.document", "not a document"))?,
            ),
            ("drawer", _) => Task::Drawer,
            (other, _) => return Err(odd("print_job.kind", other)),
        })
    }
}

/// The oldest task that waits.
///
/// # Errors
/// The disk's trouble, or a row that this program cannot read.
pub fn next(conn: &Connection) -> Result<Option<Job>, TillError> {
    let row = conn
        .prepare_cached(
            "SELECT seq, kind, sale_id, z_number, customer_id, upto_seq, document FROM print_job
             WHERE state = 'waiting' AND state IN ('waiting', 'sending', 'too_old') ORDER BY seq LIMIT 1",
        )?
        .query_row([], Columns::typed)
        .optional()?;
    let Some((seq, columns)) = row else {
        return Ok(None);
    };
    let task = columns.task()?;
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

/// How the tasks stand that are for the same slip as this one.
///
/// # Errors
/// The disk's trouble.
pub fn states_of(conn: &Connection, task: &Task) -> Result<Vec<JobState>, TillError> {
    let Some((which, of)) = same_slip(task) else {
        return Ok(Vec::new());
    };
    let mut statement = conn.prepare_cached(&format!("SELECT state FROM print_job WHERE {which}"))?;
    let mut rows = statement.query(params_from_iter(of))?;
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
    let Some((which, of)) = same_slip(task) else {
        return Ok(0);
    };
    let sql =
        format!("UPDATE print_job SET state = 'waiting', asked_at = ? WHERE state = 'too_old' AND {which}");
    let with = std::iter::once(Value::from(ms(asked_at))).chain(of);
    Ok(tx.execute(&sql, params_from_iter(with))?)
}

/// Which rows are for the same slip as this task, and what is bound to the condition. A paper and the drawer are only
/// ever for once.
fn same_slip(task: &Task) -> Option<(&'static str, Vec<Value>)> {
    match task {
        Task::Receipt { sale_id } => Some((
            "sale_id = ? AND sale_id IS NOT NULL",
            vec![Value::from(sale_id.clone())],
        )),
        Task::Close { number } => Some((
            "z_number = ? AND z_number IS NOT NULL",
            vec![Value::from(*number)],
        )),
        Task::Statement { customer_id, upto } => Some((
            "customer_id = ? AND upto_seq = ? AND customer_id IS NOT NULL",
            vec![Value::from(customer_id.clone()), Value::from(*upto)],
        )),
        Task::Paper(_) | Task::Drawer => None,
    }
}
