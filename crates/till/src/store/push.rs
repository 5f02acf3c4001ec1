//! Table `push`: one STK push each, written before anything is sent.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::clock::Mono;
use crate::error::TillError;
use crate::money::MpesaAmount;
use crate::policy::PHONE_DIGITS_KEPT;
use crate::push::{EndKind, Firmness, Push, Reason, State};
use crate::receipt_number::ReceiptNumber;
use crate::store::pull_cover::Stretch;
use crate::store::{at, ms, odd};
use crate::view::{PushState, ToldBy};

const COLUMNS: &str = "p.id, p.sale_id, p.tender_id, p.msisdn, p.amount, p.reference, p.state, p.reason, p.told_by,
    p.end_kind, p.no_message, p.checkout_request_id, p.receipt, p.created_at, p.sent_at, p.accepted_at, p.ended_at,
    p.asked_at, p.asked_times, p.callback_secret, p.skew_ms, p.from_list";

pub(crate) fn insert(tx: &Transaction<'_>, push: &Push) -> Result<(), TillError> {
    tx.prepare_cached(
        "INSERT INTO push (id, tender_id, sale_id, msisdn, amount, reference, state, created_at, callback_secret, from_list)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute(params![
        push.id,
        push.tender_id,
        push.sale_id,
        push.msisdn,
        push.amount.shillings(),
        push.reference,
        word(push.state.word()),
        ms(push.created_at),
        push.callback_secret,
        push.from_list
    ])?;
    Ok(())
}

/// Writes everything that can change about a push.
pub(crate) fn update(tx: &Transaction<'_>, push: &Push) -> Result<(), TillError> {
    let end_kind = match &push.state {
        State::Failed {
            firmness: Firmness::Provisional { kind, .. },
            ..
        } => Some(match kind {
            EndKind::Act => "act",
            EndKind::Silence => "silence",
            EndKind::SameAgain => "same_again",
        }),
        State::Failed {
            firmness: Firmness::Final,
            ..
        }
        | State::Intended
        | State::Sending
        | State::Prompted
        | State::Unknown { .. }
        | State::AwaitsStatement
        | State::NotSent(_)
        | State::Refused(_)
        | State::Paid { .. } => None,
    };
    let no_message = matches!(&push.state, State::Unknown { no_message: true, .. });
    tx.prepare_cached(
        "UPDATE push SET state = ?2, reason = ?3, told_by = ?4, end_kind = ?5, no_message = ?6, checkout_request_id = ?7,
             receipt = ?8, sent_at = ?9, accepted_at = ?10, ended_at = ?11, asked_at = ?12, asked_times = ?13,
             skew_ms = ?14
         WHERE id = ?1",
    )?
    .execute(params![
        push.id,
        word(push.state.word()),
        push.state.reason().map(Reason::as_str),
        push.state.told_by().map(told),
        end_kind,
        no_message,
        push.checkout_request_id,
        push.receipt,
        push.sent_at.map(ms),
        push.accepted_at.map(ms),
        push.ended_at.map(ms),
        push.asked_at.map(ms),
        push.asked_times,
        push.skew_ms
    ])?;
    Ok(())
}

/// One push.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn get(conn: &Connection, id: &str) -> Result<Push, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM push p JOIN sale s ON s.id = p.sale_id WHERE p.id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_row([id], |row| Ok(typed(row))).optional()?;
    found.unwrap_or_else(|| Err(TillError::not_found("prompt")))
}

