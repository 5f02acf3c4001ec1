//! TLS that fails: the PC's date, or the certificate. (On Linux, where the verifier is rustls's own; the
//! words of other systems' verifiers are tested where they are read.)

use std::io::Read as _;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;

use daraja::{NotSent, PushOutcome};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::setup::{a_push, client, install_tls};

/// A server with this certificate, for one connection.
fn serve(certificate: &'static [u8]) -> (String, thread::JoinHandle<bool>) {
    install_tls();
    let key = PrivatePkcs8KeyDer::from(&include_bytes!("../fixtures/tls/key.der")[..]);
    let config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(certificate)], PrivateKeyDer::Pkcs8(key))
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let server = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let connection = ServerConnection::new(Arc::new(config)).unwrap();
        let heard = StreamOwned::new(connection, stream).read(&mut [0; 64]);
        heard.is_ok_and(|count| count > 0)
    });
    (url, server)
}

#[tokio::test]
async fn dates_that_disagree_mean_the_clock_and_others_the_connection() {
    for (certificate, expected, why) in [
        (
            &include_bytes!("../fixtures/tls/expired.der")[..],
            NotSent::ClockWrong,
            "it ended in 2016",
        ),
        (
            &include_bytes!("../fixtures/tls/not-yet-valid.der")[..],
            NotSent::ClockWrong,
            "it begins in 2090",
        ),
        (
            &include_bytes!("../fixtures/tls/self-signed.der")[..],
            NotSent::Tls,
            "nobody vouches for it",
        ),
    ] {
        let (url, server) = serve(certificate);
        assert_eq!(
            client(&url).stk_push(&a_push()).await,
            PushOutcome::NotSent(expected),
            "{why}"
        );
        assert!(
            !server.join().unwrap(),
            "not a byte was said to a server that nobody vouches for"
        );
    }
}
