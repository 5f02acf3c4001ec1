//! Where a request came from, and whether Safaricom's servers are there.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::HeaderMap;
use axum::http::header::FORWARDED;
use ipnet::IpNet;
use relay_wire::Mark;

/// Where Safaricom's callbacks come from.
const SAFARICOM: [Ipv4Addr; 14] = [
    // Daraja portal, Getting Started, "whitelist these IPs": twelve addresses.
    Ipv4Addr::new(196, 201, 214, 200),
    Ipv4Addr::new(196, 201, 214, 206),
    Ipv4Addr::new(196, 201, 214, 207),
    Ipv4Addr::new(196, 201, 214, 208),
    Ipv4Addr::new(196, 201, 213, 114),
    Ipv4Addr::new(196, 201, 213, 44),
    Ipv4Addr::new(196, 201, 212, 127),
    Ipv4Addr::new(196, 201, 212, 138),
    Ipv4Addr::new(196, 201, 212, 129),
    Ipv4Addr::new(196, 201, 212, 136),
    Ipv4Addr::new(196, 201, 212, 74),
    Ipv4Addr::new(196, 201, 212, 69),
    // Not on the portal; the published packages mpesakit (PyPI) and mpesa-api (npm) list them beside the twelve.
    Ipv4Addr::new(196, 201, 212, 128),
    Ipv4Addr::new(196, 201, 212, 132),
];

/// The networks whose word about the sender is believed.
#[derive(Debug, Clone, Default)]
pub struct Proxies(Vec<IpNet>);

/// Where a request came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    /// The sender, or the nearest machine that is known.
    pub(crate) address: IpAddr,
    /// Is that the sender? Not when a proxy stands between that nobody vouches for.
    pub(crate) known: bool,
}

impl Proxies {
    /// Trusts these networks.
    #[must_use]
    pub const fn new(networks: Vec<IpNet>) -> Self {
        Self(networks)
    }

    /// Nobody is trusted.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Is this one of them?
    pub(crate) fn trusts(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }

    /// Where a request of this peer came from. Only a trusted proxy's headers are read: from the last hop to the
    /// first, the first that is no trusted proxy is the sender, because what stands before it is the sender's own
    /// claim.
    pub(crate) fn source(&self, peer: IpAddr, headers: &HeaderMap) -> Source {
        let peer = peer.to_canonical();
        if !self.trusts(peer) {
            // Safaricom is not in a private network: a peer there is a proxy. What a public peer says of itself in
            // a header would let anybody choose his mark.
            return Source {
                address: peer,
                known: !is_private(peer),
            };
        }
        let unknown = Source {
            address: peer,
            known: false,
        };
        let Some(hops) = hops(headers) else { return unknown };
        for hop in hops.iter().rev() {
            match hop {
                Some(address) if self.trusts(*address) => {}
                Some(address) => {
                    return Source {
                        address: *address,
                        known: true,
                    };
                }
                None => return unknown,
            }
        }
        unknown
    }
}

impl Source {
    /// What is odd about it as a sender of Safaricom's posts.
    pub(crate) fn mark(self) -> Option<Mark> {
        match (self.known, self.address) {
            (false, _) => Some(Mark::SourceUnknown),
            (true, IpAddr::V4(address)) if SAFARICOM.contains(&address) => None,
            (true, _) => Some(Mark::Source),
        }
    }

    /// Whom limits count as one: an IPv6 household has a whole /64.
    pub(crate) fn household(self) -> IpAddr {
        household(self.address)
    }
}

/// Whom limits count as one.
pub(crate) fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) >> 64 << 64).into()),
    }
}

/// Loopback, a private or a provider's inner network, or the link itself.
pub(crate) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [first, second, ..] = address.octets();
            // 100.64.0.0/10: RFC 6598, shared address space of providers.
            let shared = first == 100 && second & 0b1100_0000 == 64;
            address.is_loopback() || address.is_private() || address.is_link_local() || shared
        }
        IpAddr::V6(address) => {
            address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local()
        }
    }
}

/// Did anything forward this request?
pub(crate) fn is_forwarded(headers: &HeaderMap) -> bool {
    headers.contains_key(FORWARDED) || headers.contains_key("x-forwarded-for")
}

