//! The operator's commands, beside a running relay.

use relay_wire::{ProblemCode, ShopSecret};
use reqwest::StatusCode;
use serde_json::json;

use crate::made::{Till, client, payment, refused};
use crate::process::{Program, command, open_shop, pairing, run};

#[tokio::test]
async fn a_running_relay_notices_what_the_commands_do() {
    let folder = tempfile::tempdir().unwrap();
    let relay = Program::start(folder.path(), &[]);
    let (made, printed) = run(
        folder.path(),
        &["shop", "add", "Duka la Mama Wanjiku", "--check-reference"],
    );
    assert!(made, "{printed}");
    assert!(
        printed.contains('█') || printed.contains('▀'),
        "a QR code for the counter's camera:\n{printed}"
    );
    let line = pairing(&printed);
    assert_eq!(
        (line.relay.as_str(), line.secret.is_none()),
        ("https://relay.example", true),
        "no secret in it"
    );
    let address = printed
        .lines()
        .find(|line| line.contains("C2B confirmation"))
        .unwrap();
    let path = address.split("https://relay.example").nth(1).unwrap().trim();
    let http = client();
    let url = format!("{}{path}", relay.base);
    let early = http.post(&url).body(payment("A", "")).send().await.unwrap();
    assert_eq!(
        early.status(),
        StatusCode::NOT_FOUND,
        "no counter could read it yet"
    );
    let till = Till::pair(&http, &relay.base, line.code.expose(), ShopSecret::random()).await;
    assert_eq!(till.paired.shop_name, "Duka la Mama Wanjiku", "the shop");
    let kept = http.post(&url).body(payment("A", "")).send().await.unwrap();
    assert_eq!(kept.status(), StatusCode::OK, "at once after the pairing");
    assert_eq!(till.all().await.len(), 1, "kept");

    let (_, shops) = run(folder.path(), &["shop", "list"]);
    assert!(
        shops.contains("Duka la Mama Wanjiku") && shops.contains("checks references"),
        "{shops}"
    );
    let (_, counters) = run(folder.path(), &["counter", "list", &till.paired.shop_id]);
    let id = counters.split_whitespace().next().unwrap().to_owned();
    assert!(counters.contains("Mbele"), "{counters}");
    let (shut, said) = run(folder.path(), &["counter", "revoke", &id]);
    assert!(shut, "{said}");
    let answer = till.post("/v1/claims", &json!({"claims": []})).await;
    assert_eq!(refused(answer).await, (401, ProblemCode::NotLetIn), "out at once");
    let (again, printed) = run(folder.path(), &["shop", "pair", &till.paired.shop_id]);
    assert!(again, "{printed}");
    let next = Till::pair(
        &http,
        &relay.base,
        pairing(&printed).code.expose(),
        till.secret.clone(),
    )
    .await;
    assert_eq!(
        next.paired.letter, 'B',
        "the letter of the one that is out is not given again"
    );
    for (wrong, why) in [
        (vec!["shop", "pair", "nobody"], "no such shop"),
        (vec!["counter", "revoke", "nobody"], "no such counter"),
        (vec!["shop", "add", ""], "no name"),
    ] {
        let (done, said) = run(folder.path(), &wrong);
        assert!(!done && said.starts_with("keshia-relay: "), "{why}: {said}");
    }
}

#[tokio::test]
async fn two_relays_on_one_file_are_refused_and_a_lost_key_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Program::start(folder.path(), &[]);
    open_shop(folder.path(), &relay.base).await;
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let (second, said) = run(folder.path(), &serve);
    assert!(
        !second && said.contains("another relay serves this log"),
        "{said}"
    );
    relay.kill();
    std::fs::remove_file(folder.path().join("relay.db.key")).unwrap();
    let (lost, said) = run(folder.path(), &serve);
    assert!(
        !lost && said.contains("key file"),
        "another key would name wrong paths: {said}"
    );
}

#[test]
fn phone_numbers_do_not_travel_readable() {
    let folder = tempfile::tempdir().unwrap();
    let open = command(folder.path())
        .args(["serve", "--listen", "0.0.0.0:0"])
        .output()
        .unwrap();
    assert!(
        !open.status.success(),
        "all addresses, without TLS and without a proxy"
    );
    assert!(
        String::from_utf8_lossy(&open.stderr).contains("without TLS"),
        "and it says why"
    );
}

#[tokio::test]
#[cfg(unix)]
async fn a_stop_is_graceful() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Program::start(folder.path(), &[]);
    let (_, till) = open_shop(folder.path(), &relay.base).await;
    let metrics = format!("{}/metrics", relay.base);
    let http = client();
    let waiting = tokio::spawn(async move { till.read(till.paired.cursor, 25).await });
    while !http
        .get(&metrics)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap()
        .contains("long_polls 1")
    {}
    let pid = relay.id().to_string();
    assert!(
        std::process::Command::new("kill")
            .arg(pid)
            .status()
            .unwrap()
            .success(),
        "SIGTERM"
    );
    let (status, page) = waiting.await.unwrap();
    assert_eq!(
        (status, page.events.len()),
        (StatusCode::OK, 0),
        "who waits is answered"
    );
    assert!(relay.wait(), "and it ends well");
}

#[tokio::test]
async fn a_copy_made_beside_a_running_relay_is_put_back_under_a_new_life() {
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Program::start(folder.path(), &[]);
    let (http, mut till) = open_shop(folder.path(), &relay.base).await;
    let path = format!("/h/{}/c2b/confirmation", till.paired.hook);
    let post = async |base: &str, receipt: &str| {
        let answer = http
            .post(format!("{base}{path}"))
            .body(payment(receipt, ""))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{receipt} is kept");
    };
    post(&relay.base, "A").await;
    let copy = folder.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    let (copied, said) = run(folder.path(), &["backup", copy]);
    assert!(copied && said.contains("1 shops, 1 counters, 1 events"), "{said}");
    post(&relay.base, "B").await;
    let (put, said) = run(folder.path(), &["restore", copy]);
    assert!(
        !put && said.contains("another relay serves"),
        "not under a running relay: {said}"
    );
    relay.kill();
    let (put, said) = run(folder.path(), &["restore", copy]);
    assert!(put && said.contains("1 events"), "{said}");

    let relay = Program::start(folder.path(), &[]);
    till.base.clone_from(&relay.base);
    let mut read = till.paired.cursor;
    read.seq = 2;
    let (status, page) = till.read(read, 25).await;
    assert_eq!(status, StatusCode::OK, "what it had read is of another life");
    assert_ne!(page.epoch, read.epoch, "so it reads again");
    assert_eq!(till.open(&page).len(), 1, "what the copy holds");
    post(&relay.base, "C").await;
    read.epoch = page.epoch;
    read.seq = 1;
    let (_, page) = till.read(read, 25).await;
    assert_eq!(page.events[0].seq, 2, "and what comes now");
}
