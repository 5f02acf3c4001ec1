//! `POST /mpesa/stkpush/v1/processrequest`, and how a push ends.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::customers::{self, Habit, PhoneAnswer};
use super::ledger::{Payment, Push, PushState};
use super::wire::{Answer, Fields, Problem, Request, is_callback_url};
use super::{Event, World, ids};

/// The public sandbox number's prompt ends after 26 s, every time (seen on the sandbox).
pub(super) const NO_ANSWER_AFTER_MS: i64 = 26_000;
/// How long after being reported as unanswered a late payer pays.
const PAYS_LATER_MS: i64 = 20_000;
/// M-PESA refuses the same amount from the same customer for two minutes (Daraja portal, M-PESA
/// Express, result code 17).
const REPEAT_WINDOW_MS: i64 = 120_000;
/// How long M-PESA thinks before it ends a push that cannot reach a phone.
const STILLBORN_AFTER_MS: i64 = 2_000;
/// The longest prompt a SIM shows (Daraja portal, M-PESA Express, result code 1025).
const PROMPT_LETTERS: usize = 182;
/// With strict timestamps: how far from East Africa's clock.
const TIMESTAMP_SLACK_MS: i64 = 3_600_000;

/// How a push can end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Ending {
    Paid,
    NoMoney,
    RepeatedTooSoon,
    PromptTooLong,
    Cancelled,
    NoAnswer,
    WrongPin,
    WrongProduct,
    NoSuchReceiver,
}

impl Ending {
    /// The code, and its words in the callback and in the query, which differ on the real API.
    pub(super) fn words(self) -> (&'static str, &'static str, &'static str) {
        let same = |code, words| (code, words, words);
        match self {
            Self::Paid => same("0", "The service request is processed successfully."),
            Self::NoMoney => same("1", "The balance is insufficient for the transaction."),
            Self::RepeatedTooSoon => same("17", "Rule limited."),
            Self::PromptTooLong => same("1025", "An error occurred while sending a push request."),
            Self::Cancelled => ("1032", "Request cancelled by user", "Request Cancelled by user."),
            Self::NoAnswer => same("1037", "No response from user."),
            Self::WrongPin => same("2001", "The initiator information is invalid."),
            Self::WrongProduct => same(
                "2028",
                "The request is not permitted according to product assignment.",
            ),
            Self::NoSuchReceiver => same("SFC_IC0003", "The operator does not exist."),
        }
    }
}

#[derive(Serialize)]
struct Accepted {
    #[serde(rename = "MerchantRequestID")]
    merchant_request_id: String,
    #[serde(rename = "CheckoutRequestID")]
    checkout_request_id: String,
    #[serde(rename = "ResponseCode")]
    response_code: &'static str,
    #[serde(rename = "ResponseDescription")]
    response_description: &'static str,
    #[serde(rename = "CustomerMessage")]
    customer_message: &'static str,
}

/// A push request whose fields are in order.
struct Order {
    short_code: String,
    password: String,
    timestamp: String,
    transaction_type: String,
    amount: u32,
    payer: String,
    party_b: String,
    msisdn: String,
    callback_url: String,
    reference: String,
    description: String,
}

impl Order {
    fn read(fields: &Fields) -> Result<Self, Problem> {
        let short_code = fields.digits("BusinessShortCode", 5..=7)?;
        let password = fields
            .text("Password")
            .ok_or_else(|| Problem::invalid("Password"))?;
        let timestamp = fields.digits("Timestamp", 14..=14)?;
        let transaction_type = fields
            .text("TransactionType")
            .filter(|kind| kind == "CustomerPayBillOnline" || kind == "CustomerBuyGoodsOnline")
            .ok_or_else(|| Problem::invalid("TransactionType"))?;
        let amount = fields.amount()?;
        let payer = fields.msisdn("PartyA")?;
        let party_b = fields.digits("PartyB", 5..=7)?;
        let msisdn = fields.msisdn("PhoneNumber")?;
        let callback_url = fields
            .text("CallBackURL")
            .filter(|url| is_callback_url(url))
            .ok_or_else(|| Problem::invalid("CallBackURL"))?;
        let reference = fields
            .text("AccountReference")
            .filter(|text| (1..=12).contains(&text.chars().count()))
            .ok_or_else(|| Problem::invalid("AccountReference"))?;
        let description = fields.text("TransactionDesc").unwrap_or_default();
        if description.chars().count() > 13 {
            return Err(Problem::invalid("TransactionDesc"));
        }
        Ok(Self {
            short_code,
            password,
            timestamp,
            transaction_type,
            amount,
            payer,
            party_b,
            msisdn,
            callback_url,
            reference,
            description,
        })
    }
}

