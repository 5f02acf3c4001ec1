//! The access token: one for all callers, fetched by one of them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;
use serde_json::Value;
use tokio::sync::Mutex;

use crate::client::AppKey;
use crate::http::{Answer, Body, Http, MAX_BODY};
use crate::json::text;
use crate::not_sent::NotSent;
use crate::secret::Secret;
use crate::transport::{Method, TransportFailure, WireRequest};

/// Daraja portal, Authorization.
const PATH: &str = "/oauth/v1/generate";
const QUERY: &str = "grant_type=client_credentials";

/// Lifetime of a token (Daraja portal, Authorization), used when the answer does not tell, and the
/// longest that is believed.
const NOMINAL_LIFETIME: Duration = Duration::from_secs(3600);

/// A token is renewed this long before it ends, or after half its life if that is shorter.
const RENEW_BEFORE: Duration = Duration::from_secs(60);

/// What may be told about a token: never the token itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenInfo {
    /// How long it is still good for.
    pub expires_in: Duration,
}

/// A token in use.
#[derive(Debug, Clone)]
pub(crate) struct Token {
    /// `Bearer …`.
    pub(crate) header: Secret,
    /// Tells this token from the ones before and after it.
    number: u64,
    renew_at: Instant,
    expires_at: Instant,
}

impl Token {
    pub(crate) fn info(&self) -> TokenInfo {
        TokenInfo {
            expires_in: self.expires_at.saturating_duration_since(Instant::now()),
        }
    }
}

/// The one token of a client. Its life is measured by the monotonic clock, because the PC's date may be
/// wrong or be set right at any moment. (On some systems that clock rests while a laptop sleeps; then
/// the token is older than thought, is refused, and is renewed by that.)
#[derive(Debug, Default)]
pub(crate) struct TokenCache {
    state: Mutex<State>,
    /// How many fetches have ended.
    fetches: AtomicU64,
}

#[derive(Debug, Default)]
struct State {
    token: Option<Token>,
    last_failure: Option<NotSent>,
}

impl TokenCache {
    /// A token that is good for a while. `refused` is the token that Safaricom has just called invalid:
    /// it is replaced, unless another caller has done so meanwhile.
    ///
    /// Callers that come while a fetch is under way wait for it and share its result, the bad one too.
    pub(crate) async fn get(
        &self,
        http: &Http,
        key: &AppKey,
        refused: Option<&Token>,
    ) -> Result<Token, NotSent> {
        let fetches_seen = self.fetches.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(token) = &state.token
            && Instant::now() < token.renew_at
            && refused.is_none_or(|refused| refused.number != token.number)
        {
            return Ok(token.clone());
        }
        let fetches = self.fetches.load(Ordering::Acquire);
        if fetches > fetches_seen
            && let Some(failure) = &state.last_failure
        {
            return Err(failure.clone());
        }
        let result = fetch(http, key, fetches).await;
        self.fetches.store(fetches + 1, Ordering::Release);
        state.token = result.as_ref().ok().cloned();
        state.last_failure = result.as_ref().err().cloned();
        result
    }
}

async fn fetch(http: &Http, key: &AppKey, number: u64) -> Result<Token, NotSent> {
    let request = WireRequest {
        method: Method::Get,
        path: PATH,
        query: QUERY,
        authorization: basic(key),
        body: None,
        max_body: MAX_BODY,
    };
    let answer = http.send(request).await.map_err(|failure| match failure {
        TransportFailure::NeverLeft(why) => why,
        TransportFailure::Timeout | TransportFailure::Lost => NotSent::NoNetwork,
    })?;
    read(&answer, number, Instant::now()).ok_or_else(|| why_not(&answer))
}

fn read(answer: &Answer, number: u64, now: Instant) -> Option<Token> {
    let body = answer.json().filter(|_| answer.is_success())?;
    let access_token = text(body, "access_token").filter(|token| !token.is_empty())?;
    let header = format!("Bearer {access_token}");
    // A token that no header can carry is none.
    HeaderValue::from_str(&header).ok()?;
    let lifetime = lifetime(body);
    let renew_after = lifetime.saturating_sub(RENEW_BEFORE).max(lifetime / 2);
    Some(Token {
        header: Secret::new(header),
        number,
        renew_at: now + renew_after,
        expires_at: now + lifetime,
    })
}

