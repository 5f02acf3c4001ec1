//! The transport over the network: nothing here repeats, redirects or remembers.

use chrono::Utc;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, DATE, HeaderName, HeaderValue};
use reqwest::{RequestBuilder, Response};

use crate::base_url::BaseUrl;
use crate::client::{ClientError, Timeouts};
use crate::transport::{BoxedExchange, Method, Transport, TransportFailure, WireReply, WireRequest};
use crate::{NotSent, Secret};

/// HTTP to one server.
#[derive(Debug)]
pub(crate) struct Net {
    client: reqwest::Client,
    base: BaseUrl,
}

impl Net {
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
        Ok(Self { client, base })
    }

    fn build(&self, request: &WireRequest) -> Result<RequestBuilder, TransportFailure> {
        let mut address = self.base.join(request.path);
        if !request.query.is_empty() {
            address.push('?');
            address.push_str(request.query);
        }
        let mut builder = match request.method {
            Method::Get => self.client.get(address),
            Method::Post => self.client.post(address),
        };
        if let Some(body) = &request.body {
            builder = builder.json(body);
        }
        Ok(builder.header(AUTHORIZATION, sensitive(&request.authorization)?))
    }
}

impl Transport for Net {
    fn exchange(&self, request: WireRequest) -> BoxedExchange {
        let built = self.build(&request);
        Box::pin(async move {
            let response = built?.send().await.map_err(|error| failure(&error))?;
            read(response, request.max_body)
                .await
                .map_err(|error| failure(&error))
        })
    }
}

/// Marked as sensitive, so that no layer below prints it. Text that no header can carry is no key.
fn sensitive(authorization: &Secret) -> Result<HeaderValue, TransportFailure> {
    let mut header = HeaderValue::try_from(authorization.expose())
        .map_err(|_| TransportFailure::NeverLeft(NotSent::WrongKeys))?;
    header.set_sensitive(true);
    Ok(header)
}

/// Only a failure to connect proves that nothing left. All else is doubt.
fn failure(error: &reqwest::Error) -> TransportFailure {
    if error.is_connect() {
        TransportFailure::NeverLeft(NotSent::of_connect_error(error, Utc::now()))
    } else if error.is_timeout() {
        TransportFailure::Timeout
    } else {
        TransportFailure::Lost
    }
}

async fn read(mut response: Response, max_body: usize) -> Result<WireReply, reqwest::Error> {
    let received_at = Utc::now();
    let header = |name: HeaderName| {
        let value = response.headers().get(name)?;
        Some(value.to_str().ok()?.to_owned())
    };
    let (date, content_type) = (header(DATE), header(CONTENT_TYPE));
    let status = response.status().as_u16();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        body.extend_from_slice(&chunk);
        if body.len() > max_body {
            body.truncate(max_body + 1);
            break;
        }
    }
    Ok(WireReply {
        status,
        date,
        content_type,
        body,
        received_at,
    })
}