/// The push of one tender.
///
/// # Errors
/// [`crate::Code::NotFound`], or the disk's trouble.
pub fn of_tender(conn: &Connection, tender_id: &str) -> Result<Push, TillError> {
    let sql = format!("SELECT {COLUMNS} FROM push p JOIN sale s ON s.id = p.sale_id WHERE p.tender_id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement
        .query_row([tender_id], |row| Ok(typed(row)))
        .optional()?;
    found.unwrap_or_else(|| Err(TillError::not_found("prompt")))
}

/// When the first and the last push of sales that began in a stretch of time were sent.
///
/// # Errors
/// The disk's trouble.
pub fn sent_between(conn: &Connection, (from, to): Stretch) -> Result<Option<Stretch>, TillError> {
    let sent: (Option<i64>, Option<i64>) = conn
        .prepare_cached(
            "SELECT MIN(p.sent_at), MAX(p.sent_at) FROM sale s JOIN tender t ON t.sale_id = s.id
             JOIN push p ON p.tender_id = t.id WHERE s.opened_at >= ?1 AND s.opened_at < ?2",
        )?
        .query_row([ms(from), ms(to)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(sent.0.zip(sent.1).map(|(first, last)| (at(first), at(last))))
}

/// Does a push have this receipt number?
///
/// # Errors
/// The disk's trouble.
pub fn names(conn: &Connection, receipt: &ReceiptNumber) -> Result<bool, TillError> {
    Ok(conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM push WHERE receipt = ?1)")?
        .query_row([receipt], |row| row.get(0))?)
}

/// Pushes since a moment that are over and have no receipt number: a payment that comes to light may be
/// theirs.
///
/// # Errors
/// The disk's trouble.
pub fn over_without_receipt(conn: &Connection, since: DateTime<Utc>) -> Result<Vec<Push>, TillError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM push p
         WHERE p.receipt IS NULL AND p.state IN ('paid', 'failed', 'awaits_statement', 'not_sent', 'refused')
           AND p.created_at >= ?1
         ORDER BY p.created_at, p.id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([ms(since)])?;
    let mut pushes = Vec::new();
    while let Some(row) = rows.next()? {
        pushes.push(typed(row)?);
    }
    Ok(pushes)
}

/// Every push that is not over, oldest first: what the engine watches after a start. Failures that
/// rest on a person's word alone are among them.
///
/// # Errors
/// The disk's trouble.
pub fn alive(conn: &Connection) -> Result<Vec<Push>, TillError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM push p JOIN sale s ON s.id = p.sale_id
         WHERE p.state IN ('intended', 'sending', 'prompted', 'unknown', 'failed_provisional')
            OR (p.state = 'failed' AND p.told_by = 'person')
         ORDER BY p.created_at, p.id"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut pushes = Vec::new();
    while let Some(row) = rows.next()? {
        pushes.push(typed(row)?);
    }
    Ok(pushes)
}

/// The phone is a whole one: 12 digits from 254 on, where one that was cut has three. An index's range.
const WHOLE: &str = "msisdn > '254' AND msisdn < '255'";

/// Cuts what is kept of customers down to the last digits: of prompts and payments that are over, whose sale is over, and
/// of whose money nobody has to ask any more. Safaricom's id of a prompt goes too, because it ends with the phone.
///
/// # Errors
/// The disk's trouble.
pub(crate) fn forget_phones(tx: &Transaction<'_>) -> Result<(), TillError> {
    let settled = |sale_id: &str| {
        format!(
            "NOT EXISTS (SELECT 1 FROM sale s WHERE s.id = {sale_id} AND s.state = 'open')
             AND NOT EXISTS (SELECT 1 FROM matter m WHERE m.sale_id = {sale_id} AND m.closed_at IS NULL)"
        )
    };
    // Each names its index of what is still whole: found by itself or not, a close must not walk the whole book.
    tx.execute(
        &format!(
            "UPDATE push INDEXED BY push_by_phone
             SET msisdn = substr(msisdn, -{PHONE_DIGITS_KEPT}), checkout_request_id = NULL
             WHERE {WHOLE}
               AND (state IN ('not_sent', 'refused') OR (state = 'failed' AND told_by IS NOT 'person')
                    OR (state = 'paid' AND receipt IS NOT NULL))
               AND {}",
            settled("push.sale_id")
        ),
        [],
    )?;
    tx.execute(
        &format!(
            "UPDATE money_in INDEXED BY money_in_phone_whole SET phone = substr(phone, -{PHONE_DIGITS_KEPT})
             WHERE length(phone) > {PHONE_DIGITS_KEPT}
               AND EXISTS (SELECT 1 FROM tender t WHERE t.id = money_in.tender_id AND {})",
            settled("t.sale_id")
        ),
        [],
    )?;
    Ok(())
}

/// Pushes that nobody but a statement can tell the end, or the receipt number, of.
///
/// # Errors
/// The disk's trouble.
pub fn never_known(conn: &Connection) -> Result<Vec<Push>, TillError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM push p JOIN sale s ON s.id = p.sale_id WHERE p.receipt IS NULL AND p.state IN ('paid', 'awaits_statement') ORDER BY p.created_at"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut pushes = Vec::new();
    while let Some(row) = rows.next()? {
        pushes.push(typed(row)?);
    }
    Ok(pushes)
}

