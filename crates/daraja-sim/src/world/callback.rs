//! Calls to the shop: STK callbacks and C2B confirmations. Each is attempted once.

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::c2b_register::Registration;
use super::customers;
use super::ledger::{DeliveryNote, Payment, Push};
use super::stk_push::Ending;
use super::wire::{Delivered, Delivery, DeliveryKind};
use super::{C2bVersion, Event, World, ids};

/// How long Safaricom waits for a receiver of results; only its single attempt matters.
const RECEIVER_TIMEOUT_MS: u64 = 10_000;
/// How many ended deliveries the ledger remembers.
const NOTES: usize = 1_000;

#[derive(Serialize)]
struct Envelope {
    #[serde(rename = "Body")]
    body: Body,
}

#[derive(Serialize)]
struct Body {
    #[serde(rename = "stkCallback")]
    stk_callback: StkCallback,
}

#[derive(Serialize)]
struct StkCallback {
    #[serde(rename = "MerchantRequestID")]
    merchant_request_id: String,
    #[serde(rename = "CheckoutRequestID")]
    checkout_request_id: String,
    #[serde(rename = "ResultCode")]
    result_code: Value,
    #[serde(rename = "ResultDesc")]
    result_desc: &'static str,
    #[serde(rename = "CallbackMetadata", skip_serializing_if = "Option::is_none")]
    metadata: Option<Metadata>,
}

#[derive(Serialize)]
struct Metadata {
    #[serde(rename = "Item")]
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    #[serde(rename = "Name")]
    name: &'static str,
    #[serde(rename = "Value", skip_serializing_if = "Option::is_none")]
    value: Option<Value>,
}

/// A validation or confirmation, its keys in Safaricom's order.
#[derive(Serialize)]
struct C2bBody {
    #[serde(rename = "TransactionType")]
    transaction_type: &'static str,
    #[serde(rename = "TransID")]
    trans_id: String,
    #[serde(rename = "TransTime")]
    trans_time: String,
    #[serde(rename = "TransAmount")]
    trans_amount: String,
    #[serde(rename = "BusinessShortCode")]
    business_short_code: String,
    #[serde(rename = "BillRefNumber")]
    bill_ref_number: String,
    #[serde(rename = "InvoiceNumber")]
    invoice_number: &'static str,
    #[serde(rename = "OrgAccountBalance")]
    org_account_balance: String,
    #[serde(rename = "ThirdPartyTransID")]
    third_party_trans_id: String,
    #[serde(rename = "MSISDN")]
    msisdn: String,
    #[serde(rename = "FirstName")]
    first_name: String,
    #[serde(rename = "MiddleName")]
    middle_name: &'static str,
    #[serde(rename = "LastName")]
    last_name: &'static str,
}

