//! `/pulltransactions/v1/register` and `/pulltransactions/v1/query`: the shop reads its statement.

use chrono::NaiveDateTime;
use serde::Serialize;

use super::callback::shown_number;
use super::customers;
use super::faults::{PullZone, milliseconds};
use super::ids::{self, Dice, EAT_AHEAD_MS};
use super::ledger::Payment;
use super::wire::{Answer, Fields, Problem, Request, is_callback_url};
use super::{C2bVersion, World};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// How far back a statement reaches (Daraja portal, Pull Transactions).
const REACH_MS: i64 = 2 * DAY_MS;

/// The shop's money goes to its bank at 23:00 in East Africa, which is 20:00 UTC.
const SETTLED_AT_MS: i64 = 23 * HOUR_MS - EAT_AHEAD_MS;

/// Two keys have a space in them on the sandbox.
#[derive(Serialize)]
struct Registered {
    #[serde(rename = "ResponseRefID")]
    response_ref_id: String,
    #[serde(rename = "Response Status")]
    response_status: &'static str,
    #[serde(rename = "ShortCode")]
    short_code: String,
    #[serde(rename = "Response Description")]
    response_description: &'static str,
}

#[derive(Serialize)]
struct Statement {
    #[serde(rename = "RequestID")]
    request_id: String,
    #[serde(rename = "ResponseCode")]
    response_code: &'static str,
    #[serde(rename = "ResponseMessage")]
    response_message: &'static str,
    /// An array in an array, or no key at all.
    #[serde(rename = "Response", skip_serializing_if = "Option::is_none")]
    response: Option<[Vec<Row>; 1]>,
}

#[derive(Serialize)]
struct Row {
    #[serde(rename = "transactionId")]
    transaction_id: String,
    #[serde(rename = "trxDate")]
    trx_date: String,
    msisdn: String,
    sender: String,
    transactiontype: &'static str,
    billreference: String,
    amount: String,
    organizationname: String,
}

/// What a query asks for.
struct Question {
    short_code: String,
    from_ms: i64,
    to_ms: i64,
    offset: usize,
}

impl Question {
    fn read(fields: &Fields) -> Result<Self, Problem> {
        let from_ms = wall_time(fields, "StartDate")?;
        // To the end of the named second.
        let to_ms = wall_time(fields, "EndDate")?.saturating_add(999);
        if to_ms < from_ms {
            return Err(Problem::invalid("EndDate"));
        }
        let offset = fields.digits("OffSetValue", 1..=9)?.parse();
        Ok(Self {
            short_code: fields.text("ShortCode").unwrap_or_default(),
            from_ms,
            to_ms,
            offset: offset.map_err(|_| Problem::invalid("OffSetValue"))?,
        })
    }
}

