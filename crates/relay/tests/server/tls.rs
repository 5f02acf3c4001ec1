//! The relay's own certificate.

use std::fs;
use std::process::Command;

use reqwest::{Certificate, Client, StatusCode};

use crate::made::client;
use crate::process::Program;

/// A certificate of this machine's own making; `false` where there is no openssl.
fn certificate(folder: &std::path::Path, serial: &str) -> bool {
    let made = Command::new("openssl")
        .current_dir(folder)
        .args([
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
            "-days",
            "2",
        ])
        .args([
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
            "-subj",
            "/CN=relay",
            "-set_serial",
            serial,
        ])
        .args(["-addext", "subjectAltName=IP:127.0.0.1"])
        .output();
    made.is_ok_and(|output| output.status.success())
}

/// A client that trusts the folder's certificate and nobody else.
fn trusting(folder: &std::path::Path) -> Client {
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
    assert!(certificate(folder.path(), "1"), "openssl makes one");
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

    assert!(certificate(folder.path(), "2"), "a new one");
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
