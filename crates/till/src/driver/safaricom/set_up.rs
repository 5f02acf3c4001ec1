//! What a shop asks of Safaricom while it is set up: a token, addresses for notices, a played customer.

use daraja::{
    C2bPayment, C2bVersion, CallError, Receiver, RegisterAnswer, RegisterC2b, ResponseType, ShortCode,
    SimulateC2b, UrlLint, lint_c2b_url,
};

use super::{Safaricom, not_sent_reason};
use crate::doctor::TokenOutcome;
use crate::money::MpesaAmount;
use crate::msisdn::Msisdn;

/// Where notices of customers' own payments are to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// Told of every payment.
    pub confirmation: String,
    /// Asked before a payment.
    pub validation: String,
    /// What happens to a payment when the validation address does not answer.
    pub unanswered: ResponseType,
    /// Which generation of Customer To Business the app has.
    pub version: C2bVersion,
}

impl Safaricom {
    /// Asks for a token: do the keys open the door?
    pub async fn knock(&self) -> TokenOutcome {
        let client = &self.inner.client;
        match client.token().await {
            Ok(_) => TokenOutcome::given(client.clock_skew().map(|skew| skew.num_seconds())),
            Err(not_sent) => TokenOutcome::None(not_sent_reason(&not_sent)),
        }
    }

    /// What is wrong with an address, before Safaricom is asked.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn lint(&self, url: &str) -> Result<(), UrlLint> {
        lint_c2b_url(url, self.inner.client.base())
    }

    /// Registers both addresses for the number that the keys were made for.
    ///
    /// # Errors
    /// See [`CallError`]; an address that Safaricom would refuse is not sent.
    pub async fn register_urls(&self, addresses: &Addresses) -> Result<RegisterAnswer, CallError> {
        let request = RegisterC2b {
            version: addresses.version,
            short_code: self.of_the_keys().clone(),
            response_type: addresses.unanswered,
            confirmation_url: addresses.confirmation.trim().to_owned(),
            validation_url: addresses.validation.trim().to_owned(),
        };
        self.inner.client.register_c2b(&request).await
    }

    /// Plays a customer who pays the shop; `account` is what is typed at a paybill.
    ///
    /// # Errors
    /// See [`CallError`]; in production nothing is sent.
    pub async fn play(
        &self,
        amount: MpesaAmount,
        msisdn: &Msisdn,
        account: &str,
        version: C2bVersion,
    ) -> Result<(), CallError> {
        let (short_code, payment) = match &self.inner.receiver {
            Receiver::Paybill { number } => {
                let account = account.to_owned();
                (number.clone(), C2bPayment::PayBill { account })
            }
            Receiver::Till { till, .. } => (till.clone(), C2bPayment::BuyGoods),
        };
        let request = SimulateC2b {
            version,
            short_code,
            payment,
            amount_shillings: amount.shillings(),
            msisdn: msisdn.as_str().to_owned(),
        };
        self.inner.client.simulate_c2b(&request).await
    }

    /// A till's head office registers for it.
    fn of_the_keys(&self) -> &ShortCode {
        match &self.inner.receiver {
            Receiver::Paybill { number } => number,
            Receiver::Till { store, .. } => store,
        }
    }
}
