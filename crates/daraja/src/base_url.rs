//! Where the requests go.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

/// Safaricom's two worlds. Keys of one are not keys of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Environment {
    /// For tests; a real phone may still be prompted, and pays real money.
    Sandbox,
    /// The shop's own money.
    Production,
}

/// Hosts of the two environments (Daraja portal, every page).
const SANDBOX: &str = "sandbox.safaricom.co.ke";
const PRODUCTION: &str = "api.safaricom.co.ke";

/// The scheme, host and port of a Daraja server. Plain `http` only to this very computer, so that keys
/// never cross a network unprotected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://host[:port]`, without a slash at the end.
    origin: String,
    host: String,
    https: bool,
    loopback: bool,
}

/// Why a text is not the address of a Daraja server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    /// Not an address at all.
    #[error("the address of the M-PESA server is not a web address")]
    NotAUrl,
    /// It has a path, a query, a fragment or a user.
    #[error("the address of the M-PESA server is only https:// and a host")]
    NotAnOrigin,
    /// Neither `https`, nor `http` to this computer.
    #[error("the address of the M-PESA server must begin with https:// (http:// only to this computer)")]
    NotProtected,
}

impl BaseUrl {
    /// Safaricom's own address.
    #[must_use]
    pub fn of(environment: Environment) -> Self {
        let host = match environment {
            Environment::Sandbox => SANDBOX,
            Environment::Production => PRODUCTION,
        };
        Self {
            origin: format!("https://{host}"),
            host: host.to_owned(),
            https: true,
            loopback: false,
        }
    }

    /// Any other address: `https` anywhere, plain `http` only to a loopback address or `localhost`.
    ///
    /// # Errors
    /// See [`BaseUrlError`].
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let url = Url::parse(text.trim()).map_err(|_| BaseUrlError::NotAUrl)?;
        let host = url.host_str().ok_or(BaseUrlError::NotAUrl)?.to_owned();
        let loopback = is_loopback(&host);
        let https = match url.scheme() {
            "https" => true,
            "http" if loopback => false,
            _ => return Err(BaseUrlError::NotProtected),
        };
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return Err(BaseUrlError::NotAnOrigin);
        }
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            host,
            https,
            loopback,
        })
    }

    /// Which of Safaricom's environments this is; `None` for any other server.
    #[must_use]
    pub fn environment(&self) -> Option<Environment> {
        [Environment::Sandbox, Environment::Production]
            .into_iter()
            .find(|e| Self::of(*e) == *self)
    }

    /// Whether this is one of Safaricom's two hosts, on its usual port.
    #[must_use]
    pub fn is_safaricom(&self) -> bool {
        self.environment().is_some()
    }

    /// The host's name or address, without the port.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    pub(crate) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::{BaseUrl, BaseUrlError, Environment};

    #[test]
    fn safaricom_is_known_however_it_is_written() {
        for (text, environment) in [
            ("https://api.safaricom.co.ke", Environment::Production),
            (" HTTPS://API.Safaricom.co.ke:443/ ", Environment::Production),
            ("https://sandbox.safaricom.co.ke/", Environment::Sandbox),
        ] {
            let base = BaseUrl::parse(text).unwrap();
            assert_eq!(base.environment(), Some(environment), "{text:?} is Safaricom's");
            assert_eq!(
                base,
                BaseUrl::of(environment),
                "{text:?} equals the built-in address"
            );
        }
    }

    #[test]
    fn nobody_else_passes_for_safaricom() {
        for text in [
            "https://api.safaricom.co.ke.example.com",
            "https://safaricom.co.ke",
            "https://api.safaricom.co.ke:8443",
            "http://127.0.0.1:9",
        ] {
            assert!(
                !BaseUrl::parse(text).unwrap().is_safaricom(),
                "{text} is somebody else"
            );
        }
    }

    #[test]
    fn plain_http_only_to_this_computer() {
        for good in [
            "http://127.0.0.1:8080/",
            "http://127.8.0.1",
            "http://localhost:1",
            "http://[::1]:9",
        ] {
            assert!(BaseUrl::parse(good).is_ok(), "{good} stays on this computer");
        }
        for bad in [
            "http://api.safaricom.co.ke",
            "http://192.168.1.2",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://0.0.0.0:80",
            "ftp://127.0.0.1",
        ] {
            assert_eq!(
                BaseUrl::parse(bad),
                Err(BaseUrlError::NotProtected),
                "{bad} would carry keys in the clear"
            );
        }
    }

    #[test]
    fn only_an_origin() {
        for bad in [
            "https://h/path",
            "https://h/?q",
            "https://h/#f",
            "https://me@h",
            "https://me:pw@h",
        ] {
            assert_eq!(
                BaseUrl::parse(bad),
                Err(BaseUrlError::NotAnOrigin),
                "{bad} is more than an origin"
            );
        }
        for bad in ["", "api.safaricom.co.ke", "https://", "till"] {
            assert_eq!(
                BaseUrl::parse(bad),
                Err(BaseUrlError::NotAUrl),
                "{bad:?} is no address"
            );
        }
    }
}
