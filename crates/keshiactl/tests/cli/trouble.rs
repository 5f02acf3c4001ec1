//! What goes wrong around a payment: one sentence, the right exit code, nothing lost.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::time::Duration;

use till::files::{DataDir, FileKind};

use crate::support::{Done, Shop, Simulator};

const PAY: [&str; 6] = ["pay", "--phone", "0700000000", "--amount", "50", "--wait"];

/// Certainly nothing was asked of the customer, and why.
fn assert_not_sent(done: &Done, state: &str, reason: &str) {
    assert_eq!(done.code, 3, "{reason}: certainly not paid: {done:?}");
    assert_eq!(done.last()["state"], state, "{reason}: {done:?}");
    assert_eq!(done.last()["reason"], reason, "{done:?}");
    let message = done.last()["message"].as_str().unwrap().to_owned();
    assert!(
        message.starts_with("Not paid"),
        "{reason}: the first words say so: {message}"
    );
}

#[test]
fn wrong_keys() {
    let simulator = Simulator::start();
    for variable in ["KESHIA_CONSUMER_KEY", "KESHIA_CONSUMER_SECRET"] {
        let shop = Shop::practice(&simulator.url).with(variable, "not-the-key");
        shop.run(&["token"]).assert_refused(1, "wrong_keys", variable);
        assert_not_sent(&shop.run(&PAY), "not_sent", "wrong_keys");
    }
    assert!(simulator.pushes().is_empty(), "no prompt was made");
}

#[test]
fn wrong_passkey_and_wrong_short_code() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url).with("KESHIA_PASSKEY", "not-the-passkey");
    assert_eq!(
        shop.run(&["token"]).code,
        0,
        "the passkey is not part of signing in"
    );
    assert_not_sent(&shop.run(&PAY), "refused", "wrong_passkey");

    let shop = Shop::blank(&simulator.url);
    shop.run(&[
        "setup",
        "--environment",
        "practice",
        "--kind",
        "paybill",
        "--shortcode",
        "999999",
    ]);
    assert_not_sent(&shop.run(&PAY), "refused", "wrong_short_code");
    assert!(simulator.pushes().is_empty(), "no prompt was made");
}

#[test]
fn no_network() {
    // A port of this PC that nobody listens on any more.
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let shop = Shop::practice(&format!("http://127.0.0.1:{port}"));
    shop.run(&["token"])
        .assert_refused(1, "no_network", "a closed port");
    assert_not_sent(&shop.run(&PAY), "not_sent", "no_network");
    let again = shop.run(&PAY);
    assert_not_sent(&again, "not_sent", "no_network");
}

#[test]
fn a_sign_in_page_instead_of_safaricom() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // Ends with the test's process.
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
            let _ = stream.read(&mut [0_u8; 4096]);
            let page = "<!DOCTYPE html><html><title>Sign in to the Wi-Fi</title></html>";
            let head = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\n",
                page.len()
            );
            let _ = write!(stream, "{head}connection: close\r\n\r\n{page}");
        }
    });
    let shop = Shop::practice(&url);
    shop.run(&["token"])
        .assert_refused(1, "captive_portal", "HTML with status 200");
    assert_not_sent(&shop.run(&PAY), "not_sent", "captive_portal");
}

#[test]
fn a_damaged_book_and_one_from_the_future() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let good = std::fs::read(shop.book()).unwrap();

    std::fs::write(shop.book(), vec![b'?'; good.len()]).unwrap();
    let before = shop.files();
    shop.run(&PAY)
        .assert_refused(1, "database_corrupt", "a book of question marks");
    shop.run(&["day"])
        .assert_refused(1, "database_corrupt", "a book of question marks");
    assert_eq!(shop.files(), before, "the damaged book is kept as it is");

    std::fs::write(shop.book(), &good).unwrap();
    let book = rusqlite::Connection::open(shop.book()).unwrap();
    book.pragma_update(None, "user_version", 4_000_u32).unwrap();
    book.close().unwrap();
    let before = shop.files();
    for words in [&PAY[..], &["day"], &["status"], &["token"]] {
        shop.run(words)
            .assert_refused(1, "database_newer", "a book of a newer Keshia");
    }
    let setup = [
        "setup",
        "--environment",
        "practice",
        "--kind",
        "paybill",
        "--shortcode",
        "174379",
    ];
    shop.run(&setup)
        .assert_refused(1, "database_newer", "a book of a newer Keshia");
    assert_eq!(shop.files(), before, "the newer book is kept as it is");
    assert!(simulator.pushes().is_empty(), "nothing was sent");
}