fn typed(row: &Row<'_>) -> Result<Push, TillError> {
    let time = |index: usize| -> Result<Option<DateTime<Utc>>, TillError> {
        Ok(row.get::<_, Option<i64>>(index)?.map(at))
    };
    let shillings: u32 = row.get(4)?;
    Ok(Push {
        id: row.get(0)?,
        sale_id: row.get(1)?,
        tender_id: row.get(2)?,
        msisdn: row.get(3)?,
        amount: MpesaAmount::from_shillings(shillings)
            .map_err(|_| odd("push.amount", &shillings.to_string()))?,
        reference: row.get(5)?,
        state: state(row)?,
        checkout_request_id: row.get(11)?,
        receipt: row.get(12)?,
        created_at: at(row.get(13)?),
        sent_at: time(14)?,
        accepted_at: time(15)?,
        ended_at: time(16)?,
        asked_at: time(17)?,
        asked_times: row.get(18)?,
        callback_secret: row.get::<_, Option<String>>(19)?.unwrap_or_default(),
        skew_ms: row.get(20)?,
        from_list: row.get(21)?,
        paid_until: None,
        waiting_since: Mono::default(),
    })
}

fn state(row: &Row<'_>) -> Result<State, TillError> {
    let word: String = row.get(6)?;
    let reason = || -> Result<Reason, TillError> {
        let text: Option<String> = row.get(7)?;
        text.as_deref()
            .and_then(Reason::parse)
            .ok_or_else(|| odd("push.reason", text.as_deref().unwrap_or("nothing")))
    };
    let told_by = || -> Result<ToldBy, TillError> {
        let text: Option<String> = row.get(8)?;
        text.as_deref()
            .and_then(parse_told)
            .ok_or_else(|| odd("push.told_by", text.as_deref().unwrap_or("nothing")))
    };
    let no_message: bool = row.get(10)?;
    Ok(match parse(&word).ok_or_else(|| odd("push.state", &word))? {
        PushState::Intended => State::Intended,
        PushState::Sending => State::Sending,
        PushState::Prompted => State::Prompted,
        PushState::Unknown => State::Unknown {
            reason: reason()?,
            no_message,
        },
        PushState::AwaitsStatement => State::AwaitsStatement,
        PushState::NotSent => State::NotSent(reason()?),
        PushState::Refused => State::Refused(reason()?),
        PushState::FailedProvisional => {
            let text: Option<String> = row.get(9)?;
            let kind = match text.as_deref() {
                Some("act") => EndKind::Act,
                Some("silence") => EndKind::Silence,
                Some("same_again") => EndKind::SameAgain,
                other => return Err(odd("push.end_kind", other.unwrap_or("nothing"))),
            };
            // The waiting clock began anew with this run, so the first opinion counts from its start.
            let firmness = Firmness::Provisional {
                first_at: Mono::default(),
                kind,
            };
            State::Failed {
                reason: reason()?,
                told_by: told_by()?,
                firmness,
            }
        }
        PushState::Failed => State::Failed {
            reason: reason()?,
            told_by: told_by()?,
            firmness: Firmness::Final,
        },
        PushState::Paid => State::Paid { told_by: told_by()? },
    })
}

const fn word(state: PushState) -> &'static str {
    match state {
        PushState::Intended => "intended",
        PushState::Sending => "sending",
        PushState::Prompted => "prompted",
        PushState::Unknown => "unknown",
        PushState::AwaitsStatement => "awaits_statement",
        PushState::NotSent => "not_sent",
        PushState::Refused => "refused",
        PushState::FailedProvisional => "failed_provisional",
        PushState::Failed => "failed",
        PushState::Paid => "paid",
    }
}

fn parse(text: &str) -> Option<PushState> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

/// The stored word of a witness.
pub(crate) const fn told(told_by: ToldBy) -> &'static str {
    match told_by {
        ToldBy::Answer => "answer",
        ToldBy::Query => "query",
        ToldBy::Callback => "callback",
        ToldBy::MoneyIn => "money_in",
        ToldBy::Pull => "pull",
        ToldBy::Statement => "statement",
        ToldBy::Person => "person",
    }
}

fn parse_told(text: &str) -> Option<ToldBy> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}
