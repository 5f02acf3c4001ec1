//! Addresses that Safaricom accepts for notices of payments.

use std::net::{IpAddr, Ipv4Addr};

use reqwest::Url;

use crate::base_url::{BaseUrl, Environment};

/// Why Safaricom would refuse an address, or take it and never call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UrlLint {
    /// Not an absolute web address.
    #[error("this is not a web address")]
    NotAUrl,
    /// Production demands `https`.
    #[error("the address must begin with https://")]
    NotHttps,
    /// Safaricom refuses addresses with this word in them.
    #[error("the address must not contain the word \"{0}\"")]
    ForbiddenWord(&'static str),
    /// Safaricom refuses addresses of this service.
    #[error("addresses of {0} are not accepted")]
    TestHost(&'static str),
    /// A host inside the owner's own network, where Safaricom would never arrive.
    #[error("Safaricom cannot reach this host")]
    NotReachable,
}

/// Daraja portal, Customer To Business Register URL: refused in any case of letters, anywhere.
const FORBIDDEN_WORDS: [&str; 8] = [
    "m-pesa",
    "mpesa",
    "safaricom",
    "exec",
    "exe",
    "cmd",
    "sql",
    "query",
];

/// Daraja portal, same page: public tunnels and request bins.
const TEST_HOSTS: [&str; 3] = ["ngrok", "mockbin", "requestbin"];

/// Says what is wrong with a confirmation or validation address, before Safaricom does (with an error
/// that does not tell which rule was broken). `http` is good enough everywhere but in production.
///
/// # Errors
/// The first rule that is broken.
pub fn lint_c2b_url(url: &str, base: &BaseUrl) -> Result<(), UrlLint> {
    let host = web_address(url, base)?;
    if let Some(name) = TEST_HOSTS.into_iter().find(|name| host.contains(name)) {
        return Err(UrlLint::TestHost(name));
    }
    // Another server than Safaricom's may well be on this computer, as in practice.
    if base.environment().is_some() && !is_public(&host) {
        return Err(UrlLint::NotReachable);
    }
    let lower = url.to_lowercase();
    match FORBIDDEN_WORDS.into_iter().find(|word| lower.contains(word)) {
        Some(word) => Err(UrlLint::ForbiddenWord(word)),
        None => Ok(()),
    }
}

/// Whether a host can be reached from outside: a name with a dot whose end is not reserved for inside
/// (RFC 6761, RFC 6762), or a public address.
fn is_public(host: &str) -> bool {
    let host = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .trim_end_matches('.');
    match host.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => {
            !(ip.is_loopback()
                || ip.is_private()
                || ip.is_link_local()
                || ip.is_unspecified()
                || is_shared(ip))
        }
        Ok(IpAddr::V6(ip)) => {
            !(ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local() || ip.is_unspecified())
        }
        Err(_) => {
            let inside = ["localhost", "local", "internal", "invalid", "test", "lan"];
            let end = host.rsplit('.').next().unwrap_or_default();
            host.contains('.') && !inside.contains(&end)
        }
    }
}

/// What a provider gives to many customers at once: it looks public and is not (RFC 6598).
const fn is_shared(ip: Ipv4Addr) -> bool {
    matches!(ip.octets(), [100, 64..=127, _, _])
}

/// The host of an absolute web address, in lower case. In production only `https` will do.
pub(crate) fn web_address(url: &str, base: &BaseUrl) -> Result<String, UrlLint> {
    let parsed = Url::parse(url).map_err(|_| UrlLint::NotAUrl)?;
    let has_blank = url.chars().any(|c| c.is_whitespace() || c.is_control());
    let host = parsed.host_str().filter(|_| !has_blank).ok_or(UrlLint::NotAUrl)?;
    let in_production = base.environment() == Some(Environment::Production);
    match parsed.scheme() {
        "https" => Ok(host.to_lowercase()),
        "http" if !in_production => Ok(host.to_lowercase()),
        "http" => Err(UrlLint::NotHttps),
        _ => Err(UrlLint::NotAUrl),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use super::{UrlLint, lint_c2b_url};
    use crate::{BaseUrl, Environment};

    fn production(url: &str) -> Result<(), UrlLint> {
        lint_c2b_url(url, &BaseUrl::of(Environment::Production))
    }

    #[test]
    fn forbidden_words_anywhere_in_any_case() {
        for (url, word) in [
            ("https://till.example/M-Pesa/in", "m-pesa"),
            ("https://mpesa.example/in", "mpesa"),
            ("https://till.example/SAFARICOM", "safaricom"),
            ("https://till.example/a.exe", "exe"),
            ("https://till.example/executive", "exec"),
            ("https://till.example/cmd", "cmd"),
            ("https://mysql.example/", "sql"),
            ("https://till.example/?query=1", "query"),
        ] {
            assert_eq!(production(url), Err(UrlLint::ForbiddenWord(word)), "{url}");
        }
    }

    #[test]
    fn tunnels_and_bins_are_refused() {
        assert_eq!(
            production("https://a1.NGROK-free.app/in"),
            Err(UrlLint::TestHost("ngrok")),
            "a tunnel"
        );
        assert_eq!(
            production("https://requestbin.com/r/1"),
            Err(UrlLint::TestHost("requestbin")),
            "a bin"
        );
    }

    #[test]
    fn hosts_inside_are_refused_where_safaricom_calls() {
        for host in [
            "localhost",
            "127.0.0.1",
            "192.168.1.20",
            "100.72.3.4",
            "[::1]",
            "till",
            "till.local",
        ] {
            let url = format!("https://{host}/in");
            assert_eq!(production(&url), Err(UrlLint::NotReachable), "{url}");
            let simulator = BaseUrl::parse("http://127.0.0.1:9").unwrap();
            assert_eq!(
                lint_c2b_url(&url, &simulator),
                Ok(()),
                "practice is on this computer: {url}"
            );
        }
        for public in ["https://41.90.64.1/in", "https://100.128.0.1/in"] {
            assert_eq!(production(public), Ok(()), "a public address: {public}");
        }
    }

    #[test]
    fn https_in_production_only() {
        let sandbox = BaseUrl::of(Environment::Sandbox);
        assert_eq!(
            production("http://till.example/in"),
            Err(UrlLint::NotHttps),
            "production demands https"
        );
        assert_eq!(
            lint_c2b_url("http://till.example/in", &sandbox),
            Ok(()),
            "the sandbox does not"
        );
        assert_eq!(
            production("https://till.example/in/7f3a"),
            Ok(()),
            "a good address"
        );
    }

    #[test]
    fn only_web_addresses() {
        for bad in [
            "",
            "till.example/in",
            "ftp://till.example",
            "https://",
            "https://till.example/a b",
            " https://till.example",
        ] {
            assert_eq!(production(bad), Err(UrlLint::NotAUrl), "{bad:?}");
        }
    }
}