/// `expires_in` in seconds: text on the wire, a number on the portal.
fn lifetime(body: &Value) -> Duration {
    let told = text(body, "expires_in")
        .and_then(|seconds| seconds.parse().ok())
        .map(Duration::from_secs);
    told.unwrap_or(NOMINAL_LIFETIME).min(NOMINAL_LIFETIME)
}

/// Why there is no token in it.
fn why_not(answer: &Answer) -> NotSent {
    let code = answer.error().map(|error| error.code);
    match (answer.status, &answer.body) {
        // Wrong key or secret is a 400 with nothing in it; a wrong scheme is 400.008.01.
        (400, Body::Empty) | (401, Body::Empty | Body::Json(_)) => NotSent::WrongKeys,
        (400, Body::Json(_)) if code.as_deref() == Some("400.008.01") => NotSent::WrongKeys,
        (429, _) => NotSent::RateLimited,
        // A page, or the way to one. 511 is "Network Authentication Required" (RFC 6585).
        (200..400, Body::Html) | (300..400 | 511, _) => NotSent::CaptivePortal,
        (status, _) => NotSent::ServerTrouble { status },
    }
}

/// The portal's `Basic` scheme: base64 of key and secret, so that any text makes a header.
fn basic(key: &AppKey) -> Secret {
    let pair = format!("{}:{}", key.consumer_key.expose(), key.consumer_secret.expose());
    Secret::new(format!("Basic {}", STANDARD.encode(pair)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use std::time::{Duration, Instant};

    use serde_json::json;

    use super::{lifetime, read, why_not};
    use crate::NotSent;
    use crate::http::{Answer, Body};

    #[test]
    fn lifetime_is_text_or_number_and_never_absurd() {
        for (value, seconds) in [
            (json!({"expires_in": "3599"}), 3599),
            (json!({"expires_in": 3599}), 3599),
            (json!({"expires_in": "0"}), 0),
            (json!({"expires_in": "soon"}), 3600),
            (json!({"expires_in": -5}), 3600),
            (json!({"expires_in": 18_446_744_073_709_551_615_u64}), 3600),
            (json!({}), 3600),
        ] {
            assert_eq!(lifetime(&value), Duration::from_secs(seconds), "{value}");
        }
    }

    #[test]
    fn renewed_shortly_before_the_end() {
        let now = Instant::now();
        for (told, renew) in [("3599", 3539), ("100", 50), ("0", 0)] {
            let body = Body::Json(json!({"access_token": "x", "expires_in": told}));
            let token = read(&Answer { status: 200, body }, 1, now).unwrap();
            assert_eq!(
                token.renew_at - now,
                Duration::from_secs(renew),
                "a token of {told} s"
            );
        }
    }

    #[test]
    fn a_token_never_prints() {
        let body = Body::Json(json!({"access_token": "hunter2", "expires_in": "3599"}));
        let token = read(&Answer { status: 200, body }, 1, Instant::now()).unwrap();
        assert!(
            !format!("{token:?}").contains("hunter2"),
            "the header is a secret"
        );
    }

    #[test]
    fn what_is_not_a_token_has_a_reason() {
        let error = |code: &str| Body::Json(json!({"errorCode": code, "errorMessage": ""}));
        for (status, body, expected) in [
            (400, Body::Empty, NotSent::WrongKeys),
            (400, error("400.008.01"), NotSent::WrongKeys),
            (400, error("400.008.02"), NotSent::ServerTrouble { status: 400 }),
            (401, Body::Empty, NotSent::WrongKeys),
            (200, Body::Html, NotSent::CaptivePortal),
            (302, Body::Empty, NotSent::CaptivePortal),
            (511, Body::Html, NotSent::CaptivePortal),
            (429, Body::Html, NotSent::RateLimited),
            (503, Body::Html, NotSent::ServerTrouble { status: 503 }),
            (200, Body::Empty, NotSent::ServerTrouble { status: 200 }),
            (
                200,
                Body::Json(json!({"access_token": ""})),
                NotSent::ServerTrouble { status: 200 },
            ),
            (
                200,
                Body::Json(json!({"access_token": "a\nb"})),
                NotSent::ServerTrouble { status: 200 },
            ),
        ] {
            let answer = Answer { status, body };
            assert!(
                read(&answer, 1, Instant::now()).is_none(),
                "{answer:?} is no token"
            );
            assert_eq!(why_not(&answer), expected, "{answer:?}");
        }
    }
}
