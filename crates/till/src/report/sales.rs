//! The sales of a period, one by one, with the parts of how each was paid.

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::extent::Extent;
use crate::store::sale::{self, SaleKind, SaleRow};
use crate::store::tender::{self, TenderKind, TenderRow};
use crate::store::{money_in, person, push, refund};
use crate::view::{PaidBy, SaleState};

/// One sale. No name of a customer, and of a phone only its last digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleLine {
    /// Random.
    pub id: String,
    /// Counts up on this counter.
    pub number: u32,
    /// What the customer reads.
    pub reference: String,
    /// When it began.
    pub opened_at: DateTime<Utc>,
    /// What was owed.
    pub amount: Money,
    /// Its life.
    pub state: SaleState,
    /// A debt was paid off: nothing was sold.
    pub pay_off: bool,
    /// Written in later, from paper.
    pub from_paper: bool,
    /// The PC's date was in doubt when it was written.
    pub time_unsure: bool,
    /// Who began it.
    pub person: Option<String>,
    /// The parts that count towards it, in their order.
    pub parts: Vec<PartLine>,
    /// What went back after it was paid.
    pub refunded: Money,
}

/// One part of how a sale was paid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartLine {
    /// How.
    pub way: PaidBy,
    /// How much.
    pub amount: Money,
    /// Who took it.
    pub person: Option<String>,
    /// M-PESA's code, once it is known.
    pub receipt: Option<ReceiptNumber>,
    /// The last digits of the phone, as far as they are known.
    pub digits: Option<String>,
    /// Safaricom itself has shown the payment. Cash and credit need no proof and have none.
    pub proved: bool,
}

/// Hands over the sales of a stretch of the book, the oldest first, until `each` says `false`. A stretch of time has
/// the sales that began in it, one of the chain those of which money moved in it.
///
/// # Errors
/// The disk's trouble, or what `each` returns.
pub fn sales(
    conn: &Connection,
    extent: Extent,
    each: &mut dyn FnMut(SaleLine) -> Result<bool, TillError>,
) -> Result<(), TillError> {
    sale::each_in(conn, extent, &mut |row| each(line(conn, row)?))
}

fn line(conn: &Connection, row: SaleRow) -> Result<SaleLine, TillError> {
    let parts = tender::of_sale(conn, &row.id)?
        .into_iter()
        .filter(|part| part.stands)
        .map(|part| part_line(conn, part))
        .collect::<Result<_, _>>()?;
    Ok(SaleLine {
        parts,
        refunded: refund::given(conn, &row.id)?,
        person: person::name(conn, row.person_id.as_deref())?,
        pay_off: matches!(row.kind, SaleKind::PayOff { .. }),
        id: row.id,
        number: row.number,
        reference: row.reference,
        opened_at: row.opened_at,
        amount: row.amount,
        state: row.state,
        from_paper: row.from_paper,
        time_unsure: row.time_unsure,
    })
}

fn part_line(conn: &Connection, part: TenderRow) -> Result<PartLine, TillError> {
    let mut line = PartLine {
        way: PaidBy::Cash,
        amount: part.amount,
        person: person::name(conn, part.person_id.as_deref())?,
        receipt: None,
        digits: None,
        proved: false,
    };
    match part.kind {
        TenderKind::Cash { .. } => {}
        TenderKind::Credit { .. } => line.way = PaidBy::Credit,
        TenderKind::Push => {
            let push = push::of_tender(conn, &part.id)?;
            line.way = PaidBy::Push;
            line.digits = Some(push.msisdn.last3().to_owned());
            line.proved = push.receipt.is_some();
            line.receipt = push.receipt;
        }
        TenderKind::ToTill { digits, receipt, .. } => {
            line.way = PaidBy::ToTill;
            line.digits = digits;
            line.proved = receipt.is_some();
            line.receipt = receipt;
        }
        TenderKind::Code {
            receipt, confirmed, ..
        } => {
            line.way = PaidBy::Code;
            line.digits = money_in::get(conn, &receipt)?.and_then(|row| row.digits);
            line.proved = confirmed;
            line.receipt = Some(receipt);
        }
    }
    Ok(line)
}
