//! One request, one answer: nothing here repeats, redirects or remembers.

use std::time::{Duration, Instant};

use chrono::Utc;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderValue};
use reqwest::{RequestBuilder, Response};
use serde_json::Value;

use crate::api_error::{ApiError, Meaning};
use crate::base_url::BaseUrl;
use crate::client::{ClientError, Timeouts};
use crate::clock_skew::ClockSkew;
use crate::not_sent::NotSent;
use crate::outcome::Unknown;

/// Longest body that is read, in bytes. Daraja's answers have a few hundred.
const MAX_BODY: usize = 64 * 1024;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Body,
}

/// A body, as far as it can be read.
#[derive(Debug)]
pub(crate) enum Body {
    Empty,
    /// A JSON object.
    Json(Value),
    /// A web page.
    Html,
    /// Anything else, or too long.
    Other,
}

/// No whole answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Certain: not one byte of the request left.
    NeverLeft(NotSent),
    /// It may have left; no whole answer in time.
    Timeout,
    /// It may have left; the connection broke.
    Lost,
}

impl Answer {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn json(&self) -> Option<&Value> {
        match &self.body {
            Body::Json(value) => Some(value),
            Body::Empty | Body::Html | Body::Other => None,
        }
    }

    pub(crate) fn error(&self) -> Option<ApiError> {
        self.json().and_then(ApiError::of)
    }

    pub(crate) fn meaning(&self) -> Option<Meaning> {
        self.error().map(|error| error.meaning())
    }

    /// What is left to say of an answer that says nothing certain.
    pub(crate) fn unknown(&self) -> Unknown {
        let status = self.status;
        match &self.body {
            Body::Json(value) if status >= 500 || ApiError::of(value).is_some() => {
                Unknown::ServerError { status }
            }
            Body::Json(_) => Unknown::Unreadable,
            Body::Empty | Body::Html | Body::Other => Unknown::NotJson { status },
        }
    }
}

/// Sends requests to one server.
#[derive(Debug)]
pub(crate) struct Http {
    client: reqwest::Client,
    pub(crate) base: BaseUrl,
    pub(crate) skew: ClockSkew,
}

impl Http {
    pub(crate) fn new(base: BaseUrl, timeouts: Timeouts) -> Result<Self, ClientError> {
        // reqwest panics without one.
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(ClientError::NoCryptoProvider);
        }
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("keshia/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.request)
            // A repeated or redirected push is a second prompt. reqwest resends on some refusals of HTTP/2,
            // and hyper when a kept connection turns out to be closed; so: no retry, HTTP/1 only, and every
            // request on a connection of its own.
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .http1_only()
            .pool_max_idle_per_host(0)
            .referer(false);
        if base.is_loopback() {
            builder = builder.no_proxy();
        }
        if !base.is_https() {
            // Practice needs no certificates, and must start on a system that has none.
            builder = builder.tls_certs_only([]);
        }
        let client = builder
            .build()
            .map_err(|error| ClientError::Tls(error.to_string()))?;
        Ok(Self {
            client,
            base,
            skew: ClockSkew::default(),
        })
    }

    pub(crate) async fn get(
        &self,
        path: &'static str,
        query: &str,
        authorization: HeaderValue,
    ) -> Result<Answer, Failure> {
        let request = self.client.get(self.base.join(&format!("{path}?{query}")));
        self.send(path, request.header(AUTHORIZATION, authorization))
            .await
    }

    pub(crate) async fn post(
        &self,
        path: &'static str,
        authorization: HeaderValue,
        body: &Value,
    ) -> Result<Answer, Failure> {
        let request = self.client.post(self.base.join(path)).json(body);
        self.send(path, request.header(AUTHORIZATION, authorization))
            .await
    }

    async fn send(&self, path: &'static str, request: RequestBuilder) -> Result<Answer, Failure> {
        let started = Instant::now();
        let result = self.exchange(request).await;
        let host = self.base.host();
        let took = started.elapsed();
        match &result {
            Ok(answer) => log_answer(host, path, took, answer),
            Err(failure) => tracing::debug!(host, path, ?took, ?failure, "no answer"),
        }
        result
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<Answer, Failure> {
        let response = request.send().await.map_err(|error| Failure::of(&error))?;
        let date = response.headers().get(DATE).and_then(|date| date.to_str().ok());
        self.skew.hear(date, Utc::now());
        let status = response.status().as_u16();
        let body = read(response).await.map_err(|error| Failure::of(&error))?;
        Ok(Answer { status, body })
    }
}

fn log_answer(host: &str, path: &str, took: Duration, answer: &Answer) {
    let code = answer.error().map(|error| error.code);
    tracing::debug!(host, path, ?took, status = answer.status, ?code, "answer");
}

impl Failure {
    /// Only a failure to connect proves that nothing left. All else is doubt.
    fn of(error: &reqwest::Error) -> Self {
        if error.is_connect() {
            Self::NeverLeft(NotSent::of_connect_error(error, Utc::now()))
        } else if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Lost
        }
    }
}

async fn read(mut response: Response) -> Result<Body, reqwest::Error> {
    let content_type = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let declared_html = content_type.is_some_and(|value| value.to_ascii_lowercase().contains("html"));
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len() + chunk.len() > MAX_BODY {
            return Ok(if declared_html { Body::Html } else { Body::Other });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(parse(&bytes, declared_html))
}

/// What is in a body decides, not what its header says: JSON comes as `text/html` and pages as JSON.
fn parse(bytes: &[u8], declared_html: bool) -> Body {
    let trimmed = bytes.trim_ascii();
    if trimmed.is_empty() {
        return Body::Empty;
    }
    match serde_json::from_slice::<Value>(trimmed) {
        Ok(value) if value.is_object() => Body::Json(value),
        Ok(_) => Body::Other,
        Err(_) if declared_html || trimmed.starts_with(b"<") => Body::Html,
        Err(_) => Body::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Body, parse};

    #[test]
    fn a_body_is_what_is_in_it() {
        assert!(matches!(parse(b" \r\n", true), Body::Empty), "blanks are nothing");
        assert!(
            matches!(parse(b"{\"a\":1}", true), Body::Json(_)),
            "JSON declared as HTML is JSON"
        );
        assert!(
            matches!(parse(b"\n<html>", false), Body::Html),
            "a page declared as JSON is a page"
        );
        assert!(
            matches!(parse(b"sign in", true), Body::Html),
            "a page without tags"
        );
        for other in [&b"oops"[..], b"[]", b"null", b"\"0\"", b"{\"a\":", b"\xff\xfe"] {
            assert!(
                matches!(parse(other, false), Body::Other),
                "{other:?} is no answer"
            );
        }
    }
}
