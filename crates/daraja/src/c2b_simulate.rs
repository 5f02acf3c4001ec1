//! C2B: playing a customer who pays the shop, on the sandbox and in practice.

use std::fmt;

use serde_json::{Value, json};

use crate::base_url::Environment;
use crate::c2b_register::accepted;
use crate::limit::{self, LimitError};
use crate::{C2bVersion, CallError, Client, NotSent, ShortCode};

/// Longest account number that a customer can type, in characters (Daraja portal, Customer To Business).
const MAX_BILL_REFERENCE: usize = 20;

/// How the played customer pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum C2bPayment {
    /// To a paybill, with the account number he typed: 1 to 20 characters.
    PayBill {
        /// The account number.
        account: String,
    },
    /// To a till; there is nothing to type.
    BuyGoods,
}

/// One played payment.
#[derive(Clone, PartialEq, Eq)]
pub struct SimulateC2b {
    /// Which generation the app has.
    pub version: C2bVersion,
    /// Who receives the money.
    pub short_code: ShortCode,
    /// How.
    pub payment: C2bPayment,
    /// Whole shillings, 1 to 250,000.
    pub amount_shillings: u32,
    /// The customer's phone: 12 digits.
    pub msisdn: String,
}

impl Client {
    /// Plays a customer's payment. `Ok` says that it was taken, not that it was made.
    ///
    /// # Errors
    /// See [`CallError`]; in production nothing is sent.
    pub async fn simulate_c2b(&self, request: &SimulateC2b) -> Result<(), CallError> {
        if self.base().environment() == Some(Environment::Production) {
            return Err(CallError::OnlyForTests);
        }
        request.check().map_err(NotSent::Limit)?;
        // Daraja portal, Customer To Business.
        let path = match request.version {
            C2bVersion::V1 => "/mpesa/c2b/v1/simulate",
            C2bVersion::V2 => "/mpesa/c2b/v2/simulate",
        };
        accepted(&self.call(path, request.body()).await?)
    }
}

impl SimulateC2b {
    fn check(&self) -> Result<(), LimitError> {
        limit::amount(self.amount_shillings)?;
        limit::msisdn(&self.msisdn)?;
        match &self.payment {
            C2bPayment::PayBill { account } => limit::reference(account, MAX_BILL_REFERENCE),
            C2bPayment::BuyGoods => Ok(()),
        }
    }

    fn body(&self) -> Value {
        let (command, account) = match &self.payment {
            C2bPayment::PayBill { account } => ("CustomerPayBillOnline", Value::from(account.as_str())),
            C2bPayment::BuyGoods => ("CustomerBuyGoodsOnline", Value::Null),
        };
        json!({
            "ShortCode": self.short_code.as_str(),
            "CommandID": command,
            "Amount": self.amount_shillings.to_string(),
            "Msisdn": self.msisdn,
            "BillRefNumber": account,
        })
    }
}

impl fmt::Debug for SimulateC2b {
    /// Without the phone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulateC2b")
            .field("version", &self.version)
            .field("short_code", &self.short_code)
            .field("payment", &self.payment)
            .field("amount_shillings", &self.amount_shillings)
            .finish_non_exhaustive()
    }
}
