//! `POST /mpesa/c2b/v1|v2/simulate`, and customers who pay by their own hand.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::ledger::Payment;
use super::wire::{Answer, Delivered, DeliveryKind, Fields, Problem, Request};
use super::{Event, World};

/// How long the validation URL may take (Daraja portal, C2B: about eight seconds).
const VALIDATION_MS: u64 = 8_000;
/// How long a customer's own payment takes to reach M-PESA.
const ARRIVES_AFTER_MS: i64 = 1_000;

/// A customer's own payment that is not decided yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Attempt {
    seq: u64,
    payment: Payment,
    till: bool,
    /// The validation that was sent for it.
    validation: Option<u64>,
}

#[derive(Serialize)]
struct Simulated {
    #[serde(rename = "OriginatorCoversationID")]
    originator_conversation_id: String,
    #[serde(rename = "ResponseCode")]
    response_code: &'static str,
    #[serde(rename = "ResponseDescription")]
    response_description: &'static str,
}

impl World {
    pub(super) fn c2b_simulate(&mut self, request: &Request) -> Result<Answer, Problem> {
        let fields = Fields::of(request)?;
        let short_code = fields
            .text("ShortCode")
            .filter(|code| self.settings.receives(code))
            .ok_or_else(|| Problem::new(400, "400.003.02", "Bad Request - Invalid ShortCode"))?;
        let till = match fields.text("CommandID").as_deref() {
            Some("CustomerPayBillOnline") => false,
            Some("CustomerBuyGoodsOnline") => true,
            Some(_) | None => {
                return Err(Problem::new(400, "400.003.02", "Bad Request - Invalid CommandID"));
            }
        };
        let amount = fields.amount()?;
        let msisdn = fields.msisdn("Msisdn")?;
        let bill_ref = fields.text("BillRefNumber").unwrap_or_default();
        if bill_ref.chars().count() > 20 {
            return Err(Problem::new(
                400,
                "400.003.02",
                "Bad Request - Invalid BillRefNumber",
            ));
        }
        self.customer_pays(&msisdn, &short_code, till, amount, &bill_ref);
        let originator_conversation_id = self.dice().request_id();
        Ok(Answer::json(
            200,
            &Simulated {
                originator_conversation_id,
                response_code: "0",
                response_description: "Accept the service request successfully.",
            },
        ))
    }

    /// A customer pays the shop by hand from the M-PESA menu: the till without a reference, or a
    /// paybill with one. Gives the receipt number that the payment has once it is made: it reaches M-PESA a
    /// second later, and a shop that validates may turn it away.
    ///
    /// # Errors
    /// One sentence when nobody receives money on `short_code` or the amount is out of range.
    pub fn pay_by_hand(
        &mut self,
        msisdn: &str,
        short_code: &str,
        amount: u32,
        bill_ref: &str,
        now_ms: i64,
    ) -> Result<String, String> {
        self.settle(now_ms);
        self.check_payable(short_code, amount)?;
        let till = short_code == self.settings.till;
        Ok(self.customer_pays(msisdn, short_code, till, amount, bill_ref))
    }

    /// A customer pays the till by hand, and the payment is made at once: no shop validates it. Gives the
    /// receipt number. `bill_ref` is what the customer says it is for; a till tells nobody of it.
    ///
    /// # Errors
    /// One sentence when the amount is out of range.
    pub fn pay_till(
        &mut self,
        msisdn: &str,
        amount: u32,
        bill_ref: &str,
        now_ms: i64,
    ) -> Result<String, String> {
        let till = self.settings.till.clone();
        self.pay_at_once(msisdn, &till, amount, bill_ref, now_ms)
    }

    /// As [`World::pay_till`], to any short code that receives money: a paybill tells the shop `bill_ref`.
    ///
    /// # Errors
    /// One sentence when nobody receives money on `short_code` or the amount is out of range.
    pub fn pay_at_once(
        &mut self,
        msisdn: &str,
        short_code: &str,
        amount: u32,
        bill_ref: &str,
        now_ms: i64,
    ) -> Result<String, String> {
        self.settle(now_ms);
        self.check_payable(short_code, amount)?;
        let till = short_code == self.settings.till;
        let payment = Payment {
            receipt: self.mint_receipt(),
            msisdn: msisdn.into(),
            amount,
            short_code: short_code.into(),
            bill_ref: if till { String::new() } else { bill_ref.into() },
            checkout_request_id: None,
            at_ms: self.state.now_ms,
        };
        self.record_payment(payment.clone(), bill_ref);
        self.send_confirmation(&payment, till, "");
        Ok(payment.receipt)
    }

