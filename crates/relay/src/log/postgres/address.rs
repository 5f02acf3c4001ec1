//! Where the database is, and how it is spoken to.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::Config;
use tokio_postgres::config::TargetSessionAttrs;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::log::LogError;

/// A host that does not answer is given up after this, so that the next one has its turn in time.
const CONNECT: Duration = Duration::from_secs(1);
/// A host that fell silent is given up after this.
const SILENCE: Duration = Duration::from_secs(3);
/// What every session is told: commits wait for the standby, and nothing waits for ever. Milliseconds.
const SETTINGS: &str = "-c synchronous_commit=on -c statement_timeout=4000 -c lock_timeout=4000 \
     -c idle_in_transaction_session_timeout=10000";

#[derive(Clone)]
pub(super) struct Address {
    pub(super) config: Config,
    pub(super) tls: MakeRustlsConnect,
}

impl Address {
    /// Reads `postgres://user:password@host1,host2/database?…`. Of `sslmode`, `disable`, `prefer` and `require`
    /// are known; with TLS the server's certificate and name are always checked, against `sslrootcert=FILE` or
    /// else the system's list. Several hosts: the one that can be written to.
    pub(super) fn parse(store: &str) -> Result<Self, LogError> {
        let (store, root) = without_root(store);
        let mut config: Config = store
            .parse()
            .map_err(|error| LogError::Unusable(format!("{error}")))?;
        let options = config.get_options().map(|own| format!("{SETTINGS} {own}"));
        config
            .options(options.as_deref().unwrap_or(SETTINGS))
            .target_session_attrs(TargetSessionAttrs::ReadWrite)
            .connect_timeout(CONNECT)
            .tcp_user_timeout(SILENCE)
            .keepalives_idle(SILENCE);
        if config.get_application_name().is_none() {
            config.application_name("keshia-relay");
        }
        Ok(Self {
            config,
            tls: tls(root.as_deref().map(Path::new))?,
        })
    }
}

/// Takes `sslrootcert` out, which the client library does not know.
fn without_root(store: &str) -> (String, Option<String>) {
    let Some((front, query)) = store.split_once('?') else {
        return (store.to_owned(), None);
    };
    let (root, others): (Vec<&str>, Vec<&str>) = query
        .split('&')
        .partition(|word| word.starts_with("sslrootcert="));
    let root = root.first().and_then(|word| word.strip_prefix("sslrootcert="));
    (format!("{front}?{}", others.join("&")), root.map(str::to_owned))
}

fn tls(root: Option<&Path>) -> Result<MakeRustlsConnect, LogError> {
    let unusable =
        |error: &dyn std::fmt::Display| LogError::Unusable(format!("TLS to the database: {error}"));
    let mut roots = RootCertStore::empty();
    match root {
        Some(file) => {
            for certificate in CertificateDer::pem_file_iter(file).map_err(|error| unusable(&error))? {
                let certificate = certificate.map_err(|error| unusable(&error))?;
                roots.add(certificate).map_err(|error| unusable(&error))?;
            }
        }
        // One broken entry of the system's list is no reason to do without the others.
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_certificate_is_taken_out() {
        assert_eq!(
            without_root("postgres://a,b/relay?sslmode=require&sslrootcert=/etc/ca.pem&port=1,2"),
            (
                "postgres://a,b/relay?sslmode=require&port=1,2".into(),
                Some("/etc/ca.pem".into())
            ),
            "the library would refuse the whole address"
        );
        let plain = "postgres://a/relay";
        assert_eq!(without_root(plain), (plain.into(), None), "nothing to take");
    }
}
