//! `POST /mpesa/stkpushquery/v1/query`.

use serde::Serialize;

use super::World;
use super::ledger::PushState;
use super::wire::{Answer, Fields, Problem, Request};

/// Codes are texts here, and numbers in the callback.
#[derive(Serialize)]
struct Status {
    #[serde(rename = "ResponseCode")]
    response_code: &'static str,
    #[serde(rename = "ResponseDescription")]
    response_description: &'static str,
    #[serde(rename = "MerchantRequestID")]
    merchant_request_id: String,
    #[serde(rename = "CheckoutRequestID")]
    checkout_request_id: String,
    #[serde(rename = "ResultCode")]
    result_code: String,
    #[serde(rename = "ResultDesc")]
    result_desc: String,
}

impl World {
    pub(super) fn stk_query(&mut self, request: &Request) -> Result<Answer, Problem> {
        let fields = Fields::of(request)?;
        let short_code = fields.digits("BusinessShortCode", 5..=7)?;
        let password = fields
            .text("Password")
            .ok_or_else(|| Problem::invalid("Password"))?;
        let timestamp = fields.digits("Timestamp", 14..=14)?;
        let id = fields
            .text("CheckoutRequestID")
            .filter(|id| id.starts_with("ws_CO_"))
            .filter(|id| {
                id.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            })
            .ok_or_else(|| Problem::invalid("CheckoutRequestID"))?;
        self.check_password(&short_code, &password, &timestamp)?;
        let push = self
            .push_named(&id)
            .filter(|push| push.short_code == short_code)
            .cloned()
            .ok_or_else(|| Problem::catch_all("The transaction does not Exist"))?;
        let (result_code, result_desc) = match push.state {
            PushState::Waiting => {
                if let Some(problem) = self.in_flight_words() {
                    return Err(problem);
                }
                ("4999".into(), "The transaction is still under processing".into())
            }
            PushState::Paid | PushState::Failed => {
                if self.strikes(self.faults.query_noise) {
                    return Err(Problem::catch_all("The transaction is being processed"));
                }
                match self.lie_about(&push) {
                    Some((code, words)) => (code.into(), words.into()),
                    None => (
                        push.result_code.unwrap_or_default(),
                        push.result_desc.unwrap_or_default(),
                    ),
                }
            }
        };
        Ok(Answer::json(
            200,
            &Status {
                response_code: "0",
                response_description: "The service request has been accepted successfully",
                merchant_request_id: push.merchant_request_id,
                checkout_request_id: push.checkout_request_id,
                result_code,
                result_desc,
            },
        ))
    }
}
