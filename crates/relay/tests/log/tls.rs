//! The way to a database over a network.

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use relay::log::{LogError, PostgresLog};

use crate::engines::{new_database, run};
use crate::server::Server;

/// An authority and its certificate (PEM).
fn authority() -> (Issuer<'static, KeyPair>, String) {
    let key = KeyPair::generate().unwrap();
    let mut params = CertificateParams::new([]).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let certificate = params.self_signed(&key).unwrap().pem();
    (Issuer::new(params, key), certificate)
}

#[test]
fn the_databases_certificate_and_name_are_checked() {
    let (ours, our_root) = authority();
    let (_, other_root) = authority();
    let key = KeyPair::generate().unwrap();
    let names = ["localhost".to_owned()];
    let certificate = CertificateParams::new(names)
        .unwrap()
        .signed_by(&key, &ours)
        .unwrap();
    let (_server, port) = Server::start_with_tls(&certificate.pem(), &key.serialize_pem());

    let folder = tempfile::tempdir().unwrap();
    let (right, wrong) = (folder.path().join("right.pem"), folder.path().join("wrong.pem"));
    std::fs::write(&right, our_root).unwrap();
    std::fs::write(&wrong, other_root).unwrap();
    let open = async |host: &str, words: String| {
        PostgresLog::open(&format!("postgres://postgres@{host}:{port}/postgres?{words}")).await
    };
    run(async {
        let trusting = |root: &std::path::Path| format!("sslmode=require&sslrootcert={}", root.display());
        let plain = open("localhost", "sslmode=disable".into()).await;
        assert!(plain.is_err(), "this server speaks TLS only: {plain:?}");
        let stranger = open("localhost", trusting(&wrong)).await;
        assert!(stranger.is_err(), "another authority's certificate: {stranger:?}");
        let system = open("localhost", "sslmode=require".into()).await;
        assert!(system.is_err(), "one that the system does not know: {system:?}");
        let named = open("127.0.0.1", trusting(&right)).await;
        assert!(named.is_err(), "a certificate of another name: {named:?}");
        open("localhost", trusting(&right))
            .await
            .expect("the right authority and name");
    });
}

#[test]
fn an_address_that_cannot_be_kept_to_is_refused() {
    run(async {
        for word in ["sslmode=verify-full", "sslrootcert=/no/such/file", "nonsense=1"] {
            let refused = PostgresLog::open(&format!("{}&{word}", new_database())).await;
            assert!(
                matches!(refused, Err(LogError::Unusable(_))),
                "{word}: {refused:?}"
            );
        }
    });
}
