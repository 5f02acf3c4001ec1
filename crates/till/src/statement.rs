//! A statement of the shop's M-PESA account, as the organisation portal exports it (CSV): pure reading.
//!
//! The file begins with some lines about the organisation. Then come the column heads ("Receipt No.,
//! Completion Time, Initiation Time, Details, Transaction Status, Paid In, Withdrawn, Balance, Balance
//! Confirmed, Reason Type, Other Party Info, Linked Transaction ID, A/C No."), of which older exports lack
//! some, and one line for each transaction, the newest first, with times of East Africa (Safaricom's
//! organisation portal, statement export).

use chrono::{DateTime, NaiveDateTime, Utc};
use csv::{ReaderBuilder, StringRecord};
use thiserror::Error;

use crate::clock::east_africa;
use crate::error::{Code, TillError};
use crate::money::{Money, MoneyError};
use crate::msisdn::visible_digits;
use crate::receipt_number::ReceiptNumber;

/// A larger file is not one shop's statement, in bytes.
pub const LARGEST_BYTES: u64 = 64 << 20;

/// How the portal writes times.
const TIME_FORMS: [&str; 4] = [
    "%d-%m-%Y %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%d/%m/%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
];

/// What a statement says, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Customers' payments.
    pub payments: Vec<Payment>,
    /// Payments that were taken back.
    pub reversals: Vec<Reversal>,
    /// What the shop sent out: refunds from its own phone are among them.
    pub sent: Vec<Sent>,
    /// Its oldest and its newest completed transaction, of whatever kind: all between them is in it.
    pub span: (DateTime<Utc>, DateTime<Utc>),
    /// Charges, settlements to the bank and what else is no customer's payment.
    pub others: usize,
    /// The numbers of lines that say neither, counted from 1 as a spreadsheet shows them.
    pub unreadable: Vec<u64>,
}

/// One payment of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Its receipt number.
    pub receipt: ReceiptNumber,
    /// How much came in.
    pub amount: Money,
    /// When it was completed.
    pub at: DateTime<Utc>,
    /// The visible last digits of the payer's phone; empty when none are.
    pub digits: String,
    /// What the payer gave as account; empty for tills.
    pub reference: String,
}

/// A payment that was taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reversal {
    /// The reversal's own receipt number.
    pub receipt: ReceiptNumber,
    /// The payment; `None` when the statement does not say which.
    pub of: Option<ReceiptNumber>,
    /// How much went out.
    pub amount: Money,
    /// When.
    pub at: DateTime<Utc>,
}

/// A payment that the shop made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Its receipt number.
    pub receipt: ReceiptNumber,
    /// How much went out.
    pub amount: Money,
    /// When.
    pub at: DateTime<Utc>,
}

/// Why a file is not read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StatementError {
    /// No line has the columns of a statement.
    #[error(
        "This is not an M-PESA statement: no line has the heads Receipt No., Completion Time and Paid In. Export it from Safaricom's organisation portal as CSV."
    )]
    NoHeads,
    /// The heads are there and nothing below them.
    #[error("This statement shows no completed transaction. Choose a longer time on the portal.")]
    Empty,
    /// A spreadsheet or a PDF instead of a CSV file.
    #[error("This file is not text. Export the statement as CSV, not as Excel or PDF.")]
    NotText,
}

impl From<StatementError> for TillError {
    fn from(error: StatementError) -> Self {
        Self::new(Code::StatementUnreadable, error.to_string())
    }
}

/// Where the columns are.
struct Columns {
    receipt: usize,
    completed: usize,
    paid_in: usize,
    withdrawn: Option<usize>,
    status: Option<usize>,
    details: Option<usize>,
    reason: Option<usize>,
    other_party: Option<usize>,
    linked: Option<usize>,
    account: Option<usize>,
}

/// What one line says.
enum Line {
    Payment(Payment),
    Reversal(Reversal),
    Sent(Sent),
    /// Completed, and no customer's payment.
    Other(DateTime<Utc>),
    /// Failed, cancelled, a total or an empty line: nothing happened.
    Nothing,
    Unreadable,
}