    fn check_payable(&self, short_code: &str, amount: u32) -> Result<(), String> {
        if !self.settings.receives(short_code) {
            return Err(format!("nobody receives money on {short_code}"));
        }
        if !(1..=250_000).contains(&amount) {
            return Err("an amount is 1 to 250000 whole shillings".into());
        }
        Ok(())
    }

    fn customer_pays(
        &mut self,
        msisdn: &str,
        short_code: &str,
        till: bool,
        amount: u32,
        bill_ref: &str,
    ) -> String {
        let at_ms = self.state.now_ms.saturating_add(ARRIVES_AFTER_MS);
        let payment = Payment {
            receipt: self.mint_receipt(),
            msisdn: msisdn.into(),
            amount,
            short_code: short_code.into(),
            bill_ref: if till { String::new() } else { bill_ref.into() },
            checkout_request_id: None,
            at_ms,
        };
        let receipt = payment.receipt.clone();
        let seq = self.next_seq();
        self.state.attempts.push(Attempt {
            seq,
            payment,
            till,
            validation: None,
        });
        self.schedule(at_ms, Event::Arrived(seq));
        receipt
    }

    /// Asks the shop if it validates; else the payment is made.
    pub(super) fn attempt_arrived(&mut self, seq: u64) {
        let now = self.state.now_ms;
        let Some(attempt) = self
            .state
            .attempts
            .iter()
            .find(|attempt| attempt.seq == seq)
            .cloned()
        else {
            return;
        };
        let asked = self
            .registration_of(&attempt.payment.short_code)
            .filter(|_| self.settings.external_validation);
        let Some(registration) = asked else {
            self.decide(seq, true, "");
            return;
        };
        let (url, version) = (registration.validation_url.clone(), registration.version);
        let body = self.c2b_body(&attempt.payment, attempt.till, version, None);
        let short_code = &attempt.payment.short_code;
        let kind = DeliveryKind::Validation;
        let id = self.post(kind, &url, short_code, body, now, VALIDATION_MS);
        if let Some(attempt) = self.state.attempts.iter_mut().find(|attempt| attempt.seq == seq) {
            attempt.validation = Some(id);
        }
        let over = now.saturating_add(i64::try_from(VALIDATION_MS).unwrap_or(0));
        self.schedule(over, Event::ValidationOver(seq));
    }

    /// The shop said yes, no, or nothing that can be understood (then the default action).
    pub(super) fn validation_answered(&mut self, id: u64, end: &Delivered) {
        let Some(attempt) = self
            .state
            .attempts
            .iter()
            .find(|attempt| attempt.validation == Some(id))
        else {
            return;
        };
        let seq = attempt.seq;
        let said: Option<Value> = match end {
            Delivered::Answered { status: 200, body } => serde_json::from_str(body).ok(),
            Delivered::Answered { .. } | Delivered::Failed => None,
        };
        let code = said.as_ref().and_then(|said| said.get("ResultCode"));
        let code = code.and_then(|code| {
            code.as_str()
                .map(str::to_owned)
                .or_else(|| code.as_u64().map(|code| code.to_string()))
        });
        match code.as_deref() {
            Some("0") => {
                let third_party = said
                    .as_ref()
                    .and_then(|said| said.get("ThirdPartyTransID"))
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                self.decide(seq, true, third_party);
            }
            Some(_) => self.decide(seq, false, ""),
            None => self.validation_over(seq),
        }
    }

    /// The default action of the registration.
    pub(super) fn validation_over(&mut self, seq: u64) {
        let short_code = self
            .state
            .attempts
            .iter()
            .find(|attempt| attempt.seq == seq)
            .map(|attempt| attempt.payment.short_code.clone());
        if let Some(short_code) = short_code {
            let completes = self
                .registration_of(&short_code)
                .is_none_or(|known| known.completes);
            self.decide(seq, completes, "");
        }
    }

    /// Makes the payment or turns it away; once.
    fn decide(&mut self, seq: u64, accepted: bool, third_party: &str) {
        let Some(index) = self.state.attempts.iter().position(|attempt| attempt.seq == seq) else {
            return;
        };
        let attempt = self.state.attempts.remove(index);
        if !accepted {
            self.sms_turned_away(&attempt.payment);
            return;
        }
        let payment = Payment {
            at_ms: self.state.now_ms,
            ..attempt.payment
        };
        self.record_payment(payment.clone(), &payment.bill_ref);
        self.send_confirmation(&payment, attempt.till, third_party);
    }
}
