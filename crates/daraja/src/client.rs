//! The client: one server, one app key, one token.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::Value;

use crate::api_error::Meaning;
use crate::base_url::BaseUrl;
use crate::exchange::Observer;
use crate::http::{Answer, Http, MAX_BODY};
use crate::net::Net;
use crate::not_sent::NotSent;
use crate::secret::Secret;
use crate::token::{TokenCache, TokenInfo};
use crate::transport::{Method, Transport, TransportFailure, WireRequest};

/// The consumer key and secret of one app on Daraja's portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppKey {
    /// Consumer key.
    pub consumer_key: Secret,
    /// Consumer secret.
    pub consumer_secret: Secret,
}

/// How long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection, name look-up and TLS included. Shorter than `request`, or a connection that
    /// never came cannot be told from an answer that never came.
    pub connect: Duration,
    /// For one whole request, from its beginning to the last byte of its answer.
    pub request: Duration,
}

impl Default for Timeouts {
    /// 10 s for a connection, 30 s for a request.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            request: Duration::from_secs(30),
        }
    }
}

/// The client could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientError {
    /// `main` has not installed a rustls provider.
    #[error("no TLS provider is installed")]
    NoCryptoProvider,
    /// The system's certificates could not be loaded.
    #[error("safe connections are not possible on this system: {0}")]
    Tls(String),
}

/// A client of Daraja. Cloning is cheap, and clones share the token.
///
/// A future of its calls that is dropped half-way leaves the outcome open: the request may have left.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    http: Http,
    key: AppKey,
    tokens: Arc<TokenCache>,
}

impl Client {
    /// Makes a client that speaks HTTP; sends nothing yet.
    ///
    /// # Errors
    /// See [`ClientError`].
    pub fn new(base: BaseUrl, key: AppKey, timeouts: Timeouts) -> Result<Self, ClientError> {
        let net = Net::new(base.clone(), timeouts)?;
        Ok(Self::with_transport(base, key, Arc::new(net)))
    }

    /// Makes a client whose requests travel by `transport`. It needs neither a TLS provider nor a runtime:
    /// if the transport's futures are ready at once, so is every call of this client.
    #[must_use]
    pub fn with_transport(base: BaseUrl, key: AppKey, transport: Arc<dyn Transport>) -> Self {
        Self(Arc::new(Inner {
            http: Http::new(base, transport),
            key,
            tokens: Arc::default(),
        }))
    }

    /// The same client, token included, whose requests are told to `observer` as they end. Clones made
    /// before are not observed, and a second observer takes the place of the first.
    #[must_use]
    pub fn observed(self, observer: Arc<dyn Observer>) -> Self {
        Self(Arc::new(Inner {
            http: Http {
                observer: Some(observer),
                ..self.0.http.clone()
            },
            key: self.0.key.clone(),
            tokens: Arc::clone(&self.0.tokens),
        }))
    }

    /// Makes sure that there is an access token, and says how long it is still good for.
    ///
    /// # Errors
    /// Why there is none.
    pub async fn token(&self) -> Result<TokenInfo, NotSent> {
        let token = self.0.tokens.get(&self.0.http, &self.0.key, None).await?;
        Ok(token.info())
    }

    /// Whether the server answers now: it is asked for a token although there may be a good one. Wrong keys
    /// are an answer too.
    pub async fn reachable(&self) -> bool {
        let Inner { http, key, tokens } = &*self.0;
        match tokens.renew(http, key).await {
            Ok(_) => true,
            Err(why) => !matches!(why, NotSent::NoNetwork),
        }
    }

    /// What the clock on the wall says where the requests leave.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.http.now()
    }

    /// The PC's clock minus the server's, from the last answer's `Date`; positive when the PC is fast.
    /// Its resolution is one second. `None` before the first answer.
    #[must_use]
    pub fn clock_skew(&self) -> Option<TimeDelta> {
        self.0.http.skew.get()
    }

    /// Where the requests go.
    #[must_use]
    pub fn base(&self) -> &BaseUrl {
        &self.0.http.base
    }

    /// Posts with a token; see [`Client::call_within`].
    pub(crate) async fn call(&self, path: &'static str, body: Value) -> Result<Answer, TransportFailure> {
        self.call_within(path, body, MAX_BODY).await
    }

    /// Posts with a token. An answer that calls the token invalid proves that nothing was done; after it,
    /// and after nothing else, the request is sent once more, with a fresh token.
    pub(crate) async fn call_within(
        &self,
        path: &'static str,
        body: Value,
        max_body: usize,
    ) -> Result<Answer, TransportFailure> {
        let Inner { http, key, tokens } = &*self.0;
        let token = tokens
            .get(http, key, None)
            .await
            .map_err(TransportFailure::NeverLeft)?;
        let request = WireRequest {
            method: Method::Post,
            path,
            query: "",
            authorization: token.header.clone(),
            body: Some(body),
            max_body,
        };
        let answer = http.send(request.clone()).await?;
        if answer.meaning() != Some(Meaning::InvalidToken) {
            return Ok(answer);
        }
        let token = tokens
            .get(http, key, Some(&token))
            .await
            .map_err(TransportFailure::NeverLeft)?;
        http.send(WireRequest {
            authorization: token.header,
            ..request
        })
        .await
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base", self.base())
            .finish_non_exhaustive()
    }
}