/// The payer's number as the registered version shows it.
pub(super) fn shown_number(version: C2bVersion, msisdn: &str) -> String {
    match version {
        C2bVersion::V1 => Sha256::digest(msisdn.as_bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        C2bVersion::V2 => {
            let first = msisdn.get(..4).unwrap_or_default();
            let last = msisdn.get(msisdn.len().saturating_sub(3)..).unwrap_or_default();
            format!("{first} ***** {last}")
        }
    }
}

fn number_or_text(text: &str) -> Value {
    text.parse::<u64>()
        .map_or_else(|_| Value::from(text), Value::from)
}

impl World {
    /// The result of a push. Failures carry no metadata; success has `Balance` without a value.
    pub(super) fn send_stk_callback(&mut self, push: &Push, ending: Ending) {
        let (code, words, _) = ending.words();
        let item = |name, value| Item { name, value };
        let metadata = (ending == Ending::Paid).then(|| Metadata {
            items: vec![
                item("Amount", Some(Value::from(push.amount))),
                item("MpesaReceiptNumber", push.receipt.clone().map(Value::from)),
                item("Balance", None),
                item(
                    "TransactionDate",
                    Some(number_or_text(&ids::timestamp(self.state.now_ms))),
                ),
                item("PhoneNumber", Some(number_or_text(&push.payer))),
            ],
        });
        let body = Envelope {
            body: Body {
                stk_callback: StkCallback {
                    merchant_request_id: push.merchant_request_id.clone(),
                    checkout_request_id: push.checkout_request_id.clone(),
                    // A number in callbacks, save for codes that are none.
                    result_code: number_or_text(code),
                    result_desc: words,
                    metadata,
                },
            },
        };
        let text = serde_json::to_string(&body).unwrap_or_default();
        self.send(
            DeliveryKind::StkCallback,
            &push.callback_url,
            &push.short_code,
            text,
        );
    }

    /// The body of a validation (without balance) or a confirmation.
    pub(super) fn c2b_body(
        &self,
        payment: &Payment,
        till: bool,
        version: C2bVersion,
        third_party_id: Option<&str>,
    ) -> String {
        let balance = self
            .state
            .shop_balances
            .get(&payment.short_code)
            .copied()
            .unwrap_or(0);
        let body = C2bBody {
            transaction_type: if till {
                "Customer Merchant Payment"
            } else {
                "Pay Bill"
            },
            trans_id: payment.receipt.clone(),
            trans_time: ids::timestamp(payment.at_ms),
            trans_amount: format!("{}.00", payment.amount),
            business_short_code: payment.short_code.clone(),
            bill_ref_number: if till {
                String::new()
            } else {
                payment.bill_ref.clone()
            },
            invoice_number: "",
            org_account_balance: third_party_id.map_or_else(String::new, |_| format!("{balance}.00")),
            third_party_trans_id: third_party_id.unwrap_or_default().into(),
            msisdn: shown_number(version, &payment.msisdn),
            first_name: customers::first_name(&payment.msisdn).into(),
            middle_name: "",
            last_name: "",
        };
        serde_json::to_string(&body).unwrap_or_default()
    }

    /// Who hears of money on `short_code`; a till's store may have registered for it.
    pub(super) fn registration_of(&self, short_code: &str) -> Option<&Registration> {
        self.state.registrations.get(short_code).or_else(|| {
            let store = (short_code == self.settings.till).then_some(&self.settings.store)?;
            self.state.registrations.get(store)
        })
    }

    /// Tells the registered URL of a payment, be it a customer's own or the twin of a push.
    pub(super) fn send_confirmation(&mut self, payment: &Payment, till: bool, third_party: &str) {
        let Some(registration) = self.registration_of(&payment.short_code) else {
            return;
        };
        let (url, version) = (registration.confirmation_url.clone(), registration.version);
        let body = self.c2b_body(payment, till, version, Some(third_party));
        self.send(DeliveryKind::Confirmation, &url, &payment.short_code, body);
    }

    /// Puts a call to the shop on the agenda, as the faults let it.
    fn send(&mut self, kind: DeliveryKind, url: &str, short_code: &str, body: String) {
        if self.strikes(self.faults.callbacks_lost) {
            self.note(kind, url, "lost by a fault".into());
            return;
        }
        let mut wait = self.dice().within(200, 800);
        if self.faults.callbacks_reordered {
            wait = wait.saturating_add(self.dice().within(0, 10_000));
        }
        wait = wait.saturating_add(self.faults.callbacks_late_ms);
        let due_ms = self.state.now_ms.saturating_add(wait);
        let doubled = self.strikes(self.faults.callbacks_doubled);
        let mut times = vec![due_ms];
        if doubled {
            times.push(due_ms.saturating_add(self.dice().within(500, 3_000)));
        }
        for due_ms in times {
            self.post(kind, url, short_code, body.clone(), due_ms, RECEIVER_TIMEOUT_MS);
        }
    }

    /// Puts one call on the agenda for `due_ms`; gives its id.
    pub(super) fn post(
        &mut self,
        kind: DeliveryKind,
        url: &str,
        short_code: &str,
        body: String,
        due_ms: i64,
        timeout_ms: u64,
    ) -> u64 {
        let id = self.next_seq();
        let delivery = Delivery {
            id,
            kind,
            url: url.into(),
            short_code: short_code.into(),
            body,
            timeout_ms,
            due_ms,
        };
        self.schedule(due_ms, Event::Send(delivery));
        id
    }

    /// How a call ended. Answers matter only to validations.
    pub fn delivered(&mut self, delivery: &Delivery, end: &Delivered, now_ms: i64) {
        self.settle(now_ms);
        let words = match end {
            Delivered::Answered { status, .. } => format!("answered {status}"),
            Delivered::Failed => "not delivered".into(),
        };
        self.note(delivery.kind, &delivery.url, words);
        match delivery.kind {
            DeliveryKind::Validation => self.validation_answered(delivery.id, end),
            DeliveryKind::StkCallback | DeliveryKind::Confirmation => {}
        }
    }

    fn note(&mut self, kind: DeliveryKind, url: &str, end: String) {
        if self.state.deliveries.len() >= NOTES {
            self.state.deliveries.pop_front();
        }
        let at_ms = self.state.now_ms;
        self.state.deliveries.push_back(DeliveryNote {
            kind,
            url: url.into(),
            end,
            at_ms,
        });
        self.touch();
    }
}
