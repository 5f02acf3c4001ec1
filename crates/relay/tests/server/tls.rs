//! The relay's own certificate.

use std::fs;
use std::path::Path;
use std::process::Command;

use reqwest::{Certificate, Client, StatusCode};

use crate::made::client;
use crate::process::Program;

/// A certificate that vouches for itself, in the folder's two files.
fn certify(folder: &Path) {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(folder.join("cert.pem"), made.cert.pem()).unwrap();
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
}

/// A client that trusts the folder's certificate and nobody else.
fn trusting(folder: &Path) -> Client {
    client();
    let pem = fs::read(folder.join("cert.pem")).unwrap();
    Client::builder()
        .no_proxy()
        .tls_certs_only([Certificate::from_pem(&pem).unwrap()])
        .build()
        .unwrap()
}

#[tokio::test]
#[cfg(unix)]
async fn a_renewed_certificate_is_taken_without_a_stop() {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path());
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (cert, key) = (path("cert.pem"), path("key.pem"));
    let relay = Program::start(folder.path(), &["--tls-cert", &cert, "--tls-key", &key]);
    assert!(relay.base.starts_with("https://"), "{}", relay.base);
    let health = format!("{}/healthz", relay.base);
    let first = trusting(folder.path());
    assert_eq!(
        first.get(&health).send().await.unwrap().status(),
        StatusCode::OK,
        "over TLS"
    );
    let plain = health.replace("https", "http");
    assert!(client().get(plain).send().await.is_err(), "and only so");

    certify(folder.path());
    let second = trusting(folder.path());
    assert!(second.get(&health).send().await.is_err(), "not in use yet");
    let hang_up = || {
        Command::new("kill")
            .args(["-HUP", &relay.id().to_string()])
            .status()
            .unwrap()
    };
    assert!(hang_up().success(), "SIGHUP");
    let mut taken = false;
    for _ in 0..400 {
        taken = second.get(&health).send().await.is_ok();
        if taken {
            break;
        }
    }
    assert!(taken, "the new one is in use");
    assert_eq!(
        first.get(&health).send().await.unwrap().status(),
        StatusCode::OK,
        "open connections stay"
    );
    fs::write(&cert, "broken").unwrap();
    assert!(hang_up().success(), "SIGHUP");
    for _ in 0..20 {
        assert!(
            second.get(&health).send().await.is_ok(),
            "a broken file changes nothing"
        );
    }
}
