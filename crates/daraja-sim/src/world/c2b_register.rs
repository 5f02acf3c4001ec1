//! `POST /mpesa/c2b/v1|v2/registerurl`.

use serde::{Deserialize, Serialize};

use super::wire::{Answer, Fields, Problem, Request, is_callback_url};
use super::{C2bVersion, World};

/// Words Safaricom refuses in registered URLs, in any case (Daraja portal, C2B register URL).
const FORBIDDEN_WORDS: [&str; 11] = [
    "m-pesa",
    "mpesa",
    "safaricom",
    "exec",
    "exe",
    "cmd",
    "sql",
    "query",
    "ngrok",
    "mockbin",
    "requestbin",
];

/// Where a short code's payments are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Registration {
    pub(super) version: C2bVersion,
    /// Whether a payment goes through when the validation URL is silent.
    pub(super) completes: bool,
    pub(super) confirmation_url: String,
    pub(super) validation_url: String,
}

/// The first key is misspelt on the real API.
#[derive(Serialize)]
struct Registered {
    #[serde(rename = "OriginatorCoversationID")]
    originator_conversation_id: String,
    #[serde(rename = "ResponseCode")]
    response_code: &'static str,
    #[serde(rename = "ResponseDescription")]
    response_description: &'static str,
}

/// A refusal of the C2B family.
fn invalid(what: &str) -> Problem {
    Problem::new(400, "400.003.02", format!("Bad Request - Invalid {what}"))
}

fn url(fields: &Fields, name: &str) -> Result<String, Problem> {
    let url = fields
        .text(name)
        .filter(|url| is_callback_url(url))
        .ok_or_else(|| invalid(name))?;
    let lower = url.to_ascii_lowercase();
    match FORBIDDEN_WORDS.iter().find(|word| lower.contains(**word)) {
        Some(word) => {
            let word = word.to_ascii_uppercase();
            Err(invalid(&format!("{name} - URL has the word {word}")))
        }
        None => Ok(url),
    }
}

impl World {
    pub(super) fn c2b_register(&mut self, version: C2bVersion, request: &Request) -> Result<Answer, Problem> {
        let fields = Fields::of(request)?;
        let short_code = fields
            .text("ShortCode")
            .filter(|code| self.settings.registers(code))
            .ok_or_else(|| invalid("ShortCode"))?;
        let completes = match fields.text("ResponseType").as_deref() {
            Some("Completed") => true,
            Some("Cancelled") => false,
            Some(_) | None => return Err(invalid("ResponseType")),
        };
        let confirmation_url = url(&fields, "ConfirmationURL")?;
        let validation_url = url(&fields, "ValidationURL")?;
        if self.settings.register_once && self.state.registrations.contains_key(&short_code) {
            return Err(Problem::new(500, "500.003.1001", "Urls are already registered."));
        }
        let registration = Registration {
            version,
            completes,
            confirmation_url,
            validation_url,
        };
        self.state.registrations.insert(short_code, registration);
        let originator_conversation_id = self.dice().request_id();
        Ok(Answer::json(
            200,
            &Registered {
                originator_conversation_id,
                response_code: match version {
                    C2bVersion::V1 => "0",
                    C2bVersion::V2 => "00000000",
                },
                response_description: "Success",
            },
        ))
    }
}
