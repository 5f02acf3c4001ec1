//! Safaricom's errors, read for what they mean. One place, so that no operation has its own reading.

use serde_json::Value;

use crate::json::{field, text};
use crate::outcome::Refusal;

/// An error that Safaricom put into words, in either of its two shapes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ApiError {
    /// `errorCode`, or the `errorcode` of a `fault`.
    pub(crate) code: String,
    /// `errorMessage`, or the `faultstring`.
    pub(crate) message: String,
}

/// What an error means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// The access token is not (or no longer) accepted: nothing was done.
    InvalidToken,
    /// One field is wrong or missing.
    InvalidField(String),
    InvalidPayload,
    NotFound,
    MethodNotAllowed,
    WrongPasskey,
    WrongShortCode,
    SpikeArrest,
    Quota,
    /// An earlier prompt is alive on the phone.
    SubscriberLocked,
    Busy,
    /// The push that was asked about is still under way.
    StillProcessing,
    /// The push that was asked about is not known.
    NoSuchPush,
    /// C2B addresses: already there.
    AlreadyRegistered,
    /// C2B addresses: another company's are there.
    HeldByAnother,
    /// 500.001.1001 with a text, or none, that says nothing.
    CatchAll,
    /// Not on any list.
    Other,
}

impl ApiError {
    /// Reads `{requestId, errorCode, errorMessage}` and the gateway's `{fault: {faultstring, detail:
    /// {errorcode}}}`. The SOAP-shaped `Envelope` is no error of this kind: nobody knows how far that
    /// request came.
    pub(crate) fn of(body: &Value) -> Option<Self> {
        if let Some(code) = text(body, "errorCode") {
            return Some(Self {
                code,
                message: text(body, "errorMessage").unwrap_or_default(),
            });
        }
        let fault = field(body, "fault")?;
        let code = field(fault, "detail")
            .and_then(|detail| text(detail, "errorcode"))
            .unwrap_or_default();
        Some(Self {
            code,
            message: text(fault, "faultstring").unwrap_or_default(),
        })
    }

    /// What it means. Codes decide, except those that Safaricom uses for everything: there the text does.
    pub(crate) fn meaning(&self) -> Meaning {
        match self.code.as_str() {
            // Bad bearer, by product: push and query; C2B (documented and seen); balance; Pull.
            "404.001.03" | "400.003.01" | "401.003.01" | "401.002.01" | "401.001" => Meaning::InvalidToken,
            "400.002.02" | "400.003.02" => Meaning::InvalidField(self.named_field()),
            "400.002.05" => Meaning::InvalidPayload,
            "405.001" => Meaning::MethodNotAllowed,
            "500.003.03" => Meaning::Quota,
            "500.001.1001" | "500.003.02" | "500.003.1001" => self.meaning_of_text(),
            code if code.starts_with("404.") => Meaning::NotFound,
            code if code.contains("SpikeArrestViolation") => Meaning::SpikeArrest,
            code if code.contains("QuotaViolation") => Meaning::Quota,
            _ => Meaning::Other,
        }
    }

    fn meaning_of_text(&self) -> Meaning {
        let message = self.message.to_lowercase();
        let says = |words: &str| message.contains(words);
        match self.code.as_str() {
            _ if says("unable to lock subscriber") => Meaning::SubscriberLocked,
            _ if says("system is busy") => Meaning::Busy,
            "500.003.02" if says("spike arrest") => Meaning::SpikeArrest,
            "500.003.1001" if says("already registered") => Meaning::AlreadyRegistered,
            "500.003.1001" if says("duplicate notification info") => Meaning::HeldByAnother,
            "500.001.1001" if says("wrong credentials") => Meaning::WrongPasskey,
            "500.001.1001" if says("merchant does not exist") => Meaning::WrongShortCode,
            "500.001.1001" if says("being processed") || says("under processing") => Meaning::StillProcessing,
            "500.001.1001" if says("transaction does not exist") => Meaning::NoSuchPush,
            "500.001.1001" => Meaning::CatchAll,
            _ => Meaning::Other,
        }
    }

    /// `Amount` of `Bad Request - Invalid Amount`. Safaricom repeats names of fields, never values.
    fn named_field(&self) -> String {
        let named = self
            .message
            .rsplit_once("Invalid ")
            .map_or(self.message.as_str(), |(_, name)| name);
        named.chars().take(80).collect()
    }
}