/// `YYYY-MM-DD HH:MM:SS` in East Africa Time, as milliseconds since 1970 UTC.
fn wall_time(fields: &Fields, name: &str) -> Result<i64, Problem> {
    let text = fields.text(name).filter(|text| text.len() == 19);
    text.and_then(|text| NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").ok())
        .map(|wall| wall.and_utc().timestamp_millis().saturating_sub(EAT_AHEAD_MS))
        .ok_or_else(|| Problem::invalid(name))
}

impl World {
    pub(super) fn pull_register(&mut self, request: &Request) -> Result<Answer, Problem> {
        let fields = Fields::of(request)?;
        let short_code = fields.text("ShortCode").unwrap_or_default();
        let receiver = self.receiver_of(&short_code)?;
        if fields.text("RequestType").as_deref() != Some("Pull") {
            return Err(Problem::invalid("RequestType"));
        }
        fields.digits("NominatedNumber", 10..=12)?;
        fields
            .text("CallBackURL")
            .filter(|url| is_callback_url(url))
            .ok_or_else(|| Problem::invalid("CallBackURL"))?;
        let (response_status, response_description) = if self.state.pulls.insert(receiver) {
            ("1000", "Short code registered successfully")
        } else {
            ("1001", "Short code already registered")
        };
        let response_ref_id = self.dice().request_id();
        let body = Registered {
            response_ref_id,
            response_status,
            short_code,
            response_description,
        };
        Ok(Answer::json(200, &body))
    }

    pub(super) fn pull(&mut self, request: &Request) -> Result<Answer, Problem> {
        let fields = Fields::of(request)?;
        let question = Question::read(&fields)?;
        let receiver = self.receiver_of(&question.short_code)?;
        if self.strikes(self.faults.pull_down) {
            return Err(Problem::new(500, "500.001", "Failed to retrieve transactions"));
        }
        let empty = self.strikes(self.faults.pull_empty) || !self.state.pulls.contains(&receiver);
        let mut rows = if empty {
            Vec::new()
        } else {
            self.page(&receiver, &question)
        };
        rows.retain(|_| !self.strikes(self.faults.pull_gaps));
        let request_id = self.dice().request_id();
        let found = !rows.is_empty();
        let body = Statement {
            request_id,
            response_code: if found { "1000" } else { "1001" },
            response_message: if found {
                "Success"
            } else {
                "No records found or Organization Name not available"
            },
            response: found.then_some([rows]),
        };
        Ok(Answer::json(200, &body))
    }

    /// Who receives the money of a short code: a store stands for its till.
    fn receiver_of(&self, short_code: &str) -> Result<String, Problem> {
        if short_code == self.settings.store {
            return Ok(self.settings.till.clone());
        }
        if self.settings.receives(short_code) {
            return Ok(short_code.to_owned());
        }
        Err(Problem::new(400, "400.001", "Bad Request - Invalid ShortCode"))
    }

    /// The asked page of what can be seen now, oldest first.
    fn page(&self, receiver: &str, question: &Question) -> Vec<Row> {
        let now = self.state.now_ms;
        let from = question.from_ms.max(now.saturating_sub(REACH_MS));
        let to = question.to_ms.min(now);
        let payments = self.payments_between(from, to).iter();
        let mut all: Vec<(i64, Movement<'_>)> = payments
            .filter(|payment| payment.short_code == receiver)
            .map(|payment| (payment.at_ms, Movement::In(payment)))
            .collect();
        all.extend(self.settlements(receiver, from, to));
        all.retain(|(at_ms, movement)| self.seen_from(*at_ms, movement.receipt()) <= now);
        all.sort_by_key(|(at_ms, _)| *at_ms);
        all.into_iter()
            .skip(question.offset)
            .take(self.settings.pull_page)
            .map(|(at_ms, movement)| self.row(at_ms, movement))
            .collect()
    }

    /// Each evening's way of the day's takings to the bank, if there were any.
    fn settlements(&self, receiver: &str, from: i64, to: i64) -> Vec<(i64, Movement<'static>)> {
        let first = from.saturating_add(SETTLED_AT_MS.saturating_sub(from).rem_euclid(DAY_MS));
        let evenings = std::iter::successors(Some(first), |at| at.checked_add(DAY_MS));
        evenings
            .take_while(|at_ms| *at_ms <= to)
            .filter_map(|at_ms| {
                let day = self
                    .payments_between(at_ms.saturating_sub(DAY_MS - 1), at_ms)
                    .iter();
                let takings = day
                    .filter(|payment| payment.short_code == receiver)
                    .map(|payment| u64::from(payment.amount))
                    .sum();
                let receipt = Dice::new(ids::fixed(receiver, &at_ms.to_string())).receipt(at_ms);
                (takings > 0).then_some((at_ms, Movement::Out { receipt, takings }))
            })
            .collect()
    }

    /// From when a row is in the statement.
    fn seen_from(&self, at_ms: i64, receipt: &str) -> i64 {
        let shuffle = self.faults.pull_shuffle_ms.saturating_add(1);
        let extra = ids::fixed(receipt, "shuffle") % shuffle;
        at_ms
            .saturating_add(milliseconds(self.faults.pull_lag_ms))
            .saturating_add(milliseconds(extra))
    }

    fn row(&self, at_ms: i64, movement: Movement<'_>) -> Row {
        let shop = &self.settings.shop_name;
        let trx_date = trx_date(at_ms, self.faults.pull_zone);
        let transaction_id = movement.receipt().to_owned();
        match movement {
            Movement::In(payment) => Row {
                transaction_id,
                trx_date,
                msisdn: shown_number(C2bVersion::V2, &payment.msisdn),
                sender: customers::first_name(&payment.msisdn).into(),
                transactiontype: if payment.short_code == self.settings.till {
                    "c2b-buy-goods-debit"
                } else {
                    "c2b-pay-bill-debit"
                },
                billreference: payment.bill_ref.clone(),
                amount: format!("{}.00", payment.amount),
                organizationname: shop.clone(),
            },
            Movement::Out { takings, .. } => Row {
                transaction_id,
                trx_date,
                msisdn: String::new(),
                sender: shop.clone(),
                transactiontype: "merchant-to-organization-settlement",
                billreference: String::new(),
                amount: format!("{takings}.00"),
                organizationname: shop.clone(),
            },
        }
    }
}

/// What a row is about.
enum Movement<'a> {
    In(&'a Payment),
    Out { receipt: String, takings: u64 },
}

impl Movement<'_> {
    fn receipt(&self) -> &str {
        match self {
            Self::In(payment) => &payment.receipt,
            Self::Out { receipt, .. } => receipt,
        }
    }
}

fn trx_date(at_ms: i64, zone: PullZone) -> String {
    let (at_ms, format) = match zone {
        PullZone::EatMarkedZ => (at_ms, "%Y-%m-%dT%H:%M:%SZ"),
        PullZone::UtcMarkedZ => (at_ms.saturating_sub(EAT_AHEAD_MS), "%Y-%m-%dT%H:%M:%SZ"),
        PullZone::EatMarkedOffset => (at_ms, "%Y-%m-%dT%H:%M:%S+03:00"),
        PullZone::EatUnmarked => (at_ms, "%Y-%m-%d %H:%M:%S"),
    };
    ids::eat(at_ms).format(format).to_string()
}