/// Reads a file's bytes.
///
/// # Errors
/// A [`StatementError`] in words for whoever chose the file.
pub fn read(bytes: &[u8]) -> Result<Statement, StatementError> {
    if bytes.contains(&0) {
        return Err(StatementError::NotText);
    }
    // Names may be in another encoding; nothing of them is kept.
    let text = String::from_utf8_lossy(bytes);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut columns: Option<Columns> = None;
    let (mut payments, mut reversals, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    let (mut others, mut unreadable) = (0, Vec::new());
    let mut times: Vec<DateTime<Utc>> = Vec::new();
    for record in reader.records() {
        let Ok(record) = record else { continue };
        let Some(columns) = &columns else {
            columns = Columns::of(&record);
            continue;
        };
        match columns.line(&record) {
            Line::Payment(payment) => {
                times.push(payment.at);
                payments.push(payment);
            }
            Line::Reversal(reversal) => {
                times.push(reversal.at);
                reversals.push(reversal);
            }
            Line::Sent(out) => {
                times.push(out.at);
                sent.push(out);
                others += 1;
            }
            Line::Other(at) => {
                times.push(at);
                others += 1;
            }
            Line::Nothing => {}
            Line::Unreadable => unreadable.push(record.position().map_or(0, csv::Position::line)),
        }
    }
    if columns.is_none() {
        return Err(StatementError::NoHeads);
    }
    let span = times.iter().min().copied().zip(times.iter().max().copied());
    payments.sort_by_key(|payment| payment.at);
    reversals.sort_by_key(|reversal| reversal.at);
    Ok(Statement {
        payments,
        reversals,
        sent,
        span: span.ok_or(StatementError::Empty)?,
        others,
        unreadable,
    })
}

impl Columns {
    fn of(record: &StringRecord) -> Option<Self> {
        let heads: Vec<String> = record
            .iter()
            .map(|head| {
                head.chars()
                    .filter(char::is_ascii_alphanumeric)
                    .collect::<String>()
                    .to_ascii_lowercase()
            })
            .collect();
        let find = |name: &str| heads.iter().position(|head| head == name);
        Some(Self {
            receipt: find("receiptno")?,
            completed: find("completiontime")?,
            paid_in: find("paidin")?,
            withdrawn: find("withdrawn"),
            status: find("transactionstatus"),
            details: find("details"),
            reason: find("reasontype"),
            other_party: find("otherpartyinfo"),
            linked: find("linkedtransactionid"),
            account: find("acno"),
        })
    }

    fn line(&self, record: &StringRecord) -> Line {
        let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or("").trim();
        let first = cell(Some(self.receipt));
        if first.is_empty() || self.status.is_some() && !cell(self.status).eq_ignore_ascii_case("completed") {
            return Line::Nothing;
        }
        let (Ok(receipt), Some(at)) = (ReceiptNumber::parse(first), time(cell(Some(self.completed)))) else {
            return Line::Unreadable;
        };
        let said = format!("{} {}", cell(self.details), cell(self.reason)).to_ascii_lowercase();
        let (Ok(paid_in), Ok(withdrawn)) = (amount(cell(Some(self.paid_in))), amount(cell(self.withdrawn)))
        else {
            return Line::Unreadable;
        };
        if said.contains("revers") {
            let linked = ReceiptNumber::parse(cell(self.linked)).ok();
            return match withdrawn {
                Some(amount) => Line::Reversal(Reversal {
                    of: linked.or_else(|| named_in(cell(self.details), &receipt)),
                    receipt,
                    amount,
                    at,
                }),
                // Money that the shop had sent and got back.
                None => Line::Other(at),
            };
        }
        match (paid_in, payer(cell(self.other_party))) {
            (Some(amount), Some(digits)) => Line::Payment(Payment {
                receipt,
                amount,
                at,
                digits,
                reference: cell(self.account).to_owned(),
            }),
            (Some(_), None) => Line::Other(at),
            (None, _) => match withdrawn {
                Some(amount) => Line::Sent(Sent { receipt, amount, at }),
                None => Line::Other(at),
            },
        }
    }
}

fn time(text: &str) -> Option<DateTime<Utc>> {
    TIME_FORMS
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .and_then(|wall| wall.and_local_timezone(east_africa()).single())
        .map(|at| at.with_timezone(&Utc))
}

/// An amount with or without its sign; nothing and zero are no amount.
fn amount(text: &str) -> Result<Option<Money>, MoneyError> {
    let bare = text.trim_start_matches(['-', '−', '+']);
    if bare.is_empty() {
        return Ok(None);
    }
    Money::parse(bare).map(|money| (!money.is_zero()).then_some(money))
}

/// The visible end of the phone in "2547****678 - JOHN": `None` when no phone stands there, so when it is no
/// customer.
fn payer(other_party: &str) -> Option<String> {
    let phone = other_party.split([' ', '-']).next().unwrap_or("");
    let is_phone = phone
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'*' || byte == b'+');
    // A phone with its mask has nine characters at the least; a short code has seven at the most.
    (is_phone && phone.len() >= 9).then(|| visible_digits(phone))
}

/// A receipt number in a line's own words, other than the line's.
fn named_in(details: &str, own: &ReceiptNumber) -> Option<ReceiptNumber> {
    details
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.bytes().any(|byte| byte.is_ascii_digit()))
        .filter(|word| word.bytes().any(|byte| byte.is_ascii_uppercase()))
        .filter_map(|word| ReceiptNumber::parse(word).ok())
        .find(|receipt| receipt != own)
}