impl Meaning {
    /// The certain refusals: after these, and only after these, no prompt was made.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        match self {
            Self::InvalidToken => Some(Refusal::WrongKeys),
            Self::InvalidField(name) => Some(Refusal::InvalidField(name.clone())),
            Self::InvalidPayload => Some(Refusal::InvalidPayload),
            Self::NotFound => Some(Refusal::NotFound),
            Self::MethodNotAllowed => Some(Refusal::MethodNotAllowed),
            Self::WrongPasskey => Some(Refusal::WrongPasskey),
            Self::WrongShortCode => Some(Refusal::WrongShortCode),
            Self::SpikeArrest => Some(Refusal::SpikeArrest),
            Self::Quota => Some(Refusal::Quota),
            Self::SubscriberLocked
            | Self::Busy
            | Self::StillProcessing
            | Self::NoSuchPush
            | Self::AlreadyRegistered
            | Self::HeldByAnother
            | Self::CatchAll
            | Self::Other => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use serde_json::json;

    use super::{ApiError, Meaning};

    fn meaning(code: &str, message: &str) -> Meaning {
        ApiError::of(&json!({"requestId": "1-2-3", "errorCode": code, "errorMessage": message}))
            .unwrap()
            .meaning()
    }

    #[test]
    fn the_catch_all_is_told_apart_by_its_text() {
        let lock =
            "Unable to lock subscriber, a transaction is already in process for the current subscriber";
        for (message, expected) in [
            ("Merchant does not exist", Meaning::WrongShortCode),
            ("[MerchantValidate] - Wrong credentials", Meaning::WrongPasskey),
            (lock, Meaning::SubscriberLocked),
            ("The transaction is being processed", Meaning::StillProcessing),
            ("The transaction does not Exist", Meaning::NoSuchPush),
            ("This transaction does not exist", Meaning::NoSuchPush),
            ("", Meaning::CatchAll),
            ("Something new", Meaning::CatchAll),
        ] {
            assert_eq!(
                meaning("500.001.1001", message),
                expected,
                "500.001.1001 {message:?}"
            );
        }
        assert_eq!(
            meaning("500.003.02", lock),
            Meaning::SubscriberLocked,
            "the lock was reported under this code too"
        );
        assert_eq!(
            meaning("500.003.02", "System is busy. Please try again in few minutes."),
            Meaning::Busy,
            "busy"
        );
        assert_eq!(
            meaning("500.003.02", "Error Occurred: Spike Arrest Violation"),
            Meaning::SpikeArrest,
            "spike"
        );
        assert_eq!(
            meaning("500.003.02", "Merchant does not exist"),
            Meaning::Other,
            "not of this code"
        );
    }

    #[test]
    fn codes_speak_for_themselves_elsewhere() {
        for (code, message, expected) in [
            ("404.001.03", "Invalid Access Token", Meaning::InvalidToken),
            (
                "401.003.01",
                "Error Occurred - Invalid Access Token - no apiproduct match found",
                Meaning::InvalidToken,
            ),
            ("400.003.01", "Invalid Access Token", Meaning::InvalidToken),
            (
                "401.002.01",
                "Error Occurred - Invalid Access Token - XXX",
                Meaning::InvalidToken,
            ),
            (
                "401.001",
                "Error Occurred - Invalid Access Token - ",
                Meaning::InvalidToken,
            ),
            (
                "400.002.02",
                "Bad Request - Invalid PhoneNumber",
                Meaning::InvalidField("PhoneNumber".into()),
            ),
            ("400.002.02", "", Meaning::InvalidField(String::new())),
            ("400.002.05", "Invalid Request Payload", Meaning::InvalidPayload),
            ("404.001.01", "Resource not found", Meaning::NotFound),
            ("404.001.04", "Invalid Authentication Header", Meaning::NotFound),
            ("405.001", "Method Not Allowed", Meaning::MethodNotAllowed),
            ("500.003.03", "Quota Violation", Meaning::Quota),
            ("500.003.1001", "Internal Server Error", Meaning::Other),
            (
                "500.003.1001",
                "Urls are already registered.",
                Meaning::AlreadyRegistered,
            ),
            (
                "500.003.1001",
                "Duplicate notification info, SP ID is 1, correlator is 2",
                Meaning::HeldByAnother,
            ),
            ("400.999.01", "Wrong credentials", Meaning::Other),
        ] {
            assert_eq!(meaning(code, message), expected, "{code} {message:?}");
        }
    }

    #[test]
    fn the_gateways_fault_is_an_error_and_the_envelope_is_not() {
        let fault = |code: &str| json!({"fault": {"faultstring": "x", "detail": {"errorcode": code}}});
        for (code, expected) in [
            ("policies.ratelimit.SpikeArrestViolation", Meaning::SpikeArrest),
            ("policies.ratelimit.QuotaViolation", Meaning::Quota),
            ("messaging.adaptors.http.flow.GatewayTimeout", Meaning::Other),
        ] {
            assert_eq!(
                ApiError::of(&fault(code)).unwrap().meaning(),
                expected,
                "fault {code}"
            );
        }
        let envelope =
            json!({"Envelope": {"Body": {"Fault": {"faultstring": "Execution of ServiceCallout failed"}}}});
        assert_eq!(
            ApiError::of(&envelope),
            None,
            "how far that request came, nobody knows"
        );
    }
}
