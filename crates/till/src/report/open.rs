//! What needs looking at, with what a person must know to look.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::error::TillError;
use crate::money::Money;
use crate::receipt_number::ReceiptNumber;
use crate::store::tender::{TenderKind, TenderRow};
use crate::store::{matter, money_in, person, push, refund, sale, tender};
use crate::view::{CarriedKind, CarriedView, NotConfirmed, OpenLine, OpenView};

/// Most lines that are shown; a shop whose payments nothing confirms has thousands.
const MOST: usize = 100;

/// Tells what there is to know of everything that nobody knows the end of.
///
/// # Errors
/// The disk's trouble.
pub fn open(conn: &Connection, not_known: &[CarriedView]) -> Result<OpenView, TillError> {
    let mut lines = Vec::new();
    for kind in CarriedKind::ALL {
        // Each kind comes oldest first, and only the newest can be among those shown.
        let newest = not_known.iter().rev().filter(|open| open.kind == kind).take(MOST);
        for open in newest {
            lines.push(line(conn, open)?);
        }
    }
    lines.sort_by_key(|line| Reverse(line.at));
    lines.truncate(MOST);
    Ok(OpenView {
        count: u32::try_from(not_known.len()).unwrap_or(u32::MAX),
        amount: Money::sum(not_known.iter().map(|open| open.amount))
            .ok_or_else(|| TillError::internal("a sum out of bounds"))?,
        lines,
        not_confirmed: not_confirmed(conn)?,
    })
}

/// M-PESA that counts towards sales and that nothing has confirmed, by who took it.
///
/// # Errors
/// The disk's trouble.
pub fn not_confirmed(conn: &Connection) -> Result<Vec<NotConfirmed>, TillError> {
    tender::not_confirmed_by_person(conn)?
        .into_iter()
        .map(|(person_id, count, amount)| {
            Ok(NotConfirmed {
                person: person::name(conn, person_id.as_deref())?,
                count,
                amount,
            })
        })
        .collect()
}

/// What a line says beside its kind and amount.
struct Told {
    at: DateTime<Utc>,
    sale_id: Option<String>,
    person_id: Option<String>,
    digits: Option<String>,
    receipt: Option<ReceiptNumber>,
}

fn line(conn: &Connection, open: &CarriedView) -> Result<OpenLine, TillError> {
    let mut which = None;
    let told = match open.kind {
        CarriedKind::Push | CarriedKind::NoReceipt => of_push(conn, &open.about)?,
        CarriedKind::Code => of_code(tender::get(conn, &open.about)?),
        CarriedKind::MoneyIn => of_money(conn, &open.about)?,
        CarriedKind::SentBack => of_refund(conn, &open.about)?,
        CarriedKind::Matter => {
            let (matter, sale_id) = matter::get(conn, &open.about)?;
            which = Some(matter.kind);
            let person_id = sale::get(conn, &sale_id)?.person_id;
            Told {
                at: matter.opened_at,
                sale_id: Some(sale_id),
                person_id,
                digits: None,
                receipt: None,
            }
        }
    };
    let reference = told
        .sale_id
        .as_deref()
        .map(|id| sale::get(conn, id))
        .transpose()?;
    Ok(OpenLine {
        kind: open.kind,
        about: open.about.clone(),
        amount: open.amount,
        at: told.at,
        matter: which,
        reference: reference.map(|sale| sale.reference),
        sale_id: told.sale_id,
        person: person::name(conn, told.person_id.as_deref())?,
        digits: told.digits,
        receipt: told.receipt,
        since_z: open.since_z,
    })
}

fn of_push(conn: &Connection, id: &str) -> Result<Told, TillError> {
    let push = push::get(conn, id)?;
    let taken = tender::get(conn, &push.tender_id)?;
    Ok(Told {
        at: push.created_at,
        digits: Some(push.msisdn.last3().to_owned()),
        sale_id: Some(push.sale_id),
        person_id: taken.person_id,
        receipt: push.receipt,
    })
}

fn of_code(taken: TenderRow) -> Told {
    Told {
        at: taken.opened_at,
        sale_id: Some(taken.sale_id),
        person_id: taken.person_id,
        digits: None,
        receipt: match taken.kind {
            TenderKind::Code { receipt, .. } => Some(receipt),
            TenderKind::Cash { .. }
            | TenderKind::Push
            | TenderKind::ToTill { .. }
            | TenderKind::Credit { .. } => None,
        },
    }
}

fn of_money(conn: &Connection, receipt: &str) -> Result<Told, TillError> {
    let receipt = ReceiptNumber::parse(receipt).map_err(TillError::internal)?;
    let row = money_in::get(conn, &receipt)?.ok_or_else(|| TillError::not_found("payment"))?;
    Ok(Told {
        at: row.paid_at.unwrap_or(row.at),
        sale_id: None,
        person_id: None,
        digits: row.digits,
        receipt: Some(receipt),
    })
}

fn of_refund(conn: &Connection, id: &str) -> Result<Told, TillError> {
    let row = refund::get(conn, id)?;
    Ok(Told {
        at: row.at,
        sale_id: Some(row.sale_id),
        person_id: row.person_id,
        digits: None,
        receipt: match row.way {
            refund::Way::Phone { receipt, .. } => Some(receipt),
            refund::Way::Cash | refund::Way::Debt => None,
        },
    })
}
