//! `GET /oauth/v1/generate` and the check of bearer tokens.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::wire::{Answer, Problem, Request};
use super::{Endpoint, World};

/// A token's nominal life (Daraja portal, Authorization).
const LIFETIME_MS: i64 = 3_600_000;

/// A token that was given out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Token {
    text: String,
    ends_ms: i64,
}

#[derive(Serialize)]
struct TokenBody {
    access_token: String,
    expires_in: &'static str,
}

/// As recorded on the sandbox; the end may be empty.
fn bad_pull_token(why: &str) -> Problem {
    let words = format!("Error Occurred - Invalid Access Token - {why}");
    Problem::new(401, "401.001", words)
}

impl World {
    /// Gives out a token for the app's key and secret.
    pub(super) fn issue_token(&mut self, request: &Request) -> Result<Answer, Problem> {
        let header = request.authorization.as_deref().unwrap_or_default().trim();
        let (scheme, credentials) = header.split_once(' ').unwrap_or((header, ""));
        if !scheme.eq_ignore_ascii_case("basic") {
            return Err(Problem::new(400, "400.008.01", "Invalid Authentication passed"));
        }
        let granted = request
            .query
            .split('&')
            .any(|pair| pair == "grant_type=client_credentials");
        if !granted {
            return Err(Problem::new(400, "400.008.02", "Invalid grant type passed"));
        }
        let key = self.settings.consumer_key.expose();
        let secret = self.settings.consumer_secret.expose();
        if credentials.trim() != BASE64_STANDARD.encode(format!("{key}:{secret}")) {
            // Wrong keys are answered with no words at all, as on the real API.
            return Ok(Answer::Respond {
                status: 400,
                content_type: "application/json",
                body: String::new(),
            });
        }
        let now = self.state.now_ms;
        let one_token = self.settings.one_token;
        self.state
            .tokens
            .retain(|token| !one_token && token.ends_ms > now);
        let text = self.dice().token();
        let ends_ms = now.saturating_add(LIFETIME_MS);
        self.state.tokens.push(Token {
            text: text.clone(),
            ends_ms,
        });
        Ok(Answer::json(
            200,
            &TokenBody {
                access_token: text,
                expires_in: "3599",
            },
        ))
    }

    /// Checks the bearer token; each product family says "invalid" in its own way.
    pub(super) fn check_bearer(&self, endpoint: Endpoint, request: &Request) -> Result<(), Problem> {
        let header = request.authorization.as_deref().unwrap_or_default().trim();
        let (scheme, token) = header.split_once(' ').unwrap_or((header, ""));
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Problem::new(404, "404.001.04", "Invalid Authentication Header"));
        }
        let now = self.state.now_ms;
        let alive = |known: &Token| known.text == token.trim() && known.ends_ms > now;
        let pulls = matches!(endpoint, Endpoint::PullRegister | Endpoint::Pull);
        if pulls && !self.settings.pull {
            // How a product that the app does not have shows, seen in the C2B family.
            return Err(bad_pull_token("Invalid API call as no apiproduct match found"));
        }
        if self.state.tokens.iter().any(alive) {
            return Ok(());
        }
        Err(match endpoint {
            Endpoint::Register | Endpoint::Simulate => Problem::new(
                401,
                "401.003.01",
                "Error Occurred - Invalid Access Token - Invalid API call as no apiproduct match \
                 found",
            ),
            Endpoint::PullRegister | Endpoint::Pull => bad_pull_token(""),
            Endpoint::Oauth | Endpoint::Push | Endpoint::Query | Endpoint::Qr => {
                Problem::new(404, "404.001.03", "Invalid Access Token")
            }
        })
    }
}
