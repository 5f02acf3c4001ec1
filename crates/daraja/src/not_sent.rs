//! Why it is certain that nothing was asked of Safaricom.

use std::error::Error;
use std::io;

use chrono::{DateTime, Utc};
use rustls::CertificateError;

use crate::LimitError;

/// The request itself never left this PC: a limit, no connection, or no access token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotSent {
    /// The name was not found, no connection was made, or no token came in time.
    #[error("no connection to Safaricom")]
    NoNetwork,
    /// A connection was made, but not a safe one.
    #[error("no safe connection to Safaricom")]
    Tls,
    /// No safe connection, because the certificate's dates and the PC's clock disagree.
    #[error("no safe connection to Safaricom, because the PC's date is wrong")]
    ClockWrong,
    /// Safaricom does not know the consumer key and secret (HTTP 400 with nothing in it).
    #[error("Safaricom does not know these keys")]
    WrongKeys,
    /// A web page came instead of a token: the sign-in page of a network, most likely.
    #[error("a sign-in page answered instead of Safaricom")]
    CaptivePortal,
    /// The token service answered with something else than a token.
    #[error("Safaricom's sign-in service does not answer properly (status {status})")]
    ServerTrouble {
        /// HTTP status.
        status: u16,
    },
    /// The token service says that it is asked too often.
    #[error("Safaricom's sign-in service was asked too often")]
    RateLimited,
    /// A field breaks a limit.
    #[error(transparent)]
    Limit(#[from] LimitError),
}

/// 2026-11-01T00:00:00Z, before the first release: a clock that shows less was never set.
const EARLIEST_PLAUSIBLE: i64 = 1_793_491_200;

impl NotSent {
    /// Names a failure to connect. `now` is what the PC's clock says.
    pub(crate) fn of_connect_error(error: &(dyn Error + 'static), now: DateTime<Utc>) -> Self {
        match tls_error(error) {
            None => Self::NoNetwork,
            Some(tls) if dates_disagree(tls) || now.timestamp() < EARLIEST_PLAUSIBLE => Self::ClockWrong,
            Some(_) => Self::Tls,
        }
    }
}

/// Finds the TLS error under the layers of reqwest, hyper and I/O. `io::Error` needs a hand: as a source
/// it skips the very error it wraps.
fn tls_error<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(inner) => Some(inner as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    None
}

/// Whether the certificate was refused because of its dates.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "rustls's enums may grow; only dates matter here"
)]
fn dates_disagree(error: &rustls::Error) -> bool {
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => true,
            // macOS gives only the system's sentence.
            CertificateError::Other(other) => {
                let words = other.to_string().to_lowercase();
                words.contains("expired") || words.contains("not yet valid")
            }
            _ => false,
        },
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at its first surprise")]
mod tests {
    use std::io;
    use std::sync::Arc;

    use rustls::{CertificateError, OtherError};

    use super::NotSent;

    #[derive(Debug, thiserror::Error)]
    #[error("outer")]
    struct Outer(#[source] io::Error);

    fn named(tls: rustls::Error, clock: &str) -> NotSent {
        let error = Outer(io::Error::other(io::Error::other(tls)));
        NotSent::of_connect_error(&error, clock.parse().unwrap())
    }

    const TODAY: &str = "2026-11-23T10:00:00Z";

    #[test]
    fn a_certificate_of_other_dates_means_the_clock() {
        let mac = CertificateError::Other(OtherError(Arc::new(io::Error::other(
            "“localhost” certificate is expired",
        ))));
        for certificate in [CertificateError::Expired, CertificateError::NotValidYet, mac] {
            let name = format!("{certificate:?}");
            let error = rustls::Error::InvalidCertificate(certificate);
            assert_eq!(named(error, TODAY), NotSent::ClockWrong, "{name} is about dates");
        }
    }

    #[test]
    fn a_clock_that_was_never_set_is_named_whatever_tls_says() {
        let error = || rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        assert_eq!(
            named(error(), "1970-01-01T00:00:09Z"),
            NotSent::ClockWrong,
            "1970 is not a date"
        );
        assert_eq!(
            named(error(), "2026-10-31T23:59:59Z"),
            NotSent::ClockWrong,
            "older than the first release"
        );
        assert_eq!(
            named(error(), TODAY),
            NotSent::Tls,
            "with a good clock it is the certificate"
        );
    }

    #[test]
    fn no_tls_means_no_network() {
        let refused = Outer(io::Error::from(io::ErrorKind::ConnectionRefused));
        let named = NotSent::of_connect_error(&refused, "1970-01-01T00:00:00Z".parse().unwrap());
        assert_eq!(
            named,
            NotSent::NoNetwork,
            "a refused connection says nothing about the clock"
        );
    }
}