#[test]
fn two_engines_on_one_book_are_refused() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    let held = DataDir::at(shop.path())
        .unwrap()
        .lock(FileKind::Practice)
        .unwrap();
    for words in [
        &PAY[..],
        &["day"],
        &["status"],
        &["token"],
        &["watch"],
        &["pull"],
        &["money"],
        &["clock", "confirm"],
    ] {
        shop.run(words)
            .assert_refused(1, "database_in_use", "a book that another Keshia holds");
    }
    drop(held);
    assert_eq!(shop.run(&["day"]).code, 0, "and taken up when it is free");
    assert!(simulator.pushes().is_empty(), "nothing was sent");
}

#[test]
fn before_setup_every_command_says_so_and_writes_nothing() {
    let simulator = Simulator::start();
    let urls = [
        "register-urls",
        "--confirmation",
        "https://a.example/c",
        "--validation",
        "https://a.example/v",
    ];
    let simulate = ["simulate", "--phone", "0700000000", "--amount", "5"];
    let register = ["pull-register", "--nominated", "0712345678"];
    let judge = ["judge", "x", "--paid", "--reason", "x"];
    let place = ["money", "place", "UKN3X8ABCD", "x"];
    for shop in [Shop::nowhere(), Shop::blank(&simulator.url)] {
        for words in [
            &PAY[..],
            &["day"],
            &["status"],
            &["status", "x"],
            &["token"],
            &urls,
            &simulate,
            &["watch"],
            &["witnesses", "x"],
            &["money"],
            &place,
            &judge,
            &["clock"],
            &["pull"],
            &register,
        ] {
            shop.run(words)
                .assert_refused(1, "not_connected", &format!("{words:?} before setup"));
        }
        assert!(shop.files().is_empty(), "nothing was written");
    }
}

#[test]
fn another_server_opens_the_practice_book_only() {
    let setup = |environment| {
        [
            "setup",
            "--environment",
            environment,
            "--kind",
            "paybill",
            "--shortcode",
            "174379",
        ]
    };
    for url in [
        "ftp://127.0.0.1",
        "http://example.com",
        "http://127.0.0.1:9/path",
        "not an address",
    ] {
        Shop::blank(url)
            .run(&setup("practice"))
            .assert_refused(1, "address_invalid", url);
    }
    let shop = Shop::blank("https://api.safaricom.co.ke");
    shop.run(&setup("practice"))
        .assert_refused(1, "not_allowed", "real money in the practice book");
    let shop = Shop::blank("http://127.0.0.1:9");
    shop.run(&setup("production"))
        .assert_refused(1, "not_allowed", "real keys for another server");
    assert!(shop.files().is_empty(), "nothing was written");

    let shop = Shop::nowhere();
    let done = shop.run(&setup("practice"));
    assert_eq!(
        done.code, 0,
        "practice can be set up before its simulator runs: {done:?}"
    );
    shop.run(&PAY)
        .assert_refused(1, "not_connected", "practice without its simulator");
    assert_eq!(shop.run(&["day"]).code, 0, "the book can be read without it");
}

#[test]
fn a_folder_that_cannot_be_one() {
    let shop = Shop::practice("http://127.0.0.1:9");
    let file = shop.path().join("opened");
    let shop = shop.at(file);
    shop.run(&["day"])
        .assert_refused(1, "disk_error", "a file is not a folder");
    let setup = [
        "setup",
        "--environment",
        "practice",
        "--kind",
        "paybill",
        "--shortcode",
        "174379",
    ];
    shop.run(&setup)
        .assert_refused(1, "disk_error", "a file is not a folder");
}

#[test]
fn an_unknown_id_is_named_as_such() {
    let simulator = Simulator::start();
    let shop = Shop::practice(&simulator.url);
    for id in ["nothing", "' OR 1=1 --", ""] {
        shop.run(&["status", "--", id])
            .assert_refused(1, "not_found", &format!("id {id:?}"));
    }
}
