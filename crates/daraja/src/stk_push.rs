//! M-PESA Express: asking a customer's phone for the PIN.

use std::fmt;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::api_error::Meaning;
use crate::east_africa::{password, timestamp};
use crate::http::Answer;
use crate::json::{is_success, text};
use crate::limit::{self, LimitError, MAX_REFERENCE};
use crate::{CheckoutRequestId, Client, NotSent, Refusal, Secret, ShortCode, TransportFailure, Unknown};

/// Daraja portal, M-PESA Express Simulate.
const PATH: &str = "/mpesa/stkpush/v1/processrequest";

/// Who receives the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receiver {
    /// A paybill: one number in both places.
    Paybill {
        /// The paybill number.
        number: ShortCode,
    },
    /// A till (Buy Goods): the store asks, the till receives.
    Till {
        /// The store (head office) number that the keys were made for.
        store: ShortCode,
        /// The till number on the sticker.
        till: ShortCode,
    },
}

impl Receiver {
    /// The number that the passkey belongs to, and that a query must name: the paybill or the store.
    #[must_use]
    pub fn business_short_code(&self) -> &ShortCode {
        match self {
            Self::Paybill { number } => number,
            Self::Till { store, .. } => store,
        }
    }

    fn party_b(&self) -> &ShortCode {
        match self {
            Self::Paybill { number } => number,
            Self::Till { till, .. } => till,
        }
    }

    fn transaction_type(&self) -> &'static str {
        match self {
            Self::Paybill { .. } => "CustomerPayBillOnline",
            Self::Till { .. } => "CustomerBuyGoodsOnline",
        }
    }
}

/// One prompt on one phone.
#[derive(Clone, PartialEq, Eq)]
pub struct StkPush {
    /// Who receives the money.
    pub receiver: Receiver,
    /// The passkey of [`Receiver::business_short_code`].
    pub passkey: Secret,
    /// Whole shillings, 1 to 250,000.
    pub amount_shillings: u32,
    /// The phone that is asked, and pays: 12 digits, `2547…` or `2541…`.
    pub msisdn: String,
    /// Where Safaricom sends the result, once. Daraja demands one.
    pub callback_url: String,
    /// AccountReference: 1 to 12 characters, shown in the prompt and printed in the customer's SMS.
    pub reference: String,
    /// TransactionDesc: at most 13 characters; left out when empty.
    pub description: String,
    /// The moment, for the password.
    pub now: DateTime<Utc>,
}

/// What became of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushOutcome {
    /// Safaricom took it and is asking the phone.
    Accepted {
        /// Safaricom's name for the request; empty if it gave none.
        merchant_request_id: String,
        /// The name to ask about it by.
        checkout_request_id: CheckoutRequestId,
    },
    /// Certain: nothing left this PC.
    NotSent(NotSent),
    /// Certain: no prompt was made.
    Refused(Refusal),
    /// Nobody can say. A prompt may be alive: never push again on this alone.
    Unknown(Unknown),
}

impl Client {
    /// Asks a phone for the PIN. The request is sent once; only after an answer that calls the token
    /// invalid, which proves that no prompt was made, it is sent once more with a fresh one.
    pub async fn stk_push(&self, request: &StkPush) -> PushOutcome {
        if let Err(limit) = request.check() {
            return PushOutcome::NotSent(NotSent::Limit(limit));
        }
        match self.call(PATH, request.body()).await {
            Ok(answer) => PushOutcome::of(&answer),
            Err(TransportFailure::NeverLeft(why)) => PushOutcome::NotSent(why),
            Err(TransportFailure::Timeout) => PushOutcome::Unknown(Unknown::Timeout),
            Err(TransportFailure::Lost) => PushOutcome::Unknown(Unknown::ConnectionLost),
        }
    }
}

impl StkPush {
    /// Checks Daraja's limits, as [`Client::stk_push`] does before it sends.
    ///
    /// # Errors
    /// The first limit that is broken.
    pub fn check(&self) -> Result<(), LimitError> {
        limit::amount(self.amount_shillings)?;
        limit::msisdn(&self.msisdn)?;
        limit::reference(&self.reference, MAX_REFERENCE)?;
        limit::description(&self.description)
    }

    /// All fields as text, as the portal's sample has them.
    fn body(&self) -> Value {
        let short_code = self.receiver.business_short_code();
        let timestamp = timestamp(self.now);
        let mut body = json!({
            "BusinessShortCode": short_code.as_str(),
            "Password": password(short_code, &self.passkey, &timestamp),
            "Timestamp": timestamp,
            "TransactionType": self.receiver.transaction_type(),
            "Amount": self.amount_shillings.to_string(),
            "PartyA": self.msisdn,
            "PartyB": self.receiver.party_b().as_str(),
            "PhoneNumber": self.msisdn,
            "CallBackURL": self.callback_url,
            "AccountReference": self.reference,
        });
        if !self.description.is_empty()
            && let Some(fields) = body.as_object_mut()
        {
            fields.insert(
                "TransactionDesc".to_owned(),
                Value::from(self.description.as_str()),
            );
        }
        body
    }
}

impl PushOutcome {
    /// Accepted only by a whole acceptance, refused only by a listed refusal; all else is unknown.
    fn of(answer: &Answer) -> Self {
        if let Some(accepted) = accepted(answer) {
            return accepted;
        }
        match answer.meaning() {
            Some(Meaning::SubscriberLocked) => Self::Unknown(Unknown::SubscriberLocked),
            Some(Meaning::Busy) => Self::Unknown(Unknown::Busy),
            Some(meaning) => meaning
                .refusal()
                .map_or_else(|| Self::Unknown(answer.unknown()), Self::Refused),
            None => Self::Unknown(answer.unknown()),
        }
    }
}

fn accepted(answer: &Answer) -> Option<PushOutcome> {
    let body = answer.json().filter(|_| answer.is_success())?;
    text(body, "ResponseCode").filter(|code| is_success(code))?;
    let id = text(body, "CheckoutRequestID").filter(|id| !id.is_empty())?;
    Some(PushOutcome::Accepted {
        merchant_request_id: text(body, "MerchantRequestID").unwrap_or_default(),
        checkout_request_id: CheckoutRequestId::new(id),
    })
}

impl fmt::Debug for StkPush {
    /// Without passkey, phone and callback address, whose path may be a secret of its own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StkPush")
            .field("receiver", &self.receiver)
            .field("amount_shillings", &self.amount_shillings)
            .field("reference", &self.reference)
            .field("now", &self.now)
            .finish_non_exhaustive()
    }
}
