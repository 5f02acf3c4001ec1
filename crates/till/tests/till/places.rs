//! Which book speaks with whom.

use daraja::{BaseUrl, Environment};
use till::Code;
use till::files::FileKind;
use till::policy::Policy;
use till::shop::{PayEnvironment, ReceiverNumbers, address, policy};

#[test]
fn a_live_book_speaks_with_safaricom_and_nobody_else() {
    let stranger = BaseUrl::parse("https://daraja.example").unwrap();
    for environment in [
        PayEnvironment::Practice,
        PayEnvironment::Sandbox,
        PayEnvironment::Production,
    ] {
        let error = address(FileKind::Live, environment, Some(&stranger)).unwrap_err();
        assert_eq!(
            error.code,
            Code::NotAllowed,
            "no other address for real sales, also in {environment:?}"
        );
    }
    assert_eq!(
        address(FileKind::Live, PayEnvironment::Production, None).unwrap(),
        BaseUrl::of(Environment::Production),
        "production is production"
    );
    assert_eq!(
        address(FileKind::Practice, PayEnvironment::Production, Some(&stranger)).unwrap(),
        stranger,
        "practice goes where it was sent, never to real money"
    );
    assert_eq!(
        address(FileKind::Live, PayEnvironment::Practice, None)
            .unwrap_err()
            .code,
        Code::NotAllowed,
        "the real book has no practice phone"
    );
}

#[test]
fn plain_http_stays_on_this_computer() {
    assert!(BaseUrl::parse("http://127.0.0.1:4000").is_ok(), "the simulator");
    assert!(
        BaseUrl::parse("http://daraja.example").is_err(),
        "keys never travel in the clear"
    );
}

#[test]
fn only_a_server_on_this_computer_is_asked_without_restraint() {
    assert_eq!(
        policy(&BaseUrl::parse("http://127.0.0.1:4000").unwrap()),
        Policy::practice(),
        "a simulator"
    );
    assert_eq!(
        policy(&BaseUrl::of(Environment::Sandbox)),
        Policy::live(),
        "Safaricom counts"
    );
}

#[test]
fn till_and_store_numbers_are_told_apart() {
    let numbers = ReceiverNumbers::Till {
        store: "600100".into(),
        till: "60x101".into(),
    };
    let error = numbers.parse().unwrap_err();
    assert_eq!(error.code, Code::NumberInvalid, "letters are no number");
    assert!(error.message.contains("till"), "and it names the field: {error}");
}
