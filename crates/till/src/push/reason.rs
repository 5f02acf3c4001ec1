//! Why a push stands where it stands, as one word that crosses to the screen and into the book.
//!
//! The words of the cashier for each are in the UI's catalogue; the wire's numbers are in
//! `daraja::ResultCode`. One enum for all, so that a stored reason can be read back without
//! knowing which door it came through.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    // Results of a prompt (Daraja portal, M-PESA Express result codes).
    /// 1: not enough M-PESA balance.
    NoBalance,
    /// 2: below the smallest payment.
    BelowMinimum,
    /// 3: above the largest payment.
    AboveMaximum,
    /// 4: would pass the customer's daily limit.
    DailyLimit,
    /// 8: the shop's account is full.
    ShopAccountFull,
    /// 17: same amount from the same customer within two minutes.
    SameAgain,
    /// 26: M-PESA is overloaded.
    MpesaBusy,
    /// 1001: another M-PESA request of this customer is under way.
    CustomerBusy,
    /// 1019: the request expired.
    Expired,
    /// 1031, 1032: cancelled, or left too long on the phone.
    Cancelled,
    /// 1037: no answer from the phone.
    NoAnswer,
    /// 2001: wrong PIN.
    WrongPin,
    /// 1025, 9999: the prompt could not be shown.
    PromptFailed,
    /// 8006: the customer's M-PESA is locked.
    CustomerLocked,
    /// 2002, 2006, 2028, SFC_IC0003: till or paybill is set up wrongly.
    TillSetup,
    /// A result that ends the push, by a code Keshia has no word for.
    OtherResult,

    // Safaricom refused the request itself: certainly no prompt.
    /// The phone number was not accepted.
    BadPhone,
    /// The amount was not accepted.
    BadAmount,
    /// Another field was not accepted.
    BadRequest,
    /// The short code is not the one these keys belong to.
    WrongShortCode,
    /// The passkey does not belong to this short code.
    WrongPasskey,
    /// The consumer key and secret are not accepted.
    WrongKeys,
    /// Too many requests in a moment.
    TooFast,
    /// The app's quota is used up.
    Quota,
    /// The product is not switched on for these keys, or the address is wrong.
    NotOffered,

    // Nothing left this PC.
    /// No network, name not found, or no connection.
    NoNetwork,
    /// No secure connection.
    NoSecureConnection,
    /// No secure connection because the PC's date is wrong.
    ClockWrong,
    /// A sign-in page answered instead of Safaricom.
    CaptivePortal,
    /// Safaricom's sign-in service does not answer properly.
    ServerTrouble,
    /// Keshia stopped before anything was sent.
    StoppedBefore,
    /// Another number was asked instead, before anything was sent to this one.
    Withdrawn,

    // Nobody can say.
    /// No answer in time.
    Timeout,
    /// The connection broke after the request may have left.
    ConnectionLost,
    /// Safaricom answered with an error page.
    ServerError,
    /// The answer could not be read.
    Unreadable,
    /// Safaricom says another prompt is alive on that phone.
    PhoneLocked,
    /// Safaricom says it is busy.
    SystemBusy,
    /// Keshia stopped while the request was on its way.
    StoppedDuring,
    /// Accepted, but no result came.
    NoResult,

    // How an unknown prompt ended.
    /// Safaricom's list of payments shows none that is this prompt's.
    NothingFound,
    /// A person answered for it.
    PersonsWord,
}

impl Reason {
    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// Reads a stored word.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
    }
}
