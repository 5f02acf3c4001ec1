//! `statement`: takes a statement of the M-PESA account.

use std::fs::{self, File};
use std::io::Read as _;

use chrono::{DateTime, Utc};
use serde::Serialize;
use till::clock::east_africa;
use till::driver::{Clock as _, SystemClock};
use till::engine::{MissingCode, StatementReport};
use till::statement::{self, LARGEST_BYTES};
use till::{Code, TillError};

use crate::cli::{Global, Statement};
use crate::failure::Exit;
use crate::open::Book;
use crate::print::{Out, ksh};

#[derive(Serialize)]
struct Taken<'a> {
    #[serde(flatten)]
    report: &'a StatementReport,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    /// Charges, settlements and what else is no customer's payment.
    others: usize,
    unreadable_lines: &'a [u64],
}

/// Books what the statement proves, takes back what was reversed, and ends prompts that it shows unpaid. Asks
/// nobody.
///
/// # Errors
/// [`Code::StatementUnreadable`] with what is wrong with the file, or what kept the book from opening.
pub(super) fn run(asked: &Statement, global: &Global, out: &Out) -> Result<Exit, TillError> {
    let refused = |words: String| TillError::new(Code::StatementUnreadable, words);
    let named = asked.file.display();
    let unread = |error: std::io::Error| {
        refused(format!(
            "{named} cannot be read ({error}). Look where the portal put it."
        ))
    };
    let size = fs::metadata(&asked.file).map_err(unread)?.len();
    if size > LARGEST_BYTES {
        return Err(refused(format!(
            "{named} is too large for a statement. Export a shorter time."
        )));
    }
    let mut bytes = Vec::new();
    File::open(&asked.file)
        .and_then(|file| file.take(LARGEST_BYTES).read_to_end(&mut bytes))
        .map_err(unread)?;
    let statement = statement::read(&bytes)?;
    let (mut engine, _lock) = Book::open(global)?.engine()?;
    let (report, _) = engine.take_statement(&statement, SystemClock::default().now())?;
    for code in &report.missing_codes {
        out.tell(&missing_words(code), "missing_code", code);
    }
    let taken = Taken {
        report: &report,
        from: statement.span.0,
        to: statement.span.1,
        others: statement.others,
        unreadable_lines: &statement.unreadable,
    };
    out.tell(&words(&taken), "statement", &taken);
    Ok(Exit::Done)
}

fn missing_words(code: &MissingCode) -> String {
    format!(
        "{}  {}  sale {}: Safaricom does not know this code",
        code.receipt,
        ksh(code.amount),
        code.reference
    )
}

fn words(taken: &Taken<'_>) -> String {
    let report = taken.report;
    let at = |at: DateTime<Utc>| {
        at.with_timezone(&east_africa())
            .format("%d.%m.%Y %H:%M")
            .to_string()
    };
    let mut words = format!(
        "Statement from {} to {}\n\
         Payments of customers  {}\n\
         In the book already    {}\n\
         Proved by it now       {}\n\
         For a person to place  {}\n\
         Of no sale here        {}\n\
         Taken back             {}\n\
         Prompts proved unpaid  {}",
        at(taken.from),
        at(taken.to),
        report.payments,
        report.known,
        report.found,
        report.questions,
        report.elsewhere,
        report.reversed,
        report.dead,
    );
    if !report.whole {
        words.push_str(
            "\nIt shows no payment that Safaricom told this till of, or lacks one: it may be another till's, or \
             not whole. So what it lacks proves nothing.",
        );
    }
    if !taken.unreadable_lines.is_empty() {
        let lines: Vec<String> = taken.unreadable_lines.iter().map(u64::to_string).collect();
        words.push_str(&format!("\nLines that could not be read: {}", lines.join(", ")));
    }
    words
}