impl World {
    pub(super) fn stk_push(&mut self, request: &Request) -> Result<Answer, Problem> {
        let order = Order::read(&Fields::of(request)?)?;
        self.check_password(&order.short_code, &order.password, &order.timestamp)?;
        if self.live_push(&order.msisdn).is_some() {
            return Err(Problem::catch_all(
                "Unable to lock subscriber, a transaction is already in process for the current \
                 subscriber",
            ));
        }
        if let Some(problem) = self.busy() {
            // "Busy" does not say whether the push was taken.
            if self.dice().below(2) == 0 {
                self.accept(order);
            }
            return Err(problem);
        }
        let loses_the_answer = customers::habit(&order.msisdn) == Habit::LosesTheAnswer;
        let push = self.accept(order);
        let answer = Answer::json(
            200,
            &Accepted {
                merchant_request_id: push.merchant_request_id,
                checkout_request_id: push.checkout_request_id,
                response_code: "0",
                response_description: "Success. Request accepted for processing",
                customer_message: "Success. Request accepted for processing",
            },
        );
        let lost = loses_the_answer || self.strikes(self.faults.drop_after);
        if lost {
            return Ok(Answer::HangUp);
        }
        Ok(self.odd_answer().unwrap_or(answer))
    }

    /// Password and timestamp, for the push and for the query.
    pub(super) fn check_password(
        &self,
        short_code: &str,
        password: &str,
        timestamp: &str,
    ) -> Result<(), Problem> {
        let named = NaiveDateTime::parse_from_str(timestamp, "%Y%m%d%H%M%S")
            .map_err(|_| Problem::invalid("Timestamp"))?;
        let here = ids::eat(self.state.now_ms).naive_utc();
        let off = (named - here).num_milliseconds().saturating_abs();
        if self.settings.strict_timestamps && off > TIMESTAMP_SLACK_MS {
            return Err(Problem::invalid("Timestamp"));
        }
        let passkey = self
            .settings
            .passkey_of(short_code)
            .ok_or_else(|| Problem::catch_all("Merchant does not exist"))?;
        let right = format!("{short_code}{}{timestamp}", passkey.expose());
        if password != BASE64_STANDARD.encode(right) {
            return Err(Problem::catch_all("[MerchantValidate] - Wrong credentials"));
        }
        Ok(())
    }

    /// Why this push can never reach the phone, if it cannot.
    fn stillborn(&self, order: &Order, prompt: &str) -> Option<Ending> {
        let paybill = order.short_code == self.settings.paybill;
        let (kind, receiver) = if paybill {
            ("CustomerPayBillOnline", &self.settings.paybill)
        } else {
            ("CustomerBuyGoodsOnline", &self.settings.till)
        };
        if !self.settings.registers(&order.party_b) {
            return Some(Ending::NoSuchReceiver);
        }
        if order.transaction_type != kind || order.party_b != *receiver {
            return Some(Ending::WrongProduct);
        }
        if prompt.chars().count() > PROMPT_LETTERS {
            return Some(Ending::PromptTooLong);
        }
        let since = self.state.now_ms.saturating_sub(REPEAT_WINDOW_MS);
        // Only money that moved counts: on the real network two equal requests make two prompts.
        let recent = self.payments_between(since.saturating_add(1), self.state.now_ms);
        let repeated = recent.iter().any(|payment| {
            payment.msisdn == order.payer
                && payment.amount == order.amount
                && payment.short_code == order.party_b
        });
        repeated.then_some(Ending::RepeatedTooSoon)
    }

    fn accept(&mut self, order: Order) -> Push {
        let now = self.state.now_ms;
        let prompt = customers::prompt_text(order.amount, &self.settings.shop_name, &order.reference);
        let stillborn = self.stillborn(&order, &prompt);
        let checkout_request_id = (0..)
            .map(|attempt| ids::checkout_request_id(now, &order.msisdn, attempt))
            .find(|id| !self.index.has(id))
            .unwrap_or_default();
        let seq = self.next_seq();
        let push = Push {
            seq,
            merchant_request_id: self.dice().request_id(),
            checkout_request_id,
            short_code: order.short_code,
            party_b: order.party_b,
            transaction_type: order.transaction_type,
            msisdn: order.msisdn,
            payer: order.payer,
            amount: order.amount,
            account_reference: order.reference,
            description: order.description,
            callback_url: order.callback_url,
            accepted_ms: now,
            prompted: stillborn.is_none(),
            prompt_live: stillborn.is_none(),
            prompt_ends_ms: now.saturating_add(self.settings.prompt_lifetime_ms),
            state: PushState::Waiting,
            result_code: None,
            result_desc: None,
            receipt: None,
        };
        self.index.add(&push);
        self.state.pushes.push(push.clone());
        match stillborn {
            Some(ending) => {
                self.schedule(
                    now.saturating_add(STILLBORN_AFTER_MS),
                    Event::Stillborn(seq, ending),
                );
            }
            None => {
                self.state.last_prompted = Some(seq);
                self.await_customer(&push);
            }
        }
        push
    }