/// The hops of `Forwarded` (RFC 7239), else of `X-Forwarded-For`, sender first; `None` for a hop that is no
/// address. `None` at all when no header says anything.
fn hops(headers: &HeaderMap) -> Option<Vec<Option<IpAddr>>> {
    let lines = |name: &str| {
        let lines: Vec<&str> = headers
            .get_all(name)
            .iter()
            .map(|line| line.to_str().unwrap_or("?"))
            .collect();
        (!lines.is_empty()).then(|| lines.join(","))
    };
    if let Some(line) = lines(FORWARDED.as_str()) {
        return Some(line.split(',').map(forwarded_for).collect());
    }
    lines("x-forwarded-for").map(|line| line.split(',').map(address).collect())
}

fn forwarded_for(element: &str) -> Option<IpAddr> {
    element.split(';').find_map(|pair| {
        let (name, value) = pair.trim().split_once('=')?;
        name.eq_ignore_ascii_case("for").then(|| address(value))?
    })
}

/// `1.2.3.4`, `1.2.3.4:567`, `2001:db8::1`, `"[2001:db8::1]:567"`.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim().trim_matches('"');
    let parsed = text.parse().ok().or_else(|| {
        let host = match text.strip_prefix('[') {
            Some(bracketed) => bracketed.split_once(']')?.0,
            None => text.split_once(':')?.0,
        };
        host.parse().ok()
    });
    parsed.map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    fn judge(peer: &str, headers: &[(&'static str, &'static str)]) -> (String, Option<Mark>) {
        let proxies = Proxies::new(vec![
            "10.9.0.0/16".parse().unwrap(),
            "2001:db8::/32".parse().unwrap(),
        ]);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let source = proxies.source(peer.parse().unwrap(), &map);
        (source.address.to_string(), source.mark())
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        let safaricom = "196.201.214.200";
        let xff = "x-forwarded-for";
        type Case<'a> = (&'a str, &'a [(&'static str, &'static str)], &'a str, Option<Mark>);
        let cases: &[Case<'_>] = &[
            (safaricom, &[], safaricom, None),
            ("::ffff:196.201.212.69", &[], "196.201.212.69", None),
            (safaricom, &[(xff, "8.8.8.8")], safaricom, None),
            ("8.8.8.8", &[], "8.8.8.8", Some(Mark::Source)),
            (
                "8.8.8.8",
                &[(xff, "196.201.214.200")],
                "8.8.8.8",
                Some(Mark::Source),
            ),
            (
                "127.0.0.1",
                &[(xff, "196.201.214.200")],
                "127.0.0.1",
                Some(Mark::SourceUnknown),
            ),
            ("192.168.1.2", &[], "192.168.1.2", Some(Mark::SourceUnknown)),
            ("100.64.0.9", &[], "100.64.0.9", Some(Mark::SourceUnknown)),
            ("10.9.0.1", &[], "10.9.0.1", Some(Mark::SourceUnknown)),
            (
                "10.9.0.1",
                &[(xff, "nonsense")],
                "10.9.0.1",
                Some(Mark::SourceUnknown),
            ),
            ("10.9.0.1", &[(xff, "196.201.214.200")], safaricom, None),
            (
                "10.9.0.1",
                &[(xff, "196.201.214.200, 8.8.8.8")],
                "8.8.8.8",
                Some(Mark::Source),
            ),
            (
                "10.9.0.1",
                &[(xff, "8.8.8.8, 196.201.214.200, 10.9.0.2")],
                safaricom,
                None,
            ),
            (
                "10.9.0.1",
                &[(xff, "8.8.8.8"), (xff, "196.201.214.200:443")],
                safaricom,
                None,
            ),
            (
                "2001:db8::1",
                &[("forwarded", "for=196.201.214.200;proto=https")],
                safaricom,
                None,
            ),
            (
                "10.9.0.1",
                &[("forwarded", "for=1.1.1.1, For=\"[2001:db9::1]:9\"")],
                "2001:db9::1",
                Some(Mark::Source),
            ),
            (
                "10.9.0.1",
                &[("forwarded", "for=unknown"), (xff, "196.201.214.200")],
                "10.9.0.1",
                Some(Mark::SourceUnknown),
            ),
        ];
        for (peer, headers, address, mark) in cases {
            assert_eq!(
                judge(peer, headers),
                ((*address).to_owned(), *mark),
                "{peer} with {headers:?}"
            );
        }
    }

    #[test]
    fn a_household_of_ipv6_counts_as_one() {
        let of = |text: &str| household(text.parse().unwrap());
        assert_eq!(of("2001:db9:1:2:3::4"), of("2001:db9:1:2::9"), "one /64");
        assert_ne!(of("2001:db9:1:3::4"), of("2001:db9:1:2::9"), "the neighbour's");
        assert_eq!(
            of("::ffff:1.2.3.4"),
            of("1.2.3.4"),
            "one address in two spellings"
        );
    }
}