    /// Puts on the agenda what the customer of this push will do.
    fn await_customer(&mut self, push: &Push) {
        let (seq, now) = (push.seq, self.state.now_ms);
        let after = |ms: i64| now.saturating_add(ms);
        match customers::habit(&push.msisdn) {
            Habit::Answers(answer, ms) => self.schedule(after(ms), Event::Answered(seq, answer)),
            Habit::NeverAnswers => self.schedule(after(NO_ANSWER_AFTER_MS), Event::Expired(seq)),
            Habit::LosesTheAnswer => {
                self.schedule(after(5_000), Event::Answered(seq, PhoneAnswer::Pin));
            }
            Habit::PaysLate => {
                self.schedule(after(NO_ANSWER_AFTER_MS), Event::Misreported(seq));
                let pays_at = after(NO_ANSWER_AFTER_MS + PAYS_LATER_MS);
                if let Some(push) = self.push_mut(seq) {
                    push.prompt_ends_ms = pays_at;
                }
                self.schedule(pays_at, Event::Answered(seq, PhoneAnswer::Pin));
            }
            Habit::Person => self.schedule(push.prompt_ends_ms, Event::Expired(seq)),
        }
    }

    /// The customer touched the prompt. A prompt that has closed meanwhile is not touched.
    pub(super) fn prompt_answered(&mut self, seq: u64, answer: PhoneAnswer) {
        let now = self.state.now_ms;
        let Some(push) = self.push_mut(seq).filter(|push| push.prompt_live) else {
            return;
        };
        if answer == PhoneAnswer::Ignore {
            let ends_ms = push.accepted_ms.saturating_add(NO_ANSWER_AFTER_MS).max(now);
            push.prompt_ends_ms = ends_ms;
            self.schedule(ends_ms, Event::Expired(seq));
            return;
        }
        push.prompt_live = false;
        let push = push.clone();
        let poor = matches!(
            customers::habit(&push.msisdn),
            Habit::Answers(PhoneAnswer::NoMoney, _)
        );
        match answer {
            PhoneAnswer::Pin if poor => self.failed_at_the_phone(&push, Ending::NoMoney),
            PhoneAnswer::Pin => self.take_money(&push),
            PhoneAnswer::NoMoney => self.failed_at_the_phone(&push, Ending::NoMoney),
            PhoneAnswer::WrongPin => self.failed_at_the_phone(&push, Ending::WrongPin),
            PhoneAnswer::Cancel => self.end_push(seq, Ending::Cancelled),
            PhoneAnswer::Ignore => {}
        }
    }

    pub(super) fn prompt_expired(&mut self, seq: u64) {
        let Some(push) = self.push_mut(seq).filter(|push| push.prompt_live) else {
            return;
        };
        push.prompt_live = false;
        if push.state == PushState::Waiting {
            self.end_push(seq, Ending::NoAnswer);
        }
    }

    /// Safaricom gives up on a prompt that is still on the phone.
    pub(super) fn prompt_misreported(&mut self, seq: u64) {
        if self.push_mut(seq).is_some_and(|push| push.prompt_live) {
            self.end_push(seq, Ending::NoAnswer);
        }
    }

    fn failed_at_the_phone(&mut self, push: &Push, ending: Ending) {
        self.sms_failed(&push.payer, push.amount, ending);
        self.end_push(push.seq, ending);
    }

    fn take_money(&mut self, push: &Push) {
        let receipt = self.mint_receipt();
        let till = push.party_b == self.settings.till;
        let payment = Payment {
            receipt: receipt.clone(),
            msisdn: push.payer.clone(),
            amount: push.amount,
            short_code: push.party_b.clone(),
            bill_ref: if till {
                String::new()
            } else {
                push.account_reference.clone()
            },
            checkout_request_id: Some(push.checkout_request_id.clone()),
            at_ms: self.state.now_ms,
        };
        if let Some(push) = self.push_mut(push.seq) {
            push.receipt = Some(receipt);
        }
        self.record_payment(payment.clone(), &push.account_reference);
        self.end_push(push.seq, Ending::Paid);
        self.send_confirmation(&payment, till, "");
    }

    /// Writes the end and sends the callback. A later end (money after "no answer") replaces it.
    pub(super) fn end_push(&mut self, seq: u64, ending: Ending) {
        let (code, _, query_words) = ending.words();
        let Some(push) = self.push_mut(seq) else { return };
        push.state = if ending == Ending::Paid {
            PushState::Paid
        } else {
            PushState::Failed
        };
        push.result_code = Some(code.into());
        push.result_desc = Some(query_words.into());
        let push = push.clone();
        self.send_stk_callback(&push, ending);
    }
}
